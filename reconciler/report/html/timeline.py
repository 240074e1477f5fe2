"""Draws which relation is locked by which step, and for how long, as numbers for SVG pictures.

Each relation has a lane. Steps follow each other from left to right; the width of a step grows with the logarithm of
its estimated time, so that a moment is still visible next to an hour. A long plan continues in further bands, so that
it fits on a screen and on paper.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import TableName
from reconciler.report.html.estimates import MOMENT_S, estimated_s, time_text
from reconciler.report.html.picture import shortened_label
from reconciler.report.report import Report, ReportedStep
from reconciler.report.wording import enumerate_words

MOST_BANDS: Final = 6
WIDTH: Final = 1120
NAMES: Final = 236
_LANE: Final = 24
_HEAD: Final = 44
_NARROWEST: Final = 13.0
_DECADE: Final = 16.0
_NUMBERED: Final = 26.0
_MODES: Final = tuple(LockMode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The place of a step on the time axis."""

    number: int
    x: float
    width: float
    label: str
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A lock during a step. `level` is 2 if reads wait, 1 if only writes do, else 0."""

    x: float
    y: float
    width: float
    height: float
    mode: str
    level: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A relation, and the top of its lane."""

    label: str
    title: str
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A part of the timeline: successive steps, and the relations that they lock."""

    slots: tuple[Slot, ...]
    lanes: tuple[Lane, ...]
    held: tuple[Held, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The bands, the lock modes in them, and how many of the last steps they leave out."""

    bands: tuple[Band, ...]
    modes: tuple[tuple[str, LockMode, str], ...]
    left: int


def timeline(report: Report) -> Timeline:
    """Return the timeline of the steps, in the order of the plan."""
    steps = sorted((step for change in report.changes for step in change.steps), key=lambda step: step.number)
    groups = list(_groups([(step, estimated_s(step, report.sizes)) for step in steps]))
    shown = groups[:MOST_BANDS]
    used = {lock.mode for group in shown for step, _ in group for lock in step.locks}
    return Timeline(
        bands=tuple(_band(group) for group in shown),
        modes=tuple((css(mode), mode, _effect(mode)) for mode in _MODES if mode in used),
        left=sum(map(len, groups[MOST_BANDS:])),
    )


def css(mode: LockMode) -> str:
    """Return the name of a lock mode in the style: `share-update-exclusive`."""
    return mode.value.lower().replace(" ", "-")


Timed = tuple[ReportedStep, float | None]


def _groups(steps: Sequence[Timed]) -> Iterator[list[Timed]]:
    """Yield as many successive steps as fit into the width of a band."""
    group: list[Timed] = []
    room = float(WIDTH - NAMES)
    for step, seconds in steps:
        width = bar_width(seconds)
        if group and width > room:
            yield group
            group, room = [], float(WIDTH - NAMES)
        group.append((step, seconds))
        room -= width
    if group:
        yield group


def bar_width(seconds: float | None) -> float:
    """Return the width of a step. An unknown time has the width of a minute."""
    return _NARROWEST + _DECADE * math.log10(max(1.0, (60.0 if seconds is None else seconds) / MOMENT_S))


def _band(steps: Sequence[Timed]) -> Band:
    tables: dict[TableName, None] = {}
    slots, held = [], []
    x = float(NAMES)
    for step, seconds in steps:
        width = bar_width(seconds)
        long = seconds is None or seconds >= 0.1
        slots.append(
            Slot(
                number=step.number,
                x=round(x, 1),
                width=round(width, 1),
                label=str(step.number) if width >= _NUMBERED or step.number % 5 == 0 or len(steps) == 1 else "",
                time=("?" if seconds is None else time_text(seconds).removeprefix("about ")) if long else "",
            )
        )
        for lock in _strongest(step.locks):
            tables.setdefault(lock.table)
            held.append(_held(step, lock, seconds, x, width, list(tables).index(lock.table)))
        x += width
    return Band(
        slots=tuple(slots),
        lanes=tuple(
            Lane(label=shortened_label(str(table)), title=str(table), y=_HEAD + n * _LANE)
            for n, table in enumerate(tables)
        ),
        held=tuple(held),
        width=WIDTH,
        height=_HEAD + len(tables) * _LANE + 6,
    )


def _strongest(locks: Sequence[LockClaim]) -> list[LockClaim]:
    """Return the strongest lock on each relation."""
    found: dict[TableName, LockClaim] = {}
    for lock in sorted(locks, key=lambda one: _MODES.index(one.mode)):
        found[lock.table] = lock
    return list(found.values())


def _held(step: ReportedStep, lock: LockClaim, seconds: float | None, x: float, width: float, lane: int) -> Held:
    return Held(
        x=round(x + 0.75, 1),
        y=_HEAD + lane * _LANE + 4,
        width=round(width - 1.5, 1),
        height=_LANE - 8,
        mode=css(lock.mode),
        level=len(lock.blocks),
        title=f"step {step.number}: {lock.mode.value} on {lock.table}, {_effect(lock.mode)}, {time_text(seconds)}",
    )


def level_of(mode: LockMode) -> int:
    """Return 2 if the mode blocks reads, 1 if it blocks only writes, else 0."""
    return len(_blocks(mode))


def _blocks(mode: LockMode) -> tuple[str, ...]:
    return LockClaim(table=TableName(schema="", name=""), mode=mode).blocks


def _effect(mode: LockMode) -> str:
    blocks = _blocks(mode)
    return f"blocks {enumerate_words(blocks)}" if blocks else "blocks neither reads nor writes"
