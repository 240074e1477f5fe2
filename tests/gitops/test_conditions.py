"""Which jobs the pipelines for GitLab and Azure DevOps have, by what starts them, and who must approve their files."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.gitops.conditions import azure_stages, gitlab_jobs
from tests.gitops.pipelines import GitLab
from tests.gitops.story import EXAMPLE

DEPLOY = {"reconcile-plan": "on_success", "reconcile-apply": "manual", "reconcile-snapshot": "on_success"}
NIGHT = {"reconcile-snapshot": "on_success", "reconcile-drift": "on_success"}
SOURCES = [
    ("merge_request_event", "", True, {"reconcile-check": "on_success"}),
    ("push", "main", True, DEPLOY),
    ("push", "main", False, {}),
    ("push", "proposal", True, {}),
    ("web", "main", False, DEPLOY),
    ("web", "proposal", True, {}),
    ("schedule", "main", False, NIGHT),
    ("schedule", "proposal", False, {}),
    ("api", "main", True, {}),
]


@pytest.mark.parametrize(("source", "branch", "changed", "expected"), SOURCES)
def test_jobs_of_gitlab(source: str, branch: str, changed: bool, expected: dict[str, str]) -> None:
    jobs = GitLab.component("0" * 40)
    variables = {"CI_PIPELINE_SOURCE": source, "CI_COMMIT_BRANCH": branch, "CI_DEFAULT_BRANCH": "main"}
    assert gitlab_jobs(jobs, variables, changed=changed) == expected
    needed = [one for name in expected for one in jobs[name].get("needs", [])]
    required = {one for one in needed if isinstance(one, str)}
    assert required <= expected.keys(), "a pipeline without a needed job is invalid"
    assert [one["job"] for one in needed if not isinstance(one, str) and one["job"] not in jobs] == []


def test_only_the_check_of_gitlab_has_no_environment() -> None:
    jobs = {name: job for name, job in GitLab.component("0" * 40).items() if name != ".reconcile"}
    assert [name for name, job in jobs.items() if "environment" not in job] == ["reconcile-check"]


def azure() -> dict[str, Any]:
    return dict(yaml.safe_load((EXAMPLE / "azure-pipelines.yml").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("reason", "failing", "expected"),
    [
        ("PullRequest", (), ["check"]),
        ("IndividualCI", (), ["plan", "apply", "snapshot"]),
        ("Manual", (), ["plan", "apply", "snapshot"]),
        ("Manual", ("plan",), ["plan"]),
        ("Manual", ("apply",), ["plan", "apply"]),
        ("Schedule", (), ["snapshot", "drift"]),
    ],
)
def test_stages_of_azure(reason: str, failing: tuple[str, ...], expected: list[str]) -> None:
    assert azure_stages(azure()["stages"], {"Build.Reason": reason}, failing=failing) == expected


def test_the_digest_of_azure_is_that_of_a_step_that_sets_it() -> None:
    stages = {one["stage"]: one for one in azure()["stages"]}
    digest = stages["apply"]["jobs"][0]["variables"]["DIGEST"]
    found = re.fullmatch(r"\$\[ stageDependencies\.(\w+)\.(\w+)\.outputs\['(\w+)\.(\w+)'\] \]", digest)
    assert found
    assert stages["apply"]["dependsOn"] == found[1], "a stage only reads outputs of those that it depends on"
    (job,) = [one for one in stages[found[1]]["jobs"] if one["job"] == found[2]]
    (step,) = [one for one in job["steps"] if one.get("name") == found[3]]
    assert f"variable={found[4]};isOutput=true" in step["bash"]


def test_the_owners_of_every_file_that_a_job_reads_must_approve() -> None:
    """GitHub and GitLab read CODEOWNERS in the root."""
    lines = (EXAMPLE / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    patterns = [line.split()[0] for line in lines if line and not line.startswith("#")]
    files = [f"/{one.relative_to(EXAMPLE).as_posix()}" for one in EXAMPLE.rglob("*") if one.is_file()]
    owned = {
        one
        for one in files
        if any(one == each or (each.endswith("/") and one.startswith(each)) for each in patterns)
    }
    assert sorted({*files} - owned) == ["/.pre-commit-config.yaml", "/README.md"]
    assert [each for each in patterns if not any(one.startswith(each) for one in files)] == []
