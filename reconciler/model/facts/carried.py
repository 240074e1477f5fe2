"""Properties in the catalog of objects that will be replaced, which no definition has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from reconciler.model.facts import Question
from reconciler.model.names import TableName
from reconciler.model.retired import TriggerState


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIndex:
    """The properties of one index. `columns` are the names of its columns, `extensions` those that it depends on
    (ALTER INDEX … DEPENDS ON)."""

    comment: str | None
    parameters: tuple[str, ...]
    tablespace: str | None
    clustered: bool
    replica_identity: bool
    extensions: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsOfIndex(Question[KnownIndex | None]):
    """What does the catalog say about an index? None if it does not exist."""

    assumed: ClassVar[KnownIndex | None] = None
    index: TableName


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTrigger:
    """A trigger that enforces a constraint and is not in its ordinary state. `type` is `pg_trigger.tgtype`.
    `checks`: it checks the referring rows."""

    table: TableName
    type: int
    checks: bool
    state: TriggerState


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownComment:
    """The comment on a partition's or child's copy of a constraint. `internal`: on a constraint that PostgreSQL
    created on the same table, for a partition of the referenced one."""

    table: TableName
    name: str
    internal: bool
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownConstraint:
    """The properties of one constraint."""

    triggers: tuple[KnownTrigger, ...] = ()
    comments: tuple[KnownComment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsOfConstraint(Question[KnownConstraint]):
    """What does the catalog say about a constraint of a table?"""

    assumed: ClassVar[KnownConstraint] = KnownConstraint()
    table: TableName
    name: str
