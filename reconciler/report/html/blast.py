"""Draws how far locks reach: for each relation, its rows and the time for which a lock of the plan is held on it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reconciler.report.html.estimates import MOMENT_S, time_text
from reconciler.report.html.exposure import Exposure
from reconciler.report.html.picture import CHARACTER, shortened_label
from reconciler.report.wording import enumerate_words, plural

MOST_POINTS: Final = 200
MOST_NAMES: Final = 12
WIDTH: Final = 900
HEIGHT: Final = 340
_LEFT: Final = 78.0
_RIGHT: Final = 24.0
_TOP: Final = 18.0
_BOTTOM: Final = 48.0
_TIMES: Final = (
    (0.1, "0.1 s"),
    (1, "1 s"),
    (10, "10 s"),
    (60, "1 min"),
    (600, "10 min"),
    (3600, "1 h"),
    (36_000, "10 h"),
)
_ROWS: Final = (
    (10, "10"),
    (1e3, "1,000"),
    (1e5, "100,000"),
    (1e7, "10 million"),
    (1e9, "1 billion"),
    (1e11, "100 billion"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A relation. `severity` is 2 if reads wait, 1 if only writes do, else 0."""

    x: float
    y: float
    severity: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointName:
    """The name of a relation, beside its point. `left` and `right` are its ends."""

    text: str
    left: float
    right: float
    y: float
    anchor: str

    @property
    def x(self) -> float:
        return self.left if self.anchor == "start" else self.right

    def is_free(self, points: Sequence[Point], names: Sequence[PointName]) -> bool:
        """Whether it is inside the picture, and covers no point and no other name."""
        return (
            self.left >= _LEFT
            and self.right <= WIDTH
            and not any(abs(p.y - self.y) < 14 and self.left - 8 < p.x < self.right + 8 for p in points)
            and not any(abs(n.y - self.y) < 14 and self.left < n.right and n.left < self.right for n in names)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Blast:
    """The picture; only some relations have their names in it. `unknown` are the relations of which the rows or the
    time are not known; `left` is the number of known ones that are not drawn."""

    points: tuple[Point, ...]
    names: tuple[PointName, ...]
    times: tuple[Tick, ...]
    rows: tuple[Tick, ...]
    unknown: tuple[Exposure, ...]
    left: int


def blast(exposures: Sequence[Exposure]) -> Blast:
    """Return the picture of the locks on relations, which are sorted by severity."""
    known = [one for one in exposures if one.rows is not None and one.seconds is not None]
    shown = known[:MOST_POINTS]
    longest = max([1.0, *(one.seconds or 0 for one in shown)])
    largest = max([1000, *(one.rows or 0 for one in shown)])
    points = [_point(one, largest, longest) for one in shown]
    return Blast(
        points=tuple(reversed(points)),  # the worst is drawn last, above the others
        names=tuple(_names(shown, points)),
        times=tuple(Tick(at=_y(at, longest), label=label) for at, label in _TIMES if at <= 1.05 * longest),
        rows=tuple(Tick(at=_x(at, largest), label=label) for at, label in _ROWS if at <= 1.05 * largest),
        unknown=tuple(one for one in exposures if one.rows is None or one.seconds is None),
        left=len(known) - len(shown),
    )


def _x(rows: float, largest: float) -> float:
    part = math.log10(1 + rows) / math.log10(1 + largest)
    return round(_LEFT + 14 + part * (WIDTH - _LEFT - _RIGHT - 14), 1)


def _y(seconds: float, longest: float) -> float:
    part = math.log10(max(1.0, seconds / MOMENT_S)) / math.log10(longest / MOMENT_S)
    return round(HEIGHT - _BOTTOM - 12 - part * (HEIGHT - _TOP - _BOTTOM - 12), 1)


def _point(one: Exposure, largest: float, longest: float) -> Point:
    rows, seconds = one.rows or 0, one.seconds or 0.0
    blocked = f"blocks {enumerate_words(one.blocks)}" if one.blocks else "blocks neither reads nor writes"
    return Point(
        x=_x(rows, largest),
        y=_y(seconds, longest),
        severity=one.severity,
        title=f"{one.table}: about {plural(rows, 'row')}, {time_text(seconds)}, {blocked}",
    )


def _names(shown: Sequence[Exposure], points: Sequence[Point]) -> list[PointName]:
    """Return the names for which there is room, of the worst relations first."""
    names: list[PointName] = []
    for one, point in zip(shown, points, strict=True):
        others = [other for other in points if other is not point]
        free = (name for name in _places(shortened_label(str(one.table)), point) if name.is_free(others, names))
        names += [name for name in [next(free, None)] if name is not None]
        if len(names) == MOST_NAMES:
            break
    return names


def _places(text: str, point: Point) -> Iterator[PointName]:
    """Yield the places beside a point where its name could be."""
    length = CHARACTER * len(text)
    for y in (point.y, point.y - 9, point.y + 9):
        yield PointName(text=text, left=point.x + 10, right=point.x + 10 + length, y=y, anchor="start")
        yield PointName(text=text, left=point.x - 10 - length, right=point.x - 10, y=y, anchor="end")
