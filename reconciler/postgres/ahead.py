"""Reads the live state in a thread, while the files that name its tables are still being read."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress

import psycopg

from reconciler.model.state import DesiredState, LiveState, Named
from reconciler.postgres.catalog import names_of, read_named, read_state
from reconciler.postgres.session import Session

_CANCEL_S = 5.0


@contextmanager
def read_ahead(session: Session, named: Named) -> Iterator[Callable[[DesiredState], LiveState]]:
    """Begin to read the tables that a file seems to name. Within, nothing else may use the session.

    What is returned waits for the live state of a desired state, and raises what went wrong; if that names other tables
    after all, it reads theirs.
    """
    found: Future[LiveState] = Future()

    def read() -> None:
        try:
            found.set_result(read_named(session, named))
        except Exception as error:  # noqa: BLE001 - raised where the result is asked for
            found.set_exception(error)

    def live_of(desired: DesiredState) -> LiveState:
        live = found.result()
        return live if names_of(desired) == named else read_state(session, desired)

    # A daemon: a server that does not answer must not keep an interrupted process alive.
    thread = threading.Thread(target=read, name="reconcile-read-ahead", daemon=True)
    thread.start()
    try:
        yield live_of
    finally:
        if not found.done():
            with suppress(psycopg.Error):
                session.connection.cancel_safe(timeout=_CANCEL_S)
        thread.join()
