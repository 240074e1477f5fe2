"""The window of an environment: the times of the week in which changes may be applied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NAME: Final = f"(?:{'|'.join(_DAYS)})"
_RANGE: Final = f"{_NAME}(?:-{_NAME})?"
_TIME: Final = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
FORM: Final = rf"(?:({_RANGE}(?:,{_RANGE})*) )?({_TIME})-({_TIME}|24:00)(?: ([A-Za-z][A-Za-z0-9_+/-]*))?"
"""A span of a window, as `Sat,Sun 01:00-05:00 Europe/Berlin`: without days on every day, without a zone in UTC."""

_DAY: Final = timedelta(days=1)
_AHEAD: Final = 16
"""Days in which every window opens: clocks that are set forward can take away one opening of a weekly span."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A time in which a window is open, in UTC: from `begin` until before `end`."""

    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A time of the day, on some days of the week: 0 is Monday.

    `begin` and `end` count from midnight on the clocks of the zone. An end that is not after the begin is on the next
    day.
    """

    text: str
    days: frozenset[int]
    begin: timedelta
    end: timedelta
    zone: tzinfo

    def openings(self, now: datetime) -> Iterator[Opening]:
        """Yield the openings from yesterday on."""
        today = now.astimezone(self.zone).date()
        for number in range(-1, _AHEAD):
            day = today + number * _DAY
            opening = self._on(day)
            if day.weekday() in self.days and opening.begin < opening.end:
                yield opening

    def _on(self, day: date) -> Opening:
        midnight = datetime.combine(day, time(), self.zone)  # the sum has the time on the clocks of the zone
        last = self.end if self.end > self.begin else self.end + _DAY
        return Opening(begin=(midnight + self.begin).astimezone(UTC), end=(midnight + last).astimezone(UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """It is open whenever one of its spans is."""

    spans: tuple[Span, ...]

    def __str__(self) -> str:
        return " or ".join(span.text for span in self.spans)

    def opening(self, now: datetime) -> Opening:
        """Return the time in which the window is open at this moment, else the next one."""
        openings = (one for span in self.spans for one in span.openings(now))
        return next(one for one in _joined(openings) if now < one.end)


def _joined(openings: Iterable[Opening]) -> list[Opening]:
    """Return the openings in order, those that overlap or touch as one."""
    joined: list[Opening] = []
    for one in sorted(openings, key=lambda opening: opening.begin):
        if joined and one.begin <= joined[-1].end:
            joined[-1] = Opening(begin=joined[-1].begin, end=max(joined[-1].end, one.end))
        else:
            joined.append(one)
    return joined


def read_span(text: str) -> Span:
    """Return the span that a text describes. Raise `ValueError` if it describes none, with the reason."""
    found = re.fullmatch(FORM, text)
    if found is None:
        raise ValueError("it does not have the form of `Sat,Sun 01:00-05:00 UTC`")
    days, begin, end, zone = found.groups()
    return Span(
        text=text if zone else f"{text} UTC",
        days=frozenset(_days(days) if days else range(len(_DAYS))),
        begin=_minutes(begin),
        end=_minutes(end),
        zone=_zone(zone or "UTC"),
    )


def _days(text: str) -> Iterator[int]:
    for part in text.split(","):
        first, _, last = part.partition("-")
        start = _DAYS.index(first)
        count = (_DAYS.index(last or first) - start) % len(_DAYS)
        yield from ((start + number) % len(_DAYS) for number in range(count + 1))


def _minutes(text: str) -> timedelta:
    hours, _, minutes = text.partition(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def _zone(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # imported late: most plans have no window

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("it has a time zone that this machine does not know") from None
