"""Looks at the data before a plan is called ready: runs guards read-only, each within a time budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg

from reconciler.model.names import Key, Place
from reconciler.model.plan import Finding, Guard, GuardResult
from reconciler.postgres.session import Session, message_of, rows, search_path_text, set_local


def look(
    session: Session, guard: Guard, key: Key, place: Place, search_path: Iterable[str], budget: timedelta
) -> Finding:
    """Run one guard. A query that exceeds the budget, or fails, leaves the count unknown."""
    count: int | None = None
    samples: tuple[str, ...] = ()
    try:
        with _reading(session, search_path, budget):
            count = int(_first_column(session, str(guard.count))[0])
            if count:
                samples = tuple(_first_column(session, str(guard.sample)))
    except psycopg.errors.QueryCanceled:
        pass
    except psycopg.Error as error:
        if session.connection.closed:
            raise
        samples = (f"the query failed: {message_of(error)}",)
    return Finding(guard=guard, key=key, place=place, result=_verdict(count), count=count, samples=samples)


def _verdict(count: int | None) -> GuardResult:
    if count is None:
        return GuardResult.TIMED_OUT
    return GuardResult.FAILED if count else GuardResult.PASSED


@contextmanager
def _reading(session: Session, search_path: Iterable[str], budget: timedelta) -> Iterator[None]:
    """A read-only transaction under the file's search path, in which no statement takes longer than the budget."""
    with session.connection.transaction(force_rollback=True):
        limit = f"{max(1, int(budget / timedelta(milliseconds=1)))}ms"
        settings = {
            "transaction_read_only": "on",
            "statement_timeout": limit,
            "search_path": search_path_text(search_path),
        }
        set_local(session.connection, settings)
        yield


def _first_column(session: Session, query: str) -> list[str]:
    return [str(next(iter(row.values()))) for row in rows(session.connection, query)]
