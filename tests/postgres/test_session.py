"""Sessions: fixed settings, refused connections, and passwords that are never printed."""

from __future__ import annotations

import re

import psycopg
import pytest

from reconciler.cli.main import main
from reconciler.model.errors import DatabaseError, ReconcileError, UsageError
from reconciler.model.features import NEWEST, OLDEST
from reconciler.model.secrets import scrubbed
from reconciler.postgres.session import connect, one, send
from tests.installations import available
from tests.servers import Database, Server, Servers

HOSTILE = {
    "search_path": "evil, public",
    "TimeZone": "Asia/Tokyo",
    "DateStyle": "German, DMY",
    "IntervalStyle": "iso_8601",
    "extra_float_digits": "-3",
    "bytea_output": "escape",
    "quote_all_identifiers": "on",
    "default_transaction_isolation": "serializable",
    "statement_timeout": "3s",
    "lock_timeout": "1ms",
    "row_security": "on",
}


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("postgresql://user:s3cret@127.0.0.1:1/shop", "connection-failed"),
        ("postgresql://user:s3cret@127.0.0.1:1/shop?connect_timeout=x", "connection-string"),
        ("host=127.0.0.1 port=1 user=u password=s3cret dbname=shop", "connection-failed"),
        ("host=127.0.0.1 port=1 password='s3 cret' nonsense=1", "connection-string"),
        ("postgresql://user:s3cret@[::1/shop", "connection-string"),
    ],
)
def test_an_error_contains_no_password(url: str, rule: str) -> None:
    with pytest.raises(ReconcileError) as raised, connect(url):
        pass
    assert "cret" not in str(raised.value)
    assert raised.value.rule == rule


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("postgresql://me:pw@host/db", "postgresql://me:***@host/db"),
        ("password=pw host=h", "password=*** host=h"),
        (r"PASSWORD = 'p\'w' host=h", "PASSWORD = *** host=h"),
        ("no secret here", "no secret here"),
    ],
)
def test_passwords_are_masked(text: str, reported: str) -> None:
    assert scrubbed(text) == reported


def test_settings_of_the_database_do_not_reach_a_session(database: Database) -> None:
    with connect(database.url) as session:
        usual = {name: shown(session, name) for name in HOSTILE}
    for name, value in HOSTILE.items():
        listed = value if name in ("search_path", "DateStyle") else f"'{value}'"
        database.execute(f'ALTER DATABASE "{database.name}" SET {name} = {listed}')
    with connect(database.url) as session:
        assert {name: shown(session, name) for name in HOSTILE} == usual


def shown(session: object, name: str) -> str:
    return str(one(session.connection, f"SELECT current_setting('{name}') AS value")["value"])  # type: ignore[attr-defined]


def test_the_environment_names_the_database(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url)
    with connect(None) as session:
        assert session.server.info.database == database.name
    monkeypatch.setenv("RECONCILE_DB", database.server.url("postgres"))
    with connect(None) as session:
        assert session.server.info.database == "postgres"
    with connect(database.url) as session:
        assert session.server.info.database == database.name


@pytest.mark.parametrize("name", [None, "deploy"])
def test_the_name_of_a_session_is_a_default(database: Database, name: str | None) -> None:
    """A connection string may set the application name, by either of libpq's parameters."""
    for parameter in ("application_name", "fallback_application_name"):
        with connect(database.url + (f"&{parameter}={name}" if name else "")) as session:
            assert session.connection.info.parameter_status("application_name") == (name or "reconcile")


def test_a_string_does_not_end_at_a_nul(database: Database) -> None:
    """libpq would connect to the database whose name is before the NUL."""
    with pytest.raises(UsageError, match="NUL"), connect(f"{database.url}\0_of_another_name"):
        pass


def test_what_the_server_is(server: Server, database: Database) -> None:
    with connect(database.url) as session:
        assert session.server.major == server.major
        assert session.server.info.version.startswith(f"{server.major}.")
        assert session.server.info.user == "postgres"
        assert (session.server.writable, session.server.may_create_temp) == (True, True)
    with connect(database.url + "&options=-c%20default_transaction_read_only%3Don") as session:
        assert not session.server.writable


def test_an_older_version_is_refused(all_servers: Servers, capsys: pytest.CaptureFixture[str]) -> None:
    if OLDEST - 1 not in available():
        pytest.skip(f"no PostgreSQL {OLDEST - 1} on this machine; `make servers` fetches it")
    server = all_servers.get(OLDEST - 1)
    with pytest.raises(DatabaseError) as raised, connect(server.url()) as session:
        raise AssertionError(session)
    assert raised.value.rule == "unsupported-version"
    assert re.fullmatch(r"the server is PostgreSQL 13\.\d+; supported are 14 to 18", raised.value.message)
    assert main(["export", "--db", server.url()]) == 1
    assert raised.value.message in capsys.readouterr().err


@pytest.mark.pg(f">= {NEWEST}")
def test_a_newer_version_is_refused(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reconciler.postgres.session.NEWEST", NEWEST - 1)
    with pytest.raises(DatabaseError, match="supported are 14 to 17") as raised, connect(database.url):
        pass
    assert raised.value.rule == "unsupported-version"


def test_a_statement_is_one_statement(database: Database) -> None:
    with connect(database.url) as session:
        with pytest.raises(psycopg.errors.SyntaxError):
            send(session.connection, "CREATE TABLE public.a (); CREATE TABLE public.b ()")
        send(session.connection, 'CREATE TABLE public."%s %(x)s {}" (a int DEFAULT 5 % 3)')
    assert database.query("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace") == [
        ("%s %(x)s {}",)
    ]


def test_a_query_that_waits_too_long_for_a_lock_names_who_holds_it(database: Database) -> None:
    database.execute('CREATE TABLE "Big" (id int); CREATE TABLE small (id int)')

    def wait() -> None:
        with connect(database.url) as session:
            session.connection.execute("SET lock_timeout = '200ms'")
            session.connection.execute('SELECT FROM public."Big"')

    with psycopg.connect(database.url, application_name="somebody") as other:
        other.execute('LOCK TABLE "Big" IN ACCESS EXCLUSIVE MODE; LOCK TABLE small IN SHARE MODE')
        with pytest.raises(DatabaseError) as raised:
            wait()
        pid = other.info.backend_pid
    assert re.sub(r"since [\d-]{10} [\d:]{8} UTC", "since T", raised.value.message) == (
        "the server did not answer a query of the tool: canceling statement due to lock timeout (SQLSTATE 55P03): "
        f'process {pid} of role postgres (somebody, in transaction since T) has locked public."Big"'
    )
    hint = "wait until the transactions that lock these tables end, then run the same command again"
    assert raised.value.hint == hint
