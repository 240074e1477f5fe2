"""Interference with the traffic of an application: long transactions, deadlocks, and a client that freezes."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import psycopg
import pytest

import reconciler
from reconciler.execution.attempt import bundled
from reconciler.execution.pipeline import AT_ONCE, send_transaction
from reconciler.model.events import StepRetried, StepStarted
from reconciler.postgres.session import Connection
from reconciler.report import FORMATS, report_of
from tests.attack.traffic import SCENARIOS, Measured, Scenario, measure
from tests.execution.support import ROOT, Events, apply, apply_all, assert_in_sync, desired, session, wait_until
from tests.servers import NIGHTLY, Database, psql_program

# About locks and time. Each test waits for seconds.
pytestmark = pytest.mark.ends if NIGHTLY else pytest.mark.pg(">= 18")

LOCK_TIMEOUT_S = 2.0
DEADLOCK_S = 1.0
"""PostgreSQL's default of `deadlock_timeout`."""
SLACK_S = 1.0
"""Additional seconds of a wait on a busy machine."""
HOLD_S = 5.0


@pytest.fixture(params=SCENARIOS, ids=lambda scenario: scenario.name.replace(" ", "-"))
def scenario(request: pytest.FixtureRequest) -> Scenario:
    chosen: Scenario = request.param
    return chosen


def file_of(tmp_path: Path, scenario: Scenario) -> reconciler.DesiredState:
    policy = "policy: {lock_timeout: 2s}\n"
    return desired(tmp_path, f"{policy}tables:\n{scenario.tables}")


def judge(measured: Measured) -> None:
    assert measured.transactions > 300, measured
    assert measured.failed == 0, measured.problems
    assert 0.2 < measured.longest_s < LOCK_TIMEOUT_S + 0.5 + SLACK_S, measured


def test_traffic_during_apply(database: Database, scenario: Scenario, tmp_path: Path) -> None:
    """Eight clients write to parent and child while apply changes both, and a transaction locks one table for five
    seconds.

    No transaction of the application fails, and none waits for longer than one attempt.
    """
    state, events = file_of(tmp_path, scenario), Events()
    judge(measure(database.url, scenario, HOLD_S, lambda: apply_all(state, database.url, events)))
    assert events.of(StepRetried), "nothing stood in the way"
    assert_in_sync(state, database.url)


@pytest.mark.parametrize("scenario", SCENARIOS if NIGHTLY else SCENARIOS[:1], ids=lambda scenario: scenario.name)
def test_traffic_during_the_script(database: Database, scenario: Scenario, tmp_path: Path) -> None:
    """The same with the script for psql."""
    state = file_of(tmp_path, scenario)
    judge(measure(database.url, scenario, HOLD_S, lambda: run_script(state, database.url, tmp_path)))
    assert_in_sync(state, database.url)


def run_script(state: reconciler.DesiredState, url: str, folder: Path) -> None:
    script = folder / "plan.sql"
    script.write_text(FORMATS["sql"](report_of(reconciler.plan(state, url))))
    command = [psql_program(), "-Xq", "-d", url, "-f", script]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# --- What a step holds while it waits ------------------------------------------------------------------------------

LOCKS = """
    SELECT l.pid, c.relname::text, l.granted
      FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND c.relkind IN ('r', 'p')
       AND c.relnamespace = 'public'::regnamespace AND a.application_name IN ('reconcile', 'psql')
       AND l.mode IN ('ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')"""


