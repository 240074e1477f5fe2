"""Runs with limits of connections and of idle sessions: they continue, or the first message names the limit."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import reconciler
from reconciler.model.errors import ConnectionFailed
from tests.execution.support import Events, apply, assert_in_sync, desired, wait_until
from tests.servers import Database

pytestmark = pytest.mark.pg(">= 18")

CONNECT_TIMEOUT_S = 10  # the default

YAML = "tables: {q: {not_null: [id], checks: {q_a: a > 0}}}"


@pytest.fixture
def limited(database: Database) -> Iterator[str]:
    """Return a role that owns a table, and may have one connection."""
    name = f"limited_{database.name}"
    database.execute(
        f"""CREATE ROLE {name} LOGIN CONNECTION LIMIT 1; CREATE TABLE q (id int, a int); INSERT INTO q VALUES (1, 1);
            ALTER TABLE q OWNER TO {name}; GRANT CREATE ON SCHEMA public TO {name}"""
    )
    yield name
    database.execute(f"DROP OWNED BY {name}; DROP ROLE {name}")


def test_limits_of_connections(database: Database, limited: str, tmp_path: Path) -> None:
    """A plan needs one connection and an apply two; a third one is optional."""
    state, url = desired(tmp_path, YAML), database.url_as(limited)
    assert len(reconciler.plan(state, url).routes) == 2
    _wait_for_the_end(database, limited)
    limits = (
        (f"ALTER DATABASE {database.name} CONNECTION LIMIT -1", "too many connections for role"),
        (
            f"ALTER ROLE {limited} CONNECTION LIMIT -1; ALTER DATABASE {database.name} CONNECTION LIMIT 1",
            "too many connections for database",
        ),
    )
    for statement, message in limits:
        database.execute(statement)
        started = time.monotonic()
        with pytest.raises(ConnectionFailed, match=message) as raised:
            apply(state, url)
        assert time.monotonic() - started < CONNECT_TIMEOUT_S
        _wait_for_the_end(database, limited)
        assert str(raised.value.hint).startswith(
            "the server, database or role has reached its limit of connections"
        )
    assert database.value("SELECT to_regclass('migration_log') IS NULL")
    database.execute(f"ALTER DATABASE {database.name} CONNECTION LIMIT -1; ALTER ROLE {limited} CONNECTION LIMIT 2")
    assert apply(state, url).error is None
    _wait_for_the_end(database, limited)
    assert_in_sync(state, url)


def _wait_for_the_end(database: Database, role: str) -> None:
    """Wait until the server has ended the sessions that a run has closed."""
    gone = f"SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE usename = '{role}')"
    wait_until(lambda: database.value(gone), "sessions that a run has closed")


def test_sessions_outlive_pauses_between_attempts(database: Database, tmp_path: Path) -> None:
    database.execute(
        f"""CREATE TABLE q (id int, a int); INSERT INTO q VALUES (1, 1);
            ALTER DATABASE {database.name} SET idle_session_timeout = '200ms'"""
    )
    state = desired(tmp_path, f"policy: {{lock_timeout: 50ms}}\n{YAML}")
    with database.connect() as holder:
        holder.execute("BEGIN")
        holder.execute("LOCK TABLE q IN SHARE MODE")
        release = threading.Timer(1.0, lambda: holder.execute("COMMIT"))
        release.start()
        events = Events()
        assert apply(state, database.url, events).error is None
        release.join()
    assert_in_sync(state, database.url)
