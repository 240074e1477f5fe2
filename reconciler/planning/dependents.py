"""Foreign keys that depend on an index that a change drops or replaces.

Each foreign key depends on one unique index. If that index is dropped or rebuilt, the foreign keys are dropped and
added again with it. That changes them, so the file must declare them; and afterwards another key must make the
columns unique.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from reconciler.model.change import Action, Change, former_key, given_name
from reconciler.model.definition import Definition
from reconciler.model.effects import Effects, Resource, unique_keys
from reconciler.model.facts import Answers
from reconciler.model.facts.dependents import ReferencesTo
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Refusal
from reconciler.model.state import Declared, LiveState
from reconciler.planning import refusals
from reconciler.planning.adoption import adopted_index
from reconciler.planning.effects import effects_of
from reconciler.planning.inheritance import ancestors
from reconciler.planning.order import Graph, graph_of
from reconciler.planning.target import Target

ForeignKeysByIndex = Mapping[tuple[TableName, str], Collection[Key]]
"""The foreign keys that depend on each index, by its table and name."""


def with_dependents(
    answers: Answers, changes: Sequence[Change], declared: Collection[Key], live: LiveState, major: int
) -> tuple[list[Change], list[Refusal]]:
    """Return the changes, with the dependent foreign keys of those that drop or replace an index; and the
    objections."""
    relied = {one for key, definition in live.objects.items() for one in definition.relies_on(key)}
    if not any(relied.intersection(unique_keys(effects_of(one, live, major).withdraws)) for one in changes):
        return list(changes), []
    graph = graph_of(changes, live, major)
    changes, effects = graph.changes, graph.effects
    losing = [n for n, one in enumerate(effects) if relied.intersection(unique_keys(one.withdraws))]
    foreign_keys_by_index = _read(answers, [changes[n] for n in losing], live)
    plan = _Plan(
        graph=graph, losing=losing, declared=declared, live=live, foreign_keys_by_index=foreign_keys_by_index
    )
    found, refused, absorbed = [], [], set()
    for number, change in enumerate(changes):
        dependents = plan.dependents(number)
        objections = list(plan.objections(number, dependents)) if dependents else []
        refused += objections
        taken = {} if objections else {key: live.objects[key] for key in dependents}
        moved_dependents = tuple(one for one in plan.moved_dependents(number) if one.key not in absorbed)
        absorbed |= {one.key for one in moved_dependents}
        if taken or moved_dependents:
            change = replace(change, dependents=taken, moved_dependents=moved_dependents)
        found.append(change)
    refused += _tied_again(changes, effects, losing, absorbed, live)
    return [change for change in found if change.key not in absorbed], refused


def _tied_again(
    changes: Sequence[Change],
    effects: Sequence[Effects],
    losing: Sequence[int],
    absorbed: Collection[Key],
    live: LiveState,
) -> Iterator[Refusal]:
    """Return refusals of foreign keys that move between a table and its partitions. They are changed before their
    key is dropped, but PostgreSQL could tie them to a part of that key again."""
    for number in losing:
        lost = unique_keys(effects[number].withdraws)
        for change, one in zip(changes, effects, strict=True):
            if change.key not in absorbed and lost & one.releases and lost & one.needs:
                yield refusals.circular(change, [change, changes[number]], live)


def unserved(changes: Sequence[Change], declared: Mapping[Key, Declared], target: Target) -> Iterator[Refusal]:
    """Return refusals of foreign keys that are added or altered and refer to columns that no key makes unique after
    the plan: the current key is dropped, or becomes another one."""
    for change in changes:
        reference = change.after.reference() if change.after is not None else None
        if reference is None or change.action not in (Action.CREATE, Action.ALTER) or change.key not in declared:
            continue
        if not all(map(target.offering, _keys_needed(change.key, change.after))):
            yield refusals.no_unique_key(declared[change.key], reference)


def _keys_needed(key: Key, definition: Definition | None) -> set[Resource]:
    """Return the keys that a foreign key refers to."""
    return unique_keys(definition.relies_on(key)) if definition is not None else set()


def _read(answers: Answers, changes: Sequence[Change], live: LiveState) -> ForeignKeysByIndex:
    names = {table for change in changes for table, _ in _indexes(change, live)}
    by_index: dict[tuple[TableName, str], list[Key]] = {}
    tables = sorted(names)
    found = answers.of(ReferencesTo(table=live.tables[name].oid) for name in tables)
    for table, references in zip(tables, found, strict=True):
        for one in references:
            if one.foreign_key in live.objects:  # otherwise it was created after the live state was read
                by_index.setdefault((table, one.index), []).append(one.foreign_key)
    return by_index


def _indexes(change: Change, live: LiveState) -> list[tuple[TableName, str]]:
    """Return the indexes that the change drops, replaces or adopts: on the table and on partitions. They have their
    live names, although an earlier change of the plan may rename them."""
    former = former_key(change)
    before = live.objects.get(adopted_index(change, live) or former, change.before)
    name = given_name(former, before) if change.before else given_name(change.key, change.after)
    return [(change.key.table_name, name), *(before.partition_indexes() if before is not None else ())]


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """Everything that decides about the foreign keys of a change: the graph of all changes without dependents, and the
    numbers of those, `losing`, that withdraw a key."""

    graph: Graph
    losing: Sequence[int]
    declared: Collection[Key]
    live: LiveState
    foreign_keys_by_index: ForeignKeysByIndex

    def dependents(self, number: int) -> list[Key]:
        """Return the foreign keys that depend on the change's index, or may depend on it by then: while one of two
        equal indexes does not exist, its foreign keys depend on the other. A foreign key that is dropped, or moves
        to another key, is changed beforehand if no key serves it."""
        keys = [key for key in self._foreign_keys_on(number) if not self._is_dropped_first(key)]
        return [
            key
            for key in keys
            if self._is_provided(number, key) or not (key in self._leaving or self._is_dropped(key))
        ]

    def moved_dependents(self, number: int) -> tuple[Change, ...]:
        """Return the changes of foreign keys that move from the old columns of a key to its new columns. A foreign
        key that moves to another key is changed separately, beforehand."""
        offered = self.graph.effects[number].provides
        moves = [self._leaving[key] for key in self._foreign_keys_on(number) if key in self._leaving]
        return tuple(
            one
            for one in moves
            if _keys_needed(one.key, one.after) <= offered and not self._is_provided(number, one.key)
        )

    def _foreign_keys_on(self, number: int) -> list[Key]:
        if number not in self.losing:
            return []
        lost = unique_keys(self.graph.effects[number].withdraws)
        equal = [n for n in self.losing if lost & unique_keys(self.graph.effects[n].withdraws)]
        indexes = [index for n in equal for index in _indexes(self.graph.changes[n], self.live)]
        return sorted({key for index in indexes for key in self.foreign_keys_by_index.get(index, ())})

    @cached_property
    def _leaving(self) -> Mapping[Key, Change]:
        """Return the foreign keys that will refer to other columns, or to another table."""
        return {
            change.key: change
            for change in self.graph.changes
            if change.action is Action.ALTER
            and change.before is not None
            and change.before.reference() is not None
            and _keys_needed(change.key, change.before) != _keys_needed(change.key, change.after)
        }

    def objections(self, number: int, dependents: Sequence[Key]) -> Iterator[Refusal]:
        """Return why the change cannot drop and add them again."""
        change = self.graph.changes[number]
        undeclared = {key: self.live.objects[key] for key in dependents if key not in self._known}
        lost = [key for key in dependents if not self._is_provided(number, key)]
        if lost:
            turns = change.after is not None and change.after.is_deferrable()
            yield refusals.still_referenced(change.key, change.place, lost, deferrable=turns)
        elif undeclared:
            yield refusals.dependents_undeclared(change.key, change.place, undeclared)

    @cached_property
    def _known(self) -> set[Key]:
        """Return the live objects that the file names, also by a former name."""
        return {
            *self.declared,
            *map(former_key, self.graph.changes),
            *(change.key for change in self.graph.changes),
        }

    def _is_dropped_first(self, key: Key) -> bool:
        """Whether a foreign key is dropped for good, and so first. One whose successor refers to the same key stays
        until the successor exists."""
        if not self._is_dropped(key):
            return False
        old = self.live.objects[key]
        return not any(
            change.action is Action.CREATE
            and change.key.kind == key.kind
            and change.after is not None
            and set(change.after.prefers(change.key)) == set(old.prefers(key))
            and _keys_needed(change.key, change.after) == _keys_needed(key, old)
            for change in self.graph.changes
        )

    def _is_dropped(self, key: Key) -> bool:
        return any(change.key == key and change.action is Action.DROP for change in self.graph.changes)

    def _is_provided(self, number: int, foreign_key: Key) -> bool:
        """Whether a key makes the referenced columns unique right after the change."""
        (wanted,) = _keys_needed(foreign_key, self.live.objects[foreign_key])
        if self._offers_afterwards(number, wanted):
            return True
        others = (n for n in range(len(self.graph.changes)) if n != number and self._offers_afterwards(n, wanted))
        return self._stays(wanted) or any(self._exists_before(other, number, wanted) for other in others)

    def _stays(self, wanted: Resource) -> bool:
        """Whether an object that no change drops or replaces offers the key. Partitions have the keys of their
        ancestors."""
        assert isinstance(wanted.place, TableName)
        lost = {self.graph.changes[n].key for n in self.losing}
        lost |= {key for n in self.losing if (key := adopted_index(self.graph.changes[n], self.live)) is not None}
        tables = (wanted.place, *ancestors(wanted.place, self.live))
        staying = ((key, one) for table in tables for key, one in self.live.on(table).items() if key not in lost)
        return any(wanted in one.offers(key) for key, one in staying)

    def _offers_afterwards(self, number: int, wanted: Resource) -> bool:
        change = self.graph.changes[number]
        return change.after is not None and wanted in change.after.offers(change.key)

    def _exists_before(self, new: int, number: int, wanted: Resource) -> bool:
        """Whether a new key exists before the change. It does, unless it must wait for the change; a key that gets
        other columns exists before another key is dropped. A key rebuilt over the same columns drops and adds the
        foreign keys again."""
        if wanted in self.graph.effects[new].withdraws:
            return True
        if self.graph.changes[new].action is Action.ALTER and self.graph.changes[number].action is not Action.DROP:
            return False
        return number not in self.graph.needs[new]
