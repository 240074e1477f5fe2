"""What the SQL of new objects names in other schemas, and the functions in it that the server would not execute.

A check is validated as the session's role; an index is built as the owner of its table. Statistics evaluate nothing
when they are created.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reconciler.kinds.base.ddl import name, text_of
from reconciler.kinds.base.expressions import tokens
from reconciler.model.change import Action, Change
from reconciler.model.definition import Definition, has_index
from reconciler.model.facts import Answers
from reconciler.model.facts.rights import Holds, MayExecute
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Refusal
from reconciler.model.state import LiveState
from reconciler.planning.completion import is_replaced
from reconciler.planning.refusals import missing_privilege


def is_written(change: Change, live: LiveState) -> bool:
    """Whether a statement contains the new definition, so that the server looks up the names in it."""
    if change.after is None or change.action in (Action.DROP, Action.RENAME):
        return False
    return change.before is None or is_replaced(change, live)


def schemas_named_in(definition: Definition, table: str) -> list[str]:
    """Return the schemas that a definition on the table names: of operator classes, collations and operators, and
    in its expressions, where the name of the table may precede its columns."""
    found = (one for text in definition.expressions() for one in schemas_in(text, table))
    return list(dict.fromkeys([*definition.named_schemas(), *found]))


def schema_grants(answers: Answers, definition: Definition, key: Key, role: str) -> list[str]:
    """Return the statements that let the role use the schemas which a definition names."""
    named = schemas_named_in(definition, key.table)
    held = answers.of(Holds(privilege="USAGE", schema=one) for one in named)
    lacking = [one for one, is_held in zip(named, held, strict=True) if not is_held]
    return [f"GRANT USAGE ON SCHEMA {text_of(name(one))} TO {text_of(name(role))};" for one in lacking]


def schemas_in(expression: str, table: str) -> Iterator[str]:
    """Return the names before a point, except that of the table before a column."""
    read = [(kind, text) for kind, text in tokens(expression) if text.strip()]
    before = ["", *(text for _, text in read)]
    calls = {id(schema) for schema, _ in _calls(read)}
    for previous, one, dot in zip(before, read, read[1:], strict=False):
        if dot[1] == "." and previous != "." and one[0] in ("word", "name"):
            qualifier = _raw(one[1])
            if qualifier != table or id(one) in calls:
                yield qualifier


def functions_in(expression: str) -> Iterator[TableName]:
    """Return the schemas and names of the functions that an expression calls. The server prints a schema for all
    functions except those of `pg_catalog`."""
    read = [(kind, text) for kind, text in tokens(expression) if text.strip()]
    for schema, function in _calls(read):
        yield TableName(schema=_raw(schema[1]), name=_raw(function[1]))


def _calls(read: Sequence[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for schema, dot, function, opening in zip(read, read[1:], read[2:], read[3:], strict=False):
        if dot[1] == "." and opening[1] == "(" and {schema[0], function[0]} <= {"word", "name"}:
            yield schema, function


def _raw(token: str) -> str:
    return token[1:-1].replace('""', '"') if token.startswith('"') else token.lower()


def _evaluated(change: Change, live: LiveState) -> Iterable[str]:
    """Return the expressions that a step evaluates on rows."""
    after, before = change.after, change.before
    if after is None or not after.is_evaluated():
        return ()
    validates = before is not None and change.action is not Action.DROP and not before.is_evaluated()
    return after.expressions() if validates or is_written(change, live) else ()


def not_executable(
    answers: Answers, changes: Sequence[Change], live: LiveState, named: Mapping[Key, Sequence[str]]
) -> Iterator[Refusal]:
    """Return a refusal for each function on which a role lacks EXECUTE. `named` are the signatures of the functions in
    an object's expressions, if the server has parsed them: an expression does not tell which of several functions with
    one name it calls."""
    called = [
        (change, one)
        for change in changes
        for one in dict.fromkeys(one for text in _evaluated(change, live) for one in functions_in(text))
    ]
    wanted = (
        MayExecute(
            function=one,
            table=live.tables[change.key.table_name].oid,
            as_owner=has_index(change.after),
            signatures=tuple(named.get(change.key, ())),
        )
        for change, one in called
    )
    for (change, _), found in zip(called, answers.of(wanted), strict=True):
        for one in found:
            grant = f"GRANT EXECUTE ON FUNCTION {one.function} TO {text_of(name(one.role))};"
            cause = f"role {one.role} may not execute {one.function}, which {change.key} calls"
            yield missing_privilege(change.key, change.place, cause, f"run {grant}")
