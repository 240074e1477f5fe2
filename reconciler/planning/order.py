"""The order of routes: by what one really needs of another, and by kind and name where there is no such need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush

from reconciler.kinds import rank_of
from reconciler.kinds.dropped_table.definition import Leftover
from reconciler.kinds.foreign_key.definition import ForeignKey
from reconciler.kinds.key_constraint import KeyConstraint
from reconciler.kinds.partition_names import Partitionable, indexes_of, names_of
from reconciler.model.change import Action, Change, continues, former_key, given_name
from reconciler.model.definition import Definition
from reconciler.model.names import Key, TableName, is_temporary
from reconciler.model.state import LiveState
from reconciler.planning.inheritance import ancestors, passes_on


class Circular(Exception):
    """Each of these changes needs another one of them to be made before it."""

    def __init__(self, changes: Sequence[Change]) -> None:
        super().__init__(", ".join(map(str, changes)))
        self.changes = changes


Name = tuple[TableName | str, str]
"""A name in its namespace: a table's constraints, or the relations of a schema."""


def ordered(
    changes: Sequence[Change], live: LiveState, needed_names: Callable[[Change], Set[Name]]
) -> list[Change]:
    """The changes in the order in which they can be made. The same changes give the same order. Raises `Circular`.

    `needed_names` are the names that a change gives to something for a while.
    """
    ranked = sorted(changes, key=_rank)
    graph = predecessors(ranked, live, needed_names)
    sorter = TopologicalSorter(graph)
    try:
        sorter.prepare()
    except CycleError as error:
        raise Circular([ranked[number] for number in sorted(set(error.args[1]))]) from error
    result: list[Change] = []
    ready = sorted(sorter.get_ready())
    while ready:
        number = heappop(ready)
        result.append(ranked[number])
        sorter.done(number)
        for other in sorter.get_ready():
            heappush(ready, other)
    return result


def predecessors(
    ranked: Sequence[Change], live: LiveState, needed_names: Callable[[Change], Set[Name]]
) -> dict[int, set[int]]:
    """For each change, by its number, the numbers of the changes that must be made before it."""
    on_table: dict[TableName, list[int]] = {}
    for number, change in enumerate(ranked):
        on_table.setdefault(change.key.table_name, []).append(number)
    former = {
        index: number
        for number, change in enumerate(ranked)
        for index in indexes_of(former_key(change), change.before) - indexes_of(change.key, change.after)
    }
    graph: dict[int, set[int]] = {number: set() for number in range(len(ranked))}
    freed = dict(_freed_temporary_names(ranked))
    for later, change in enumerate(ranked) if freed else ():
        firsts = {freed[name] for name in needed_names(change) & freed.keys()}
        graph[later] |= {first for first in firsts if not continues(change, ranked[first])}
    for one, change in enumerate(ranked):
        for other in (number for table in _tables_of(change, live) for number in on_table.get(table, ())):
            for first, later in ((one, other), (other, one)):
                if first != later and _goes_before(ranked[first], ranked[later]):
                    graph[later].add(first)
        for index in indexes_of(change.key, change.after):
            first = former.get(index, one)
            if first != one and frees_name(ranked[first], change):
                graph[one].add(first)
        for ancestral in _on_ancestors(change, ranked, on_table, live):
            if passes_on(ranked[ancestral].before):
                graph[one].add(ancestral)
            elif (change.before is not None or change.key.kind == "not_null") and passes_on(
                ranked[ancestral].after
            ):
                graph[ancestral].add(one)
    return graph


def _freed_temporary_names(changes: Sequence[Change]) -> Iterator[tuple[Name, int]]:
    """The names with the tool's endings that changes give up, each with the number of the change."""
    for number, change in enumerate(changes):
        if change.action in (Action.DROP, Action.RENAME) and is_temporary(former_key(change).name):
            yield from ((name, number) for name in taken_names(former_key(change), change.before))


def _on_ancestors(
    change: Change, ranked: Sequence[Change], on_table: Mapping[TableName, Sequence[int]], live: LiveState
) -> Iterator[int]:
    """Changes of what a table has from its parents: it can be changed or removed there once they do not pass it on, and
    must be before they do."""
    for table in ancestors(change.key.table_name, live):
        for number in on_table.get(table, ()):
            other = ranked[number].key
            if (other.kind, other.name) == (change.key.kind, change.key.name):
                yield number


def _rank(change: Change) -> tuple[int, int, Key]:
    """Renames first, as others may take the name that gets free; drops last, foreign keys before what they need."""
    if change.action is Action.RENAME:
        return (0, rank_of(change.key), change.key)
    if change.action is Action.DROP:
        if change.key.kind == "dropped_table":
            return (3, 0, change.key)
        return (2, -rank_of(change.key), change.key)
    return (1, rank_of(change.key), change.key)


