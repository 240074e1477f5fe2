"""Names that two changes of a plan give to two indexes of a schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from reconciler.model.change import Change, given_name, indexes_of
from reconciler.model.definition import parts_of
from reconciler.model.names import TableName
from reconciler.model.plan import Refusal
from reconciler.model.rules.objects import NAME_TAKEN
from reconciler.model.state import DesiredState, LiveState
from reconciler.planning.adoption import ByTable, attachable, own_part
from reconciler.planning.inheritance import ancestors
from reconciler.planning.shared_indexes import have_one_index
from reconciler.planning.target import Target


def given_twice(changes: Sequence[Change], desired: DesiredState, live: LiveState) -> Iterator[Refusal]:
    """Return refusals of changes that give an index a name that another change gives to another index. An object of
    a partition that is, or becomes, part of the partitioned table's is the same index."""
    there = cache(lambda: attachable(Target(changes, live).own, live))
    givers: dict[TableName, list[tuple[Change, TableName]]] = {}
    for change in changes:
        if change.after is not None and indexes_of(change.key, change.after):
            name = given_name(change.key, change.after)
            for table, part in {**parts_of(change.after), change.key.table_name: name}.items():
                givers.setdefault(TableName(schema=table.schema, name=part), []).append((change, table))
    for index, given in givers.items():
        (own, _), *others = sorted(given, key=lambda one: -sum(1 for _ in ancestors(one[0].key.table_name, live)))
        for whole, table in others:
            if not (have_one_index(own, whole, table, live) or _becomes_part(own, whole, desired, live, there())):
                yield Refusal(
                    rule=NAME_TAKEN,
                    key=whole.key,
                    place=whole.place,
                    cause=f"the name {index} for its index on {table} is also the name of {own.key} ({own.place})",
                    remedy="give one of them another name",
                )


def _becomes_part(own: Change, whole: Change, desired: DesiredState, live: LiveState, there: ByTable) -> bool:
    """Whether an object of a partition becomes a part of the partitioned table's object, with its own parts."""
    table, name = own.key.table_name, given_name(own.key, own.after)
    if parts_of(whole.after).get(table) != name:
        return False
    return own_part(whole, live.tables[table], name, there, desired.objects) is not None
