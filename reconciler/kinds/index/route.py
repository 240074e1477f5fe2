"""How indexes are created and changed, always concurrently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.partitions import is_partitioned
from reconciler.kinds.base.routing import RouteBuilder, RouteContext
from reconciler.kinds.index import partitioned
from reconciler.kinds.index.large_keys import unusable_keys
from reconciler.kinds.index_backed.build import (
    build_step,
    create_index,
    drop_index_step,
    going,
    keys_of,
    predecessor,
    set_parameters,
    set_statistics,
    start,
    successor,
)
from reconciler.kinds.index_backed.duplicates import UniqueRows, compared
from reconciler.kinds.index_backed.index import Index
from reconciler.kinds.index_backed.roles import (
    hand_over_roles,
    has_roles,
    left_behind,
    role_locks,
    role_step,
    set_roles,
    with_roles_of,
    without_roles,
)
from reconciler.kinds.validated.dependents import beginning, dependents_of, moves_of
from reconciler.model.change import Action, Change
from reconciler.model.definition import Definition
from reconciler.model.facets import UNMANAGED, Unmanaged
from reconciler.model.guard import Guard
from reconciler.model.hazards import Hazard
from reconciler.model.names import Key, TableName, display
from reconciler.model.route import DefinitionPattern, Route
from reconciler.model.rules.hazards import INDEX_DROPPED
from reconciler.model.statement import Statement
from reconciler.model.step import Step
from reconciler.model.step_id import Verb


def _guards(key: Key, after: Definition | None, context: RouteContext) -> Sequence[Guard]:
    if not isinstance(after, Index):
        return ()
    rows, table = _unique_rows(key, after, context), key.table_name
    found = [] if rows is None else rows.guards(context)
    unusable = unusable_keys(table, after, context)
    if unusable is not None:
        found.append(guards.unusable_keys_guard(context.live, table, key.name, unusable, where=after.where))
    return found


def _unique_rows(key: Key, after: Definition | None, context: RouteContext) -> UniqueRows | None:
    """Return the rows whose keys the index compares; None if it is not unique."""
    if not isinstance(after, Index) or not after.unique:
        return None
    table = key.table_name
    named = (one for part in keys_of(after.elements) for one in _columns_in(part, table, context))
    return UniqueRows(
        key=key,
        name=key.name,
        unique=tuple(compared(one, table, context) for one in after.elements),
        nulls_distinct=after.nulls_distinct,
        where=after.where,
        shown=tuple(dict.fromkeys(named)),
    )


def _columns_in(part: ddl.Sql, table: TableName, context: RouteContext) -> Sequence[str]:
    return guards.named_columns(ddl.text_of(part), context.live, table)


def _as_index(definition: Definition | None) -> Index:
    assert isinstance(definition, Index)
    return definition


def _comment_step(key: Key, comment: str | Unmanaged | None) -> Step:
    return ddl.brief(
        Verb.COMMENT.of(key), f"comment on {key}", [ddl.comment_on_index(key.schema, key.name, comment)], ()
    )


def _build_index(
    builder: RouteBuilder, key: Key, after: Index, rows: UniqueRows | None, context: RouteContext
) -> RouteBuilder:
    """Build a new index with all its properties except its roles."""
    here = after.as_built()
    if rows is not None:
        rows.add_repair(builder, context)
    builder.then(build_step(key, after), "built", {key: here})
    if after.comment is not None:
        here = replace(here, comment=after.comment)
        builder.then(_comment_step(key, after.comment), "commented", {key: here})
    if after.statistics:
        here = replace(here, statistics=after.statistics)
        title = f"set statistics targets of {key}"
        step = ddl.brief(
            Verb.SET_STATISTICS.of(key), title, set_statistics(key.schema, key.name, (), after.statistics), ()
        )
        builder.then(step, "with its statistics targets", {key: here})
    return builder


def _create(change: Change, context: RouteContext) -> Route:
    key, after = change.key, _as_index(change.after)
    builder = _build_index(start(key, after), key, after, _unique_rows(key, after, context), context)
    if has_roles(after):
        builder.then(role_step(key, key.name, without_roles(after), after), "marked", {key: after})
    return builder.build(change, guards=_guards(key, after, context))


def _rename(change: Change) -> Route:
    assert change.renamed_from is not None
    old = change.key._replace(name=change.renamed_from)
    title = f"rename {old} to {display(change.key.name)}"
    step = ddl.brief(Verb.RENAME.of(old), title, [ddl.rename_index(old.schema, old.name, change.key.name)], ())
    builder = RouteBuilder("old name", {old: change.before, change.key: None})
    return builder.then(step, "new name", {old: None, change.key: change.after}).build(change)


def _drop(change: Change, context: RouteContext) -> Route:
    key, before, dependents = change.key, _as_index(change.before), dependents_of(change, context)
    hazard = Hazard(kind=INDEX_DROPPED, detail=str(key))
    builder = RouteBuilder("present", {key: going(change), **dependents.live})
    if before.replica_identity is True:
        left = replace(before, replica_identity=False)
        without_identity = {
            key: left if change.remnant_of else DefinitionPattern(fields=(("replica_identity", False),))
        }
        builder.then(role_step(key, key.name, before, left), "no replica identity", without_identity)
    step = drop_index_step(key)
    if dependents:
        step = dependents.swap(step.id, step.title, [ddl.drop_index(key.schema, key.name)])
    builder.then(step, "absent", {key: None, **dependents.unchecked})
    return dependents.validate(builder).build(change, hazards=[hazard])


def _in_place(key: Key, before: Index, after: Index) -> Step | None:
    """Return a step that alters what does not affect behaviour, except for the tablespace and storage parameters
    that only a build reads. Any other difference needs a successor."""
    reachable = replace(before, comment=after.comment, with_=after.with_, statistics=after.statistics)
    if with_roles_of(reachable, after) != after or after.needs_rebuild(before):
        return None
    statements: list[Statement] = []
    if before.with_ != after.with_:
        statements += set_parameters(key.schema, key.name, before.with_, after.with_)
    if before.comment != after.comment:
        statements.append(ddl.comment_on_index(key.schema, key.name, after.comment))
    statements += set_statistics(key.schema, key.name, before.statistics, after.statistics)
    statements += set_roles(key.table_name, key.name, before, after)
    return ddl.brief(Verb.ALTER.of(key), f"alter {key}", statements, role_locks(key.table_name, before, after))


def _alter(change: Change, context: RouteContext) -> Route:
    key, before, after = change.key, _as_index(change.before), _as_index(change.after)
    step = _in_place(key, before, after)
    if step is not None:
        return RouteBuilder("as it is", {key: before}).then(step, "as declared", {key: after}).build(change)
    if change.also_altered:
        return _replace_with_dependents(change, before, after, context)
    return _replace(change, before, after, context)


def _replace(change: Change, before: Index, after: Index, context: RouteContext) -> Route:
    """The old index serves queries, and enforces, until the new one is valid and has taken its name."""
    key, new, old = change.key, successor(change.key), predecessor(change.key)
    begun = start(new, after, others={key: before, old: None})
    builder = _build_index(begun, new, after, _unique_rows(key, after, context), context)
    roles, before_handover = hand_over_roles(key.table_name, key.name, before, after)
    swap = ddl.brief(
        Verb.SWAP.of(key),
        f"swap in the new {key}" + (", with its index roles" if roles else ""),
        [
            ddl.rename_index(key.schema, key.name, old.name),
            ddl.rename_index(key.schema, new.name, key.name),
            *roles,
        ],
        role_locks(key.table_name, before_handover, after),
    ).replacing(key, before, after)
    builder.then(swap, "swapped", {key: after, new: None, old: left_behind(before, after)})
    builder.then(drop_index_step(old), "as declared", {old: None})
    return builder.build(change, guards=_guards(key, after, context))


def _replace_with_dependents(change: Change, before: Index, after: Index, context: RouteContext) -> Route:
    """The old index is dropped when the new one takes its name: foreign keys added again would use the old
    index."""
    moves = moves_of(change, context)
    key, new, dependents = change.key, successor(change.key), dependents_of(change, context)
    begun = start(new, after, others={key: before, **dependents.live, **beginning(moves)})
    builder = _build_index(begun, new, after, _unique_rows(key, after, context), context)
    for move in moves:
        builder.join(move)
    swap = dependents.swap(
        Verb.SWAP.of(key),
        f"swap in the new {key}",
        [
            ddl.drop_index(key.schema, key.name),
            ddl.rename_index(key.schema, new.name, key.name),
            *hand_over_roles(key.table_name, key.name, before, after)[0],
        ],
    ).replacing(key, before, after)
    builder.then(swap, "as declared", {key: after, new: None, **dependents.unchecked})
    guards_of_moves = [guard for move in moves for guard in move.guards]
    return dependents.validate(builder).build(change, guards=[*_guards(key, after, context), *guards_of_moves])


class IndexRouter:
    def route(self, change: Change, context: RouteContext) -> Route:
        if change.action is not Action.RENAME and is_partitioned(context, change.key.table_name):
            rows = _unique_rows(change.key, change.after, context)
            return partitioned.route(change, context, rows, _guards(change.key, change.after, context))
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
        on_copy = replace(_as_index(definition), tablespace=UNMANAGED)
        return [create_index(copies[key.table_name], key.name, on_copy, concurrently=False)]


ROUTER = IndexRouter()
