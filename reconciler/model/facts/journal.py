"""What the journal proves about objects that an interrupted run may have left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from reconciler.model.facts import Question
from reconciler.model.facts.dependents import CatalogObject
from reconciler.model.names import Key
from reconciler.model.plan import JournalAt


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfinishedBuild(Question[str | None]):
    """Why may an index be somebody else's? None if the journal shows a build, or a drop, of it that was not
    completed."""

    assumed: ClassVar[str | None] = None
    journal: JournalAt
    index: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """What the journal says of a replacement: both definitions as JSON, and the id of the transaction that wrote it."""

    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    transaction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacements:
    """What the journal says of replacements of an object; nothing if it cannot be read or is not ours. `trusted`: no
    role other than the session's and the owner's may write to it."""

    entries: tuple[Replacement, ...] = ()
    trusted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacementsOf(Question[Replacements]):
    """Which replacements of an object does the journal tell of?"""

    assumed: ClassVar[Replacements] = Replacements()
    journal: JournalAt
    object: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class LastChanged(Question[str | None]):
    """Which transaction last changed what the catalog says of an index or constraint?"""

    assumed: ClassVar[str | None] = None
    object: CatalogObject
