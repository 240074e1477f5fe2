"""Index builds that outlive their client, that are killed, that another session runs, or that take too long."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

import reconciler
from reconciler.execution.finished import finished_steps
from reconciler.execution.result import ApplyResult
from reconciler.model.errors import Diverged, StepFailed
from reconciler.model.events import Event, Listener, StepRetried, StepWaiting
from reconciler.model.names import Key, display, names_displayed
from reconciler.model.plan import JournalAt
from reconciler.model.state import DesiredState, Policy
from reconciler.model.step_id import Verb
from reconciler.postgres.session import connect
from tests.cases.snapshot import snapshot
from tests.execution.kills import killed_client
from tests.execution.support import (
    Events,
    apply,
    apply_all,
    assert_in_sync,
    desired,
    session,
    step_ids,
    steps_started,
    transaction,
    wait_until,
)
from tests.servers import Database

pytestmark = pytest.mark.ends  # about interrupted builds

TABLE = "CREATE TABLE t (id int PRIMARY KEY, a int); INSERT INTO t SELECT n, n FROM generate_series(1, 100) n"
YAML = "tables: {t: {indexes: {i_a: a}}}"
BUILD = "build index public.t.i_a"
INVALID = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('i_a')"
_BUILDER = """
    SELECT pid FROM pg_stat_activity
     WHERE datname = current_database() AND query ~ '^(CREATE( UNIQUE)?|DROP) INDEX' AND wait_event_type = 'Lock'"""


@contextmanager
def old_snapshot(url: str) -> Iterator[None]:
    """Hold a transaction with a snapshot open: a build waits for it in its last phase."""
    with transaction(url, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "SELECT count(*) FROM pg_class"):
        yield


def waiting_builder(database: Database) -> int:
    """Return the backend of a build, after it begins to wait."""
    return int(wait_until(lambda: database.query(_BUILDER), "a build that waits")[0][0])


class Background:
    """An apply in a thread."""

    def __init__(self, state: DesiredState, url: str, *others: Listener) -> None:
        self.events = Events()
        self._results: list[ApplyResult] = []
        self._thread = threading.Thread(
            target=lambda: self._results.append(apply(state, url, self.events, *others))
        )
        self._thread.start()

    def wait_to_hear(self, words: str) -> None:
        wait_until(lambda: words in self.events.reasons(StepWaiting), f"an event that says {words!r}")

    def result(self) -> ApplyResult:
        self._thread.join(60)
        assert self._results
        return self._results[0]


@pytest.fixture
def state(tmp_path: Path, database: Database) -> DesiredState:
    database.execute(TABLE)
    return desired(tmp_path, YAML)


def test_a_build_that_outlived_its_client_is_waited_for(
    database: Database, state: DesiredState, tmp_path: Path
) -> None:
    with old_snapshot(database.url):
        builder = killed_client([tmp_path / "schema.yaml"], database.url, lambda: waiting_builder(database))
        second = Background(state, database.url)
        second.wait_to_hear("another session builds or drops index i_a on public.t")
        assert database.query(f"SELECT state FROM pg_stat_activity WHERE pid = {builder}") == [("active",)]
    assert second.result().error is None
    assert steps_started(second.events) == []
    assert database.query(INVALID) == [(True,)]
    assert_in_sync(state, database.url)


def test_a_dead_build_of_ours_is_dropped_and_repeated(
    database: Database, state: DesiredState, tmp_path: Path
) -> None:
    with old_snapshot(database.url):
        builder = killed_client([tmp_path / "schema.yaml"], database.url, lambda: waiting_builder(database))
        database.query(f"SELECT pg_terminate_backend({builder}, 5000)")
    assert database.query(INVALID) == [(False,)]
    events = Events()
    apply_all(state, database.url, events)
    assert steps_started(events) == ["remove-invalid index public.t.i_a", BUILD]
    assert_in_sync(state, database.url)


def test_what_a_dead_drop_of_ours_left_is_removed_for_a_build(database: Database, tmp_path: Path) -> None:
    database.execute(f"{TABLE}; CREATE INDEX i_a ON t (a)")
    desired(tmp_path, "tables: {t: {absent: {indexes: [i_a]}}}")
    with transaction(database.url, "SELECT FROM t"):
        builder = killed_client([tmp_path / "schema.yaml"], database.url, lambda: waiting_builder(database))
        database.query(f"SELECT pg_terminate_backend({builder}, 5000)")
    assert database.query(INVALID) == [(False,)]
    events = Events()
    apply_all(desired(tmp_path, YAML), database.url, events)
    assert steps_started(events) == ["remove-invalid index public.t.i_a", BUILD]


def test_an_invalid_index_without_proof_is_refused(database: Database, state: DesiredState) -> None:
    """The journal has no build of the index: it is not changed, and the statement to drop it is printed."""
    invalid_by_hand(database)
    result = apply(state, database.url)
    assert [refusal.rule for refusal in result.plan.refusals] == ["invalid-index"]
    assert (
        result.plan.refusals[0].remedy
        == 'if no session is building it, run: DROP INDEX CONCURRENTLY "public"."i_a";'
    )
    assert database.query(INVALID) == [(False,)]
    assert database.query("SELECT to_regclass('migration_log')") == [(None,)]


def test_a_completed_build_is_no_proof(database: Database, state: DesiredState) -> None:
    apply_all(state, database.url)
    database.execute("DROP INDEX i_a")
    invalid_by_hand(database)
    assert [refusal.rule for refusal in apply(state, database.url).plan.refusals] == ["invalid-index"]
    assert database.query(INVALID) == [(False,)]


def invalid_by_hand(database: Database) -> None:
    """Leave an invalid index of a cancelled build of another session."""
    with old_snapshot(database.url), session(database.url) as other:

        def build() -> None:
            with contextlib.suppress(psycopg.errors.QueryCanceled):
                other.execute("CREATE INDEX CONCURRENTLY i_a ON t (a)")

        thread = threading.Thread(target=build)
        thread.start()
        database.query(f"SELECT pg_cancel_backend({waiting_builder(database)})")
        thread.join()
    assert database.query(INVALID) == [(False,)]


def test_a_build_by_somebody_else_is_waited_for(database: Database, state: DesiredState) -> None:
    with session(database.url, "psql") as other:
        thread = threading.Thread(target=lambda: other.execute("CREATE INDEX CONCURRENTLY i_a ON t (a)"))
        with old_snapshot(database.url):
            thread.start()
            waiting_builder(database)
            run = Background(state, database.url)
            run.wait_to_hear("another session builds or drops index i_a on public.t")
        thread.join()
    assert run.result().error is None
    assert steps_started(run.events) == []
    assert_in_sync(state, database.url)


def test_a_build_reports_whom_it_waits_for(database: Database, state: DesiredState) -> None:
    with transaction(database.url, "INSERT INTO t VALUES (0, 0)") as writer:
        run = Background(state, database.url)
        run.wait_to_hear(f"process {writer.info.backend_pid} of role postgres (the application, in transaction")
    assert run.result().error is None


@pytest.mark.parametrize(
    ("given", "text"),
    [("", YAML), ("CREATE INDEX i_a ON t (a)", "tables: {t: {absent: {indexes: [i_a]}}}")],
    ids=["build", "drop"],
)
def test_a_build_gives_way_to_a_transaction_that_it_waits_for(
    database: Database, tmp_path: Path, given: str, text: str
) -> None:
    """An application writes, and then requests a lock that conflicts with the build: it must not lose the deadlock."""
    database.execute(f"{TABLE}; {given}")
    state = desired(tmp_path, text)
    with session(database.url) as writer:
        writer.execute("BEGIN; INSERT INTO t VALUES (0, 0)")
        run = Background(state, database.url)
        run.wait_to_hear(f"process {writer.info.backend_pid} ")
        writer.execute("LOCK TABLE t IN SHARE ROW EXCLUSIVE MODE; COMMIT")
    assert run.result().error is None, run.result().message
    assert [event.attempt for event in run.events.of(StepRetried)] == [1]
    assert_in_sync(state, database.url)


def test_an_index_in_the_place_of_a_cancelled_build_names_event_triggers(
    database: Database, state: DesiredState
) -> None:
    database.execute("""
        CREATE FUNCTION nothing() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
        CREATE EVENT TRIGGER "House rule" ON ddl_command_end EXECUTE FUNCTION nothing()""")

    def replace_it(event: Event) -> None:
        if isinstance(event, StepRetried):
            database.execute("DROP INDEX i_a; CREATE INDEX i_a ON t (id)")

    with session(database.url) as writer:
        writer.execute("BEGIN; INSERT INTO t VALUES (0, 0)")
        run = Background(state, database.url, replace_it)
        run.wait_to_hear(f"process {writer.info.backend_pid} ")
        writer.execute("LOCK TABLE t IN SHARE ROW EXCLUSIVE MODE; COMMIT")
    error = run.result().error
    assert isinstance(error, Diverged)
    assert error.message == (
        "the live state of index i_a on public.t matches no step of this change; another session, or an event trigger "
        '("House rule"), may have altered it'
    )


def test_a_build_that_takes_longer_than_max_build_is_cancelled(database: Database, tmp_path: Path) -> None:
    database.execute(TABLE)
    impatient = desired(tmp_path, f"policy: {{max_build: 1s}}\n{YAML}")
    with old_snapshot(database.url):
        result = apply(impatient, database.url)
    assert isinstance(result.error, StepFailed)
    assert "it took longer than policy.max_build (1s) (SQLSTATE 57014)" in result.error.message
    assert database.query(INVALID) == [(False,)]
    apply_all(impatient, database.url)
    assert_in_sync(impatient, database.url)


SLOW = """
    CREATE FUNCTION slow(int) RETURNS bool IMMUTABLE LANGUAGE plpgsql
        AS $$ BEGIN PERFORM pg_sleep(0.01); RETURN true; END $$;
    """


@pytest.mark.newest_by_day
@pytest.mark.parametrize("scope", ["DATABASE {}", "ROLE postgres IN DATABASE {}"])
def test_timeouts_of_the_server_kill_neither_builds_nor_validation(
    database: Database, tmp_path: Path, scope: str
) -> None:
    database.execute(TABLE + ";" + SLOW)
    for setting in ("statement_timeout = '500ms'", "lock_timeout = '100ms'"):
        database.execute(f"ALTER {scope.format(database.name)} SET {setting}")
    state = desired(tmp_path, "tables: {t: {indexes: {i_a: a}, checks: {slow: slow(a)}}}")
    with session(database.url) as other, pytest.raises(psycopg.errors.QueryCanceled):
        other.execute("SELECT pg_sleep(1)")  # the setting is active
    with snapshot_without_timeout(database.url):
        run = Background(state, database.url)
        builder = waiting_builder(database)
        time.sleep(1)
        assert waiting_builder(database) == builder
    result = run.result()
    assert result.error is None, result.message
    duration = (
        "SELECT max((metadata ->> 'duration_s')::float) FROM migration_log"
        " WHERE step_name = 'validate check public.t.slow'"
    )
    assert database.value(duration) > 0.5
    assert_in_sync(state, database.url)


@contextmanager
def snapshot_without_timeout(url: str) -> Iterator[Any]:
    with transaction(url, "SET LOCAL statement_timeout = 0", "DECLARE c CURSOR FOR SELECT FROM pg_class") as held:
        held.execute("FETCH c")
        yield held


def test_a_concurrent_drop_by_another_role_is_waited_for(database: Database, state: DesiredState) -> None:
    """Another session drops the declared index concurrently.

    The query is hidden from a role that owns the table, and pg_stat_progress_create_index does not show it, but the
    lock on the index does.
    """
    owner = f"owner_{database.name}"
    database.execute(
        f"CREATE ROLE {owner} LOGIN; ALTER TABLE t OWNER TO {owner}; GRANT CREATE ON SCHEMA public TO {owner}"
    )
    url = database.url.replace("//postgres@", f"//{owner}@")
    apply_all(state, url)
    with session(database.url, "psql") as other:
        thread = threading.Thread(target=lambda: other.execute("DROP INDEX CONCURRENTLY i_a"))
        with transaction(database.url, "INSERT INTO t VALUES (0, 0)"):
            thread.start()
            waiting_builder(database)
            run = Background(state, url)
            run.wait_to_hear("another session builds or drops index i_a on public.t")
        thread.join()
    assert run.result().error is None
    assert steps_started(run.events) == [BUILD]
    assert_in_sync(state, database.url)


FINISHED = """
    SELECT count(*) FROM migration_log
     WHERE step_name = 'build index public.t.i_a' AND status = 'completed' AND metadata ? 'finished'"""


@pytest.mark.parametrize(
    "how", ["in time for the next run", "while the next run waits", "before a run that has work"]
)
def test_a_build_that_finished_without_its_client_is_no_proof(
    database: Database, state: DesiredState, tmp_path: Path, how: str
) -> None:
    """The process is killed, and the server finishes the build. The next run records that in the journal.

    An invalid index that another session later leaves with the same name is not removed.
    """
    files = [tmp_path / "schema.yaml"]
    with old_snapshot(database.url):
        killed_client(files, database.url, lambda: waiting_builder(database))
        run = Background(state, database.url) if how == "while the next run waits" else None
        if run is not None:
            run.wait_to_hear("another session builds or drops index i_a on public.t")
    wait_until(lambda: database.query(INVALID) == [(True,)], "the build to end")
    if run is not None:
        assert run.result().error is None
    elif how == "in time for the next run":
        assert apply_all(state, database.url).plan.in_sync
    else:
        apply_all(desired(tmp_path, YAML.replace("{i_a: a}", "{i_a: a, i_b: [a, id]}")), database.url)
    assert database.value(FINISHED) == 1
    found_by = database.value("SELECT metadata ->> 'run_id' FROM migration_log WHERE metadata ? 'finished'")
    undo = reconciler.plan_undo(found_by, DesiredState(objects={}, policy=Policy()), database.url)
    assert (undo.refusals, step_ids(undo)[:1]) == ((), ["drop index public.t.i_a"])
    apply_all(state, database.url)
    assert database.value(FINISHED) == 1, "once is enough"
    database.execute("DROP INDEX i_a")
    invalid_by_hand(database)
    assert [refusal.rule for refusal in apply(state, database.url).plan.refusals] == ["invalid-index"]
    assert database.query(INVALID) == [(False,)]


def test_an_index_whose_build_the_same_run_recorded_does_not_come_back(database: Database, tmp_path: Path) -> None:
    """The server finishes the build of a killed run; the next run records that, and adds the constraint."""
    database.execute(TABLE)
    before = snapshot(database)
    state = desired(tmp_path, "tables: {t: {unique: {i_a: a}}}")
    with old_snapshot(database.url):
        killed_client([tmp_path / "schema.yaml"], database.url, lambda: waiting_builder(database))
    wait_until(lambda: database.query(INVALID) == [(True,)], "the build to end")
    apply_all(state, database.url)
    assert database.value(FINISHED) == 1
    nothing = DesiredState(objects={}, policy=Policy())
    undone = reconciler.undo("last", nothing, database.url, approve=lambda _: True)
    assert undone.error is None, undone.message
    assert snapshot(database) == before


def test_max_build_holds_without_the_client(database: Database, tmp_path: Path) -> None:
    """The process is killed while its build waits: the server itself ends the build after `max_build`."""
    database.execute(TABLE)
    desired(tmp_path, f"policy: {{max_build: 3s}}\n{YAML}")
    with old_snapshot(database.url):
        builder = killed_client([tmp_path / "schema.yaml"], database.url, lambda: waiting_builder(database))
        started = time.monotonic()
        gone = f"SELECT count(*) FROM pg_stat_activity WHERE pid = {builder}"
        wait_until(lambda: database.value(gone) == 0, "the build to end")
        assert time.monotonic() - started < 5
    assert database.query(INVALID) == [(False,)]


ODD = [
    "plain",
    "Mixed",
    'a"b',
    "a.b",
    "a\nb",
    "back\\slash\n",
    "\\000A",
    'U&"x"\t',
    "ü\u202e",
    "\U000e0001",
    "i",
    "a b",
]


@pytest.mark.parametrize("schema", ["public", "x.y", 'U&"\r'])
def test_displayed_names_are_read_back(schema: str) -> None:
    for name in ODD:
        assert names_displayed(f"{display(schema)}.{display(name)}") == (schema, name)


@pytest.mark.parametrize("name", ["a\nb", 'x"y', "Mixed", "a.b"])
def test_a_drop_of_an_index_that_is_still_there_is_not_finished(
    database: Database, tmp_path: Path, name: str
) -> None:
    """Names are compared as a whole: an index whose name is part of another one does not count."""
    other = name[0]
    database.execute(TABLE)
    with database.connect() as connection:
        for one in (name, other):
            connection.execute(sql.SQL("CREATE INDEX {} ON t (a)").format(sql.Identifier(one)))
    apply_all(desired(tmp_path, YAML), database.url)
    at = JournalAt(schema="public", trusted_roles=frozenset())
    entry = """INSERT INTO migration_log (migration_name, step_name, status, metadata)
               VALUES ('m', %s, 'started', jsonb_build_object('step', jsonb_build_object(
                 'verb', 'drop', 'kind', 'index', 'schema', 'public', 'table', 't', 'name', %s::text)))"""
    steps = {
        one: str(Verb.DROP.of(Key(schema="public", table="t", kind="index", name=one))) for one in (name, other)
    }
    with database.connect() as connection:
        for one, step in steps.items():
            connection.execute(entry, [step, one])
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(other)))
    with connect(database.url) as own:
        assert [step for step, _ in finished_steps(own, at)] == [steps[other]]
