"""A step without its lock rolls back, tries again, and finally fails; traffic never queues for long."""

from __future__ import annotations

import itertools
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg
import pytest

import reconciler
from reconciler.clock import SYSTEM
from reconciler.execution.apply import apply as apply_with_clock
from reconciler.model.errors import StepFailed
from reconciler.model.events import Event, StepCompleted, StepFailure, StepRetried
from reconciler.model.state import DesiredState
from tests.execution.support import (
    EXAMPLE,
    Events,
    apply_all,
    assert_in_sync,
    desired,
    load_example,
    session,
    transaction,
)
from tests.servers import Database

pytestmark = pytest.mark.ends  # about waits and retries

SLACK_S = 1.0
"""Additional seconds of a wait on a busy machine."""

YAML = "policy: {lock_timeout: 200ms, max_lock_wait: 3s}\ntables: {t: {checks: {positive: a > 0}}}"
NOT_AVAILABLE = "the lock was not available in time (SQLSTATE 55P03)"
BLOCKED = (
    r"the lock was not available in time: last blocked by process {} of role postgres \(the application, .*55P03"
)
LOCKED = "LOCK TABLE t IN ACCESS EXCLUSIVE MODE"


@pytest.fixture
def state(tmp_path: Path, database: Database) -> DesiredState:
    database.execute("CREATE TABLE t (a int); INSERT INTO t VALUES (1)")
    return desired(tmp_path, YAML)


def execute(
    state: DesiredState,
    url: str,
    emit: Callable[[Event], None],
    sleep: Callable[[float], None],
    chance: Callable[[], float],
) -> None:
    """Do the same as `apply`, with the sleep and randomness of the test."""
    clock = replace(SYSTEM, sleep=sleep, chance=chance)
    result = apply_with_clock(state, url, clock=clock, approve=lambda _: True, listeners=[emit])
    if result.error is not None:
        raise result.error


@dataclass
class Traffic:
    """An application that runs statements again and again, and measures each."""

    url: str
    statements: tuple[str, ...]
    waits_s: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[None]:
        stop = threading.Event()
        threads = [threading.Thread(target=self._run, args=(one, stop)) for one in self.statements]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    def _run(self, statement: str, stop: threading.Event) -> None:
        with session(self.url) as connection:
            while not stop.wait(0.005):
                started = time.monotonic()
                try:
                    connection.execute(statement.encode())
                except psycopg.Error as error:
                    self.failures.append(str(error))
                self.waits_s.append(time.monotonic() - started)


def test_a_lock_that_is_held_for_a_moment_is_tried_for_again(database: Database, state: DesiredState) -> None:
    events, release = Events(), threading.Event()

    def hold() -> None:
        with transaction(database.url, LOCKED):
            held.set()
            release.wait(30)

    def release_when_retried(event: Event) -> None:
        if isinstance(event, StepRetried):
            release.set()

    def begin(_: object) -> bool:
        thread.start()
        return held.wait(30)

    held, thread = threading.Event(), threading.Thread(target=hold)
    result = reconciler.apply(state, database.url, approve=begin, listeners=[events, release_when_retried])
    thread.join()
    assert result.error is None
    assert [retry.reason for retry in events.of(StepRetried)] == [NOT_AVAILABLE]
    assert events.of(StepCompleted)[0].lock_wait_s >= 0.2
    assert_in_sync(state, database.url)


def test_a_lock_that_is_held_for_ever_fails_after_max_lock_wait(database: Database, state: DesiredState) -> None:
    events, pauses, numbers = Events(), [], itertools.cycle([0.0, 1.0])

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        time.sleep(seconds)

    with transaction(database.url, "INSERT INTO t VALUES (2)") as blocker:
        blocked = BLOCKED.format(blocker.info.backend_pid)
        with pytest.raises(StepFailed) as failed:
            execute(state, database.url, events, pause, lambda: next(numbers))
    assert 1 < events.of(StepFailure)[0].duration_s < 3 + SLACK_S
    assert re.search(blocked, failed.value.message)
    retries = events.of(StepRetried)
    assert [retry.attempt for retry in retries] == list(range(1, len(retries) + 1))
    assert pauses == [retry.pause_s for retry in retries]
    assert min(pauses[::2]) >= 0.2, "traffic gets at least as much time as the attempt took"
    assert min(pauses[1::2]) >= 0.4, "and up to twice as much, by chance"
    assert database.value("SELECT count(*) FROM pg_constraint WHERE conname = 'positive'") == 0
    statuses = database.query("SELECT status, error_message FROM migration_log ORDER BY sequence")
    assert [status for status, _ in statuses] == ["started", "started", "failed", "failed"]
    assert re.search(blocked, statuses[2][1])
    apply_all(state, database.url)


def test_traffic_queues_no_longer_than_the_lock_timeout(database: Database, state: DesiredState) -> None:
    """While a step waits for its strong lock, later sessions wait behind it."""
    traffic = Traffic(database.url, ("SELECT count(*) FROM t",))
    with transaction(database.url, "SELECT * FROM t"), traffic.running(), pytest.raises(StepFailed):
        execute(state, database.url, Events(), lambda _: time.sleep(0.02), lambda: 0.5)
    assert traffic.failures == []
    assert max(traffic.waits_s) > 0.1, "no reader was ever held up: the step did not wait"
    assert max(traffic.waits_s) < 0.2 + SLACK_S


@pytest.mark.pg(">= 18")
def test_traffic_is_not_held_up_while_the_example_is_applied(database: Database) -> None:
    load_example(database)
    traffic = Traffic(
        database.url,
        (
            "SELECT count(*) FROM bookings JOIN users ON users.id = bookings.user_id",
            "UPDATE wallets SET balance = balance WHERE id = (SELECT id FROM wallets LIMIT 1)",
            "UPDATE users SET email = email WHERE id = (SELECT id FROM users LIMIT 1)",
        ),
    )
    with traffic.running():
        apply_all(reconciler.load([EXAMPLE]), database.url)
    assert traffic.failures == []
    assert len(traffic.waits_s) > 50
    assert max(traffic.waits_s) < SLACK_S
