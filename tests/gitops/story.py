"""A repository like examples/gitops with a real database, and what happens to it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.docs.pages import ROOT
from tests.servers import Database

EXAMPLE = ROOT / "examples" / "gitops"
TABLES = """
CREATE TABLE users (id int PRIMARY KEY, email text);
CREATE TABLE orders (id int PRIMARY KEY, user_id int);
INSERT INTO users VALUES (1, 'canary');
INSERT INTO orders VALUES (1, 1);
ANALYZE;
"""

# A pull request can bring files that Python would import instead of its own modules.
HOSTILE = ("venv.py", "pip.py", "json.py", "sitecustomize.py", "reconciler.py")


def git(where: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *arguments]
    return subprocess.run(command, cwd=where, check=True, capture_output=True, text=True, timeout=30).stdout


def origin(folder: Path, *, name: str = "tree") -> Path:
    """Create a repository with the files of the example, on branch main, and a work tree of it."""
    tree = folder / name
    shutil.copytree(EXAMPLE, tree)
    git(tree, "init", "--quiet", "--initial-branch=main")
    git(tree, "config", "uploadpack.allowAnySHA1InWant", "true")
    commit(tree, "First commit")
    return tree


def commit(tree: Path, message: str) -> None:
    git(tree, "add", "--all")
    git(tree, "commit", "--quiet", "--message", message)


def propose(tree: Path, *, index: str) -> None:
    """Write a branch `proposal` that declares one more index, and brings hostile files."""
    git(tree, "checkout", "--quiet", "-B", "proposal", "main")
    schema = tree / "schema.yaml"
    schema.write_text(f"{schema.read_text()}      {index}: id\n")
    for name in HOSTILE:
        (tree / name).write_text("import os\nos.write(2, b'HOSTILE')\nraise SystemExit(99)\n")
    commit(tree, "Add an index")


def merge(tree: Path) -> None:
    git(tree, "checkout", "--quiet", "main")
    git(tree, "merge", "--quiet", "proposal")


def indexes(database: Database) -> set[str]:
    rows = database.query("SELECT indexname FROM pg_indexes WHERE schemaname = 'public'")
    return {str(name) for (name,) in rows}
