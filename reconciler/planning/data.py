"""Looks at the data before a plan is called ready: runs guards read-only, each within a time budget."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import timedelta

import psycopg

from reconciler.model.errors import ReconcileError
from reconciler.model.names import Key, Place
from reconciler.model.plan import Finding, Guard, GuardResult
from reconciler.model.private import Private
from reconciler.model.server_error import ServerError
from reconciler.postgres.server_error import server_error
from reconciler.postgres.session import Session, rows, search_path_text, set_local

_LONGEST = 500
"""Characters of a sample that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One guard to run: for which object, where the file asks for it, and along which search path."""

    guard: Guard
    key: Key
    place: Place
    search_path: tuple[str, ...]


def look_at_all(session: Session, looks: Sequence[Look], budget: timedelta, samples: int = 0) -> list[Finding]:
    """Run guards, two at a time: on the session, and on a second one where the server has room for it.

    At most `samples` offending values are fetched for each.
    """
    queue, found = list(reversed(list(enumerate(looks)))), dict[int, Finding]()

    def work(on: Session) -> None:
        while queue:
            try:
                n, one = queue.pop()
            except IndexError:  # the other one took the last
                return
            found[n] = look(on, one.guard, one.key, one.place, one.search_path, budget, samples)

    with _helped(session, work) if len(looks) > 1 else nullcontext():
        work(session)
    # What the second session took and could not answer, because it broke, is looked at again.
    for n, one in enumerate(looks):
        if n not in found:
            found[n] = look(session, one.guard, one.key, one.place, one.search_path, budget, samples)
    return [found[n] for n in range(len(looks))]


@contextmanager
def _helped(session: Session, work: Callable[[Session], None]) -> Iterator[None]:
    """Have `work` done on a second session as well, until it has nothing left to do."""
    with ExitStack() as stack:
        try:
            second = stack.enter_context(session.again())
        except ReconcileError:
            yield
            return

        def run() -> None:
            with suppress(Exception):  # what it leaves is looked at again, where an error is reported
                work(second)

        thread = threading.Thread(target=run, name="look", daemon=True)
        thread.start()
        try:
            yield
        except BaseException:
            second.connection.cancel()
            raise
        finally:
            thread.join()


def look(
    session: Session,
    guard: Guard,
    key: Key,
    place: Place,
    search_path: Iterable[str],
    budget: timedelta,
    samples: int = 0,
) -> Finding:
    """Run one guard. A query that exceeds the budget, or fails, leaves the count unknown."""
    count: int | None = None
    values: list[str] = []
    failure: ServerError | None = None
    try:
        with _reading(session, search_path, budget):
            count = int(_first_column(session, str(guard.count))[0])
            if count and samples:
                values = _first_column(session, _shortened(guard, samples))
    except psycopg.errors.QueryCanceled:
        pass
    except psycopg.Error as error:
        if session.connection.closed:
            raise
        failure = server_error(error)
    return Finding(
        guard=guard,
        key=key,
        place=place,
        result=_verdict(count),
        count=count,
        samples=Private(*values),
        error=failure,
    )


def _shortened(guard: Guard, samples: int) -> str:
    """The query for so many samples, of a bounded length each."""
    return f"SELECT pg_catalog.left(s.label, {_LONGEST}) FROM ({guard.sample} LIMIT {samples}) AS s (label)"


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
