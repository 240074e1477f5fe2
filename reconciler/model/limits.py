"""How a step is executed, and the limits of its session that follow from this."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import timedelta


class ExecutionClass(enum.StrEnum):
    """How a step is executed; its limits are derived only from this (`limits_for`).

    `brief`: in a transaction, short lock_timeout and statement_timeout, retried. `scan`: in a transaction, short
    lock_timeout, long statement_timeout, retried while it waits for the lock. `concurrent`: outside a transaction,
    no lock_timeout, `policy.max_build` as its statement_timeout. `batched`: in many transactions like `brief`.
    `staged`: outside a transaction, short lock_timeout, and retried from where the last attempt ended.
    """

    BRIEF = "brief"
    SCAN = "scan"
    CONCURRENT = "concurrent"
    BATCHED = "batched"
    STAGED = "staged"

    @property
    def outside_transaction(self) -> bool:
        """Whether the server runs its statement in several transactions of its own."""
        return self in (ExecutionClass.CONCURRENT, ExecutionClass.STAGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Session limits of a step. Zero means no limit by the server.

    `idle` ends a transaction whose client has stopped: a transaction is sent as a whole, so its client is never
    slow.
    """

    lock_timeout: timedelta
    statement_timeout: timedelta
    idle: timedelta

    @property
    def settings(self) -> tuple[tuple[str, str], ...]:
        """Return the settings to send, as (name, value) pairs."""
        return (
            ("lock_timeout", milliseconds(self.lock_timeout)),
            ("statement_timeout", milliseconds(self.statement_timeout)),
            ("idle_in_transaction_session_timeout", milliseconds(self.idle)),
        )


def milliseconds(limit: timedelta) -> str:
    """Return a duration in the form of PostgreSQL's settings."""
    return f"{int(limit / timedelta(milliseconds=1))}ms"


def limits_for(execution: ExecutionClass, *, lock_timeout: timedelta, max_build: timedelta) -> Limits:
    """Derive limits from an execution class; no other place does.

    A concurrent build has no lock_timeout: it would end the build while it waits for old snapshots, and leave an
    invalid index behind. Its statement_timeout is `max_build`, so that the limit holds even if this process dies. A
    staged step takes locks that block others, and loses nothing if it is ended while it waits.
    """
    match execution:
        case ExecutionClass.BRIEF | ExecutionClass.BATCHED:
            longest = max(timedelta(seconds=30), 3 * lock_timeout)
            return Limits(lock_timeout=lock_timeout, statement_timeout=longest, idle=_IDLE)
        case ExecutionClass.SCAN:
            return Limits(lock_timeout=lock_timeout, statement_timeout=timedelta(hours=24), idle=_IDLE)
        case ExecutionClass.CONCURRENT:
            return Limits(lock_timeout=timedelta(0), statement_timeout=max_build, idle=_IDLE)
        case ExecutionClass.STAGED:
            return Limits(lock_timeout=lock_timeout, statement_timeout=max_build, idle=_IDLE)


_IDLE = timedelta(seconds=2)
