"""The publications that send the rows of tables that a run creates for itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from reconciler.model.facts import Question
from reconciler.model.plan import JournalAt


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTablesSent:
    """The names of the publications that send inserts into the `journal`, if it does not exist yet, and into tables
    that are new in the `archive`."""

    journal: tuple[str, ...] = ()
    archive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationsOfNewTables(Question[NewTablesSent]):
    """Which publications send all tables, or all tables of the schemas in which a run creates its own?"""

    assumed: ClassVar[NewTablesSent] = NewTablesSent()
    journal: JournalAt
