"""PostgreSQL's table locks as data. What a lock blocks is derived from the matrix, never written by hand.

Source: https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from reconciler.model.names import TableName


class LockMode(enum.Enum):
    """Table lock modes, weakest first. The value is the name in `LOCK TABLE` and in the documentation."""

    ACCESS_SHARE = "ACCESS SHARE"
    ROW_SHARE = "ROW SHARE"
    ROW_EXCLUSIVE = "ROW EXCLUSIVE"
    SHARE_UPDATE_EXCLUSIVE = "SHARE UPDATE EXCLUSIVE"
    SHARE = "SHARE"
    SHARE_ROW_EXCLUSIVE = "SHARE ROW EXCLUSIVE"
    EXCLUSIVE = "EXCLUSIVE"
    ACCESS_EXCLUSIVE = "ACCESS EXCLUSIVE"

    @property
    def pg_locks_mode(self) -> str:
        """Return the name in `pg_locks.mode`, such as `AccessShareLock`."""
        return self.value.title().replace(" ", "") + "Lock"

    def conflicts_with(self, other: LockMode) -> bool:
        return other in _CONFLICTS[self]


_ALL = tuple(LockMode)
_CONFLICTS: dict[LockMode, frozenset[LockMode]] = {
    LockMode.ACCESS_SHARE: frozenset({LockMode.ACCESS_EXCLUSIVE}),
    LockMode.ROW_SHARE: frozenset({LockMode.EXCLUSIVE, LockMode.ACCESS_EXCLUSIVE}),
    LockMode.ROW_EXCLUSIVE: frozenset(_ALL[4:]),
    LockMode.SHARE_UPDATE_EXCLUSIVE: frozenset(_ALL[3:]),
    LockMode.SHARE: frozenset(_ALL[2:]) - {LockMode.SHARE},
    LockMode.SHARE_ROW_EXCLUSIVE: frozenset(_ALL[2:]),
    LockMode.EXCLUSIVE: frozenset(_ALL[1:]),
    LockMode.ACCESS_EXCLUSIVE: frozenset(_ALL),
}

_WHAT_NEEDS = (
    ("reads", LockMode.ACCESS_SHARE),
    ("writes", LockMode.ROW_EXCLUSIVE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LockClaim:
    """A lock that a step takes on a relation."""

    table: TableName
    mode: LockMode

    @property
    def blocks(self) -> tuple[str, ...]:
        """Return which ordinary traffic waits while the lock is held: `reads`, `writes`, both or nothing."""
        return tuple(what for what, needed in _WHAT_NEEDS if self.mode.conflicts_with(needed))
