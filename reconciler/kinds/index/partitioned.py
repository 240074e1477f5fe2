"""How indexes of partitioned tables are created and changed: partition by partition, each concurrently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reconciler.kinds.base import ddl
from reconciler.kinds.base.routing import RouteBuilder, RouteContext, pattern_except
from reconciler.kinds.index_backed.build import (
    create_index,
    going,
    predecessor,
    set_statistics,
    successor,
)
from reconciler.kinds.index_backed.duplicates import UniqueRows
from reconciler.kinds.index_backed.index import Index
from reconciler.kinds.index_backed.partition_tree import (
    TreeBuild,
    as_attached,
    as_declared,
    build_tree,
    renamed_parts,
    set_aside,
    take_names,
    temporary,
)
from reconciler.kinds.index_backed.parts import part_before, steps_of_part
from reconciler.kinds.index_backed.roles import (
    give_up_identity,
    hand_over_roles,
    left_behind,
    role_locks,
    set_roles,
    with_roles_of,
    without_roles,
)
from reconciler.kinds.validated.dependents import dependents_of
from reconciler.model.change import Action, Change
from reconciler.model.definition import Definition
from reconciler.model.guard import Guard
from reconciler.model.hazards import Hazard
from reconciler.model.locks import LockMode
from reconciler.model.names import Key, TableName
from reconciler.model.route import Expected, Route
from reconciler.model.rules.hazards import INDEX_DROPPED
from reconciler.model.statement import Statement
from reconciler.model.step import Step
from reconciler.model.step_id import Verb


def route(change: Change, context: RouteContext, rows: UniqueRows | None, guards: Sequence[Guard]) -> Route:
    """Return the route of any change except a rename, which works as on any table. `rows` are those whose keys a unique
    index compares."""
    match change.action:
        case Action.DROP:
            return _drop(change, context)
        case Action.CREATE:
            return _create(change, context, rows, guards)
        case _:
            return _alter(change, context, rows, guards)


def _as_index(definition: Definition | None) -> Index:
    assert isinstance(definition, Index)
    return definition


def drop_partitioned_index_step(key: Key, context: RouteContext, roles: Sequence[Statement] = ()) -> Step:
    """Drop a partitioned index, which PostgreSQL cannot do concurrently. `roles` are statements that remove the
    index's roles from the table."""
    locks = ddl.claims(LockMode.ACCESS_EXCLUSIVE, *context.live.tree(key.table_name))
    statements = [*roles, ddl.drop_index(key.schema, key.name)]
    return ddl.brief(Verb.DROP.of(key), f"drop {key} and the indexes of its partitions", statements, locks)


def _drop(change: Change, context: RouteContext) -> Route:
    key, dependents = change.key, dependents_of(change, context)
    roles = give_up_identity(key.table_name, _as_index(change.before))
    step = dependents.readding(drop_partitioned_index_step(key, context, roles))
    builder = RouteBuilder("present", {key: going(change), **dependents.live})
    builder.then(step, "absent", {key: None, **dependents.unchecked})
    return dependents.validate(builder).build(change, hazards=[Hazard(kind=INDEX_DROPPED, detail=str(key))])


def _create(change: Change, context: RouteContext, rows: UniqueRows | None, guards: Sequence[Guard]) -> Route:
    return _build_tree(change.key, _as_index(change.after), context, rows).build(change, guards=guards)


def _build_tree(
    key: Key,
    after: Index,
    context: RouteContext,
    rows: UniqueRows | None,
    others: Mapping[Key, Expected] | None = None,
) -> RouteBuilder:
    """Build an index on all partitions; then set the properties that need a valid index."""

    def frame(table: TableName, name: str) -> Statement:
        return create_index(table, name, after, concurrently=False, only=True)

    tree = TreeBuild(
        frame=frame,
        frame_mode=LockMode.SHARE,
        before=lambda part: part_before(part, after, context),
        part_steps=lambda part: steps_of_part(part, after, context),
        finish=_in_place(key, as_attached(after, context.live.objects.get(key)), after),
        prepare=lambda builder: None if rows is None else rows.add_repair(builder, context),
    )
    return build_tree(key, key.name, after, context, tree, others)


def _in_place(key: Key, before: Index, after: Index) -> Step | None:
    """Return a step for all differences that do not affect behaviour, except for storage parameters, which cannot
    be changed for a partitioned index. Return None if there is no difference, or another one."""
    statements: list[Statement] = []
    if before.comment != after.comment:
        statements.append(ddl.comment_on_index(key.schema, key.name, after.comment))
    statements += set_statistics(key.schema, key.name, before.statistics, after.statistics)
    statements += set_roles(key.table_name, key.name, before, after)
    statements += renamed_parts(before, after)
    reachable = replace(before, comment=after.comment, statistics=after.statistics, partitions=after.partitions)
    if not statements or with_roles_of(reachable, after) != after:
        return None
    return ddl.brief(Verb.ALTER.of(key), f"alter {key}", statements, role_locks(key.table_name, before, after))


def _alter(change: Change, context: RouteContext, rows: UniqueRows | None, guards: Sequence[Guard]) -> Route:
    key, before, after = change.key, _as_index(change.before), _as_index(change.after)
    step = _in_place(key, before, after)
    if step is not None:
        builder = RouteBuilder("as it is", {key: before})
        return builder.then(step, "as declared", {key: as_declared(after)}).build(change)
    return _replace(change, before, after, context, rows, guards)


def _replace(
    change: Change,
    before: Index,
    after: Index,
    context: RouteContext,
    rows: UniqueRows | None,
    guards: Sequence[Guard],
) -> Route:
    """The old index serves queries, and enforces, until the new one is valid and has taken its name.

    If foreign keys depend on it, it is dropped in the same transaction: foreign keys added again would use the old
    index.
    """
    key, new, old = change.key, successor(change.key), predecessor(change.key)
    dependents = dependents_of(change, context, moving=True)
    others = {key: pattern_except(before, "partitions"), old: None, **dependents.live}
    builder = _build_tree(new, temporary(without_roles(after)), context, rows, others)
    take_over = [ddl.rename_index(key.schema, new.name, key.name), *take_names(after)]
    roles, before_handover = hand_over_roles(key.table_name, key.name, before, after)
    title = f"swap in the new {key}"
    if dependents:
        swap = dependents.swap(
            Verb.SWAP.of(key),
            title,
            [ddl.drop_index(key.schema, key.name), *take_over, *roles],
            context.live.tree(key.table_name),
        ).replacing(key, before, after)
        builder.then(swap, "as declared", {key: as_declared(after), new: None, **dependents.unchecked})
        return dependents.validate(builder).build(change, guards=[*guards, *dependents.guards])
    swap = ddl.brief(
        Verb.SWAP.of(key),
        title + (", with its index roles" if roles else ""),
        [ddl.rename_index(key.schema, key.name, old.name), *set_aside(before), *take_over, *roles],
        role_locks(key.table_name, before_handover, after),
    ).replacing(key, before, after)
    aside = pattern_except(left_behind(before, after), "partitions", "status")
    builder.then(swap, "swapped", {key: as_declared(after), new: None, old: aside})
    builder.then(drop_partitioned_index_step(old, context), "as declared", {old: None})
    return builder.build(change, guards=guards)
