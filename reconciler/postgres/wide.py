"""Finds columns that may hold values too large for an entry of a B-tree index."""

from __future__ import annotations

from collections.abc import Mapping

import psycopg

from reconciler.model.names import TableName
from reconciler.model.state import LiveState
from reconciler.postgres.session import Session, rows, set_local

# A value that is too large for an entry is too large for a row as well, and is stored apart from it, unless the column
# says otherwise: where nothing is stored apart, no value is. 664 characters of a limited type fit in any encoding.
_WIDE = """
    SELECT a.attrelid::int8 AS oid, array_agg(a.attname::text) AS names
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.oid = ANY (%(oids)s::oid[]) AND a.attnum > 0 AND NOT a.attisdropped AND a.attlen = -1
       AND NOT (a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype) AND a.atttypmod BETWEEN 4 AND 668)
       AND a.atttypid NOT IN ('numeric'::regtype, 'inet'::regtype, 'cidr'::regtype)
       AND (a.attstorage IN ('p', 'm') OR {stored_apart})
     GROUP BY a.attrelid"""

_STORED_APART = "pg_relation_size(c.reltoastrelid) > 0"
_PATIENCE = "100ms"


def wide_columns(session: Session, live: LiveState, tables: set[TableName]) -> Mapping[TableName, frozenset[str]]:
    """The columns of each of these tables, or of tables below it, that may hold such values."""
    trees = {name: [live.tables[one].oid for one in live.tree(name)] for name in tables & live.tables.keys()}
    oids = {"oids": sorted({oid for tree in trees.values() for oid in tree})}
    if not oids["oids"]:
        return {}
    try:
        with session.connection.transaction():
            set_local(session.connection, {"lock_timeout": _PATIENCE})
            found = rows(session.connection, _WIDE.format(stored_apart=_STORED_APART), oids)
    except psycopg.errors.LockNotAvailable:  # another session rewrites one of them
        found = rows(session.connection, _WIDE.format(stored_apart="true"), oids)
    names = {row["oid"]: row["names"] for row in found}
    return {table: frozenset(name for oid in tree for name in names.get(oid, ())) for table, tree in trees.items()}
