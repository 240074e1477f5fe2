"""Finds the first row on which the expressions of a data check fail, so that it can be shown.

A cursor over a view of the expressions evaluates them row by row, in the order of the table. The position at which it
fails is that of the row, whose label a second query reads without evaluating anything.
"""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from psycopg import sql

from reconciler.model.facts.data import DataCheck
from reconciler.model.state import LiveState
from reconciler.postgres.session import Session, rows, set_local

_BLOCK = 1000
"""How many rows one command evaluates; so many commands are the most, too."""

_IN_ORDER = {
    "synchronize_seqscans": "off",
    "enable_indexscan": "off",
    "enable_indexonlyscan": "off",
    "enable_bitmapscan": "off",
    "max_parallel_workers_per_gather": "0",
}


def rows_query(one: DataCheck, live: LiveState | None) -> dict[str, str]:
    """Return the query of the view `reconcile_rows`: labels and expressions of all rows. There is none if the check has
    no expressions, or its table is not an ordinary one."""
    table = live.tables.get(one.key.table_name) if live is not None else None
    if live is None or table is None or table.relkind != "r" or not one.expressions:
        return {}
    keys = (definition.columns() for key, definition in live.on(table.name).items() if key.kind == "primary_key")
    condition = " AND ".join(f"({text})" for text in one.conditions) or "true"
    further = (text for text in one.expressions if text not in one.conditions)
    evaluated = [
        *(f"({text}) IS NULL" for text in one.conditions),
        *(f"CASE WHEN {condition} THEN ({text}) IS NULL END" for text in further),
    ]
    listed = ", ".join(f"{text} AS reconcile_{n}" for n, text in enumerate(evaluated))
    label = _label(next(keys, ()))
    source = sql.Identifier(*table.name).as_string(None)
    return {"reconcile_rows": f"SELECT {label} AS label, {listed} FROM ONLY {source}"}


def _label(columns: Sequence[str]) -> str:
    """Return the expression for `id=1, at=2`, or for the place of the row in a table without a primary key."""
    named = [(sql.Literal(f"{name}=").as_string(None), sql.Identifier(name).as_string(None)) for name in columns]
    return " || ', ' || ".join(f"{text} || {name}::text" for text, name in named) or "'ctid=' || ctid::text"


def failing_row(session: Session) -> str:
    """Return the label of the first row of the view `reconcile_rows` that fails; nothing if it is not found soon."""
    try:
        set_local(session.connection, _IN_ORDER)
        position = 0
        for size in (_BLOCK, 1):
            try:
                with session.connection.transaction(force_rollback=True):
                    _move(session, position, size)
                return ""
            except _Stopped as stopped:
                position = stopped.position
        query = f"SELECT r.label FROM pg_temp.reconcile_rows AS r OFFSET {position} LIMIT 1"
        found = rows(session.connection, query)
        return str(found[0]["label"]) if found else ""
    except psycopg.Error:
        if session.connection.closed:
            raise
        return ""


class _Stopped(Exception):
    """An expression failed after this number of rows."""

    def __init__(self, position: int) -> None:
        self.position = position


def _move(session: Session, start: int, size: int) -> None:
    """Evaluate blocks of rows from `start` on. Raises `_Stopped` if one fails."""
    connection, position = session.connection, start
    connection.execute("DECLARE reconcile_cursor NO SCROLL CURSOR FOR SELECT * FROM pg_temp.reconcile_rows")
    try:
        if start:
            connection.execute(f"MOVE FORWARD {start} IN reconcile_cursor".encode())
        for _ in range(_BLOCK):
            if connection.execute(f"MOVE FORWARD {size} IN reconcile_cursor".encode()).rowcount < size:
                return
            position += size
    except psycopg.Error:
        if connection.closed:
            raise
        raise _Stopped(position) from None
