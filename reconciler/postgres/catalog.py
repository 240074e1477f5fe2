"""Reads the live state with a handful of set-based queries: one for the tables, one per kind, never one per table."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import starmap
from typing import Any, NamedTuple

from reconciler.kinds import KINDS
from reconciler.kinds.dropped_table.definition import DroppedTable
from reconciler.kinds.kind import Catalog, OperatorClass
from reconciler.kinds.partition_names import Partitionable
from reconciler.kinds.required_table.definition import RequiredTable
from reconciler.model.definition import Definition, PartitionNames
from reconciler.model.features import has
from reconciler.model.garbage import collection_paused
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName
from reconciler.model.state import ARCHIVE_KEY, Column, DesiredState, LiveState, LiveTable, Named
from reconciler.postgres.session import Session, ask, one, pipelined, rows

_TABLES = """
    SELECT n.nspname::text, t.relname::text, t.oid::int8, t.relkind::text, t.relpersistence::text,
           t.reltuples::int8, pg_has_role(t.relowner, 'USAGE') AS owned,
           has_table_privilege(t.oid, 'SELECT') AS readable, has_table_privilege(t.oid, 'REFERENCES') AS referable,
           has_schema_privilege(n.oid, 'CREATE') AS schema_writable,
           t.relispartition, ARRAY(SELECT h.inhparent::int8 FROM pg_inherits h WHERE h.inhrelid = t.oid) AS parents,
           t.relhassubclass AND EXISTS (SELECT FROM pg_inherits h WHERE h.inhparent = t.oid) AS has_children,
           CASE WHEN t.relkind = 'p'
                THEN (SELECT k.partattrs::int2[] FROM pg_partitioned_table k WHERE k.partrelid = t.oid)
           END AS partition_key
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) AS wanted(nspname, relname)
      JOIN pg_namespace n ON n.nspname = wanted.nspname
      JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = wanted.relname
     WHERE t.relkind IN ('r', 'p', 'm', 'f', 'v')"""

# The partitions and inheritance children of some tables, at every level.
_BELOW = """
    WITH RECURSIVE below AS (
      SELECT inhrelid FROM pg_inherits WHERE inhparent = ANY (%(tables)s)
       UNION
      SELECT h.inhrelid FROM below JOIN pg_inherits h ON h.inhparent = below.inhrelid
    )
    SELECT n.nspname::text, t.relname::text
      FROM below
      JOIN pg_class t ON t.oid = below.inhrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE t.relkind IN ('r', 'p', 'f')"""

# What is attached to partitioned indexes, at every level.
_ATTACHED = """
    WITH RECURSIVE attached AS (
      SELECT inhparent AS root, inhrelid FROM pg_inherits WHERE inhparent = ANY (%(indexes)s)
       UNION ALL
      SELECT above.root, h.inhrelid FROM attached above JOIN pg_inherits h ON h.inhparent = above.inhrelid
    )
    SELECT a.root::int8, n.nspname::text, t.relname::text, i.relname::text AS index_name
      FROM attached a
      JOIN pg_class i ON i.oid = a.inhrelid
      JOIN pg_index x ON x.indexrelid = a.inhrelid
      JOIN pg_class t ON t.oid = x.indrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
     ORDER BY 1, 2, 3"""

_OIDS = """
    SELECT t.oid::int8
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) AS wanted(nspname, relname)
      JOIN pg_namespace n ON n.nspname = wanted.nspname
      JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = wanted.relname"""

_NEIGHBOURS = """
    SELECT n.nspname::text, t.relname::text
      FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname = ANY (%(schemas)s) AND t.relkind IN ('r', 'p', 'm', 'f', 'v')
     ORDER BY 1, 2"""

# A row per table, each array in the order of `attnum`.
_COLUMNS = """
    SELECT attrelid, array_agg(attnum) AS attnum, array_agg(attname) AS attname, array_agg(type) AS type,
           array_agg(atttypid) AS atttypid, array_agg(attcollation) AS attcollation,
           array_agg(attnotnull) AS attnotnull
      FROM (SELECT attrelid::int8, attnum, attname::text, format_type(atttypid, atttypmod) AS type, atttypid::int8,
                   attcollation::int8, attnotnull
              FROM pg_attribute
             WHERE attrelid = ANY (%(tables)s) AND attnum > 0 AND NOT attisdropped
             ORDER BY attrelid, attnum) AS a
     GROUP BY attrelid"""

_OPCLASSES = """
    SELECT o.oid::int8, n.nspname::text AS schema, o.opcname::text AS name, o.opcdefault AS default,
           o.opcintype::int8 AS input_type
      FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace"""

_COLLATIONS = """
    SELECT c.oid::int8, n.nspname::text AS schema, c.collname::text AS name
      FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace"""


class ArchiveSchema(Definition):
    """The schema `reconcile_archive` exists."""


def names_of(desired: DesiredState) -> Named:
    """Every table that the file names: declared, dropped, referred to, or replacing another."""
    tables = set(desired.tables())
    tables.update(absent.table for absent in desired.absent)
    for declared in desired.objects.values():
        reference = declared.definition.reference()
        if reference is not None:
            tables.add(reference[0])
        if isinstance(declared.definition, DroppedTable) and declared.definition.replaced_by is not None:
            tables.add(declared.definition.replaced_by)
    dropped = (key.table_name for key in desired.objects if key.kind == "dropped_table")
    return Named(tables=frozenset(tables), dropped=frozenset(dropped))


def read_state(session: Session, desired: DesiredState) -> LiveState:
    """The live state of the tables that the file names, and of what is below them."""
    return read_named(session, names_of(desired))


@collection_paused()
def read_named(session: Session, named: Named) -> LiveState:
    """The live state of these tables, and of what is below them."""
    tables = read_trees(session, named.tables)
    objects: dict[Key, Definition] = {
        Key(schema=name.schema, table=name.name, kind="required_table"): RequiredTable() for name in tables
    }
    inherited: dict[Key, Definition] = {}
    names = CatalogNames(session, tables.values())
    oids = [table.oid for table in tables.values()]
    dropped_oids = [table.oid for table in tables.values() if table.name in named.dropped]
    wanted = [(kind.catalog, dropped_oids if kind.only_declared else oids) for kind in KINDS if kind.catalog]
    for found in read_kinds(session, wanted, names):
        (inherited if found.inherited else objects)[found.key] = found.definition
    if named.dropped and archive_exists(session):
        objects[ARCHIVE_KEY] = ArchiveSchema()
    missing = named.tables - set(tables)
    return LiveState(
        tables=tables,
        objects=objects,
        inherited=inherited,
        neighbours=_neighbours(session, missing) if missing else {},
    )


def _neighbours(session: Session, missing: Collection[TableName]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows(session.connection, _NEIGHBOURS, {"schemas": sorted({name.schema for name in missing})}):
        found[row["nspname"]] = (*found.get(row["nspname"], ()), row["relname"])
    return found


def observe(session: Session, keys: Collection[Key], names: CatalogNames) -> Mapping[Key, Definition]:
    """The present definitions of a few keys: those that are there, and no part of what a parent has but an index.

    `names` may be shared between calls.
    """
    tables = sorted({key.table_name for key in keys if key.table})
    parameters = {"schemas": [table.schema for table in tables], "names": [table.name for table in tables]}
    oids = [row["oid"] for row in rows(session.connection, _OIDS, parameters, prepare=True)]
    found: dict[Key, Definition] = {}
    for kind in KINDS:
        if kind.catalog is not None and any(key.kind == kind.id for key in keys):
            read = read_objects(session, kind.catalog, oids, names, again=True)
            parts = (one for one in read if not one.inherited or isinstance(one.definition, Partitionable))
            found.update((one.key, one.definition) for one in parts)
    if ARCHIVE_KEY in keys and archive_exists(session):
        found[ARCHIVE_KEY] = ArchiveSchema()
    return {key: definition for key, definition in found.items() if key in keys}


def archive_exists(session: Session) -> bool:
    query = "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %(name)s) AS found"
    return bool(one(session.connection, query, {"name": ARCHIVE_SCHEMA})["found"])


def read_trees(session: Session, names: Iterable[TableName]) -> dict[TableName, LiveTable]:
    """The relations of these names, and their partitions and inheritance children at every level, sorted."""
    tables = read_tables(session, names)
    roots = [table.oid for table in tables.values() if table.is_partitioned or table.is_inherited]
    below = rows(session.connection, _BELOW, {"tables": roots}) if roots else []
    more = {TableName(schema=row["nspname"], name=row["relname"]) for row in below} - set(tables)
    if not more:
        return tables
    tables.update(read_tables(session, more))
    return dict(sorted(tables.items()))


def read_tables(session: Session, names: Iterable[TableName]) -> dict[TableName, LiveTable]:
    """The relations of these names, in the order of their names."""
    wanted = sorted(names)
    parameters = {"schemas": [name.schema for name in wanted], "names": [name.name for name in wanted]}
    found = rows(session.connection, _TABLES, parameters)
    columns = read_columns(session, [row["oid"] for row in found])
    tables = (_table(row, columns.get(row["oid"], {})) for row in found)
    return {table.name: table for table in sorted(tables, key=lambda table: table.name)}


def _table(row: Mapping[str, Any], columns: Mapping[int, Column]) -> LiveTable:
    return LiveTable(
        name=TableName(schema=row["nspname"], name=row["relname"]),
        oid=row["oid"],
        relkind=row["relkind"],
        persistence=row["relpersistence"],
        rows=row["reltuples"],
        owned=row["owned"],
        readable=row["readable"],
        referable=row["referable"],
        schema_writable=row["schema_writable"],
        is_partition=row["relispartition"],
        is_inherited=bool(row["parents"]) or row["has_children"],
        columns={column.name: column for column in columns.values()},
        attnums=columns,
        parents=tuple(row["parents"]),
        partition_key=tuple(columns[n].name if n else None for n in row["partition_key"] or ()),
    )


def read_columns(session: Session, tables: Collection[int]) -> dict[int, dict[int, Column]]:
    """The columns of tables (by oid), each under its `attnum`."""
    if not tables:
        return {}
    found: dict[int, dict[int, Column]] = {}
    # The same columns stand in many tables, and are made once.
    column = functools.cache(_column)
    for row in rows(session.connection, _COLUMNS, _tables(tables)):
        values = zip(*(row[name] for name in _COLUMN_VALUES), strict=True)
        found[row["attrelid"]] = dict(zip(row["attnum"], starmap(column, values), strict=True))
    return found


_COLUMN_VALUES = ("attname", "type", "atttypid", "attcollation", "attnotnull")


def _column(name: str, type_: str, type_oid: int, collation_oid: int, not_null: bool) -> Column:
    return Column(name=name, type=type_, type_oid=type_oid, collation_oid=collation_oid, not_null=not_null)


class CatalogNames:
    """Names of columns, operator classes and collations by number. Implements `reconciler.kinds.kind.Names`."""

    def __init__(self, session: Session, tables: Iterable[LiveTable] = ()) -> None:
        self._session = session
        self._columns: dict[int, Mapping[int, Column]] = {table.oid: table.attnums for table in tables}
        self._attached: dict[int, PartitionNames] = {}
        self._opclasses: dict[int, OperatorClass] = {}
        self._collations: dict[int, tuple[str, str]] = {}

    def know(self, tables: Iterable[int]) -> None:
        """Read the columns of those tables that are not known yet, all at once."""
        missing = sorted({table for table in tables if table not in self._columns})
        self._columns.update({oid: {} for oid in missing})
        self._columns.update(read_columns(self._session, missing))

    def know_attached(self, indexes: Collection[int]) -> None:
        """Read what is attached to these partitioned indexes. It changes, so it is never remembered."""
        found: dict[int, list[tuple[TableName, str]]] = {index: [] for index in indexes}
        for row in rows(self._session.connection, _ATTACHED, {"indexes": list(indexes)}) if indexes else ():
            table = TableName(schema=row["nspname"], name=row["relname"])
            found[row["root"]].append((table, row["index_name"]))
        self._attached = {index: tuple(sorted(pairs)) for index, pairs in found.items()}

    def attached(self, index: int) -> PartitionNames:
        return self._attached.get(index, ())

    def columns(self, table: int, attnums: Sequence[int] | None) -> tuple[str, ...]:
        return tuple(self._columns[table][attnum].name for attnum in attnums or ())

    def column(self, table: int, attnum: int) -> Column:
        return self._columns[table][attnum]

    def opclass(self, oid: int) -> OperatorClass:
        if not self._opclasses:
            for row in rows(self._session.connection, _OPCLASSES):
                number = row.pop("oid")
                self._opclasses[number] = OperatorClass(**row)
        return self._opclasses[oid]

    def collation(self, oid: int) -> tuple[str, str]:
        if not self._collations:
            for row in rows(self._session.connection, _COLLATIONS):
                self._collations[row["oid"]] = (row["schema"], row["name"])
        return self._collations[oid]


class Found(NamedTuple):
    """An object, and whether its table has it from its parent."""

    key: Key
    definition: Definition
    inherited: bool


def read_objects(
    session: Session, catalog: Catalog, tables: Collection[int], names: CatalogNames, *, again: bool = False
) -> Iterator[Found]:
    """Every object of one kind on these tables (by oid), and what else refers to them.

    `again`: the same is asked many times, about few tables: the query is planned once, and what merely refers to the
    tables is left out.
    """
    if not tables:
        return
    query = query_for(catalog, session.server.major, also="" if again else catalog.also)
    yield from _read(catalog, rows(session.connection, query, {"tables": list(tables)}, prepare=again), names)


def read_kinds(
    session: Session, wanted: Iterable[tuple[Catalog, Collection[int]]], names: CatalogNames
) -> Iterator[Found]:
    """Every object of several kinds, each on its tables. All is asked at once: the server works on the next kind while
    the rows of one are read."""
    with pipelined(session.connection):
        asked = [
            (
                catalog,
                ask(session.connection, query_for(catalog, session.server.major, catalog.also), _tables(oids)),
            )
            for catalog, oids in wanted
            if oids
        ]
        for catalog, answer in asked:
            yield from _read(catalog, answer(), names)


def _tables(oids: Iterable[int]) -> dict[str, str]:
    """The parameter `tables`: PostgreSQL's own text of an array, as psycopg dumps a long list slowly."""
    return {"tables": "{" + ",".join(map(str, oids)) + "}"}


def _read(catalog: Catalog, found: Sequence[Mapping[str, Any]], names: CatalogNames) -> Iterator[Found]:
    names.know({row[column] for column in catalog.relations for row in found})
    names.know_attached([row["indexrelid"] for row in found if row.get("index_relkind") == "I"])
    for row in found:
        yield Found(*catalog.read(row, names), inherited=row.get("inherited", False))


def query_for(catalog: Catalog, major: int, also: str = "") -> str:
    """The query as this server understands it, with a further condition."""
    query = catalog.query.replace("{also}", also)
    for name, variant in catalog.variants.items():
        text = variant.if_present if has(variant.feature, major) else variant.otherwise
        query = query.replace("{" + name + "}", text)
    return query
