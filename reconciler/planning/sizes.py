"""The sizes of the tables that a plan locks. People use them to judge whether a lock matters; the plan does not."""

from __future__ import annotations

from collections.abc import Sequence

from reconciler.model.names import TableName
from reconciler.model.plan import TableSize
from reconciler.model.route import Route
from reconciler.model.state import LiveState


def locked_sizes(routes: Sequence[Route], live: LiveState) -> dict[TableName, TableSize]:
    """Return the size of each table that a step locks, if the catalog knows it."""
    locked = {lock.table for route in routes for step in route.steps for lock in step.locks}
    return {table: _size(table, live) for table in sorted(locked) if table in live.tables}


def _size(table: TableName, live: LiveState) -> TableSize:
    """Return a table's size; that of a partitioned table is the sum of its partitions."""
    known = live.tables[table]
    parts = [one for one in live.below(table) if not one.is_partitioned] if known.is_partitioned else [known]
    rows = [one.rows for one in parts]
    return TableSize(
        rows=None if any(count < 0 for count in rows) else sum(rows),
        bytes=sum(one.bytes for one in parts),
    )
