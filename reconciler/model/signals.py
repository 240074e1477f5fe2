"""Signals that would end a run, held back while the run must not be left half done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
_INSISTING = 3
"""This many signals are no longer held back: a part that should be brief hangs."""


def is_interrupt(error: BaseException) -> bool:
    """Whether the error is a KeyboardInterrupt, or was raised while one was handled, and replaced it.

    The driver closes a connection whose query it cannot cancel, and then the end of a transaction fails there.
    """
    found: BaseException | None = error
    while found is not None and not isinstance(found, KeyboardInterrupt):
        found = found.__context__
    return found is not None


class HeldSignals:
    """A context that holds back signals which have a handler, and lets them act when it ends.

    Only the main thread has handlers; elsewhere nothing is held back.
    """

    def __init__(self) -> None:
        self._held: list[int] = []
        self._before: dict[int, Callable[..., Any]] = {}

    def __enter__(self) -> HeldSignals:
        self._hold()
        return self

    def __exit__(self, *_: object) -> None:
        self._release()

    @contextmanager
    def released(self) -> Iterator[None]:
        """Deliver signals within this context; those that were held back are delivered at once."""
        try:
            self._release()
            yield
        finally:
            self._hold()

    def _hold(self) -> None:
        if threading.current_thread() is threading.main_thread():
            numbers = [getattr(signal, name) for name in _ENDING if hasattr(signal, name)]
            self._before = {number: one for number in numbers if callable(one := signal.getsignal(number))}
            for number in self._before:
                signal.signal(number, self._keep)

    def _release(self) -> None:
        before, self._before = self._before, {}
        held, self._held = self._held, []
        for number, handler in before.items():
            signal.signal(number, handler)
        if held:
            signal.raise_signal(held[0])

    def _keep(self, number: int, _frame: FrameType | None) -> None:
        self._held.append(number)
        if len(self._held) >= _INSISTING:
            raise KeyboardInterrupt
