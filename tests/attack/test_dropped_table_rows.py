"""Attack: rows are added to a dropped table, or objects come to depend on it, between its check and its drop.

The roles are the application, whose transactions stay open, and any role that may create a view. No row may be lost, no
table with more rows than its replacement may be archived or dropped, and no other table may be dropped.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

import reconciler
from reconciler.execution.result import ApplyResult
from reconciler.model.errors import ConnectionFailed, Refused
from reconciler.model.events import Event, StepCompleted, StepStarted
from reconciler.model.options import Options
from reconciler.model.state import DesiredState
from reconciler.model.step_id import Verb
from reconciler.report import FORMATS, report_of
from tests.cases.snapshot import snapshot
from tests.execution.support import desired, session, transaction, wait_until
from tests.servers import Database

pytestmark = pytest.mark.ends  # about concurrency

GIVEN = """
CREATE TABLE chats (id bigint PRIMARY KEY, body text);
INSERT INTO chats SELECT n, n::text FROM generate_series(1, 5) AS n;
CREATE TABLE chats_backup (id bigserial PRIMARY KEY, body text CONSTRAINT once UNIQUE, n int CHECK (n > 0));
CREATE INDEX "A partial one" ON chats_backup (body) WHERE n > 5;
INSERT INTO chats_backup (body) SELECT n::text FROM generate_series(1, 5) AS n;
COMMENT ON TABLE chats_backup IS 'it''s "old"';
COMMENT ON INDEX "A partial one" IS 'kept';
"""
ARRIVING = "INSERT INTO chats_backup (body) SELECT 'new ' || n FROM generate_series(1, 995) AS n"

WAITS = """
    SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE NOT l.granted AND l.relation = to_regclass('chats_backup') AND a.application_name ~ 'reconcile|psql'"""

BACKUPS = pytest.mark.parametrize("backup", ["archive", "none"])
ALLOW = Options(allow=frozenset({"drop-table"}))


@pytest.fixture
def given(database: Database) -> Database:
    database.execute(GIVEN)
    return database


def wanted(folder: Path, backup: str, *, replaced: bool = True) -> DesiredState:
    details = f"backup: {backup}" + (", replaced_by: chats" if replaced else "")
    return desired(folder, f"dropped_tables: {{chats_backup: {{{details}}}}}")


def run(state: DesiredState, url: str, *listeners: Callable[[Event], None]) -> ApplyResult:
    return reconciler.apply(state, url, approve=lambda _: True, listeners=listeners, options=ALLOW)


@contextmanager
def waiting(database: Database, work: Callable[[], Any]) -> Iterator[list[Any]]:
    """Run the work in a thread; the block begins when it waits for a lock on the table. The list gets its result."""
    results: list[Any] = []
    thread = threading.Thread(target=lambda: results.append(work()))
    thread.start()
    with session(database.url) as eyes:
        wait_until(lambda: eyes.execute(WAITS.encode()).fetchone() is not None, "the step to wait for the table")
    yield results
    thread.join()


def in_archive(database: Database) -> list[tuple[Any, ...]]:
    query = "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace('reconcile_archive')"
    return database.query(query)


def with_all_rows(database: Database) -> str:
    """Return the content of the database after only the rows have been added."""
    with database.copy() as other:
        other.execute(ARRIVING)
        return snapshot(other)


def refused(result: ApplyResult, rule: str) -> bool:
    return isinstance(result.error, Refused) and result.error.rule == rule


@BACKUPS
def test_rows_of_an_open_transaction(given: Database, tmp_path: Path, backup: str) -> None:
    """995 rows are inserted in a transaction that is open while the plan counts, and commits while the step waits."""
    state, expected = wanted(tmp_path, backup), with_all_rows(given)
    with (
        transaction(given.url, ARRIVING) as writer,
        waiting(given, lambda: run(state, given.url)) as results,
    ):
        writer.execute("COMMIT")
    assert refused(results[0], "fewer-rows")
    assert snapshot(given) == expected
    assert in_archive(given) == []


@BACKUPS
def test_rows_of_a_transaction_open_while_a_script_runs(given: Database, tmp_path: Path, backup: str) -> None:
    """The same, while psql runs the script of the plan."""
    plan, expected = reconciler.plan(wanted(tmp_path, backup), given.url, options=ALLOW), with_all_rows(given)
    script = FORMATS["sql"](report_of(plan))
    with (
        transaction(given.url, ARRIVING) as writer,
        waiting(given, lambda: given.psql(script)) as results,
    ):
        writer.execute("COMMIT")
    assert results[0].returncode == 3
    assert "fewer-rows" in results[0].stderr
    assert snapshot(given) == expected
    assert in_archive(given) == []


@BACKUPS
def test_writers_that_know_the_table_already(given: Database, tmp_path: Path, backup: str) -> None:
    """Sessions write by a prepared statement, by a function with a cached plan, and from the queue for the table's
    lock.

    They write right after the table was moved and before it is counted.
    """
    given.execute(
        "CREATE FUNCTION note() RETURNS void LANGUAGE plpgsql"
        " AS 'BEGIN INSERT INTO chats_backup (body) VALUES (gen_random_uuid()::text); END'"
    )
    outcomes: list[str] = []

    def outcome(statement: str, connection: psycopg.Connection[Any]) -> None:
        try:
            connection.execute(statement.encode())
            outcomes.append("written")
        except psycopg.Error as error:
            outcomes.append(error.sqlstate or "lost")

    with session(given.url) as prepared, session(given.url) as cached, session(given.url) as queued:
        prepared.execute("PREPARE note AS INSERT INTO chats_backup (body) VALUES (gen_random_uuid()::text)")
        for _ in range(7):
            prepared.execute("EXECUTE note")
            cached.execute("SELECT note()")
        given.execute("INSERT INTO chats SELECT n, n::text FROM generate_series(6, 100) AS n")
        before = given.value("SELECT count(*) FROM chats_backup")

        def moved(event: Event) -> None:
            if isinstance(event, StepCompleted) and event.step.id.verb is Verb.MOVE:
                outcome("EXECUTE note", prepared)
                outcome("SELECT note()", cached)
                name = in_archive_as_table(given)
                assert given.value(f'SELECT count(*) FROM reconcile_archive."{name}"') == before

        state = wanted(tmp_path, backup)
        insert = "INSERT INTO chats_backup (body) VALUES ('queued')"
        late = threading.Thread(target=lambda: outcome(insert, queued))
        with (
            transaction(given.url, "SELECT FROM chats_backup") as reader,
            waiting(given, lambda: run(state, given.url, moved)) as results,
        ):
            late.start()
            with session(given.url) as eyes:
                queue = "SELECT FROM pg_locks WHERE relation = 'chats_backup'::regclass AND NOT granted"
                wait_until(lambda: len(eyes.execute(queue.encode()).fetchall()) > 1, "the insert to queue")
            reader.execute("COMMIT")
        late.join()
    assert results[0].error is None, results[0].message
    assert outcomes == ["42P01"] * 3, "undefined_table"


@BACKUPS
def test_traffic_while_rows_are_counted(given: Database, tmp_path: Path, backup: str) -> None:
    """The count takes long.

    The application deletes rows of a table that the dropped table refers to, and must not wait.
    """
    given.execute(
        "CREATE TABLE users (id int PRIMARY KEY); INSERT INTO users VALUES (1), (2);"
        "ALTER TABLE chats_backup ADD COLUMN u int REFERENCES users ON DELETE CASCADE"
    )
    counting, results = threading.Event(), list[ApplyResult]()
    with session(given.url) as holder, session(given.url) as application:

        def hold(event: Event) -> None:
            if isinstance(event, StepCompleted) and event.step.id.verb is Verb.MOVE:
                holder.execute("BEGIN; LOCK TABLE chats IN ACCESS EXCLUSIVE MODE")
                counting.set()

        state = wanted(tmp_path, backup)
        thread = threading.Thread(target=lambda: results.append(run(state, given.url, hold)))
        thread.start()
        assert counting.wait(30)
        held = """SELECT l.mode FROM pg_locks l JOIN pg_stat_activity a USING (pid)
                   WHERE a.application_name = 'reconcile' AND l.relation >= 16384 AND l.granted"""
        waits = "SELECT FROM pg_locks WHERE relation = 'chats'::regclass AND NOT granted"
        wait_until(lambda: application.execute(waits.encode()).fetchone() is not None, "the count to wait")
        assert {mode for (mode,) in application.execute(held.encode())} == {"AccessShareLock"}
        application.execute("SET lock_timeout = '500ms'")
        application.execute("DELETE FROM users WHERE id = 2")
        holder.execute("COMMIT")
        thread.join()
    assert results[0].error is None, results[0].message


def in_archive_as_table(database: Database) -> str:
    return str(
        database.value(
            "SELECT relname FROM pg_class WHERE relnamespace = 'reconcile_archive'::regnamespace AND relkind = 'r'"
        )
    )


@pytest.mark.parametrize(
    "dependent",
    [
        "CREATE VIEW v AS SELECT * FROM chats_backup",
        "CREATE FUNCTION f() RETURNS void BEGIN ATOMIC INSERT INTO chats_backup (body) VALUES ('x'); END",
        "CREATE TABLE child (id bigint REFERENCES chats_backup)",
    ],
)
@pytest.mark.parametrize(("backup", "replaced"), [("archive", True), ("archive", False), ("none", True)])
def test_a_dependent_of_an_open_transaction(
    given: Database, tmp_path: Path, backup: str, replaced: bool, dependent: str
) -> None:
    """An object that refers to the table by its oid is created in a transaction that commits while the step waits."""
    state = wanted(tmp_path, backup, replaced=replaced)
    with (
        transaction(given.url, dependent) as creator,
        waiting(given, lambda: run(state, given.url)) as results,
    ):
        creator.execute("COMMIT")
    assert refused(results[0], "has-dependents")
    assert given.value("SELECT count(*) FROM chats_backup") == 5
    assert in_archive(given) == []


@BACKUPS
def test_a_run_that_dies_before_it_can_move_the_table_back(given: Database, tmp_path: Path, backup: str) -> None:
    """Rows of the replacement are deleted while the table is in the archive, and the run is killed right after the
    count.

    The next run moves the table back.
    """
    state, expected = wanted(tmp_path, backup), snapshot(given)
    killed: list[str] = []

    def kill(event: Event) -> None:
        if isinstance(event, StepCompleted) and event.step.id.verb is Verb.MOVE:
            given.execute("DELETE FROM chats WHERE id = 5")
        if isinstance(event, StepStarted) and event.step.id.verb is Verb.MOVE_BACK:
            killed.append(str(event.step.id))
            given.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'reconcile'"
                " AND datname = current_database()"
            )

    try:
        error = run(state, given.url, kill).error
    except ConnectionFailed as lost:
        error = lost
    assert isinstance(error, ConnectionFailed)
    assert killed == ["move-back dropped_table public.chats_backup"]
    assert given.value("SELECT to_regclass('chats_backup')") is None
    name = in_archive_as_table(given)
    assert given.value(f'SELECT count(*) FROM reconcile_archive."{name}"') == 5
    assert refused(run(state, given.url), "fewer-rows")
    given.execute("INSERT INTO chats VALUES (5, '5')")
    assert snapshot(given) == expected
    assert in_archive(given) == []


def test_another_table_takes_the_name_during_the_run(given: Database, tmp_path: Path) -> None:
    """The application creates a new table with the old name during the count, and deletes rows of the replacement.

    The old table can neither be dropped nor move back.
    """
    state = wanted(tmp_path, "none")

    def recreate(event: Event) -> None:
        if isinstance(event, StepCompleted) and event.step.id.verb is Verb.MOVE:
            given.execute("CREATE TABLE chats_backup (id int); DELETE FROM chats")

    assert refused(run(state, given.url, recreate), "diverged")
    assert refused_plan(given, state) == ["name-taken"]
    name = in_archive_as_table(given)
    assert given.value(f'SELECT count(*) FROM reconcile_archive."{name}"') == 5
    given.execute("DROP TABLE chats_backup")
    assert refused(run(state, given.url), "fewer-rows")
    assert given.value("SELECT count(*) FROM chats_backup") == 5


def refused_plan(database: Database, state: DesiredState, *roles: str) -> list[str]:
    options = Options(allow=ALLOW.allow, trusted_roles=frozenset(roles))
    return [refusal.rule for refusal in reconciler.plan(state, database.url, options=options).refusals]


def test_a_table_that_claims_to_have_been_moved(given: Database, tmp_path: Path) -> None:
    """A role comments on its own table in the archive as if an unfinished run had moved it there from a declared table.

    The table is neither dropped nor moved to that place.
    """
    state = wanted(tmp_path, "none")
    origin = (
        '{"archived_by": "reconcile", "schema": "public", "table": "chats_backup", "comment": null,'
        ' "renamed": {}, "unfinished": true}'
    )
    mallory = f"{given.name} mallory"
    given.execute(f"""
        CREATE ROLE "{mallory}"; CREATE SCHEMA reconcile_archive;
        GRANT USAGE, CREATE ON SCHEMA reconcile_archive TO "{mallory}";
        DROP TABLE chats_backup; TRUNCATE chats;
        SET ROLE "{mallory}"; CREATE TABLE reconcile_archive.hers AS SELECT 1 AS n;
        COMMENT ON TABLE reconcile_archive.hers IS '{origin}'""")
    try:
        assert refused_plan(given, state) == ["archive-not-proved"]
        assert run(state, given.url).plan.refused
        assert given.value("SELECT count(*) FROM reconcile_archive.hers") == 1
        assert refused_plan(given, state, mallory) == [], "an operator may vouch for the role"
        given.execute(f'REVOKE USAGE ON SCHEMA reconcile_archive FROM "{mallory}"')
        assert refused_plan(given, state) == [], "now only trusted roles could have written the comment"
        given.execute(f"""
            CREATE TABLE reconcile_archive.mine (n int); COMMENT ON TABLE reconcile_archive.mine IS '{origin}'""")
        assert refused_plan(given, state) == ["archive-not-proved"], "two tables cannot come from one place"
    finally:
        given.execute(f'DROP OWNED BY "{mallory}"; DROP ROLE "{mallory}"')
