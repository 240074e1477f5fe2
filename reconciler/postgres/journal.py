"""The journal's table and function: how they are made, and whether what has their name is exactly ours.

Plain SQL objects that a DBA reads and writes without the tool. Rows are only ever added.
"""

from __future__ import annotations

from psycopg import sql

from reconciler.model.names import JOURNAL_FUNCTION, JOURNAL_TABLE, display
from reconciler.postgres.session import Session, one

# Each with its type, whether it is not null, and its default as PostgreSQL prints it.
_COLUMNS = (
    ("id", "uuid", True, "gen_random_uuid()"),
    ("sequence", "bigint", True, "identity"),
    ("migration_name", "text", True, None),
    ("step_name", "text", True, None),
    ("status", "text", True, None),
    ("rows_affected", "bigint", False, None),
    ("error_message", "text", False, None),
    ("metadata", "jsonb", True, "'{}'::jsonb"),
    ("executed_at", "timestamp with time zone", True, "clock_timestamp()"),
)
_CONSTRAINTS = (
    "CHECK ((status = ANY (ARRAY['started'::text, 'completed'::text, 'failed'::text, 'skipped'::text])))",
    "PRIMARY KEY (id)",
)

_TABLE = """CREATE TABLE {table} (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    migration_name text NOT NULL,
    step_name text NOT NULL,
    status text NOT NULL CHECK (status IN ('started', 'completed', 'failed', 'skipped')),
    rows_affected bigint,
    error_message text,
    metadata jsonb NOT NULL DEFAULT '{{}}',
    executed_at timestamp with time zone NOT NULL DEFAULT clock_timestamp()
)"""

_BODY = """
    INSERT INTO {table} (migration_name, step_name, status, rows_affected, error_message, metadata)
    VALUES ($1, $2, $3, $4, $5, coalesce($6, '{{}}'))
    RETURNING id
"""

_FUNCTION = """CREATE FUNCTION {function}(
    migration_name text,
    step_name text,
    status text DEFAULT 'started',
    rows_affected bigint DEFAULT NULL,
    error_message text DEFAULT NULL,
    metadata jsonb DEFAULT '{{}}'
) RETURNS uuid LANGUAGE sql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS {body}"""

_TABLE_COMMENT = (
    "What reconcile, and scripts that call log_migration_step, did to this database. Rows are only added."
)


def create_statements(schema: str) -> tuple[str, ...]:
    """The statements that make the journal in `schema`, without closing semicolons."""
    table = sql.Identifier(schema, JOURNAL_TABLE)
    function = sql.Identifier(schema, JOURNAL_FUNCTION)
    statements = (
        sql.SQL(_TABLE).format(table=table),
        sql.SQL("COMMENT ON TABLE {} IS {}").format(table, sql.Literal(_TABLE_COMMENT)),
        sql.SQL(_FUNCTION).format(function=function, body=sql.Literal(_body(schema))),
    )
    return tuple(statement.as_string(None) for statement in statements)


def _body(schema: str) -> str:
    return sql.SQL(_BODY).format(table=sql.Identifier(schema, JOURNAL_TABLE)).as_string(None)


_LOOK = """
    SELECT t.relkind::text, t.relrowsecurity OR t.relforcerowsecurity AS row_security,
           EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = t.oid AND NOT g.tgisinternal) AS triggers,
           EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = t.oid) AS rules,
           t.relpersistence::text,
           ARRAY(SELECT jsonb_build_array(a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                                          CASE WHEN a.attidentity <> '' THEN 'identity'
                                               ELSE pg_get_expr(d.adbin, d.adrelid) END)
                   FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                  WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns,
           ARRAY(SELECT pg_get_constraintdef(c.oid) FROM pg_constraint c
                  WHERE c.conrelid = t.oid AND c.contype <> 'n' ORDER BY 1) AS constraints,
           EXISTS (SELECT FROM pg_index x
                    WHERE x.indrelid = t.oid AND NOT x.indisprimary
                      AND (x.indisunique OR x.indexprs IS NOT NULL OR x.indpred IS NOT NULL)) AS rejecting_index,
           (SELECT count(*) FROM pg_proc p WHERE p.pronamespace = n.oid AND p.proname = %(function)s) AS functions,
           (SELECT jsonb_build_object('source', p.prosrc, 'definer', p.prosecdef, 'config', p.proconfig,
                                      'arguments', oidvectortypes(p.proargtypes), 'language', l.lanname)
              FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
             WHERE p.pronamespace = n.oid AND p.proname = %(function)s LIMIT 1) AS function
      FROM (SELECT) AS nothing
      LEFT JOIN pg_namespace n ON n.nspname = %(schema)s
      LEFT JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = %(table)s"""


def journal_exists(session: Session, schema: str) -> bool:
    """Whether the journal is there. A schema without it, or no such schema, is no journal."""
    query = "SELECT to_regclass(%(name)s) IS NOT NULL AS found"
    name = sql.Identifier(schema, JOURNAL_TABLE).as_string(None)
    return bool(one(session.connection, query, {"name": name})["found"])


def objection(session: Session, schema: str) -> str | None:
    """Why what has the journal's names in `schema` is not exactly ours; None if it is, or nothing is there."""
    found = one(session.connection, _LOOK, {"schema": schema, "table": JOURNAL_TABLE, "function": JOURNAL_FUNCTION})
    table, function = (f"{display(schema)}.{name}" for name in (JOURNAL_TABLE, JOURNAL_FUNCTION))
    if found["relkind"] is None and not found["functions"]:
        return None
    if found["relkind"] is None:
        return f"a function {function} exists without the table {table}"
    if found["relkind"] != "r" or tuple(map(tuple, found["columns"])) != _COLUMNS:
        return f"{table} is not the journal's table: it has other columns or defaults, or is no table"
    if found["relpersistence"] != "p":
        return f"{table} is not logged, which the journal's table is: a crash would empty it"
    if tuple(found["constraints"]) != _CONSTRAINTS or found["rejecting_index"]:
        return f"{table} has other constraints or unique indexes than the journal's table, or lacks them"
    if found["row_security"] or found["triggers"] or found["rules"]:
        return f"{table} has triggers, rules or row security, which the journal's table has not"
    expected = {
        "source": _body(schema),
        "definer": False,
        "config": ["search_path=pg_catalog, pg_temp"],
        "arguments": "text, text, text, bigint, text, jsonb",
        "language": "sql",
    }
    if found["functions"] != 1 or found["function"] != expected:
        return f"{function} is not the journal's function: its arguments, body or settings are others"
    return None
