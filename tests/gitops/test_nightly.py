"""Tests of the ready-made parts that need the network, or programs that `make tools` fetches."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.forge.fakes import Forge, serving
from tests.gitops.machine import Machine
from tests.gitops.pipelines import ZEROS, GitLab
from tests.gitops.story import TABLES, git, indexes, origin
from tests.gitops.test_conditions import SOURCES
from tests.gitops.test_lint import WORKFLOWS
from tests.gitops.tools import complaints, program
from tests.programs import CI_LOCAL, need
from tests.servers import NIGHTLY, Database

pytestmark = pytest.mark.skipif(not NIGHTLY, reason="takes a while")


def test_actionlint_accepts_the_workflows() -> None:
    # It does not know yet that a job can name the commit of its reusable workflow.
    unknown = 'property "workflow_(repository|sha)" is not defined'
    assert complaints("actionlint", "-ignore", unknown, *WORKFLOWS) == ""


def ci_local(machine: Machine, tree: Path, commit: str) -> list[str]:
    """Return the command of gitlab-ci-local, and let the repository include the component from a file."""
    need("gitlab-ci-local")
    node = str(shutil.which("node"))
    (machine.home / "bin" / "node").symlink_to(node)
    (tree / "templates").mkdir()
    shutil.copy(ROOT / "templates" / "reconcile.yml", tree / "templates")
    file = tree / ".gitlab-ci.yml"
    text = file.read_text(encoding="utf-8").replace(ZEROS, commit)
    file.write_text(re.sub(r"- component: .*", "- local: templates/reconcile.yml", text))
    git(tree, "add", "--all")
    git(tree, "commit", "--quiet", "--message", "Include the component from a file")
    return [node, str(CI_LOCAL), "--no-evaluate-rule-changes"]


def test_gitlab_ci_local_lists_the_jobs_that_the_rules_give(tmp_path: Path) -> None:
    machine = Machine(home=tmp_path / "machine")
    machine.prepare()
    tree = origin(tmp_path)
    command = ci_local(machine, tree, ZEROS)
    for source, branch, changed, expected in SOURCES:
        if source == "push" and not changed:
            continue  # it takes every file as changed
        variables = {"CI_PIPELINE_SOURCE": source, "CI_COMMIT_BRANCH": branch, "CI_DEFAULT_BRANCH": "main"}
        given = [one for name, value in variables.items() for one in ("--variable", f"{name}={value}")]
        done = machine.execute([*command, "--list-csv", *given], tree, {})
        assert done.returncode == 0, done.stderr
        rows = [line.split(";") for line in done.stdout.splitlines() if line.startswith("reconcile-")]
        assert {row[0]: row[3] for row in rows} == expected, done.stdout


@pytest.mark.pg(">= 18")
def test_gitlab_ci_local_runs_the_component(tmp_path: Path, database: Database) -> None:
    database.execute(TABLES)
    machine = Machine(home=tmp_path / "machine")
    machine.prepare()
    pipelines = GitLab(
        machine=machine, forge=tmp_path, database=database.url, variables={}, kept=tmp_path, comments={}
    )
    pipelines.prepare()
    # It copies tracked files for containers, which are not used here.
    (machine.home / "bin" / "rsync").symlink_to("/bin/true")
    tree = origin(tmp_path / "o", name="shop")
    command = ci_local(machine, tree, pipelines.commit)

    options = ["--force-shell-executor", "--needs", "--manual", "reconcile-apply"]
    forge = Forge(me="bot", kind="gitlab", job_token="token")
    with serving(forge) as base:
        given = {"RECONCILE_DB_PRODUCTION": database.url, "CI_API_V4_URL": base, "CI_PROJECT_ID": "7"}
        given["CI_JOB_TOKEN"] = forge.job_token
        options += [one for name, value in given.items() for one in ("--variable", f"{name}={value}")]
        done = machine.execute(
            [*command, *options, "reconcile-snapshot"], tree, {"GIT_CONFIG_GLOBAL": str(machine.home / "gitconfig")}
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert indexes(database) > {"idx_orders_user_id", "users_email_key"}
    ((path, snapshot),) = forge.packages.items()
    assert path == "/projects/7/packages/generic/reconcile-snapshot/production/catalog.json"
    assert json.loads(snapshot)


def test_the_hooks_of_pre_commit_validate_and_format(tmp_path: Path) -> None:
    machine = Machine(home=tmp_path / "machine")
    machine.prepare()
    tree = origin(tmp_path)
    variables = {"PRE_COMMIT_HOME": str(tmp_path / "cache")}

    def hook(name: str) -> subprocess.CompletedProcess[str]:
        command = [program("pre-commit"), "try-repo", str(ROOT), name, "--all-files", "--verbose"]
        return machine.execute(command, tree, variables)

    done = hook("reconcile-validate")
    assert done.returncode == 0, done.stdout + done.stderr
    (tree / "schema.yaml").write_text("version: 1\ntabels:   {}\n")
    assert "unknown key `tabels`" in hook("reconcile-validate").stdout
    (tree / "schema.yaml").write_text("version:   1\n")
    assert hook("reconcile-fmt").returncode == 1
    assert (tree / "schema.yaml").read_text() == "version: 1\n"
    assert len(machine.installed) >= 2


# --- Dockerfile --------------------------------------------------------------------------------------------------


def instructions() -> Iterator[tuple[str, str]]:
    """Return the instructions of the Dockerfile: the word, and the rest."""
    text = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, _, rest = line.partition(" ")
            yield word, rest


def context(folder: Path) -> None:
    """Copy what .dockerignore leaves of the checkout."""
    kept = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    for name in kept:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)


def test_the_lines_of_the_dockerfile_install_from_hashes_and_ask_no_index_for_the_tool(tmp_path: Path) -> None:
    """The folders of the image are in a folder here; `useradd` is a stand-in, and Python is that of the tests."""
    context(tmp_path / "source")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "useradd").symlink_to("/bin/true")
    (tmp_path / "bin" / "python3").symlink_to(sys.executable)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    environ = {"PATH": f"{tmp_path}/opt/reconcile/bin:{tmp_path}/bin:/usr/bin:/bin", "HOME": str(tmp_path)}
    environ |= {
        name: value for name, value in os.environ.items() if name.lower().endswith(("_proxy", "_cert", "_url"))
    }
    environ["PIP_LOG"] = str(tmp_path / "log")
    (tmp_path / "opt").mkdir()
    said = []
    for word, rest in instructions():
        if word != "RUN":
            continue
        script = rest.replace("/source", f"{tmp_path}/source").replace("/opt/", f"{tmp_path}/opt/")
        script = script.replace("python3.12", version)
        command = ["/bin/sh", "-c", script]
        done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=500)
        assert done.returncode == 0, done.stdout + done.stderr
        said.append(done.stdout)
    assert len(said) == 2
    assert "pg_dump (PostgreSQL) 18." in said[1]
    log = (tmp_path / "log").read_text(encoding="utf-8")
    asked = set(re.findall(r"\bhttps?://\S+?/simple/([\w.-]+)/", log))
    assert "psycopg" in asked
    assert {name for name in asked if "reconcile" in name} == set()
    reconcile = str(tmp_path / "opt" / "reconcile" / "bin" / "reconcile")
    (tmp_path / "schema.yaml").write_text("version: 1\n")
    valid = subprocess.run([reconcile, "validate"], cwd=tmp_path, env=environ, capture_output=True, timeout=60)
    assert valid.returncode == 0, valid.stderr
    said.append(
        subprocess.check_output([reconcile, "explain", "blocks-updates"], env=environ, text=True, timeout=60)
    )
    [page] = re.findall(r"^See (/.*), section", said[-1], re.MULTILINE)
    assert Path(page).is_file()
