"""The tables that a change of a partitioned table affects."""

from __future__ import annotations

from reconciler.kinds.base.routing import RouteContext
from reconciler.model.names import TableName
from reconciler.model.state import LiveState


def is_partitioned(context: RouteContext, table: TableName) -> bool:
    return context.live.tables[table].is_partitioned


def partitions_of(table: TableName, live: LiveState) -> tuple[TableName, ...]:
    """Return a partitioned table with its partitions; any other table alone, without its inheritance children."""
    known = live.tables.get(table)
    return live.tree(table) if known is not None and known.is_partitioned else (table,)
