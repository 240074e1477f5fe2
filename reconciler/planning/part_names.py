"""Names for the indexes that partitions get because their partitioned table gets one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial

from reconciler.kinds import KINDS, key_for, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, former_key, given_name
from reconciler.model.definition import Definition, has_index, parts_of
from reconciler.model.facts import Answers
from reconciler.model.facts.names import WhatHas
from reconciler.model.index_facts import PartitionNames
from reconciler.model.names import Key, TableName, cut
from reconciler.model.state import DesiredState, LiveState, LiveTable
from reconciler.planning.completion import essence


@dataclass(slots=True, kw_only=True)
class _Wish:
    """A partition's index without a name. `named` names it by a number, from 0, which is raised until the name is
    free."""

    change: int
    table: TableName
    named: Callable[[int], str]
    number: int = 0

    @property
    def index(self) -> TableName:
        return TableName(schema=self.table.schema, name=self.named(self.number))


@dataclass(slots=True, kw_only=True)
class Namer:
    """Decides whether a name is available. `freed` names become free, `declared` names are in the file, `reserved`
    names have been given already; `there` are the objects that exist, or are built separately before."""

    answers: Answers
    live: LiveState
    freed: Set[TableName]
    declared: Set[TableName]
    reserved: set[TableName]
    there: dict[Key, Definition]

    def name(self, named: Mapping[int, dict[TableName, str]], changes: list[Change]) -> None:
        """Name the partitions' indexes of some changes, by number, in addition to those that have names already."""
        waiting = [
            _Wish(change=n, table=table.name, named=_naming(changes[n], table.name, self.there))
            for n, given in named.items()
            for table in indexed_below(self.live, changes[n].key.table_name)
            if table.name not in given
        ]
        while waiting:
            taken = taken_relations(self.answers, [wish.index for wish in waiting]) - self.freed
            waiting = [wish for wish in waiting if not self._is_met(wish, named[wish.change], changes, taken)]
            for wish in waiting:
                wish.number += 1
        for n, names in named.items():
            changes[n] = _with_names(changes[n], tuple(sorted(names.items())))
            key, after = changes[n].key, changes[n].after
            if key in self.there and after is not None:
                self.there[key] = after

    def _is_met(
        self, wish: _Wish, names: dict[TableName, str], changes: Sequence[Change], taken: Set[TableName]
    ) -> bool:
        if wish.table in names:
            return True  # it is already attached to the partitioned table's index
        index = wish.index
        found = own_part(changes[wish.change], self.live.tables[wish.table], index.name, self.there)
        if index in self.reserved or (index in taken | self.declared and found is None):
            return False
        self.reserved.add(index)
        names.update({wish.table: index.name, **parts_of(found)})
        return True


def objects_by_then(live: LiveState, changes: Sequence[Change]) -> dict[Key, Definition]:
    """Return the objects that can become parts: the live ones, with those of partitions as the file declares them.
    They have that form before they become parts."""
    own = [one for one in changes if one.key.table_name in live.tables and live.tables[one.key.table_name].parents]
    gone = {former_key(one) for one in own if one.action in (Action.DROP, Action.RENAME)}
    new = {one.key: one.after for one in own if one.action is not Action.DROP and one.after is not None}
    attached = live.objects.keys() - not_attached(live).keys()
    found = {**live.objects, **new}
    return {key: one for key, one in found.items() if key not in attached and (key in new or key not in gone)}


def not_attached(live: LiveState) -> dict[Key, Definition]:
    """Return the live objects without partitions' constraints whose index is part of a partitioned table's index. It
    cannot become a part of another one."""
    attached = attached_indexes(live.objects)
    return {
        key: one
        for key, one in live.objects.items()
        if not attached or TableName(schema=key.schema, name=given_name(key, one)) not in attached
    }


def attached_indexes(objects: Mapping[Key, Definition]) -> dict[TableName, Key]:
    """Return the indexes that partitions have because of an object of the partitioned table."""
    return {
        index_name(table, name): key
        for key, one in objects.items()
        for table, name in parts_of(one).items()
        if table != key.table_name
    }


def _naming(change: Change, table: TableName, there: Mapping[Key, Definition]) -> Callable[[int], str]:
    after = change.after
    assert after is not None
    own = there.get(key_for(Purpose.IDENTIFIES_ROWS, table))
    if purpose_of(change.key) is Purpose.IDENTIFIES_ROWS and own is not None:
        return partial(_always, own.given_name(""))
    return partial(after.part_name, table)


def _always(name: str, number: int) -> str:
    return name if not number else cut(name, str(number))


def _with_names(change: Change, names: PartitionNames) -> Change:
    assert change.after is not None
    return replace(change, after=change.after.with_part_names(names))


def taken_relations(answers: Answers, names: Collection[TableName]) -> set[TableName]:
    """Return those of the names that a relation has, or a constraint whose index will have it."""
    held = answers.of(WhatHas(name=name) for name in names)
    return {name for name, objects in zip(names, held, strict=True) if objects}


def taken_constraints(answers: Answers, names: Collection[TableName]) -> set[TableName]:
    """Return those of the names that a constraint has on any table of the schema: PostgreSQL does not choose such a
    name."""
    held = answers.of(WhatHas(name=name) for name in names)
    return {name for name, objects in zip(names, held, strict=True) if objects.constraints}


def own_part(change: Change, table: LiveTable, name: str, there: Mapping[Key, Definition]) -> Definition | None:
    """Return the partition's own index of this name that is not attached yet; or the constraint, or an index that
    the constraint can adopt or that enforces it.

    An index that replaces another object is built, whatever exists.
    """
    if change.action is not Action.CREATE:
        return None
    key, after = key_for(Purpose.IS_INDEX, table.name, name), change.after
    assert after is not None
    own = key._replace(kind=change.key.kind, name=name if change.key.name else "")
    candidates: list[tuple[Definition | None, Definition]] = [(there.get(own), after)]
    index = None if table.is_partitioned else after.as_index()
    if index is after:
        key_of_its_own = _enforced_by(key, there)
        if key_of_its_own is not None and not key_of_its_own.is_deferrable():
            candidates.append((key_of_its_own.as_index(), after))
    elif index is not None:
        candidates.append((there.get(key), index))
    fitting = (found for found, wanted in candidates if found is not None and essence(found) == essence(wanted))
    return next(fitting, None)


def _enforced_by(index: Key, objects: Mapping[Key, Definition]) -> Definition | None:
    """Return the constraint of its table that the index enforces."""
    keys = (index._replace(kind=kind.id, name=name) for kind in KINDS for name in ("", index.name))
    found = (objects[key] for key in keys if key != index and key in objects)
    return next(
        (one for one in found if one.as_index() is not None and one.given_name(index.name) == index.name), None
    )


def declared_names(desired: DesiredState) -> set[TableName]:
    """Return the indexes that the file names."""
    return {
        index_name(key.table_name, name)
        for key, one in desired.objects.items()
        if has_index(one.definition) and (name := given_name(key, one.definition))
    }


def indexed_below(live: LiveState, table: TableName) -> Iterator[LiveTable]:
    """Return the partitions that have an index if their table has one: all except foreign tables."""
    known = live.tables.get(table)
    below = live.below(table) if known is not None and known.is_partitioned else ()
    return (one for one in below if one.relkind != "f")


def index_name(table: TableName, name: str) -> TableName:
    """Return the index of this name on the table, as another relation of its schema."""
    return TableName(schema=table.schema, name=name)
