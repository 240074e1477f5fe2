"""How extended statistics are created and changed: each change is one short transaction.

The server stores only estimates in them, so an object that cannot be altered is dropped and created again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from psycopg import sql

from reconciler.kinds.base import ddl
from reconciler.kinds.base.routing import RouteBuilder, RouteContext
from reconciler.kinds.statistics.definition import ALL_KINDS, Statistics, StatisticsElement
from reconciler.kinds.statistics.rules import STATISTICS_LOST
from reconciler.model.change import Action, Change, former_key
from reconciler.model.definition import Definition
from reconciler.model.hazards import Hazard
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key, TableName, display
from reconciler.model.route import Route
from reconciler.model.statement import Statement
from reconciler.model.step_id import Verb


def _as_statistics(definition: Definition | None) -> Statistics:
    assert isinstance(definition, Statistics)
    return definition


def _name(key: Key, definition: Statistics) -> ddl.Sql:
    return sql.Identifier(definition.schema or key.schema, key.name)


def _element(element: StatisticsElement) -> ddl.Sql:
    if element.column is not None:
        return ddl.name(element.column)
    return ddl.compose("({expression})", expression=ddl.fragment(element.expression or ""))


def _create_statement(name: ddl.Sql, table: TableName, definition: Statistics) -> Statement:
    kinds = "" if definition.kinds == ALL_KINDS else f" ({', '.join(definition.kinds)})"
    return ddl.statement(
        ddl.compose(
            "CREATE STATISTICS {name}{kinds} ON {elements} FROM {table}",
            name=name,
            kinds=ddl.fragment(kinds),
            elements=ddl.joined(map(_element, definition.elements), ", "),
            table=ddl.relation(table),
        )
    )


def _drop_statement(key: Key, definition: Statistics) -> Statement:
    return ddl.statement(ddl.compose("DROP STATISTICS {name}", name=_name(key, definition)))


def _alter_statements(key: Key, before: Statistics, after: Statistics) -> list[Statement]:
    """Return statements that turn `before` into `after`, as far as it can be altered."""
    found = []
    if before.schema != after.schema:
        schema = ddl.name(after.schema or key.schema)
        set_schema = "ALTER STATISTICS {name} SET SCHEMA {schema}"
        found.append(ddl.compose(set_schema, name=_name(key, before), schema=schema))
    if before.statistics_target != after.statistics_target:
        # -1 means the default in every version; the keyword DEFAULT exists since 17.
        target = ddl.fragment(str(after.statistics_target) if isinstance(after.statistics_target, int) else "-1")
        set_target = "ALTER STATISTICS {name} SET STATISTICS {target}"
        found.append(ddl.compose(set_target, name=_name(key, after), target=target))
    if before.comment != after.comment:
        comment = "COMMENT ON STATISTICS {name} IS {comment}"
        found.append(ddl.compose(comment, name=_name(key, after), comment=ddl.literal(after.comment)))
    return [ddl.statement(one) for one in found]


def _create_statements(key: Key, after: Statistics) -> list[Statement]:
    create = _create_statement(_name(key, after), key.table_name, after)
    return [create, *_alter_statements(key, replace(after, statistics_target=None, comment=None), after)]


def _locks(key: Key) -> tuple[LockClaim, ...]:
    """CREATE and DROP only lock the table against other changes of it, and against VACUUM and ANALYZE."""
    return ddl.claims(LockMode.SHARE_UPDATE_EXCLUSIVE, key.table_name)


def _lost(key: Key) -> Hazard:
    return Hazard(kind=STATISTICS_LOST, detail=str(key))


def _create(change: Change) -> Route:
    key, after = change.key, _as_statistics(change.after)
    step = ddl.brief(Verb.CREATE.of(key), f"create {key}", _create_statements(key, after), _locks(key))
    return RouteBuilder("absent", {key: None}).then(step, "as declared", {key: after}).build(change)


def _drop(change: Change) -> Route:
    key, before = change.key, _as_statistics(change.before)
    step = ddl.brief(Verb.DROP.of(key), f"drop {key}", [_drop_statement(key, before)], _locks(key))
    builder = RouteBuilder("present", {key: before}).then(step, "absent", {key: None})
    return builder.build(change, hazards=[_lost(key)])


def _rename_statement(key: Key, definition: Statistics, new: str) -> Statement:
    words = "ALTER STATISTICS {name} RENAME TO {new}"
    return ddl.statement(ddl.compose(words, name=_name(key, definition), new=ddl.name(new)))


def _rename(change: Change) -> Route:
    old, before = former_key(change), _as_statistics(change.before)
    title = f"rename {old} to {display(change.key.name)}"
    step = ddl.brief(Verb.RENAME.of(old), title, [_rename_statement(old, before, change.key.name)], ())
    builder = RouteBuilder("old name", {old: before, change.key: None})
    return builder.then(step, "new name", {old: None, change.key: change.after}).build(change)


def _alter(change: Change) -> Route:
    key, before, after = change.key, _as_statistics(change.before), _as_statistics(change.after)
    if change.renamed_from is not None:
        return _move(change, former_key(change), before, after)
    builder = RouteBuilder("as it is", {key: before})
    if (before.elements, before.kinds) == (after.elements, after.kinds):
        step = ddl.brief(Verb.ALTER.of(key), f"alter {key}", _alter_statements(key, before, after), ())
        return builder.then(step, "as declared", {key: after}).build(change)
    statements = [_drop_statement(key, before), *_create_statements(key, after)]
    step = ddl.brief(Verb.REPLACE.of(key), f"replace {key}", statements, _locks(key)).replacing(key, before, after)
    return builder.then(step, "as declared", {key: after}).build(change, hazards=[_lost(key)])


def _move(change: Change, old: Key, before: Statistics, after: Statistics) -> Route:
    """Alter an object that has a temporary name because it moves to another schema, and give it its own name."""
    key = change.key
    statements = [*_alter_statements(old, before, after), _rename_statement(old, after, key.name)]
    step = ddl.brief(Verb.ALTER.of(key), f"alter {key}", statements, ())
    builder = RouteBuilder("temporary name", {old: before, key: None})
    return builder.then(step, "as declared", {old: None, key: after}).build(change)


class StatisticsRouter:
    def route(self, change: Change, context: RouteContext) -> Route:
        del context
        match change.action:
            case Action.CREATE:
                return _create(change)
            case Action.RENAME:
                return _rename(change)
            case Action.DROP:
                return _drop(change)
            case Action.ALTER | Action.VALIDATE:
                return _alter(change)

    def probe(self, key: Key, definition: Definition, copies: Mapping[TableName, TableName]) -> Sequence[Statement]:
        """Create the statistics with the copy, in its schema. The declared schema must exist as well."""
        after, copy = _as_statistics(definition), copies[key.table_name]
        made = _create_statement(sql.Identifier(copy.schema, key.name), copy, after)
        if after.schema is None:
            return [made]
        quoted = ddl.literal(ddl.text_of(ddl.name(after.schema)))
        known = ddl.compose("SELECT {schema}::pg_catalog.regnamespace", schema=quoted)
        return [ddl.statement(known), made]


ROUTER = StatisticsRouter()
