"""Reads the log of statements that people may install (`examples/ddl_log.sql`), if a trusted role owns it.

The table is only read if it is a plain table with exactly the expected columns: nothing in it can run code.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import psycopg
from psycopg import sql

from reconciler.model.change import given_name
from reconciler.model.definition import Definition
from reconciler.model.names import Key
from reconciler.postgres.session import Session, rows, set_local
from reconciler.postgres.trust import is_trusted

LOG_TABLE: Final = "reconcile_ddl_log.statement"
_LOCK_TIMEOUT_MS: Final = "1000"
_LONGEST: Final = 200

_COLUMNS: Final = (
    ("sequence", "bigint"),
    ("executed_at", "timestamp with time zone"),
    ("role", "text"),
    ("acting_as", "text"),
    ("application", "text"),
    ("command", "text"),
    ("object_type", "text"),
    ("object_identity", "text"),
)

# The first problem, or NULL. A virtual generated column would run its expression.
_PROBLEM = """
    SELECT CASE WHEN NOT {trusted_schema} THEN 'its schema belongs to a role that is not trusted'
                WHEN NOT {trusted_table} THEN 'it belongs to a role that is not trusted'
                WHEN t.relkind <> 'r' OR t.reloftype <> 0 OR {columns}::jsonb IS DISTINCT FROM (
                       SELECT jsonb_agg(jsonb_build_array(c.attname, format_type(c.atttypid, c.atttypmod))
                                        ORDER BY c.attnum)
                         FROM pg_attribute c
                        WHERE c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped AND c.attgenerated = '')
                     THEN 'it is not the table of the script'
                WHEN row_security_active(t.oid) THEN 'row security hides its rows'
                WHEN NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(t.oid, 'SELECT'))
                     THEN 'the role may not read it' END AS problem
      FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname = 'reconcile_ddl_log' AND t.relname = 'statement'"""

# The latest statement about each object: by its own name, as a constraint of its table, or about the table.
_LATEST = """
    SELECT DISTINCT ON (asked.number) asked.number::int, s.executed_at, left(s.role, %(longest)s) AS role,
           left(s.acting_as, %(longest)s) AS acting_as, left(s.application, %(longest)s) AS application,
           left(s.command, %(longest)s) AS command, left(s.object_identity, %(longest)s) AS object,
           s.object_identity <> its.whole AS own
      FROM unnest(%(schemas)s::text[], %(tables)s::text[], %(names)s::text[])
           WITH ORDINALITY AS asked (schema, "table", name, number)
     CROSS JOIN LATERAL (
             SELECT format('%%I.%%I', asked.schema, asked."table") AS whole,
                    ARRAY[format('%%I.%%I', asked.schema, asked.name),
                          format('%%I on %%I.%%I', asked.name, asked.schema, asked."table")] AS own) AS its
      JOIN ONLY reconcile_ddl_log.statement s ON s.object_identity = its.whole OR s.object_identity = ANY (its.own)
     ORDER BY asked.number, s.object_identity = its.whole, s.sequence DESC"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedStatement:
    """An entry of the log. `acting_as` is the role of SET ROLE, or empty. The client chooses the `application`.

    `own`: it is about the object itself, and not about its table."""

    at: datetime
    role: str
    acting_as: str
    application: str
    command: str
    object: str
    own: bool


def logged_statements(
    session: Session, objects: Mapping[Key, Definition | None], trusted_roles: Collection[str]
) -> tuple[Mapping[Key, LoggedStatement], str]:
    """Return the latest logged statement about each object, and why the log is not used, if there is one.

    The definitions are those of the live objects: they give the names of objects that have another identity.
    """
    try:
        return _read(session, objects, trusted_roles) if _problem(session, trusted_roles) is not None else ({}, "")
    except psycopg.errors.LockNotAvailable:
        return {}, "it is locked"


def _read(
    session: Session, objects: Mapping[Key, Definition | None], trusted_roles: Collection[str]
) -> tuple[Mapping[Key, LoggedStatement], str]:
    keys = list(objects)
    with session.connection.transaction():
        set_local(session.connection, {"lock_timeout": _LOCK_TIMEOUT_MS})
        problem = _problem(session, trusted_roles)  # a relation that cannot even be locked
        if problem == "":
            session.connection.execute(b"LOCK TABLE ONLY reconcile_ddl_log.statement IN ACCESS SHARE MODE")
            problem = _problem(session, trusted_roles)
        if problem != "":
            return {}, problem or "it was dropped"
        parameters = {
            "schemas": [key.schema for key in keys],
            "tables": [key.table for key in keys],
            "names": [given_name(key, objects[key]) for key in keys],
            "longest": _LONGEST,
        }
        found = rows(session.connection, _LATEST, parameters)
    return {keys[row["number"] - 1]: _entry(row) for row in found}, ""


def _problem(session: Session, trusted_roles: Collection[str]) -> str | None:
    """Return why the table cannot be used, or an empty string; None if it does not exist."""
    query = sql.SQL(_PROBLEM).format(
        trusted_schema=sql.SQL(is_trusted("n.nspowner", trusted_roles)),
        trusted_table=sql.SQL(is_trusted("t.relowner", trusted_roles)),
        columns=sql.Literal(json.dumps(_COLUMNS)),
    )
    found = rows(session.connection, query)
    return found[0]["problem"] or "" if found else None


def _entry(row: Mapping[str, object]) -> LoggedStatement:
    at = row["executed_at"]
    assert isinstance(at, datetime)
    text = {name: str(row[name] or "") for name in ("role", "acting_as", "application", "command", "object")}
    return LoggedStatement(at=at, own=bool(row["own"]), **text)
