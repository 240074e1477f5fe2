"""The contents of the schema `reconcile_archive`: tables that a run moved but did not finish, and names that are
taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from reconciler.kinds.dropped_table.origin import UNFINISHED, Origin, read
from reconciler.model.definition import Definition
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName
from reconciler.model.retired import Moved
from reconciler.model.state import moved_key
from reconciler.postgres.session import Session, one, rows

# A role can have written the comment if it has the rights of the table's owner and USAGE on the schema.
_MOVED = f"""
    SELECT t.relname::text, obj_description(t.oid, 'pg_class') AS comment, pg_has_role(t.relowner, 'USAGE') AS owned,
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
           ARRAY(SELECT w.rolname::text FROM pg_roles w
                  WHERE pg_has_role(w.oid, t.relowner, 'USAGE') AND has_schema_privilege(w.oid, n.oid, 'USAGE')
                    AND NOT EXISTS (SELECT FROM pg_roles s
                                     WHERE (s.rolsuper OR s.rolname = current_user)
                                       AND pg_has_role(w.oid, s.oid, 'MEMBER'))
                  ORDER BY 1) AS writers
      FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname = '{ARCHIVE_SCHEMA}' AND t.relkind = 'r'
       AND position('{UNFINISHED}' IN obj_description(t.oid, 'pg_class')) > 0
     ORDER BY 1"""

_NAMES = """
    SELECT c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY (%(schemas)s) AND position(%(stamp)s IN c.relname) > 0
     UNION
    SELECT y.typname::text FROM pg_type y JOIN pg_namespace n ON n.oid = y.typnamespace
     WHERE n.nspname = ANY (%(schemas)s) AND position(%(stamp)s IN y.typname) > 0"""


def archive_exists(session: Session) -> bool:
    query = "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %(name)s) AS found"
    return bool(one(session.connection, query, {"name": ARCHIVE_SCHEMA})["found"])


def moved_tables(session: Session, tables: Collection[TableName]) -> Mapping[Key, Definition]:
    """Return those of the tables, by their original names, that a run moved to the archive but did not finish."""
    claimed: dict[TableName, list[tuple[Origin, Any]]] = {}
    for row in rows(session.connection, _MOVED):
        origin = read(row["comment"])
        if origin is not None and origin.unfinished and origin.table in tables:
            claimed.setdefault(origin.table, []).append((origin, row))
    return {moved_key(table): _moved(*claims[0], claims=len(claims)) for table, claims in sorted(claimed.items())}


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
        keys_left=tuple(sorted(name for name, _ in row["keys"])),
        unchecked_keys=tuple(sorted(name for name, validated in row["keys"] if not validated)),
    )


def names_with(session: Session, stamp: str, schema: str) -> frozenset[str]:
    """Return the names of relations and types, in the archive and in the schema, that contain the time of a run."""
    parameters = {"schemas": [ARCHIVE_SCHEMA, schema], "stamp": stamp.removesuffix("Z")}
    return frozenset(row["name"] for row in rows(session.connection, _NAMES, parameters))
