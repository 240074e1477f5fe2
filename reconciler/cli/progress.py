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
from typing import IO, TYPE_CHECKING, Any, TextIO, cast

from reconciler.cli.output import harmless, say
from reconciler.model.events import (
    Event,
    RunEnded,
    RunStarted,
    StepCompleted,
    StepFailed,
    StepProgress,
    StepRetried,
    StepSkipped,
    StepStarted,
    StepWaiting,
)
from reconciler.model.plan import ExecutionClass, Step
from reconciler.model.secrets import scrubbed
from reconciler.report.wording import duration, one_line, plural

if TYPE_CHECKING:
    from rich.console import RenderableType

Listener = Callable[[Event], None]


@contextmanager
def progress_on(stream: TextIO, *, quiet: bool = False) -> Iterator[Listener]:
    """A live display on a terminal, plain lines elsewhere, nothing if `quiet`, for as long as the context lasts."""
    if quiet:
        yield lambda _: None
        return
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield PlainProgress(stream)
        return
    live = LiveProgress(stream)
    try:
        yield live
    finally:
        live.stop()


def line_of(event: Event, total: int) -> str | None:
    """One line for an event, or None for one that only a live display shows."""
    match event:
        case RunStarted():
            return f"run {event.run_id}: {plural(total, 'step')}"
        case StepStarted():
            return f"[{event.number}/{total}] {_title(event.step)} …"
        case StepCompleted():
            wait = f", of it {duration(event.lock_wait_s)} for locks" if event.lock_wait_s >= 0.1 else ""
            rows = f", {plural(event.rows, 'row')}" if event.rows else ""
            return (
                f"[{event.number}/{total}] {_title(event.step)}: done in {duration(event.duration_s)}{wait}{rows}"
            )
        case StepSkipped():
            return f"[{event.number}/{total}] {_title(event.step)}: skipped, {_plain(event.reason)}"
        case StepFailed():
            failed = f"[{event.number}/{total}] {_title(event.step)}: FAILED after {duration(event.duration_s)}"
            return f"{failed}: {_plain(event.message)}; it leaves: {_plain(event.leaves)}"
        case StepWaiting():
            return f"    waiting for {duration(event.elapsed_s)}: {_plain(event.reason)}"
        case StepRetried():
            return f"    attempt {event.attempt}: {_plain(event.reason)}; again in {duration(event.pause_s)}"
        case StepProgress():
            return None
        case RunEnded():
            return None  # the summary tells it


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
            if isinstance(event, RunStarted):
                self._total = len(event.plan.steps)
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
    """How long the rest of a run takes, from how long the steps of the same class took so far."""

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self._left: dict[ExecutionClass, int] = defaultdict(int)
        self._took: dict[ExecutionClass, list[float]] = defaultdict(list)
        for step in steps:
            self._left[step.execution] += 1

    @property
    def steps_left(self) -> int:
        return sum(self._left.values())

    def finished(self, step: Step, took_s: float | None) -> None:
        """A step is over; `took_s` is None if it did not run."""
        self._left[step.execution] = max(0, self._left[step.execution] - 1)
        if took_s is not None:
            self._took[step.execution].append(took_s)

    def remaining_s(self, current: Step | None, elapsed_s: float, fraction: float | None) -> float | None:
        """Seconds until the end, or None while there is nothing to judge by."""
        all_took = [took for times in self._took.values() for took in times]
        if not all_took:
            return elapsed_s / fraction - elapsed_s if fraction and self.steps_left == 1 else None
        total = 0.0
        for execution, count in self._left.items():
            times = self._took[execution] or all_took
            total += count * sum(times) / len(times)
        if current is not None:
            times = self._took[current.execution] or all_took
            expected = elapsed_s / fraction if fraction else max(sum(times) / len(times), elapsed_s)
            total += expected - elapsed_s - sum(times) / len(times)
        return max(0.0, total)


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


class LiveProgress:
    """The current step at the foot of a terminal, finished ones scrolling away above it."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        from rich.console import Console
        from rich.live import Live

        self._clock = clock
        self._console = Console(file=cast("IO[str]", _Enduring(stream)), highlight=False, markup=False, emoji=False)
        self._lock = threading.RLock()
        self._estimate = Estimate(())
        self._total = 0
        self._current: StepStarted | None = None
        self._since = 0.0
        self._fraction: float | None = None
        self._status = ""
        # Last: it asks for its content at once.
        self._live = Live(
            get_renderable=self._render,
            console=self._console,
            refresh_per_second=8,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def __call__(self, event: Event) -> None:
        with self._lock:
            line = self._take(event)
        # Printed outside our lock: the display's own thread holds its lock while it asks `_render` for ours.
        if line:
            self._console.print(harmless(line), soft_wrap=True)
        if isinstance(event, RunStarted):
            self._live.start()
        elif isinstance(event, RunEnded):
            self.stop()

    def stop(self) -> None:
        """Take the display away. May be called twice."""
        self._live.stop()

    def _take(self, event: Event) -> str | None:
        """Note what happened; the line that is to scroll by, if any."""
        match event:
            case RunStarted():
                self._total = len(event.plan.steps)
                self._estimate = Estimate(event.plan.steps)
            case StepStarted():
                self._current, self._since, self._fraction, self._status = event, self._clock(), None, ""
                return None
            case StepWaiting():
                self._status = f"waiting: {_plain(event.reason)}"
                return None
            case StepProgress():
                percent = "" if event.fraction is None else f" {event.fraction:.0%}"
                self._fraction, self._status = event.fraction, f"{_plain(event.phase)}{percent}"
                return None
            case StepCompleted():
                self._finish(event.step, event.duration_s)
            case StepFailed() | StepSkipped():
                self._finish(event.step, None)
        return line_of(event, self._total)

    def _finish(self, step: Step, took_s: float | None) -> None:
        self._estimate.finished(step, took_s)
        self._current = None

    def _render(self) -> RenderableType:
        from rich.text import Text

        with self._lock:
            return Text(harmless(self._foot()), no_wrap=True, overflow="ellipsis")

    def _foot(self) -> str:
        if self._current is None:
            return ""
        elapsed = self._clock() - self._since
        rest = self._estimate.remaining_s(self._current.step, elapsed, self._fraction)
        left = max(0, self._estimate.steps_left - 1)
        about = f", about {duration(rest)} to go" if rest is not None else ""
        status = f" · {self._status}" if self._status else ""
        head = f"[{self._current.number}/{self._total}] {_title(self._current.step)} · {duration(elapsed)}{status}"
        return f"{head}\n{plural(left, 'step')} left{about}"


def _title(step: Step) -> str:
    return _plain(step.title)


def _plain(text: Any) -> str:
    return one_line(scrubbed(str(text)))
