"""Only one run per database."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from reconciler.execution.lock import LOCK_KEY
from reconciler.model.errors import ConnectionFailed, Refused
from reconciler.model.events import Event, StepStarted
from reconciler.model.state import DesiredState
from tests.execution.support import Events, apply, apply_all, assert_in_sync, desired, session, steps_started
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]  # about advisory locks

YAML = "tables: {t: {indexes: {i_a: a, i_b: b}}}"


@pytest.fixture
def state(tmp_path: Path, database: Database) -> DesiredState:
    database.execute("CREATE TABLE t (a int, b int)")
    return desired(tmp_path, YAML)


def test_a_second_run_is_refused_and_the_message_says_who_has_the_lock(
    database: Database, state: DesiredState
) -> None:
    refused: list[Refused] = []

    def begin_another(event: Event) -> None:
        if isinstance(event, StepStarted):
            with pytest.raises(Refused) as caught:
                apply(state, database.url)
            refused.append(caught.value)

    apply_all(state, database.url, begin_another)
    assert [error.rule for error in refused] == ["already-running"] * 2
    assert re.search(r"process \d+ of role postgres \(reconcile\), since \d{4}-", refused[0].message)
    assert_in_sync(state, database.url)


def test_the_lock_is_free_when_a_run_has_ended(database: Database, state: DesiredState) -> None:
    """The server notices only later that a connection was closed."""
    apply_all(state, database.url)
    with session(database.url) as other:
        for _ in range(20):
            apply_all(state, database.url)
            held = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = (%s::int8 & 4294967295)::oid"
            assert other.execute(held, [LOCK_KEY]).fetchall() == []


def test_the_command_exits_with_3_and_changes_nothing(
    database: Database, state: DesiredState, tmp_path: Path
) -> None:
    with session(database.url, "night shift") as other:
        pid = other.info.backend_pid
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK_KEY])
        command = [sys.executable, "-m", "reconciler.cli.main", "apply", "--auto-approve"]
        where = ["-f", str(tmp_path / "schema.yaml"), "--db", database.url]
        done = subprocess.run([*command, *where], capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    assert f"process {pid} of role postgres (night shift)" in done.stderr
    assert database.value("SELECT count(*) FROM pg_class WHERE relname IN ('migration_log', 'i_a')") == 0
    apply_all(state, database.url)


def test_a_run_in_another_database_is_no_hindrance(database: Database, state: DesiredState) -> None:
    with database.copy() as other, session(other.url) as holder:
        holder.execute("SELECT pg_advisory_lock(%s)", [LOCK_KEY])
        apply_all(state, database.url)


def test_a_lost_lock_stops_the_run_before_the_next_step(database: Database, state: DesiredState) -> None:
    killed: list[bool] = []

    def kill_lock(event: Event) -> None:
        if isinstance(event, StepStarted) and not killed:
            holder = (
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND database = "
            )
            killed.append(
                database.value(holder + "(SELECT oid FROM pg_database WHERE datname = current_database())")
            )

    events = Events()
    result = apply(state, database.url, kill_lock, events)
    assert killed == [True]
    assert isinstance(result.error, ConnectionFailed)
    assert result.error.rule == "lock-lost"
    assert steps_started(events) == ["build index public.t.i_a"]
    assert database.value("SELECT to_regclass('i_b')") is None
    apply_all(state, database.url)
    assert_in_sync(state, database.url)
