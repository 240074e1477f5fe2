"""How not-null constraints are created and changed without a scan under a strong lock.

Since PostgreSQL 18 they are constraints, added NOT VALID and validated. Before 18, a validated check `column IS NOT
NULL` lets SET NOT NULL skip the scan; the check is dropped in the same short transaction. Source:
https://www.postgresql.org/docs/current/sql-altertable.html (SET NOT NULL)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.repairs import Repair, repair_of, waiting, waits
from reconciler.kinds.base.routing import RouteBuilder, RouteContext
from reconciler.kinds.base.row_changes import Violating
from reconciler.kinds.not_null.definition import NotNull, helper_words
from reconciler.kinds.not_null.dropping import alter_column, dropping, lost_below
from reconciler.kinds.not_null.rules import NULLS
from reconciler.kinds.validated.route import comment_step
from reconciler.model.change import Action, Change
from reconciler.model.definition import Definition
from reconciler.model.features import has
from reconciler.model.guard import Guard
from reconciler.model.hazards import Hazard
from reconciler.model.limits import ExecutionClass
from reconciler.model.locks import LockMode
from reconciler.model.names import BUILDING_SUFFIX, Key, TableName, display, temporary_name
from reconciler.model.route import DefinitionPattern, Route
from reconciler.model.rules.hazards import BLOCKS_UPDATES, CONSTRAINT_DROPPED
from reconciler.model.state import LiveState
from reconciler.model.statement import Statement
from reconciler.model.step import SqlAction, Step
from reconciler.model.step_id import Verb


def _as_not_null(definition: Definition | None) -> NotNull:
    assert isinstance(definition, NotNull)
    return definition


TableNames = tuple[TableName, ...]


def _reached(key: Key, definition: NotNull, context: RouteContext) -> TableNames:
    """Return the tables whose rows must comply: children inherit the constraint unless it says otherwise."""
    return (key.table_name,) if definition.no_inherit else context.live.tree(key.table_name)


def _exclusive(verb: Verb, key: Key, tables: TableNames, *statements: Statement, not_valid: bool = False) -> Step:
    title = f"{verb} {key}, NOT VALID" if not_valid else f"{verb} {key}"
    return ddl.brief(verb.of(key), title, statements, ddl.claims(LockMode.ACCESS_EXCLUSIVE, *tables))


def _waits(key: Key, context: RouteContext) -> bool:
    """Whether the not-null may stay NOT VALID, which PostgreSQL 18 has."""
    return has("not_null_constraints", context.major) and waits(key, context)


def _validate_step(key: Key, constraint: str, tables: TableNames, context: RouteContext) -> Step:
    return Step(
        id=Verb.VALIDATE.of(key),
        title=f"validate {key}",
        action=SqlAction(statements=(ddl.validate_constraint(key.table_name, constraint),)),
        execution=ExecutionClass.SCAN,
        locks=ddl.claims(LockMode.SHARE_UPDATE_EXCLUSIVE, *tables),
        leaves="the constraint stays NOT VALID: it is enforced for new and changed rows",
        only_if_clean=_waits(key, context),
    )


def _create(change: Change, context: RouteContext) -> Route:
    after = _as_not_null(change.after)
    tables = _reached(change.key, after, context)
    repair = _repair(change.key, after, context)
    if has("not_null_constraints", context.major):
        builder = _create_as_constraint(change, tables, repair, context)
    else:
        builder = _create_by_check(change, tables, repair, context)
    return builder.build(change, guards=_data_guards(change.key, after, context, repair) if after.validated else ())


def _data_guards(key: Key, after: NotNull, context: RouteContext, repair: Repair | None) -> list[Guard]:
    found = _guards(key, after, context)
    if _waits(key, context):
        return [waiting(guard, BLOCKS_UPDATES) for guard in found]
    if waits(key, context):
        proposal = f"before PostgreSQL 18, use a check `{display(key.name)} IS NOT NULL` with `violators: keep`"
        return [replace(guard, remedy=f"{guard.remedy}; {proposal}") for guard in found]
    return found if repair is None else repair.guards(found)


def _repair(key: Key, after: NotNull, context: RouteContext) -> Repair | None:
    """Return the repair of rows in which the column is NULL, if the file declares one."""
    if not after.validated:
        return None
    return repair_of(key, context, lambda: _violating(key, after, context))


def _violating(key: Key, after: NotNull, context: RouteContext) -> Violating:
    return Violating(
        condition=_is_null(key, context.live),
        alias="r",
        check=_guards(key, after, context)[0],
        inherits=not after.no_inherit,
        own=key.name,
        hazard=BLOCKS_UPDATES,
    )


def _is_null(key: Key, live: LiveState) -> ddl.Sql:
    is_null = "IS NOT DISTINCT FROM NULL" if guards.is_row(live, key.table_name, key.name) else "IS NULL"
    return ddl.compose(f"r.{{column}} {is_null}", column=ddl.name(key.name))


def _guards(key: Key, after: NotNull, context: RouteContext) -> list[Guard]:
    table, live = key.table_name, context.live
    nulls = guards.rows_guard(
        live,
        table,
        guard_id=NULLS,
        title=f"NULLs in {table}.{display(key.name)}",
        columns=[key.name],
        condition=_is_null(key, live),
        cause=f"in {table} where {display(key.name)} is NULL",
        inherits=not after.no_inherit,
        by_value=False,
    )
    return [nulls]


def _create_as_constraint(
    change: Change, tables: TableNames, repair: Repair | None, context: RouteContext
) -> RouteBuilder:
    key, after = change.key, _as_not_null(change.after)
    name, bare = str(after.name), replace(after, comment=None)
    definition = ddl.compose(
        "NOT NULL {column}{no_inherit} NOT VALID",
        column=ddl.name(key.name),
        no_inherit=ddl.fragment(" NO INHERIT" if after.no_inherit else ""),
    )
    add = ddl.add_constraint(key.table_name, name, definition)
    if change.before is None:
        builder = RouteBuilder("absent", {key: None})
        step = _exclusive(Verb.ADD, key, tables, add, not_valid=True)
    else:
        builder = RouteBuilder("as it is", {key: change.before})
        drop = ddl.drop_constraint(key.table_name, str(_as_not_null(change.before).name))
        step = _exclusive(Verb.ALTER, key, tables, drop, add, not_valid=True)
    if repair is not None:
        repair.add_first(builder)
    builder.then(step, "not valid", {key: replace(bare, validated=False)})
    if repair is not None:
        repair.add_to(builder)
    if after.validated:
        builder.then(_validate_step(key, name, tables, context), "valid", {key: bare})
    if after.comment is not None:
        builder.then(comment_step(key, name, after.comment), "commented", {key: after})
    return builder


def helper_check(key: Key) -> Key:
    """Return the temporary check that a not-null needs before PostgreSQL 18."""
    return key._replace(kind="check", name=temporary_name(f"{key.table}_{key.name}", BUILDING_SUFFIX))


def _helper(column: str, present: str, *, validated: bool) -> DefinitionPattern:
    """Match that check, and no other one of its name."""
    return DefinitionPattern(
        fields=(("validated", validated), ("no_inherit", False), ("enforced", True)),
        one_of=(("expression", helper_words(column, present)),),
    )


def _create_by_check(
    change: Change, tables: TableNames, repair: Repair | None, context: RouteContext
) -> RouteBuilder:
    key = change.key
    check, present = helper_check(key), guards.is_present(context.live, key.table_name, key.name)
    words = ddl.compose(
        "CHECK ({column} {present}) NOT VALID", column=ddl.name(key.name), present=ddl.fragment(present)
    )
    builder = RouteBuilder("absent", {key: None, check: None})
    if repair is not None:
        repair.add_first(builder)
    add = ddl.add_constraint(key.table_name, check.name, words)
    builder.then(
        _exclusive(Verb.ADD, check, tables, add, not_valid=True),
        "check not valid",
        {check: _helper(key.name, present, validated=False)},
    )
    if repair is not None:
        repair.add_to(builder)
    builder.then(
        _validate_step(check, check.name, tables, context),
        "check valid",
        {check: _helper(key.name, present, validated=True)},
    )
    switch = _exclusive(
        Verb.ADD, key, tables, alter_column(key, "SET NOT NULL"), ddl.drop_constraint(key.table_name, check.name)
    )
    return builder.then(switch, "not null", {key: change.after, check: None})


def _drop(change: Change, context: RouteContext) -> Route:
    key, before = change.key, _as_not_null(change.before)
    tables = _reached(key, before, context)
    step = _exclusive(Verb.DROP, key, tables, *dropping(key, before, context))
    hazard = Hazard(kind=CONSTRAINT_DROPPED, detail=f"{key}{lost_below(key, context)}")
    return (
        RouteBuilder("present", {key: DefinitionPattern()})
        .then(step, "absent", {key: None})
        .build(change, hazards=[hazard])
    )


def _validate(change: Change, context: RouteContext) -> Route:
    key, before, after = change.key, _as_not_null(change.before), _as_not_null(change.after)
    repair = _repair(key, after, context)
    builder = RouteBuilder("not valid", {key: before})
    if repair is not None:
        repair.add_to(builder)
    step = _validate_step(key, str(before.name), _reached(key, before, context), context)
    builder.then(step, "valid", {key: replace(before, validated=True)})
    if after.comment != before.comment:
        builder.then(comment_step(key, str(before.name), after.comment), "commented", {key: after})
    return builder.build(change, guards=_data_guards(key, after, context, repair))


def _alter(change: Change, context: RouteContext) -> Route:
    key, before, after = change.key, _as_not_null(change.before), _as_not_null(change.after)
    if before.no_inherit and not after.no_inherit and len(context.live.tree(key.table_name)) > 1:
        return _create(change, context)  # ALTER … INHERIT would read the children's rows under its lock
    old, new = str(before.name), str(after.name)
    statements: list[Statement] = []
    if old != new:
        statements.append(ddl.rename_constraint(key.table_name, old, new))
    if before.no_inherit != after.no_inherit:
        inherit = "NO INHERIT" if after.no_inherit else "INHERIT"
        words = ddl.compose("ALTER CONSTRAINT {name} {inherit}", name=ddl.name(new), inherit=ddl.fragment(inherit))
        statements.append(ddl.alter_table(key.table_name, words))
    if before.comment != after.comment:
        statements.append(ddl.comment_on_constraint(key.table_name, new, after.comment))
    altered = replace(after, validated=before.validated)
    builder = RouteBuilder("as it is", {key: before})
    only_comment = replace(before, comment=after.comment) == altered
    tables = context.live.tree(key.table_name)
    locks = (
        ddl.claims(LockMode.ACCESS_SHARE, key.table_name)
        if only_comment
        else ddl.claims(LockMode.ACCESS_EXCLUSIVE, *tables)
    )
    builder.then(ddl.brief(Verb.ALTER.of(key), f"alter {key}", statements, locks), "as declared", {key: altered})
    if altered != after:
        builder.then(_validate_step(key, new, tables, context), "valid", {key: after})
    return builder.build(change)


class NotNullRouter:
    def route(self, change: Change, context: RouteContext) -> Route:
        match change.action:
            case Action.CREATE:
                return _create(change, context)
            case Action.DROP:
                return _drop(change, context)
            case Action.VALIDATE:
                return _validate(change, context)
            case Action.ALTER | Action.RENAME:
                return _alter(change, context)

    def probe(
        self, _key: Key, _definition: Definition, _copies: Mapping[TableName, TableName]
    ) -> Sequence[Statement]:
        return ()


ROUTER = NotNullRouter()
