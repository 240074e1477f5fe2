"""A run makes changes only in the window of its environment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reconciler.clock import SYSTEM
from reconciler.execution.apply import apply
from reconciler.execution.pace import Pace
from reconciler.execution.result import ApplyResult
from reconciler.model.errors import Refused
from reconciler.model.events import Event, RunStatus, StepCompleted
from reconciler.model.names import TableName
from reconciler.model.options import Options
from reconciler.model.window import Window, read_span
from tests.execution.support import desired
from tests.servers import Database

OPEN, CLOSED = (datetime(2026, 3, 28, hour, tzinfo=UTC) for hour in (1, 5))
WINDOW = Window(spans=(read_span("Sat 01:00-05:00"),))
FILE = "tables: {t: {not_null: [a], indexes: {t_a: a}}}"


class Closing:
    """The time of the day, until `closes` steps have completed; then the window has closed."""

    def __init__(self, closes: int) -> None:
        self.left = closes

    def now(self) -> datetime:
        return OPEN if self.left > 0 else CLOSED

    def __call__(self, event: Event) -> None:
        self.left -= isinstance(event, StepCompleted)


def run(database: Database, folder: Path, closes: int) -> ApplyResult:
    moment = Closing(closes)
    return apply(
        desired(folder, FILE),
        database.url,
        clock=replace(SYSTEM, now=moment.now),
        approve=lambda plan: "outside-window" in {note.rule for note in plan.notes},
        listeners=(moment,),
        options=Options(window=WINDOW),
    )


@pytest.mark.pg(">= 18")  # about the clock; the database only gets the steps
def test_a_run_begins_and_continues_only_in_the_window(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE t (a int)")
    with pytest.raises(Refused) as caught:
        run(database, tmp_path, 0)
    assert (caught.value.rule, caught.value.message) == (
        "outside-window",
        "the window Sat 01:00-05:00 UTC is closed: it is Sat 2026-03-28 05:00:00 UTC, and it opens on "
        "Sat 2026-04-04 01:00:00 UTC",
    )
    assert database.value("SELECT to_regclass('migration_log')") is None
    stopped = run(database, tmp_path, 1)
    assert (stopped.status, stopped.completed, stopped.failed) == (RunStatus.REFUSED, 1, 0)
    assert stopped.error is not None
    assert stopped.error.rule == "outside-window"
    last = "SELECT status, metadata->>'outcome' FROM migration_log WHERE metadata->>'outcome' IS NOT NULL"
    assert database.query(last) == [("failed", "refused")]
    ended = run(database, tmp_path, 9)
    assert (ended.status, ended.completed) == (RunStatus.COMPLETED, len(stopped.plan.steps) - 1)
    assert run(database, tmp_path, 0).status is RunStatus.COMPLETED  # there is nothing to do


def test_a_repair_ends_after_the_batch_in_which_the_window_closes() -> None:
    now, second = [OPEN], [0.0]
    pace = Pace(
        checks=(),
        longest=timedelta(seconds=30),
        say=lambda _reason, _elapsed_s: None,
        check=lambda: None,
        clock=replace(SYSTEM, now=lambda: now[0], monotonic=lambda: second[0]),
        window=WINDOW,
    )
    table = TableName(schema="public", name="orders")
    pace.before_batch(table)
    now[0], second[0] = CLOSED, 1.0
    with pytest.raises(Refused, match="the window Sat 01:00-05:00 UTC is closed"):
        pace.before_batch(table)
