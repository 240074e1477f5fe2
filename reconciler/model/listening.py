"""Listeners, and what every plan reports to them: the progress of its data checks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

AnyEvent = TypeVar("AnyEvent")


@dataclass(frozen=True, slots=True, kw_only=True)
class DataChecks:
    """`running` are the titles of the checks that run now."""

    done: int
    total: int
    running: tuple[str, ...]


def fan_out(listeners: Sequence[Callable[[AnyEvent], None]]) -> Callable[[AnyEvent], None]:
    """Return one listener that calls all of them, in their order."""

    def emit(event: AnyEvent) -> None:
        for listener in listeners:
            listener(event)

    return emit


def unheard(_event: object) -> None:
    """Ignore an event."""
