"""The progress output of a run."""

from __future__ import annotations

import dataclasses
import fcntl
import io
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import threading
import time

import pytest

from reconciler.cli.checking import Checking
from reconciler.cli.progress import Estimate, LiveProgress, PlainProgress, progress_on
from reconciler.cli.summary import RunStatistics, outcome_line, render_summary
from reconciler.model.events import (
    INTERRUPTED,
    RowsChanged,
    RunEnded,
    RunReplanned,
    RunStarted,
    RunStatus,
    StepCompleted,
    StepFailure,
    StepProgress,
    StepRetried,
    StepSkipped,
    StepStarted,
    StepWaiting,
)
from reconciler.model.listening import DataChecks
from reconciler.model.step_id import Verb
from tests.report.plans import PLANS

PLAN = PLANS["changes"]
STEPS = [(route, step) for route in PLAN.routes for step in route.steps]


def events(message="boom\n\x1b[31m"):
    yield RunStarted(run_id="run-1", plan=PLAN)
    (route, step), *_ = STEPS
    yield StepStarted(route=route, step=step, number=1)
    yield StepRetried(step=step, attempt=1, reason="lock timeout", pause_s=0.5)
    yield StepCompleted(step=step, number=1, duration_s=2.0, lock_wait_s=0.3, rows=1)
    route, step = STEPS[1]
    yield StepSkipped(step=step, number=2, reason="already done")
    route, step = STEPS[2]
    yield StepStarted(route=route, step=step, number=3)
    yield StepWaiting(step=step, reason="blocked by process 42 of postgresql://joe:s3cret@h", elapsed_s=3.0)
    yield StepProgress(step=step, phase="building index", fraction=0.25, elapsed_s=4.0)
    yield StepProgress(step=step, phase="building index", fraction=0.5, elapsed_s=5.0)
    yield StepFailure(step=step, number=3, duration_s=61.0, message=message, leaves="an invalid index")
    yield RunEnded(
        run_id="run-1", status=RunStatus.FAILED, message="", completed=1, skipped=1, failed=1, duration_s=70.0
    )


PLAIN = r"""run run-1: 7 steps
[1/7] add the foreign key, not validated …
    attempt 1 failed: lock timeout; next attempt in 0.5 s
[1/7] add the foreign key, not validated: done in 2.0 s (0.3 s waiting for locks), 1 row
[2/7] validate the foreign key: skipped, already done
[3/7] build the index …
    3.0 s: blocked by process 42 of postgresql://joe:***@h
    4.0 s: building index
[3/7] build the index: FAILED after 1 min 1 s: boom
    \x1b[31m
    left behind: an invalid index
"""


