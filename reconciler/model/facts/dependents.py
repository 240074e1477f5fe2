"""Objects that depend on what a plan drops or replaces, and objects that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from reconciler.model.facts import Question
from reconciler.model.names import Key, TableName


class CatalogObject(NamedTuple):
    """An index, or a constraint of a table, by its name in the catalog."""

    table: TableName
    name: str
    is_index: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferencedIndex:
    """A foreign key, and the name of the index that it depends on."""

    index: str
    foreign_key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferencesTo(Question[tuple[ReferencedIndex, ...]]):
    """Which foreign keys refer to the table with this oid? Those that are parts of a partitioned table's foreign
    key are left out."""

    assumed: ClassVar[tuple[ReferencedIndex, ...]] = ()
    table: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexesByAge(Question[tuple[str, ...]]):
    """Which indexes does the table with this oid have? The oldest is first."""

    assumed: ClassVar[tuple[str, ...]] = ()
    table: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DependentsOf(Question[tuple[str, ...]]):
    """Which objects other than constraints depend on an index or constraint, or on a partition's part of it?"""

    assumed: ClassVar[tuple[str, ...]] = ()
    object: CatalogObject


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionsNaming(Question[tuple[str, ...]]):
    """Which functions mention a constraint by its name, after ON CONSTRAINT?"""

    assumed: ClassVar[tuple[str, ...]] = ()
    constraint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsOf(Question[tuple[str, ...]]):
    """Which other objects belong to a table? Its indexes and constraints are left out."""

    assumed: ClassVar[tuple[str, ...]] = ()
    table: TableName


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRole:
    """A column of `table`. `identity`: it is an identity column. `identifies`: it is part of the index that is the
    table's replica identity."""

    table: TableName
    identity: bool
    identifies: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleOf(Question[ColumnRole | None]):
    """What is the role of a column in the table with this oid? None if there is no such column."""

    assumed: ClassVar[ColumnRole | None] = None
    table: int
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Detaching:
    """A partition that is being detached from its `parent`."""

    partition: TableName
    parent: TableName


@dataclass(frozen=True, slots=True, kw_only=True)
class PartitionsBeingDetached(Question[tuple[Detaching, ...]]):
    """Which partitions of the database are being detached, or were when a session died?"""

    assumed: ClassVar[tuple[Detaching, ...]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InheritedFrom(Question[tuple[TableName, ...]]):
    """From which parents of a table does it also inherit a check or not-null of this name?"""

    assumed: ClassVar[tuple[TableName, ...]] = ()
    table: TableName
    constraint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeOf(Question[str | None]):
    """To which index or constraint of a partitioned table does an index of a partition belong? The answer describes
    it; None if there is none."""

    assumed: ClassVar[str | None] = None
    index: TableName


@dataclass(frozen=True, slots=True, kw_only=True)
class Tablespaces(Question[tuple[str, ...]]):
    """Which tablespaces does the server have?"""

    assumed: ClassVar[tuple[str, ...]] = ()
