"""The journal's table and function: how they are created, and how entries are written.

They are plain SQL objects that a DBA can read and write without the tool. Rows are only ever added.
"""

from __future__ import annotations

from psycopg import sql

from reconciler.model.names import JOURNAL_FUNCTION, JOURNAL_TABLE
from reconciler.postgres.own import do
from reconciler.postgres.trust import GRANTEE

# Each column with its type, whether it is not null, and its default as PostgreSQL prints it.
COLUMNS = (
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
CONSTRAINTS = (
    "CHECK ((status = ANY (ARRAY['started'::text, 'completed'::text, 'failed'::text, 'skipped'::text])))",
    "PRIMARY KEY (id)",
)

FUNCTION_ARGUMENTS = (
    "migration_name text, step_name text, status text DEFAULT 'started'::text, "
    "rows_affected bigint DEFAULT NULL::bigint, error_message text DEFAULT NULL::text, "
    "metadata jsonb DEFAULT '{}'::jsonb"
)
"""The arguments and results as PostgreSQL prints them."""

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
    "Changes that reconcile, and scripts that call log_migration_step, made to this database. Rows are only added."
)


# Default privileges of the role that creates the table may have granted privileges on it to other roles.
_REVOKE = f"""DECLARE
    granted record;
BEGIN
    FOR granted IN
        SELECT DISTINCT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind, c.oid::regclass AS relation,
               grantee.name
          FROM pg_class c, aclexplode(c.relacl) a, {GRANTEE}
         WHERE c.oid IN ({{table}}::regclass, pg_get_serial_sequence({{table}}, 'sequence')::regclass)
           AND a.grantee <> c.relowner
    LOOP
        EXECUTE format('REVOKE ALL ON %s %s FROM %s', granted.kind, granted.relation, granted.name);
    END LOOP;
END"""


def create_statements(schema: str) -> tuple[str, ...]:
    """Return the statements that create the journal in `schema`, without closing semicolons. Except for DO
    statements, they mean the same under any search path that has `pg_catalog` first."""
    table = sql.SQL(qualified(schema))
    statements = (
        sql.SQL(_TABLE).format(table=table),
        sql.SQL("COMMENT ON TABLE {} IS {}").format(table, sql.Literal(_TABLE_COMMENT)),
    )
    revoke = revoke_statement(qualified(schema))
    return (*(statement.as_string(None) for statement in statements), function_statement(schema), revoke)


def revoke_statement(table: str) -> str:
    """Return the statement that revokes what other roles got by default on a new table of the tool."""
    return do(sql.SQL(_REVOKE).format(table=sql.Literal(table)).as_string(None))


def qualified(schema: str, table: str = JOURNAL_TABLE) -> str:
    """Return the journal's table, or another one of the tool, in SQL."""
    return sql.Identifier(schema, table).as_string(None)


def function_statement(schema: str) -> str:
    """Return the statement that creates the function, which the tool itself never calls."""
    function = sql.Identifier(schema, JOURNAL_FUNCTION)
    return sql.SQL(_FUNCTION).format(function=function, body=sql.Literal(function_body(schema))).as_string(None)


def function_body(schema: str) -> str:
    """Return the source text of the function, as pg_proc stores it."""
    return sql.SQL(_BODY).format(table=sql.SQL(qualified(schema))).as_string(None)


def journal_lock_statement(schema: str, *, write: bool, table: str = JOURNAL_TABLE) -> str:
    """Return the statement that keeps the table unchanged until the transaction ends; it needs only the rights to
    use it."""
    return f"LOCK TABLE ONLY {qualified(schema, table)} IN {'ROW EXCLUSIVE' if write else 'ACCESS SHARE'} MODE"
