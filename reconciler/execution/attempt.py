"""Carries out one step: sends it, and tries again while a lock cannot be had."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import psycopg

from reconciler.execution.journal import Journal
from reconciler.execution.pipeline import StatementFailed, send_transaction
from reconciler.model.errors import Refused
from reconciler.model.events import Event, StepRetried
from reconciler.model.locks import LockClaim
from reconciler.model.plan import ExecutionClass, Guard, Plan, Step, limits_for
from reconciler.postgres.locking import SHORTEST_PAUSE, measured, take_locks
from reconciler.postgres.session import Session, message_of, send, set_limits

GUARD_FAILED = "RC001"
"""The SQLSTATE that a guard raises on the server; no error of PostgreSQL begins with these letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InTransaction:
    """A guard of a step as a statement that fails with `GUARD_FAILED` if the guard finds something."""

    guard: Guard
    statement: str


@dataclass(slots=True, kw_only=True)
class Work:
    """A step that is being carried out.

    `statements` are final text. `guards` are evaluated in the transaction, once its locks are held. `about` is what
    the journal says of the step. `lost_s` is the time spent on failed attempts and between them.
    """

    step: Step
    statements: Sequence[str]
    guards: Sequence[InTransaction]
    about: dict[str, object]
    started: float = field(default_factory=time.monotonic)
    lost_s: float = 0.0

    def elapsed_s(self) -> float:
        return time.monotonic() - self.started


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """What it takes to carry out a step. `check` raises if the run must not go on."""

    session: Session
    plan: Plan
    journal: Journal
    emit: Callable[[Event], None]
    check: Callable[[], None]
    sleep: Callable[[float], None]
    jitter: Callable[[], float]

    def carry_out(self, work: Work) -> int | None:
        """Send the step until its locks can be had; returns the rows affected, if that is known.

        Raises `psycopg.Error` once `policy.max_lock_wait` has passed, or for another reason; `Refused` if a guard
        finds something.
        """
        step, plan = work.step, self.plan
        limits = limits_for(step.execution, lock_timeout=plan.lock_timeout, max_build=plan.max_build)
        set_limits(self.session.connection, limits)
        if step.execution is ExecutionClass.CONCURRENT:
            return self._send_concurrent(work)
        attempt = 1
        while True:
            begun = time.monotonic()
            try:
                return self._send(work)
            except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected) as error:
                took = time.monotonic() - begun
                pause = max(SHORTEST_PAUSE.total_seconds(), took) * (1 + self.jitter())
                if work.elapsed_s() + pause > plan.max_lock_wait.total_seconds():
                    raise
                self.emit(StepRetried(step=step, attempt=attempt, reason=message_of(error), pause_s=pause))
                self.sleep(pause)
            self.check()
            work.lost_s = work.elapsed_s()
            attempt += 1

    def _send_concurrent(self, work: Work) -> None:
        for statement in work.statements:
            send(self.session.connection, statement)
        told = {**work.about, "duration_s": round(work.elapsed_s(), 3), "lock_wait_s": 0.0}
        self.journal.write(self.session, work.step.id, "completed", metadata=told)

    def _send(self, work: Work) -> int | None:
        """Send one transaction, from its locks to the entry in the journal that commits with it."""
        claims = work.step.lock_order
        locks = [take_locks(claims, self.plan.lock_timeout)] if claims else []
        entry = self.journal.entry(
            work.step.id,
            "completed",
            metadata=work.about,
            measured=measured(elapsed_s=work.lost_s, lock_wait_s=work.lost_s),
        )
        before = [*locks, *(one.statement for one in work.guards)]
        try:
            counts = send_transaction(self.session.connection, [*before, *work.statements, entry])
        except StatementFailed as failed:
            guard = failed.number - len(locks)
            if failed.error.sqlstate == GUARD_FAILED:
                raise _refused(work.step, work.guards[guard].guard, failed.error) from failed.error
            raise failed.error from None
        affected = [count for count in counts[len(before) : -1] if count >= 0]
        return affected[-1] if affected else None
