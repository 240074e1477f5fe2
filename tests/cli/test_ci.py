"""`reconcile ci`: its files, exit codes, and what it refuses to write to."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from reconciler.model.names import Key
from reconciler.model.plan import Refusal
from reconciler.model.rehearsal import Rehearsal
from reconciler.model.rules.objects import UNKNOWN
from tests.gitops.story import git
from tests.report.plans import PLANS
from tests.servers import Database


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITLAB_CI", "TF_BUILD"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(("plan", "code"), [("in_sync", 0), ("changes", 0), ("refused", 3)])
def test_a_pending_change_does_not_fail_the_check(library, run, tmp_path, plan, code):
    library.plan = PLANS[plan]
    assert run("ci").code == code
    folder = tmp_path / "reconcile-report"
    assert {"comment.md", "summary.md", "plan.json", "plan.sql", "plan.txt", "report.html"} <= {
        one.name for one in folder.iterdir()
    }
    assert json.loads((folder / "plan.json").read_text())["format_version"]


@pytest.mark.parametrize("system", ["", "GITHUB_ACTIONS"])
def test_a_plan_without_a_digest_says_why_in_each_file_and_in_the_log(library, run, tmp_path, monkeypatch, system):
    key = Key(schema="public", table="wallets", kind="check", name="c")
    unknown = Refusal(rule=UNKNOWN, key=key, place=None, cause="it was not tried out", remedy="r")
    library.plan = replace(PLANS["refused"], refusals=(unknown,))
    if system:
        monkeypatch.setenv(system, "true")
    found = run("ci")
    assert found.code == 3
    folder = tmp_path / "reconcile-report"
    assert not (folder / "digest.txt").exists()
    why = "an object could not be compared, and could change the steps: check c on public.wallets: it was not tried out"
    assert f"No digest: {why}\n" in found.out.split("::endgroup::")[-1]
    assert (folder / "plan.txt").read_text().endswith(f"\n\nNo digest: {why}\n")
    for name in ("comment.md", "summary.md"):
        assert f"\n\nNo digest: `{why}`\n\n" in (folder / name).read_text()
    assert why in (folder / "report.html").read_text()
    assert json.loads((folder / "plan.json").read_text())["no_digest"] == why


def test_a_plan_with_a_digest_has_it_in_each_file_and_in_the_log(library, run, tmp_path):
    library.plan = PLANS["changes"]
    found = run("ci")
    folder = tmp_path / "reconcile-report"
    digest = (folder / "digest.txt").read_text()
    assert digest == f"{library.plan.digest}\n"
    assert found.out.endswith(f"\n\nDigest: {digest}")
    assert (folder / "plan.txt").read_text().endswith(f"\n\nDigest: {digest}")
    assert f"\n\nDigest: `{digest.strip()}`\n\n" in (folder / "comment.md").read_text()
    assert "Digest" not in run("ci", "-q").out


def test_github_gets_annotations_and_a_summary_after_what_is_there(library, run, tmp_path, monkeypatch):
    library.plan = PLANS["refused"]
    summary = tmp_path / "step"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert "::error file=schema.yaml,line=" in run("ci").out
    assert summary.read_text() == "before\n" + (tmp_path / "reconcile-report" / "summary.md").read_text()


@pytest.mark.parametrize(
    ("variable", "begin", "end"),
    [
        ("GITHUB_ACTIONS", "::group::The plan\n", "::endgroup::\n"),
        ("TF_BUILD", "##[group]The plan\n", "##[endgroup]\n"),
        ("GITLAB_CI", "[collapsed=true]\r\x1b[0KThe plan\n", ":reconcile_report\r\x1b[0K\n"),
    ],
)
def test_the_plan_is_in_a_section_of_the_log_below_its_summary(library, run, monkeypatch, variable, begin, end):
    library.plan = PLANS["changes"]
    plain, digest, _ = re.split(r"(\nDigest: .*\n)", run("ci").out)
    monkeypatch.setenv(variable, "true")
    out = run("ci").out
    before, after = out.split(begin)
    assert before.partition("\x1b")[0].splitlines()[-1] == plain.splitlines()[0]
    assert after.startswith(plain)
    assert after.endswith(end + digest)
    assert begin not in run("ci", "-q").out


def test_offline_says_first_that_nothing_was_planned(run, tmp_path):
    (tmp_path / "schema.yaml").write_text("version: 1\n")
    assert run("ci", "--offline").code == 0
    folder = tmp_path / "reconcile-report"
    assert (folder / "comment.md").read_text().split("\n\n")[1].startswith("**Not checked:**")
    (tmp_path / "schema.yaml").write_text("version: 1\ntabels: {}\n")
    outcome = run("ci", "--offline")
    assert outcome.code == 1
    assert "unknown key `tabels`" in (folder / "comment.md").read_text()
    assert sorted(one.name for one in folder.iterdir()) == [
        ".reconcile-report",
        "annotations.txt",
        "code-quality.json",
        "comment.md",
        "junit.xml",
        "plan.sarif",
        "summary.md",
    ]
    assert run("ci", "--offline", "--live", "catalog.json").code == 64


@pytest.mark.parametrize("offline", [True, False])
def test_an_invalid_file_leaves_what_ci_systems_read(run, tmp_path, offline):
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "a.yaml").write_text("version: 1\ntabels: {}\ntables:\n  t:\n    index: {}\n")
    assert run("ci", "-f", "db/a.yaml", *(["--offline"] if offline else [])).code == 1
    folder = tmp_path / "reconcile-report"
    (sarif,) = json.loads((folder / "plan.sarif").read_text())["runs"]
    places = [one["locations"][0]["physicalLocation"] for one in sarif["results"]]
    assert {one["level"] for one in sarif["results"]} == {"error"}
    assert sarif["properties"] == {"leftOut": 0, "verdict": "invalid"}
    assert [(one["artifactLocation"]["uri"], one["region"]["startLine"]) for one in places] == [
        ("db/a.yaml", 2),
        ("db/a.yaml", 5),
    ]
    quality = json.loads((folder / "code-quality.json").read_text())
    assert [(one["location"]["path"], one["location"]["lines"]["begin"]) for one in quality] == [
        ("db/a.yaml", 2),
        ("db/a.yaml", 5),
    ]
    assert {one["severity"] for one in quality} == {"blocker"}
    assert len({one["fingerprint"] for one in quality}) == 2
    suites = ElementTree.parse(folder / "junit.xml").getroot()
    assert (suites.get("tests"), suites.get("failures")) == ("2", "2")
    assert [(one.get("file"), one.get("line")) for one in suites.iter("testcase")] == [
        ("db/a.yaml", "2"),
        ("db/a.yaml", "5"),
    ]
    assert [line.split(",")[1] for line in (folder / "annotations.txt").read_text().splitlines()] == [
        "line=2",
        "line=5",
    ]


def test_offline_leaves_what_ci_systems_read(run, tmp_path):
    (tmp_path / "schema.yaml").write_text("version: 1\ntables: {t: {checks: {c: a = NULL}}}\n")
    assert run("ci", "--offline").code == 0
    folder = tmp_path / "reconcile-report"
    (sarif,) = json.loads((folder / "plan.sarif").read_text())["runs"]
    assert [one["level"] for one in sarif["results"]] == ["warning"]
    assert sarif["properties"]["verdict"] == "valid"
    assert [one["severity"] for one in json.loads((folder / "code-quality.json").read_text())] == ["major"]
    assert ElementTree.parse(folder / "junit.xml").getroot().get("tests") == "0"


@pytest.mark.parametrize(("plan", "rehearsed", "code"), [("changes", 7, 0), ("changes", 6, 1), ("refused", 7, 3)])
def test_a_rehearsal_is_part_of_the_report_and_of_the_exit_code(
    library, run, tmp_path, monkeypatch, plan, rehearsed, code
):
    library.plan = PLANS[plan]
    outcome = Rehearsal(version="18.6", planned_for="18.6", steps=7, rehearsed=rehearsed)
    monkeypatch.setattr("reconciler.rehearse", lambda found, *_, **__: outcome if found is library.plan else None)
    found = run("ci", "--rehearse")
    assert found.code == code
    folder = tmp_path / "reconcile-report"
    for shown in (
        found.out,
        *((folder / name).read_text() for name in ("comment.md", "summary.md", "report.html")),
    ):
        assert f"on PostgreSQL 18.6: {rehearsed} of 7 steps, locks as claimed, in sync afterwards." in shown
    assert json.loads((folder / "plan.json").read_text())["rehearsal"]["rehearsed"] == rehearsed


@pytest.mark.usefixtures("library")
def test_a_rehearsal_needs_a_plan(run):
    assert run("ci", "--offline", "--rehearse").code == 64
    assert run("ci", "--rows", "5").code == 64


@pytest.mark.parametrize("trap", ["link", "link/inner", "foreign", "ours/linked"])
@pytest.mark.usefixtures("library")
def test_links_and_the_files_of_others_are_refused(run, tmp_path, trap):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "comment.md").write_text("mine")
    (tmp_path / "link").symlink_to(outside)
    if trap == "foreign":
        (tmp_path / "foreign").mkdir()
        (tmp_path / "foreign" / "comment.md").write_text("mine")
    if trap == "ours/linked":
        run("ci", "--output-dir", trap)
        (tmp_path / trap / "comment.md").unlink()
        (tmp_path / trap / "comment.md").symlink_to(outside / "comment.md")
    outcome = run("ci", "--output-dir", trap)
    assert outcome.code == 1
    assert "cannot write the report to" in outcome.err
    assert (outside / "comment.md").read_text() == "mine"
    assert [one.name for one in outside.iterdir()] == ["comment.md"]


@pytest.mark.pg(">= 18")
def test_a_check_of_a_real_database_leaves_its_plan_and_no_row(run, tmp_path, database: Database):
    with database.connect() as connection:
        connection.execute("CREATE TABLE users (id int PRIMARY KEY, email text)")
        connection.execute("INSERT INTO users VALUES (1, 'canary'), (2, 'canary')")
    (tmp_path / "schema.yaml").write_text("version: 1\ntables: {users: {indexes: {users_email_idx: email}}}\n")
    assert run("ci", "--db", database.url).code == 0
    folder = tmp_path / "reconcile-report"
    assert "CREATE INDEX CONCURRENTLY" in (folder / "comment.md").read_text()
    (tmp_path / "schema.yaml").write_text("version: 1\ntables: {users: {unique: {users_email_key: email}}}\n")
    outcome = run("ci", "--db", database.url, "--samples", "5")
    assert outcome.code == 3
    written = "".join(one.read_text() for one in folder.iterdir())
    assert "users_email_key" in (folder / "report.html").read_text()
    assert "canary" not in written + outcome.out + outcome.err
    run("snapshot", "-o", "catalog.json", "--db", database.url)
    assert run("ci", "--live", "catalog.json").code in (0, 3)
    assert (folder / "comment.md").read_text().split("\n\n")[1].startswith("**Not checked:**")
    assert not (folder / "plan.sql").exists()


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A clone, which is the working folder, and whose target branch has a policy."""
    origin = tmp_path / "origin"
    origin.mkdir()
    git(origin, "init", "--quiet", "--initial-branch=main")
    (origin / "policy.yaml").write_text("version: 1\nrules: {foreign-key-index: error}\n")
    (origin / "reconcile.toml").write_text('[environments.production]\npolicy = "policy.yaml"\n')
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message", "The policy")
    git(tmp_path, "clone", "--quiet", str(origin), "clone")
    monkeypatch.chdir(tmp_path / "clone")
    for name in [one for one in os.environ if one.startswith(("GIT_", "GITHUB_", "CI_"))]:
        monkeypatch.delenv(name)
    return tmp_path / "clone"


