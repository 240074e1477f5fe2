"""How old the rows are that a data check finds: many recent ones mean that the declaration may be wrong, not the
rows."""

from __future__ import annotations

from dataclasses import replace

from psycopg import sql

from reconciler.kinds.base import ddl, guards
from reconciler.model.guard import Ages, Guard
from reconciler.model.names import TableName
from reconciler.model.state import LiveState

_TIMES = frozenset({1114, 1184})
"""The oids of `timestamp` and `timestamptz`. Source: catalog/pg_type.dat"""

_USUAL = ("created_at", "inserted_at", "created", "created_on", "updated_at")


def time_column(live: LiveState, table: TableName) -> str | None:
    """Return the column that says when a row was added: one with a usual name, else the first time; None if there is
    none."""
    known = live.tables.get(table)
    times = [one.name for one in known.attnums.values() if one.type_oid in _TIMES] if known is not None else []
    usual = [name for name in _USUAL if name in times]
    return next(iter((*usual, *times)), None)


def with_ages(guard: Guard, live: LiveState, table: TableName, condition: ddl.Sql) -> Guard:
    """Return the data check with the ages of the rows `r` that satisfy the condition, if the table has their time."""
    column = time_column(live, table)
    if column is None:
        return guard
    time = ddl.compose("r.{column}", column=sql.Identifier(column))
    since = (
        ddl.compose(
            "count(*) FILTER (WHERE {time}::pg_catalog.timestamptz OPERATOR(pg_catalog.>=) "
            "(pg_catalog.now() OPERATOR(pg_catalog.-) {age}::pg_catalog.interval)) AS {name}",
            time=time,
            age=ddl.literal(age),
            name=ddl.name(name),
        )
        for name, age in (("day", "1 day"), ("month", "30 days"), ("year", "1 year"))
    )
    query = ddl.compose(
        "SELECT {since}, count({time}) AS dated, count(*) AS whole FROM {rows} AS r WHERE {condition}",
        since=ddl.joined(since, ", "),
        time=time,
        rows=guards.scope(live, table),
        condition=condition,
    )
    return replace(guard, ages=Ages(column=column, count=ddl.statement(query)))
