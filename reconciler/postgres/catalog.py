"""Reads the live state with a few set-based queries: one for the tables, one per kind, never one per table."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from operator import attrgetter
from typing import NamedTuple

from reconciler.kinds import KINDS
from reconciler.kinds.base.catalog import Catalog, OperatorClass, Row
from reconciler.model.as_json import as_json
from reconciler.model.definition import Definition, has_index
from reconciler.model.encodings import has_characters
from reconciler.model.features import has
from reconciler.model.index_facts import PartitionNames
from reconciler.model.names import Key, TableName
from reconciler.model.repair import QUARANTINE
from reconciler.model.state import (
    ARCHIVE_KEY,
    ARCHIVED,
    MOVED,
    ArchiveSchema,
    Column,
    DesiredState,
    LiveState,
    LiveTable,
    Named,
)
from reconciler.postgres.archive import archive_exists, archived_tables, moved_tables, retired_tables
from reconciler.postgres.default_opclass import COERCIONS, TYPES, DefaultOpclasses, Type
from reconciler.postgres.quarantine import quarantine_tables, row_shapes
from reconciler.postgres.session import Session, ask, pipelined, rows
from reconciler.postgres.table_size import TABLE_BYTES

_TABLES = f"""
    SELECT n.nspname::text, t.relname::text, t.oid::int8, t.relkind::text, t.relpersistence::text,
           t.reltuples::int8,
           {TABLE_BYTES} AS bytes,
           pg_has_role(t.relowner, 'USAGE') AS owned,
           has_any_column_privilege(t.oid, 'SELECT') AS readable, has_table_privilege(t.oid, 'SELECT') AS all_readable,
           t.relkind IN ('r', 'p') AND has_table_privilege(t.oid, 'UPDATE, DELETE, TRUNCATE') AS lockable,
           row_security_active(t.oid) AS hides_rows,
           t.relispartition, ARRAY(SELECT h.inhparent::int8 FROM pg_inherits h WHERE h.inhrelid = t.oid) AS parents,
           t.relhassubclass AND EXISTS (SELECT FROM pg_inherits h WHERE h.inhparent = t.oid) AS has_children,
           CASE WHEN t.relkind = 'p'
                THEN (SELECT k.partattrs::int2[] FROM pg_partitioned_table k WHERE k.partrelid = t.oid)
           END AS partition_key
      FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE t.oid = ANY (%(tables)s)"""

# Relations with given names, and their partitions and inheritance children at every level.
_TREES = """
    WITH RECURSIVE tree AS (
      SELECT t.oid
        FROM unnest(%(schemas)s::text[], %(names)s::text[]) AS wanted(nspname, relname)
        JOIN pg_namespace n ON n.nspname = wanted.nspname
        JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = wanted.relname
       WHERE t.relkind IN ('r', 'p', 'm', 'f', 'v')
       UNION
      SELECT h.inhrelid FROM tree JOIN pg_inherits h ON h.inhparent = tree.oid
    )
    SELECT oid::int8 FROM tree"""

# The indexes attached to partitioned indexes, at every level.
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

# A row per table, each array in the order of `attnum`. The columns from `attname` on are the fields of `Column`.
_COLUMN_VALUES = 2
_COLUMNS = """
    SELECT attrelid, array_agg(attnum) AS attnum, array_agg(attname) AS attname, array_agg(type) AS type,
           array_agg(atttypid) AS atttypid, array_agg(attcollation) AS attcollation,
           array_agg(attnotnull) AS attnotnull, array_agg(attgenerated) AS attgenerated, array_agg(is_row) AS is_row
      FROM (SELECT attrelid::int8, attnum, attname::text, format_type(atttypid, atttypmod) AS type, atttypid::int8,
                   attcollation::int8, attnotnull, attgenerated::text, typcategory = 'C' AS is_row
              FROM pg_attribute JOIN pg_type t ON t.oid = atttypid
             WHERE attrelid = ANY (%(tables)s) AND attnum > 0 AND NOT attisdropped
             ORDER BY attrelid, attnum) AS a
     GROUP BY attrelid"""

_OPCLASSES = """
    SELECT o.oid::int8, n.nspname::text AS schema, o.opcname::text AS name, o.opcdefault AS default,
           o.opcintype::int8 AS input_type, o.opckeytype::int8 AS key_type, o.opcmethod::int8 AS method,
           count(*) OVER (PARTITION BY o.opcname, o.opcmethod) = 1 AS unambiguous
      FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace"""

_COLLATIONS = """
    SELECT c.oid::int8, n.nspname::text AS schema, c.collname::text AS name,
           count(*) OVER (PARTITION BY c.collname) = 1 AS unambiguous
      FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace"""


# Fixed oids: catalog/pg_type.dat
_TEXT_FOR_VARCHAR = (25, 1043)


def names_of(desired: DesiredState) -> Named:
    """Return every table that the file names: declared, dropped, referenced, or replacing another."""
    tables = set(desired.tables())
    tables.update(absent.table for absent in desired.absent)
    for declared in desired.objects.values():
        reference = declared.definition.reference()
        if reference is not None:
            tables.add(reference[0])
    retired = [one.definition.retirement() for one in desired.dropped_tables.values()]
    tables.update(one.replaced_by for one in retired if one is not None and one.replaced_by is not None)
    repaired = {key.table_name for key, one in desired.objects.items() if one.repairs}
    return Named(tables=frozenset(tables), dropped=frozenset(desired.dropped_tables), repaired=frozenset(repaired))


def read_state(session: Session, desired: DesiredState) -> LiveState:
    """Return the live state of the tables that the file names, and of their partitions and children."""
    return read_named(session, names_of(desired))


def read_named(session: Session, named: Named) -> LiveState:
    """Return the live state of these tables, and of their partitions and children."""
    tables, objects, inherited, undecodable = read_relations(session, _trees(session, named.tables))
    if named.dropped:
        below = set(_trees(session, named.dropped))
        retired = [table for table in tables.values() if table.oid in below]
        objects.update(_retired(session, retired, undecodable))
        archive = _archived(session, named.dropped)
        objects.update({**archive, **retired_tables(session, named.dropped)} if archive else {})
    if named.repaired:
        objects.update(_repairable(session, [table for table in named.repaired if table in tables]))
    missing = named.tables - set(tables)
    live = LiveState(
        tables=tables,
        objects=objects,
        inherited=inherited,
        neighbours=_neighbours(session, missing) if missing else {},
        undecodable=frozenset(undecodable),
    )
    # How a foreign key compares depends on the columns of its own table.
    referring = {key.table_name for key, one in objects.items() if one.reference() is not None} - tables.keys()
    if not named.repaired or not referring:
        return live
    whole = read_also(session, live, referring)
    shapes = row_shapes(session, [table for table in referring if table in whole.tables])
    return whole.and_(LiveState(tables={}, objects=shapes))


def read_also(session: Session, live: LiveState, tables: Set[TableName]) -> LiveState:
    """Return the live state extended by further tables."""
    return live.and_(read_named(session, Named(tables=frozenset(tables), dropped=frozenset())))


def _required(table: TableName) -> Key:
    return Key(schema=table.schema, table=table.name, kind="required_table")


def _trees(session: Session, names: Iterable[TableName]) -> list[int]:
    """Return the oids of the relations with these names, and of their partitions and inheritance children at every
    level."""
    encoding = session.server.info.encoding
    possible = [name for name in names if has_characters(encoding, "".join(name))]
    parameters = {"schemas": [name.schema for name in possible], "names": [name.name for name in possible]}
    return [row["oid"] for row in rows(session.connection, _TREES, parameters)]


def _retired(session: Session, tables: Sequence[LiveTable], undecodable: set[Key]) -> Mapping[Key, Definition]:
    """Return the objects that depend on tables to be dropped or archived."""
    names, oids = CatalogNames(session), [table.oid for table in tables]
    wanted = [kind.catalog for kind in KINDS if kind.catalog is not None and kind.only_declared]
    return {
        one.key: one.definition
        for catalog in wanted
        for one in _decoded(session, read_objects(session, catalog, oids, names), undecodable)
    }


def _archived(session: Session, tables: Collection[TableName]) -> Mapping[Key, Definition]:
    """Return whether the archive exists, and which of the tables an unfinished run moved there."""
    if not archive_exists(session):
        return {}
    return {ARCHIVE_KEY: ArchiveSchema(), **moved_tables(session, tables)}


def _repairable(session: Session, tables: Collection[TableName]) -> Mapping[Key, Definition]:
    """Return what a repair of rows of these tables needs: the archive, its quarantine tables, and the columns."""
    archive = {ARCHIVE_KEY: ArchiveSchema(), **quarantine_tables(session)} if archive_exists(session) else {}
    return {**archive, **row_shapes(session, tables)}


def _neighbours(session: Session, missing: Collection[TableName]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    encoding = session.server.info.encoding
    schemas = sorted({name.schema for name in missing if has_characters(encoding, name.schema)})
    for row in rows(session.connection, _NEIGHBOURS, {"schemas": schemas}):
        found[row["nspname"]] = (*found.get(row["nspname"], ()), row["relname"])
    return found


def observe(session: Session, keys: Collection[Key], names: CatalogNames) -> Mapping[Key, Definition]:
    """Return the current definitions of a few keys: of existing objects that are not inherited, and of indexes even
    if they are.

    `names` may be shared between calls.
    """
    tables = sorted({key.table_name for key in keys if key.table})
    parameters = {"schemas": [table.schema for table in tables], "names": [table.name for table in tables]}
    oids = [row["oid"] for row in rows(session.connection, _OIDS, parameters, prepare=True)]
    found: dict[Key, Definition] = {}
    for kind in KINDS:
        again = {key.name for key in keys if key.kind == kind.id}
        if kind.catalog is not None and again:
            read = read_objects(session, kind.catalog, oids, names, again=again)
            decoded = _decoded(session, read, set())
            parts = (one for one in decoded if not one.inherited or has_index(one.definition))
            found.update((one.key, one.definition) for one in parts)
    if any(key.kind in (ARCHIVE_KEY.kind, MOVED) for key in keys):
        found.update(_archived(session, tables))
    if any(key.kind == ARCHIVED for key in keys):
        found.update(archived_tables(session))
    if any(key.kind == QUARANTINE for key in keys):
        found.update(quarantine_tables(session))
    return {key: definition for key, definition in found.items() if key in keys}


class Relations(NamedTuple):
    """Relations sorted by name, the objects on them, and the inherited ones."""

    tables: dict[TableName, LiveTable]
    objects: dict[Key, Definition]
    inherited: dict[Key, Definition]
    undecodable: set[Key]
    """Objects, and tables (as required tables), with a name or a definition that is not valid UTF-8."""


def read_relations(session: Session, oids: Collection[int]) -> Relations:
    """Return these relations, every object on them, and the other objects that refer to them. All queries are sent
    at once: the server works on the next answer while one is read."""
    relations = Relations({}, {}, {}, set())
    if not oids:
        return relations
    connection, wanted = session.connection, _tables(oids)
    with pipelined(connection):
        tables, columns = ask(connection, _TABLES, wanted), ask(connection, _COLUMNS, wanted)
        opclasses = ask(connection, _OPCLASSES)
        kinds = [
            (
                kind.catalog,
                ask(connection, query_for(kind.catalog, session.server.major, kind.catalog.also), wanted),
            )
            for kind in KINDS
            if kind.catalog is not None and not kind.only_declared
        ]
        relations.tables.update(_in_order(tables(), columns()))
        relations.undecodable.update(_required(name) for name in relations.tables if not is_text("".join(name)))
        names = CatalogNames(session, relations.tables.values(), opclasses)
        for catalog, answer in kinds:
            for found in _decoded(session, _read(catalog, answer(), names), relations.undecodable):
                (relations.inherited if found.inherited else relations.objects)[found.key] = found.definition
    return relations


def _in_order(tables: Iterable[Row], columns: Iterable[Row]) -> dict[TableName, LiveTable]:
    by_table = _by_table(columns)
    found = [_table(row, by_table.get(row.oid, {})) for row in tables]
    return {table.name: table for table in sorted(found, key=lambda table: (table.name.schema, table.name.name))}


def _table(row: Row, columns: Mapping[int, Column]) -> LiveTable:
    return LiveTable(
        name=TableName(schema=row.nspname, name=row.relname),
        oid=row.oid,
        relkind=row.relkind,
        persistence=row.relpersistence,
        rows=row.reltuples,
        bytes=row.bytes,
        owned=row.owned,
        readable=row.readable,
        all_readable=row.all_readable,
        lockable=row.lockable,
        hides_rows=row.hides_rows,
        is_partition=row.relispartition,
        is_inherited=bool(row.parents) or row.has_children,
        columns={column.name: column for column in columns.values()},
        attnums=columns,
        parents=tuple(row.parents),
        partition_key=tuple(columns[n].name if n else None for n in row.partition_key or ()),
    )


def read_columns(session: Session, tables: Collection[int]) -> dict[int, dict[int, Column]]:
    """Return the columns of tables (by oid), each under its `attnum`."""
    return _by_table(ask(session.connection, _COLUMNS, _tables(tables))()) if tables else {}


def _by_table(found: Iterable[Row]) -> dict[int, dict[int, Column]]:
    return {row.attrelid: dict(zip(row.attnum, map(Column, *row[_COLUMN_VALUES:]), strict=True)) for row in found}


class CatalogNames:
    """Names of columns, operator classes and collations by number: a `reconciler.kinds.base.catalog.NameLookup`."""

    def __init__(
        self,
        session: Session,
        tables: Iterable[LiveTable] = (),
        opclasses: Callable[[], Iterable[Row]] | None = None,
    ) -> None:
        """`tables` are known already; `opclasses` waits for the requested operator classes."""
        self._session = session
        self.made: dict[Hashable, Definition] = {}
        self._asked = opclasses
        self._columns: dict[int, Mapping[int, Column]] = {table.oid: table.attnums for table in tables}
        self._attached: dict[int, PartitionNames] = {}
        self._opclasses: dict[int, OperatorClass] = {}
        self._defaults: DefaultOpclasses | None = None
        self._collations: dict[int, tuple[str, str, bool]] = {}

    def know(self, tables: Iterable[int]) -> None:
        """Read the columns of those tables that are not known yet, all at once."""
        missing = sorted({table for table in tables if table not in self._columns})
        self._columns.update({oid: {} for oid in missing})
        self._columns.update(read_columns(self._session, missing))

    def know_attached(self, indexes: Collection[int]) -> None:
        """Read the indexes attached to these partitioned indexes. They change, so they are never remembered."""
        found: dict[int, list[tuple[TableName, str]]] = {index: [] for index in indexes}
        for row in rows(self._session.connection, _ATTACHED, {"indexes": list(indexes)}) if indexes else ():
            table = TableName(schema=row["nspname"], name=row["relname"])
            found[row["root"]].append((table, row["index_name"]))
        self._attached = {index: tuple(sorted(pairs)) for index, pairs in found.items()}

    def attached(self, index: int) -> PartitionNames:
        return self._attached.get(index, ())

    def columns(self, table: int, attnums: str | None) -> tuple[str, ...]:
        if not attnums:
            return ()
        columns = self._columns[table]
        return tuple([columns[attnum].name for attnum in _numbers(attnums)])

    def keys(self, table: int, attnums: str) -> tuple[Column | None, ...]:
        columns = self._columns[table]
        return tuple([columns[attnum] if attnum else None for attnum in _numbers(attnums)])

    def column(self, table: int, attnum: int) -> Column:
        return self._columns[table][attnum]

    def opclass(self, oid: int) -> OperatorClass:
        if not self._opclasses:
            for number, *values in (self._asked or ask(self._session.connection, _OPCLASSES))():
                self._opclasses[number] = OperatorClass(*values)
        return self._opclasses[oid]

    def is_default_opclass(self, oid: int, type_oid: int) -> bool:
        opclass = self.opclass(oid)
        if not opclass.default or opclass.input_type == type_oid:
            return opclass.default
        if (
            opclass.input_type,
            type_oid,
        ) == _TEXT_FOR_VARCHAR:  # the most frequent case, which needs no lookup of types
            return True
        if self._defaults is None:
            types = (Type(*row.values()) for row in rows(self._session.connection, TYPES))
            coercions = (
                (row["castsource"], row["casttarget"]) for row in rows(self._session.connection, COERCIONS)
            )
            self._defaults = DefaultOpclasses(self._opclasses, types, coercions)
        return self._defaults.default(type_oid, opclass.method) == oid

    def collation(self, oid: int) -> tuple[str, str, bool]:
        if not self._collations:
            for row in rows(self._session.connection, _COLLATIONS):
                self._collations[row["oid"]] = (row["schema"], row["name"], row["unambiguous"])
        return self._collations[oid]


def _numbers(text: str) -> tuple[int, ...]:
    """Return the numbers of an array or a vector, from PostgreSQL's text of it."""
    return tuple(map(int, text.strip("{}").replace(",", " ").split()))


