"""What servers counted about the use of a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from reconciler.model.facts import Question
from reconciler.model.facts.rights import Objection
from reconciler.model.names import TableName
from reconciler.model.plan import JournalAt
from reconciler.model.usage import Counts, UsageReading, used_in_archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The readings of a table's counters in the order of time; the last one is that of the present moment.

    `sessions` is the number of other sessions that use the table in open transactions, and `uncounted` says which use
    the server does not count. `known` is false if no server was asked. `objection` says why the recorded readings prove
    nothing; `denied`: the role may not read them.
    """

    readings: tuple[UsageReading, ...] = ()
    sessions: int = 0
    uncounted: str = ""
    known: bool = True
    objection: Objection | None = None
    denied: bool = False

    def in_archive(self) -> tuple[Counts, datetime] | None:
        """Return how a table has been used in the archive, and since when that is known; None if it is not."""
        proved = self.known and self.objection is None and not self.denied
        return used_in_archive(self.readings) if proved and self.readings else None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageOf(Question[Usage]):
    """How often was a table read and written in this time, and once before it?"""

    assumed: ClassVar[Usage] = Usage(known=False)
    journal: JournalAt
    table: TableName
    time: timedelta
