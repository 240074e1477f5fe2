"""Functions in new checks and indexes that the server would not execute. A check is validated as the session's role, an
index is built as the owner of its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.kinds.base.ddl import name, text_of
from reconciler.kinds.base.expressions import tokens
from reconciler.model.change import Action, Change
from reconciler.model.names import TableName
from reconciler.model.plan import Refusal
from reconciler.planning.refusals import missing_privilege
from reconciler.postgres.session import Session, rows

# Another function of the name may be the one that is meant.
_NOT_EXECUTABLE = """
    SELECT w.number::int AS number, p.oid::regprocedure::text AS function, pg_get_userbyid(r.oid)::text AS role
      FROM unnest(%(schemas)s::text[], %(names)s::text[], %(tables)s::oid[], %(as_owner)s::bool[])
           WITH ORDINALITY AS w (schema, name, "table", as_owner, number)
      JOIN pg_namespace n ON n.nspname = w.schema
      JOIN pg_proc p ON p.pronamespace = n.oid AND p.proname = w.name
      JOIN pg_class t ON t.oid = w."table"
      JOIN pg_roles r ON CASE WHEN w.as_owner THEN r.oid = t.relowner ELSE r.rolname = current_user END
     WHERE NOT EXISTS (SELECT FROM pg_proc q WHERE q.pronamespace = n.oid AND q.proname = w.name
                                                AND has_function_privilege(r.oid, q.oid, 'EXECUTE'))
     ORDER BY 1, 2"""


def called_names(change: Change) -> list[TableName]:
    """The schemas and names of the functions that a new definition names. The server prints a schema for all but those
    of `pg_catalog`."""
    if change.after is None or change.action in (Action.DROP, Action.RENAME):
        return []
    found = (one for text in change.after.expressions() for one in _called(text))
    return list(dict.fromkeys(found))


def _called(expression: str) -> Iterator[TableName]:
    read = [(kind, text) for kind, text in tokens(expression) if text.strip()]
    for schema, dot, function, opening in zip(read, read[1:], read[2:], read[3:], strict=False):
        if dot[1] == "." and opening[1] == "(" and {schema[0], function[0]} <= {"word", "name"}:
            yield TableName(schema=_raw(schema[1]), name=_raw(function[1]))


def _raw(token: str) -> str:
    return token[1:-1].replace('""', '"') if token.startswith('"') else token.lower()


def not_executable(session: Session, changes: Sequence[Change], oids: Sequence[int]) -> Iterator[Refusal]:
    """A refusal for each function that a role lacks EXECUTE on. `oids` are those of the tables of the changes."""
    called = [(change, oid, one) for change, oid in zip(changes, oids, strict=True) for one in called_names(change)]
    if not called:
        return
    parameters = {
        "schemas": [one.schema for _, _, one in called],
        "names": [one.name for _, _, one in called],
        "tables": [oid for _, oid, _ in called],
        "as_owner": [change.key.kind != "check" for change, _, _ in called],
    }
    for row in rows(session.connection, _NOT_EXECUTABLE, parameters):
        change, _, _ = called[row["number"] - 1]
        role, function = row["role"], row["function"]
        grant = f"GRANT EXECUTE ON FUNCTION {function} TO {text_of(name(role))};"
        cause = f"role {role} may not execute {function}, which {change.key} calls"
        yield missing_privilege(change.key, change.place, cause, f"run {grant}")
