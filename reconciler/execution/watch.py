"""Watches running steps from a second connection: which sessions they wait for, and the progress of builds.

A concurrent build or drop holds a lock while it waits for transactions that use the table. If one of these then waits
for the build, it would detect a deadlock after `deadlock_timeout`, and would be ended. So the watch cancels the build
before that, and the build is retried.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import psycopg

from reconciler.model.clock import Clock
from reconciler.model.errors import ReconcileError
from reconciler.model.events import Event, StepProgress, StepWaiting
from reconciler.model.step import Step
from reconciler.postgres.blockers import BLOCKER
from reconciler.postgres.session import Session, rows

_POLL_S = 0.25
_SAY_AGAIN_S = 10.0
_RECONNECT_S = 5.0
_LEAVE_S = 1.0

# Cancels the backend if a session that it waits for, directly or indirectly, waits for it.
_GIVE_WAY = """
    WITH RECURSIVE chain (pid) AS (
          SELECT unnest(pg_blocking_pids(%(pid)s))
          UNION
          SELECT unnest(pg_blocking_pids(chain.pid)) FROM chain WHERE chain.pid NOT IN (0, %(pid)s))
    SELECT pg_cancel_backend(%(pid)s) AS cancelled WHERE %(pid)s IN (SELECT pid FROM chain)"""

_LOOK = f"""
    SELECT a.wait_event_type, p.phase,
           CASE WHEN p.blocks_total > 0 THEN p.blocks_done::float / p.blocks_total END AS fraction,
           (SELECT string_agg({BLOCKER}, '; ' ORDER BY pid)
              FROM (SELECT DISTINCT pid FROM unnest(pg_blocking_pids(a.pid)) AS pid) AS blocking
              LEFT JOIN pg_stat_activity b USING (pid)) AS blockers
      FROM pg_stat_activity a
      LEFT JOIN pg_stat_progress_create_index p ON p.pid = a.pid
     WHERE a.pid = %(pid)s"""


@dataclass(slots=True, kw_only=True)
class Watched:
    """A running step. `lock_wait_s` is the observed waiting time: it is sampled, so short waits are missed.

    `blockers` are the sessions that last blocked it. `cancelled` means that the watch cancelled its statement, so that
    a session that it waits for does not lose a deadlock. The watch cancels only if `may_be_cancelled`.
    """

    step: Step
    started: float
    guard: threading.Lock = field(default_factory=threading.Lock)  # held by the watch while it checks
    lock_wait_s: float = 0.0
    blockers: str = ""
    may_be_cancelled: bool = False
    cancelled: bool = False
    reported: str = ""
    reported_at_s: float = -_SAY_AGAIN_S

    @contextmanager
    def cancellable(self) -> Iterator[None]:
        """Let the watch cancel statements that are sent in this context, and no later ones."""
        self.may_be_cancelled, self.cancelled = True, False
        try:
            yield
        finally:
            with self.guard:
                self.may_be_cancelled = False


class Watch:
    """Watches the steps of a run, one at a time, in its context. Most steps end before its first check."""

    def __init__(self, session: Session, emit: Callable[[Event], None], clock: Clock) -> None:
        self._session = session
        self._clock = clock
        self._pid = session.server.pid
        self._emit = emit
        self._over = threading.Event()
        self._current: Watched | None = None
        self._guard = threading.Lock()  # held while a step is checked, so that the step does not end meanwhile
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(_LEAVE_S)  # a thread that still connects is not waited for

    def of(self, step: Step) -> Watched:
        """Return what `over` watches while this step runs."""
        return Watched(step=step, started=self._clock.monotonic(), guard=self._guard)

    @contextmanager
    def over(self, watched: Watched) -> Iterator[None]:
        """Watch this step."""
        self._current = watched
        try:
            yield
        finally:
            with self._guard:
                self._current = None

    def _run(self) -> None:
        pause = _POLL_S
        while not self._over.wait(pause):
            if self._current is None:
                continue
            try:
                with ExitStack() as stack:
                    session = stack.enter_context(self._session.again())
                    while not self._over.wait(_POLL_S):
                        self._check_step(session)
            except (psycopg.Error, ReconcileError):
                # Watching is optional: if the server has no free connection, the step must not fail. Try again later.
                pause = _RECONNECT_S

    def _check_step(self, session: Session) -> None:
        with self._guard:
            watched = self._current
            if watched is None:
                return
            elapsed = self._clock.monotonic() - watched.started
            pid = {"pid": self._pid}
            for row in rows(session.connection, _LOOK, pid):
                if row["blockers"] and watched.may_be_cancelled and rows(session.connection, _GIVE_WAY, pid):
                    watched.cancelled = True
                self._tell(watched, row, elapsed)

    def _tell(self, watched: Watched, row: dict[str, Any], elapsed: float) -> None:
        if row["wait_event_type"] == "Lock" or row["blockers"]:
            watched.lock_wait_s += _POLL_S
            watched.blockers = row["blockers"] or watched.blockers
            reason = f"blocked by {row['blockers']}" if row["blockers"] else "waiting for a lock"
            if reason != watched.reported or elapsed - watched.reported_at_s >= _SAY_AGAIN_S:
                watched.reported, watched.reported_at_s = reason, elapsed
                self._emit(StepWaiting(step=watched.step, reason=reason, elapsed_s=elapsed))
        elif row["phase"] is not None or watched.reported:
            watched.reported = ""
            phase = row["phase"] or "running"
            self._emit(StepProgress(step=watched.step, phase=phase, fraction=row["fraction"], elapsed_s=elapsed))
