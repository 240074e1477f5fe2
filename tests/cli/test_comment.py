"""`reconcile ci --comment`: the comment shows the report, and never changes the exit code."""

from __future__ import annotations

import json

import pytest

from tests.forge.fakes import TOKEN, Forge, serving
from tests.report.plans import PLANS


@pytest.fixture
def forge(tmp_path, monkeypatch):
    """A pull request on a local GitHub, and the variables of its job."""
    forge = Forge(me="github-actions[bot]")
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": 3, "head": {"sha": "c0ffee"}}}))
    with serving(forge) as base:
        variables = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": base,
            "GITHUB_EVENT_NAME": "pull_request",
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_REPOSITORY": "o/shop",
            "GITHUB_RUN_ID": "20",
            "GITHUB_RUN_ATTEMPT": "1",
            "GITHUB_TOKEN": TOKEN,
        }
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
        monkeypatch.chdir(tmp_path)
        yield forge


def shown(forge):
    ((_, body),) = forge.comments.values()
    return body.replace("\r\n", "\n").partition("*For commit c0ffee.*\n\n")[2]


def test_the_comment_is_that_of_the_last_run(forge, library, run, tmp_path):
    library.plan = PLANS["changes"]
    assert run("ci").code == 0
    assert forge.requests == []
    assert run("ci", "--comment").code == 0
    library.plan = PLANS["refused"]
    outcome = run("ci", "--comment")
    assert (outcome.code, outcome.err.splitlines()[-1]) == (3, "comment: posted (id 1)")
    assert shown(forge) == (tmp_path / "reconcile-report" / "comment.md").read_text().strip()


def test_a_run_without_a_report_replaces_the_comment_of_an_earlier_one(forge, library, run):
    library.plan = PLANS["changes"]
    run("ci", "--comment")
    assert run("ci", "--comment", "--live", "missing.json").code == 64
    assert shown(forge).startswith("### reconcile: failed")


@pytest.mark.parametrize(("plan", "code"), [("changes", 0), ("refused", 3)])
def test_without_the_right_the_exit_code_is_that_of_the_plan(forge, library, run, tmp_path, plan, code):
    library.plan = PLANS[plan]
    forge.can_write = False
    outcome = run("ci", "--comment")
    assert outcome.code == code
    assert "no comment: needs `permissions: pull-requests: write`" in outcome.err
    assert (tmp_path / "reconcile-report" / "summary.md").exists()
    assert TOKEN not in outcome.out + outcome.err
