"""A time limit for the first query of a connection, which the server cannot set.

libpq's `connect_timeout` ends with the login. A pooler lets a client log in and then makes its first query wait for
a free connection to the server; a machine that hangs may accept connections, too.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg

from reconciler.model.errors import ConnectionFailed
from reconciler.model.rules.connections import CONNECTION_FAILED
from reconciler.postgres.conninfo import NO_ANSWER_HINT


@contextmanager
def answering(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Within this context, the server must answer in the time that `connect_timeout` gives, or the connection is
    closed.

    Raise `ConnectionFailed` if it does not. Without a `connect_timeout` there is no limit.
    """
    limit_s = _connect_timeout_s(connection)
    if limit_s is None:
        yield
        return
    expired = threading.Event()

    def cut() -> None:
        expired.set()
        with suppress(OSError, psycopg.Error), socket.socket(fileno=os.dup(connection.fileno())) as wire:
            wire.shutdown(socket.SHUT_RDWR)  # the thread that waits for an answer sees the end of the connection

    timer = threading.Timer(limit_s, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except psycopg.Error:
        if not expired.is_set():
            raise
    finally:
        timer.cancel()
        timer.join()
    if expired.is_set():
        raise ConnectionFailed(
            f"cannot connect to the database: the first query got no answer within {limit_s} s",
            rule=CONNECTION_FAILED,
            hint=NO_ANSWER_HINT,
        )


def _connect_timeout_s(connection: psycopg.Connection[Any]) -> int | None:
    """Return the time limit in seconds that libpq used, whatever its source; like libpq, at least 2. None means no
    limit."""
    given = next((one.val for one in connection.pgconn.info if one.keyword == b"connect_timeout"), None)
    seconds = int(given) if given else 0
    return max(2, seconds) if seconds > 0 else None
