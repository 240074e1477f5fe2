"""Interference: an interrupt at any line of a run.

The role is the operator, who presses Ctrl-C. A signal's handler may run between any two instructions. Whatever line it
interrupts, the run ends as an interrupted one, its last entry says so, and the same command continues.
"""

from __future__ import annotations

import gc
import random
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import reconciler
from reconciler.execution.result import ApplyResult
from reconciler.kinds.rules import GATED
from reconciler.model.events import Event, RunEnded, RunStarted, RunStatus
from reconciler.model.options import Options
from reconciler.model.state import DesiredState, Policy
from reconciler.restoring.rows import QuarantineOptions
from tests.execution.support import desired, wait_until
from tests.servers import NIGHTLY, Database

LINES = 300 if NIGHTLY else 15

_GIVEN = """
    CREATE TABLE users (id int PRIMARY KEY);
    INSERT INTO users VALUES (1);
    CREATE TABLE orders (id int PRIMARY KEY, user_id int, total int);
    INSERT INTO orders VALUES (1, 1, 1), (2, 7, 2), (3, 8, -3);
    CREATE TABLE old (id int REFERENCES users);
    INSERT INTO old VALUES (1)"""
_FILE = """
tables:
  orders:
    indexes: {by_total: total}
    foreign_keys: {known: {columns: user_id, references: users, orphans: quarantine}}
    checks: {positive: {expression: total > 0, violators: {set: {total: "0 - total"}}}}
dropped_tables:
  old: {backup: archive}"""
_AGAIN = f"DROP SCHEMA public, reconcile_archive CASCADE; CREATE SCHEMA public; {_GIVEN}"
_LAST = "SELECT metadata ->> 'outcome' FROM migration_log WHERE step_name = 'run' ORDER BY sequence DESC LIMIT 1"
_BOTH = """
    SELECT step_name FROM migration_log WHERE step_name <> 'run' AND status IN ('completed', 'failed')
     GROUP BY metadata ->> 'run_id', step_name HAVING count(DISTINCT status) > 1"""
_OWN = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'reconcile'"""
_ALL = Options(allow=GATED, trust_file=True)


@dataclass
class Interrupter:
    """Notes the lines that a run executes; once there is an `at`, interrupts this line instead, the first time."""

    at: tuple[str, int] | None = None
    lines: dict[tuple[str, int], None] = field(default_factory=dict)
    running: bool = False

    def __call__(self, event: Event) -> None:
        if isinstance(event, RunStarted | RunEnded):
            self.running = isinstance(event, RunStarted)

    @contextmanager
    def tracing(self) -> Iterator[None]:
        sys.settrace(self._frame)
        try:
            yield
        finally:
            sys.settrace(None)
            self.running = False

    def _frame(self, frame: FrameType, _event: str, _arg: object) -> Callable[..., Any] | None:
        code = frame.f_code
        is_ours = any(name in code.co_filename for name in ("/reconciler/", "/psycopg/", "contextlib"))
        return (
            self._line if is_ours and code.co_name != "__del__" else None
        )  # Python discards what a finalizer raises

    def _line(self, frame: FrameType, event: str, _arg: object) -> Callable[..., Any]:
        line = (frame.f_code.co_filename, frame.f_lineno)
        if event == "line" and self.running:
            self.lines[line] = None
            if line == self.at:
                self.at = None
                signal.raise_signal(signal.SIGINT)
        return self._line


def _apply(state: DesiredState, database: Database, interrupter: Interrupter) -> ApplyResult:
    with interrupter.tracing():
        return reconciler.apply(state, database.url, approve=lambda _: True, options=_ALL, listeners=[interrupter])


def _undo(database: Database, interrupter: Interrupter) -> ApplyResult:
    nothing = DesiredState(objects={}, policy=Policy(max_drops=1000))
    with interrupter.tracing():
        return reconciler.undo(
            "last", nothing, database.url, approve=lambda _: True, options=_ALL, listeners=[interrupter]
        )


@pytest.fixture
def interrupts() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.ends
@pytest.mark.newest_by_day
@pytest.mark.usefixtures("interrupts")
@pytest.mark.parametrize("command", ["apply", "undo"])
def test_an_interrupt_at_any_line_of_a_run(database: Database, tmp_path: Path, command: str) -> None:
    """Attack: an interrupt at a line of a run that builds, repairs and archives, or of its undo; for many lines."""
    state = desired(tmp_path, _FILE)

    def prepared() -> Callable[[Interrupter], ApplyResult]:
        database.execute(_AGAIN)
        if command == "apply":
            return partial(_apply, state, database)
        assert _apply(state, database, Interrupter()).error is None
        return partial(_undo, database)

    database.execute("CREATE SCHEMA reconcile_archive")
    prepared()(Interrupter())  # the first run imports modules
    known = Interrupter()
    assert prepared()(known).error is None
    lines = sorted(known.lines)
    wrong = []
    for line in random.Random(len(lines)).sample(lines, min(LINES, len(lines))):
        run = prepared()
        interrupter = Interrupter(at=line)
        print(f"interrupted at {line[0]}:{line[1]}")
        try:
            result = run(interrupter)
        except KeyboardInterrupt:  # it was held back while the last entry was written
            assert database.value(_LAST) == "completed"
            continue
        if interrupter.at is not None:
            continue  # something else was read or waited for, and the run has not come to this line
        if (result.status, database.value(_LAST)) != (RunStatus.INTERRUPTED, "interrupted"):
            wrong.append((*line, result.message))
        elif database.query(_BOTH):
            wrong.append((*line, "a step was completed, and counts as failed"))
        elif (again := run(Interrupter())).error is not None or again.plan.refused:
            wrong.append((*line, again.message, [one.cause for one in again.plan.refusals]))
    assert not wrong


@pytest.mark.ends
@pytest.mark.newest_by_day
@pytest.mark.usefixtures("interrupts")
@pytest.mark.filterwarnings("ignore:.*was deleted while still open:ResourceWarning")
def test_an_interrupt_at_any_line_of_a_restore_of_rows(database: Database, tmp_path: Path) -> None:
    """Attack: an interrupt at a line of `restore --quarantine`. Its run ends as interrupted, and each row is in one
    place."""
    state = desired(tmp_path, _FILE)
    rows = "SELECT id, user_id FROM orders"

    def restored(interrupter: Interrupter) -> None:
        def approve(*_: object) -> bool:
            interrupter.running = True
            return True

        with interrupter.tracing():
            reconciler.restore_quarantined(database.url, approve=approve, options=QuarantineOptions(allow=GATED))

    def prepared() -> None:
        database.execute(_AGAIN)
        assert _apply(state, database, Interrupter()).error is None
        database.execute("ALTER TABLE orders DROP CONSTRAINT known")

    database.execute("CREATE SCHEMA reconcile_archive")
    prepared()
    restored(Interrupter())
    known = Interrupter()
    prepared()
    restored(known)
    before = sorted(database.query(rows))
    assert len(before) == 3
    lines = sorted(known.lines)
    for line in random.Random(len(lines)).sample(lines, min(LINES, len(lines))):
        prepared()
        print(f"interrupted at {line[0]}:{line[1]}")
        interrupter = Interrupter(at=line)
        try:
            restored(interrupter)
        except KeyboardInterrupt:
            assert reconciler.history(database.url)[-1].status in ("completed", "interrupted")
        gc.collect()  # an interrupt right before a connection is closed leaves that to the end of the process
        wait_until(lambda: database.value(_OWN) == 0, "the sessions to end")
        restored(Interrupter())
        assert sorted(database.query(rows)) == before
