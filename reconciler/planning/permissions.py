"""What the session's role would lack to carry out a plan: looked up before the first step, not found out half-way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.kinds.dropped_table.definition import DroppedTable, Moved
from reconciler.kinds.sql.ddl import Sql, name, relation, text_of
from reconciler.model.change import Action, Change
from reconciler.model.names import ARCHIVE_SCHEMA, JOURNAL_TABLE, Key, Place, TableName
from reconciler.model.plan import Refusal
from reconciler.model.state import ARCHIVE_KEY, LiveState
from reconciler.postgres.session import Session, one

_JOURNAL = """
    SELECT n.oid IS NOT NULL AS schema_exists,
           coalesce(has_schema_privilege(n.oid, 'USAGE'), false) AS usable,
           coalesce(has_schema_privilege(n.oid, 'CREATE'), false) AS writable,
           t.oid IS NOT NULL AS table_exists,
           coalesce(has_table_privilege(t.oid, 'INSERT'), false) AS insertable
      FROM (SELECT) AS nothing
      LEFT JOIN pg_namespace n ON n.nspname = %(schema)s
      LEFT JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = %(table)s"""

_ARCHIVE = """
    SELECT has_schema_privilege(%(schema)s, 'USAGE') AND has_schema_privilege(%(schema)s, 'CREATE') AS writable"""


def missing_rights(
    session: Session, changes: Sequence[Change], live: LiveState, journal_schema: str
) -> Iterator[Refusal]:
    """A refusal for each right that is missing, none twice."""
    role = session.server.info.user
    seen: set[tuple[str, str]] = set()
    for change in changes:
        for what, remedy in _lacking(change, live, role):
            if (what, remedy) not in seen:
                seen.add((what, remedy))
                yield _refusal(change.key, change.place, f"role {role} {what}", remedy)
    if any(_moves(change) for change in changes):
        yield from _archive_rights(session, live, role)
    if changes:
        yield from _journal_rights(session, journal_schema, role)


def _moves(change: Change) -> bool:
    return isinstance(change.after, DroppedTable) and change.after.moves


def _archive_rights(session: Session, live: LiveState, role: str) -> Iterator[Refusal]:
    if ARCHIVE_KEY not in live.objects:
        if not session.server.may_create_schema:
            database = session.server.info.database
            yield _refusal(
                None,
                None,
                f"role {role} may not create the schema {ARCHIVE_SCHEMA}",
                f"run {_grant('CREATE ON DATABASE', name(database), role)} or create the schema for the role",
            )
    elif not one(session.connection, _ARCHIVE, {"schema": ARCHIVE_SCHEMA})["writable"]:
        remedy = f"run {_grant('USAGE, CREATE ON SCHEMA', name(ARCHIVE_SCHEMA), role)}"
        yield _refusal(None, None, f"role {role} may not move tables to {ARCHIVE_SCHEMA}", remedy)


def _lacking(change: Change, live: LiveState, role: str) -> Iterator[tuple[str, str]]:
    table = live.tables.get(change.key.table_name)
    if table is None:
        if isinstance(change.before, Moved) and not change.before.owned:
            owned = f"the table that was moved from {change.key.table_name} to {ARCHIVE_SCHEMA}"
            yield f"does not own {owned}", "run as its owner, or as a member of that role"
        return
    others = sorted({key.table_name for key in change.also_altered} & set(live.tables))
    for touched in (table, *live.below(table.name), *(live.tables[other] for other in others)):
        if not touched.owned:
            yield f"does not own {touched.name}", f"run as the owner of {touched.name}, or as a member of its role"
    if _moves(change) and not table.schema_writable:
        schema = change.key.schema
        remedy = f"run {_grant('CREATE ON SCHEMA', name(schema), role)}"
        yield f"may not rename tables in schema {schema}, nor move them back", remedy
    makes_relation = (
        change.key.kind in ("index", "unique", "primary_key", "exclusion") and change.action is not Action.DROP
    )
    parts = live.below(table.name) if table.is_partitioned else ()
    for indexed in (table, *parts) if makes_relation else ():
        if not indexed.schema_writable:
            schema = indexed.name.schema
            remedy = f"run {_grant('CREATE ON SCHEMA', name(schema), role)}"
            yield f"may not create an index in schema {schema}", remedy
    reference = change.after.reference() if change.after else None
    referred = table.name if change.also_altered else reference[0] if reference else None
    if referred is not None and not live.tables[referred].referable:
        yield f"may not refer to {referred}", f"run {_grant('REFERENCES ON', relation(referred), role)}"


def _journal_rights(session: Session, schema: str, role: str) -> Iterator[Refusal]:
    found = one(session.connection, _JOURNAL, {"schema": schema, "table": JOURNAL_TABLE})
    remedy = (
        f"run {_grant('USAGE, CREATE ON SCHEMA', name(schema), role)} or name another schema in policy.journal_schema: "
        "since PostgreSQL 15 nobody may create in public by default"
    )
    if not found["schema_exists"]:
        yield _refusal(
            None,
            None,
            f"the schema {schema} for the journal does not exist",
            "create it, or correct policy.journal_schema",
        )
    elif not found["usable"] or (not found["table_exists"] and not found["writable"]):
        yield _refusal(None, None, f"role {role} may not create {JOURNAL_TABLE} in schema {schema}", remedy)
    elif found["table_exists"] and not found["insertable"]:
        yield _refusal(
            None,
            None,
            f"role {role} may not write to {schema}.{JOURNAL_TABLE}",
            f"run {_grant('SELECT, INSERT ON', relation(TableName(schema=schema, name=JOURNAL_TABLE)), role)}",
        )


def _grant(privileges: str, on: Sql, role: str) -> str:
    """A complete statement."""
    return f"GRANT {privileges} {text_of(on)} TO {text_of(name(role))};"


def _refusal(key: Key | None, place: Place | None, cause: str, remedy: str) -> Refusal:
    return Refusal(rule="missing-privilege", key=key, place=place, cause=cause, remedy=remedy)
