"""Progress for people: listeners that write the events of a run to standard error.

Events may come from more than one thread: a watcher reports the blocking sessions while a step runs.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, TextIO, cast

from reconciler.cli.checking import checks_line
from reconciler.cli.output import harmless, is_live, say
from reconciler.model.ci_system import without_log_commands
from reconciler.model.events import (
    INTERRUPTED,
    Event,
    Listener,
    RowsChanged,
    RowsLeft,
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
from reconciler.model.limits import ExecutionClass
from reconciler.model.listening import DataChecks
from reconciler.model.secrets import scrubbed
from reconciler.model.step import Step
from reconciler.model.step_id import StepId
from reconciler.report.page import folded
from reconciler.report.wording import duration, left_in_quarantine, lines_of, one_line, plural

if TYPE_CHECKING:
    from rich.console import RenderableType


@contextmanager
def progress_on(stream: TextIO, *, quiet: bool = False, summed_up: bool = False) -> Iterator[Listener]:
    """Yield a listener: a live display on a terminal, plain lines elsewhere, nothing if `quiet`.

    `summed_up` means that a summary follows on the terminal with the reason of a failure, so the display omits it.
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
    """Return the lines for an event, or None for an event that only a live display shows.

    `summed_up` omits the reason of a failure.
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
        case RowsChanged():
            return None  # the end of the step, or the summary, reports it
        case RowsLeft():
            return "\n".join(f"    {text}" for text in left_in_quarantine(event.reasons))
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
            return None  # the summary reports it


def _failed(event: StepFailure, total: int, *, summed_up: bool) -> str | None:
    """Return which step failed, and what it left behind. The summary reports an interruption."""
    if event.message == INTERRUPTED:
        return None
    failed = f"[{event.number}/{total}] {_title(event.step)}: FAILED after {duration(event.duration_s)}"
    if summed_up:
        return failed
    first, *more = lines_of(scrubbed(event.message.strip()))
    rest = [*more, f"left behind: {_plain(event.leaves)}"]
    return "\n".join([f"{failed}: {first}", *(f"    {line}" for line in rest)])


class PlainProgress:
    """Writes one line per event, and one line per phase of a build.

    A brief step is written when it has ended, unless it has to wait.
    """

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
    """Estimates the remaining work of a run from the duration of steps of the same class.

    Time spent waiting for locks is not included, because it cannot be predicted.
    """

    _BASIS = 3
    """Number of finished steps of a class before the duration of others is estimated from them."""
    _CLEAR = 0.05
    """Fraction of a build that has to be done before its remaining time is estimated from it."""

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self._left: dict[ExecutionClass, int] = defaultdict(int)
        self._took: dict[ExecutionClass, list[float]] = defaultdict(list)
        for step in steps:
            self._left[step.execution] += 1

    def finished(self, step: Step, worked_s: float | None) -> None:
        """Record a finished step. `worked_s` is its time without waiting for locks, None if it did not run."""
        self._left[step.execution] = max(0, self._left[step.execution] - 1)
        if worked_s is not None:
            self._took[step.execution].append(worked_s)

    def remaining_s(self, current: Step | None, worked_s: float, fraction: float | None) -> float | None:
        """Return the remaining seconds of work, or None if the duration of a step cannot be estimated.

        The `current` step has worked for `worked_s`, and has done this `fraction` of its work, if known.
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
    """A stream that ignores write errors: a closed terminal does not stop a run. No log obeys what it writes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._stream.write(without_log_commands(text))  # again, because lines have been folded
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


@dataclass(slots=True, kw_only=True)
class _Running:
    """A running step: its start, its state, its progress, and its time spent waiting for locks."""

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
    """Shows a line for each running step at the bottom of a terminal; finished steps scroll above it."""

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
        # Start it last, because it asks for its content at once.
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
        # Print without our lock: the display's thread holds its own lock while `_render` takes ours.
        if line:
            self._console.print(folded(harmless(line), self._console.width), overflow="fold")
        if isinstance(event, RunStarted):
            self._live.start()
        elif isinstance(event, RunEnded):
            self.stop()

    def stop(self) -> None:
        """Remove the display. May be called twice."""
        self._live.stop()

    def _take(self, event: Event) -> str | None:
        """Record an event; return the line that has to be printed, if any."""
        now = self._clock()
        match event:
            case DataChecks():
                self._notice = checks_line(event) if event.running else ""
                return None
            case RunStarted() | RunReplanned():
                self._total = len(event.plan.steps)
                self._estimate = Estimate(event.plan.steps)
                self._running.clear()  # step of a plan that was replaced
                self._notice = ""
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
            return Text(folded(harmless(self._foot()), self._console.width), overflow="fold")

    def _foot(self) -> str:
        """Return a line for each running step: its state first, its title last. It is folded, never cut."""
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
