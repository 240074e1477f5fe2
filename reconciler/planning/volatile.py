"""The volatile functions that a look at the data would call: found out from the parsed query, which is not run.

A guard's query may call more than the file's expression does: an operator of the table's schema may fit the columns
better than the built-in one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from psycopg import sql

from reconciler.model.plan import Guard
from reconciler.postgres.session import Session, rows, search_path_text, send, set_local

# Each view locks its tables until the end; so many hold a few hundred locks, far below what a server has.
_VIEWS_AT_ONCE = 50

# The query's function calls, with the operators' functions, as its stored tree names them.
_CALLS = r"""
    SELECT DISTINCT c.relname::text AS view, p.oid::regprocedure::text AS function
      FROM pg_rewrite r
      JOIN pg_class c ON c.oid = r.ev_class
     CROSS JOIN LATERAL regexp_matches(r.ev_action::text, ':(?:op)?funcid (\d+)', 'g') AS call(ids)
      JOIN pg_proc p ON p.oid = (call.ids)[1]::oid
     WHERE c.relnamespace = pg_my_temp_schema() AND p.provolatile = 'v'
     ORDER BY 1, 2"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A guard's query, and the path along which its names are looked up."""

    guard: Guard
    search_path: tuple[str, ...]


def volatile_calls(session: Session, queries: Sequence[Query]) -> list[tuple[str, ...]]:
    """The volatile functions that each would call. Takes ACCESS SHARE on the tables; what it makes is rolled back.

    Where nothing can be made (a standby, no right to temporary tables) it finds none.
    """
    if not session.server.writable or not session.server.may_create_temp:
        return [()] * len(queries)
    chunks = [queries[n : n + _VIEWS_AT_ONCE] for n in range(0, len(queries), _VIEWS_AT_ONCE)]
    return [calls for chunk in chunks for calls in _calls_of(session, chunk)]


def _calls_of(session: Session, queries: Sequence[Query]) -> list[tuple[str, ...]]:
    """Ask about all together, or about halves where the server does not accept one."""
    try:
        with session.connection.transaction(force_rollback=True):
            _make_views(session, queries)
            found = rows(session.connection, _CALLS)
    except psycopg.Error:
        if session.connection.closed:
            raise
        if len(queries) == 1:
            # A query that the server does not accept calls nothing; running it tells why.
            return [()]
        middle = len(queries) // 2
        return _calls_of(session, queries[:middle]) + _calls_of(session, queries[middle:])
    return [tuple(row["function"] for row in found if row["view"] == f"look_{n}") for n in range(len(queries))]


def _make_views(session: Session, queries: Sequence[Query]) -> None:
    path: tuple[str, ...] = ()
    for n, query in enumerate(queries):
        if query.search_path != path:
            path = query.search_path
            set_local(session.connection, {"search_path": search_path_text(path)})
        view = sql.SQL("CREATE TEMPORARY VIEW {} AS ").format(sql.Identifier(f"look_{n}")).as_string(None)
        send(session.connection, view + str(query.guard.count))
    set_local(session.connection, {"search_path": "pg_catalog, pg_temp"})
