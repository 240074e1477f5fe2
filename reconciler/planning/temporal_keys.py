"""Foreign keys without a period to columns that also have a key without overlaps.

Of the indexes over the referenced columns, PostgreSQL uses the oldest. If that belongs to a key without overlaps,
it rejects the foreign key, even if a newer index could serve it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from reconciler.model.change import Action, Change, former_key, given_name
from reconciler.model.definition import Definition, parts_of
from reconciler.model.effects import Resource, unique_key, with_a_period
from reconciler.model.facts import Answers
from reconciler.model.facts.dependents import IndexesByAge
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Refusal
from reconciler.model.state import Declared, LiveState
from reconciler.planning import refusals
from reconciler.planning.adoption import adopted_index
from reconciler.planning.completion import is_replaced
from reconciler.planning.order import Circular, graph_of
from reconciler.planning.target import Target


def older_temporal_keys(
    answers: Answers, changes: Collection[Change], declared: Mapping[Key, Declared], live: LiveState, major: int
) -> Iterator[Refusal]:
    """Return refusals of foreign keys that are added while the oldest key over their columns is one without
    overlaps."""
    doubtful = _doubtful(changes, live)
    if not doubtful:
        return
    try:
        graph = graph_of(changes, live, major)
        ordered = [graph.changes[number] for number in graph.ordered()]
    except Circular:  # that is a refusal of its own
        return
    tables = sorted({table for table, _ in doubtful.values()})
    found = answers.of(IndexesByAge(table=live.tables[name].oid) for name in tables if name in live.tables)
    by_age = dict(zip((name for name in tables if name in live.tables), found, strict=True))
    made: dict[Key, int | Key] = {}
    for number, change in enumerate(ordered):
        made[change.key] = _origin(number, change, made, live)
        for foreign_key, wanted in _added(change, live):
            if wanted not in doubtful:
                continue
            table, temporal = doubtful[wanted]
            there = Target(ordered[: number + 1], live)
            ages = {
                key: _age(key, table, made, by_age.get(table, ()), live)
                for one in (wanted, *temporal)
                for key in there.offering(one)
            }
            oldest = min(ages, key=lambda key: (ages[key], key), default=None)
            if oldest is not None and oldest not in there.offering(wanted):
                place = declared[foreign_key].place_of("references") if foreign_key in declared else change.place
                yield refusals.older_temporal_key(change, foreign_key, oldest, place)


Doubtful = Mapping[Resource, tuple[TableName, Collection[Resource]]]
"""Keys without a period that foreign keys refer to: the table, and the keys without overlaps over the same columns."""


def _doubtful(changes: Collection[Change], live: LiveState) -> Doubtful:
    """Return those with a key without overlaps before the plan or after one of the changes."""
    wanted = {one for change in changes for _, one in _added(change, live)}
    tables = {one.place for one in wanted if isinstance(one.place, TableName)}
    there = [(key, definition) for table in tables for key, definition in live.all_on(table).items()]
    there += [(change.key, change.after) for change in changes if change.after is not None]
    offered = {one for key, definition in there for one in definition.offers(key)} if wanted else set()
    found = ((one, offered.intersection(with_a_period(one))) for one in wanted)
    return {one: (one.place, temporal) for one, temporal in found if temporal and isinstance(one.place, TableName)}


def _added(change: Change, live: LiveState) -> Iterator[tuple[Key, Resource]]:
    """Yield the foreign keys without a period that the change adds, and the key that each refers to."""
    rebuilt = change.action is Action.CREATE or is_replaced(change, live)
    found: dict[Key, Definition | None] = {change.key: change.after} if rebuilt else {}
    found |= {**change.dependents, **{one.key: one.after for one in change.moved_dependents}}
    for key, definition in found.items():
        reference = definition.reference() if definition is not None else None
        if reference is not None and not reference.period:
            yield key, unique_key(reference.table, frozenset(reference.columns))


def _origin(number: int, change: Change, origins: Mapping[Key, int | Key], live: LiveState) -> int | Key:
    """Return where the index of the change's object comes from: the number of the change that builds it, or the key of
    the live object. `origins` has those of the changes before."""
    former = adopted_index(change, live) or former_key(change)
    if is_replaced(change, live) or (change.action is Action.CREATE and former == change.key):
        return number
    return origins.get(former, former)


def _age(
    key: Key, table: TableName, origins: Mapping[Key, int | Key], by_age: Sequence[str], live: LiveState
) -> tuple[int, int]:
    """Return the age of a key's index on its table, or on a partition. An older index has a smaller age value: those
    that exist before the plan are older than those that its changes build. `by_age` are the names of the table's
    indexes, the oldest first."""
    origin = origins.get(key, key)
    if isinstance(origin, int):
        return 1, origin
    before = live.get(origin)
    name = given_name(origin, before) if origin.table_name == table else parts_of(before).get(table, "")
    return 0, by_age.index(name) if name in by_age else len(by_age)
