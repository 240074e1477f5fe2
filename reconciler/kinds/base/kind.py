"""What a kind is: the parts that the rooms of the product need to manage one sort of object."""

from __future__ import annotations

import enum
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from reconciler.model.definition import Definition
from reconciler.model.index_facts import PartitionNames
from reconciler.model.names import Key
from reconciler.model.rules.rule import Rule
from reconciler.model.state import Column

if TYPE_CHECKING:
    from reconciler.kinds.base.routing import Router
    from reconciler.kinds.file.fields import Section

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


class Names(Protocol):
    """Turns the numbers in a row into names. All that is asked of it is read at once, beforehand.

    `made` is for readers to remember what they make of equal values: the same few definitions stand on many tables.
    """

    made: dict[Hashable, Definition]

    def columns(self, table: int, attnums: str | None) -> tuple[str, ...]:
        """The names of a table's columns, from the text of an array of their numbers; None means no columns."""
        ...

    def keys(self, table: int, attnums: str) -> tuple[Column | None, ...]:
        """The same columns, and None for each 0, which stands for an expression."""
        ...

    def column(self, table: int, attnum: int) -> Column:
        """One column of a table, or of an index by the oid of its table."""
        ...

    def attached(self, index: int) -> PartitionNames:
        """What is attached to an index of a partitioned table, at every level, sorted."""
        ...

    def opclass(self, oid: int) -> OperatorClass: ...

    def is_default_opclass(self, oid: int, type_oid: int) -> bool:
        """Whether an index over this type has this class if none is named."""
        ...

    def collation(self, oid: int) -> tuple[str, str, bool]:
        """Schema and name, and whether no other schema has a collation of this name."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """How a kind's objects are read: one query for any number of tables, and a reader for its rows.

    `query` takes the parameter `%(tables)s`, an array of table oids, and returns a row per object with
    PostgreSQL's own column names, among them `nspname` and `relname` of the table; `inherited`, if it may have the
    object from its parent; `indexrelid` and `index_relkind`, if it is an index. Arrays and JSON come as text, which
    can be looked up in `Names.made`. A `{name}` in it is replaced by the variant of that name. `also` is a further
    condition for `{also}` in it, by which a plan reads what refers to the tables as well; it costs a look at all the
    objects of the kind. `relations` are the columns that hold oids of tables whose columns are to be known. `read`
    makes one row an object under its key.
    """

    query: str
    read: Callable[[Row, Names], tuple[Key, Definition]]
    relations: tuple[str, ...] = ("conrelid",)
    also: str = ""
    variants: Mapping[str, Variant] = field(default_factory=dict)


class Purpose(enum.Enum):
    """What only one kind is for.

    `REQUIRES_TABLE`: to say that a table exists. `DROPS_TABLE`: to say that a table is to go. `FORBIDS_NULL`: to say
    that a column holds no null; the key's name is the column. `IDENTIFIES_ROWS`: to be the primary key.
    `IS_INDEX`: to be an index and nothing else; a constraint's index has such a key until it is adopted.
    """

    REQUIRES_TABLE = enum.auto()
    DROPS_TABLE = enum.auto()
    FORBIDS_NULL = enum.auto()
    IDENTIFIES_ROWS = enum.auto()
    IS_INDEX = enum.auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One sort of managed object. `id` is the kind in keys.

    `section` is the YAML side: the fields of its section under a table, or at the top of the file. `catalog` is
    None where the list of tables says all there is to know. `absent_section` is the section of `absent:` that may
    name such objects. `only_declared`: the catalog is read only for tables that the file declares under this kind.
    `router` imports and returns the part that writes SQL, late: it needs psycopg, and reading a
    file must not. It is None for a kind that is never changed, only required. `rules` are those that only this kind
    raises. `purpose` is what no other kind is for. `is_copied`: tables below have a copy of an object under the same
    name, unless it is not passed on.
    """

    id: str
    definition: type[Definition]
    section: Section
    catalog: Catalog | None
    absent_section: str | None = None
    only_declared: bool = False
    router: Callable[[], Router] | None = None
    rules: tuple[Rule, ...] = ()
    purpose: Purpose | None = None
    is_copied: bool = False

    @property
    def is_constraint(self) -> bool:
        """Whether its objects have names among the constraints of their table."""
        return self.section.in_constraints

    @property
    def has_index(self) -> bool:
        """Whether its objects are indexes, or have one behind them."""
        return self.section.in_relations and self.router is not None

    def columns_of(self, key: Key, definition: Definition) -> tuple[str, ...]:
        """The columns that an object names, be it in its key."""
        return (key.name,) if self.purpose is Purpose.FORBIDS_NULL else definition.columns()
