"""A table to drop or archive."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from reconciler.model.definition import Definition
from reconciler.model.effects import Resource, relation_name
from reconciler.model.facets import Facet, declared
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName


class Backup(enum.StrEnum):
    """`archive` moves the table to `reconcile_archive`; `dump` also dumps it there to a file, and drops it; `none`
    drops it."""

    ARCHIVE = "archive"
    DUMP = "dump"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusedFor:
    """How long nobody else may have used a table: for `time`, with at most `scans` sequential scans per `per`."""

    time: timedelta
    scans: int = 0
    per: timedelta = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedTable(Definition):
    """`replaced_by` must exist and have at least as many rows. After `purge_after`, a plan may drop the archived table.
    `unused_for`: the server's statistics must show that nobody else uses the table. `reason` and `owner` are for
    people, and decide nothing. `counted_with`: it is a partition of that table, and its rows are counted with those of
    the table once all of them are in the archive. `archived_with`: it has no entry of its own, but is a partition or
    inheritance child of that table, which has this one."""

    replaced_by: TableName | None = None
    backup: Backup = Backup.ARCHIVE
    purge_after: timedelta | None = declared(Facet.SELDOM, default=None)
    unused_for: UnusedFor | None = declared(Facet.SELDOM, default=None)
    reason: str | None = field(default=None, compare=False)
    owner: str | None = field(default=None, compare=False)
    counted_with: TableName | None = declared(Facet.SELDOM, default=None)
    archived_with: TableName | None = declared(Facet.SELDOM, default=None)

    def retirement(self) -> DroppedTable:
        return self

    @property
    def moves(self) -> bool:
        """Whether the table is moved to the archive, even if only to be counted there and dropped."""
        return self.keeps_copy or self.replaced_by is not None

    @property
    def keeps_copy(self) -> bool:
        """Whether the table can come back: from the archive, or from a dump."""
        return self.backup is not Backup.NONE


def drops_for_good(after: Definition | None) -> bool:
    """Whether a change to this definition drops a table of which no copy is kept."""
    retired = after.retirement() if after is not None else None
    return retired is not None and not retired.keeps_copy


@dataclass(frozen=True, slots=True, kw_only=True)
class DependentOfTable:
    """An object that depends on a table. `table` is the table of a constraint or a default, a partition or inheritance
    child, or a view outside of the archive; otherwise None. `foreign_key` is the constraint if it is a foreign key, or
    the one of the partitioned table that it is part of. `is_default`: it is the default of a column, which uses a
    sequence of the table."""

    description: str
    table: TableName | None
    foreign_key: Key | None = None
    is_default: bool = False


class TriggerState(enum.StrEnum):
    """When a trigger fires: `pg_trigger.tgenabled`."""

    ORIGIN = "O"
    DISABLED = "D"
    REPLICA = "R"
    ALWAYS = "A"


class CopiedTrigger(NamedTuple):
    """The copy of a partitioned table's trigger on a partition. `name` is that of the partitioned table's trigger."""

    name: str
    state: TriggerState


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentTable:
    """A table of which another one is a partition or an inheritance child. `bound` are the words for its rows, such as
    `FOR VALUES IN (1)`; None for a child. `triggers` are the copies of its triggers that have another state than its
    own."""

    table: TableName
    bound: str | None
    triggers: tuple[CopiedTrigger, ...] = declared(Facet.SELDOM, default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class TableToRetire(Definition):
    """The live side: a table to drop or archive, and the objects that depend on it.

    `indexes` and (owned) `sequences` are moved with it. `mentions` are functions whose source text names the table;
    `named_by` are triggers of other tables whose arguments name it. `query` is that of a view or materialized view, and
    `definition` are the statements that create it with its options, indexes, triggers, comments, owner and grants.
    `parents` are those that a table is detached from. Because of `oid`, an approved plan does not apply to another
    table that got the name later.

    `detaching`: it is a partition that can be detached concurrently; otherwise `at_once` says why not. `pending`: it is
    being detached, or that was interrupted. `detached`: a run has detached it, and it still has its own name. `marked`:
    it has the mark of such a run.
    """

    relkind: str
    comment: str | None
    indexes: tuple[str, ...]
    sequences: tuple[str, ...]
    dependents: tuple[DependentOfTable, ...]
    mentions: tuple[str, ...]
    named_by: tuple[str, ...]
    query: str | None = declared(Facet.SELDOM, default=None)
    definition: tuple[str, ...] = declared(Facet.SELDOM, default=())
    parents: tuple[ParentTable, ...] = declared(Facet.SELDOM, default=())
    oid: int = declared(Facet.SELDOM, default=0)
    detaching: bool = declared(Facet.SELDOM, default=False)
    at_once: str = declared(Facet.SELDOM, default="")
    pending: bool = declared(Facet.SELDOM, default=False)
    detached: bool = declared(Facet.SELDOM, default=False)
    marked: bool = declared(Facet.SELDOM, default=False)

    @property
    def noun(self) -> str:
        """Return the word for the relation in SQL: tables and partitions of any sort are tables."""
        return {"v": "VIEW", "m": "MATERIALIZED VIEW", "f": "FOREIGN TABLE"}.get(self.relkind, "TABLE")

    @property
    def is_table(self) -> bool:
        return self.noun == "TABLE"

    @property
    def detaches(self) -> bool:
        """Whether the change begins with a concurrent detachment."""
        return self.detaching and not (self.pending or self.detached)

    @property
    def is_partitioned(self) -> bool:
        return self.relkind == "p"

    def holds(self, key: Key) -> Iterable[Resource]:
        return (relation_name(key.schema, name) for name in (key.table, *self.indexes, *self.sequences))

    def dependent_tables(self) -> Iterable[TableName]:
        return (one.table for one in self.dependents if one.table is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptKey:
    """A foreign key to another table that an archived table had, as it was: its `name` and its definition."""

    name: str
    definition: Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Definition):
    """A table that a run has moved to the archive, and neither kept there nor dropped yet. Its comment says so.

    `table` is its original name; `comment`, `indexes` and `sequences` are the original ones. `renamed` are pairs of
    an original name and the name in the archive, of the table and its parts. `references` are the tables that its
    foreign keys refer to. `owned`: the session's role may alter it. `writers` are the roles that could have written
    its comment, without superusers and those that may act as the session's role. `claims` is the number of tables
    in the archive whose comments name the same original table. `foreign_keys` are those that it had to other tables;
    `keys_left` are the names of those that it still has, and `unchecked_keys` of those that are NOT VALID. `parents`
    are those from which it was detached. `is_partitioned`: it is the empty table above partitions. `archived_with` is
    the table above it by whose entry in the file it was archived, without one of its own.
    """

    table: TableName
    comment: str | None
    indexes: tuple[str, ...]
    sequences: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    references: tuple[TableName, ...]
    owned: bool
    writers: tuple[str, ...]
    claims: int
    foreign_keys: tuple[KeptKey, ...] = ()
    keys_left: tuple[str, ...] = ()
    unchecked_keys: tuple[str, ...] = ()
    parents: tuple[ParentTable, ...] = declared(Facet.SELDOM, default=())
    is_partitioned: bool = declared(Facet.SELDOM, default=False)
    archived_with: TableName | None = declared(Facet.SELDOM, default=None)

    def names_in_archive(self) -> Mapping[str, str]:
        return dict(self.renamed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedTable(Definition):
    """A table in the archive, with what its comment says about it.

    `name` is its name there; `at` is the time in that name, when the run that moved it began. `rows` is the planner's
    estimate (-1: never analyzed), `bytes` the size as `LiveTable` has it. `unfinished`: that run did not complete.
    `attached`: it has its parents again. `dependents` are the objects that depend on it, if it may be dropped.
    """

    name: str
    moved: Moved
    at: datetime | None
    rows: int = field(compare=False)
    bytes: int = field(compare=False)
    unfinished: bool
    attached: bool = False
    dependents: tuple[DependentOfTable, ...] = declared(Facet.SELDOM, default=())

    def dependent_tables(self) -> Iterable[TableName]:
        return (one.table for one in self.dependents if one.table is not None)


def with_entry_of(
    one: ArchivedTable, tables: Collection[TableName], archived: Collection[ArchivedTable]
) -> TableName | None:
    """Return that of the tables with an entry whose entry decides about one in the archive: its own, or else the
    archived one that it was archived with. A part that an entry of its own archived never follows another one."""
    whole = one.moved.archived_with
    if one.moved.table in tables:
        return one.moved.table
    is_there = any(other.moved.table == whole for other in archived)
    return whole if whole in tables and is_there else None


class DetachmentState(enum.StrEnum):
    """How far a run has come that was to detach a partition."""

    ATTACHED = "attached"
    PENDING = "pending"
    DETACHED = "detached"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfinishedDetachment:
    """A partition that an interrupted run was to detach from its `parent`, and to archive or to drop."""

    table: TableName
    parent: TableName
    state: DetachmentState


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredTable(Definition):
    """The table that a restore leads to: its name, and the comment that it had. `attached`: with its parents."""

    table: TableName
    comment: str | None
    attached: bool = False

    @property
    def is_loaded(self) -> bool:
        """Whether it comes from a dump, and only to the archive."""
        return self.table.schema == ARCHIVE_SCHEMA
