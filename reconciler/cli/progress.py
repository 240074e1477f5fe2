"""Progress for people: listeners that tell the events of a run on standard error.

Events may come from more than one thread: a watchdog tells who a step waits for while the step runs.
"""

from __future__ import annotations

import os
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, TextIO, cast

from reconciler.cli.output import harmless, say
from reconciler.model.events import (
    INTERRUPTED,
    DataChecks,
    Event,
    Listener,
    RunEnded,
    RunReplanned,
    RunStarted,
    StepCompleted,
    StepFailure,
    StepProgress,
    StepRetried,
    StepSkipped,
    StepStarted,
    StepWaiting,
)
from reconciler.model.plan import ExecutionClass, Step
from reconciler.model.secrets import scrubbed
from reconciler.model.step_id import StepId
from reconciler.report.wording import duration, lines_of, one_line, plural

if TYPE_CHECKING:
    from rich.console import RenderableType


def is_live(stream: TextIO) -> bool:
    """Whether lines on the stream can be replaced."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def progress_on(stream: TextIO, *, quiet: bool = False, summed_up: bool = False) -> Iterator[Listener]:
    """A live display on a terminal, plain lines elsewhere, nothing if `quiet`, for as long as the context lasts.

    `summed_up`: a summary follows on the terminal and gives the reason of a failure, so the display leaves it out.
    """
    if quiet:
        yield lambda _: None
        return
    if not is_live(stream):
        yield PlainProgress(stream)
        return
    live = LiveProgress(stream, summed_up=summed_up)
    try:
        yield live
    finally:
        live.stop()


def line_of(event: Event, total: int, *, summed_up: bool = False) -> str | None:
    """The lines for an event, or None for one that only a live display shows.

    `summed_up`: the reason of a failure is left out.
    """
    match event:
        case DataChecks():
            return None
        case RunStarted():
            return f"run {event.run_id}: {plural(total, 'step')}"
        case RunReplanned():
            return f"planned again, {plural(total, 'step')} left: {_plain(event.reason)}"
        case StepStarted():
            return f"[{event.number}/{total}] {_title(event.step)} …"
        case StepCompleted():
            wait = min(event.lock_wait_s, event.duration_s)
            waited = f" ({duration(wait)} waiting for locks)" if wait >= 0.1 else ""
            rows = f", {plural(event.rows, 'row')}" if event.rows else ""
            return (
                f"[{event.number}/{total}] {_title(event.step)}: done in {duration(event.duration_s)}{waited}{rows}"
            )
        case StepSkipped():
            return f"[{event.number}/{total}] {_title(event.step)}: skipped, {_plain(event.reason)}"
        case StepFailure():
            return _failed(event, total, summed_up=summed_up)
        case StepWaiting():
            return f"    {duration(event.elapsed_s)}: {_plain(event.reason)}"
        case StepRetried():
            pause = duration(event.pause_s)
            return f"    attempt {event.attempt} failed: {_plain(event.reason)}; next attempt in {pause}"
        case StepProgress():
            return None
        case RunEnded():
            return None  # the summary tells it


def _failed(event: StepFailure, total: int, *, summed_up: bool) -> str | None:
    """What failed, and what is left behind. An interruption is told by the summary alone."""
    if event.message == INTERRUPTED:
        return None
    failed = f"[{event.number}/{total}] {_title(event.step)}: FAILED after {duration(event.duration_s)}"
    if summed_up:
        return failed
    first, *more = lines_of(scrubbed(event.message.strip()))
    rest = [*more, f"left behind: {_plain(event.leaves)}"]
    return "\n".join([f"{failed}: {first}", *(f"    {line}" for line in rest)])


class PlainProgress:
    """One line per event; of a build's progress one line per phase. A brief step is
    told when it is over, unless it has to wait."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._total = 0
        self._phase = ""
        self._announced: str | None = None
        self._lock = threading.Lock()

    def __call__(self, event: Event) -> None:
        with self._lock:
            if isinstance(event, RunStarted | RunReplanned):
                self._total = len(event.plan.steps)
            elif isinstance(event, StepStarted):
                self._phase = ""
            line = line_of(event, self._total)
            if isinstance(event, StepStarted) and event.step.execution is ExecutionClass.BRIEF:
                self._announced, line = line, None
            elif isinstance(event, StepWaiting | StepRetried) and self._announced:
                self._write(self._announced)
                self._announced = None
            if isinstance(event, StepProgress) and event.phase != self._phase:
                self._phase = event.phase
                line = f"    {duration(event.elapsed_s)}: {_plain(event.phase)}"
            if line:
                self._write(line)

    def _write(self, line: str) -> None:
        say(self._stream, f"{line}\n")


