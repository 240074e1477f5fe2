"""How check constraints are created and changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.routing import RouteContext
from reconciler.kinds.base.row_changes import Violating
from reconciler.kinds.check.definition import Check
from reconciler.kinds.check.rules import VIOLATIONS
from reconciler.kinds.validated.definition import Enforceable
from reconciler.kinds.validated.route import ConstraintProfile, ValidatedRouter
from reconciler.model.change import Change
from reconciler.model.definition import Definition
from reconciler.model.features import has
from reconciler.model.guard import Guard
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key, TableName, display
from reconciler.model.rules.hazards import BLOCKS_UPDATES
from reconciler.model.state import LiveState
from reconciler.model.statement import Statement


def _define(after: Enforceable) -> ddl.Sql:
    assert isinstance(after, Check)
    return ddl.compose(
        "CHECK ({expression}){no_inherit}",
        expression=ddl.fragment(after.expression),
        no_inherit=ddl.fragment(" NO INHERIT" if after.no_inherit else ""),
    )


def _reached(key: Key, after: Enforceable, context: RouteContext) -> tuple[TableName, ...]:
    """Return the tables whose rows must comply."""
    assert isinstance(after, Check)
    return (key.table_name,) if after.no_inherit else context.live.tree(key.table_name)


def _adding(key: Key, after: Enforceable, context: RouteContext) -> tuple[LockClaim, ...]:
    assert isinstance(after, Check)
    children = has("no_inherit_checks_lock_children", context.major)
    tables = context.live.tree(key.table_name) if children else _reached(key, after, context)
    return ddl.claims(LockMode.ACCESS_EXCLUSIVE, *tables)


def _dropping(key: Key, after: Enforceable, context: RouteContext) -> tuple[LockClaim, ...]:
    return ddl.claims(LockMode.ACCESS_EXCLUSIVE, *_reached(key, after, context))


def _validating(key: Key, after: Enforceable, context: RouteContext) -> tuple[LockClaim, ...]:
    return ddl.claims(LockMode.SHARE_UPDATE_EXCLUSIVE, *_reached(key, after, context))


def _guards(key: Key, after: Enforceable, context: RouteContext) -> Sequence[Guard]:
    assert isinstance(after, Check)
    table = key.table_name
    violators = guards.rows_guard(
        context.live,
        table,
        guard_id=VIOLATIONS,
        title=f"rows of {table} that violate {display(key.name)}",
        columns=guards.named_columns(after.expression, context.live, table),
        condition=ddl.compose("NOT ({expression})", expression=ddl.fragment(after.expression)),
        cause=f"in {table} would violate {display(key.name)}",
        inherits=not after.no_inherit,
        alias=None,  # the expression may use the table's name for the whole row
    )
    return [violators]


def _violating(key: Key, after: Enforceable, context: RouteContext) -> Violating:
    assert isinstance(after, Check)
    return Violating(
        condition=ddl.compose("NOT ({expression})", expression=ddl.fragment(after.expression)),
        alias=key.table,
        check=_guards(key, after, context)[0],
        inherits=not after.no_inherit,
        hazard=BLOCKS_UPDATES,
    )


def _in_place(change: Change, _live: LiveState) -> tuple[tuple[Statement, ...], tuple[LockClaim, ...]] | None:
    assert isinstance(change.after, Check)
    if {difference.path for difference in change.differences} != {"comment"}:
        return None
    statement = ddl.comment_on_constraint(change.key.table_name, change.key.name, change.after.comment)
    return (statement,), ddl.claims(LockMode.ACCESS_SHARE, change.key.table_name)


_PROFILE = ConstraintProfile(
    define=_define,
    add_locks=_adding,
    validate_locks=_validating,
    drop_locks=_dropping,
    guards=_guards,
    alter_in_place=_in_place,
    inherited=True,
    violating=_violating,
)


def _probe(key: Key, definition: Definition, copies: Mapping[TableName, TableName]) -> Sequence[Statement]:
    """Use NOT VALID, because anything else would evaluate constant parts of the expression."""
    assert isinstance(definition, Check)
    not_valid = ddl.compose("{definition} NOT VALID", definition=_define(definition))
    return [ddl.add_constraint(copies[key.table_name], key.name, not_valid)]


ROUTER = ValidatedRouter(profile=_PROFILE, probing=_probe)
