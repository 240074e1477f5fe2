"""The order of changes: one graph made from their effects, and kind and name for changes that do not depend on each
other.

docs/decisions/0015-effects.md explains the relations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from itertools import product
from typing import NamedTuple

from reconciler.kinds import purpose_of, rank_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, continued
from reconciler.model.effects import Effects, Resource, Sort
from reconciler.model.names import Key, TableName
from reconciler.model.route import Need
from reconciler.model.state import LiveState
from reconciler.planning.effects import effects_of, whole_object
from reconciler.planning.not_valid import Before


class Circular(Exception):
    """These changes wait for each other in a circle."""

    def __init__(self, changes: Sequence[Change]) -> None:
        super().__init__(", ".join(map(str, changes)))
        self.changes = changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Changes sorted by kind and name, with their effects, and for each, by its number, the changes that must be made
    before it."""

    changes: Sequence[Change]
    effects: Sequence[Effects]
    needs: Mapping[int, Mapping[int, Need]]

    def circle(self) -> list[int]:
        """Return the numbers of changes each of which must be made before the next; the last is the first. None if
        there is no such circle."""
        try:
            TopologicalSorter(self.needs).prepare()
        except CycleError as error:
            return list(error.args[1])
        return []

    def ordered(self) -> list[int]:
        """Return the numbers in an order in which the changes can be made. It is always the same. Raise `Circular`
        if there is none."""
        circle = self.circle()
        if circle:
            raise Circular([self.changes[number] for number in sorted(set(circle))])
        sorter = TopologicalSorter(self.needs)
        sorter.prepare()
        result: list[int] = []
        ready = sorted(sorter.get_ready())
        while ready:
            number = heappop(ready)
            result.append(number)
            sorter.done(number)
            for other in sorter.get_ready():
                heappush(ready, other)
        return result


class _Relation(NamedTuple):
    """A change with a resource among its `first` effects is made before a change with it among its `later` effects.
    `yields`: unless a relation above orders the two the other way round. `only_order`: the order is better, but not
    required."""

    first: str
    later: str
    yields: bool = False
    only_order: bool = False


_RELATIONS = (
    _Relation("frees", "takes"),
    _Relation("provides", "needs"),
    _Relation("withdraws", "rules_out"),
    # A key drops and adds unchanged foreign keys again before anything else changes them.
    _Relation("uses", "withdraws", only_order=True),
    _Relation("releases", "withdraws", yields=True),
    _Relation("provides", "keeps", yields=True),
    # PostgreSQL ties a foreign key to the oldest of several equal keys: a key that is dropped or replaced is
    # changed before.
    _Relation("withdraws", "needs", yields=True),
    _Relation("provides", "prefers", yields=True, only_order=True),
    # PostgreSQL rejects a foreign key without a period while the oldest key over its columns is one without
    # overlaps.
    _Relation("withdraws", "avoids", yields=True),
    _Relation("avoids", "provides", yields=True, only_order=True),
)


def graph_of(
    changes: Iterable[Change],
    live: LiveState,
    major: int,
    late: Collection[Key] = frozenset(),
    repaired: Iterable[Before] = (),
) -> Graph:
    """Return the graph of the changes. `major` is the server's version. Of new objects, those that are `late` come
    last, unless others need them. `repaired` is the better order for changes that repair rows."""
    ranked = sorted(changes, key=lambda change: _rank(change, late))
    effects = [effects_of(change, live, major) for change in ranked]
    involved = _Involved(effects)
    needs: dict[int, dict[int, Need]] = {number: {} for number in range(len(ranked))}
    going_on = set(continued(ranked))
    for first, later in going_on:
        needs[later][first] = Need()
    for relation in _RELATIONS:
        found = [
            (first, later, what)
            for first, later, what in involved.pairs(relation.first, relation.later)
            if (later, first) not in going_on and not (relation.yields and later in needs[first])
        ]
        for first, later, what in found:
            only_order = relation.only_order or (relation.later == "needs" and _is_offered(what, live))
            needs[later].setdefault(first, Need(what, only_order))
    numbers: defaultdict[Key, list[int]] = defaultdict(list)
    for number, change in enumerate(ranked):
        numbers[change.key].append(number)
    for one in repaired:
        for first, later in product(numbers[one.first], numbers[one.later]):
            if not _follows(first, later, needs):
                needs[later].setdefault(first, Need(whole_object(one.cause), only_order=True))
    return Graph(changes=ranked, effects=effects, needs=needs)


def _follows(number: int, other: int, needs: Mapping[int, Mapping[int, Need]]) -> bool:
    """Whether a change must be made after the other one, directly or because of those in between."""
    seen, waiting = {number}, [number]
    while waiting:
        found = needs[waiting.pop()].keys() - seen
        seen |= found
        waiting += found
    return other in seen


def _rank(change: Change, late: Collection[Key]) -> tuple[int, int, Key]:
    """Renames are first, because others may take the freed names; drops are last, foreign keys before what they
    need."""
    if change.action is Action.RENAME:
        return (0, rank_of(change.key), change.key)
    if change.action is Action.DROP:
        if purpose_of(change.key) is Purpose.DROPS_TABLE:
            return (4, 0, change.key)
        return (3, -rank_of(change.key), change.key)
    return (2 if change.key in late else 1, rank_of(change.key), change.key)


def _is_offered(what: Resource, live: LiveState) -> bool:
    """Whether an existing object already offers a key: a foreign key prefers the new one."""
    if what.sort is not Sort.UNIQUE_KEY or not isinstance(what.place, TableName):
        return False
    return any(what in one.offers(key) for key, one in live.all_on(what.place).items())


class _Involved:
    """The numbers of the changes that take, free, provide … each resource."""

    def __init__(self, effects: Sequence[Effects]) -> None:
        self._found: dict[str, dict[Resource, list[int]]] = {part: {} for part in Effects.__slots__}
        for number, one in enumerate(effects):
            for part, found in self._found.items():
                for resource in getattr(one, part):
                    found.setdefault(resource, []).append(number)

    def pairs(self, part: str, other: str) -> Iterator[tuple[int, int, Resource]]:
        """Yield each two changes that involve the same resource in these ways."""
        firsts, laters = self._found[part], self._found[other]
        for resource in firsts.keys() & laters.keys():
            for first in firsts[resource]:
                yield from ((first, later, resource) for later in laters[resource] if later != first)


def duplicates_removed(changes: Sequence[Change]) -> Iterator[Change]:
    """Return each change once, and no drop of an object that is renamed: several new objects may replace one that
    is `absent`."""
    seen = {
        (change.key._replace(name=change.renamed_from), Action.DROP)
        for change in changes
        if change.renamed_from is not None
    }
    for change in changes:
        if (change.key, change.action) not in seen:
            seen.add((change.key, change.action))
            yield change