class Estimate:
    """How much work is left of a run, from how long steps of the same class took. Time spent on locks does not count:
    nobody can tell how long others will hold theirs."""

    _BASIS = 3
    """How many steps of a class have to be done before the next one is judged by them."""
    _CLEAR = 0.05
    """The part of a build that has to be done before the rest is judged by it."""

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self._left: dict[ExecutionClass, int] = defaultdict(int)
        self._took: dict[ExecutionClass, list[float]] = defaultdict(list)
        for step in steps:
            self._left[step.execution] += 1

    def finished(self, step: Step, worked_s: float | None) -> None:
        """A step is over; `worked_s` is its time without locks, None if it did not run."""
        self._left[step.execution] = max(0, self._left[step.execution] - 1)
        if worked_s is not None:
            self._took[step.execution].append(worked_s)

    def remaining_s(self, current: Step | None, worked_s: float, fraction: float | None) -> float | None:
        """Seconds of work until the end, or None if a part of it has nothing to be judged by.

        The `current` step has worked for `worked_s`, and done this `fraction` of its work, if that is known.
        """
        total = 0.0
        for execution, count in self._left.items():
            times = self._took[execution]
            mean = sum(times) / len(times) if len(times) >= self._BASIS else None
            if current is not None and current.execution is execution and count:
                count -= 1
                if fraction is not None and fraction >= self._CLEAR:
                    total += worked_s / min(fraction, 1.0) - worked_s
                elif mean is not None:
                    total += max(0.0, mean - worked_s)
                else:
                    return None
            if count and mean is None:
                return None
            total += count * (mean or 0.0)
        return total


class _Enduring:
    """A stream that drops what it cannot write: a terminal that hung up does not stop a run half-way."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


@dataclass(slots=True, kw_only=True)
class _Running:
    """A step that runs: since when, what it does, how much of it is done, and its time spent on locks."""

    event: StepStarted
    since: float
    state: str = "running"
    fraction: float | None = None
    waiting_since: float | None = None
    waited_s: float = 0.0

    def wait(self, now: float, state: str) -> None:
        self.state = state
        if self.waiting_since is None:
            self.waiting_since = now

    def work(self, now: float, state: str, fraction: float | None) -> None:
        self.waited_s = self.waited(now)
        self.state, self.fraction, self.waiting_since = state, fraction, None

    def waited(self, now: float) -> float:
        return self.waited_s + (0.0 if self.waiting_since is None else now - self.waiting_since)


class LiveProgress:
    """A line for each running step at the foot of a terminal, finished ones scrolling away above it."""

    def __init__(
        self, stream: TextIO, clock: Callable[[], float] = time.monotonic, *, summed_up: bool = False
    ) -> None:
        from rich.console import Console
        from rich.live import Live

        self._clock = clock
        self._summed_up = summed_up
        self._console = Console(file=cast("IO[str]", _Enduring(stream)), highlight=False, markup=False, emoji=False)
        self._lock = threading.RLock()
        self._estimate = Estimate(())
        self._total = 0
        self._running: dict[StepId, _Running] = {}
        self._notice = ""
        # Last: it asks for its content at once.
        self._live = Live(
            get_renderable=self._render,
            console=self._console,
            refresh_per_second=8,
            transient=True,
            vertical_overflow="visible",
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def __call__(self, event: Event) -> None:
        with self._lock:
            line = self._take(event)
        # Printed outside our lock: the display's own thread holds its lock while it asks `_render` for ours.
        if line:
            self._console.print(harmless(line), overflow="fold")
        if isinstance(event, RunStarted):
            self._live.start()
        elif isinstance(event, RunEnded):
            self.stop()

    def stop(self) -> None:
        """Take the display away. May be called twice."""
        self._live.stop()

    def _take(self, event: Event) -> str | None:
        """Note what happened; the line that is to scroll by, if any."""
        now = self._clock()
        match event:
            case RunStarted() | RunReplanned():
                self._total = len(event.plan.steps)
                self._estimate = Estimate(event.plan.steps)
                self._running.clear()  # of a plan that another one has replaced
            case StepStarted():
                self._running[event.step.id], self._notice = _Running(event=event, since=now), ""
                return None
            case StepWaiting():
                self._wait(event.step, now, _plain(event.reason))
                return None
            case StepRetried():
                self._wait(event.step, now, f"waiting to try again: {_plain(event.reason)}")
                return None
            case StepProgress():
                percent = "" if event.fraction is None else f" {event.fraction:.0%}"
                if event.step.id in self._running:
                    self._running[event.step.id].work(now, f"{_plain(event.phase)}{percent}", event.fraction)
                return None
            case StepCompleted():
                self._finish(event.step, max(0.0, event.duration_s - event.lock_wait_s))
            case StepFailure() | StepSkipped():
                self._finish(event.step, None)
        return line_of(event, self._total, summed_up=self._summed_up)

    def _wait(self, step: Step, now: float, state: str) -> None:
        if step.id in self._running:
            self._running[step.id].wait(now, state)
        else:
            self._notice = state

    def _finish(self, step: Step, worked_s: float | None) -> None:
        self._estimate.finished(step, worked_s)
        self._running.pop(step.id, None)
        self._notice = ""

    def _render(self) -> RenderableType:
        from rich.text import Text

        with self._lock:
            return Text(harmless(self._foot()), overflow="fold")

    def _foot(self) -> str:
        """A line for each running step: first what it does or waits for, last its title. It is folded, never cut."""
        return "\n".join(self._line(one) for one in self._running.values()) or self._notice

    def _line(self, one: _Running) -> str:
        now = self._clock()
        elapsed = now - one.since
        rest = self._estimate.remaining_s(one.event.step, max(0.0, elapsed - one.waited(now)), one.fraction)
        left = "" if rest is None or rest < 1 or len(self._running) > 1 else f", about {duration(rest)} left"
        number = f"[{one.event.number}/{self._total}]"
        return f"{number} {one.state} · {duration(elapsed)}{left} · {_title(one.event.step)}"


def _title(step: Step) -> str:
    return _plain(step.title)


def _plain(text: Any) -> str:
    return one_line(scrubbed(" ".join(str(text).split("\n"))))
