"""Tables that must be unused before they are dropped: what servers count, what is recorded, and what is refused."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.model.options import Options
from tests.execution.support import PATIENCE_S, apply, apply_all, desired
from tests.servers import Database

pytestmark = pytest.mark.ends

UNUSED = "dropped_tables: {old: {unused_for: 14d}}"


def scans(database: Database) -> int:
    return int(database.value("SELECT seq_scan FROM pg_stat_all_tables WHERE relname = 'old'"))


def used(database: Database, statement: str, *, before: int | None = None) -> None:
    """Use a table, and wait until its server has counted that."""
    before = scans(database) if before is None else before
    database.execute(statement)
    deadline = time.monotonic() + PATIENCE_S
    while scans(database) == before:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def days_pass(database: Database, days: int) -> None:
    database.execute(f"UPDATE usage_log SET taken_at = taken_at - interval '{days} days'")


def refusals(database: Database, tmp_path: Path, text: str = UNUSED, *trusted: str) -> list[tuple[str, str]]:
    options = Options(trusted_roles=frozenset(trusted))
    plan = reconciler.plan(desired(tmp_path, text), database.url, options=options)
    return [(one.rule, one.cause) for one in plan.refusals]


def test_a_table_goes_when_nobody_has_used_it(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    database.execute("CREATE TABLE old (id int PRIMARY KEY)")
    used(database, "INSERT INTO old SELECT 1; SELECT count(*) FROM old")
    state = desired(tmp_path, UNUSED)
    ((rule, cause),) = refusals(database, tmp_path)
    assert rule == "usage-unknown"
    assert "nothing has been recorded yet on the primary; it can be known from 20" in cause
    assert main(["history", "--record", "--db", database.url]) == 0
    assert capsys.readouterr().out == "Recorded the use of 1 table on the primary: public.old.\n"

    days_pass(database, 15)
    assert refusals(database, tmp_path) == []
    used(database, "SELECT count(*) FROM old")
    ((rule, cause),) = refusals(database, tmp_path)
    assert rule == "still-used"
    assert cause.startswith("public.old is used: 1 sequential scan (0.0667 per day) since 20")
    assert apply(state, database.url).status == "refused"
    permitted = UNUSED.replace("14d", "{time: 14d, scans: 1/week}")
    assert refusals(database, tmp_path, permitted) == []
    apply_all(desired(tmp_path, permitted), database.url)
    assert database.value("SELECT to_regclass('old')") is None


def test_the_scans_of_the_tool_do_not_count(database: Database, tmp_path: Path) -> None:
    """A run counts the rows of a table in the archive, and moves it back: the next one still finds it unused."""
    database.execute("CREATE TABLE new (); CREATE TABLE old (id int); INSERT INTO old VALUES (1), (2)")
    database.execute("CREATE TABLE unrelated (); ANALYZE")
    text = "dropped_tables: {old: {unused_for: 14d, replaced_by: new}}"
    state = desired(tmp_path, text)
    reconciler.record_usage(state, database.url)
    days_pass(database, 15)
    assert refusals(database, tmp_path, text) == [], "a plan leaves counting to the run"
    before = scans(database)
    result = apply(state, database.url)
    assert result.error is not None
    assert result.error.rule == "fewer-rows"
    used(database, "SELECT 1", before=before)
    assert database.query("SELECT table_name, own_seq_scan FROM usage_log ORDER BY sequence") == [
        ("old", 0),
        ("old", 0),
        ("old", scans(database) - before),
    ]
    assert refusals(database, tmp_path, text) == []
    used(database, "SELECT count(*) FROM old")
    assert [rule for rule, _ in refusals(database, tmp_path, text)] == ["still-used"]
