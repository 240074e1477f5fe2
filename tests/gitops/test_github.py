"""The workflows of examples/gitops, executed: a pull request, the merge, the approval, the next snapshot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import reconciler
from tests.docs.pages import ROOT
from tests.forge.fakes import TOKEN, Forge, serving
from tests.gitops.github import OWN, Hub, Run, load
from tests.gitops.machine import Machine
from tests.gitops.story import EXAMPLE, TABLES, git, indexes, merge, origin, propose
from tests.servers import NIGHTLY, Database

WORKFLOWS = EXAMPLE / ".github" / "workflows"
PULL_REQUEST = {"number": 3, "head": {"sha": "c0ffee"}}

pytestmark = pytest.mark.pg(">= 18")


@dataclass(frozen=True, kw_only=True)
class Shop:
    """The repository at the forge, its work tree, and its database."""

    hub: Hub
    tree: Path
    forge: Forge
    database: Database

    def starts(self, event: str, **content: object) -> None:
        """Set the variables of jobs that this event starts."""
        file = self.hub.machine.home / "event.json"
        file.write_text(json.dumps(content))
        base = "main" if event == "pull_request" else ""
        self.hub.variables |= {"GITHUB_BASE_REF": base, "GITHUB_EVENT_NAME": event, "GITHUB_EVENT_PATH": str(file)}

    def pull_request(self) -> Run:
        self.starts("pull_request", pull_request=PULL_REQUEST)
        return self.hub.run(WORKFLOWS / "pull-request.yaml", "proposal", event_name="pull_request")

    def merge_group(self) -> Run:
        self.starts("merge_group", merge_group={"base_ref": "refs/heads/main"})
        return self.hub.run(WORKFLOWS / "pull-request.yaml", "proposal", event_name="merge_group")

    def drift(self) -> Run:
        self.starts("schedule")
        return self.hub.run(WORKFLOWS / "drift.yaml", "main", event_name="schedule")

    def snapshot(self, folder: Path) -> Path:
        """Write a snapshot into a folder."""
        folder.mkdir(parents=True)
        text = reconciler.take_snapshot(reconciler.load([EXAMPLE / "schema.yaml"]), self.database.url)
        (folder / "catalog.json").write_text(text)
        return folder / "catalog.json"

    def production(self, event: str) -> Run:
        self.starts(event)
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

    # In the merge queue, it is checked again, and there is no pull request for a comment.
    before = dict(shop.forge.comments)
    queued = shop.merge_group()
    assert queued.results == {"check": "success"}, queued.log
    assert "no comment: needs a pull request; pushes and merge queues" in queued.log
    assert ("idx_orders_id" in queued.summary, shop.forge.comments) == (True, before)

    # The merge applies it. Until then, the database differs from the file.
    merge(shop.tree)
    differs = shop.drift()
    assert differs.results == {"drift": "failure"}
    assert "idx_orders_id" in differs.summary
    merged = shop.production("push")
    assert merged.results == {"plan": "success", "apply": "success", "snapshot": "success"}, merged.log
    assert indexes(shop.database) > {"idx_orders_id", "idx_orders_user_id", "users_email_key"}
    same = shop.drift()
    assert same.results == {"drift": "success"}, same.log
    reported = "".join(one.log + one.summary for one in (run, queued, differs, merged, same))
    assert [word for word in ("canary", shop.database.url) if word in reported + shop.written()] == []
    assert_nothing_but_the_lock_file_is_installed(shop.hub.machine.installed, runs=8)


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


@pytest.mark.parametrize("source", ["", "production.yaml"] if NIGHTLY else [""])
def test_the_reusable_workflow_plans_if_there_is_a_snapshot_and_else_validates(shop: Shop, source: str) -> None:
    runs = shop.hub.machine.home / "runs"
    (runs / "push").write_text("7\n")
    shop.snapshot(runs / "7" / "reconcile-snapshot")
    shop.starts("pull_request", pull_request=PULL_REQUEST)
    rights = {"contents": "read", "pull-requests": "write", "actions": "read"}
    workflow = f"{OWN}/.github/workflows/pull-request.yaml@{'0' * 40}"
    job = {
        "permissions": rights,
        "uses": workflow,
        "with": {"environment": "production", "snapshot-workflow": source},
    }
    run = Run(hub=shop.hub, branch="main", github=shop.hub.github)
    run.jobs({"call": job}, {})
    assert run.results == {"check": "success", "call": "success"}, run.log
    assert ("nothing was planned" in run.summary, "idx_orders_user_id" in run.summary) == (not source, bool(source))


def test_every_other_input_of_the_action(shop: Shop, tmp_path: Path) -> None:
    shop.starts("pull_request", pull_request=PULL_REQUEST)
    planned = {
        "live": str(shop.snapshot(tmp_path / "there")),
        "output-dir": "the report",
        "artifact": "of-the-check",
        "token": TOKEN,
        "python-version": "3.13",
        "arguments": "--table\norders\n",
    }
    validated = {"arguments": "--offline", "comment": "false", "output-dir": "not kept", "artifact": ""}
    applied = {"command": "apply", "environment": "production", "digest": "any"}
    checkout = load(WORKFLOWS / "pull-request.yaml")["jobs"]["check"]["steps"][0]
    env = {"RECONCILE_DB_PRODUCTION": "${{ secrets.RECONCILE_DB_PRODUCTION }}"}
    action = f"{OWN}@{'0' * 40}"
    jobs = {
        "check": {"steps": [checkout, {"uses": action, "with": planned}, {"uses": action, "with": validated}]},
        "apply": {"environment": "production", "steps": [checkout, {"uses": action, "with": applied, "env": env}]},
    }
    run = Run(hub=shop.hub, branch="main", github={**shop.hub.github, "token": "of-the-job"})
    run.jobs(jobs, {})
    assert run.results == {"check": "success", "apply": "success"}, run.log
    assert (list(shop.hub.artifacts), shop.hub.pythons) == (["of-the-check"], {"3.13", "3.12"})
    document = json.loads((shop.hub.artifacts["of-the-check"] / "plan.json").read_text())
    assert document["preview"]
    assert {one["key"]["table"] for one in document["changes"]} == {"orders"}
    assert [author for author, _ in shop.forge.comments.values()] == [shop.forge.me], (
        "posted with the input `token`"
    )
    assert indexes(shop.database) > {"idx_orders_user_id", "users_email_key"}
    assert {*planned, *validated, *applied} | {"file", "snapshot-workflow", "snapshot-artifact"} == {
        *load(ROOT / "action.yml")["inputs"]
    }


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
