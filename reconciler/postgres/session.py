"""Connections: pinned settings, refusal of what we cannot work with, and errors that name no password."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any, cast

import psycopg
from psycopg import sql
from psycopg.rows import dict_row, namedtuple_row

from reconciler.model.errors import ConnectionFailed, DatabaseError, Refused
from reconciler.model.features import NEWEST, OLDEST, has
from reconciler.model.plan import Limits, ServerInfo
from reconciler.model.settings import PINNED
from reconciler.postgres.server_error import connection_text, server_error

Connection = psycopg.Connection[dict[str, Any]]
Rows = list[dict[str, Any]]

APPLICATION_NAME = "reconcile"

# The driver logs the errors that it ignores, with the server's words; without a handler Python would print them.
logging.getLogger("psycopg").addHandler(logging.NullHandler())

# Limits of a session that only reads; steps and guards set their own.
_READING = {
    "jit": "off",
    "lock_timeout": "10s",
    "statement_timeout": "120s",
    "idle_in_transaction_session_timeout": "60s",
}

_SERVER = """
SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS version_num,
       current_database() AS database, current_user AS role, pg_is_in_recovery() AS standby,
       has_database_privilege(current_database(), 'TEMP') AS may_create_temp,
       has_database_privilege(current_database(), 'CREATE') AS may_create_schema,
       current_setting('transaction_read_only')::bool AS read_only, pg_backend_pid() AS pid,
       (SELECT s.spcname::text FROM pg_database d JOIN pg_tablespace s ON s.oid = d.dattablespace
         WHERE d.datname = current_database()) AS default_tablespace"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """What the session found. `writable`: not a standby, and transactions are not read-only."""

    info: ServerInfo
    major: int
    pid: int
    writable: bool
    may_create_temp: bool
    may_create_schema: bool
    default_tablespace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A connection in autocommit with pinned settings, and what is known of its server. `url` opens another one like
    it, and may hold a password."""

    url: str = field(repr=False)
    connection: Connection
    server: Server


def url_from_environment(url: str | None) -> str:
    """`--db`, else RECONCILE_DB, else DATABASE_URL, else empty: libpq's own environment decides."""
    return url or os.environ.get("RECONCILE_DB") or os.environ.get("DATABASE_URL") or ""


@contextmanager
def connect(url: str | None) -> Iterator[Session]:
    """Open a session. `url` is a connection URI or string; None looks into the environment.

    Raises `ConnectionFailed`, `DatabaseError` for a version that is not supported, and `Refused` for a pooler in
    transaction mode, behind which neither settings nor advisory locks last.
    """
    conninfo = url_from_environment(url)
    try:
        connection: Connection = psycopg.connect(
            conninfo,
            autocommit=True,
            row_factory=dict_row,
            fallback_application_name=APPLICATION_NAME,
        )
    except psycopg.Error as error:
        raise ConnectionFailed(
            f"cannot connect to the database: {connection_text(error)}",
            rule="connection-failed",
            hint="give a reachable one with --db, RECONCILE_DB, DATABASE_URL, or PGHOST and PGDATABASE",
        ) from None
    try:
        session = Session(url=conninfo, connection=connection, server=_greet(connection))
        _refuse_transaction_pooler(session, conninfo)
        yield session
    except psycopg.Error as error:
        said = server_error(error)
        if connection.closed:
            raise ConnectionFailed(
                f"the connection to the database was lost: {said}",
                rule="connection-lost",
                hint="run the same command again: it looks at what is there and goes on from it",
                server=said,
            ) from None
        raise DatabaseError(
            f"the server did not answer a query of the tool: {said}",
            rule="query-failed",
            hint="if it was a timeout, look for long locks in pg_locks; else check the rights of the role",
            server=said,
        ) from None
    finally:
        connection.close()