WITHOUT_INDEX = """\
version: 1
tables: {orders: {foreign_keys: {orders_user: {columns: user_id, references: users(id)}}}}
"""


@pytest.mark.pg(">= 18")
def test_a_pull_request_that_changes_the_policy_is_judged_by_that_of_the_target_branch(
    clone, run, monkeypatch, database: Database
):
    database.execute("CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE orders (user_id int)")
    (clone / "schema.yaml").write_text(WITHOUT_INDEX)
    (clone / "policy.yaml").write_text("version: 1\n")
    (clone / "reconcile.toml").write_text("[environments.production]\n")
    git(clone, "commit", "--quiet", "--all", "--message", "No policy")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    arguments = ("ci", "--env", "production", "--db", database.url)
    assert run(*arguments).code == 0, "control: the own policy of the branch accepts the file"

    monkeypatch.setenv("GITHUB_BASE_REF", "main")
    outcome = run(*arguments)
    assert outcome.code == 3
    folder = clone / "reconcile-report"
    document = json.loads((folder / "plan.json").read_text())
    assert [one["rule"] for one in document["refusals"]] == ["foreign-key-index"]
    changed = [one["place"]["file"] for one in document["notes"] if one["rule"] == "policy-changed"]
    assert changed == ["reconcile.toml", "policy.yaml"]
    assert "::notice file=policy.yaml" in outcome.out
    reported = ("comment.md", "summary.md", "plan.txt", "report.html", "plan.sarif", "code-quality.json")
    assert [name for name in reported if "policy-changed" not in (folder / name).read_text()] == []


