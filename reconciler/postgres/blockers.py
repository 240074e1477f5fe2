"""Describes the sessions that block others."""

from __future__ import annotations

import psycopg

from reconciler.model.controls import shown
from reconciler.model.names import TableName
from reconciler.model.time_text import SQL_UTC_TEXT

BLOCKER = f"""
    CASE WHEN pid = 0 THEN 'a prepared transaction (pg_prepared_xacts)'
         WHEN b.usename IS NULL
         THEN format('process %%s of the server (%%s)', pid, coalesce(b.backend_type, '?'))
         ELSE format('process %%s of role %%s (%%s, in transaction since %%s)', pid, b.usename,
                     coalesce(nullif(b.application_name, ''), 'no name'),
                     coalesce({SQL_UTC_TEXT.format("b.xact_start")}, '?')) END"""
"""SQL for the text about the session `pid`, with `pg_stat_activity` as `b`, in a query that has parameters."""

# Queries only take ACCESS SHARE locks, which conflict with ACCESS EXCLUSIVE alone.
_HOLDERS = f"""
    SELECT n.nspname::text AS schema, c.relname::text AS name, {BLOCKER} AS session
      FROM (SELECT DISTINCT coalesce(pid, 0) AS pid, relation
              FROM pg_locks
             WHERE locktype = 'relation' AND mode = 'AccessExclusiveLock' AND granted
               AND pid IS DISTINCT FROM pg_backend_pid()
               AND database IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))) AS held
      JOIN pg_class c ON c.oid = held.relation
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_stat_activity b USING (pid)
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_(temp|toast)'
     ORDER BY pid, 1, 2
     LIMIT %(most)s"""
_MOST = 3


def holders(connection: psycopg.Connection[dict[str, object]]) -> str:
    """Return which sessions hold an ACCESS EXCLUSIVE lock now, and on which tables; empty if none does, or the server
    does not say so at once."""
    try:
        with connection.transaction():
            connection.execute("SET LOCAL lock_timeout = '1s'")
            found = connection.execute(_HOLDERS, {"most": _MOST}).fetchall()
    except psycopg.Error:
        return ""
    return "; ".join(
        shown(f"{row['session']} has locked {TableName(schema=str(row['schema']), name=str(row['name']))}")
        for row in found
    )
