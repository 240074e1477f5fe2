"""Attack: during a run another server answers instead of the first one.

A connection string names several hosts, or an address moves from one server to another, for example in a failover. No
statement of the run may reach the second server, and the lock and the steps must not be on different servers.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.model.errors import ConnectionFailed, Refused
from reconciler.model.events import Event, StepStarted
from reconciler.postgres.session import Connection, connect
from reconciler.report import FORMATS, report_of
from tests.execution.support import apply, desired, wait_until
from tests.installations import available
from tests.servers import Database, Server

pytestmark = pytest.mark.ends

GIVEN = "CREATE TABLE wallets (id int, user_id int)"
WANTED = "tables:\n  wallets:\n    indexes: {i1: id, i2: user_id}\n"
INDEXES = "SELECT relname FROM pg_class WHERE relname IN ('i1', 'i2')"


@dataclass(slots=True, kw_only=True)
class Own:
    """A server for one test, which may be stopped and started again."""

    socket_folder: Path
    _pid: int = 0
    _command: list[str] = field(default_factory=list)
    _arguments: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._find()
        process = Path(f"/proc/{self._pid}")
        words = (process / "cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        self._command = [os.readlink(process / "exe"), *(word.decode() for word in words[1:])]
        owner = process.stat().st_uid
        self._arguments = {"user": owner, "group": owner} if owner != os.geteuid() else {}

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/postgres?host={quote(str(self.socket_folder), safe='')}"

    def query(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            return connection.execute(query.encode()).fetchall()

    def answers(self) -> bool:
        try:
            return bool(self.query("SELECT 1"))
        except psycopg.OperationalError:
            return False

    def connections(self, text: str = "") -> int:
        """Return the number of connections with this text in the server's log."""
        places = (self.socket_folder / "log", self.socket_folder.parent / "data" / "log")
        log = next(one for one in places if one.exists()).read_text(encoding="utf-8", errors="replace")
        return sum("connection authorized" in line and text in line for line in log.splitlines())

    def stop(self) -> None:
        """Stop the server immediately, as a failure of the machine would."""
        os.kill(self._pid, signal.SIGQUIT)
        wait_until(
            lambda: not self.answers() and not Path(f"/proc/{self._pid}/exe").exists(), "the end of the server"
        )

    def start(self) -> None:
        # Started by a shell, so that it is not a child of the test.
        command = ["sh", "-c", '"$@" >/dev/null 2>&1 </dev/null &', "sh", *self._command]
        subprocess.run(command, check=True, cwd="/", start_new_session=True, **self._arguments)
        wait_until(self.answers, "the server after its start")
        self._find()

    def _find(self) -> None:
        ((text,),) = self.query("SELECT pg_read_file('postmaster.pid')")
        self._pid = int(str(text).splitlines()[0])


@contextmanager
def own(major: int) -> Iterator[Own]:
    with available()[major]() as address:
        server = Own(socket_folder=address.socket_folder)
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(GIVEN)
        try:
            yield server
        finally:
            if not server.answers():
                server.start()  # its creator stops it


@pytest.fixture(scope="module")
def pair(server: Server) -> Iterator[tuple[Own, Own]]:
    with ExitStack() as stack:
        yield stack.enter_context(own(server.major)), stack.enter_context(own(server.major))


@pytest.fixture
def servers(pair: tuple[Own, Own]) -> tuple[Own, Own]:
    """Yield two separate servers with only the same table."""
    for one in pair:
        if not one.answers():
            one.start()
    return pair


def both(first: Path, second: Path) -> str:
    return f"postgresql://postgres@/postgres?host={quote(f'{first},{second}', safe='')}"


