"""By which columns an undo finds the rows that repairs change: those of a primary key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reconciler.kinds import key_for
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Change
from reconciler.model.definition import Definition
from reconciler.model.names import Key, TableName
from reconciler.model.state import Declared, LiveState, LiveTable
from reconciler.planning.target import Target


def row_keys(
    changes: Sequence[Change], declared: Mapping[Key, Declared], target: Target, live: LiveState
) -> Mapping[TableName, tuple[str, ...]]:
    """Return the columns that identify the rows of a table from a repair until its undo, if some do: those of its
    primary key, or of the one that the plan creates. The rows of partitions go back to the partitioned table at the
    top, so its key counts."""
    repairing = {one.key for one in changes if one.key in declared and declared[one.key].rows.repairs}
    if not any(declared[key].rows.archives for key in repairing):
        return {}
    by_oid = {one.oid: one for one in live.tables.values()}
    found = ((one.name, _identifying(_top(one, by_oid), repairing, target, live)) for one in live.tables.values())
    return {table: one.indexed_columns() for table, one in found if one is not None}


def _top(table: LiveTable, by_oid: Mapping[int, LiveTable]) -> LiveTable:
    """Return the partitioned table at the top, or the last one that is known."""
    while table.is_partition and table.parents and table.parents[0] in by_oid:
        table = by_oid[table.parents[0]]
    return table


def _identifying(top: LiveTable, repairing: set[Key], target: Target, live: LiveState) -> Definition | None:
    key = key_for(Purpose.IDENTIFIES_ROWS, top.name)
    if top.is_partition:
        return live.inherited.get(key)
    new = target.own.get(key)
    is_clean = new is not None and repairing.isdisjoint(_repaired_for(key, new, live))
    return live.objects.get(key) or (new if is_clean else None)


def _repaired_for(key: Key, new: Definition, live: LiveState) -> Iterator[Key]:
    """Yield the objects whose repairs give rows the values of a new primary key: they have no such key before."""
    yield key
    for table in live.tree(key.table_name):
        yield from (key_for(Purpose.FORBIDS_NULL, table, column) for column in new.not_null_columns())
