"""How primary keys and unique constraints of partitioned tables are created and changed.

Each partition's unique index is built concurrently. The partition's constraint adopts it, and is attached in the
same short transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from reconciler.kinds.base import ddl
from reconciler.kinds.base.routing import RouteBuilder, RouteContext, pattern_except
from reconciler.kinds.index_backed.duplicates import UniqueRows
from reconciler.kinds.index_backed.partition_tree import (
    Part,
    PartStep,
    TreeBuild,
    all_parts,
    as_attached,
    as_declared,
    attach_part,
    build_tree,
)
from reconciler.kinds.index_backed.parts import key_of_part, part_before, steps_of_part
from reconciler.kinds.index_backed.roles import hand_over_roles
from reconciler.kinds.key.ddl import adopt_index, alter_in_place, define_key
from reconciler.kinds.key.definition import KeyConstraint
from reconciler.kinds.validated.dependents import dependents_of
from reconciler.model.change import Action, Change
from reconciler.model.definition import Definition
from reconciler.model.guard import Guard
from reconciler.model.locks import LockMode
from reconciler.model.names import BUILDING_SUFFIX, Key, TableName, temporary_name
from reconciler.model.route import Expected, Route
from reconciler.model.statement import Statement
from reconciler.model.step_id import Verb


def route(change: Change, context: RouteContext, rows: UniqueRows, guards: Sequence[Guard]) -> Route:
    """Return the route of any change except a rename or a drop, which work as on any table. `rows` are those whose keys
    the index compares."""
    match change.action:
        case Action.CREATE:
            return _create(change, context, rows, guards)
        case _:
            return _alter(change, context, rows, guards)


def _as_constraint(definition: Definition | None) -> KeyConstraint:
    assert isinstance(definition, KeyConstraint)
    return definition


def _own_key(key: Key, part: Part) -> Key:
    """Return the key of the partition's own constraint of this kind and name."""
    name = "" if key.kind == "primary_key" else part.name
    return key._replace(schema=part.table.schema, table=part.table.name, name=name)


def _own_constraint(key: Key, part: Part, context: RouteContext) -> KeyConstraint | None:
    """Whether the partition has the constraint already, and only the parent's is missing."""
    found = context.live.objects.get(_own_key(key, part))
    fits = isinstance(found, KeyConstraint) and found.given_name(_own_key(key, part).name) == part.name
    return found if fits and isinstance(found, KeyConstraint) else None


def _tree_build(key: Key, after: KeyConstraint, context: RouteContext) -> TreeBuild:
    def frame(table: TableName, name: str) -> Statement:
        return ddl.add_constraint(table, name, define_key(after), only=True)

    def before(part: Part) -> Mapping[Key, Expected]:
        own = _own_constraint(key, part, context)
        return part_before(part, after.own_index(), context) if own is None else {_own_key(key, part): own}

    def steps(part: Part) -> Sequence[PartStep]:
        own = _own_constraint(key, part, context)
        return steps_of_part(part, after.own_index(), context) if own is None else ()

    def adoption(part: Part) -> Sequence[Statement]:
        if _own_constraint(key, part, context) is not None:
            return ()
        return [adopt_index(part.table, part.name, after, part.name)]

    return TreeBuild(
        frame=frame,
        frame_mode=LockMode.ACCESS_EXCLUSIVE,
        before=before,
        part_steps=steps,
        before_attach=adoption,
        attach_mode=lambda part: LockMode.ACCESS_EXCLUSIVE if adoption(part) else LockMode.ACCESS_SHARE,
        finish=alter_in_place(key, as_attached(after, context.live.objects.get(key)), after, partitioned=True),
    )


def _create(change: Change, context: RouteContext, rows: UniqueRows, guards: Sequence[Guard]) -> Route:
    key, after = change.key, _as_constraint(change.after)
    tree = replace(_tree_build(key, after, context), prepare=partial(rows.add_repair, context=context))
    builder = build_tree(key, after.given_name(key.name), after, context, tree)
    return builder.build(change, guards=guards)


def _alter(change: Change, context: RouteContext, rows: UniqueRows, guards: Sequence[Guard]) -> Route:
    key, before, after = change.key, _as_constraint(change.before), _as_constraint(change.after)
    step = alter_in_place(key, before, after, partitioned=True)
    if step is not None:
        builder = RouteBuilder("as it is", {key: before})
        return builder.then(step, "as declared", {key: as_declared(after)}).build(change)
    return _replace(change, before, after, context, rows, guards)


def _replace(
    change: Change,
    before: KeyConstraint,
    after: KeyConstraint,
    context: RouteContext,
    rows: UniqueRows,
    guards: Sequence[Guard],
) -> Route:
    """Each partition's new index is complete before the old constraint is dropped; all are swapped in one
    transaction."""
    key, name, index = change.key, after.given_name(change.key.name), after.own_index()
    parts = all_parts(key, name, after, context.live)
    leaves = [replace(part, name=temporary_name(part.name, BUILDING_SUFFIX)) for part in parts if part.is_leaf]
    dependents = dependents_of(change, context, moving=True)
    start: dict[Key, Expected] = {key: pattern_except(before, "partitions"), **dependents.live}
    building = [(leaf, steps) for leaf in leaves if (steps := steps_of_part(leaf, index, context))]
    for leaf in (*leaves[:1], *(leaf for leaf, _ in building[:1])):
        start.update(part_before(leaf, index, context))
    builder = RouteBuilder("as it is", start)
    if building:
        rows.add_repair(builder, context)
    for number, (_, steps) in enumerate(building):
        following = part_before(building[number + 1][0], index, context) if number + 1 < len(building) else {}
        for one in steps:
            builder.then(one.step, one.label, {**one.objects, **following})
    swap = [ddl.drop_constraint(key.table_name, before.given_name(key.name))]
    swap.append(ddl.add_constraint(key.table_name, name, define_key(after), only=True))
    for part in parts:
        new = temporary_name(part.name, BUILDING_SUFFIX)
        swap.append(
            adopt_index(part.table, part.name, after, new)
            if part.is_leaf
            else ddl.add_constraint(part.table, part.name, define_key(after), only=True)
        )
        swap.append(attach_part(part))
    swap += hand_over_roles(key.table_name, name, before, after)[0]
    if after.comment is not None:
        swap.append(ddl.comment_on_constraint(key.table_name, name, after.comment))
    title = f"replace {key}, using the new indexes of its partitions"
    step = dependents.swap(Verb.REPLACE.of(key), title, swap, context.live.tree(key.table_name))
    step = step.replacing(key, before, after)
    gone = {key_of_part(leaf): None for leaf in leaves}
    builder.then(step, "as declared", {key: as_declared(after), **gone, **dependents.unchecked})
    return dependents.validate(builder).build(change, guards=[*guards, *dependents.guards])