class FoundObject(NamedTuple):
    """An object, and whether its table inherits it."""

    key: Key
    definition: Definition
    inherited: bool


def read_objects(
    session: Session, catalog: Catalog, tables: Collection[int], names: CatalogNames, *, again: Collection[str] = ()
) -> Iterator[FoundObject]:
    """Return every object of one kind on these tables (by oid), and the other objects that refer to them.

    `again`: the same query runs many times, for few tables and these objects on them (an empty name: any). The
    query is planned once; objects that only refer to the tables are left out, and so are indexes attached to other
    indexes.
    """
    if not tables:
        return
    query = query_for(catalog, session.server.major, also="" if again else catalog.also)
    found = ask(session.connection, query, _tables(tables), prepare=bool(again))()
    yield from _read(catalog, found, names, again)


def _decoded(session: Session, found: Iterable[FoundObject], undecodable: set[Key]) -> Iterator[FoundObject]:
    """Return those that are valid UTF-8. The keys of the others, which only a database with SQL_ASCII has, are
    added to `undecodable`."""
    if session.server.info.encoding != "SQL_ASCII":
        yield from found
        return
    for each in found:
        if is_text("".join(each.key)) and is_text(json.dumps(as_json(each.definition), ensure_ascii=False)):
            yield each
        else:
            undecodable.add(each.key)


