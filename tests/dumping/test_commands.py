"""Plans of dumps in every format, and the commands that dump, list and load tables."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.model.plan import Plan
from reconciler.report.sql import render_sql
from tests.dumping.support import FILE, dumped, restored, verifying_url
from tests.execution.support import desired
from tests.servers import Database

pytestmark = pytest.mark.pg("== 18")


def verbs(plan: Plan) -> list[str]:
    return [step.id.verb.value for step in plan.steps]


def test_plans_run_no_program(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even a rehearsal, which stands in for the dump, nor a plan from a snapshot."""
    database.execute("CREATE TABLE old (id int); INSERT INTO old VALUES (1)")
    state = desired(tmp_path, FILE)
    for name in ("pg_dump", "pg_restore"):
        (tmp_path / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/called\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    plan = reconciler.plan(state, database.url)
    assert verbs(plan) == ["create", "move", "dump", "drop"]
    assert [hazard.kind for route in plan.routes for hazard in route.hazards] == ["only-in-dump"]
    verdicts = [str(one.reversal.verdict) for one in reconciler.report_of(plan).changes[0].steps]
    assert verdicts == ["reversible", "reversible", "reversible", "reversible with cost"]
    script = render_sql(reconciler.report_of(plan))
    assert "step 3 of 4 is not possible in psql: dump table public.old" in script
    assert "RAISE EXCEPTION" in script
    snapshot = reconciler.take_snapshot(state, database.url)
    assert verbs(reconciler.plan_snapshot(state, snapshot.encode())) == verbs(plan)
    rehearsal = reconciler.rehearse(plan, state, database.url)
    assert (rehearsal.rehearsed, rehearsal.failure, rehearsal.left_out, rehearsal.differing) == (4, "", (), ())
    assert not (tmp_path / "called").exists()


def test_the_commands(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    database.execute("CREATE TABLE old (id serial PRIMARY KEY); INSERT INTO old DEFAULT VALUES")
    desired(tmp_path, FILE)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dumps").mkdir()

    def run(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main([*words, "--db", database.url])
        return code, capsys.readouterr().out

    assert run("plan", "-o", "plan.json")[0] == 0
    code, text = run("apply", "plan.json", "-y")
    assert (code, "[no-backup-dir]" in text) == (3, True)
    monkeypatch.setenv("RECONCILE_BACKUP_DIR", "dumps")
    monkeypatch.setenv("RECONCILE_VERIFY_DB", verifying_url(database))
    code, text = run("apply", "plan.json", "-y")
    assert (code, text.splitlines()[0]) == (0, "Plan: 1 table to dump; 4 steps.")
    _, header, row, total = ("", *run("restore")[1].splitlines())
    assert header.split() == ["TABLE", "DUMPED", "ROWS", "FILE", "SIZE", "RUN", "NAME", "FILE"]
    assert row.startswith("public.old")
    assert total == "1 table in dumps."
    (listed,) = json.loads(run("restore", "--format", "json")[1])["dumped"]
    assert (listed["table"], listed["rows"], (tmp_path / "dumps" / listed["file"]).exists()) == ("old", 1, True)
    code, text = run("restore", "old", "--plan")
    assert (code, text.splitlines()[0]) == (0, "Plan: 1 table to load; 2 steps.")
    (archiving,) = (one.run_id for one in reconciler.history(database.url))
    code, text = run("undo", "last", "--plan")
    assert "stays in its dump: `reconcile restore public.old --backup-dir DIR` brings it back" in text
    code, text = run("restore", "old", "-y")
    assert code == 0
    assert "Plan: 1 table to load; 2 steps." in text
    assert "Plan: 1 table to restore; 1 step." in text
    assert "3 of 3 steps completed" in text
    loaded, moved = (one.run_id for one in reconciler.history(database.url)[-2:])
    *_, first, second = text.splitlines()
    assert (moved in first, "history" in first) == (True, True)
    assert f"history {loaded}`" in second
    assert second.endswith(" shows the steps that brought the table to the archive.")
    for one in (archiving, loaded):
        code, text = run("undo", one, "--plan")
        assert (code, text.splitlines()[0], "not-undone" in text) == (
            0,
            f"Nothing is left to undo of run {one}.",
            False,
        )
    assert run("restore") == (
        0,
        "Nothing is archived, dumped or quarantined: reconcile_archive has no table of this tool.\n",
    )


def test_the_journal_keeps_what_a_dump_needs(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE old (id int)")
    dumped(database, tmp_path)
    database.execute("UPDATE migration_log SET executed_at = executed_at - interval '2 days'")
    trimmed = reconciler.trim_history(desired(tmp_path, FILE), database.url, older_than=timedelta(days=1))
    assert (trimmed.entries, dict(trimmed.kept)) == (0, {"dumped a table": 1})


def test_a_restore_that_is_declined_or_refused_after_the_load(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says that the table was loaded."""
    database.execute("CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE old (id int REFERENCES users)")
    database.execute("INSERT INTO users VALUES (1); INSERT INTO old VALUES (1)")
    dumped(database, tmp_path)
    database.execute("DELETE FROM users")
    monkeypatch.chdir(tmp_path)
    words = ("restore", "old", "--backup-dir", "dumps", "--db", database.url)
    capsys.readouterr()
    assert main([*words, "-y"]) == 3
    reported = capsys.readouterr()
    assert "[orphans]" in reported.out
    assert "The table was loaded from its dump into reconcile_archive, and stays there" in reported.err
    assert [one.origin.name for one in reconciler.archived(database.url)] == ["old"]
    database.execute("INSERT INTO users VALUES (1)")
    restored(database, tmp_path)
    dumped(database, tmp_path)
    answers = iter([True, False])
    monkeypatch.setattr("reconciler.cli.apply.approved", lambda _: next(answers))
    assert main([*words]) == 3
    assert "The table was loaded from its dump into reconcile_archive, and stays there" in capsys.readouterr().err
