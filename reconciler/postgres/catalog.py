"""Reads the live state with a handful of set-based queries: one for the tables, one per kind, never one per table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from reconciler.kinds import KINDS
from reconciler.kinds.kind import Catalog
from reconciler.kinds.required_table.definition import RequiredTable
from reconciler.model.definition import Definition
from reconciler.model.features import has
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName
from reconciler.model.state import ARCHIVE_KEY, Column, DesiredState, LiveState, LiveTable
from reconciler.postgres.session import Session, one, rows

_TABLES = """
    SELECT n.nspname::text, t.relname::text, t.oid::int8, t.relkind::text, t.relpersistence::text,
           t.reltuples::int8, pg_has_role(t.relowner, 'USAGE') AS owned,
           has_table_privilege(t.oid, 'SELECT') AS readable, has_table_privilege(t.oid, 'REFERENCES') AS referable,
           has_schema_privilege(n.oid, 'CREATE') AS schema_writable,
           t.relispartition,
           EXISTS (SELECT FROM pg_inherits h WHERE t.oid IN (h.inhrelid, h.inhparent)) AS inherited,
           (SELECT jsonb_agg(jsonb_build_array(a.attname, format_type(a.atttypid, a.atttypmod),
                                               a.atttypid::int8, a.attcollation::int8, a.attnotnull)
                             ORDER BY a.attnum)
              FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) AS wanted(nspname, relname)
      JOIN pg_namespace n ON n.nspname = wanted.nspname
      JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = wanted.relname
     WHERE t.relkind IN ('r', 'p', 'm', 'f', 'v')"""


class ArchiveSchema(Definition):
    """The schema `reconcile_archive` exists."""


def named_tables(desired: DesiredState) -> frozenset[TableName]:
    """Every table that the file names: declared, dropped, referred to, or replacing another."""
    tables = {key.table_name for key in desired.objects}
    tables.update(absent.table for absent in desired.absent)
    for declared in desired.objects.values():
        reference = declared.definition.reference()
        if reference is not None:
            tables.add(reference[0])
    return frozenset(tables)


def read_state(session: Session, desired: DesiredState) -> LiveState:
    """The live state of the tables that the file names."""
    tables = read_tables(session, named_tables(desired))
    dropped = {key.table_name for key in desired.objects if key.kind == "dropped_table"}
    objects: dict[Key, Definition] = {
        Key(schema=name.schema, table=name.name, kind="required_table"): RequiredTable() for name in tables
    }
    for kind in KINDS:
        if kind.catalog is not None:
            wanted = [t.oid for t in tables.values() if not kind.only_declared or t.name in dropped]
            objects.update(read_objects(session, kind.catalog, wanted))
    if dropped and archive_exists(session):
        objects[ARCHIVE_KEY] = ArchiveSchema()
    return LiveState(tables=tables, objects=objects)


def observe(session: Session, keys: Collection[Key]) -> Mapping[Key, Definition]:
    """The present definitions of a few keys, absent ones left out."""
    tables = read_tables(session, {key.table_name for key in keys if key.table})
    oids = [table.oid for table in tables.values()]
    found: dict[Key, Definition] = {}
    for kind in KINDS:
        if kind.catalog is not None and any(key.kind == kind.id for key in keys):
            found.update(read_objects(session, kind.catalog, oids))
    if ARCHIVE_KEY in keys and archive_exists(session):
        found[ARCHIVE_KEY] = ArchiveSchema()
    return {key: definition for key, definition in found.items() if key in keys}


def archive_exists(session: Session) -> bool:
    query = "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %(name)s) AS found"
    return bool(one(session.connection, query, {"name": ARCHIVE_SCHEMA})["found"])


def read_tables(session: Session, names: Iterable[TableName]) -> dict[TableName, LiveTable]:
    """The relations of these names, in the order of their names."""
    wanted = sorted(names)
    parameters = {"schemas": [name.schema for name in wanted], "names": [name.name for name in wanted]}
    found = (_table(row) for row in rows(session.connection, _TABLES, parameters))
    return {table.name: table for table in sorted(found, key=lambda table: table.name)}


def _table(row: Mapping[str, Any]) -> LiveTable:
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
        is_inherited=row["inherited"],
        columns={
            name: Column(name=name, type=type_, type_oid=oid, collation_oid=collation, not_null=not_null)
            for name, type_, oid, collation, not_null in row["columns"] or ()
        },
    )


def read_objects(session: Session, catalog: Catalog, tables: Collection[int]) -> Iterable[tuple[Key, Definition]]:
    """Every object of one kind on these tables (by oid)."""
    if not tables:
        return ()
    found = rows(session.connection, query_for(catalog, session.server.major), {"tables": list(tables)})
    return (catalog.read(row) for row in found)


def query_for(catalog: Catalog, major: int) -> str:
    """The query as this server understands it."""
    query = catalog.query
    for name, variant in catalog.variants.items():
        text = variant.if_present if has(variant.feature, major) else variant.otherwise
        query = query.replace("{" + name + "}", text)
    return query
