"""Reports the progress of long data checks: in one updated line on a terminal, in occasional lines elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from reconciler.cli.interrupts import before_changes
from reconciler.cli.output import harmless, is_live, say, width_of
from reconciler.model.events import RunStarted
from reconciler.model.listening import DataChecks
from reconciler.report.wording import duration, one_line

_SILENT_S = 1.0
_SELDOM_S = 5.0
_REFRESH_S = 0.25


@contextmanager
def checks_on(stream: TextIO, *, quiet: bool = False) -> Iterator[Callable[[object], None]]:
    """Yield a listener that shows the progress of data checks on a stream until the context ends. An interrupt of those
    before a run says that nothing was changed."""
    checking = Checking(stream, live=is_live(stream))

    def listener(event: object) -> None:
        if isinstance(event, DataChecks):
            before_changes(event.done < event.total)
        if not quiet:
            checking(event)

    try:
        yield listener
    finally:
        checking.stop()


class Checking:
    """Listens to `DataChecks`. Checks that take less than 1 s are not shown (5 s if the stream is not a terminal).

    On a terminal, checks during a run are left to the live display of the run, which redraws the same rows.
    """

    def __init__(self, stream: TextIO, *, live: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._live = live
        self._clock = clock
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self._checks: DataChecks | None = None
        self._since = 0.0
        self._next_s = _SILENT_S if live else _SELDOM_S
        self._shown = False
        self._silent = False

    def __call__(self, event: object) -> None:
        if isinstance(event, RunStarted) and self._live:
            self._silent = True
        if not isinstance(event, DataChecks) or self._silent:
            return
        if event.done == event.total:
            self.stop()
            return
        with self._lock:
            if self._checks is None:
                self._since = self._clock()
            self._checks = event
            if self._thread is None:
                self._over.clear()
                self._thread = threading.Thread(target=self._run, name="checking", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Erase the line. May be called twice."""
        self._over.set()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join()
        with self._lock:
            self._thread, self._checks = None, None
            if self._shown and self._live:
                self._write("\r\x1b[2K")
            self._shown = False
            self._next_s = _SILENT_S if self._live else _SELDOM_S

    def _run(self) -> None:
        while not self._over.wait(_REFRESH_S):
            self.tick()

    def tick(self) -> None:
        """Show the running checks if the next update is due."""
        with self._lock:
            checks, elapsed = self._checks, self._clock() - self._since
            if checks is None or elapsed < self._next_s:
                return
            line = checks_line(checks, f", {duration(elapsed)}")
            if self._live:
                self._write(f"\r\x1b[2K{_fitted(line, width_of(self._stream))}")
            else:
                self._next_s *= 2
                say(self._stream, f"{line}\n")
            self._shown = True

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            return


def checks_line(checks: DataChecks, elapsed: str = "") -> str:
    """Return `checking data: 1 of 9 checks done, 2.0 s: orphans of …`, with the checks that are running."""
    running = "; ".join(checks.running)
    return harmless(one_line(f"checking data: {checks.done} of {checks.total} checks done{elapsed}: {running}"))


def _fitted(line: str, width: int | None) -> str:
    """Cut the line to one row of the terminal. Only names of checks are lost, which come last."""
    if width is None or (line.isascii() and len(line) < width):
        return line
    from rich.cells import cell_len, set_cell_size

    return line if cell_len(line) < width else f"{set_cell_size(line, max(1, width - 2))}…"
