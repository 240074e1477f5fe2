"""Watches a running step from a second connection: who it waits for, how far a build is, and when it has had enough."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from types import TracebackType
from typing import Any

import psycopg

from reconciler.model.errors import ReconcileError
from reconciler.model.events import Event, StepProgress, StepWaiting
from reconciler.model.plan import Step
from reconciler.postgres.session import Session, connect, rows

_POLL_S = 0.25
_SAY_AGAIN_S = 10.0

_LOOK = """
    SELECT a.wait_event_type, p.phase,
           CASE WHEN p.blocks_total > 0 THEN p.blocks_done::float / p.blocks_total END AS fraction,
           (SELECT string_agg(format('process %%s of role %%s (%%s, in transaction since %%s)', b.pid, b.usename,
                                     coalesce(nullif(b.application_name, ''), 'no name'),
                                     coalesce(to_char(b.xact_start, 'HH24:MI:SS'), '?')), '; ' ORDER BY b.pid)
              FROM pg_stat_activity b
             WHERE b.pid = ANY (pg_blocking_pids(a.pid))) AS blockers
      FROM pg_stat_activity a
      LEFT JOIN pg_stat_progress_create_index p ON p.pid = a.pid
     WHERE a.pid = %(pid)s"""


class Watch:
    """Watches while it is entered. `lock_wait_s` is what it saw of waiting, sampled, so short waits are missed.

    `cancel_after`: a step that takes longer is cancelled. `url` opens the second connection, after a first moment,
    as most steps are over by then.
    """

    def __init__(
        self,
        url: str | None,
        session: Session,
        step: Step,
        emit: Callable[[Event], None],
        cancel_after: timedelta | None,
    ) -> None:
        self.lock_wait_s = 0.0
        self.cancelled = False
        self._url = url
        self._pid = session.server.pid
        self._step = step
        self._emit = emit
        self._cancel_after = cancel_after
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._started = time.monotonic()
        self._said = ("", -_SAY_AGAIN_S)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        with ExitStack() as stack:
            session: Session | None = None
            while not self._over.wait(_POLL_S):
                try:
                    if session is None:
                        session = stack.enter_context(connect(self._url))
                    self._look(session)
                except (psycopg.Error, ReconcileError):
                    # Watching is a service; a server without a free connection must not fail the step.
                    return

    def _look(self, session: Session) -> None:
        elapsed = time.monotonic() - self._started
        for row in rows(session.connection, _LOOK, {"pid": self._pid}):
            self._tell(row, elapsed)
        if self._cancel_after is not None and elapsed > self._cancel_after.total_seconds() and not self.cancelled:
            self.cancelled = True
            session.connection.execute("SELECT pg_cancel_backend(%s)", (self._pid,))

    def _tell(self, row: dict[str, Any], elapsed: float) -> None:
        if row["wait_event_type"] == "Lock" or row["blockers"]:
            self.lock_wait_s += _POLL_S
            reason = f"waits for {row['blockers']}" if row["blockers"] else "waits for a lock"
            text, when = self._said
            if reason != text or elapsed - when >= _SAY_AGAIN_S:
                self._said = (reason, elapsed)
                self._emit(StepWaiting(step=self._step, reason=reason, elapsed_s=elapsed))
        elif row["phase"] is not None:
            self._emit(
                StepProgress(step=self._step, phase=row["phase"], fraction=row["fraction"], elapsed_s=elapsed)
            )
