"""The number of rows that a repair changed before it was interrupted, killed or failed."""

from __future__ import annotations

import itertools
import os
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.cli.summary import RunStatistics, render_summary
from reconciler.clock import SYSTEM
from reconciler.execution.result import ApplyResult
from reconciler.model.events import Event, RunStatus, StepProgress
from reconciler.model.state import DesiredState
from reconciler.report.history import render_entries_text
from tests.execution.repairing import ORPHANS, SMALL, orphans, quarantines
from tests.execution.support import apply, apply_all, desired, wait_until
from tests.servers import Database

BATCHES = "policy: {batch: {rows: 50}}"
STOP = """
    CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF OLD.id = 2395 THEN {stop}; END IF; RETURN OLD; END $$;
    CREATE TRIGGER stop BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION stop()"""
FIRES = ("fires-triggers",)
FAILED = "SELECT rows_affected FROM migration_log WHERE status = 'failed' AND step_name ~ '^repair'"


@contextmanager
def interruptible() -> Iterator[None]:
    """Let SIGINT raise, also in a background job, which ignores it. As in the program, a timer wakes the main thread: a
    signal that arrives just before it begins to wait for the server does not end that wait."""
    handlers = {signal.SIGINT: signal.default_int_handler, signal.SIGALRM: lambda *_: None}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    signal.setitimer(signal.ITIMER_REAL, 0.2, 0.2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def end_of(statistics: RunStatistics, result: ApplyResult) -> list[str]:
    return render_summary(statistics, result.status, "", 1.0, "r", result.plan.server).splitlines()


def kept(database: Database) -> int:
    return sum(database.value(f"SELECT count(*)::int FROM {name}") for name in quarantines(database))


@pytest.mark.pg(">= 18")
def test_rows_before_a_batch_that_failed_are_counted(database: Database, tmp_path: Path) -> None:
    database.execute(f"{ORPHANS}; {STOP.format(stop='RAISE division_by_zero')}")
    statistics = RunStatistics()
    result = apply(desired(tmp_path, orphans("quarantine", more=BATCHES)), database.url, statistics, allow=FIRES)
    rows = kept(database)
    assert (result.status, 0 < rows < 1000) == (RunStatus.FAILED, True)
    assert database.value(FAILED) == rows
    end = end_of(statistics, result)
    assert (
        f"{rows} rows were repaired before the failure: the next run continues with the rows that are left." in end
    )
    assert any(f"keeps {rows} repaired rows as before the repair" in line for line in end)
    database.execute("DROP TRIGGER stop ON orders")
    apply_all(desired(tmp_path, orphans("quarantine", more=BATCHES)), database.url)
    assert kept(database) == 1000
    (completed,) = database.query(FAILED.replace("failed", "completed"))
    assert completed[0] == 1000 - rows


@pytest.mark.pg(">= 18")
def test_rows_before_an_interruption_are_counted(database: Database, tmp_path: Path) -> None:
    database.execute(f"{ORPHANS}; {STOP.format(stop='PERFORM pg_sleep(30)')}")
    statistics = RunStatistics()
    sleeping = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"

    def interrupt() -> None:
        wait_until(lambda: database.value(sleeping), "the repair of the row")
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    state = desired(tmp_path, orphans("delete", more=BATCHES))
    with interruptible():
        thread.start()
        result = apply(state, database.url, statistics, allow=(*FIRES, "data-loss"))
        thread.join()
    rows = 3000 - database.value("SELECT count(*) FROM orders")
    assert (result.status, 0 < rows < 1000) == (RunStatus.INTERRUPTED, True)
    assert database.value(FAILED) == rows
    assert (
        f"{rows} rows were repaired before the interruption: the next run continues with the rows that are left."
        in end_of(statistics, result)
    )


@pytest.mark.pg(">= 18")
def test_the_history_says_that_rows_of_a_lost_run_are_not_counted(database: Database, tmp_path: Path) -> None:
    database.execute(f"{ORPHANS}; {STOP.format(stop='PERFORM pg_terminate_backend(pg_backend_pid())')}")
    statistics = RunStatistics()
    state = desired(tmp_path, orphans("quarantine", more=BATCHES))
    result = apply(state, database.url, statistics, allow=FIRES)
    assert isinstance(result.error, reconciler.ConnectionFailed)
    shown = render_entries_text(reconciler.history_of("last", database.url))
    assert "complete batches are kept and not counted here" in shown
    assert f"At least {kept(database)} rows were repaired before the failure" in " ".join(
        end_of(statistics, result)
    )
    assert database.query(FAILED) == []


@pytest.mark.pg(">= 18")
def test_a_restore_that_fails_records_the_rows_that_are_back(database: Database, tmp_path: Path) -> None:
    """Also if an undo brings them back."""
    database.execute(
        f"{SMALL}; INSERT INTO orders SELECT n, 7, repeat('x', 90) FROM generate_series(10, 3000) AS n"
    )
    apply_all(desired(tmp_path, orphans("quarantine")), database.url)
    database.execute("ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey")

    def alter(_: object, moved: int) -> None:
        if moved:
            database.execute("ALTER TABLE orders ADD COLUMN late int")

    with pytest.raises(reconciler.ReconcileError):
        reconciler.restore_quarantined(database.url, approve=lambda *_: True, progress=alter)
    back = 2993 - kept(database)
    assert 0 < back < 2993
    failed = "SELECT rows_affected FROM migration_log WHERE status = 'failed' AND step_name ~ '^restore'"
    assert database.value(failed) == back


@pytest.mark.pg(">= 18")
def test_rows_that_return_are_reported_with_the_part_that_is_done(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By an undo as well as by the command."""
    database.execute(
        f"{SMALL}; INSERT INTO orders SELECT n, 7, repeat('x', 90) FROM generate_series(10, 3000) AS n"
    )
    apply_all(desired(tmp_path, orphans("quarantine")), database.url)
    seen: list[StepProgress] = []

    def listen(event: Event) -> None:
        if isinstance(event, StepProgress) and event.phase.endswith("brought back"):
            seen.append(event)

    state = DesiredState(objects={})
    undone = reconciler.undo("last", state, database.url, approve=lambda _: True, listeners=[listen])
    assert undone.error is None
    fractions = [one.fraction for one in seen if one.fraction is not None]
    assert (len(fractions), fractions, fractions[-1]) == (len(seen), sorted(fractions), 1.0)
    assert 0 < fractions[0] < 1
    apply_all(desired(tmp_path, orphans("quarantine")), database.url)
    database.execute("ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey")
    ticks = itertools.count()
    monkeypatch.setattr("reconciler.clock.SYSTEM", replace(SYSTEM, monotonic=lambda: float(next(ticks))))
    assert main(["restore", "--quarantine", "orders", "--db", database.url, "--auto-approve"]) == 0
    assert re.search(r": [\d,]+ of 2,993 rows restored so far, about [\d.]+ s left\n", capsys.readouterr().err)