def _tables_of(change: Change, live: LiveState) -> set[TableName]:
    """The tables that a change has to do with: its own, those it refers to and those above them, those of foreign keys
    to it."""
    tables = {change.key.table_name}
    for definition in (change.before, change.after):
        reference = definition.reference() if definition else None
        if reference is not None:
            tables |= {reference.table, *ancestors(reference.table, live)}
    tables.update(names_of(change.after))
    if isinstance(change.before, Leftover):
        tables.update(dependent.table for dependent in change.before.dependents if dependent.table)
    return tables


def _goes_before(first: Change, later: Change) -> bool:
    return any(rule(first, later) for rule in (*_ENABLING, *_ARRANGING))


def only_arranges(first: Change, later: Change, live: LiveState) -> bool:
    """Whether `later` can be made without `first`, which precedes it only if both are made."""
    if any(rule(first, later) for rule in _ENABLING if rule is not _provides_key):
        return False
    if _provides_key(first, later):
        reference = later.after.reference() if later.after else None
        return any(one.serves(reference) for one in live.all_on(first.key.table_name).values() if reference)
    return any(rule(first, later) for rule in _ARRANGING)


def _reference_of(definition: Definition | None) -> tuple[object, set[str]] | None:
    reference = definition.reference() if definition else None
    return (reference[0], set(reference[1])) if reference else None


def _provides_key(first: Change, later: Change) -> bool:
    """A key is there before the foreign key that refers to it, be it to a partition that gets the key."""
    reference = later.after.reference() if later.after else None
    if reference is None or first.after is None or first is later:
        return False
    return reference.table in tables_with(first.key, first.after) and first.after.serves(reference)


def tables_with(key: Key, definition: Definition) -> set[TableName]:
    """The table of an object, and the partitions that have a part of it."""
    return {key.table_name, *names_of(definition)}


def _supports(first: Change, later: Change) -> bool:
    """The index that supports a foreign key is there before it."""
    if _reference_of(later.after) is None or first.after is None or _reference_of(first.after) is not None:
        return False
    columns = later.after.columns() if later.after else ()
    leading = first.after.indexed_columns()[: len(columns)]
    return first.key.table_name == later.key.table_name and bool(columns) and set(leading) == set(columns)


def _makes_not_null(first: Change, later: Change) -> bool:
    """Columns of a primary key are not null before it takes its index, which would else scan under a strong lock;
    those of a replica identity before it becomes one."""
    needs = later.key.kind == "primary_key" or getattr(later.after, "replica_identity", False) is True
    if not needs or first.key.kind != "not_null" or later.after is None:
        return False
    same_table = first.key.table_name == later.key.table_name
    return same_table and first.action is not Action.DROP and first.key.name in later.after.indexed_columns()


def _leaves_not_null(first: Change, later: Change) -> bool:
    """A primary key goes, or changes, before a column that was in it may be null."""
    if first.key.kind != "primary_key" or later.key.kind != "not_null" or later.action is not Action.DROP:
        return False
    if first.key.table_name != later.key.table_name or first.before is None:
        return False
    return later.key.name in first.before.indexed_columns()


def _gives_up_mark(first: Change, later: Change) -> bool:
    """An index stops being what only one of a table can be before another becomes it. One that is dropped keeps it
    until then."""
    if first.key.table_name != later.key.table_name or first.action is Action.DROP or first is later:
        return False
    return any(
        getattr(first.before, mark, False) is True
        and getattr(first.after, mark, False) is False
        and getattr(later.after, mark, False) is True
        for mark in ("clustered", "replica_identity")
    )


def frees_name(first: Change, later: Change) -> bool:
    """Something under `absent` goes, or gets another name, or an index of a partition does, before another object takes
    the name."""
    if first.action not in (Action.DROP, Action.ALTER, Action.RENAME) or first.key.kind == "dropped_table":
        return False
    if later.action is Action.DROP or first is later or continues(later, first):
        return False
    given_up = taken_names(former_key(first), first.before) - taken_names(first.key, first.after)
    return bool(given_up & taken_names(later.key, later.after))


def taken_names(key: Key, definition: Definition | None) -> set[Name]:
    """The names that the object takes: on its table, and those of its indexes in their schemas."""
    if definition is None:
        return set()
    name = given_name(key, definition)
    found: set[Name] = {(one.schema, one.name) for one in indexes_of(key, definition)}
    return found | {(key.table_name, name)} if name else found


