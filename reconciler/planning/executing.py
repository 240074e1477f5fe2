"""Functions in new checks and indexes that the server would not execute. A check is validated as the session's
role; an index is built as the owner of its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.kinds.base.ddl import name, text_of
from reconciler.kinds.base.expressions import tokens
from reconciler.model.change import Action, Change
from reconciler.model.definition import has_index
from reconciler.model.facts import Answers
from reconciler.model.facts.rights import MayExecute
from reconciler.model.names import TableName
from reconciler.model.plan import Refusal
from reconciler.planning.refusals import missing_privilege


def called_names(change: Change) -> list[TableName]:
    """Return the schemas and names of the functions that a new definition calls. The server prints a schema for all
    functions except those of `pg_catalog`."""
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


def not_executable(answers: Answers, changes: Sequence[Change], oids: Sequence[int]) -> Iterator[Refusal]:
    """Return a refusal for each function on which a role lacks EXECUTE. `oids` are those of the tables of the
    changes."""
    called = [(change, oid, one) for change, oid in zip(changes, oids, strict=True) for one in called_names(change)]
    wanted = (MayExecute(function=one, table=oid, as_owner=has_index(change.after)) for change, oid, one in called)
    for (change, _, _), found in zip(called, answers.of(wanted), strict=True):
        for one in found:
            grant = f"GRANT EXECUTE ON FUNCTION {one.function} TO {text_of(name(one.role))};"
            cause = f"role {one.role} may not execute {one.function}, which {change.key} calls"
            yield missing_privilege(change.key, change.place, cause, f"run {grant}")
