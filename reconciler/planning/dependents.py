"""Foreign keys that hang on an index which a change takes away.

Each foreign key hangs on one unique index. If that goes or is made anew, they are dropped and added again with it. That
changes them, so the file must declare them; and something must make the columns unique afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reconciler.kinds.foreign_key.definition import ForeignKey
from reconciler.kinds.index.definition import Index
from reconciler.kinds.key_constraint import KeyConstraint
from reconciler.kinds.partition_names import names_of
from reconciler.model.change import Action, Change, former_key, given_name
from reconciler.model.definition import Definition
from reconciler.model.facts import Facts
from reconciler.model.facts.references import IndexesOfReferences
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Refusal
from reconciler.model.state import Declared, LiveState
from reconciler.planning import refusals
from reconciler.planning.completion import differing, is_made_anew
from reconciler.planning.inheritance import ancestors
from reconciler.planning.order import key_columns, makes_room

Hanging = Mapping[tuple[TableName, str], Collection[Key]]
"""The foreign keys that hang on each index, by its table and name."""


def with_dependents(
    facts: Facts, changes: Sequence[Change], declared: Collection[Key], live: LiveState
) -> tuple[list[Change], list[Refusal]]:
    """The changes, those that take an index away with the foreign keys that hang on it; and what speaks against it."""
    losing = [change for change in changes if _loses_its_index(change, live) and _is_referenced(change, live)]
    turning = [change for change in changes if _turns_deferrable(change, live)]
    if not losing and not turning:
        return list(changes), []
    hanging = _read(facts, losing + turning, live)
    plan = _Plan(changes=changes, losing=losing, turning=turning, declared=declared, live=live, hanging=hanging)
    found, refused, absorbed = [], [], set()
    for change in changes:
        dependents = plan.dependents(change)
        objections = list(plan.objections(change, dependents)) if dependents else []
        refused += objections
        taken = {} if objections else {key: live.objects[key] for key in dependents}
        companions = tuple(one for one in plan.companions(change) if one.key not in absorbed)
        absorbed |= {one.key for one in companions}
        if taken or companions:
            change = replace(change, dependents=taken, companions=companions)
        found.append(change)
    return [change for change in found if change.key not in absorbed], refused


def unserved(changes: Sequence[Change], declared: Mapping[Key, Declared], live: LiveState) -> Iterator[Refusal]:
    """Refusals of foreign keys that are made or altered, and refer to columns which nothing makes unique when the plan
    is done: what does now goes or becomes another key."""
    gone = {former_key(one) for one in changes if one.before is not None}
    parts_gone = {part for one in changes for part in names_of(one.before).items()}
    made: dict[TableName, list[Definition]] = {}
    for one in changes:
        made.setdefault(one.key.table_name, []).extend([one.after] if one.after is not None else [])
    for change in changes:
        reference = change.after.reference() if change.after is not None else None
        if reference is None or change.action not in (Action.CREATE, Action.ALTER) or change.key not in declared:
            continue
        tables = {reference.table, *ancestors(reference.table, live)}
        staying = [one for table in tables for key, one in live.on(table).items() if key not in gone]
        staying += [
            one
            for key, one in live.all_on(reference.table).items()
            if key not in gone and (reference.table, given_name(key, one)) not in parts_gone
        ]
        staying += [one for table in tables for one in made.get(table, ())]
        if not any(one.serves(reference) for one in staying):
            yield refusals.no_unique_key(declared[change.key], reference)


def _loses_its_index(change: Change, live: LiveState) -> bool:
    if change.before is None or not key_columns(change.before):
        return False
    if change.action is not Action.ALTER or change.after is None:
        return change.action is Action.DROP
    partitioned = live.tables[change.key.table_name].is_partitioned
    return is_made_anew(differing(change.before, change.after), partitioned=partitioned)


def _is_referenced(change: Change, live: LiveState) -> bool:
    """Whether a foreign key may hang on it: most plans need no query."""
    assert change.before is not None
    tables, columns = {change.key.table_name, *names_of(change.before)}, frozenset(key_columns(change.before))
    return any(
        isinstance(one, ForeignKey) and one.ref_table in tables and frozenset(one.ref_columns) == columns
        for one in live.objects.values()
    )


def _turns_deferrable(change: Change, live: LiveState) -> bool:
    """A constraint that takes a unique index over and makes it deferrable. PostgreSQL lets that happen."""
    if not isinstance(change.after, KeyConstraint) or change.before is not None or not change.after.deferrable:
        return False
    index = live.objects.get(_index_key(change))
    return isinstance(index, Index) and bool(key_columns(index))


def _index_key(change: Change) -> Key:
    return change.key._replace(kind="index", name=given_name(change.key, change.before or change.after))


def _read(facts: Facts, changes: Sequence[Change], live: LiveState) -> Hanging:
    names = {table for change in changes for table in (change.key.table_name, *names_of(change.before))}
    tables = tuple(sorted(live.tables[name].oid for name in names))
    on: dict[tuple[TableName, str], list[Key]] = {}
    for one in facts.answer(IndexesOfReferences(tables=tables)):
        if one.foreign_key in live.objects:  # else it was made since the live state was read
            on.setdefault((one.table, one.index), []).append(one.foreign_key)
    return on


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What decides about the foreign keys of a change: all changes, `losing` those that take an index away, `turning`
    those that make one useless to foreign keys."""

    changes: Sequence[Change]
    losing: Sequence[Change]
    turning: Sequence[Change]
    declared: Collection[Key]
    live: LiveState
    hanging: Hanging

    def dependents(self, change: Change) -> list[Key]:
        """What hangs on the change's index, or may by then: while one of two equal indexes is away, what hung on it
        hangs on the other."""
        keys = [key for key in self._hanging(change) if not self._goes_first(key)]
        return keys if self._is_provided(change) else [key for key in keys if key not in self._leaving()]

    def companions(self, change: Change) -> tuple[Change, ...]:
        """The changes of foreign keys that move from the columns which a key has to those which it gets. One that moves
        elsewhere does so by itself, beforehand."""
        if change.after is None or self._is_provided(change):
            return ()
        wanted = (change.key.table_name, frozenset(key_columns(change.after)))
        leaving = self._leaving()
        moves = [leaving[key] for key in self._hanging(change) if key in leaving]
        return tuple(one for one in moves if isinstance(one.after, ForeignKey) and _target(one.after) == wanted)

    def _hanging(self, change: Change) -> list[Key]:
        if change in self.turning:
            equal = [change]
        elif change in self.losing:
            equal = [one for one in self.losing if _place(one) == _place(change)]
        else:
            return []
        indexes = [(one.key.table_name, _index_key(one).name) for one in equal]
        indexes += [part for one in equal for part in names_of(self.live.objects.get(one.key)).items()]
        return sorted({key for index in indexes for key in self.hanging.get(index, ())})

    def _leaving(self) -> Mapping[Key, Change]:
        """The foreign keys that are to refer to other columns, or another table."""
        return {
            change.key: change
            for change in self.changes
            if change.action is Action.ALTER
            and isinstance(change.before, ForeignKey)
            and isinstance(change.after, ForeignKey)
            and _target(change.before) != _target(change.after)
        }

    def objections(self, change: Change, dependents: Sequence[Key]) -> Iterator[Refusal]:
        """Why the change cannot take them along."""
        undeclared = {key: self.live.objects[key] for key in dependents if key not in self._known()}
        if not self._is_provided(change):
            yield refusals.still_referenced(change.key, change.place, dependents, deferrable=_is_deferrable(change))
        elif undeclared:
            yield refusals.dependents_undeclared(change.key, change.place, undeclared)

    def _known(self) -> set[Key]:
        """The live objects that the file names, be it by a former name."""
        former = {
            change.key._replace(name=change.renamed_from)
            for change in self.changes
            if change.renamed_from is not None
        }
        return {*self.declared, *former, *(change.key for change in self.changes)}

    def _goes_first(self, key: Key) -> bool:
        """A foreign key that goes for good. One with a successor that refers to the same stays until that is there."""
        if not any(change.key == key and change.action is Action.DROP for change in self.changes):
            return False
        old = self.live.objects[key]
        assert isinstance(old, ForeignKey)
        return not any(
            change.action is Action.CREATE
            and isinstance(change.after, ForeignKey)
            and change.key.table_name == key.table_name
            and set(change.after.key) == set(old.key)
            and _target(change.after) == _target(old)
            for change in self.changes
        )

    def _is_provided(self, change: Change) -> bool:
        """Whether something makes the columns unique, to which the foreign keys refer, right after the change."""
        wanted = _offer(self._index_of(change))
        if change.after is not None and _offer(change.after) == wanted:
            return True
        lost = {*(one.key for one in self.losing), *map(_index_key, self.turning)}
        # What a table above has, its partitions have as well.
        tables = {change.key.table_name, *ancestors(change.key.table_name, self.live)}
        staying = (one for table in tables for key, one in self.live.on(table).items() if key not in lost)
        coming = (
            one.after
            for one in self.changes
            if one.key.table_name in tables and one.after and _comes_before(one, change)
        )
        remade = (
            one.after
            for one in self.losing
            if one is not change and one.key.table_name in tables and _offer(one.before) == _offer(one.after)
        )
        return any(_offer(one) == wanted for one in (*staying, *remade, *coming))

    def _index_of(self, change: Change) -> Definition | None:
        return self.live.objects[_index_key(change)] if change in self.turning else change.before


def _offer(definition: Definition | None) -> tuple[frozenset[str], bool]:
    """The columns that foreign keys may refer to because of it, and whether that takes a period."""
    columns = frozenset(key_columns(definition)) if definition else frozenset()
    return columns, getattr(definition, "without_overlaps", False)


def _target(foreign_key: ForeignKey) -> tuple[TableName, frozenset[str]]:
    return foreign_key.ref_table, frozenset(foreign_key.ref_columns)


def _comes_before(new: Change, change: Change) -> bool:
    """A new key is there before the change, unless it needs the room that the change makes, or adopts the index; and
    one that gets other columns is, before a key goes."""
    names = (given_name(new.key, new.after), given_name(change.key, change.before))
    if new.action is Action.ALTER and change.action is not Action.DROP:
        return False
    return new.action in (Action.CREATE, Action.ALTER) and not makes_room(change, new) and names[0] != names[1]


def _place(change: Change) -> tuple[TableName, frozenset[str]]:
    columns = key_columns(change.before) if change.before else ()
    return change.key.table_name, frozenset(columns)


def _is_deferrable(change: Change) -> bool:
    return isinstance(change.after, KeyConstraint) and change.after.deferrable
