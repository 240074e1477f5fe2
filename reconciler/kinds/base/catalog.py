"""How objects are read from the catalog: the queries, and the lookup of names for the numbers in their rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from reconciler.model.definition import Definition
from reconciler.model.index_facts import PartitionNames
from reconciler.model.names import Key
from reconciler.model.state import Column

Row = Any
"""A row of a catalog query: a named tuple, with PostgreSQL's own names of columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A piece of a catalog query that depends on a named feature of the server."""

    feature: str
    if_present: str
    otherwise: str


class OperatorClass(NamedTuple):
    """A row of pg_opclass. The fields from `default` on are `opcdefault`, `opcintype`, `opckeytype` and `opcmethod`.

    `unambiguous`: no other schema has a class of this name for this access method.
    """

    schema: str
    name: str
    default: bool
    input_type: int
    key_type: int
    method: int
    unambiguous: bool


class NameLookup(Protocol):
    """Turns the numbers in a row into names. All numbers are looked up at once, beforehand.

    `made` lets readers remember the definitions that they make of equal values: many tables have equal definitions.
    """

    made: dict[Hashable, Definition]

    def columns(self, table: int, attnums: str | None) -> tuple[str, ...]:
        """Return the names of a table's columns from the text of an array of their numbers. None means no
        columns."""
        ...

    def keys(self, table: int, attnums: str) -> tuple[Column | None, ...]:
        """Return the same columns, with None for each 0, which stands for an expression."""
        ...

    def column(self, table: int, attnum: int) -> Column:
        """Return one column of a table, or of an index by the oid of its table."""
        ...

    def attached(self, index: int) -> PartitionNames:
        """Return the indexes attached to an index of a partitioned table, at every level, sorted."""
        ...

    def opclass(self, oid: int) -> OperatorClass: ...

    def is_default_opclass(self, oid: int, type_oid: int) -> bool:
        """Whether an index over this type has this operator class if it names none."""
        ...

    def collation(self, oid: int) -> tuple[str, str, bool]:
        """Return schema and name of a collation, and whether no other schema has a collation of this name."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """How a kind's objects are read: one query for any number of tables, and a reader for its rows.

    `query` takes the parameter `%(tables)s`, an array of table oids. It returns a row per object with PostgreSQL's
    own column names, among them `nspname` and `relname` of the table; `inherited`, if the table may have the object
    from its parent; `indexrelid` and `index_relkind`, if the object is an index. Arrays and JSON come as text,
    which can be looked up in `NameLookup.made`. A `{name}` in the query is replaced by the variant of that name.
    `also` is a further condition for `{also}` in the query: with it a plan also reads the objects that refer to the
    tables, at the cost of a scan of all objects of the kind. `relations` are the columns that hold oids of tables
    whose columns are needed. `read` turns one row into an object under its key.
    """

    query: str
    read: Callable[[Row, NameLookup], tuple[Key, Definition]]
    relations: tuple[str, ...] = ("conrelid",)
    also: str = ""
    variants: Mapping[str, Variant] = field(default_factory=dict)