class Sampler:
    """Reads the locks of the run that block traffic, every few milliseconds."""

    def __init__(self, url: str) -> None:
        self._url, self._stop = url, threading.Event()
        self.longest_s: dict[tuple[frozenset[str], frozenset[str]], float] = {}
        """The longest uninterrupted time for each pair of held tables and awaited tables."""

    @contextmanager
    def looking(self) -> Iterator[None]:
        thread = threading.Thread(target=self._run)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def _run(self) -> None:
        with session(self._url, "the sampler") as eyes:
            before, since = None, time.monotonic()
            while not self._stop.wait(0.005):
                found = eyes.execute(LOCKS).fetchall()
                now = (
                    frozenset(name for _, name, granted in found if granted),
                    frozenset(name for _, name, granted in found if not granted),
                )
                if now != before:
                    before, since = now, time.monotonic()
                lasted = time.monotonic() - since
                self.longest_s[now] = max(self.longest_s.get(now, 0.0), lasted)

    def waiting_for(self, table: str, *, holding: bool) -> float:
        return max(
            (
                lasted
                for (held, wanted), lasted in self.longest_s.items()
                if table in wanted and bool(held) == holding
            ),
            default=0.0,
        )


TWO = """
    CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (id int PRIMARY KEY, p int);
    INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1, 1)"""
FK = "policy: {lock_timeout: 2s}\ntables: {child: {foreign_keys: {fk: {columns: p, references: parent(id)}}}}"


@pytest.mark.parametrize("way", ["apply", "script"])
def test_a_lock_is_held_only_briefly_while_another_is_waited_for(
    database: Database, tmp_path: Path, way: str
) -> None:
    """A transaction locks the child for three seconds.

    While the step holds the parent, it waits for at most half of deadlock_timeout, and never for the child alone. The
    application's role has a shorter deadlock_timeout than the server.
    """
    role = f"application_{database.name}"
    database.execute(f"{TWO}; CREATE ROLE {role}; ALTER ROLE {role} SET deadlock_timeout = '400ms'")
    state, sampler = desired(tmp_path, FK), Sampler(database.url)
    with sampler.looking(), keeping(database.url, "UPDATE child SET p = p", 3.0):
        apply_all(state, database.url) if way == "apply" else run_script(state, database.url, tmp_path)
    assert 0.1 < sampler.waiting_for("child", holding=True) < 0.4 / 2 + 0.15
    assert sampler.waiting_for("child", holding=False) < 0.1
    assert_in_sync(state, database.url)


def test_a_role_that_may_not_lock_the_referenced_table(database: Database, tmp_path: Path) -> None:
    """The role has only REFERENCES on the parent, so only the statement itself can lock it.

    A transaction locks the parent for three seconds: the child is locked for at most half of deadlock_timeout.
    """
    role = f"child_owner_{database.name}"
    database.execute(
        f"{TWO}; CREATE ROLE {role} LOGIN; ALTER TABLE child OWNER TO {role};"
        f"GRANT REFERENCES, SELECT ON parent TO {role}; GRANT CREATE ON SCHEMA public TO {role}"
    )
    state, sampler = desired(tmp_path, FK), Sampler(database.url)
    with sampler.looking(), keeping(database.url, "INSERT INTO parent VALUES (2)", 3.0):
        apply_all(state, database.url.replace("//postgres@", f"//{role}@"))
    assert 0.1 < sampler.waiting_for("parent", holding=True) < DEADLOCK_S / 2 + 0.3


def test_an_application_that_queued_first_does_not_lose_a_deadlock(database: Database, tmp_path: Path) -> None:
    """A transaction has the child and queues for the parent behind the step, before the step gets the parent.

    Its deadlock_timeout runs from then on. It must not be the victim when the step then waits for the child.
    """
    database.execute(TWO)
    state = desired(tmp_path, FK)
    failures: list[str] = []

    def application() -> None:
        with session(database.url) as own:
            try:
                with own.transaction():
                    own.execute("UPDATE child SET p = p")
                    wait_for_the_step(own)
                    own.execute("INSERT INTO parent VALUES (3)")  # queues behind the step
                    time.sleep(0.5)
            except psycopg.Error as error:
                failures.append(str(error))

    def wait_for_the_step(own: psycopg.Connection[tuple[object, ...]]) -> None:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and not any(not granted for _, _, granted in own.execute(LOCKS)):
            time.sleep(0.01)

    thread = threading.Thread(target=application)
    with keeping(database.url, "INSERT INTO parent VALUES (2)", 0.8 * DEADLOCK_S):
        thread.start()
        apply_all(state, database.url)
    thread.join()
    assert failures == []
    assert_in_sync(state, database.url)


