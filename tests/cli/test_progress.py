"""What is told of a run while it runs."""

from __future__ import annotations

import io
import threading

import pytest

from reconciler.cli.progress import Estimate, LiveProgress, PlainProgress, progress_on
from reconciler.cli.summary import Tally
from reconciler.model.events import (
    RunEnded,
    RunStarted,
    RunStatus,
    StepCompleted,
    StepFailed,
    StepProgress,
    StepRetried,
    StepSkipped,
    StepStarted,
    StepWaiting,
)
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
    yield StepSkipped(step=step, number=2, reason="it is there already")
    route, step = STEPS[2]
    yield StepStarted(route=route, step=step, number=3)
    yield StepWaiting(step=step, reason="session 42 of postgresql://joe:s3cret@h", elapsed_s=3.0)
    yield StepProgress(step=step, phase="building index", fraction=0.25, elapsed_s=4.0)
    yield StepProgress(step=step, phase="building index", fraction=0.5, elapsed_s=5.0)
    yield StepFailed(step=step, number=3, duration_s=61.0, message=message, leaves="an invalid index")
    yield RunEnded(
        run_id="run-1", status=RunStatus.FAILED, message="", completed=1, skipped=1, failed=1, duration_s=70.0
    )


PLAIN = r"""run run-1: 7 steps
[1/7] add the foreign key, not validated …
    attempt 1: lock timeout; again in 0.5 s
[1/7] add the foreign key, not validated: done in 2.0 s, of it 0.3 s for locks, 1 row
[2/7] validate the foreign key: skipped, it is there already
[3/7] build the index …
    waiting for 3.0 s: session 42 of postgresql://joe:***@h
    4.0 s: building index
[3/7] build the index: FAILED after 1 min 1 s: boom\n\x1b[31m; it leaves: an invalid index
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
    assert "boom\\n\\x1b[31m" in shown


def test_the_foot_tells_step_elapsed_rest_and_status():
    now = [0.0]
    live = LiveProgress(Terminal(), clock=lambda: now[0])
    try:
        for event in list(events())[:9]:
            live(event)
        now[0] = 5.0
        assert live._foot().startswith("[3/7] build the index · 5.0 s · building index 50%\n4 steps left, about ")
    finally:
        live.stop()


def test_events_from_two_threads_do_not_hang_a_live_display():
    live = LiveProgress(Terminal())
    told = list(events())
    live(told[0])

    def tell() -> None:
        for _ in range(50):
            for event in told[1:-1]:
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


def test_an_estimate_needs_something_to_judge_by():
    steps = PLAN.steps
    estimate = Estimate(steps)
    assert estimate.remaining_s(steps[0], 1.0, None) is None
    estimate.finished(steps[0], 2.0)
    assert estimate.steps_left == len(steps) - 1
    assert estimate.remaining_s(None, 0.0, None) == pytest.approx(2.0 * (len(steps) - 1))
    # The current step is half-way after 10 s, so 10 s are left of it.
    assert estimate.remaining_s(steps[1], 10.0, 0.5) == pytest.approx(2.0 * (len(steps) - 2) + 10.0)


def test_statements_are_counted():
    tally = Tally()
    for event in events():
        tally(event)
    assert (tally.planned, tally.executed, tally.failed, tally.skipped) == (11, 1, 1, 1)
    assert tally.success_rate == 50.0
