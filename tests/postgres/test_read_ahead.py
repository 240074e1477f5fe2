"""Reading the live state while the files are still being read."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

import reconciler
from reconciler.model.digest import parse_digest
from reconciler.model.errors import ConnectionFailed, DatabaseError, InvalidFile
from reconciler.model.names import TableName
from reconciler.model.state import DesiredState, Named
from reconciler.model.step_id import Verb
from reconciler.postgres.catalog import names_of, read_state
from reconciler.postgres.read_ahead import read_ahead
from reconciler.postgres.session import connect
from tests.servers import Database

SETUP = """
    CREATE TABLE parents (id bigint PRIMARY KEY);
    CREATE TABLE children (id bigint PRIMARY KEY, parent_id bigint REFERENCES parents, x int NOT NULL CHECK (x > 0));
    CREATE TABLE leftover (id bigint);
    CREATE INDEX children_x ON children (x);"""

FILE = """
version: 1
tables:
  children:
    indexes: {children_x: x, children_parent: parent_id}
    foreign_keys: {children_parent_id_fkey: {columns: parent_id, references: parents(id)}}
dropped_tables: {leftover: {replaced_by: children}}
"""

NOWHERE = "postgresql://nobody@localhost:1/nothing?connect_timeout=2"


@pytest.fixture
def file(database: Database, tmp_path: Path) -> Path:
    database.execute(SETUP)
    path = tmp_path / "schema.yaml"
    path.write_text(FILE)
    return path


def test_the_plan_is_the_same_as_one_step_after_the_other(database: Database, file: Path) -> None:
    ahead = reconciler.plan_files([file], database.url)
    after = reconciler.plan(reconciler.load([file]), database.url)
    assert parse_digest(ahead.digest).hash == parse_digest(after.digest).hash
    assert ahead == replace(after, digest=ahead.digest)
    assert len(ahead.routes) == 2


def test_tables_that_were_not_foreseen_are_read_all_the_same(database: Database, file: Path) -> None:
    desired = reconciler.load([file])
    named = names_of(desired)
    more = named.tables | {TableName(schema="public", name="more")}
    with connect(database.url) as session:
        wanted = read_state(session, desired)
    for guess in (
        named,
        named._replace(tables=named.dropped),
        named._replace(tables=more),
        Named(tables=frozenset(), dropped=frozenset()),
    ):
        with read_ahead(database.url, guess) as ready_for:
            assert ready_for(desired)[1] == wanted


@pytest.mark.parametrize(
    "style", ["tables: {children: {checks: {x_large: %s}}}", "tables:\n  children: {checks: {x_large: %s}}"]
)
def test_the_quarantine_of_an_earlier_run_is_read_all_the_same(database: Database, file: Path, style: str) -> None:
    """The outline finds the table, or not: the style is another. It never knows that rows are to be repaired."""
    file.write_text("version: 1\n" + style % "{expression: x > 10, violators: quarantine}")
    desired = reconciler.load([file])
    run = reconciler.apply(desired, database.url, approve=lambda _: True).run_id
    assert run is not None
    reconciler.undo(run, desired, database.url, approve=lambda _: True)
    ahead, after = reconciler.plan_files([file], database.url), reconciler.plan(desired, database.url)
    assert [step.title for route in ahead.routes for step in route.steps] == [
        step.title for route in after.routes for step in route.steps
    ]
    assert not any(step.id.verb is Verb.CREATE for route in ahead.routes for step in route.steps)


@pytest.mark.parametrize("text", ["tables: [", "tables: {t: {nonsense: 1}}"])
def test_errors_of_the_file_are_reported_first(tmp_path: Path, text: str) -> None:
    path = tmp_path / "schema.yaml"
    path.write_text(f"version: 1\n{text}")
    with pytest.raises(InvalidFile):
        reconciler.plan_files([path], NOWHERE)
    path.write_text("version: 1\ntables: {t: }")
    with pytest.raises(ConnectionFailed):
        reconciler.plan_files([path], NOWHERE)


@pytest.fixture
def locked(database: Database, file: Path) -> Iterator[DesiredState]:
    """Load the file while the catalog cannot be read."""
    desired = reconciler.load([file])
    with psycopg.connect(database.url) as locker:
        locker.execute("LOCK TABLE pg_catalog.pg_description IN ACCESS EXCLUSIVE MODE")
        yield desired


def test_a_server_that_does_not_answer_is_not_waited_for(database: Database, locked: DesiredState) -> None:
    def interrupted() -> None:
        with read_ahead(database.url, names_of(locked)):
            _until_it_waits(database)
            raise KeyboardInterrupt

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert time.monotonic() - begun < 8  # its lock_timeout is 10 s


def test_an_error_of_the_server_is_raised_where_the_answer_is_asked_for(
    database: Database, locked: DesiredState
) -> None:
    def cancelled() -> None:
        with read_ahead(database.url, names_of(locked)) as ready_for:
            _until_it_waits(database)
            with psycopg.connect(database.url) as other:
                other.execute(_CANCEL)
            ready_for(locked)

    with pytest.raises(DatabaseError, match="the server did not answer a query of the tool"):
        cancelled()


_CANCEL = """
    SELECT pg_cancel_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'reconcile' AND datname = current_database()"""


def test_a_database_that_cannot_be_reached_is_not_waited_for(tmp_path: Path) -> None:
    """Problems of the file are reported while the connection is still being tried."""
    path = tmp_path / "schema.yaml"
    path.write_text("version: 1\ntables: [")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        with pytest.raises(InvalidFile):
            reconciler.plan_files([path], f"postgresql://nobody@127.0.0.1:{silent.getsockname()[1]}/nothing")
        assert time.monotonic() - begun < 2


def _until_it_waits(database: Database) -> None:
    query = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'pg_description'::regclass"
    with psycopg.connect(database.url, autocommit=True) as watcher:
        for _ in range(100):
            if watcher.execute(query).fetchone() != (0,):
                return
            time.sleep(0.05)
    raise AssertionError("nothing waits for the lock")
