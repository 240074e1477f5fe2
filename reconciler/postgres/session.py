"""Connections: fixed settings, refusal of unsupported servers, and errors that contain no password."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row, namedtuple_row

from reconciler.model.errors import ConnectionFailed, DatabaseError, Refused, UsageError
from reconciler.model.features import NEWEST, OLDEST
from reconciler.model.limits import Limits
from reconciler.model.names import display
from reconciler.model.plan import ServerInfo
from reconciler.model.rules.connections import (
    CONNECTION_FAILED,
    CONNECTION_LOST,
    QUERY_FAILED,
    SERVER_CHANGED,
    TRANSACTION_POOLER,
    UNSUPPORTED_VERSION,
)
from reconciler.model.rules.runs import NOTHING_MATCHES
from reconciler.model.secrets import remember
from reconciler.model.server import Server
from reconciler.model.server_error import ServerError
from reconciler.model.settings import pin_statement
from reconciler.model.signals import is_interrupt
from reconciler.postgres.answering import answering
from reconciler.postgres.any_bytes import take_any_bytes, to_bytes
from reconciler.postgres.blockers import holders
from reconciler.postgres.conninfo import database_url, hint_for, is_named, parameters_of, without_values
from reconciler.postgres.server_error import connection_text, server_error

Waited = TypeVar("Waited")
Rows = list[dict[str, Any]]


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let no error take the place of an interrupt.

    What ends a transaction or a pipeline may fail after the interrupt, and the caller would take that for an error of
    its own.
    """
    try:
        yield
    except psycopg.Error as error:
        if is_interrupt(error):
            raise KeyboardInterrupt from None
        raise


class Connection(psycopg.Connection[dict[str, Any]]):
    """A connection whose queries return rows as dictionaries, and on which an interrupt stays one."""

    @_interruptible()
    def wait(self, gen: Generator[Any, Any, Waited], *arguments: Any, **limits: Any) -> Waited:
        return super().wait(gen, *arguments, **limits)


# libpq reads these before it notices that the connection is closed.
SESSION_ENDED = (psycopg.errors.AdminShutdown, psycopg.errors.CrashShutdown)

_IN_TRANSACTION, _IN_ERROR = TransactionStatus.INTRANS, TransactionStatus.INERROR

# The driver logs the errors that it ignores, with the server's words; without a handler Python would print them.
logging.getLogger("psycopg").addHandler(logging.NullHandler())

_SERVER = """
SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS version_num,
       {system_identifier} AS system_identifier, extract(epoch FROM pg_postmaster_start_time())::text AS started,
       extract(epoch FROM clock_timestamp())::float8 AS now,
       current_database() AS database, current_setting('server_encoding') AS encoding, current_user AS role,
       pg_is_in_recovery() AS standby,
       (SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = current_user) AS superuser,
       pg_has_role('pg_read_all_stats', 'USAGE') AS reads_statistics,
       has_database_privilege(current_database(), 'TEMP') AS may_create_temp,
       has_database_privilege(current_database(), 'CREATE') AS may_create_schema,
       current_setting('transaction_read_only')::bool AS read_only, pg_backend_pid() AS pid,
       s.spcname::text AS default_tablespace, d.oid::int8 AS database_oid
  FROM pg_database d JOIN pg_tablespace s ON s.oid = d.dattablespace
 WHERE d.datname = current_database()"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A connection in autocommit with fixed settings, and what is known of its server.

    `parameters` lead to exactly the server that this session reached, and may contain a password.
    """

    parameters: Mapping[str, Any] = field(repr=False)
    connection: Connection
    server: Server

    @contextmanager
    def again(self) -> Iterator[Session]:
        """Open another session on the same server, even if the connection string names several.

        Raise `ConnectionFailed` if the server cannot be reached, or if another one answers in its place.
        """
        with _opened(self.parameters) as other:
            if other.server.identity != self.server.identity:
                raise ConnectionFailed(
                    "another server or database answers than at the start of the run: the server was restarted, "
                    "or another one "
                    "took its place",
                    rule=SERVER_CHANGED,
                    hint="run the same command again: it reads the current state and continues from there",
                )
            yield other.as_version(self.server.major)

    @contextmanager
    def in_database(self, name: str) -> Iterator[Session]:
        """Open a session in another database of the same server."""
        with _opened({**self.parameters, "dbname": name}) as other:
            yield other

    def as_version(self, major: int) -> Session:
        """Return the same session, on which plans are made as for a server of an older version."""
        return replace(self, server=replace(self.server, major=major))