def test_an_application_that_waits_for_a_row_does_not_lose_a_deadlock(database: Database, tmp_path: Path) -> None:
    """The first transaction waits for a row of the second, and will check for a deadlock soon.

    Then the step takes the parent and waits for the child, which both have locked, and the second transaction wants the
    parent. Another role has a shorter deadlock_timeout, which does not matter for these two.
    """
    role = f"impatient_{database.name}"
    database.execute(f"CREATE ROLE {role}; ALTER ROLE {role} SET deadlock_timeout = '400ms'")
    database.execute(f"{TWO}; INSERT INTO child VALUES (2, 1)")
    state = desired(tmp_path, FK)
    failures: list[str] = []

    def application(own: psycopg.Connection[tuple[object, ...]], *statements: str) -> None:
        try:
            for statement in statements:
                own.execute(statement.encode())
        except psycopg.Error as error:
            failures.append(str(error))

    def approve(_: object) -> bool:
        wait_until(lambda: waits(eyes, "l.waitstart < clock_timestamp() - interval '650 ms'"), "the row")
        return True

    with session(database.url) as first, session(database.url) as second, session(database.url) as eyes:
        for own in (first, second):
            own.execute("BEGIN")
        second.execute("UPDATE child SET p = p WHERE id = 1")
        first.execute("UPDATE child SET p = p WHERE id = 2")
        threads = [
            threading.Thread(target=application, args=(first, "UPDATE child SET p = p WHERE id = 1", "COMMIT"))
        ]
        threads[0].start()

        def second_goes_on(event: object) -> None:
            if isinstance(event, StepStarted) and len(threads) == 1:
                threads.append(threading.Thread(target=wants_the_parent))
                threads[1].start()

        def wants_the_parent() -> None:
            wait_until(lambda: waits(eyes, "l.relation = 'child'::regclass AND l.mode ~ '^Share'"), "the step")
            application(second, "UPDATE parent SET id = id", "COMMIT")

        result = reconciler.apply(state, database.url, approve=approve, listeners=[second_goes_on])
        for thread in threads:
            thread.join()
    assert failures == []
    assert result.error is None, result.message
    assert_in_sync(state, database.url)


def waits(eyes: psycopg.Connection[tuple[object, ...]], how: str) -> bool:
    return bool(eyes.execute(f"SELECT FROM pg_locks l WHERE NOT l.granted AND {how}".encode()).fetchall())


def test_a_commit_that_waits_for_a_standby_holds_no_lock(database: Database, tmp_path: Path) -> None:
    """The synchronous standby is down when the step commits: reads continue; only the end of the run waits for it."""
    admin = database.server.admin
    database.execute("CREATE TABLE t (id int, n int)")
    database.execute(f'ALTER DATABASE "{database.name}" SET synchronous_commit = remote_apply')
    state = desired(tmp_path, "tables: {t: {checks: {positive: {expression: n > 0, validated: false}}}}")

    def lose_the_standby(event: object) -> None:
        if isinstance(event, StepStarted):
            admin.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
            admin.execute("SELECT pg_reload_conf()")
            with session(database.url) as own:
                wait_until(lambda: own.execute("SHOW synchronous_standby_names").fetchone() == ("nobody",), "it")

    running = threading.Thread(target=lambda: apply(state, database.url, lose_the_standby))
    try:
        running.start()
        with session(database.url) as eyes:
            waiting = "SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND datname = current_database()"
            wait_until(lambda: eyes.execute(waiting.encode()).fetchall(), "the standby")
            eyes.execute("SET lock_timeout = '1s'")
            assert eyes.execute("SELECT count(*) FROM t").fetchone() == (0,)
    finally:
        admin.execute("ALTER SYSTEM RESET synchronous_standby_names")
        admin.execute("SELECT pg_reload_conf()")
        running.join()
    assert_in_sync(state, database.url)


