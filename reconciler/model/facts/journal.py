"""What the journal proves about objects that an interrupted run may have left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from reconciler.model.facts import Question
from reconciler.model.facts.dependents import CatalogObject
from reconciler.model.names import Key
from reconciler.model.plan import JournalAt


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfinishedBuild(Question[str | None]):
    """Why may an index belong to somebody else? None if the journal shows an unfinished build, or drop, of it."""

    assumed: ClassVar[str | None] = None
    journal: JournalAt
    index: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """The journal's entry about a replacement: both definitions as JSON, and the id of the transaction that wrote
    it."""

    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    transaction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacements:
    """The journal's entries about replacements of an object; none if it cannot be read or trusted. `trusted`: no
    role other than the session's and the owner's may write to it."""

    entries: tuple[Replacement, ...] = ()
    trusted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacementsOf(Question[Replacements]):
    """Which replacements of an object does the journal have?"""

    assumed: ClassVar[Replacements] = Replacements()
    journal: JournalAt
    object: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class LastChanged(Question[str | None]):
    """Which transaction last changed the catalog row of an index or constraint?"""

    assumed: ClassVar[str | None] = None
    object: CatalogObject


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedRows:
    """How many rows violated an object when a run recorded it."""

    count: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsLeftBefore(Question[RecordedRows | None]):
    """What did a run last record about the rows that violate an object?

    The last record with another number than `now`, if there is one: it says whether the number shrinks.
    """

    assumed: ClassVar[RecordedRows | None] = None
    journal: JournalAt
    object: Key
    now: int | None = None
