"""The contents of the schema `reconcile_archive`: tables that a run moved there, and names that are taken."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from reconciler.kinds import key_for
from reconciler.kinds.dropped_table.catalog import NAMED_EDGES, read_dependent
from reconciler.kinds.dropped_table.origin import ARCHIVED_BY, UNFINISHED, Origin, read
from reconciler.kinds.kind import Purpose
from reconciler.model.definition import Definition
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName
from reconciler.model.retired import ArchivedTable, DependentOfTable, Moved, with_entry_of
from reconciler.model.state import archived_key, moved_key
from reconciler.postgres.session import Session, one, rows
from reconciler.postgres.table_size import TABLE_BYTES

# A role can have written the comment if it has the rights of the table's owner and USAGE on the schema.
# The estimate of a partitioned table includes the partitions, which are tables of their own in the archive.
_TABLES = f"""
    SELECT t.relname::text, t.relkind::text,
           CASE t.relkind WHEN 'p' THEN 0 ELSE t.reltuples::int8 END AS rows,
           {TABLE_BYTES} AS bytes,
           obj_description(t.oid, 'pg_class') AS comment, pg_has_role(t.relowner, 'USAGE') AS owned,
           ARRAY(SELECT i.relname::text FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
                  WHERE x.indrelid = t.oid) AS indexes,
           ARRAY(SELECT s.relname::text FROM pg_depend o JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S'
                  WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass
                    AND o.refobjid = t.oid AND o.deptype IN ('a', 'i')) AS sequences,
           ARRAY(SELECT jsonb_build_array(fn.nspname, ft.relname)
                   FROM pg_constraint c JOIN pg_class ft ON ft.oid = c.confrelid
                   JOIN pg_namespace fn ON fn.oid = ft.relnamespace
                  WHERE c.conrelid = t.oid AND c.contype = 'f' AND c.confrelid <> t.oid) AS "references",
           ARRAY(SELECT jsonb_build_array(c.conname, c.convalidated) FROM pg_constraint c
                  WHERE c.conrelid = t.oid AND c.contype = 'f' AND c.confrelid <> t.oid AND c.conparentid = 0
                  ORDER BY c.conname) AS keys,
           EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = t.oid) AS attached,
           ARRAY(SELECT w.rolname::text FROM pg_roles w
                  WHERE pg_has_role(w.oid, t.relowner, 'USAGE') AND has_schema_privilege(w.oid, n.oid, 'USAGE')
                    AND NOT EXISTS (SELECT FROM pg_roles s
                                     WHERE (s.rolsuper OR s.rolname = current_user)
                                       AND pg_has_role(w.oid, s.oid, 'MEMBER'))
                  ORDER BY 1) AS writers
      FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname = '{ARCHIVE_SCHEMA}' AND t.relkind IN ('r', 'p')
       AND position(%(mark)s IN obj_description(t.oid, 'pg_class')) > 0
     ORDER BY 1"""

_DEPENDENTS = f"""
    SELECT t.relname::text,
           (SELECT jsonb_agg(found ORDER BY found ->> 'description') FROM ({NAMED_EDGES}) AS edges) AS dependents
      FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname = '{ARCHIVE_SCHEMA}' AND t.relname = ANY (%(names)s)"""

_TIME = re.compile(r"__(\d{8}T\d{6})Z\Z")

_NAMES = """
    SELECT c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY (%(schemas)s) AND position(%(stamp)s IN c.relname) > 0
     UNION
    SELECT y.typname::text FROM pg_type y JOIN pg_namespace n ON n.oid = y.typnamespace
     WHERE n.nspname = ANY (%(schemas)s) AND position(%(stamp)s IN y.typname) > 0"""

_TAKEN = """
    SELECT c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = %(schema)s AND c.relname = ANY (%(names)s)
     UNION
    SELECT y.typname::text FROM pg_type y JOIN pg_namespace n ON n.oid = y.typnamespace
     WHERE n.nspname = %(schema)s AND y.typname = ANY (%(names)s)"""


def comment_of(session: Session, table: TableName) -> str | None:
    """Return the comment of a table in the archive; None if it has none, or does not exist."""
    query = """SELECT obj_description(t.oid, 'pg_class') AS comment
                 FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
                WHERE n.nspname = %(schema)s AND t.relname = %(name)s"""
    found = rows(session.connection, query, table._asdict())
    return found[0]["comment"] if found else None


def archive_exists(session: Session) -> bool:
    return schema_exists(session, ARCHIVE_SCHEMA)


def moved_tables(session: Session, tables: Collection[TableName]) -> Mapping[Key, Definition]:
    """Return those of the tables, by their original names, that a run moved to the archive but did not finish."""
    claimed: dict[TableName, list[tuple[Origin, Any]]] = {}
    for row in rows(session.connection, _TABLES, {"mark": UNFINISHED}):
        origin = read(row["comment"])
        if origin is not None and origin.unfinished and origin.table in tables:
            claimed.setdefault(origin.table, []).append((origin, row))
    return {moved_key(table): _moved(*claims[0], claims=len(claims)) for table, claims in sorted(claimed.items())}


def archived_tables(session: Session) -> Mapping[Key, ArchivedTable]:
    """Return the tables in the archive whose comments say where they come from."""
    found = ((read(row["comment"]), row) for row in rows(session.connection, _TABLES, {"mark": ARCHIVED_BY}))
    return {
        archived_key(row["relname"]): ArchivedTable(
            name=row["relname"],
            moved=_moved(origin, row, claims=1),
            at=time_in(row["relname"]),
            rows=row["rows"],
            bytes=row["bytes"],
            unfinished=origin.unfinished,
            attached=row["attached"],
        )
        for origin, row in found
        if origin is not None
    }


def retired_tables(session: Session, tables: Collection[TableName]) -> Mapping[Key, ArchivedTable]:
    """Return the tables in the archive that come from these, or were archived with them as their partitions and
    inheritance children, if the runs that moved them completed, as tables to drop."""
    found = [one for one in archived_tables(session).values() if not one.unfinished]
    retired = [one for one in found if with_entry_of(one, tables, found) is not None]
    dependents = dependents_in_archive(session, [one.name for one in retired])
    return {
        key_for(Purpose.DROPS_TABLE, TableName(schema=ARCHIVE_SCHEMA, name=one.name)): replace(
            one, dependents=dependents.get(one.name, ())
        )
        for one in retired
    }


def dependents_in_archive(session: Session, names: Collection[str]) -> Mapping[str, tuple[DependentOfTable, ...]]:
    """Return the objects that depend on each of these tables in the archive."""
    found = rows(session.connection, _DEPENDENTS, {"names": sorted(names)}) if names else []
    return {row["relname"]: tuple(map(read_dependent, row["dependents"] or ())) for row in found}


def time_in(name: str) -> datetime | None:
    """Return the time of the run in the name of a table in the archive."""
    found = _TIME.search(name)
    with suppress(ValueError):
        return datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC) if found else None
    return None


def schema_exists(session: Session, schema: str) -> bool:
    query = "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %(name)s) AS found"
    return bool(one(session.connection, query, {"name": schema})["found"])


def taken_names(session: Session, schema: str, names: Collection[str]) -> frozenset[str]:
    """Return those of the names that relations or types in the schema have."""
    parameters = {"schema": schema, "names": sorted(names)}
    return frozenset(row["name"] for row in rows(session.connection, _TAKEN, parameters))


def _moved(origin: Origin, row: Mapping[str, Any], *, claims: int) -> Moved:
    """Return the table, with those of its existing parts that the comment names."""
    indexes = {old: new for old, new in origin.renamed.items() if new in row["indexes"]}
    sequences = {old: new for old, new in origin.renamed.items() if new in row["sequences"]}
    names = {origin.table.name: row["relname"], **indexes, **sequences}
    return Moved(
        table=origin.table,
        comment=origin.comment,
        indexes=tuple(sorted(indexes)),
        sequences=tuple(sorted(sequences)),
        renamed=tuple(sorted(names.items())),
        references=tuple(sorted({TableName(schema=schema, name=name) for schema, name in row["references"]})),
        owned=row["owned"],
        writers=tuple(row["writers"]),
        claims=claims,
        foreign_keys=origin.foreign_keys,
        parents=origin.parents,
        is_partitioned=row["relkind"] == "p",
        archived_with=origin.archived_with,
        keys_left=tuple(sorted(name for name, _ in row["keys"])),
        unchecked_keys=tuple(sorted(name for name, validated in row["keys"] if not validated)),
    )


def names_with(session: Session, stamp: str, schema: str) -> frozenset[str]:
    """Return the names of relations and types, in the archive and in the schema, that contain the time of a run."""
    parameters = {"schemas": [ARCHIVE_SCHEMA, schema], "stamp": stamp.removesuffix("Z")}
    return frozenset(row["name"] for row in rows(session.connection, _NAMES, parameters))
