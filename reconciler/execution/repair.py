"""Runs a repair: batches through each table, until the data check finds no row.

Progress is what the data shows. A run that was killed has committed whole batches, and the next one reads the table
again from its beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from reconciler.execution.pace import Pace
from reconciler.execution.retrying import NOT_NOW, Retries
from reconciler.model.clock import Clock
from reconciler.model.errors import StepFailed
from reconciler.model.events import Event, StepProgress
from reconciler.model.plan import Batch, RepairAction, Step
from reconciler.model.rules.runs import ROWS_REMAIN
from reconciler.model.state import BatchSize
from reconciler.postgres.repairs import (
    FIRST_PAGES,
    GROWTH,
    MOST_PAGES,
    BatchResult,
    batch_statement,
    pages_of,
    planned_statement,
    send_batch,
)
from reconciler.postgres.session import Session

_PROGRESS_S = 1.0


def next_size(size: int, took_s: float, target: timedelta, most: int) -> int:
    """Return the size of the next batch, for half of the target time: a batch never takes twice the target because
    its rows are a little slower than the last ones. A batch grows at most twofold."""
    wanted = size * min(GROWTH, target.total_seconds() / 2 / max(took_s, 1e-6))
    return max(1, min(most, int(wanted)))


@dataclass(slots=True, kw_only=True)
class RepairRun:
    """One repair in progress. `rows_left` counts what the data check finds, None if that is unknown.

    `at_end` are statements that each batch ends with. `changed` is the number of rows that it has moved, deleted or
    changed.
    """

    session: Session
    step: Step
    action: RepairAction
    size: BatchSize
    path: Sequence[str]
    run_id: str
    archive: frozenset[str] | None
    pace: Pace
    retries: Callable[[], Retries]
    rows_left: Callable[[], int | None]
    longest: timedelta
    emit: Callable[[Event], None]
    clock: Clock
    at_end: Sequence[str] = ()
    changed: int = 0
    began: float = field(init=False)
    said_at_s: float = 0.0

    def __post_init__(self) -> None:
        self.began = self.clock.monotonic()

    def carry_out(self) -> int:
        """Repair all rows; return their number. Raises `psycopg.Error`, or `StepFailed` if rows remain."""
        progressed = self.clock.monotonic()
        while True:
            before = self.changed
            for batch in self.action.batches:
                self._through(batch)
            left = self.rows_left()
            if not left:
                return self.changed
            if self.changed > before:
                progressed = self.clock.monotonic()
            elif self.clock.monotonic() - progressed >= self.longest.total_seconds():
                raise self._remaining(left)
            self.clock.sleep(1.0 if self.changed == before else 0.0)

    def _through(self, batch: Batch) -> None:
        """Go through a table once, from its beginning to its present end."""
        end = pages_of(self.session, batch.table)
        first, pages = 0, FIRST_PAGES
        while first < end:
            self.pace.before_batch(self.step, batch.table)
            began = self.clock.monotonic()
            result = self._send(batch, first, pages)
            took = self.clock.monotonic() - began
            self.changed += result.changed
            if result.found < self.size.rows or not result.changed:
                first += pages
            # else: these pages have more rows
            self._report(min(1.0, first / end))
            most = min(MOST_PAGES, self.size.rows * pages // max(1, result.found))
            pages = next_size(pages, took, self.size.target, most)

    def _send(self, batch: Batch, first: int, pages: int) -> BatchResult:
        """Send a batch until its locks are available."""
        planned = planned_statement(batch)
        text = batch_statement(batch, first=first, pages=pages, most=self.size.rows, run_id=self.run_id)
        retries = self.retries()
        while True:
            began = self.clock.monotonic()
            try:
                return send_batch(self.session, planned, text, self.path, archive=self.archive, at_end=self.at_end)
            except NOT_NOW as error:
                retries.pause_after(error, took_s=self.clock.monotonic() - began)

    def _report(self, fraction: float) -> None:
        """Report the rows so far, and the part of the table that is done."""
        now = self.clock.monotonic()
        if now - self.said_at_s < _PROGRESS_S:
            return
        self.said_at_s = now
        phase = f"{self.changed:,} row{'' if self.changed == 1 else 's'} repaired"
        self.emit(StepProgress(step=self.step, phase=phase, fraction=fraction, elapsed_s=now - self.began))

    def _remaining(self, left: int) -> StepFailed:
        return StepFailed(
            f"{self.step.title}: {self.action.check.details(left)}, and could not be repaired; "
            f"see them with {self.action.check.more}",
            rule=ROWS_REMAIN,
            hint=ROWS_REMAIN.remedy,
        )