def _greet(connection: Connection) -> Server:
    pins = sql.SQL(", ").join(
        sql.SQL("pg_catalog.set_config({}, {}, false)").format(sql.Literal(name), sql.Literal(value))
        for name, value in {**PINNED, **_READING}.items()
    )
    # One round trip; the settings hold for the second statement.
    cursor = connection.execute(sql.SQL("SELECT {}; {}").format(pins, sql.SQL(_SERVER)))
    cursor.nextset()
    row = cursor.fetchone()
    assert row is not None
    major = row["version_num"] // 10000
    if not OLDEST <= major <= NEWEST:
        raise DatabaseError(
            f"the server is PostgreSQL {row['version']}; supported are {OLDEST} to {NEWEST}",
            rule="unsupported-version",
            hint="use a server of a supported version, or a release of reconcile that knows this one",
        )
    if has("transaction_timeout", major):
        connection.execute("SELECT set_config('transaction_timeout', '0', false)")
    return Server(
        info=ServerInfo(
            version=row["version"], version_num=row["version_num"], database=row["database"], user=row["role"]
        ),
        major=major,
        pid=row["pid"],
        writable=not row["standby"] and not row["read_only"],
        may_create_temp=row["may_create_temp"],
        may_create_schema=row["may_create_schema"],
        default_tablespace=row["default_tablespace"],
    )


def _refuse_transaction_pooler(session: Session, conninfo: str) -> None:
    """A pooler invents the process id that a client is told. One in transaction mode lends the same server process
    to two idle clients in turn; one in session mode never does."""
    if session.connection.info.backend_pid == session.server.pid:
        return
    with psycopg.connect(conninfo, autocommit=True, prepare_threshold=None) as second:
        pids = {second.execute("SELECT pg_catalog.pg_backend_pid()").fetchone()}
        pids |= {(one(session.connection, "SELECT pg_backend_pid() AS pid")["pid"],)}
    if len(pids) == 1:
        raise Refused(
            "the connection goes through a pooler in transaction mode, "
            "behind which session settings and advisory locks do not last",
            rule="transaction-pooler",
            hint="connect to the server itself, or to the pooler's port for session mode",
        )


def rows(
    connection: Connection,
    query: str | sql.SQL | sql.Composed,
    parameters: object = None,
    *,
    prepare: bool = False,
) -> Rows:
    """Run one query and return all its rows. `prepare`: it will be run again, and need not be planned again."""
    text = query.encode() if isinstance(query, str) else query
    return connection.execute(text, cast(Any, parameters), prepare=prepare).fetchall()


@contextmanager
def pipelined(connection: Connection) -> Iterator[None]:
    """Within, what is asked is sent without waiting for answers: the server works on the next query while the rows of
    one are read. Where libpq is older than 14, each query waits as ever."""
    with connection.pipeline() if psycopg.Pipeline.is_supported() else nullcontext():
        yield


def ask(
    connection: Connection, query: str, parameters: object = None, *, prepare: bool = False
) -> Callable[[], list[Any]]:
    """Send one query. What is returned waits for its rows: named tuples, which take half the time of `rows`."""
    cursor = connection.cursor(row_factory=namedtuple_row)
    return cursor.execute(query.encode(), cast(Any, parameters), prepare=prepare).fetchall


def one(connection: Connection, query: str | sql.SQL | sql.Composed, parameters: object = None) -> dict[str, Any]:
    """Run one query that always returns exactly one row."""
    return rows(connection, query, parameters)[0]


def send(connection: Connection, statement: str) -> int:
    """Send one finished statement through the extended protocol, which takes no second one; returns its row count.

    There are no parameters: what looks like a placeholder is text.
    """
    return connection.cursor().execute(statement.encode(), binary=True).rowcount


def in_query(*name: str) -> sql.Composable:
    """A qualified name for a query with parameters, where a bare percent sign would begin a placeholder."""
    text = sql.Identifier(*name).as_string(None).replace("%", "%%")
    return sql.SQL(text.replace("{", "{{").replace("}", "}}")).format()


def set_limits(connection: Connection, limits: Limits) -> None:
    """Limits for the session, until the next call."""
    _set(connection, dict(limits.settings), local=False)


def set_local(connection: Connection, settings: Mapping[str, str]) -> None:
    """Settings for the rest of the transaction."""
    _set(connection, settings, local=True)


def _set(connection: Connection, settings: Mapping[str, str], *, local: bool) -> None:
    calls = sql.SQL(", ").join(
        sql.SQL("set_config({}, {}, {})").format(sql.Literal(name), sql.Literal(value), sql.Literal(local))
        for name, value in settings.items()
    )
    connection.execute(sql.SQL("SELECT {}").format(calls))


def search_path_text(schemas: Iterable[str]) -> str:
    """The value of `search_path` that looks in these schemas, and for temporary objects last."""
    names = (sql.Identifier(schema).as_string(None) for schema in (*dict.fromkeys(schemas), "pg_temp"))
    return ", ".join(names)