def is_text(text: str) -> bool:
    """Whether no byte of it had to be escaped when it was read."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _tables(oids: Iterable[int]) -> dict[str, str]:
    """Return the parameter `tables`: PostgreSQL's own text of an array, because psycopg dumps a long list
    slowly."""
    return {"tables": "{" + ",".join(map(str, oids)) + "}"}


def _read(
    catalog: Catalog, found: Sequence[Row], names: CatalogNames, only: Collection[str] = ()
) -> Iterator[FoundObject]:
    if not found:
        return
    columns = found[0]._fields
    names.know({table for name in catalog.relations for table in map(attrgetter(name), found)})
    if "index_relkind" in columns:
        partitioned = [row for row in found if row.index_relkind == "I"]
        if only and "" not in only:
            name = attrgetter("index_name" if "index_name" in columns else "conname")
            partitioned = [row for row in partitioned if name(row) in only]
        names.know_attached([row.indexrelid for row in partitioned])
    may_be_inherited = "inherited" in columns
    for row in found:
        key, definition = catalog.read(row, names)
        yield FoundObject(key, definition, may_be_inherited and row.inherited)


def query_for(catalog: Catalog, major: int, also: str = "") -> str:
    """Return the query for this server version, with a further condition."""
    query = catalog.query.replace("{also}", also)
    for name, variant in catalog.variants.items():
        text = variant.if_present if has(variant.feature, major) else variant.otherwise
        query = query.replace("{" + name + "}", text)
    return query
