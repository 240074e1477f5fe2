"""`reconcile ci --comment` and `drift --issue`: the comment shows the report, and never changes the exit code."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from reconciler.model.drift import Drift
from reconciler.model.errors import ConnectionFailed
from reconciler.model.platform import Environment
from reconciler.model.rules.connections import CONNECTION_FAILED
from reconciler.report import render_markdown, report_of_drift
from tests.forge.fakes import TOKEN, Failure, Forge, Pauses, serving
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


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--live", "missing.json"], 64),
        (["--offline", "--db", "postgresql:///x"], 64),
        (["--max-age", "3"], 64),
        (["--output-dir", "others"], 1),
        (["--no-such-option"], 64),
        (["--no-such-option", "--comment"], 64),
        (["--allow", "no-such-hazard"], 64),
        (["--max-age", "soon"], 64),
        (["--verbose", "--quiet"], 64),
        (["unexpected"], 64),
        (["--live"], 64),
    ],
)
def test_a_run_without_a_report_replaces_the_comment_of_an_earlier_one(
    forge, library, run, tmp_path, monkeypatch, options, code
):
    """Also if its options are wrong, or the folder for the report has files of others."""
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "notes.txt").touch()
    library.plan = PLANS["changes"]
    given = ("-f", "schema.yaml", "-f", "more.yaml", "--env", "production", "--comment")
    monkeypatch.setattr("reconciler.find_environment", lambda *_, **__: Environment(name="production"))
    assert run("ci", *given).code == 0
    assert shown(forge).startswith("### reconcile: changes")
    outcome = run("ci", *given, *options)
    assert outcome.code == code
    said = outcome.err.splitlines()
    assert said.count("comment: posted (id 1)") == 1
    assert len(said) > 1
    assert shown(forge).startswith("### reconcile: failed")


@pytest.mark.usefixtures("library")
def test_wrong_usage_creates_no_comment(forge, run):
    """It may be about the file or the environment, so the comment could stay forever."""
    outcome = run("ci", "--comment", "--no-such-option")
    assert (outcome.code, forge.comments) == (64, {})
    assert outcome.err.endswith("no comment: there is none of an earlier run to replace\n")
    run("ci", "--no-such-option")
    run("ci", "--comment", "--no-comment", "--no-such-option")
    assert len(forge.requests) == 1


def test_a_stopped_job_replaces_the_comment_of_an_earlier_one(forge, library, run):
    library.error = KeyboardInterrupt()
    outcome = run("ci", "--comment")
    assert (outcome.code, forge.comments) == (130, {})
    library.error = None
    run("ci", "--comment")
    library.error = KeyboardInterrupt()
    outcome = run("ci", "--comment")
    assert (outcome.code, outcome.err) == (130, "comment: posted (id 1)\nInterrupted.\n")
    assert shown(forge).startswith("### reconcile: stopped")


@pytest.mark.usefixtures("library")
def test_a_signal_to_a_process_replaces_the_comment_too(forge, run, tmp_path):
    run("ci", "--comment")
    (tmp_path / "schema.yaml").write_text("version: 1\ntables: {t: {checks: {ck: amount > 0}}}\n")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"host=127.0.0.1 port={silent.getsockname()[1]} dbname=d user=u connect_timeout=60"
        process = subprocess.Popen(
            [sys.executable, "-m", "reconciler.cli.main", "ci", "--comment", "--db", url],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with silent.accept()[0]:
            process.send_signal(signal.SIGTERM)
            assert process.communicate(timeout=60) == ("", "comment: posted (id 1)\nInterrupted.\n")
    assert process.returncode == 130
    assert shown(forge).startswith("### reconcile: stopped")


ON_GITLAB = {
    "GITHUB_ACTIONS": "",
    "GITLAB_CI": "true",
    "CI_API_V4_URL": "https://gitlab.example.com/api/v4",
    "CI_MERGE_REQUEST_PROJECT_ID": "7",
    "CI_MERGE_REQUEST_IID": "3",
    "CI_JOB_TOKEN": "job",
    "GITLAB_TOKEN": "",
}


@pytest.mark.parametrize(("plan", "code"), [("changes", 0), ("refused", 3)])
@pytest.mark.parametrize(
    ("changed", "failures", "said"),
    [
        ({"GITHUB_EVENT_NAME": "merge_group"}, [], "needs a pull request; pushes and merge queues"),
        ({"GITHUB_TOKEN": ""}, [], "needs GITHUB_TOKEN; jobs for pull requests from forks have no secrets"),
        (ON_GITLAB, [], "the job token (CI_JOB_TOKEN) cannot write comments"),
        ({}, [Failure("GET", 503)] * 4, "needs the API, which answered 503"),
        ({}, [Failure("POST", 403)], "`permissions: pull-requests: write`"),
    ],
    ids=["merge_group", "no-token", "job-token", "5xx", "403"],
)
def test_without_a_comment_the_summary_is_written_and_the_exit_code_is_that_of_the_plan(
    forge, library, run, tmp_path, monkeypatch, plan, code, changed, failures, said
):
    library.plan = PLANS[plan]
    forge.failures.extend(failures)
    for name, value in {**changed, "GITHUB_STEP_SUMMARY": str(tmp_path / "step")}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("reconciler.clock.SYSTEM", Pauses().clock)
    outcome = run("ci", "--comment")
    assert outcome.code == code
    (line,) = [one for one in outcome.err.splitlines() if one.startswith("no comment: ")]
    assert said in line
    assert forge.comments == {}
    summary = (tmp_path / "step").read_text()
    assert summary == (tmp_path / "reconcile-report" / "summary.md").read_text()
    assert summary.startswith("### reconcile: ")
    assert TOKEN not in outcome.out + outcome.err + summary


def test_drift_keeps_one_comment_on_an_issue(forge, library, run, monkeypatch):
    monkeypatch.setenv("GITHUB_EVENT_NAME", "schedule")
    monkeypatch.delenv("GITHUB_EVENT_PATH")

    def on_issue():
        ((id, (author, body)),) = forge.comments.items()
        assert (id, author) == (1, forge.me)
        return body.replace("\r\n", "\n")

    for name, code in (("changes", 2), ("in_sync", 0), ("refused", 3)):
        library.plan = PLANS[name]
        outcome = run("drift", "-q", "--issue", "3")
        assert (outcome.code, outcome.err) == (code, "comment: posted (id 1)\n")
        expected = render_markdown(report_of_drift(Drift(plan=library.plan, undeclared={}, strict=False)))
        assert on_issue().endswith(expected.strip())
    library.error = ConnectionFailed("password=hunter2", rule=CONNECTION_FAILED)
    assert run("drift", "-q", "--issue", "3").code == 1
    assert on_issue().endswith(
        "### reconcile: failed\n\n**The database could not be checked. The log of the job says why.**"
    )
    assert {one.split("?")[0] for one in forge.requests} == {
        "GET /repos/o/shop/issues/3/comments",
        "POST /repos/o/shop/issues/3/comments",
        "PATCH /repos/o/shop/issues/comments/1",
    }


@pytest.mark.parametrize(("plan", "code"), [("changes", 2), ("in_sync", 0)])
def test_drift_without_a_comment_has_the_same_exit_code(forge, library, run, plan, code):
    library.plan = PLANS[plan]
    forge.can_write = False
    outcome = run("drift", "-q", "--issue", "3")
    assert outcome.code == code
    assert outcome.err.startswith("no comment: needs `permissions: issues: write` for GITHUB_TOKEN")
    assert TOKEN not in outcome.out + outcome.err
