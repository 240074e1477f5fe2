"""The volatile functions that a look at the data would call: found out from the parsed query, which is not run.

A guard's query may call more than the file's expression does: an operator of the table's schema may fit the columns
better than the built-in one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg

from reconciler.model.plan import Guard
from reconciler.postgres.session import Session, rows, search_path_text, send, set_local

# A view locks its tables until the end; so many queries hold a few hundred locks, far below what a server has.
_QUERIES_AT_ONCE = 200

# The query's function calls, with the operators' functions, as its stored tree names them.
_CALLS = r"""
    SELECT DISTINCT p.oid::regprocedure::text AS function
      FROM pg_rewrite r
      JOIN pg_class c ON c.oid = r.ev_class
     CROSS JOIN LATERAL regexp_matches(r.ev_action::text, ':(?:op)?funcid (\d+)', 'g') AS call(ids)
      JOIN pg_proc p ON p.oid = (call.ids)[1]::oid
     WHERE c.relnamespace = pg_my_temp_schema() AND p.provolatile = 'v'
     ORDER BY 1"""


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
    by_path: dict[tuple[str, ...], list[int]] = {}
    for n, query in enumerate(queries):
        by_path.setdefault(query.search_path, []).append(n)
    found: dict[int, tuple[str, ...]] = {}
    for path, numbers in by_path.items():
        for first in range(0, len(numbers), _QUERIES_AT_ONCE):
            chunk = numbers[first : first + _QUERIES_AT_ONCE]
            found.update(zip(chunk, _calls_of(session, path, [queries[n].guard for n in chunk]), strict=True))
    return [found[n] for n in range(len(queries))]


def _calls_of(session: Session, path: Sequence[str], guards: Sequence[Guard]) -> list[tuple[str, ...]]:
    """Ask about all together; about halves where one calls something, or the server does not accept one."""
    calls: tuple[str, ...] | None = None
    try:
        with session.connection.transaction(force_rollback=True):
            set_local(session.connection, {"search_path": search_path_text(path)})
            _make_view(session, guards)
            set_local(session.connection, {"search_path": "pg_catalog, pg_temp"})
            calls = tuple(row["function"] for row in rows(session.connection, _CALLS))
    except psycopg.Error:
        if session.connection.closed:
            raise
    if len(guards) == 1 or calls == ():
        # A query that the server does not accept calls nothing; running it tells why.
        return [calls or ()] * len(guards)
    middle = len(guards) // 2
    return _calls_of(session, path, guards[:middle]) + _calls_of(session, path, guards[middle:])


def _make_view(session: Session, guards: Sequence[Guard]) -> None:
    """A view that would run every query. Each is one query between its parentheses, as what it holds of the file has
    passed the gate of expressions."""
    counts = ", ".join(f"({guard.count}) AS look_{n}" for n, guard in enumerate(guards))
    send(session.connection, f"CREATE TEMPORARY VIEW reconcile_looks AS SELECT {counts}")
