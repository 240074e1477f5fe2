"""Turns SIGINT, SIGTERM and SIGHUP into one KeyboardInterrupt, at a place where no code discards it.

Python runs a signal's handler between any two instructions. An exception that it raises there can be lost: a module
that is being imported may catch every exception, and finalizers and callbacks of C code print it and continue. So the
handler raises only outside imports, and raises again if the exception was lost.

Nor does Python always run the handler: a signal that arrives just before the main thread begins to wait, for a lock or
a socket, does not end that wait. So a timer wakes the main thread now and then.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # `signal` imports enum first: as long again as all the rest here
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

_ENDING = tuple(getattr(_signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(_signal, name))
_AGAIN_S = 0.01
"""Time until the handler tries again after it could not raise."""

_AWAKE_S = 0.5
"""Time between two alarms that wake the main thread. Python itself continues a call that they interrupt."""

_ECHO_S = 1.0
"""Signals within this time count as one: a terminal, `make` and `timeout` signal the whole group."""

_catching: list[Interrupts] = []


def settle_interrupts() -> None:
    """Call `Interrupts.settle` of the running command, if there is one."""
    for interrupts in _catching[-1:]:
        interrupts.settle()


def before_changes(reads: bool) -> None:
    """Say whether the running command does something that precedes all changes, if it makes any: then the message of
    an interrupt says that nothing was changed."""
    for interrupts in _catching[-1:]:
        interrupts.is_before_changes = reads and not interrupts.changes


def interrupted_text() -> str:
    """Return the message of the running command if it was interrupted."""
    before = any(interrupts.is_before_changes for interrupts in _catching[-1:])
    return "Interrupted. Nothing was changed." if before else "Interrupted."


def begin_changes() -> None:
    """Say that the running command makes changes from now on."""
    for interrupts in _catching[-1:]:
        interrupts.changes, interrupts.is_before_changes = True, False


class Interrupts:
    """Catches signals from `catch` to `stop`.

    `home` is the frame that waits for the KeyboardInterrupt. `clock` returns seconds since any fixed moment.
    """

    def __init__(self, home: FrameType, clock: Callable[[], float]) -> None:
        self._home = home
        self._clock = clock
        self._before: dict[int, Any] = {}
        self._unraisable_before = sys.unraisablehook
        self._raised_at: float | None = None
        self._pending = False
        self._over = False
        self._settled = False
        self.is_before_changes = False
        self.changes = False

    def catch(self) -> None:
        """Install the handlers. A signal that is ignored (`nohup`, a shell's background job) stays ignored."""
        try:
            for number in _ENDING:
                before = _signal.getsignal(number)
                if before != _signal.SIG_IGN:
                    _signal.signal(number, self._handle)
                    self._before[number] = before
            if hasattr(_signal, "SIGALRM"):
                self._before[_signal.SIGALRM] = _signal.signal(_signal.SIGALRM, self._handle)
                _signal.setitimer(_signal.ITIMER_REAL, _AWAKE_S, _AWAKE_S)
        except ValueError:
            return  # only the main thread may do this
        _catching.append(self)
        sys.unraisablehook = self._unraisable

    def settle(self) -> None:
        """Ignore the next signal, because the outcome is decided and recorded. A second signal still interrupts."""
        self._settled = True

    def stop(self) -> None:
        """Ignore all signals from now on."""
        self._over = True

    def restore(self, *, ending: bool) -> None:
        """Restore the previous handlers. If the process is `ending`, ignore signals, as its exit code is decided."""
        self._over = True
        if hasattr(_signal, "SIGALRM") and _signal.SIGALRM in self._before:
            _signal.setitimer(_signal.ITIMER_REAL, 0)
        for number, before in self._before.items():
            _signal.signal(number, _signal.SIG_IGN if ending else before)
        if self in _catching:
            _catching.remove(self)
            sys.unraisablehook = self._unraisable_before

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if self._over:
            return
        if number in _ENDING:
            if self._raised_at is not None and self._clock() - self._raised_at < _ECHO_S:
                return
            if self._settled:
                self._settled, self._raised_at = False, self._clock()
                return
        elif not self._pending:
            return
        if self._importing(frame):
            self._try_again()
            return
        self._pending = False
        self._raised_at = self._clock()
        raise KeyboardInterrupt

    def _importing(self, frame: FrameType | None) -> bool:
        while frame is not None and frame is not self._home:
            if frame.f_code.co_filename.startswith("<frozen importlib"):
                return hasattr(_signal, "setitimer")
            frame = frame.f_back
        return False

    def _unraisable(self, lost: Any) -> None:
        if not issubclass(lost.exc_type, KeyboardInterrupt):
            self._unraisable_before(lost)
        elif not self._over and hasattr(_signal, "setitimer"):
            self._try_again()

    def _try_again(self) -> None:
        self._pending = True
        _signal.setitimer(_signal.ITIMER_REAL, _AGAIN_S, _AWAKE_S)
