"""Returns the content of a database as text: tables with row counts, constraints, indexes, comments, grants, sorted."""

from __future__ import annotations

import re
from typing import Any

import psycopg
from psycopg import sql

from tests.servers import Database

# Relations of the users' schemas, without objects of extensions and the journal.
_RELATIONS = """
    SELECT c.*, n.nspname, format('%I.%I', n.nspname, c.relname) AS name
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
       AND c.relname NOT IN ('migration_log', 'migration_log_pkey', 'migration_log_sequence_seq')
       AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = c.oid AND e.deptype = 'e')"""

_TABLES = f"SELECT name, nspname::text, relname::text FROM ({_RELATIONS}) r WHERE relkind IN ('r', 'p', 'm')"

# Attributes of an index in addition to its definition.
_MARKS = """
       coalesce((SELECT ' STATISTICS ' || jsonb_object_agg(a.attnum, a.attstattarget)::text FROM pg_attribute a
                  WHERE a.attrelid = i.oid AND a.attstattarget >= 0), '')
       || CASE WHEN x.indisclustered THEN ' CLUSTERED' ELSE '' END
       || CASE WHEN x.indisreplident THEN ' REPLICA IDENTITY' ELSE '' END"""

# Since 18 a column's not-null is a constraint with a name; the name is printed if it is not the default.
_QUERY = rf"""
WITH relation AS ({_RELATIONS})
SELECT r.name, 0 AS rank, '' AS item,
       CASE r.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'm' THEN 'materialized view'
                      WHEN 'v' THEN 'view' WHEN 'S' THEN 'sequence' ELSE 'relation' END AS line,
       obj_description(r.oid, 'pg_class') AS comment
  FROM relation r WHERE r.relkind NOT IN ('i', 'I', 'c', 't')
UNION ALL
SELECT r.name, 1, a.attname,
       format('not null %I', a.attname)
       || CASE WHEN right(c.conname, length(a.attname) + 10) <> '_' || a.attname || '_not_null'
               THEN format(' as %I', c.conname) ELSE '' END
       || CASE WHEN c.connoinherit THEN ' no inherit' ELSE '' END
       || CASE WHEN NOT c.convalidated THEN ' not valid' ELSE '' END,
       obj_description(c.oid, 'pg_constraint')
  FROM relation r
  JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND a.attnotnull AND NOT a.attisdropped
  LEFT JOIN pg_constraint c ON c.conrelid = r.oid AND c.contype = 'n' AND c.conkey = ARRAY[a.attnum]
 WHERE r.relkind IN ('r', 'p')
UNION ALL
SELECT r.name, 2, c.conname,
       format('constraint %I ', c.conname) || pg_get_constraintdef(c.oid)
       || coalesce(' WITH ' || i.reloptions::text, '') || coalesce(' TABLESPACE ' || s.spcname, '') || {_MARKS},
       obj_description(c.oid, 'pg_constraint')
  FROM relation r
  JOIN pg_constraint c ON c.conrelid = r.oid AND c.contype NOT IN ('n', 't')
  LEFT JOIN pg_class i ON i.oid = c.conindid AND c.contype IN ('p', 'u', 'x')
  LEFT JOIN pg_index x ON x.indexrelid = i.oid
  LEFT JOIN pg_tablespace s ON s.oid = i.reltablespace
UNION ALL
SELECT r.name, 3, i.relname,
       pg_get_indexdef(i.oid) || coalesce(' TABLESPACE ' || s.spcname, '')
       || CASE WHEN x.indisvalid THEN '' ELSE ' INVALID' END || {_MARKS},
       obj_description(i.oid, 'pg_class')
  FROM relation r
  JOIN pg_index x ON x.indrelid = r.oid
  JOIN pg_class i ON i.oid = x.indexrelid
  LEFT JOIN pg_tablespace s ON s.oid = i.reltablespace
 WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.oid AND c.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT r.name, 4, s.stxname,
       pg_get_statisticsobjdef(s.oid)
       || CASE WHEN s.stxstattarget >= 0 THEN ' STATISTICS ' || s.stxstattarget ELSE '' END,
       obj_description(s.oid, 'pg_statistic_ext')
  FROM relation r JOIN pg_statistic_ext s ON s.stxrelid = r.oid
UNION ALL
SELECT r.name, 5, g.grantee::regrole::text, format('grant %s to %s', g.privilege_type, g.grantee::regrole), NULL
  FROM relation r CROSS JOIN LATERAL aclexplode(r.relacl) g
 WHERE g.grantee <> r.relowner AND g.grantee <> 0
 ORDER BY 1, 2, 3, 4"""


def snapshot(database: Database) -> str:
    """Return the text. The time in an archived name is masked."""
    with database.connect(options="-c search_path=pg_catalog") as connection:
        tables = connection.execute(_TABLES.encode()).fetchall()
        rows = {name: _count(connection, schema, table) for name, schema, table in tables}
        found = connection.execute(_QUERY.encode()).fetchall()
    lines = []
    for name, rank, _, line, comment in found:
        text = f"  {line}" if rank else f"{line} {name}{rows.get(name, '')}"
        lines.append(text + (f" -- {comment}" if comment is not None else ""))
    return re.sub(r"__\d{8}T\d{6}Z", "__<time>", "\n".join(lines)) + "\n"


def _count(connection: psycopg.Connection[Any], schema: str, table: str) -> str:
    query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
    ((count,),) = connection.execute(query).fetchall()
    return f", {count} row" + ("" if count == 1 else "s")
