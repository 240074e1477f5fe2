"""Keeps the page small: whatever does not fit is left out, and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from markupsafe import Markup

MOST_BYTES: Final = 5_000_000
"""The largest size of a page. The rooms of its sections, below, leave some for everything else."""

CHANGES: Final = 2_600_000
REASONS: Final = 350_000
HAZARDS: Final = 300_000
CHECKS: Final = 300_000
NOTES: Final = 150_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted(Generic[T]):
    """The parts that fit, each with its item, and the number of items that were left out."""

    parts: tuple[tuple[T, Markup], ...] = field(default=())
    left: int = 0

    @property
    def shown(self) -> tuple[Markup, ...]:
        return tuple(text for _, text in self.parts)


def fitted(items: Sequence[T], render: Callable[[T], Markup], room: int) -> Fitted[T]:
    """Render items as long as their texts have at most `room` bytes together."""
    parts: list[tuple[T, Markup]] = []
    for item in items:
        text = render(item)
        room -= len(text.encode())
        if room < 0:
            break
        parts.append((item, text))
    return Fitted(parts=tuple(parts), left=len(items) - len(parts))


def first(items: Iterable[T], most: int) -> tuple[list[T], int]:
    """Return at most `most` items, and the number of the others."""
    every = list(items)
    return every[:most], max(0, len(every) - most)
