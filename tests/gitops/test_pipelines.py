"""The pipelines for GitLab, Bitbucket and Azure DevOps, executed: a snapshot, a pull request, the merge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.forge.fakes import TOKEN, Forge, serving
from tests.gitops.machine import Machine
from tests.gitops.pipelines import Azure, Bitbucket, GitLab, Pipelines
from tests.gitops.story import TABLES, indexes, merge, origin, propose
from tests.servers import NIGHTLY, Database

BASES = ("CI_API_V4_URL", "BITBUCKET_API_URL", "SYSTEM_COLLECTIONURI")
JOB_TOKEN = "glcbt-64_Canary0123456789"
SYSTEMS: dict[str, tuple[type[Pipelines], str, dict[str, str], dict[str, str]]] = {
    "gitlab": (
        GitLab,
        "https://gitlab.example.com/",
        {"GITLAB_CI": "true", "CI_PROJECT_ID": "7", "CI_JOB_TOKEN": JOB_TOKEN},
        {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_MERGE_REQUEST_PROJECT_PATH": "o/shop"},
    ),
    "bitbucket": (
        Bitbucket,
        "https://bitbucket.org/",
        {"BITBUCKET_BUILD_NUMBER": "1", "BITBUCKET_REPO_FULL_NAME": "o/shop"},
        {
            "BITBUCKET_PR_DESTINATION_BRANCH": "main",
            "BITBUCKET_PR_ID": "3",
            "BITBUCKET_ACCESS_TOKEN": TOKEN,
        },
    ),
    "azure": (
        Azure,
        "https://dev.azure.com/",
        {
            "TF_BUILD": "True",
            "BUILD_REPOSITORY_PROVIDER": "TfsGit",
            "BUILD_REPOSITORY_ID": "r-1",
            "SYSTEM_TEAMPROJECTID": "p-1",
        },
        {"SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main", "SYSTEM_PULLREQUEST_PULLREQUESTID": "3"},
    ),
}


@pytest.fixture(params=SYSTEMS)
def system(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def pipelines(system: str, tmp_path: Path, database: Database) -> Iterator[Pipelines]:
    database.execute(TABLES)
    kind, host, variables, _ = SYSTEMS[system]
    machine = Machine(home=tmp_path / "machine")
    machine.prepare()
    kept = tmp_path / "kept"
    kept.mkdir()
    forge = Forge(kind=system, job_token=JOB_TOKEN)
    with serving(forge) as base:
        found = kind(
            machine=machine,
            forge=tmp_path,
            database=database.url,
            variables={**variables, **dict.fromkeys(BASES, base)},
            kept=kept,
            host=host,
            comments=forge.comments,
        )
        found.prepare()
        yield found


@pytest.mark.skipif(not NIGHTLY, reason="takes a while; by day, the same jobs run as GitHub's")
@pytest.mark.pg(">= 18")
def test_a_pull_request_shows_what_a_merge_then_does(
    pipelines: Pipelines, system: str, tmp_path: Path, database: Database
) -> None:
    tree = origin(tmp_path / "o", name="shop")
    assert pipelines.job("snapshot", "main", secret=True) == 0, pipelines.log

    propose(tree, index="idx_orders_id")
    always = pipelines.variables
    pipelines.variables = always | SYSTEMS[system][3]
    assert pipelines.job("check", "proposal", secret=False) == 0, pipelines.log
    assert "idx_orders_id" in (pipelines.kept / "reconcile-report" / "comment.md").read_text()
    assert ["idx_orders_id" in body for _, body in pipelines.comments.values()] == [True] * (system != "gitlab")
    assert indexes(database) == {"users_pkey", "orders_pkey"}

    merge(tree)
    pipelines.variables = always
    assert pipelines.job("drift", "main", secret=True) == 2
    assert pipelines.job("plan", "main", secret=True) == 0, pipelines.log
    assert pipelines.job("apply", "main", secret=True) == 0, pipelines.log
    assert indexes(database) > {"idx_orders_id", "idx_orders_user_id", "users_email_key"}
    assert [word for word in ("HOSTILE", JOB_TOKEN, TOKEN, "canary") if word in pipelines.log] == []
    calls = pipelines.machine.installed
    assert [one for one in calls if "--require-hashes" not in one and "--no-index --no-deps" not in one] == []
    assert len(calls) >= 8