def _releases(first: Change, later: Change) -> bool:
    """A foreign key goes before the key, or the table, that it refers to; unless that takes it along."""
    if first.action is not Action.DROP or later.before is None or first is later or first.key in later.dependents:
        return False
    if isinstance(later.before, Leftover):
        return any(dependent.table == first.key.table_name for dependent in later.before.dependents)
    reference = _reference_of(first.before)
    if reference is None:
        return False
    if later.action is not Action.DROP:
        return later.action is Action.ALTER and reference in _unique_keys(later)
    return reference[0] in tables_with(later.key, later.before) and _reference_of(later.before) is None


def _unique_keys(change: Change) -> list[tuple[object, set[str]]]:
    """What a foreign key may refer to before the change, and not during it: on the table and on partitions."""
    columns = set(key_columns(change.before)) if change.before and not _only_renames(change) else None
    return (
        [(table, columns) for table in tables_with(change.key, change.before)] if change.before and columns else []
    )


def _provided(change: Change) -> list[tuple[object, set[str]]]:
    """What a foreign key may refer to after the change."""
    if change.after is None:
        return []
    columns = set(key_columns(change.after))
    return [(table, columns) for table in tables_with(change.key, change.after)]


def _only_renames(change: Change) -> bool:
    """Whether all that becomes different are names of partitions' indexes."""
    before, after = change.before, change.after
    if not (isinstance(before, Partitionable) and isinstance(after, Partitionable)):
        return False
    return before.partitions != after.partitions and replace(before, partitions=after.partitions) == after


def key_columns(definition: Definition) -> tuple[str, ...]:
    """The columns that foreign keys may refer to because of it, be it by a period."""
    if isinstance(definition, KeyConstraint) and definition.without_overlaps and not definition.deferrable:
        return definition.key
    return definition.unique_columns()


def _takes_over(first: Change, later: Change) -> bool:
    """A new key is there before the one goes whose foreign keys will hang on it."""
    if first.action not in (Action.CREATE, Action.ALTER) or first is later or makes_room(later, first):
        return False
    had = _unique_keys(first)
    provided = [one for one in _provided(first) if one not in had]
    return any(_reference_of(one) in provided for one in later.dependents.values())


def _takes_along(first: Change, later: Change) -> bool:
    """A key takes its foreign keys along as they are, before anything else becomes of them."""
    return former_key(later) in first.dependents


def _leaves(first: Change, later: Change) -> bool:
    """A foreign key refers to something else before the key goes that it hangs on and that does not take it along."""
    if _reference_of(first.before) is None or first.action is not Action.ALTER or first.key in later.dependents:
        return False
    loses = later.action in (Action.ALTER, Action.DROP) and _reference_of(first.before) in _unique_keys(later)
    return loses and _reference_of(first.after) != _reference_of(first.before) and not _provides_key(later, first)


def _clears(first: Change, later: Change) -> bool:
    """A key goes before a foreign key is made that is to hang on an equal one: it would prefer the older."""
    if first is later or first.action not in (Action.ALTER, Action.DROP):
        return False
    unique = _unique_keys(first)
    made = [one.after for one in (later, *later.companions) if one.action in (Action.CREATE, Action.ALTER)]
    return any(_reference_of(one) in unique for one in made)


def _becomes_part(first: Change, later: Change) -> bool:
    """What a partition has for itself is there before the whole that it becomes a part of."""
    part = names_of(later.after).get(first.key.table_name)
    if part is None or first.after is None or part != given_name(first.key, first.after):
        return False
    attached = first.key.table_name in names_of(later.before)
    return first.action is Action.CREATE or (later.action is Action.CREATE and not attached)


def _makes_way(first: Change, later: Change) -> bool:
    """A foreign key goes before one over the same columns comes of which only one is enforced: on a partitioned table
    PostgreSQL does not let them stand side by side. Nothing is enforced for a shorter time by that."""
    old, new = first.before, later.after
    if first.action is not Action.DROP or not (isinstance(old, ForeignKey) and isinstance(new, ForeignKey)):
        return False
    same = first.key.table_name == later.key.table_name and set(old.key) == set(new.key)
    return same and old.enforced != new.enforced


def makes_room(first: Change, later: Change) -> bool:
    """Whether `later` needs a name or a mark that `first` gives up."""
    return _gives_up_mark(first, later) or frees_name(first, later)


def duplicates_removed(changes: Sequence[Change]) -> Iterator[Change]:
    """Each change once, and no drop of what is renamed: several new objects may stand for one that is `absent`."""
    seen = {
        (change.key._replace(name=change.renamed_from), Action.DROP)
        for change in changes
        if change.renamed_from is not None
    }
    for change in changes:
        if (change.key, change.action) not in seen:
            seen.add((change.key, change.action))
            yield change


_ENABLING = (
    *(_provides_key, _makes_not_null, _leaves_not_null, _gives_up_mark, frees_name, _releases, _takes_over),
    *(_leaves, _becomes_part, _makes_way, continues),
)
_ARRANGING = (_supports, _takes_along, _clears)