def test_an_autovacuum_is_ended_whatever_the_lock_timeout(database: Database, tmp_path: Path) -> None:
    """The server ends an autovacuum if a session waits for deadlock_timeout; lock_timeout is shorter.

    A step waits for that with a lock that blocks no traffic.
    """
    admin = database.server.admin
    slow = "autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1, autovacuum_vacuum_threshold = 1"
    database.execute(
        f"CREATE TABLE t (n int) WITH ({slow}, autovacuum_vacuum_scale_factor = 0);"
        "INSERT INTO t SELECT i FROM generate_series(1, 50000) i; DELETE FROM t WHERE n % 2 = 0"
    )
    database.execute(f"ALTER DATABASE \"{database.name}\" SET deadlock_timeout = '300ms'")
    state = desired(tmp_path, "policy: {lock_timeout: 100ms, max_lock_wait: 8s}\ntables: {t: {checks: {c: n > 0}}}")
    try:
        admin.execute("ALTER SYSTEM SET autovacuum = on")
        admin.execute("ALTER SYSTEM SET autovacuum_naptime = '1s'")
        admin.execute("SELECT pg_reload_conf()")
        wait_until(lambda: database.query("SELECT FROM pg_stat_progress_vacuum"), "an autovacuum")
        admin.execute("ALTER SYSTEM SET autovacuum = off")
        admin.execute("SELECT pg_reload_conf()")
        sampler = Sampler(database.url)
        with sampler.looking():
            apply_all(state, database.url)
    finally:
        admin.execute("ALTER SYSTEM SET autovacuum = off")
        admin.execute("ALTER SYSTEM RESET autovacuum_naptime")
        admin.execute("SELECT pg_reload_conf()")
    assert sampler.waiting_for("t", holding=False) < 0.1 + 0.1


def test_a_script_whose_psql_dies_takes_no_more_locks(database: Database, tmp_path: Path) -> None:
    """psql is killed while the script waits for a lock: the server detects this, and stops trying."""
    database.execute("CREATE TABLE t (n int)")
    state = desired(tmp_path, "policy: {lock_timeout: 2s}\ntables: {t: {checks: {c: n > 0}}}")
    script = tmp_path / "plan.sql"
    script.write_text(FORMATS["sql"](report_of(reconciler.plan(state, database.url))))
    with keeping(database.url, "SELECT FROM t", 2.5), session(database.url) as eyes:
        process = subprocess.Popen([psql_program(), "-Xq", "-d", database.url, "-f", script])
        wait_until(lambda: waits(eyes, "l.relation = 't'::regclass"), "the script")
        process.kill()
        process.wait()
        died = time.monotonic()
        there = "SELECT FROM pg_stat_activity WHERE application_name = 'psql' AND datname = current_database()"
        wait_until(lambda: not eyes.execute(there.encode()).fetchall(), "the end of its session")
        assert time.monotonic() - died < 1.0 + SLACK_S / 2


@contextmanager
def keeping(url: str, statement: str, seconds: float) -> Iterator[None]:
    """Hold a transaction of another session open for some seconds."""
    with session(url) as other:
        other.execute("BEGIN")
        other.execute(statement.encode())
        timer = threading.Timer(seconds, lambda: other.execute("COMMIT"))
        timer.start()
        try:
            yield
        finally:
            timer.join()


# --- A client that freezes ------------------------------------------------------------------------------------------

PROGRAM = """
import sys, psycopg, reconciler
if sys.argv[3] == "without pipelines":
    psycopg.Pipeline.is_supported = classmethod(lambda cls: False)
result = reconciler.apply(reconciler.load([sys.argv[1]]), sys.argv[2], approve=lambda _: True)
sys.exit(result.message or 0)
"""
CHECKS = 80