@contextmanager
def connect(url: str | None, trusted_roles: Collection[str] = ()) -> Iterator[Session]:
    """Open a session. `url` is a connection URI or string; None uses the environment.

    Raise `UsageError` for an empty one, or if one of the `trusted_roles` does not exist, `ConnectionFailed`,
    `DatabaseError` for an unsupported version, and `Refused` for a pooler in transaction mode, where settings and
    advisory locks do not last.
    """
    with _opened(parameters_of(database_url(url))) as session:
        if trusted_roles:
            _refuse_unknown_roles(session, sorted(trusted_roles))
        yield session


def _refuse_unknown_roles(session: Session, names: Sequence[str]) -> None:
    query = "SELECT rolname::text AS name FROM pg_roles WHERE rolname = ANY (%(names)s)"
    known = {row["name"] for row in rows(session.connection, query, {"names": names})}
    unknown = [display(name) for name in names if name not in known]
    if unknown:
        raise UsageError(
            "; ".join(f"role {name} does not exist" for name in unknown),
            rule=NOTHING_MATCHES,
            hint="correct --trust-role, or RECONCILE_TRUST_ROLE",
        )


@contextmanager
def _opened(parameters: Mapping[str, Any]) -> Iterator[Session]:
    connection = _connection(parameters)
    failed: ServerError
    try:
        with answering(connection):
            server = _greet(connection)
        session = Session(parameters=_reached(parameters, connection), connection=connection, server=server)
        _refuse_transaction_pooler(session)
        yield session
        return
    except psycopg.Error as error:
        failed = server_error(error)
        lost = connection.closed or isinstance(error, SESSION_ENDED)
        waited = isinstance(error, psycopg.errors.LockNotAvailable) and failed.interrupted
        held = holders(connection) if waited and not lost else ""
    finally:
        connection.close()
    # Raised here, the error does not hold that of the driver.
    if lost:
        raise ConnectionFailed(
            f"the connection to the database was lost: {failed}",
            rule=CONNECTION_LOST,
            hint="run the same command again: it reads the current state and continues from there",
            server=failed,
        )
    raise DatabaseError(
        f"the server did not answer a query of the tool: {failed}{f': {held}' if held else ''}",
        rule=QUERY_FAILED,
        hint="wait until the transactions that lock these tables end, then run the same command again"
        if held
        else "if it was a timeout, check for long locks in pg_locks; otherwise check the privileges of the role",
        server=failed,
    )


def _connection(parameters: Mapping[str, Any]) -> Connection:
    """Connect. The error has no cause: libpq's own error contains the connection string."""
    try:
        connection = Connection.connect(autocommit=True, row_factory=dict_row, **parameters)
        remember([connection.info.password])  # it may come from a password file
        if connection.info.parameter_status("server_encoding") == "SQL_ASCII":
            take_any_bytes(connection)
        return connection
    except psycopg.Error as error:
        message = without_values(connection_text(error), parameters)
    except UnicodeError:  # psycopg resolves host names through Python, which encodes them as domain names
        message = "a host name has a part that is empty or longer than 63 characters"
    raise ConnectionFailed(
        f"cannot connect to the database: {message}",
        rule=CONNECTION_FAILED,
        hint=hint_for(message, named=is_named(parameters)),
    )


def _bytes(query: sql.Composable) -> bytes:
    """Return the query in UTF-8, also for a database with the encoding SQL_ASCII."""
    return to_bytes(query.as_string(None))


def _reached(parameters: Mapping[str, Any], connection: Connection) -> dict[str, Any]:
    """Return parameters that lead to the host, address and port that this connection reached, and to no other."""
    info = connection.info
    address = {"hostaddr": info.hostaddr} if info.hostaddr else {}
    return {**parameters, "host": info.host, **address, "port": info.port, "target_session_attrs": "any"}


def _greet(connection: Connection) -> Server:
    """Fix the settings and read the server's properties, in one round trip."""
    try:
        row = _pinned(connection, "(SELECT system_identifier FROM pg_catalog.pg_control_system())::text")
    except psycopg.errors.InsufficientPrivilege:
        row = _pinned(connection, "''")
    major = row["version_num"] // 10000
    if not OLDEST <= major <= NEWEST:
        raise DatabaseError(
            f"the server is PostgreSQL {row['version']}; supported are {OLDEST} to {NEWEST}",
            rule=UNSUPPORTED_VERSION,
            hint="use a server of a supported version, or a release of reconcile that supports this one",
        )
    return Server(
        info=ServerInfo(
            version=row["version"],
            version_num=row["version_num"],
            host=connection.info.host,
            port=connection.info.port,
            system_identifier=row["system_identifier"],
            database=row["database"],
            database_oid=row["database_oid"],
            encoding=row["encoding"],
            user=row["role"],
        ),
        major=major,
        pid=row["pid"],
        started=row["started"],
        now=datetime.fromtimestamp(row["now"], UTC),
        superuser=row["superuser"],
        writable=not row["standby"] and not row["read_only"],
        may_create_temp=row["may_create_temp"],
        may_create_schema=row["may_create_schema"],
        default_tablespace=row["default_tablespace"],
        reads_statistics=row["reads_statistics"],
    )


