"""Desired state and live state: the same definitions under the same keys, from the file and from the catalog."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import NamedTuple, TypeVar

from reconciler.model.definition import Definition
from reconciler.model.names import ARCHIVE_SCHEMA, Key, Place, TableName, matches
from reconciler.model.platform import Exemption
from reconciler.model.repair import QUARANTINE, REFUSED_ROWS, ROW_SHAPE, RowPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSize:
    """A batch of a repair changes at most `rows` rows, and fewer if it would take longer than `target`."""

    rows: int = 5000
    target: timedelta = timedelta(milliseconds=500)

    def __str__(self) -> str:
        """Return it as in a file."""
        return f"{{rows: {self.rows}, target: {self.target // timedelta(milliseconds=1)}ms}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The file's `policy:` section, with the product's defaults.

    `max_drops`: a plan that drops more objects is refused. `lock_timeout`: for each attempt to take the locks of a
    step. `max_lock_wait`: for all attempts of a step together. `max_build`: after that a concurrent build is
    cancelled. `plan_expires`: an approved plan that is older is refused. `small_table_rows`: below that number, a
    build that blocks is not a gated hazard. `search_path`: searched after the table's schema and public.
    `max_replica_lag`: a repair pauses while a standby is further behind. `batch`: the size of a repair's batches.
    """

    allow: frozenset[str] = frozenset()
    max_drops: int = 10
    lock_timeout: timedelta = timedelta(seconds=2)
    max_lock_wait: timedelta = timedelta(minutes=10)
    max_build: timedelta = timedelta(hours=24)
    plan_expires: timedelta = timedelta(hours=24)
    small_table_rows: int = 10_000
    search_path: tuple[str, ...] = ()
    journal_schema: str = "public"
    max_replica_lag: timedelta = timedelta(seconds=10)
    batch: BatchSize = BatchSize()

    def path_for(self, schema: str) -> tuple[str, ...]:
        """Return the schemas in which names in expressions on tables of a schema are looked up: that schema,
        public, and those of `search_path`. `pg_catalog` is first because it is not named: a file that named it
        would have other schemas searched before it."""
        path = dict.fromkeys((schema, "public", *self.search_path))
        return tuple(one for one in path if one not in ("pg_catalog", "pg_temp"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """One entry of `protected:`: patterns for schema and table, as `matches` reads them. `default_schema`: the
    schema is that of the file, and a name, not a pattern."""

    schema: str
    pattern: str
    place: Place
    default_schema: bool = False

    def __str__(self) -> str:
        return f"{self.schema}.{self.pattern}"

    def covers(self, table: TableName) -> bool:
        schema = table.schema == self.schema if self.default_schema else matches(self.schema, table.schema)
        return schema and matches(self.pattern, table.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One object in the file: its definition, and the place of each of its fields.

    `fields` maps a field's YAML name to its place; an omitted field is missing there. `rows` says what happens to
    rows that violate the object, and `nulls` what happens to those that violate the not-nulls that it implies.
    """

    key: Key
    definition: Definition
    place: Place
    fields: Mapping[str, Place] = field(default_factory=dict)
    renamed_from: str | None = None
    rows: RowPolicy = REFUSED_ROWS
    nulls: RowPolicy = REFUSED_ROWS

    @property
    def repairs(self) -> bool:
        """Whether rows are moved, deleted or changed."""
        return self.rows.repairs or self.nulls.repairs

    def place_of(self, field_name: str) -> Place:
        return self.fields.get(field_name, self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """One entry under a table's `absent:`. `section` is `indexes`, `constraints` or `not_null`. With a `kind`, as in an
    undo, it names only objects of that kind: another one may have the name before or after."""

    table: TableName
    section: str
    name: str
    place: Place
    kind: str | None = None


T = TypeVar("T")


def by_table(objects: Mapping[Key, T]) -> dict[TableName, dict[Key, T]]:
    """The same objects, grouped by their table."""
    names: dict[tuple[str, str], dict[Key, T]] = {}
    for key, one in objects.items():
        names.setdefault((key.schema, key.table), {})[key] = one
    return {TableName(schema=schema, name=table): group for (schema, table), group in names.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class DesiredState:
    """The declarations of the files. `sources` are the files that were read, in the order in which they were
    merged.

    `objects` are the constraints and indexes, `required_tables` the tables that must exist, with the place that
    requires them, and `dropped_tables` those to drop or archive, with their entries.
    """

    objects: Mapping[Key, Declared]
    required_tables: Mapping[TableName, Place] = field(default_factory=dict)
    dropped_tables: Mapping[TableName, Declared] = field(default_factory=dict)
    absent: tuple[Absent, ...] = ()
    protected: tuple[Protected, ...] = ()
    policy: Policy = field(default_factory=Policy)
    policy_keys: Mapping[str, Place] = field(default_factory=dict)
    exemptions: tuple[Exemption, ...] = ()
    sources: tuple[str, ...] = ()
    _by_table: Mapping[TableName, Mapping[Key, Declared]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_table", by_table(self.objects))

    def tables(self) -> Collection[TableName]:
        """Return the tables that the files declare or drop, or on which they declare objects."""
        return self._by_table.keys() | self.required_tables.keys() | self.dropped_tables.keys()

    @property
    def count(self) -> int:
        """Return the number of objects and tables that the files declare, drop, or list under `absent`."""
        return len(self.objects) + len(self.required_tables) + len(self.dropped_tables) + len(self.absent)

    def on(self, table: TableName) -> Mapping[Key, Declared]:
        """Return the objects that the files declare on one table."""
        return self._by_table.get(table, {})

    def only(self, tables: Collection[TableName]) -> DesiredState:
        """Return what the files declare on these tables."""
        return replace(
            self,
            objects={key: one for key, one in self.objects.items() if key.table_name in tables},
            required_tables={name: place for name, place in self.required_tables.items() if name in tables},
            dropped_tables={name: one for name, one in self.dropped_tables.items() if name in tables},
            absent=tuple(one for one in self.absent if one.table in tables),
        )


class Named(NamedTuple):
    """The tables that files name: all of them, those among them to drop or archive, and those whose rows may be
    repaired."""

    tables: frozenset[TableName]
    dropped: frozenset[TableName]
    repaired: frozenset[TableName] = frozenset()


class Column(NamedTuple):
    """A column: `type` as `format_type` prints it, `type_oid` and `collation_oid` for exact comparison. `generated`
    is pg_attribute's own letter, and empty for an ordinary column. `is_row`: its type is composite, so IS NULL
    tests the fields of a value.

    It is a tuple for the same reason as `TableName`.
    """

    name: str
    type: str
    type_oid: int
    collation_oid: int
    not_null: bool
    generated: str = ""
    is_row: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveTable:
    """A relation that the file names. `relkind` and `persistence` are pg_class's own letters.

    `rows` is the planner's estimate (-1: never analyzed), `bytes` the size at that time, without indexes.
    `is_partition` and `is_inherited` say whether it is a partition, or has or is an inheritance child; `parents`
    are the oids of the tables that it inherits from. `partition_key` has the columns of a partitioned table's
    partition key, None for each expression. `owned`: the session's role may alter it; `readable`, `all_readable`:
    it may select some column, or all of them; `lockable`: it may take any lock on it with LOCK TABLE; `hides_rows`:
    row security decides which rows it sees. `columns` are by name, `attnums` the same by their number.
    """

    name: TableName
    oid: int
    relkind: str
    persistence: str
    rows: int
    bytes: int
    owned: bool
    readable: bool
    all_readable: bool
    lockable: bool
    hides_rows: bool
    is_partition: bool
    is_inherited: bool
    columns: Mapping[str, Column]
    attnums: Mapping[int, Column]
    parents: tuple[int, ...] = ()
    partition_key: tuple[str | None, ...] = ()

    @property
    def is_partitioned(self) -> bool:
        return self.relkind == "p"


ARCHIVED = "archived_table"


def archived_key(name: str) -> Key:
    """Return the key under which a table in the archive is observed, by its name there."""
    return Key(schema=ARCHIVE_SCHEMA, table=name, kind=ARCHIVED)


ARCHIVE_KEY = Key(schema=ARCHIVE_SCHEMA, table="", kind="archive_schema")
"""It is in a live state if the schema `reconcile_archive` exists."""


class ArchiveSchema(Definition):
    """The schema `reconcile_archive` exists."""


def moved_key(table: TableName) -> Key:
    """Return the key of a table that a run moved to the archive but did not finish. `table` is its original
    name."""
    return Key(schema=table.schema, table=table.name, kind=MOVED)


MOVED = "moved_table"
"""The kind in the keys of such tables, which no object in a file has."""


_ASIDE = frozenset({ARCHIVED, ARCHIVE_KEY.kind, MOVED, QUARANTINE, ROW_SHAPE})


def _is_aside(key: Key) -> bool:
    """Whether the key is that of something in a live state that no file declares, so its kind is not registered."""
    return key.kind in _ASIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveState:
    """What the catalog says about the tables that the file names, their partitions and inheritance children: every
    object on them, declared or not, and the foreign keys of other tables that refer to them.

    `inherited` are the objects that a table has only because its parent has them; no key is both inherited and the
    table's own. `undecodable` are the objects and tables of which a name or the definition is not valid UTF-8: they
    are in neither. `neighbours` are the names of all relations, by schema, if one that the file names is missing.
    """

    tables: Mapping[TableName, LiveTable]
    objects: Mapping[Key, Definition]
    inherited: Mapping[Key, Definition] = field(default_factory=dict)
    neighbours: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    undecodable: frozenset[Key] = frozenset()
    _by_table: dict[TableName, dict[Key, Definition]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _inherited_by_table: Mapping[TableName, Mapping[Key, Definition]] = field(init=False, repr=False, compare=False)
    _children: Mapping[int, Sequence[LiveTable]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_inherited_by_table", by_table(self.inherited))
        children: dict[int, list[LiveTable]] = {}
        for table in sorted(self.tables.values(), key=lambda one: one.name):
            for parent in table.parents:
                children.setdefault(parent, []).append(table)
        object.__setattr__(self, "_children", children)

    def and_(self, more: LiveState) -> LiveState:
        """Return the live state extended by that of further tables."""
        return LiveState(
            tables=dict(sorted({**self.tables, **more.tables}.items())),
            objects={**self.objects, **more.objects},
            inherited={**self.inherited, **more.inherited},
            neighbours={**self.neighbours, **more.neighbours},
            undecodable=self.undecodable | more.undecodable,
        )

    def on(self, table: TableName) -> Mapping[Key, Definition]:
        """Return the objects of one table, without inherited ones, and without what only repairs and archiving read,
        such as its row shape."""
        if not self._by_table:  # grouped on demand, because objects in sync are never looked up
            self._by_table.update(by_table({key: self.objects[key] for key in self.objects if not _is_aside(key)}))
        return self._by_table.get(table, {})

    def inherited_on(self, table: TableName) -> Mapping[Key, Definition]:
        """Return the objects that one table has only because its parent has them."""
        return self._inherited_by_table.get(table, {})

    def all_on(self, table: TableName) -> Mapping[Key, Definition]:
        """Return the objects of one table, including inherited ones."""
        inherited = self.inherited_on(table)
        return {**inherited, **self.on(table)} if inherited else self.on(table)

    def get(self, key: Key) -> Definition | None:
        """Return an object, whether the table's own or inherited."""
        return self.objects.get(key) or self.inherited.get(key)

    def below(self, table: TableName) -> tuple[LiveTable, ...]:
        """Return all partitions or inheritance children of a table, at every level; a parent before its
        children."""
        known = self.tables.get(table)
        found: dict[int, LiveTable] = {}
        waiting = list(self._children.get(known.oid, ())) if known is not None else []
        while waiting:
            one = waiting.pop(0)
            if one.oid not in found:
                found[one.oid] = one
                waiting.extend(self._children.get(one.oid, ()))
        return tuple(found.values())

    def tree(self, table: TableName) -> tuple[TableName, ...]:
        """Return the table and all its descendants."""
        return (table, *(one.name for one in self.below(table)))
