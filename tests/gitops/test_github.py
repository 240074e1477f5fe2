"""The workflows of examples/gitops, executed: a pull request, the merge, the approval, the next snapshot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.forge.fakes import TOKEN, Forge, serving
from tests.gitops.github import OWN, Hub, Run, load
from tests.gitops.machine import Machine
from tests.gitops.story import EXAMPLE, TABLES, git, indexes, merge, origin, propose
from tests.servers import Database

WORKFLOWS = EXAMPLE / ".github" / "workflows"

pytestmark = pytest.mark.pg(">= 18")


@dataclass(frozen=True, kw_only=True)
class Shop:
    """The repository at the forge, its work tree, and its database."""

    hub: Hub
    tree: Path
    forge: Forge
    database: Database

    def pull_request(self) -> Run:
        event = self.hub.machine.home / "event.json"
        event.write_text(json.dumps({"pull_request": {"number": 3, "head": {"sha": "c0ffee"}}}))
        self.hub.variables |= {"GITHUB_BASE_REF": "main", "GITHUB_EVENT_NAME": "pull_request"}
        self.hub.variables |= {"GITHUB_EVENT_PATH": str(event)}
        return self.hub.run(WORKFLOWS / "pull-request.yaml", "proposal", event_name="pull_request")

    def production(self, event: str) -> Run:
        self.hub.variables |= {"GITHUB_BASE_REF": "", "GITHUB_EVENT_NAME": event}
        run = self.hub.run(WORKFLOWS / "production.yaml", "main", event_name=event)
        if "failure" not in run.results.values():
            self.remember(event)
        return run

    def asked_gh(self) -> list[str]:
        """Return the arguments of each call of `gh`."""
        return (self.hub.machine.home / "runs" / "record").read_text().splitlines()

    def written(self) -> str:
        """Return the text of all files that were uploaded."""
        files = [one for kept in self.hub.artifacts.values() for one in kept.rglob("*") if one.is_file()]
        assert {"catalog.json", "comment.md", "plan.json"} <= {one.name for one in files}
        return "".join(one.read_text(encoding="utf-8") for one in files)

    def remember(self, event: str) -> None:
        """Make `gh` find the artifacts of this run."""
        runs = self.hub.machine.home / "runs"
        (runs / event).write_text(f"{self.hub.number}\n")
        (runs / str(self.hub.number)).mkdir()
        for name, kept in self.hub.artifacts.items():
            (runs / str(self.hub.number) / name).symlink_to(kept)


@pytest.fixture
def shop(tmp_path: Path, database: Database) -> Iterator[Shop]:
    machine = Machine(home=tmp_path / "machine")
    machine.prepare()
    database.execute(TABLES)
    forge = Forge(me="github-actions[bot]")
    secret = {"RECONCILE_DB_PRODUCTION": database.url}
    tree = origin(tmp_path)
    with serving(forge) as base:
        hub = Hub(
            machine=machine,
            origin=tree,
            secrets={"production-plan": secret, "production": secret},
            github={
                "token": TOKEN,
                "repository": "o/shop",
                "ref": "refs/heads/main",
                "event": {"repository": {"default_branch": "main"}},
            },
            variables={
                "GITHUB_API_URL": base,
                "GITHUB_REPOSITORY": "o/shop",
                "GITHUB_RUN_ID": "20",
                "GITHUB_RUN_ATTEMPT": "1",
            },
        )
        yield Shop(hub=hub, tree=tree, forge=forge, database=database)


def test_a_pull_request_shows_what_a_merge_then_does(shop: Shop) -> None:
    # At night, only a snapshot is written.
    run = shop.production("schedule")
    assert run.results == {"plan": "skipped", "apply": "skipped", "snapshot": "success"}, run.log

    # A pull request is checked from it, without a secret, and without running what it brings.
    propose(shop.tree, index="idx_orders_id")
    run = shop.pull_request()
    assert run.results == {"check": "success"}, run.log
    ((_, comment),) = shop.forge.comments.values()
    assert "*For commit c0ffee.*" in comment
    assert "idx_orders_id" in comment
    assert "idx_orders_id" in run.summary
    report = shop.hub.artifacts["reconcile-report"]
    assert json.loads((report / "plan.json").read_text())["preview"]
    assert indexes(shop.database) == {"users_pkey", "orders_pkey"}
    assert [word for word in ("HOSTILE", TOKEN) if word in run.log] == []
    assert shop.asked_gh()[-1].startswith("run download 1 --name reconcile-snapshot ")

    # The merge applies it.
    merge(shop.tree)
    merged = shop.production("push")
    assert merged.results == {"plan": "success", "apply": "success", "snapshot": "success"}, merged.log
    assert indexes(shop.database) > {"idx_orders_id", "idx_orders_user_id", "users_email_key"}
    assert "canary" not in run.log + run.summary + merged.log + merged.summary + shop.written()
    assert_nothing_but_the_lock_file_is_installed(shop.hub.machine.installed, runs=5)


def assert_nothing_but_the_lock_file_is_installed(calls: list[str], *, runs: int) -> None:
    """No index is asked for the tool itself, and everything else has a hash."""
    options = "-I -m pip install --quiet --disable-pip-version-check --no-input"
    lock = f"--require-hashes --only-binary :all: --requirement {ROOT}/requirements/embedded.txt"
    assert calls == [f"{options} {lock}", f"{options} --no-index --no-deps --no-build-isolation {ROOT}"] * runs


def test_without_a_snapshot_the_check_fails_and_the_comment_says_so(shop: Shop) -> None:
    shop.forge.add("github-actions[bot]", "<!-- another comment of the same account -->")
    git(shop.tree, "checkout", "--quiet", "-b", "proposal")
    run = shop.pull_request()
    assert run.results == {"check": "failure"}
    assert "::error::production.yaml has no successful run on main" in run.log
    other, comment = (body for _, body in shop.forge.comments.values())
    assert (other[:12], "### reconcile: failed" in comment) == ("<!-- another", True)


def test_the_reusable_workflow_validates_a_file_where_there_is_no_snapshot(shop: Shop) -> None:
    rights = {"contents": "read", "pull-requests": "write", "actions": "read"}
    workflow = f"{OWN}/.github/workflows/pull-request.yaml@{'0' * 40}"
    job = {"permissions": rights, "uses": workflow, "with": {"environment": "production", "snapshot-workflow": ""}}
    run = Run(hub=shop.hub, branch="main", github=shop.hub.github)
    run.jobs({"call": job}, {})
    assert run.results == {"check": "success", "call": "success"}, run.log
    assert "nothing was planned" in run.summary


def test_apply_without_the_digest_of_an_approved_plan_changes_nothing(shop: Shop) -> None:
    """A workflow that misspells the output of the job before passes an empty digest."""
    step = {
        "uses": f"{OWN}@{'0' * 40}",
        "env": {"RECONCILE_DB_PRODUCTION": "${{ secrets.RECONCILE_DB_PRODUCTION }}"},
        "with": {"command": "apply", "environment": "production", "digest": "${{ needs.plan.outputs.digset }}"},
    }
    checkout = load(WORKFLOWS / "production.yaml")["jobs"]["apply"]["steps"][0]
    run = Run(hub=shop.hub, branch="main", github=shop.hub.github)
    run.jobs({"apply": {"environment": "production", "steps": [checkout, step]}}, {})
    assert run.results == {"apply": "failure"}
    assert "[digest]" in run.log
    assert indexes(shop.database) == {"users_pkey", "orders_pkey"}
