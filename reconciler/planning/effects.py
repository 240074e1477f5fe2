"""The effects of a change: what its object holds, offers and relies on before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reconciler.kinds import kind_of, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, former_key
from reconciler.model.definition import Definition
from reconciler.model.effects import Effects, Resource, Sort, with_a_period
from reconciler.model.names import Key, TableName
from reconciler.model.retired import ArchivedTable, TableToRetire
from reconciler.model.state import LiveState
from reconciler.planning.adoption import adopted_index
from reconciler.planning.completion import is_replaced
from reconciler.planning.inheritance import ancestors, changed_below, freed_below, passes_on
from reconciler.planning.temporary_names import needed_names


def effects_of(change: Change, live: LiveState, major: int) -> Effects:
    """Return the effects of a change. `major` is the server's version."""
    key, former, before, after = change.key, former_key(change), change.before, change.after
    index = adopted_index(change, live)
    adopted = live.objects[index] if index is not None else None
    held = _of("holds", former, before) | _of("holds", index or key, adopted)
    holds = _of("holds", key, after)
    offered = _of("offers", former, before) | _of("offers", index or key, adopted)
    offers = _of("offers", key, after)
    relied, relies = _of("relies_on", former, before), _of("relies_on", key, after)
    rebuilt = is_replaced(change, live)
    moved_along = frozenset(one for who, found in change.dependents.items() for one in found.relies_on(who))
    moving = frozenset(one for found in change.moved_dependents for one in _of("relies_on", found.key, found.after))
    withdrawn = offered if rebuilt else offered - offers
    needed = {*(relies if rebuilt else relies - relied), *moving}
    # Taking a role also removes it from the object that has it, so an object that is dropped need not release it
    # before.
    freed = {one for one in held - holds if change.action is not Action.DROP or one.sort is not Sort.INDEX_ROLE}
    return Effects(
        takes=frozenset(
            {
                *(holds - held),
                *needed_names(change, live, major),
                *_inherits_first(change, live),
                *(_names_below(change.key, after, live) - _names_below(former, before, live)),
            }
        ),
        frees=frozenset({*freed, *_no_longer_own(change, live), *freed_below(change, live)}),
        provides=frozenset(
            {
                *(offers - offered),
                *_settled_below(change, live),
                *_parts_renamed(change, rebuilt=rebuilt),
                *_own_foreign_key(change),
                *_completed(change),
            }
        ),
        needs=frozenset(
            {*needed, *_parts_taken(change, rebuilt=rebuilt), *_settled(change, live), *_begun(change)}
        ),
        prefers=_of("prefers", key, after).union(_foreign_keys_below(change, live, rebuilt=rebuilt)),
        releases=frozenset({*(relied - relies), *_released(change, live)}),
        withdraws=frozenset({*withdrawn, *_withdrawn(change)}),
        keeps=withdrawn & moved_along,
        rules_out=(
            frozenset({*_of("rules_out", key, after), *_taken_over(change, live, rebuilt=rebuilt)})
            if _is_partitioned(key, live)
            else frozenset()
        ),
        uses=frozenset(map(whole_object, change.dependents)),
        avoids=frozenset(_avoided({*needed, *moved_along})),
    )


def _completed(change: Change) -> Iterator[Resource]:
    """Return the detachments, by their parents, that an interrupted run began and this change completes."""
    if isinstance(change.before, TableToRetire) and change.before.pending:
        yield from (Resource(Sort.DETACHMENT, parent.table) for parent in change.before.parents)


def _begun(change: Change) -> Iterator[Resource]:
    """Return the parents of which no other partition may be half detached: PostgreSQL detaches one after the other."""
    if isinstance(change.before, TableToRetire) and change.before.detaches:
        yield from (Resource(Sort.DETACHMENT, parent.table) for parent in change.before.parents)


def _is_partitioned(key: Key, live: LiveState) -> bool:
    """Whether the table is partitioned. A table that an interrupted run moved to the archive is no longer known."""
    table = live.tables.get(key.table_name)
    return table is not None and table.is_partitioned


def _of(what: str, key: Key, definition: Definition | None) -> frozenset[Resource]:
    return frozenset(getattr(definition, what)(key)) if definition is not None else frozenset()


def _avoided(needed: Iterable[Resource]) -> Iterator[Resource]:
    """Return what must not exist: an older key without overlaps keeps a foreign key without a period from its
    key."""
    return (found for one in needed if one.sort is Sort.UNIQUE_KEY for found in with_a_period(one))


def _taken_over(change: Change, live: LiveState, *, rebuilt: bool) -> Iterator[Resource]:
    """Return the foreign keys of partitions that may become parts of the object. Those that go or differ are changed
    before, because PostgreSQL neither drops nor alters a part."""
    columns = change.after.referring_columns() if change.after is not None else ()
    if columns and (change.before is None or rebuilt):
        for table in live.below(change.key.table_name):
            yield from (
                whole_object(key) for key, one in live.on(table.name).items() if one.referring_columns() == columns
            )