def test_the_first_of_two_hosts_fails_during_a_run(servers: tuple[Own, Own], tmp_path: Path) -> None:
    """With a multi-host connection string, the first server is killed while a step of apply begins."""
    first, second = servers
    state = desired(tmp_path, WANTED)
    with psycopg.connect(second.url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET log_connections = on")
    second.query("SELECT pg_reload_conf()")
    wait_until(lambda: second.query("SELECT 1") and second.connections(), "the log of connections")
    struck: list[Event] = []

    def strike(event: Event) -> None:
        if isinstance(event, StepStarted) and not struck:
            struck.append(event)
            first.stop()

    result = apply(state, both(first.socket_folder, second.socket_folder), strike)
    assert struck
    assert isinstance(result.error, ConnectionFailed)
    assert result.error.rule in ("connection-lost", "lock-lost")
    assert "lost" in result.message
    assert second.connections("application_name=reconcile") == 0
    assert second.query(INDEXES) == []
    assert second.query("SELECT to_regclass('public.migration_log')") == [(None,)]


def test_an_address_moves_to_another_server(servers: tuple[Own, Own], tmp_path: Path) -> None:
    """The address of the first server leads to the second one when the run opens its next connection."""
    first, second = servers
    link = tmp_path / "address"
    link.symlink_to(first.socket_folder)
    url = f"postgresql://postgres@/postgres?host={quote(str(link), safe='')}"

    def move() -> None:
        link.unlink()
        link.symlink_to(second.socket_folder)

    with connect(url) as session:
        with session.again() as same:
            assert same.server.identity == session.server.identity
        move()
        with pytest.raises(ConnectionFailed) as raised, session.again():
            pytest.fail("another server was accepted")
    assert raised.value.rule == "server-changed"


def opened_after(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> list[object]:
    """Run a function right before the second connection is opened; return a counter of connections."""
    opened: list[object] = []
    real = Connection.connect

    def counted(*arguments: Any, **parameters: Any) -> Any:
        if len(opened) == 1:
            happens()
        opened.append(parameters)
        return real(*arguments, **parameters)

    monkeypatch.setattr(Connection, "connect", counted)
    return opened


def test_the_lock_is_never_on_another_server(
    servers: tuple[Own, Own], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address moves between the first connection of apply and the connection that takes the lock."""
    first, second = servers
    link = tmp_path / "address"
    link.symlink_to(first.socket_folder)

    def move() -> None:
        link.unlink()
        link.symlink_to(second.socket_folder)

    url = f"postgresql://postgres@/postgres?host={quote(str(link), safe='')}"
    with monkeypatch.context() as patch:
        opened = opened_after(patch, move)
        with pytest.raises(ConnectionFailed) as raised:
            apply(desired(tmp_path, WANTED), url)
    assert len(opened) == 2
    assert raised.value.rule == "server-changed"
    assert (first.query(INDEXES), second.query(INDEXES)) == ([], [])


def test_the_lock_is_never_on_the_second_of_two_hosts(
    servers: tuple[Own, Own], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a multi-host connection string, the first server accepts no second connection of apply."""
    first, second = servers
    socket = first.socket_folder / ".s.PGSQL.5432"
    hidden = socket.with_name("hidden")
    url = both(first.socket_folder, second.socket_folder)
    with monkeypatch.context() as patch:
        opened = opened_after(patch, lambda: socket.rename(hidden))
        with pytest.raises(ConnectionFailed) as raised:
            apply(desired(tmp_path, WANTED), url)
    hidden.rename(socket)
    assert len(opened) == 2
    assert raised.value.rule == "connection-failed"
    assert (first.query(INDEXES), second.query(INDEXES)) == ([], [])


def test_the_server_is_restarted_during_a_run(servers: tuple[Own, Own]) -> None:
    """The server is restarted, so its advisory locks are lost; its system identifier stays the same."""
    first, _ = servers
    with connect(first.url) as session:
        first.stop()
        first.start()
        with pytest.raises(ConnectionFailed) as raised, session.again():
            pytest.fail("a restarted server was accepted")
    assert raised.value.rule == "server-changed"


def test_a_script_runs_in_its_own_database_only(database: Database, tmp_path: Path) -> None:
    """A script is run in another database with the same tables."""
    database.execute(GIVEN)
    with database.copy() as other:
        script = FORMATS["sql"](report_of(reconciler.plan(desired(tmp_path, WANTED), database.url)))
        done = other.psql(script)
        assert done.returncode == 3
        assert f"made for another database: Database {database.name} on" in done.stderr
        assert other.query(INDEXES) == []
        assert other.value("SELECT to_regclass('public.migration_log')") is None
    done = database.psql(script)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(database.query(INDEXES)) == 2


def test_a_script_runs_on_its_own_server_only(servers: tuple[Own, Own], tmp_path: Path) -> None:
    """The other database has the same name, and is on another server."""
    first, second = servers
    script = FORMATS["sql"](report_of(reconciler.plan(desired(tmp_path, WANTED), first.url)))
    database = Database(server=Server(major=0, socket_folder=second.socket_folder, admin=None), name="postgres")  # type: ignore[arg-type]
    done = database.psql(script)
    assert done.returncode == 3
    assert "made for another database" in done.stderr
    assert second.query(INDEXES) == []
    assert second.query("SELECT to_regclass('public.migration_log')") == [(None,)]


def test_a_script_that_cannot_be_bound_is_not_written(database: Database, tmp_path: Path) -> None:
    """The role may not read the system identifier: the plan works, but no script is written."""
    database.execute(GIVEN)
    database.execute("CREATE ROLE unable LOGIN SUPERUSER; ALTER ROLE unable NOSUPERUSER")
    database.execute("GRANT SELECT ON wallets TO unable; GRANT CREATE ON SCHEMA public TO unable")
    database.execute("ALTER TABLE wallets OWNER TO unable")
    database.execute("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC")
    try:
        plan = reconciler.plan(desired(tmp_path, WANTED), database.url_as("unable"))
        assert plan.server.system_identifier == ""
        assert len(plan.steps) == 2
        with pytest.raises(Refused) as raised:
            FORMATS["sql"](report_of(plan))
        assert raised.value.rule == "server-unknown"
        database.execute(str(raised.value.hint))
        plan = reconciler.plan(desired(tmp_path, WANTED), database.url_as("unable"))
        assert "system_identifier" in FORMATS["sql"](report_of(plan))
    finally:
        database.execute("GRANT EXECUTE ON FUNCTION pg_control_system() TO PUBLIC")
        database.execute("DROP OWNED BY unable; DROP ROLE unable")


@pytest.mark.parametrize("source", ["--db", "RECONCILE_DB", "DATABASE_URL", "PGDATABASE", "dbname", "slash"])
def test_an_empty_name_is_no_fall_back(
    database: Database,
    source: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """A script's variable is empty, and the next source would lead to another database."""
    for name in ("RECONCILE_DB", "DATABASE_URL", "PGDATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PGHOST", str(database.server.socket_folder))
    monkeypatch.setenv("PGUSER", "postgres")
    given = []
    if source == "--db":
        monkeypatch.setenv("RECONCILE_DB", database.url)
        given = ["--db", ""]
    elif source == "dbname":
        given = ["--db", f"host={database.server.socket_folder} user=postgres dbname="]
    elif source == "slash":
        given = ["--db", f"postgresql://postgres@/?host={quote(str(database.server.socket_folder), safe='')}"]
    else:
        monkeypatch.setenv("DATABASE_URL", database.url)
        if source == "PGDATABASE":
            monkeypatch.delenv("DATABASE_URL")
        monkeypatch.setenv(source, " " if source == "DATABASE_URL" else "")
    file = tmp_path / "schema.yaml"
    file.write_text("version: 1\ntables: {}\n", encoding="utf-8")
    planning = [[name, "-f", str(file)] for name in ("plan", "drift", "apply")]
    for command in (["export"], ["history"], *planning):
        assert main([*command, *given]) == 64, command
        printed = capsys.readouterr()
        assert "empty" in printed.err or "names no database" in printed.err
        assert printed.out == ""
