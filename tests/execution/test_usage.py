"""Tables that must be unused before they are dropped: what servers count, what is recorded, and what is refused."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.model.options import Options
from reconciler.model.state import DesiredState
from reconciler.model.step_id import Verb
from tests.execution.repairing import on_first
from tests.execution.support import PATIENCE_S, apply, apply_all, desired, session, transaction, wait_until
from tests.servers import Database

pytestmark = pytest.mark.ends

UNUSED = "dropped_tables: {old: {unused_for: 14d}}"


def scans(database: Database) -> int:
    return int(database.value("SELECT sum(seq_scan) FROM pg_stat_all_tables WHERE relname ~ '^old(__|$)'"))


def used(database: Database, statement: str, *, before: int | None = None) -> None:
    """Use a table, and wait until its server has counted that."""
    before = scans(database) if before is None else before
    database.execute(statement)
    deadline = time.monotonic() + PATIENCE_S
    while scans(database) == before:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def days_pass(database: Database, days: int) -> None:
    database.execute(f"UPDATE reconcile_usage SET taken_at = taken_at - interval '{days} days'")


def refusals(database: Database, tmp_path: Path, text: str = UNUSED, *trusted: str) -> list[tuple[str, str]]:
    options = Options(trusted_roles=frozenset(trusted))
    plan = reconciler.plan(desired(tmp_path, text), database.url, options=options)
    return [(one.rule, one.cause) for one in plan.refusals]


def test_a_table_is_dropped_when_nobody_has_used_it(
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

    assert "reconcile_usage" not in reconciler.export(database.url).files["schema.yaml"]
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

    for expected in ("old", None):  # an undo, and an undo of that, which asks for no statistics
        assert reconciler.undo("last", state, database.url, approve=lambda _: True).error is None
        assert database.value("SELECT to_regclass('old')") == expected
        if expected:
            used(database, "INSERT INTO old VALUES (2); SELECT count(*) FROM old")


def test_the_scans_of_the_tool_do_not_count(database: Database, tmp_path: Path) -> None:
    """A run counts the rows of a table in the archive, and moves it back: the next one still finds it unused."""
    database.execute("CREATE TABLE new (); CREATE TABLE old (id int); INSERT INTO old VALUES (1), (2)")
    database.execute("CREATE TABLE unrelated (); ANALYZE")
    used(database, "SELECT count(*) FROM old")
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
    assert database.query("SELECT table_name, own_seq_scan FROM reconcile_usage ORDER BY sequence") == [
        ("old", 0),
        ("old", 0),
        ("old", scans(database) - before),
    ]
    assert refusals(database, tmp_path, text) == []
    used(database, "SELECT count(*) FROM old")
    assert [rule for rule, _ in refusals(database, tmp_path, text)] == ["still-used"]


def test_use_in_the_archive_is_reported(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database.execute("CREATE TABLE new (); CREATE TABLE old (id int); INSERT INTO new DEFAULT VALUES")
    used(database, "SELECT count(*) FROM old")
    text = "dropped_tables: {old: {unused_for: 14d, replaced_by: new, purge_after: 1d}}"
    state = desired(tmp_path, text)
    reconciler.record_usage(state, database.url)
    days_pass(database, 15)
    apply_all(state, database.url)
    (archived,) = reconciler.archived(database.url)
    assert archived.used is not None
    assert not archived.used, "the run's own count is not use"
    name = archived.table.name.replace("__2", "__1")
    database.execute(f'ALTER TABLE reconcile_archive."{archived.table.name}" RENAME TO "{name}"')
    used(database, f'SELECT count(*) FROM reconcile_archive."{name}"')
    assert main(["restore", "--db", database.url]) == 0
    assert " 1 sequential scan " in capsys.readouterr().out
    notes = [note for note in reconciler.plan(state, database.url).notes if note.rule == "used-in-archive"]
    ((message,),) = [[note.message for note in notes]]
    assert f'reconcile_archive."{name}" was used in the archive: 1 sequential scan since ' in message


def test_what_proves_nothing(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE old (id int) PARTITION BY LIST (id); CREATE VIEW shown AS SELECT 1 AS one")
    database.execute("CREATE TABLE old__1 PARTITION OF old FOR VALUES IN (1)")
    used(database, "INSERT INTO old SELECT 1 WHERE false; SELECT count(*) FROM old")
    view = "dropped_tables: {shown: {unused_for: 14d, backup: none}}\npolicy: {allow: [drop-table]}"
    assert refusals(database, tmp_path, view) == [
        ("usage-unknown", "the server does not count the use of public.shown")
    ]
    state = desired(tmp_path, UNUSED)
    (recorded,) = reconciler.record_usage(state, database.url)
    assert [str(table) for table in recorded.tables] == ["public.old", "public.old__1"]
    days_pass(database, 15)
    assert refusals(database, tmp_path) == []

    preview = reconciler.plan_snapshot(state, reconciler.take_snapshot(state, database.url).encode())
    assert preview.refusals == ()
    assert (preview.notes[0].rule, preview.notes[0].message) == (
        "usage-unknown",
        "not known here: `apply` checks whether anybody uses public.old",
    )
    database.execute("GRANT INSERT ON reconcile_usage TO reader")
    writers = "unknown: these roles may write to public.reconcile_usage: reader"
    assert refusals(database, tmp_path) == [
        ("usage-unknown", f"the use of public.{name} is {writers}") for name in ("old", "old__1")
    ]
    assert refusals(database, tmp_path, UNUSED, "reader") == []
    database.execute("ALTER TABLE reconcile_usage OWNER TO reader")
    assert {rule for rule, _ in refusals(database, tmp_path)} == {"usage-unknown"}
    with pytest.raises(
        reconciler.Refused, match=r"the usage log public\.reconcile_usage cannot be trusted: its table"
    ):
        reconciler.record_usage(state, database.url)
    database.execute("ALTER TABLE reconcile_usage OWNER TO postgres")

    database.execute("SELECT pg_stat_reset_single_table_counters('old__1'::regclass)")
    deadline = time.monotonic() + PATIENCE_S
    while not (found := refusals(database, tmp_path)):
        assert time.monotonic() < deadline
    assert {rule for rule, _ in found} == {"usage-unknown"}
    assert "the primary began to count again at 20" in found[0][1]


def unused(database: Database, folder: Path) -> DesiredState:
    """Make a table that is known to be unused."""
    database.execute("CREATE TABLE old (id int PRIMARY KEY)")
    used(database, "INSERT INTO old SELECT 1; SELECT count(*) FROM old")
    state = desired(folder, UNUSED)
    reconciler.record_usage(state, database.url)
    days_pass(database, 15)
    return state


def test_a_table_in_an_open_transaction_is_used(database: Database, tmp_path: Path) -> None:
    """Its server counts use when a transaction ends. The run looks again before the table goes."""
    state = unused(database, tmp_path)
    with transaction(database.url, "SELECT count(*) FROM old"):
        ((rule, cause),) = refusals(database, tmp_path)
        assert (rule, cause) == (
            "still-used",
            "public.old is used: another session uses it in an open transaction",
        )
    with session(database.url) as other:
        deadline = time.monotonic() + PATIENCE_S
        # Before 15, the counters arrive some time after the locks are gone.
        while not (found := refusals(database, tmp_path)) or "another session" in found[0][1]:
            assert time.monotonic() < deadline
        reconciler.record_usage(state, database.url)
        database.execute("DELETE FROM reconcile_usage WHERE sequence = 1")
        days_pass(database, 15)
        assert refusals(database, tmp_path) == []

        def begin() -> None:
            other.execute("BEGIN; LOCK TABLE old IN ROW EXCLUSIVE MODE")

        result = apply(state, database.url, on_first(Verb.ARCHIVE, begin))
        assert result.error is not None
        assert (result.error.rule, result.error.message) == (rule, cause)
        assert database.value("SELECT to_regclass('old')") == "old"
    apply_all(state, database.url)


def test_use_during_the_run_counts(database: Database, tmp_path: Path) -> None:
    """Somebody reads the table while a step before runs."""
    state = unused(database, tmp_path)
    result = apply(state, database.url, on_first(Verb.CREATE, lambda: used(database, "SELECT count(*) FROM old")))
    assert result.error is not None
    assert (result.error.rule, result.completed) == ("still-used", 1)
    assert result.error.message.startswith("public.old is used: 1 sequential scan")
    assert database.value("SELECT to_regclass('old')") == "old"


def test_a_copy_of_a_database_has_no_proof_of_its_own(database: Database, tmp_path: Path) -> None:
    """Its tables have the same oids, and its server counts again from 0."""
    unused(database, tmp_path)
    assert refusals(database, tmp_path) == []
    with database.copy() as copy:
        ((rule, cause),) = refusals(copy, tmp_path)
        assert rule == "usage-unknown"
        assert "nothing has been recorded yet on the primary" in cause


OFF = ["ALTER SYSTEM", "ALTER DATABASE {database}", "ALTER ROLE reader", "ALTER ROLE reader IN DATABASE {database}"]


@pytest.mark.parametrize("where", OFF)
def test_use_that_is_not_counted_is_unknown(database: Database, tmp_path: Path, where: str) -> None:
    """Now, and for the time in which it was recorded that it was not."""
    alter = where.format(database=database.name)
    state = unused(database, tmp_path)
    reload = "SELECT pg_reload_conf()" if where == OFF[0] else "SELECT 1"
    try:
        database.execute(f"{alter} SET track_counts = 'no'")
        database.execute(reload)
        found = wait_until(lambda: refusals(database, tmp_path), "another value")
        what = " for role reader" if where in OFF[2:] else ""
        assert [rule for rule, _ in found] == ["usage-unknown"]
        assert found[0][1].startswith(f"whether public.old is used is unknown: track_counts is off{what}")
        reconciler.record_usage(state, database.url)
    finally:
        database.execute(f"{alter} RESET track_counts")
        database.execute(reload)
    ((rule, cause),) = wait_until(
        lambda: [one for one in refusals(database, tmp_path) if "track_counts" not in one[1]], "the former value"
    )
    assert rule == "usage-unknown"
    assert "the primary began to count again: statistics were reset, lost in a crash, or switched off" in cause


@pytest.mark.parametrize(
    "words", [["--record", "6f2c1b9e"], ["--record", "--trim", "365d"], ["--replica", "host=nowhere"]]
)
def test_wrong_usage(words: list[str]) -> None:
    assert main(["history", *words, "--db", "host=nowhere"]) == 64


@pytest.mark.pg(">= 18")
def test_a_rehearsal_needs_no_statistics(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE old (id int)")
    state = desired(tmp_path, UNUSED)
    reconciler.record_usage(state, database.url)
    days_pass(database, 15)
    rehearsal = reconciler.rehearse(reconciler.plan(state, database.url), state, database.url)
    assert (rehearsal.rehearsed, rehearsal.steps, rehearsal.left_out, rehearsal.failure) == (2, 2, (), "")
