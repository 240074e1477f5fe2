"""Runs a repair: batches through each table, until the data check finds no row.

Progress is what the data shows. A run that was killed has committed whole batches, and the next one reads the table
again from its beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import psycopg

from reconciler.execution.pace import Pace
from reconciler.execution.retrying import NOT_NOW, Retries, Returned
from reconciler.model.clock import Clock
from reconciler.model.errors import StepFailed
from reconciler.model.events import Event, StepProgress
from reconciler.model.limits import ExecutionClass, limits_for
from reconciler.model.rules.runs import ROWS_REMAIN
from reconciler.model.state import BatchSize
from reconciler.model.statement import Statement
from reconciler.model.step import Batch, RepairAction, Step
from reconciler.postgres.listings import close_list, length_of_list, next_of_list, of_list, open_list
from reconciler.postgres.repairs import (
    COUNT_FROM_ZERO,
    FIRST_PAGES,
    FIRST_ROWS,
    GROWTH,
    MOST_PAGES,
    MOST_PASSES,
    BatchResult,
    batch_statement,
    committed_rows,
    in_pages,
    pages_of,
    planned_statement,
    send_batch,
)
from reconciler.postgres.session import Session

_PROGRESS_S = 1.0
_LISTING = limits_for(ExecutionClass.SCAN, lock_timeout=timedelta(0), max_build=timedelta(0))


def next_size(size: int, took_s: float, target: timedelta, most: int) -> int:
    """Return the size of the next batch, for half of the target time: a batch never takes twice the target because
    its rows are a little slower than the last ones. A batch grows at most fourfold."""
    wanted = size * min(GROWTH, target.total_seconds() / 2 / max(took_s, 1e-6))
    return max(1, min(most, int(wanted)))


def next_rows(rows: int, found: int, took_s: float, size: BatchSize) -> int:
    """Return the most rows of the next batch, after one of at most `rows` rows. Only rows that were found show how
    long a row takes: pages without them are read quickly."""
    fitting = next_size(max(1, found), took_s, size.target, size.rows)
    return max(rows, fitting) if took_s <= size.target.total_seconds() / 2 else fitting


def most_pages(rows: int, pages: int, found: int) -> int:
    """Return the most pages of the next batch of at most `rows` rows, if these `pages` have `found` rows. The batch
    should find a few rows less than that: pages that have more are read again."""
    return min(MOST_PAGES, rows * 15 // 16 * pages // max(1, found))


@dataclass(slots=True, kw_only=True)
class RepairRun:
    """One repair in progress. `rows_left` counts what the data check finds, None if that is unknown.

    `at_end` are statements that each batch ends with. `changed` is the number of rows that it has moved, deleted or
    changed, and `referring` that of rows of other tables whose references it has moved.
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
    referring: int = 0
    began: float = field(init=False)
    reported_at_s: float = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.reported_at_s = self.clock.monotonic()

    def carry_out(self) -> int:
        """Repair all rows; return their number. Raises `psycopg.Error`, or `StepFailed` if rows remain: nothing changes
        them, or triggers or other sessions add as many again. Duplicates may remain then."""
        self.session.connection.execute(COUNT_FROM_ZERO)
        try:
            return self._all()
        except BaseException:
            # A batch may have been committed whose result did not arrive. Without a connection, nobody knows.
            with suppress(psycopg.Error):
                self.changed, self.referring = committed_rows(self.session)
            raise

    def _all(self) -> int:
        progressed = self.clock.monotonic()
        fewest, in_vain = None, 0
        while True:
            before = self.changed
            for batch in self.action.batches:
                if batch.listing is None:
                    self._through(batch)
                else:
                    self._through_list(batch, batch.listing)
            left = None if self.action.once else self.rows_left()
            if not left:
                return self.changed
            if self.changed == before:
                if self.clock.monotonic() - progressed >= self.longest.total_seconds():
                    raise self._remaining(left)
                self.clock.sleep(1.0)
                continue
            progressed = self.clock.monotonic()
            fewest, in_vain = (left, 0) if fewest is None or left < fewest else (fewest, in_vain + 1)
            if in_vain >= MOST_PASSES:
                # Nothing rejects new duplicates before the index is built, so its build decides.
                if any(batch.listing is not None for batch in self.action.batches):
                    return self.changed
                raise self._remaining(left)

    def _through(self, batch: Batch) -> None:
        """Go through a table once, from its beginning to its present end."""
        end = pages_of(self.session, batch.table)
        first, pages, rows, found = 0, FIRST_PAGES, min(self.size.rows, FIRST_ROWS), 0
        while first < end:
            self.pace.before_batch(batch.table)
            began = self.clock.monotonic()
            result = self._send(batch, in_pages(first, pages, rows))
            took = self.clock.monotonic() - began
            self.changed, found = self.changed + result.changed, found + result.found
            most, rows = rows, next_rows(rows, result.found, took, self.size)
            here, pages = pages, next_size(pages, took, self.size.target, most_pages(rows, pages, found))
            if result.found < most or not result.changed:
                first, found = first + here, 0
            # else: these pages have more rows
            self._report(min(1.0, first / end))

    def _through_list(self, batch: Batch, listing: Statement) -> None:
        """Go once through the rows that violate the object together."""
        self.pace.before_batch(batch.table)
        self._progress(f"looking for rows of {batch.table}", None)
        size = min(self.size.rows, FIRST_ROWS)
        self._retried(lambda: open_list(self.session, listing, self.path, _LISTING.statement_timeout))
        try:
            length, done = length_of_list(self.session), 0
            while found := next_of_list(self.session, size):
                more = True
                while more:  # references to these rows
                    self.pace.before_batch(batch.table)
                    began = self.clock.monotonic()
                    result = self._send(batch, of_list(found))
                    self.changed, more = self.changed + result.changed, result.more
                    self.referring += result.referring
                size = next_size(size, self.clock.monotonic() - began, self.size.target, self.size.rows)
                done += len(found)
                self._report(done / length)
        finally:
            close_list(self.session)

    def _send(self, batch: Batch, rows_of: Mapping[str, str]) -> BatchResult:
        """Send a batch until its locks are available."""
        planned = planned_statement(batch)
        text = batch_statement(batch, rows_of, most=self.size.rows, run_id=self.run_id)
        return self._retried(
            lambda: send_batch(self.session, planned, text, self.path, archive=self.archive, at_end=self.at_end)
        )

    def _retried(self, act: Callable[[], Returned]) -> Returned:
        """Act until the locks are available; return the result."""
        retries = self.retries()
        while True:
            began = self.clock.monotonic()
            try:
                return act()
            except NOT_NOW as error:
                retries.pause_after(error, took_s=self.clock.monotonic() - began)

    def _report(self, fraction: float) -> None:
        """Report the rows so far, and the part of the table that is done."""
        if self.clock.monotonic() - self.reported_at_s >= _PROGRESS_S:
            self._progress(f"{self.changed:,} row{'' if self.changed == 1 else 's'} repaired", fraction)

    def _progress(self, phase: str, fraction: float | None) -> None:
        self.reported_at_s = self.clock.monotonic()
        elapsed_s = self.reported_at_s - self.began
        self.emit(StepProgress(step=self.step, phase=phase, fraction=fraction, elapsed_s=elapsed_s))

    def _remaining(self, left: int) -> StepFailed:
        return StepFailed(
            f"{self.step.title}: {self.action.check.details(left)}, and could not be repaired; "
            f"see them with {self.action.check.more}",
            rule=ROWS_REMAIN,
            hint=ROWS_REMAIN.remedy,
        )