def _own_foreign_key(change: Change) -> Iterator[Resource]:
    """Return the new foreign key, which a partition needs before it can become a part of the partitioned table's."""
    columns = change.after.referring_columns() if change.before is None and change.after is not None else ()
    if columns:
        yield Resource(Sort.PARTITION_FOREIGN_KEY, change.key.table_name, columns=frozenset(columns))


def _foreign_keys_below(change: Change, live: LiveState, *, rebuilt: bool) -> Iterator[Resource]:
    """Return the foreign keys of partitions that become parts of the object if they exist before it: otherwise the
    partition gets two."""
    columns = change.after.referring_columns() if change.after is not None else ()
    if columns and (change.before is None or rebuilt):
        for table in live.below(change.key.table_name):
            if table.is_partition:
                yield Resource(Sort.PARTITION_FOREIGN_KEY, table.name, columns=frozenset(columns))


def _parts_taken(change: Change, *, rebuilt: bool) -> Iterator[Resource]:
    """Return the indexes of partitions that become parts of the object's own index."""
    before = dict(change.before.partition_indexes()) if change.before is not None and not rebuilt else {}
    for table, name in change.after.partition_indexes() if change.after is not None else ():
        if before.get(table) != name:
            yield Resource(Sort.PARTITION_INDEX, table, name)


def _parts_renamed(change: Change, *, rebuilt: bool) -> Iterator[Resource]:
    """Return the indexes of partitions under their new names. With the object's own index, they can become parts of
    that of an ancestor."""
    if change.action is Action.ALTER and not rebuilt:
        yield from _parts_taken(change, rebuilt=rebuilt)


def _inherited(table: TableName, key: Key) -> Resource:
    return Resource(Sort.INHERITED, table, f"{key.kind} {key.name}")


def _settled_below(change: Change, live: LiveState) -> Iterator[Resource]:
    """Return the objects of descendants that can be changed or dropped once they are no longer inherited."""
    if passes_on(change.before):
        former = former_key(change)
        yield from (_inherited(one.name, former) for one in live.below(former.table_name))
        yield from (_inherited(one.table_name, one) for one in changed_below(change, live))


def _settled(change: Change, live: LiveState) -> Iterator[Resource]:
    """Return the object that the change needs no longer to be inherited."""
    yield from _as_heir(former_key(change), live)


def _as_heir(key: Key, live: LiveState) -> Iterator[Resource]:
    if purpose_of(key) is not Purpose.DROPS_TABLE and any(ancestors(key.table_name, live)):
        yield _inherited(key.table_name, key)


def _names_below(key: Key, definition: Definition | None, live: LiveState) -> set[Resource]:
    """Return the names that descendants have because of the object."""
    if definition is None or not kind_of(key).is_copied or not definition.passes_on():
        return set()
    copies = (key._replace(schema=one.name.schema, table=one.name.name) for one in live.below(key.table_name))
    return {name for copy in copies for name in definition.names(copy)}


def _inherits_first(change: Change, live: LiveState) -> Iterator[Resource]:
    """Return the objects that descendants have by themselves, and that are changed or dropped before they are
    inherited."""
    if passes_on(change.after) and not passes_on(change.before):
        yield from (_inherited(one.name, change.key) for one in live.below(change.key.table_name))


def _no_longer_own(change: Change, live: LiveState) -> Iterator[Resource]:
    if change.before is not None or purpose_of(change.key) is Purpose.FORBIDS_NULL:
        for key in {change.key, former_key(change)}:
            yield from _as_heir(key, live)


def whole_object(key: Key) -> Resource:
    """Return the resource that stands for the object itself."""
    return Resource(Sort.OBJECT, key.table_name, f"{key.kind} {key.name}")


def _constraints_of(table: TableName) -> Resource:
    return Resource(Sort.CONSTRAINTS, table)


def _released(change: Change, live: LiveState) -> Iterator[Resource]:
    """A constraint is dropped before a table that it depends on; a constraint that will refer to another table is
    changed before that, too."""
    before, after = (one.reference() if one is not None else None for one in (change.before, change.after))
    if change.action is Action.DROP or (before is not None and after is not None and before.table != after.table):
        drops_table = purpose_of(change.key) is Purpose.DROPS_TABLE  # each of the descendants has its own change
        table = change.key.table_name
        yield from map(_constraints_of, (table,) if drops_table else live.tree(table))
        if drops_table and isinstance(change.before, ArchivedTable):
            # Before its parent, by whose name the next run finds it, if this one is interrupted.
            yield from (_constraints_of(parent.table) for parent in change.before.moved.parents)


def _withdrawn(change: Change) -> Iterator[Resource]:
    if change.before is not None:
        yield whole_object(former_key(change))
        yield from map(_constraints_of, change.before.dependent_tables())
        if isinstance(change.before, ArchivedTable) and purpose_of(change.key) is Purpose.DROPS_TABLE:
            yield _constraints_of(change.before.moved.table)
