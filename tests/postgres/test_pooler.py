"""A real PgBouncer between tool and server: refused in transaction mode, accepted in session mode."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from reconciler.model.errors import ConnectionFailed, Refused
from reconciler.postgres.conninfo import NO_ANSWER_HINT
from reconciler.postgres.session import connect
from tests.servers import Database

PGBOUNCER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin:/usr/local/sbin")

pytestmark = [
    pytest.mark.ends,  # about the pooler
    pytest.mark.skipif(PGBOUNCER is None, reason="PgBouncer is not installed"),
]

CONFIGURATION = """\
[databases]
* = host={sockets} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = {mode}
query_wait_timeout = 60
default_pool_size = {size}
"""


@contextmanager
def pooler(database: Database, mode: str, *, size: int = 20) -> Iterator[str]:
    """Return the URL of the database through a separate PgBouncer, with `size` connections to the server."""
    folder = Path(tempfile.mkdtemp(prefix="reconcile-pooler-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    try:
        # It runs as the server's owner, because it has to reach the server's socket, and does not run as root.
        uid = database.server.socket_folder.stat().st_uid
        as_owner: dict[str, Any] = {} if uid == os.geteuid() else {"user": uid}
        os.chown(folder, uid, -1)
        settings = folder / "pgbouncer.ini"
        settings.write_text(
            CONFIGURATION.format(sockets=database.server.socket_folder, port=port, mode=mode, size=size),
            encoding="utf-8",
        )
        with subprocess.Popen(
            [str(PGBOUNCER), "-q", str(settings)], stderr=subprocess.DEVNULL, **as_owner
        ) as process:
            try:
                wait_for(port)
                yield f"postgresql://postgres@127.0.0.1:{port}/{database.name}"
            finally:
                process.kill()
    finally:
        shutil.rmtree(folder)


def wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("PgBouncer does not answer")


def test_transaction_mode_is_refused(database: Database) -> None:
    with pooler(database, "transaction") as url, pytest.raises(Refused) as raised, connect(url):
        pass
    assert raised.value.rule == "transaction-pooler"


def test_session_mode_is_fine(database: Database) -> None:
    with pooler(database, "session") as url, connect(url) as session:
        assert session.connection.info.backend_pid != session.server.pid


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize("occupied", [False, True])
def test_a_pool_of_one_is_reported_within_the_connect_timeout(database: Database, occupied: bool) -> None:
    """The pooler accepts the login, and lets the first query wait.

    That is the first session if another client has the connection, and the second one otherwise.
    """
    with ExitStack() as stack:
        url = stack.enter_context(pooler(database, "session", size=1))
        if occupied:
            other = stack.enter_context(psycopg.connect(url, autocommit=True))
            other.execute("SELECT 1")
        started = time.monotonic()
        with pytest.raises(ConnectionFailed) as raised, connect(f"{url}?connect_timeout=2"):
            pass
        assert time.monotonic() - started < 8
    assert raised.value.message == "cannot connect to the database: the first query got no answer within 2 s"
    assert raised.value.hint == NO_ANSWER_HINT
