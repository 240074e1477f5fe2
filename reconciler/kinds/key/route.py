"""Routes of the constraints that a unique index enforces: primary keys and unique constraints.

The unique index is built concurrently under the constraint's own name, then adopted with USING INDEX. An existing
unique index with that name and definition is adopted in the same way. A key without overlaps cannot be built
online.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.partitions import is_partitioned, partitions_of
from reconciler.kinds.base.routing import RouteBuilder, RouteContext
from reconciler.kinds.index_backed.blocking import build_route
from reconciler.kinds.index_backed.build import build_step, create_index, start, successor
from reconciler.kinds.index_backed.duplicates import UniqueRows
from reconciler.kinds.index_backed.index import Index
from reconciler.kinds.index_backed.partition_tree import add_everywhere
from reconciler.kinds.index_backed.roles import (
    give_up_identity,
    hand_over_roles,
    role_step,
    set_roles,
    with_roles_of,
    without_roles,
)
from reconciler.kinds.key import partitioned as partitioned_key
from reconciler.kinds.key import temporal as temporal_key
from reconciler.kinds.key.ddl import (
    adopt_index,
    alter_in_place,
    define_key,
    key_of_own_index,
)
from reconciler.kinds.key.definition import KeyConstraint
from reconciler.kinds.validated.dependents import beginning, dependents_of, moves_of
from reconciler.kinds.validated.route import comment_step
from reconciler.model.change import Action, Change
from reconciler.model.definition import Definition
from reconciler.model.facets import UNMANAGED
from reconciler.model.guard import Guard
from reconciler.model.hazards import Hazard
from reconciler.model.index_facts import IndexStatus
from reconciler.model.locks import LockMode
from reconciler.model.names import Key, TableName, display
from reconciler.model.route import DefinitionPattern, Route
from reconciler.model.rules.hazards import CONSTRAINT_DROPPED
from reconciler.model.statement import Statement
from reconciler.model.step import Step
from reconciler.model.step_id import StepId, Verb


def _as_constraint(definition: Definition | None) -> KeyConstraint:
    assert isinstance(definition, KeyConstraint)
    return definition


def _unique_rows(key: Key, after: KeyConstraint, context: RouteContext) -> UniqueRows:
    table = key.table_name
    keys = (
        guards.UniqueKey(value=ddl.name(column), present=guards.is_present(context.live, table, column))
        for column in after.key
    )
    return UniqueRows(
        key=key,
        name=after.given_name(key.name),
        unique=tuple(keys),
        nulls_distinct=after.nulls_are_distinct(),
        where=None,
        shown=after.key,
    )


def _guards(key: Key, after: KeyConstraint, context: RouteContext) -> Sequence[Guard]:
    table, name = key.table_name, after.given_name(key.name)
    found = _unique_rows(key, after, context).guards(context)
    held = (*after.key, *after.include)
    if context.holds_wide(table, held):
        size = guards.size_of([ddl.name(column) for column in held], None)
        large = guards.UnusableKeys(conditions=[guards.larger(size, guards.LARGEST_KEY)], most=guards.LARGEST_KEY)
        found.append(guards.unusable_keys_guard(context.live, table, name, large, where=None))
    return found


def _exclusive(step_id: StepId, title: str, key: Key, statements: Sequence[Statement]) -> Step:
    return ddl.brief(step_id, title, statements, ddl.claims(LockMode.ACCESS_EXCLUSIVE, key.table_name))


def _reached(key: Key, context: RouteContext) -> tuple[TableName, ...]:
    """A primary key adds not-nulls, which inheritance children get as well."""
    return context.live.tree(key.table_name) if key.kind == "primary_key" else (key.table_name,)


def _create(change: Change, context: RouteContext) -> Route:
    key, after = change.key, _as_constraint(change.after)
    if after.without_overlaps:
        return _build(change, context)
    at = key_of_own_index(key, after)
    found = context.live.objects.get(at)
    index = _index_to_adopt(after.own_index(), found)
    bare = with_roles_of(replace(after, comment=None, with_=index.with_), index)
    builder = start(at, index, others={key: None})
    _unique_rows(key, after, context).add_repair(builder, context)
    builder.then(build_step(at, index), "index built", {at: index})
    adoption = adopt_index(key.table_name, at.name, after, at.name)
    locks = ddl.claims(LockMode.ACCESS_EXCLUSIVE, *_reached(key, context))
    add = ddl.brief(Verb.ADD.of(key), f"add {key}, using its index", [adoption], locks)
    builder.then(add, "constraint added", {key: bare, at: None})
    if after.comment is not None:
        bare = replace(bare, comment=after.comment)
        builder.then(comment_step(key, at.name, after.comment), "commented", {key: bare})
    with_parameters = replace(bare, with_=after.with_)
    step = alter_in_place(key, bare, with_parameters, partitioned=False)
    if step is not None:
        bare = with_parameters
        builder.then(step, "altered", {key: bare})
    if bare != after:
        builder.then(role_step(key, at.name, bare, after), "marked", {key: after})
    return builder.build(change, guards=_guards(key, after, context))


def _index_to_adopt(wanted: Index, found: Definition | None) -> Index:
    """Return the index before the constraint adopts it: the existing one keeps its comment and parameters."""
    if not isinstance(found, Index):
        return wanted
    if found.status is not IndexStatus.VALID:
        return with_roles_of(wanted, found)
    return with_roles_of(replace(wanted, with_=found.with_, comment=found.comment), found)


def _build(change: Change, context: RouteContext) -> Route:
    """Build a key without overlaps, or replace the existing key by it."""
    key, after = change.key, _as_constraint(change.after)
    name, table = after.given_name(key.name), key.table_name
    statements = add_everywhere(key, name, after, context, define_key(after))
    if after.comment is not None:
        statements.append(ddl.comment_on_constraint(table, name, after.comment))
    if change.before is None:
        statements += set_roles(table, name, without_roles(after), after)
    else:
        before = _as_constraint(change.before)
        statements.insert(0, ddl.drop_constraint(table, before.given_name(key.name)))
        statements += hand_over_roles(table, name, before, after)[0]
    checks = temporal_key.checks(table, name, after, context)
    return build_route(change, context, statements=statements, checks=checks)


def _drop(change: Change, context: RouteContext) -> Route:
    key, before, dependents = change.key, _as_constraint(change.before), dependents_of(change, context)
    name = before.given_name(key.name)
    what = key._replace(name=name)
    partitions = partitions_of(key.table_name, context.live)
    statements = [*give_up_identity(key.table_name, before), ddl.drop_constraint(key.table_name, name)]
    step = dependents.swap(Verb.DROP.of(what), f"drop {what}", statements, partitions)
    hazard = Hazard(kind=CONSTRAINT_DROPPED, detail=str(key))
    builder = RouteBuilder("present", {key: DefinitionPattern(), **dependents.live})
    builder.then(step, "absent", {key: None, **dependents.unchecked})
    return dependents.validate(builder).build(change, hazards=[hazard])


def _rename(change: Change) -> Route:
    assert change.renamed_from is not None
    key, old = change.key, change.renamed_from
    title = f"rename {key._replace(name=old)} to {display(key.name)}"
    step = _exclusive(
        Verb.RENAME.of(key._replace(name=old)), title, key, [ddl.rename_constraint(key.table_name, old, key.name)]
    )
    builder = RouteBuilder("old name", {key._replace(name=old): change.before, key: None})
    return builder.then(step, "new name", {key._replace(name=old): None, key: change.after}).build(change)


def _alter(change: Change, context: RouteContext) -> Route:
    key, before, after = change.key, _as_constraint(change.before), _as_constraint(change.after)
    step = alter_in_place(key, before, after, partitioned=is_partitioned(context, key.table_name))
    if step is not None:
        return RouteBuilder("as it is", {key: before}).then(step, "as declared", {key: after}).build(change)
    return _build(change, context) if after.without_overlaps else _replace(change, before, after, context)


def _replace(change: Change, before: KeyConstraint, after: KeyConstraint, context: RouteContext) -> Route:
    """The new index is complete before the old constraint is dropped; both are swapped in one short transaction.

    The comment is set in the same transaction: the old comment is dropped with the old constraint, and the file may
    not manage it. Foreign keys that move to the new columns do so before the swap, while both indexes exist.
    """
    moves = moves_of(change, context)
    key, new, dependents = (
        change.key,
        successor(key_of_own_index(change.key, after)),
        dependents_of(change, context),
    )
    index, name = after.own_index(), after.given_name(key.name)
    builder = start(new, index, others={key: before, **dependents.live, **beginning(moves)})
    _unique_rows(key, after, context).add_repair(builder, context)
    builder.then(build_step(new, index), "new index built", {new: index})
    for move in moves:
        builder.join(move)
    swap = dependents.swap(
        Verb.REPLACE.of(key),
        f"replace {key}, using its new index",
        [
            ddl.drop_constraint(key.table_name, before.given_name(key.name)),
            adopt_index(key.table_name, name, after, new.name),
            *hand_over_roles(key.table_name, name, before, after)[0],
            *([] if after.comment is None else [ddl.comment_on_constraint(key.table_name, name, after.comment)]),
        ],
    ).replacing(key, before, after)
    builder.then(swap, "as declared", {key: after, new: None, **dependents.unchecked})
    guards_of_moves = [guard for move in moves for guard in move.guards]
    return dependents.validate(builder).build(change, guards=[*_guards(key, after, context), *guards_of_moves])


class IndexConstraintRouter:
    """The router of both kinds."""

    def route(self, change: Change, context: RouteContext) -> Route:
        after = change.after
        online = isinstance(after, KeyConstraint) and not after.without_overlaps
        if online and change.action is not Action.RENAME and is_partitioned(context, change.key.table_name):
            rows = _unique_rows(change.key, _as_constraint(after), context)
            return partitioned_key.route(change, context, rows, _guards(change.key, _as_constraint(after), context))
        match change.action:
            case Action.CREATE:
                return _create(change, context)
            case Action.RENAME:
                return _rename(change)
            case Action.DROP:
                return _drop(change, context)
            case Action.ALTER | Action.VALIDATE:
                return _alter(change, context)

    def probe(self, key: Key, definition: Definition, copies: Mapping[TableName, TableName]) -> Sequence[Statement]:
        constraint = _as_constraint(definition)
        name = constraint.given_name(key.name) or constraint.part_name(key.table_name)
        if constraint.without_overlaps:
            on_copy = define_key(replace(constraint, tablespace=UNMANAGED))
            copy = copies[key.table_name]
            # A not-null that is NOT VALID or NO INHERIT cannot serve a primary key; it is changed first.
            freed = [_admit_null(copy, column) for column in constraint.key] if key.kind == "primary_key" else []
            return [*freed, ddl.add_constraint(copy, name, on_copy)]
        index = replace(constraint.own_index(), tablespace=None)
        return [create_index(copies[key.table_name], name, index, concurrently=False)]


def _admit_null(table: TableName, column: str) -> Statement:
    return ddl.alter_table(table, ddl.compose("ALTER COLUMN {column} DROP NOT NULL", column=ddl.name(column)))


ROUTER = IndexConstraintRouter()
