"""Names for the indexes that partitions get because their partitioned table gets one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import partial

from reconciler.kinds import key_for, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Change
from reconciler.model.definition import parts_of
from reconciler.model.names import Key, TableName, cut
from reconciler.model.state import LiveState, LiveTable
from reconciler.planning.adoption import ByTable, own_part
from reconciler.planning.names import TakenNames

NamesByChange = Mapping[int, Mapping[TableName, str]]
"""The names of partitions' indexes, by the number of the change that they belong to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Namer:
    """Chooses names that are available. The file or changes give the `given` names, `reserved` names have been given to
    indexes of partitions already; `there` are the objects that exist, or are built separately before; `declared` are
    those in the file."""

    free: TakenNames
    live: LiveState
    given: Set[TableName]
    reserved: Set[TableName]
    there: ByTable
    declared: Collection[Key]

    def names(self, changes: Mapping[int, Change], given: NamesByChange) -> NamesByChange:
        """Return the names of the partitions' indexes of some changes, by number: those that are given, and free ones.
        A number from 0 is raised until the name of a partition's index is free."""
        found = {n: self._with_brought(change, given[n]) for n, change in changes.items()}
        reserved, number = set(self.reserved), 0
        waiting = [
            (n, table, _naming(change, table.name, self.there))
            for n, change in changes.items()
            for table in indexed_below(self.live, change.key.table_name)
        ]
        while waiting:
            # The part of a partition above may have brought the names of its own parts.
            waiting = [one for one in waiting if one[1].name not in found[one[0]]]
            tried = [index_name(table.name, named(number)) for _, table, named in waiting]
            taken = self.free.in_use(tried, of_index=True) | self.given
            for (n, table, _), index in zip(waiting, tried, strict=True):
                own = own_part(changes[n], table, index.name, self.there, self.declared)
                is_free = own is not None or index not in taken
                if is_free and index not in reserved and table.name not in found[n]:
                    reserved.add(index)
                    found[n] |= {table.name: index.name, **parts_of(own)}
            number += 1
        return found

    def _with_brought(self, change: Change, given: Mapping[TableName, str]) -> dict[TableName, str]:
        """Return the given names, with those of the parts that own objects of partitions bring."""
        own = (
            own_part(change, self.live.tables[table], name, self.there, self.declared)
            for table, name in given.items()
        )
        return {**given, **{table: name for one in own for table, name in parts_of(one).items()}}


def _naming(change: Change, table: TableName, there: ByTable) -> Callable[[int], str]:
    after = change.after
    assert after is not None
    own = there.get(table, {}).get(key_for(Purpose.IDENTIFIES_ROWS, table))
    if purpose_of(change.key) is Purpose.IDENTIFIES_ROWS and own is not None:
        return partial(_always, own.given_name(""))
    return partial(after.part_name, table)


def _always(name: str, number: int) -> str:
    return name if not number else cut(name, str(number))


def indexed_below(live: LiveState, table: TableName) -> Iterator[LiveTable]:
    """Return the partitions that have an index if their table has one: all except foreign tables."""
    known = live.tables.get(table)
    below = live.below(table) if known is not None and known.is_partitioned else ()
    return (one for one in below if one.relkind != "f")


def index_name(table: TableName, name: str) -> TableName:
    """Return the index of this name on the table, as another relation of its schema."""
    return TableName(schema=table.schema, name=name)