@contextmanager
def applying(database: Database, tmp_path: Path, how: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start a process that adds many checks."""
    database.execute("CREATE TABLE t (a int); INSERT INTO t VALUES (1)")
    checks = "".join(f"      c_{n}: a > {-n}\n" for n in range(CHECKS))
    desired(tmp_path, f"tables:\n  t:\n    checks:\n{checks}")
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "schema.yaml"), database.url, how]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()


def freezes(process: subprocess.Popen[bytes], database: Database, patience_s: float) -> Iterator[float]:
    """Stop the process at random moments until it ends; return how long it held a lock while stopped.

    The result is at least `patience_s` if it did not release the lock.
    """
    chance = random.Random(14)
    with session(database.url) as eyes:
        while process.poll() is None:
            time.sleep(chance.uniform(0, 0.03))
            process.send_signal(signal.SIGSTOP)
            stopped = time.monotonic()
            while any(granted for _, _, granted in eyes.execute(LOCKS)) and time.monotonic() - stopped < patience_s:
                time.sleep(0.01)
            yield time.monotonic() - stopped
            process.send_signal(signal.SIGCONT)


def test_a_client_that_freezes_holds_no_lock(database: Database, tmp_path: Path) -> None:
    """The process of apply is stopped (SIGSTOP) at random moments.

    The server runs what it has received, and no lock that blocks traffic is held after that.
    """
    with applying(database, tmp_path, "with pipelines") as process:
        held = list(freezes(process, database, 3.0))
        assert process.wait() == 0
    assert len(held) > 30
    assert max(held) < 0.5, sorted(held)[-5:]
    assert database.value("SELECT count(*) FROM pg_constraint WHERE conname ~ '^c_' AND convalidated") == CHECKS


def test_a_step_of_very_many_statements_is_sent_at_once(database: Database) -> None:
    """The server receives no statement of a transaction before the last one is sent."""
    database.execute("CREATE TABLE t (a int)")
    statements = [
        "LOCK TABLE t",
        *(f"COMMENT ON TABLE t IS '{n}'" for n in range(1000)),
        "INSERT INTO t VALUES (1)",
    ]
    sent = bundled(statements)
    held: list[object] = []

    class Spy:
        """The connection of libpq, which checks the server before the last statement is sent."""

        def __init__(self, real: object) -> None:
            self.real = real
            self.left = len(sent) + 2

        def __getattr__(self, name: str) -> object:
            return getattr(self.real, name)

        def send_query_prepared(self, *arguments: object) -> None:
            self.left -= 1
            if not self.left:
                time.sleep(0.2)
                held.append(eyes.execute("SELECT count(*) FROM pg_locks WHERE relation = 't'::regclass").fetchone())
            self.real.send_query_prepared(*arguments)  # type: ignore[attr-defined]

    class Spied:
        def __init__(self, real: psycopg.Connection[tuple[object, ...]]) -> None:
            self.real, self.pgconn = real, Spy(real.pgconn)

        def __getattr__(self, name: str) -> object:
            return getattr(self.real, name)

    with session(database.url) as own, session(database.url) as eyes:
        counts = send_transaction(cast(Connection, Spied(own)), sent)
    assert held == [(0,)]
    assert len(counts) <= AT_ONCE
    assert database.query("SELECT obj_description('t'::regclass), a FROM t") == [("999", 1)]


def test_a_client_without_pipelines_that_freezes_holds_a_lock_for_two_seconds(
    database: Database, tmp_path: Path
) -> None:
    """If libpq has no pipelines, a stopped process keeps its locks until the server ends the idle transaction."""
    with applying(database, tmp_path, "without pipelines") as process:
        held = next((lasted for lasted in freezes(process, database, 10.0) if lasted > 0.5), 0.0)
    assert 1.0 < held < 2.0 + SLACK_S
