"""Data checks of primary keys and unique constraints WITHOUT OVERLAPS."""

from __future__ import annotations

from collections.abc import Sequence

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.routing import RouteContext
from reconciler.kinds.index_backed.blocking import ComparedValue, conflicts
from reconciler.kinds.key.definition import KeyConstraint
from reconciler.model.guard import Guard
from reconciler.model.names import TableName, display
from reconciler.model.rules.data import EMPTY_RANGES


def checks(table: TableName, constraint: str, after: KeyConstraint, context: RouteContext) -> Sequence[Guard]:
    """Check for rows that overlap another one, and for empty ranges, which PostgreSQL rejects even if another
    column is NULL."""
    *_, period = after.key
    compared = [
        ComparedValue(
            value=ddl.name(column),
            operator=ddl.fragment("OPERATOR(pg_catalog.&&)") if column == period else context.equals(table, column),
            null_equal=not after.nulls_are_distinct(),
        )
        for column in after.key
    ]
    empty = guards.rows_guard(
        context.live,
        table,
        guard_id=EMPTY_RANGES,
        title=f"empty ranges in {table}.{display(period)} that would violate {display(constraint)}",
        columns=after.key,
        condition=ddl.compose("pg_catalog.isempty(r.{period})", period=ddl.name(period)),
        cause=f"in {table} with an empty range in {display(period)}",
    )
    return [conflicts(table, constraint, compared, context, shown_columns=after.key), empty]
