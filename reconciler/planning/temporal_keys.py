"""Foreign keys without a period to columns that also have a key without overlaps.

Of the indexes over the referenced columns, PostgreSQL uses the oldest. If that belongs to a key without overlaps,
it rejects the foreign key, even if a newer index could serve it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

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
from reconciler.planning.effects import is_replaced
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
    ages = _Ages(answers, live, sorted({table for table, _ in doubtful.values()}))
    for number, change in enumerate(ordered):
        ages.note(number, change)
        for foreign_key, wanted in _added(change, live):
            if wanted not in doubtful:
                continue
            table, temporal = doubtful[wanted]
            there = Target(ordered[: number + 1], live)
            keys = {key for one in (wanted, *temporal) for key in there.offering(one)}
            oldest = min(keys, key=lambda key: (ages.of(key, table), key), default=None)
            if oldest is not None and oldest not in there.offering(wanted):
                place = declared[foreign_key].place_of("references") if foreign_key in declared else change.place
                yield refusals.older_temporal_key(change, foreign_key, oldest, place)


Doubtful = Mapping[Resource, tuple[TableName, Collection[Resource]]]
"""Keys without a period that foreign keys refer to: the table, and the keys without overlaps over the same columns."""


def _doubtful(changes: Collection[Change], live: LiveState) -> Doubtful:
    """Return those with a key without overlaps before the plan or after one of the changes."""
    wanted = {one for change in changes for _, one in _added(change, live)}
    tables = {one.place for one in wanted if isinstance(one.place, TableName)}
    there = [(key, it) for table in tables for key, it in live.all_on(table).items()]
    there += [(change.key, change.after) for change in changes if change.after is not None]
    offered = {one for key, it in there for one in it.offers(key)} if wanted else set()
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


class _Ages:
    """The relative ages of the indexes of keys. Those that exist before the plan are older than those that its
    changes build."""

    def __init__(self, answers: Answers, live: LiveState, tables: Collection[TableName]) -> None:
        found = answers.of(IndexesByAge(table=live.tables[name].oid) for name in tables if name in live.tables)
        self._names = dict(zip((name for name in tables if name in live.tables), found, strict=True))
        self._live = live
        self._made: dict[Key, int] = {}
        self._former: dict[Key, Key] = {}

    def note(self, number: int, change: Change) -> None:
        """Record a change, in the order in which the changes are made."""
        former = adopted_index(change, self._live) or former_key(change)
        if is_replaced(change, self._live) or (change.action is Action.CREATE and former == change.key):
            self._made[change.key] = number
        elif former in self._made:
            self._made[change.key] = self._made[former]
        else:
            self._former[change.key] = self._former.get(former, former)

    def of(self, key: Key, table: TableName) -> tuple[int, int]:
        """Return the age of a key's index on its table, or on a partition. An older index has a smaller age
        value."""
        if key in self._made:
            return 1, self._made[key]
        former = self._former.get(key, key)
        before = self._live.get(former)
        name = given_name(former, before) if former.table_name == table else parts_of(before).get(table, "")
        names = self._names.get(table, ())
        return 0, names.index(name) if name in names else len(names)