@pytest.mark.parametrize("command", [("ci", "--offline"), ("validate",)], ids=lambda one: one[0])
def test_a_changed_policy_is_a_warning_where_nothing_is_planned(clone, run, monkeypatch, command):
    (clone / "schema.yaml").write_text("version: 1\n")
    (clone / "policy.yaml").write_text("version: 1\n")
    git(clone, "commit", "--quiet", "--all", "--message", "No policy")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_BASE_REF", "main")
    outcome = run(*command, "--env", "production")
    assert outcome.code == 0
    assert "policy.yaml" in outcome.out + outcome.err
    told = [outcome.out + outcome.err]
    if command[0] == "ci":
        names = ("comment.md", "summary.md", "plan.sarif", "code-quality.json")
        told += [(clone / "reconcile-report" / name).read_text() for name in names]
    assert [text for text in told if "policy-changed" not in text] == []


def test_an_unreadable_target_branch_is_an_error(clone, library, run, monkeypatch):
    assert library.calls == []
    run("ci", "--env", "production")
    monkeypatch.setenv("GITHUB_BASE_REF", "missing")
    outcome = run("ci", "--env", "production")
    assert outcome.code == 1
    assert "[target-branch]" in outcome.err
    assert sorted(one.name for one in (clone / "reconcile-report").iterdir()) == [".reconcile-report"]
    assert [call for call, *_ in library.calls] == ["load", "plan"], "nothing is planned"
