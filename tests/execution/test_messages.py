"""Messages of a run: the same names everywhere, consistent times, and the remnants that really exist."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.clock import SYSTEM
from reconciler.execution.lock import LOCK_KEY
from reconciler.execution.watch import Watch, Watched
from reconciler.model.events import StepCompleted, StepFailure, StepProgress, StepRetried, StepWaiting
from reconciler.model.state import DesiredState
from tests.execution.kills import killed_client
from tests.execution.support import Events, apply, apply_all, desired, session, transaction, wait_until
from tests.execution.test_builds import Background, old_snapshot, waiting_builder
from tests.report.plans import foreign_key_route, plan
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]  # about messages

YAML = "tables: {t: {indexes: {i_a: a}, checks: {positive: a > 0}}}"


@pytest.fixture
def state(tmp_path: Path, database: Database) -> DesiredState:
    database.execute("CREATE TABLE t (a int); INSERT INTO t SELECT generate_series(1, 100)")
    return desired(tmp_path, YAML)


def test_a_step_has_one_name_in_plan_apply_and_history(
    database: Database, state: DesiredState, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(state.objects) == 2
    arguments = ["-f", str(tmp_path / "schema.yaml"), "--db", database.url]
    main(["plan", "-v", *arguments])
    planned = re.findall(r"^    \d+\. (.+) \[\w+\]$", capsys.readouterr().out, re.MULTILINE)
    main(["apply", "-y", *arguments])
    applied = re.findall(r"^\[\d+/\d+\] (.+): done", capsys.readouterr().err, re.MULTILINE)
    (run,) = reconciler.history(database.url)
    main(["history", run.run_id, "--db", database.url])
    completed = re.findall(r"  completed +(?:\d+ +)?(.+)$", capsys.readouterr().out, re.MULTILINE)
    assert len(planned) == 3
    assert (applied, completed) == (planned, ["run", *planned])


def test_a_run_is_running_while_it_runs_and_unfinished_once_it_was_killed(
    database: Database, state: DesiredState, tmp_path: Path
) -> None:
    seen: list[str] = []

    def moment() -> int:
        builder = waiting_builder(database)
        seen.append(reconciler.history(database.url)[-1].status)
        return builder

    with old_snapshot(database.url):
        builder = killed_client([tmp_path / "schema.yaml"], database.url, moment)
        wait_until(lambda: reconciler.history(database.url)[-1].status == "unfinished", "the lock's end")
        database.query(f"SELECT pg_terminate_backend({builder}, 5000)")
    apply_all(state, database.url)
    assert seen == ["running"]
    assert [run.status for run in reconciler.history(database.url)] == ["unfinished", "completed"]
    with transaction(database.url, f"SELECT pg_advisory_lock({LOCK_KEY})"):
        assert [run.status for run in reconciler.history(database.url)] == ["unfinished", "completed"]


def test_a_build_that_fails_says_what_it_left_behind(database: Database, state: DesiredState) -> None:
    with old_snapshot(database.url):
        running = Background(state, database.url)
        builder = waiting_builder(database)
        running.wait_to_hear("blocked by process")
        database.query(f"SELECT pg_cancel_backend({builder})")
        result = running.result()
    left = "an invalid index of this name, which the next run drops and builds again"
    assert [failed.leaves for failed in running.events.of(StepFailure)] == [left]
    assert f"left behind: {left}." in result.message


def test_a_build_that_could_not_begin_left_nothing_behind(database: Database, state: DesiredState) -> None:
    events = Events()
    database.execute(
        """CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no indexes here''; END';
           CREATE EVENT TRIGGER no ON ddl_command_start WHEN TAG IN ('CREATE INDEX') EXECUTE FUNCTION no()"""
    )
    try:
        # The function raises an error only after the trial of the plan.
        database.execute(
            """CREATE OR REPLACE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS
               'BEGIN IF current_query() ~ ''CONCURRENTLY'' THEN RAISE EXCEPTION ''no indexes here''; END IF; END'"""
        )
        result = apply(state, database.url, events)
    finally:
        database.execute("DROP EVENT TRIGGER no")
    assert database.value("SELECT to_regclass('i_a')") is None
    left = "nothing: the build failed before it created an index"
    assert [failed.leaves for failed in events.of(StepFailure)] == [left]
    assert "invalid" not in result.message


def test_no_step_waits_longer_than_it_takes(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE t (a int)")
    state = desired(tmp_path, "policy: {lock_timeout: 600ms}\ntables: {t: {checks: {positive: a > 0}}}")
    events = Events()
    with session(database.url) as holder:
        holder.execute("BEGIN; LOCK TABLE t IN SHARE MODE")

        def let_go(event: object) -> None:
            if isinstance(event, StepRetried) and event.attempt == 2:
                threading.Timer(1.0, lambda: holder.execute("ROLLBACK")).start()

        apply_all(state, database.url, events, let_go)
    first = events.of(StepCompleted)[0]
    assert len(events.of(StepRetried)) >= 2
    assert events.of(StepWaiting)
    assert 1.0 < first.lock_wait_s <= first.duration_s


def test_a_step_that_waited_reports_that_it_continues() -> None:
    """Otherwise a display would name a blocker that released its lock long ago."""
    events = Events()
    (route,) = plan(foreign_key_route()).routes
    watched = Watched(step=route.steps[0], started=0.0)
    session = cast("Any", SimpleNamespace(server=SimpleNamespace(pid=1)))
    watch = Watch(session, events, SYSTEM)
    row = {"wait_event_type": "Lock", "blockers": "process 42", "phase": None, "fraction": None}
    for elapsed, changes in ((1.0, {}), (2.0, {"wait_event_type": None, "blockers": None}), (3.0, {}), (4.0, {})):
        row |= changes
        watch._tell(watched, row, elapsed)
    assert [type(event) for event in events.heard] == [StepWaiting, StepProgress]
    assert events.heard[1] == StepProgress(step=route.steps[0], phase="running", fraction=None, elapsed_s=2.0)


def test_an_interruption_is_reported_once(database: Database, state: DesiredState, tmp_path: Path) -> None:
    assert len(state.objects) == 2
    program = "import signal, sys; signal.signal(2, signal.default_int_handler); " + (
        "from reconciler.cli.main import main; sys.exit(main())"
    )
    arguments = ["apply", "-y", "-f", str(tmp_path / "schema.yaml"), "--db", database.url]
    with old_snapshot(database.url):
        process = subprocess.Popen(
            [sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        waiting_builder(database)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert (out + err).casefold().count("interrupted") == 1
    assert "FAILED" not in err
    assert re.search(r"^Interrupted: 0 of 3 steps completed in \d+\.\d s", out, re.MULTILINE)
    assert "left behind: an invalid index of this name" in out
