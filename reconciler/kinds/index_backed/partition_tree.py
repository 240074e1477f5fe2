"""Indexes of partitioned tables, built without blocking: plain indexes and those behind constraints.

PostgreSQL has no CREATE INDEX CONCURRENTLY for a partitioned table. The index is created on the table only, where
it is invalid and empty; each new partition gets its own from then on. Then each partition's index is built
separately and attached. When the last one is attached, the whole index becomes valid. Source:
https://www.postgresql.org/docs/current/ddl-partitioning.html (5.12.2.2. Partition Maintenance)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from psycopg import sql

from reconciler.kinds.base import ddl
from reconciler.kinds.base.partitions import is_partitioned
from reconciler.kinds.base.routing import RouteBuilder, RouteContext, pattern_except
from reconciler.kinds.index_backed.definition import IndexBacked
from reconciler.model.definition import Definition, parts_of
from reconciler.model.facets import Facet, empty_values, fields_with
from reconciler.model.features import has
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import BUILDING_SUFFIX, REPLACED_SUFFIX, Key, TableName, temporary_name
from reconciler.model.route import DefinitionPattern, Expected
from reconciler.model.state import LiveState
from reconciler.model.statement import Statement
from reconciler.model.step import Step
from reconciler.model.step_id import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A partition's index that is not attached yet: `name` on `table`, to be attached to `above`.

    `is_leaf`: the partition has rows itself; otherwise it is partitioned too, and may have its index already
    (`is_there`). `completes` are its ancestors whose index becomes valid when this one is attached.
    """

    table: TableName
    name: str
    above_table: TableName
    above: str
    is_leaf: bool
    is_there: bool = False
    completes: tuple[TableName, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartStep:
    """A step towards a partition's index, and the objects after it."""

    step: Step
    label: str
    objects: Mapping[Key, Expected]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeBuild:
    """The differences between the kinds.

    `frame` creates the object on a partitioned table only, under a name, and takes `frame_mode` there. `before` are
    the current objects of a partition, before its first step; `part_steps` lead from there to an object that can be
    attached. `before_attach` are statements before ATTACH PARTITION in the same transaction, which takes `attach_mode`
    on the partition. `finish` sets the properties that need a valid index; None if there are none. `prepare` adds the
    steps before the first build.
    """

    frame: Callable[[TableName, str], Statement]
    frame_mode: LockMode
    before: Callable[[Part], Mapping[Key, Expected]]
    part_steps: Callable[[Part], Sequence[PartStep]]
    before_attach: Callable[[Part], Sequence[Statement]] = lambda _: ()
    attach_mode: Callable[[Part], LockMode] = lambda _: LockMode.ACCESS_SHARE
    finish: Step | None
    prepare: Callable[[RouteBuilder], None] = lambda _: None


def temporary(definition: Any, suffix: str = BUILDING_SUFFIX) -> Any:
    """Return the definition with temporary names for its partitions' indexes."""
    pairs = tuple((table, temporary_name(name, suffix)) for table, name in parts_of(definition).items())
    return replace(definition, partitions=pairs)


def as_attached(after: IndexBacked, live: Definition | None) -> Any:
    """Return `after` as it is when the last partition has been attached: with the `live` object's values, if there
    is one, for the properties that are set later."""
    empty = empty_values(type(after))
    return replace(after, **{name: empty[name] if live is None else getattr(live, name) for name in _later(after)})


def _later(after: IndexBacked) -> tuple[str, ...]:
    """Return the properties that can only be set on a complete index."""
    return fields_with(type(after), Facet.LATER | Facet.PARTS)


def as_declared(definition: Definition) -> DefinitionPattern:
    """Match the definition whichever partitions were added in the meantime."""
    return pattern_except(
        definition, "partitions", holding=[("partitions", pair) for pair in parts_of(definition).items()]
    )


def missing_parts(key: Key, name: str, after: IndexBacked, live: LiveState) -> list[Part]:
    """Return the indexes to attach, a partition before its own partitions. A partition that is partitioned too may
    have its index already, with the indexes attached to it."""
    attached = parts_of(live.objects.get(key))
    there = dict(_branches_there(key, after, live, attached))
    held = {table: part for parts in there.values() for table, part in parts.items()}
    missing = all_parts(key, name, after, live, {**attached, **held})
    return [replace(part, is_there=part.table in there) for part in missing]


def _branches_there(
    key: Key, after: IndexBacked, live: LiveState, attached: Collection[TableName]
) -> Iterator[tuple[TableName, Mapping[TableName, str]]]:
    """Return the partitions that are partitioned too and have the index, each with the indexes attached to its
    own."""
    for table, part in parts_of(after).items():
        known = live.tables.get(table)
        if known is None or not known.is_partitioned or table in attached:
            continue
        for one, found in live.on(table).items():
            if one.kind == key.kind and found.given_name(one.name) == part:
                yield table, parts_of(found)


def all_parts(
    key: Key, name: str, after: IndexBacked, live: LiveState, attached: Mapping[TableName, str] | None = None
) -> list[Part]:
    """Return the partitions' indexes except those that are `attached`, a partition before its own partitions."""
    wanted, attached = parts_of(after), attached or {}
    indexes = {key.table_name: name, **wanted, **attached}
    tables = {table.oid: table.name for table in (live.tables[key.table_name], *live.below(key.table_name))}
    below = [table for table in live.below(key.table_name) if table.name in wanted]
    above = {table.name: tables[table.parents[0]] for table in below}
    parts = [
        Part(
            table=table.name,
            name=wanted[table.name],
            above_table=above[table.name],
            above=indexes[above[table.name]],
            is_leaf=not table.is_partitioned,
        )
        for table in below
        if table.name not in attached
    ]
    return _with_completions(parts, above)


def _with_completions(parts: Sequence[Part], above: Mapping[TableName, TableName]) -> list[Part]:
    """Add to each part the tables it completes: with the last partition of a partition, PostgreSQL checks whether
    the index of the parent is complete as well."""

    def upwards(table: TableName) -> Iterator[TableName]:
        at = above.get(table)
        while at is not None:
            yield at
            at = above.get(at)

    waiting = Counter(table for part in parts if part.is_leaf for table in upwards(part.table))
    completed = []
    for part in parts:
        completes = []
        for table in upwards(part.table) if part.is_leaf else ():
            waiting[table] -= 1
            if not waiting[table] and table in above:
                completes.append(above[table])
        completed.append(replace(part, completes=tuple(completes)))
    return completed


def build_tree(
    key: Key,
    name: str,
    after: IndexBacked,
    context: RouteContext,
    tree: TreeBuild,
    others: Mapping[Key, Expected] | None = None,
) -> RouteBuilder:
    """Lead from the live state to an index that is valid on all partitions, and as declared. `others` stay as they
    are."""
    parts = missing_parts(key, name, after, context.live)
    branches, leaves = [part for part in parts if not part.is_leaf], [part for part in parts if part.is_leaf]
    live = context.live.objects.get(key)
    framed = pattern_except(after, "status", *_later(after))
    complete = (
        pattern_except(as_attached(after, live), "partitions") if tree.finish is not None else as_declared(after)
    )
    begun = live is not None
    start = complete if begun and not parts else framed if begun else None
    first = tree.before(leaves[0]) if leaves else {}
    builder = RouteBuilder("incomplete" if begun else "absent", {key: start, **(others or {}), **first})
    if leaves:
        tree.prepare(builder)
    if not begun or branches:
        step = _frame_step(key, name, branches, tree, begun=begun)
        has_branches = [("partitions", (branch.table, branch.name)) for branch in branches]
        made = pattern_except(after, "status", *_later(after), holding=has_branches) if leaves else complete
        builder.then(step, "made for future partitions", {key: made})
    for number, leaf in enumerate(leaves):
        gone = set(tree.before(leaf))
        for one in tree.part_steps(leaf):
            builder.then(one.step, one.label, one.objects)
            gone |= set(one.objects)
        last = number + 1 == len(leaves)
        following = {} if last else tree.before(leaves[number + 1])
        attached = ("partitions", (leaf.table, leaf.name))
        holds = complete if last else pattern_except(after, "status", *_later(after), holding=[attached])
        label = "valid" if last else f"attached to {leaf.table}"
        builder.forget(*gone)
        builder.then(_attach_step(key, leaf, tree), label, {key: holds, **following})
    if tree.finish is not None:
        builder.then(tree.finish, "as declared", {key: as_declared(after)})
    return builder


def add_everywhere(
    key: Key, name: str, after: IndexBacked, context: RouteContext, definition: ddl.Sql
) -> list[Statement]:
    """Return statements that add a constraint that cannot be built online: to the table, and to its partitions one
    by one, so that their indexes get the declared names."""
    partitioned = is_partitioned(context, key.table_name)
    parts = all_parts(key, name, after, context.live) if partitioned else []
    if after.feature_to_attach is not None and not has(after.feature_to_attach, context.major):
        whole = ddl.add_constraint(key.table_name, name, definition)
        given = [(part, after.part_name(part.table)) for part in parts]
        return [whole, *(_rename(part, old) for part, old in given if part.name != old)]
    statements = [ddl.add_constraint(key.table_name, name, definition, only=partitioned)]
    for part in parts:
        statements += [
            ddl.add_constraint(part.table, part.name, definition, only=not part.is_leaf),
            attach_part(part),
        ]
    return statements


def _rename(part: Part, old: str) -> Statement:
    return ddl.rename_index(part.table.schema, old, part.name)


def attach_part(part: Part) -> Statement:
    return ddl.statement(
        ddl.compose(
            "ALTER INDEX {above} ATTACH PARTITION {index}",
            above=sql.Identifier(part.above_table.schema, part.above),
            index=sql.Identifier(part.table.schema, part.name),
        )
    )


def _frame_step(key: Key, name: str, branches: Sequence[Part], tree: TreeBuild, *, begun: bool) -> Step:
    statements = [] if begun else [tree.frame(key.table_name, name)]
    claims = [] if begun else [LockClaim(table=key.table_name, mode=tree.frame_mode)]
    for branch in branches:
        if not branch.is_there:
            statements.append(tree.frame(branch.table, branch.name))
        statements.append(attach_part(branch))
        mode = LockMode.ACCESS_SHARE if branch.is_there else tree.frame_mode
        claims.append(LockClaim(table=branch.table, mode=mode))
        claims.append(LockClaim(table=branch.above_table, mode=LockMode.ACCESS_SHARE))
    return ddl.brief(
        Verb.BEGIN.of(key),
        f"create {key} on the partitioned table only; new partitions get it too",
        statements,
        ddl.strongest(claims),
    )


def _attach_step(key: Key, part: Part, tree: TreeBuild) -> Step:
    index = TableName(schema=part.table.schema, name=part.name)
    claims = [
        LockClaim(table=part.table, mode=tree.attach_mode(part)),
        LockClaim(table=part.above_table, mode=LockMode.ACCESS_SHARE),
        *(LockClaim(table=table, mode=LockMode.ACCESS_EXCLUSIVE) for table in part.completes),
        LockClaim(table=index, mode=LockMode.ACCESS_EXCLUSIVE),
    ]
    attached = Key(schema=part.table.schema, table=part.table.name, kind=key.kind, name=part.name)
    return ddl.brief(
        Verb.ATTACH.of(attached),
        f"attach index {index} to {key}",
        [*tree.before_attach(part), attach_part(part)],
        claims,
    )


def set_aside(before: IndexBacked) -> list[Statement]:
    """Rename partitions' indexes out of the way of the new ones."""
    return [
        ddl.rename_index(table.schema, name, temporary_name(name, REPLACED_SUFFIX))
        for table, name in parts_of(before).items()
    ]


def take_names(after: IndexBacked) -> list[Statement]:
    """Give partitions' indexes their final names instead of the temporary ones."""
    final = parts_of(after)
    return [
        ddl.rename_index(table.schema, name, final[table]) for table, name in parts_of(temporary(after)).items()
    ]


def renamed_parts(before: Definition, after: Definition) -> list[Statement]:
    """Return statements that rename partitions' indexes to their names."""
    old, new = parts_of(before), parts_of(after)
    return [
        ddl.rename_index(table.schema, old[table], name)
        for table, name in new.items()
        if table in old and old[table] != name
    ]
