"""Connects and reads the live state in a thread, while the files that name its tables are still being read."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, suppress

import psycopg

from reconciler.model.state import DesiredState, LiveState, Named
from reconciler.postgres.catalog import names_of, read_also, read_named, read_state
from reconciler.postgres.session import Session, connect

_CANCEL_S = 5.0


@contextmanager
def read_ahead(
    url: str | None, named: Named, trusted_roles: Collection[str] = ()
) -> Iterator[Callable[[DesiredState], tuple[Session, LiveState]]]:
    """Start to connect, as `connect` does, and to read the tables that a file seems to name.

    The returned function waits for the session and the live state of a desired state, and raises the errors of the
    thread. If the desired state names other tables, it reads theirs. The session ends with this context.
    """
    found: Future[tuple[Session, LiveState]] = Future()
    opened: list[Session] = []
    abandoned = threading.Event()

    def read(stack: ExitStack) -> None:
        try:
            opened.append(stack.enter_context(connect(url, trusted_roles)))
            if abandoned.is_set():
                stack.close()
            else:
                found.set_result((opened[0], read_named(opened[0], named)))
        except Exception as error:  # noqa: BLE001 - raised where the result is asked for
            found.set_exception(error)

    def ready_for(desired: DesiredState) -> tuple[Session, LiveState]:
        session, live = found.result()
        wanted = names_of(desired)
        if wanted == named:
            return session, live
        if wanted._replace(tables=named.tables) == named and wanted.tables > named.tables:
            return session, read_also(session, live, wanted.tables - named.tables)
        return session, read_state(session, desired)

    with ExitStack() as stack:
        # A daemon thread: a server that does not answer must not keep an interrupted process alive.
        thread = threading.Thread(target=read, args=(stack,), name="reconcile-read-ahead", daemon=True)
        thread.start()
        try:
            yield ready_for
        finally:
            abandoned.set()
            # A thread that is still connecting is not waited for.
            if opened:
                if not found.done():
                    with suppress(psycopg.Error):
                        opened[0].connection.cancel_safe(timeout=_CANCEL_S)
                thread.join()
