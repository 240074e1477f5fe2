"""Linters accept the ready-made parts; every action and every copy of this project is pinned to a commit."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.pages import ROOT
from tests.gitops.github import OWN, load
from tests.gitops.tools import complaints

EXAMPLE = ROOT / "examples" / "gitops"
WORKFLOWS = [*(ROOT / ".github/workflows").glob("*.yaml"), *(EXAMPLE / ".github/workflows").glob("*.yaml")]
COMPONENT = ROOT / "templates" / "reconcile.yml"
ZEROS = "0" * 40

SCHEMAS = {
    "github-actions": [ROOT / "action.yml"],
    "github-workflows": WORKFLOWS,
    "gitlab-ci": [EXAMPLE / ".gitlab-ci.yml"],
    "bitbucket-pipelines": [EXAMPLE / "bitbucket-pipelines.yml"],
    "azure-pipelines": [EXAMPLE / "azure-pipelines.yml", EXAMPLE / ".azure" / "install.yml"],
}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_the_files_of_each_system_are_valid(schema: str) -> None:
    # The schema of Azure has patterns that only Python's regular expressions accept.
    variant = "python" if schema == "azure-pipelines" else "default"
    transform = ["--data-transform", "gitlab-ci"] if schema == "gitlab-ci" else []
    options = ["--builtin-schema", f"vendor.{schema}", "--regex-variant", variant, *transform]
    assert complaints("check-jsonschema", *options, *SCHEMAS[schema]) == ""


def test_the_component_is_valid(tmp_path: Path) -> None:
    """Its two documents are checked separately; inputs are text."""
    for number, document in enumerate(COMPONENT.read_text(encoding="utf-8").split("\n---\n")):
        (tmp_path / f"{number}.yml").write_text(document)
    options = ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]
    assert complaints("check-jsonschema", *options, *tmp_path.iterdir()) == ""


def test_zizmor_finds_nothing() -> None:
    assert (
        complaints("zizmor", "--offline", "--quiet", "--persona=pedantic", "action.yml", ".github", EXAMPLE) == ""
    )


def test_the_hooks_are_valid() -> None:
    assert complaints("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml") == ""
    assert complaints("pre-commit", "validate-config", EXAMPLE / ".pre-commit-config.yaml") == ""


def test_the_dockerfile_is_clean() -> None:
    assert complaints("hadolint", "Dockerfile") == ""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER 10001$", text, re.MULTILINE)
    assert {line.split()[1] for line in text.splitlines() if line.startswith("FROM")} == {
        "python:3.12-slim-bookworm"
    }


def test_the_image_is_built_from_every_file_of_the_wheel() -> None:
    kept = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = [*wheel["only-include"], *wheel["force-include"], "LICENSE", project["project"]["readme"]]
    assert [one for one in needed if not any(Path(one).is_relative_to(each) for each in kept)] == []


def test_shellcheck_accepts_every_script() -> None:
    assert complaints("shellcheck", *(ROOT / "packaging").glob("*.sh")) == ""
    scripts = {
        f"{path.name}:{name}": text for path in [*WORKFLOWS, ROOT / "action.yml"] for name, text in runs(path)
    }
    assert len(scripts) >= 6
    assert [
        name for name, text in scripts.items() if complaints("shellcheck", "--shell=bash", "-", text=text)
    ] == []


def runs(path: Path) -> Iterator[tuple[str, str]]:
    """Return the name and text of each script in a workflow or action."""
    value = load(path)
    lists = [job.get("steps", []) for job in value.get("jobs", {}).values()]
    for steps in [*lists, value.get("runs", {}).get("steps", [])]:
        yield from ((step["name"], step["run"]) for step in steps if "run" in step)


def test_no_script_contains_an_expression() -> None:
    """A value in a script would be code: expressions belong in `env` and `with`."""
    assert [name for path in [*WORKFLOWS, ROOT / "action.yml"] for name, text in runs(path) if "${{" in text] == []
    component = COMPONENT.read_text(encoding="utf-8").split("\n---\n")[1]
    scripts = [
        line
        for job in yaml.safe_load(component).values()
        for key in ("before_script", "script")
        for line in job.get(key, [])
    ]
    assert len(scripts) >= 15
    assert [line for line in scripts if "$[[" in line] == []


# --- Pins --------------------------------------------------------------------------------------------------------


def uses() -> list[tuple[str, str]]:
    """Return every action or workflow of others that the parts use, with the rest of its line."""
    found = []
    for path in [*WORKFLOWS, ROOT / "action.yml"]:
        found += re.findall(r"^ *(?:- )?uses: (\S+)(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return [(used, rest) for used, rest in found if not used.startswith("./")]


def test_every_action_is_pinned_to_one_commit() -> None:
    commits: dict[str, set[str]] = {}
    for used, rest in uses():
        name, _, commit = used.partition("@")
        if name.split("/.github")[0] == OWN:
            assert commit == ZEROS
            continue
        assert re.fullmatch("[0-9a-f]{40}", commit), used
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", rest), used
        commits.setdefault(name, set()).add(commit + rest)
    assert {name: len(pins) for name, pins in commits.items()} == {
        "actions/checkout": 1,
        "actions/setup-python": 1,
        "actions/upload-artifact": 1,
    }


def test_every_copy_of_this_project_is_pinned_to_a_commit() -> None:
    files = [path for path in EXAMPLE.rglob("*") if path.is_file() and path.suffix in (".yml", ".yaml")]
    pinned = [path for path in files if "/reconcile" in path.read_text(encoding="utf-8")]
    assert {path.name for path in pinned} >= {".gitlab-ci.yml", "bitbucket-pipelines.yml", "install.yml"}
    assert [path for path in pinned if ZEROS not in path.read_text(encoding="utf-8")] == []


# --- Rights ------------------------------------------------------------------------------------------------------


def test_jobs_for_pull_requests_have_no_secret_and_few_rights() -> None:
    called, caller = (
        load(ROOT / ".github/workflows/pull-request.yaml"),
        EXAMPLE / ".github/workflows/pull-request.yaml",
    )
    allowed = {"contents": "read", "pull-requests": "write", "actions": "read"}
    for workflow in (called, load(caller)):
        assert workflow["permissions"] == {}
        assert [job["permissions"] for job in workflow["jobs"].values()] == [allowed]
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / ".github/workflows/pull-request.yaml", caller)]
    assert [text for text in texts if "secrets" in text or "RECONCILE_DB" in text] == []


def test_other_jobs_may_only_read_and_their_secrets_belong_to_environments() -> None:
    jobs: list[dict[str, Any]] = []
    for name in ("production", "drift"):
        workflow = load(EXAMPLE / ".github/workflows" / f"{name}.yaml")
        assert workflow["permissions"] == {}
        jobs += workflow["jobs"].values()
    assert [job["permissions"] for job in jobs] == [{"contents": "read"}] * 4
    assert {job["environment"] for job in jobs} == {"production", "production-plan"}


def test_the_command_of_the_page_pins_every_file(tmp_path: Path) -> None:
    script = re.search(
        r"^ +(grep -rlE .*xargs sed .*)$", (ROOT / "docs/gitops.md").read_text("utf-8"), re.MULTILINE
    )
    assert script
    tree, commit = tmp_path / "tree", "0123456789abcdef" * 2 + "01234567"
    shutil.copytree(EXAMPLE, tree)
    environ = {"PATH": "/usr/bin:/bin", "COMMIT": commit}
    subprocess.run(["bash", "-ec", script[1]], cwd=tree, env=environ, check=True, timeout=30)
    texts = {path.name: path.read_text(encoding="utf-8") for path in tree.rglob("*") if path.is_file()}
    assert [name for name, text in texts.items() if ZEROS in text or f"{OWN}@" in text] == []
    assert f"acme/reconcile@{commit}" in texts["production.yaml"]
    assert commit in texts[".gitlab-ci.yml"]
