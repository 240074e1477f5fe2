"""Groups the rows of a query by the questions that they answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

Q = TypeVar("Q")
V = TypeVar("V")


def grouped(asked: Sequence[Q], found: Iterable[tuple[Q, V]]) -> Mapping[Q, tuple[V, ...]]:
    """Return for each question all values that were found for it, in their order."""
    known: dict[Q, list[V]] = {one: [] for one in asked}
    for question, value in found:
        known[question].append(value)
    return {question: tuple(values) for question, values in known.items()}
