"""Reads the quarantine tables in the archive, and the columns of the rows that they receive."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from reconciler.kinds.base.quarantine_check import COLUMNS, SOUND
from reconciler.model.definition import Definition
from reconciler.model.encodings import has_characters
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName
from reconciler.model.repair import QUARANTINE, QuarantineTable, RowShape, origin_in, shape_key
from reconciler.postgres.locking import string_literal
from reconciler.postgres.session import Session, rows

_COMMENTS = f"""
    SELECT t.relname::text AS name, obj_description(t.oid, 'pg_class') AS comment
      FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname = '{ARCHIVE_SCHEMA}' AND starts_with(t.relname, 'q_') AND t.relkind NOT IN ('i', 'I', 'S')"""

# The comments are parsed by the tool, as anybody may have written them.
_QUARANTINES = f"""
    SELECT t.relname::text AS name, coalesce({SOUND}, false) AS sound, {COLUMNS} AS columns
      FROM unnest(%(names)s::text[], %(origin_schemas)s::text[], %(origins)s::text[]) AS wanted (name, schema, origin)
      JOIN pg_class t ON t.relname = wanted.name
      JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = '{ARCHIVE_SCHEMA}'
      LEFT JOIN (pg_class o JOIN pg_namespace m ON m.oid = o.relnamespace)
        ON m.nspname = wanted.schema AND o.relname = wanted.origin
     ORDER BY 1"""

# A domain may be over another one. Types outside pg_catalog belong to users or extensions.
_SHAPES = """
    SELECT n.nspname::text AS schema, t.relname::text AS name,
           ARRAY(SELECT ARRAY[a.attname::text,
                              CASE WHEN y.typnamespace = 'pg_catalog'::regnamespace
                                   THEN format_type(base.type, base.modifier) ELSE 'text' END]
                   FROM pg_attribute a
                   CROSS JOIN LATERAL (
                     WITH RECURSIVE domains (type, modifier, level) AS (
                       SELECT a.atttypid, a.atttypmod, 0
                        UNION ALL
                       SELECT d.typbasetype, d.typtypmod, domains.level + 1
                         FROM domains JOIN pg_type d ON d.oid = domains.type AND d.typtype = 'd')
                     SELECT type, modifier FROM domains ORDER BY level DESC LIMIT 1) AS base
                   JOIN pg_type y ON y.oid = base.type
                  WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) AS wanted (nspname, relname)
      JOIN pg_namespace n ON n.nspname = wanted.nspname
      JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = wanted.relname"""


def quarantine_tables(session: Session) -> Mapping[Key, Definition]:
    """Return the relations of the archive that have a name like that of a quarantine table."""
    encoding = session.server.info.encoding
    origins = {
        row["name"]: _known(origin_in(row["comment"] or ""), encoding)
        for row in rows(session.connection, _COMMENTS)
    }
    parameters = {
        "names": list(origins),
        "origin_schemas": [one and one.schema for one in origins.values()],
        "origins": [one and one.table for one in origins.values()],
    }
    return {
        Key(schema=ARCHIVE_SCHEMA, table=row["name"], kind=QUARANTINE): QuarantineTable(
            pairs=_pairs(row["columns"]), origin=origins[row["name"]], sound=row["sound"]
        )
        for row in rows(session.connection, _QUARANTINES, parameters)
    }


def _known(origin: Key | None, encoding: str) -> Key | None:
    """Return the origin, None if the database cannot have such a name."""
    if origin is None or "\0" in "".join(origin) or not has_characters(encoding, "".join(origin)):
        return None
    return origin


def row_shapes(session: Session, tables: Collection[TableName]) -> Mapping[Key, Definition]:
    """Return the columns with which the rows of these tables are kept."""
    named = sorted(tables)
    parameters = {"schemas": [one.schema for one in named], "names": [one.name for one in named]}
    return {
        shape_key(TableName(schema=row["schema"], name=row["name"])): RowShape(pairs=_pairs(row["columns"]))
        for row in rows(session.connection, _SHAPES, parameters)
    }


_ROOTS = """
    SELECT DISTINCT m.nspname::text AS schema, r.relname::text AS name, r.oid::int8 AS oid
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) AS wanted (nspname, relname)
      JOIN pg_namespace n ON n.nspname = wanted.nspname
      JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = wanted.relname
      JOIN pg_class r ON r.oid = coalesce(pg_partition_root(t.oid), t.oid)
      JOIN pg_namespace m ON m.oid = r.relnamespace"""


def root_oids(session: Session, tables: Collection[TableName]) -> Mapping[str, int]:
    """Return the oids of the tables by their names; of partitions, those of the partitioned tables at the top."""
    named = sorted(tables)
    parameters = {"schemas": [one.schema for one in named], "names": [one.name for one in named]}
    return {
        str(TableName(schema=row["schema"], name=row["name"])): row["oid"]
        for row in rows(session.connection, _ROOTS, parameters)
    }


_DISPLAYED = """
    CASE WHEN {name} ~ '^[a-z_][a-z0-9_$]*$' THEN {name} ELSE concat('"', replace({name}, '"', '""'), '"') END"""


def recorded_tables(database_id: str, tables: Collection[TableName]) -> str:
    """Return an SQL expression for what the entries of a repair of these tables say about them, as `root_oids` does."""
    named = sorted(set(tables))
    schemas, names = (f"ARRAY[{', '.join(map(string_literal, texts))}]" for texts in zip(*named, strict=True))
    roots = _ROOTS % {"schemas": schemas, "names": names}
    schema, name = (_DISPLAYED.format(name=column) for column in ("root.schema", "root.name"))
    return (
        f"(SELECT jsonb_build_object('tables', jsonb_build_object('database', {string_literal(database_id)},"
        f" 'oids', jsonb_object_agg(concat({schema}, '.', {name}), root.oid)))\n  FROM ({roots}) AS root)"
    )


def _pairs(columns: Any) -> tuple[tuple[str, str], ...]:
    return tuple((name, type_) for name, type_ in columns)
