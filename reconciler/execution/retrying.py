"""Retries operations that failed because of a lock, with pauses in which other sessions can continue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import psycopg

from reconciler.model.clock import Clock
from reconciler.model.events import Event, StepRetried
from reconciler.model.step import Step
from reconciler.postgres.locking import SHORTEST_PAUSE
from reconciler.postgres.server_error import server_error

Returned = TypeVar("Returned")

NOT_NOW = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected)
"""Errors after which another attempt may succeed, because everything was rolled back."""


@dataclass(slots=True, kw_only=True)
class Retries:
    """The attempts of one step, which end `longest_s` after `since`. `check` raises an error if the run must stop."""

    step: Step
    longest_s: float
    emit: Callable[[Event], None]
    check: Callable[[], None]
    clock: Clock
    since: float
    failed: int = 0

    def until_journaled(self, write: Callable[[], Returned]) -> Returned:
        """Write to the journal until it is not locked; return the result of `write`.

        Raises `psycopg.Error` when the time is over, or for another error.
        """
        while True:
            begun = self.clock.monotonic()
            try:
                return write()
            except NOT_NOW as error:
                reason = f"the journal is locked: {server_error(error)}"
                self.pause_after(error, reason, took_s=self.clock.monotonic() - begun)

    def pause_after(self, error: psycopg.Error, reason: str | None = None, *, took_s: float = 0.0) -> None:
        """Pause for at least as long as the attempt took, or raise its error if there is no time for another one."""
        self.failed += 1
        pause = max(SHORTEST_PAUSE.total_seconds(), took_s * (1 + self.clock.chance()))
        if self.clock.monotonic() - self.since + pause > self.longest_s:
            raise error
        reason = reason or str(server_error(error))
        self.emit(StepRetried(step=self.step, attempt=self.failed, reason=reason, pause_s=pause))
        self.clock.sleep(pause)
        self.check()