def _pinned(connection: Connection, system_identifier: str) -> dict[str, Any]:
    """Fix the settings; return the server's properties, read under them."""
    cursor = connection.execute(
        f"{pin_statement()}; {_SERVER.format(system_identifier=system_identifier)}".encode()
    )
    cursor.nextset()
    row = cursor.fetchone()
    assert row is not None
    return row


def _refuse_transaction_pooler(session: Session) -> None:
    """Refuse a pooler in transaction mode. A pooler invents the process id that a client receives. One in
    transaction mode lends the same server process to two idle clients in turn; one in session mode never does."""
    if session.connection.info.backend_pid == session.server.pid:
        return
    with _connection(session.parameters) as second, answering(second):
        pids = {one(second, "SELECT pg_catalog.pg_backend_pid() AS pid")["pid"]}
        pids |= {one(session.connection, "SELECT pg_backend_pid() AS pid")["pid"]}
    if len(pids) == 1:
        raise Refused(
            "the connection goes through a pooler in transaction mode, "
            "where session settings and advisory locks do not last",
            rule=TRANSACTION_POOLER,
            hint=TRANSACTION_POOLER.remedy,
        )


def rows(
    connection: Connection,
    query: str | sql.SQL | sql.Composed,
    parameters: object = None,
    *,
    prepare: bool = False,
) -> Rows:
    """Run one query and return all its rows. `prepare`: it will run again, and need not be planned again."""
    text = to_bytes(query) if isinstance(query, str) else _bytes(query)
    return connection.execute(text, cast(Any, parameters), prepare=prepare).fetchall()


@contextmanager
def pipelined(connection: Connection) -> Iterator[None]:
    """Within this context, queries are sent without waiting for answers: the server works on the next query while
    the rows of one are read. If libpq is older than 14, each query waits as usual."""
    with _interruptible(), connection.pipeline() if psycopg.Pipeline.is_supported() else nullcontext():
        yield


@contextmanager
def rolled_back(connection: Connection) -> Iterator[None]:
    """Run a transaction that is rolled back, even if the time limit that it set for its statements ends a
    ROLLBACK."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        while connection.info.transaction_status in (_IN_TRANSACTION, _IN_ERROR):
            with suppress(psycopg.errors.QueryCanceled):
                connection.execute("ROLLBACK")


def ask(
    connection: Connection, query: str, parameters: object = None, *, prepare: bool = False
) -> Callable[[], list[Any]]:
    """Send one query. The returned function waits for its rows: named tuples, which take half the time of
    `rows`."""
    cursor = connection.cursor(row_factory=namedtuple_row)
    return cursor.execute(to_bytes(query), cast(Any, parameters), prepare=prepare).fetchall


def one(connection: Connection, query: str | sql.SQL | sql.Composed, parameters: object = None) -> dict[str, Any]:
    """Run one query that always returns exactly one row."""
    return rows(connection, query, parameters)[0]


def send(connection: Connection, statement: str) -> int:
    """Send one finished statement through the extended protocol, which accepts only one; return its row count.

    There are no parameters: text that looks like a placeholder is text. Psycopg never prepares the statement: if
    another one in a pipeline failed, it would take a statement that the server skipped for a prepared one.
    """
    return connection.cursor().execute(to_bytes(statement), prepare=False, binary=True).rowcount


def in_query(*name: str) -> sql.Composable:
    """Return a qualified name for a query with parameters, where a bare percent sign would begin a placeholder."""
    text = sql.Identifier(*name).as_string(None).replace("%", "%%")
    return sql.SQL(text.replace("{", "{{").replace("}", "}}")).format()


def set_limits(connection: Connection, limits: Limits) -> None:
    """Set limits for the session, until the next call."""
    _set(connection, dict(limits.settings), local=False)


def set_local(connection: Connection, settings: Mapping[str, str]) -> None:
    """Set settings for the rest of the transaction."""
    _set(connection, settings, local=True)


def _set(connection: Connection, settings: Mapping[str, str], *, local: bool) -> None:
    calls = sql.SQL(", ").join(
        sql.SQL("pg_catalog.set_config({}, {}, {})").format(
            sql.Literal(name), sql.Literal(value), sql.Literal(local)
        )
        for name, value in settings.items()
    )
    connection.execute(_bytes(sql.SQL("SELECT {}").format(calls)), prepare=False)  # as in `send`


def search_path_text(schemas: Iterable[str]) -> str:
    """Return the value of `search_path` that searches these schemas, and the temporary schema last."""
    names = (sql.Identifier(schema).as_string(None) for schema in (*dict.fromkeys(schemas), "pg_temp"))
    return ", ".join(names)