def test_plain_progress_is_a_line_for_each_event():
    stream = io.StringIO()
    with progress_on(stream) as listener:
        assert isinstance(listener, PlainProgress)
        for event in events():
            listener(event)
    assert stream.getvalue() == PLAIN


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_live_progress_lets_finished_steps_scroll_by(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal()
    with progress_on(stream) as listener:
        assert isinstance(listener, LiveProgress)
        for event in events():
            listener(event)
    shown = stream.getvalue()
    assert "[1/7] add the foreign key, not validated: done in 2.0 s" in shown
    assert "s3cret" not in shown
    assert "boom\n    \\x1b[31m\n    left behind: an invalid index\n" in shown.replace("\r", "")


def test_a_failure_that_a_summary_explains_takes_one_line(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    with progress_on(stream, summed_up=True) as listener:
        for event in events():
            listener(event)
    shown = stream.getvalue().replace("\r", "")
    assert "[3/7] build the index: FAILED after 1 min 1 s\n" in shown
    assert "boom" not in shown
    assert "left behind" not in shown


def live_at(now: list[float], count: int) -> LiveProgress:
    live = LiveProgress(Terminal(), clock=lambda: now[0])
    for event in list(events())[:count]:
        live(event)
    return live


def test_the_foot_is_one_line_with_the_state_before_the_title():
    now = [0.0]
    live = live_at(now, 9)
    try:
        now[0] = 5.0
        assert live._foot() == "[3/7] building index 50% · 5.0 s · build the index"
    finally:
        live.stop()


def test_the_last_line_says_who_blocks_a_step_until_it_continues():
    now = [0.0]
    live = live_at(now, 7)
    try:
        now[0] = 5.0
        blocked = "[3/7] blocked by process 42 of postgresql://joe:***@h · 5.0 s · build the index"
        assert live._foot() == blocked
        live(StepProgress(step=STEPS[2][1], phase="running", fraction=None, elapsed_s=5.0))
        assert live._foot() == "[3/7] running · 5.0 s · build the index"
    finally:
        live.stop()


def test_a_wait_before_a_step_is_shown_as_well():
    live = live_at([0.0], 5)
    try:
        live(StepWaiting(step=STEPS[2][1], reason="another session builds it", elapsed_s=0.0))
        assert live._foot() == "another session builds it"
    finally:
        live.stop()


def test_data_checks_of_a_plan_that_is_made_during_a_run_are_part_of_the_live_display():
    live = live_at([0.0], 5)
    checking = Checking(stream := io.StringIO(), live=True)
    checks = DataChecks(done=0, total=2, running=("orphans of fk",))
    try:
        checking(RunStarted(run_id="r", plan=PLAN))
        for listener in (live, checking):
            listener(checks)
        assert live._foot() == "checking data: 0 of 2 checks done: orphans of fk"
        live(DataChecks(done=2, total=2, running=()))
        assert live._foot() == ""
        live(checks)
        live(RunReplanned(run_id="r", plan=PLAN, reason="a partition was added"))
        assert live._foot() == ""
    finally:
        live.stop()
        checking.stop()
    assert stream.getvalue() == ""


@pytest.mark.parametrize(("rows", "reported"), [(0, ""), (1, "1 repaired row"), (2, "2 repaired rows")])
def test_the_end_says_where_archived_tables_and_repaired_rows_are(rows, reported):
    archive = next(step for _, step in STEPS if step.id.verb is Verb.ARCHIVE)
    repair = dataclasses.replace(archive, archives=True, id=Verb.REPAIR.of(archive.id.key))

    def end(step):
        statistics = RunStatistics()
        statistics(StepCompleted(step=step, number=1, duration_s=1.0, lock_wait_s=0.0, rows=rows))
        statistics(RowsChanged(step=step, rows=rows))
        return render_summary(statistics, RunStatus.COMPLETED, "", 1.0, "r", PLAN.server)

    assert ("`reconcile restore` lists them, and brings" in end(archive), "quarantine" in end(archive)) == (
        True,
        False,
    )
    assert "Archived" not in end(repair)
    listed = "`reconcile restore --quarantine` lists them.\n"
    assert (f"keeps {reported} as before the repair: {listed}" in end(repair)) == bool(reported)
    assert ("quarantine" in end(repair)) == bool(reported)


def test_a_table_that_is_dumped_in_the_same_run_is_no_longer_in_the_archive():
    archive = next(step for _, step in STEPS if step.id.verb is Verb.ARCHIVE)
    statistics = RunStatistics()
    for verb in (Verb.ARCHIVE, Verb.DUMP, Verb.DROP):
        step = dataclasses.replace(archive, id=verb.of(archive.id.key))
        statistics(StepCompleted(step=step, number=1, duration_s=1.0, lock_wait_s=0.0, rows=None))
    end = render_summary(statistics, RunStatus.COMPLETED, "", 1.0, "r", PLAN.server)
    assert "Archived tables" not in end
    assert "Dumped tables are in the folder of --backup-dir: `reconcile restore` lists their files" in end


def test_only_the_summary_reports_an_interruption():
    _, step = STEPS[0]
    failed = StepFailure(step=step, number=1, duration_s=1.0, message=INTERRUPTED, leaves="nothing")
    stream = io.StringIO()
    with progress_on(stream) as listener:
        listener(failed)
    assert stream.getvalue() == ""
    statistics = RunStatistics()
    for event in (RunStarted(run_id="r", plan=PLAN), failed):
        statistics(event)
    message = "[interrupted] interrupted during `add`\n  left behind: nothing. Run it again"
    reported = render_summary(statistics, RunStatus.INTERRUPTED, message, 1.0, "r", PLAN.server)
    assert reported == (
        "Interrupted: 0 of 7 steps completed in 1.0 s.\n"
        "  left behind: nothing. Run it again\n"
        "Run the same command again to continue.\n"
        "Database samia on db.example, port 5432, as postgres.\n"
        "`reconcile history r` shows each step.\n"
    )
    assert reported.casefold().count("interrupted") == 1


def test_events_from_two_threads_do_not_hang_a_live_display():
    live = LiveProgress(Terminal())
    reported = list(events())
    live(reported[0])

    def tell() -> None:
        for _ in range(50):
            for event in reported[1:-1]:
                live(event)

    threads = [threading.Thread(target=tell, daemon=True) for _ in range(2)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        assert not any(thread.is_alive() for thread in threads)
    finally:
        live.stop()


def test_nobody_listening_does_not_stop_a_run():
    class Gone(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    listener = PlainProgress(Gone())
    for event in events():
        listener(event)


def test_an_estimate_needs_steps_of_the_same_class_to_judge_by():
    (_, brief), _, (_, build), *_ = STEPS
    estimate = Estimate((brief,) * 5 + (build,))
    for _ in range(3):
        assert estimate.remaining_s(brief, 1.0, None) is None
        estimate.finished(brief, 2.0)
    assert estimate.remaining_s(brief, 0.5, None) is None, "nothing is known of the build"
    estimate.finished(build, None)
    assert estimate.remaining_s(brief, 0.5, None) == pytest.approx(1.5 + 2.0)
    assert estimate.remaining_s(brief, 5.0, None) == pytest.approx(2.0), (
        "a step that takes longer has no end in sight"
    )
    assert estimate.remaining_s(None, 0.0, None) == pytest.approx(4.0)


def test_a_build_is_judged_by_how_far_it_is():
    _, _, (_, build), *_ = STEPS
    assert Estimate((build,)).remaining_s(build, 10.0, 0.5) == pytest.approx(10.0)
    assert Estimate((build,)).remaining_s(build, 10.0, 0.01) is None
    assert Estimate((build, build)).remaining_s(build, 10.0, 0.5) is None


def test_an_estimate_leaves_out_the_time_spent_on_locks():
    now = [0.0]
    (route, step), *_ = STEPS
    live = LiveProgress(Terminal(), clock=lambda: now[0])
    four = dataclasses.replace(
        PLAN, routes=(dataclasses.replace(route, steps=(step,), states=route.states[:2]),) * 5
    )
    try:
        live(RunStarted(run_id="r", plan=four))
        for number in (1, 2, 3):
            live(StepCompleted(step=step, number=number, duration_s=62.0, lock_wait_s=60.0, rows=None))
        live(StepStarted(route=route, step=step, number=4))
        live(StepWaiting(step=step, reason="blocked by process 42", elapsed_s=0.0))
        now[0] = 30.0
        assert live._foot() == f"[4/5] blocked by process 42 · 30.0 s, about 4.0 s left · {step.title}"
    finally:
        live.stop()


def test_steps_statements_and_waits_are_counted():
    statistics = RunStatistics()
    for event in events():
        statistics(event)
    assert (statistics.steps, statistics.completed, statistics.skipped, statistics.failed) == (7, 1, 1, 1)
    assert (statistics.executed, statistics.success_rate, statistics.lock_wait_s) == (1, 50.0, 0.3)


def test_a_run_that_plans_again_counts_on():
    statistics = RunStatistics()
    for event in list(events())[:5]:
        statistics(event)
    statistics(RunStarted(run_id="r", plan=dataclasses.replace(PLAN, routes=PLAN.routes[2:])))
    assert statistics.steps == 2 + len([step for route in PLAN.routes[2:] for step in route.steps])


@pytest.mark.parametrize(
    ("status", "skipped", "wait", "line"),
    [
        (RunStatus.COMPLETED, 0, 2.1, "20 of 20 steps completed in 19.4 s (2.1 s waiting for locks)."),
        (RunStatus.COMPLETED, 0, 99.0, "20 of 20 steps completed in 19.4 s (19.4 s waiting for locks)."),
        (RunStatus.COMPLETED, 3, 0.0, "20 of 23 steps completed, 3 already done, in 19.4 s."),
        (RunStatus.FAILED, 0, 0.0, "Failed: 20 of 20 steps completed in 19.4 s."),
        (RunStatus.DIVERGED, 0, 0.0, "Refused: 20 of 20 steps completed in 19.4 s."),
    ],
)
def test_the_end_says_how_many_steps_and_how_long(status, skipped, wait, line):
    statistics = RunStatistics()
    statistics.completed, statistics.skipped, statistics.steps, statistics.lock_wait_s = (
        20,
        skipped,
        20 + skipped,
        wait,
    )
    assert outcome_line(statistics, status, 19.4) == line


# --- On a real terminal ------------------------------------------------------------------------------------------

BLOCKER = "blocked by process 4242 of role application_server (psql, in transaction since 12:34:56)"
TERMINAL = """
import sys
from reconciler.cli.progress import progress_on
from reconciler.model.events import RunEnded, RunStarted, RunStatus, StepStarted, StepWaiting
from tests.report.plans import PLANS

plan = PLANS["changes"]
route = plan.routes[0]
with progress_on(sys.stderr) as listener:
    listener(RunStarted(run_id="run-1", plan=plan))
    listener(StepStarted(route=route, step=route.steps[0], number=1))
    listener(StepWaiting(step=route.steps[0], reason=sys.argv[1], elapsed_s=1.0))
    print("ready", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.parametrize("columns", [40, 80, 120, 200])
def test_a_terminal_of_any_width_shows_the_whole_line(columns):
    """The display of a process on a terminal with this width; a long line continues in the next row."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", TERMINAL, BLOCKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=child,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "COLUMNS"} | {"TERM": "xterm"},
    )
    os.close(child)
    written = b""
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        deadline = time.monotonic() + 0.7  # of a display that is refreshed eight times a second
        while time.monotonic() < deadline:
            if select.select([parent], [], [], 0.1)[0]:
                written += os.read(parent, 65_536)
    finally:
        process.communicate("go\n", timeout=30)
        os.close(parent)
    # Each refresh erases the rows of the previous one; the last refresh is erased at the end.
    *_, frame = re.split(r"\x1b\[2K", written.decode())
    rows = [re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", row).strip() for row in frame.split("\n")]
    shown = " ".join(rows)
    assert len(rows) == {40: 4, 80: 2, 120: 2, 200: 1}[columns], written
    assert [row for row in rows if len(row) > columns] == [], written
    assert re.fullmatch(rf"\[1/7\] {re.escape(BLOCKER)} · \d\.\d s · add the foreign key, not validated", shown), (
        written
    )
