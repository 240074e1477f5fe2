"""How often a table was read and written, as servers count it; and whether anybody uses it.

Counters are totals since a server began to count. So only the growth between two readings of the same server says
something, and only if it did not begin again between them.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from reconciler.model.retired import UnusedFor
from reconciler.model.time_text import utc_text

_LATEST_STANDBY = timedelta(days=2)
"""How old the last reading of a standby may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Sequential scans, index scans, and rows inserted, updated or deleted."""

    scans: int = 0
    index_scans: int = 0
    writes: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            scans=self.scans + other.scans,
            index_scans=self.index_scans + other.index_scans,
            writes=self.writes + other.writes,
        )

    def __sub__(self, other: Counts) -> Counts:
        """Return the difference, which is never below 0."""
        return Counts(
            scans=max(self.scans - other.scans, 0),
            index_scans=max(self.index_scans - other.index_scans, 0),
            writes=max(self.writes - other.writes, 0),
        )

    def __bool__(self) -> bool:
        return bool(self.scans or self.index_scans or self.writes)

    def shrunk_from(self, before: Counts) -> bool:
        return bool(before - self)

    def __str__(self) -> str:
        """Return `2 sequential scans, 1 index scan`, without what is 0."""
        numbers = (
            (self.scans, "sequential scan"),
            (self.index_scans, "index scan"),
            (self.writes, "row written", "rows written"),
        )
        return ", ".join(_number(*one) for one in numbers if one[0])


def _number(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageReading:
    """The counters of one table on one server, at one time.

    `server` identifies whose counters they are: a promoted standby is another server. `since` is when it began to
    count. `own` are the scans that the tool itself caused since the reading before. `archived`: the table was in the
    archive.
    """

    server: str
    at: datetime
    counts: Counts
    since: datetime | None = None
    own: Counts = Counts()
    standby: bool = False
    archived: bool = False


class State(enum.StrEnum):
    """Whether somebody uses a table."""

    UNUSED = "unused"
    USED = "used"
    UNKNOWN = "unknown"


_WEIGHT = {State.UNUSED: 0, State.UNKNOWN: 1, State.USED: 2}
"""Use on one server is use; what is unknown on one server is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageVerdict:
    """Whether somebody uses a table, and why. `known_from` is the time from which it can be known, if it is unknown
    and readings go on. `only_scans`: the use are sequential scans, which the file could permit, and does not."""

    state: State
    reason: str = ""
    known_from: datetime | None = None
    only_scans: bool = False


def judge_usage(readings: Sequence[UsageReading], wanted: UnusedFor, now: datetime) -> UsageVerdict:
    """Return whether a table was unused for the time that is wanted. The readings are in order of time, and the last
    one is that of the present moment, on the primary.

    Growth on any server proves use. A table is unused only if the present primary and every standby that was ever
    recorded counted without a break.
    """
    current = readings[-1].server
    by_server: dict[str, list[UsageReading]] = {current: []}
    for one in readings:
        by_server.setdefault(one.server, []).append(one)
    found = [_of_server(series, wanted, now, current) for series in by_server.values()]
    return max(found, key=lambda one: (_WEIGHT[one.state], one.known_from or now))


def _of_server(series: Sequence[UsageReading], wanted: UnusedFor, now: datetime, current: str) -> UsageVerdict:
    begin, last = now - wanted.time, series[-1]
    before = [one for one in series if one.at <= begin]
    known = [*before[-1:], *(one for one in series if one.at > begin)]
    used = usage_in(known)
    allowed = _allowed(wanted, last.at - known[0].at)
    if used.writes or used.index_scans or used.scans > allowed:
        only_scans = not (used.writes or used.index_scans or wanted.scans)
        return UsageVerdict(state=State.USED, reason=_use(used, known, wanted), only_scans=only_scans)
    if last.server != current and not last.standby:  # a primary of the past proves only use
        return UsageVerdict(state=State.UNUSED)
    if last.standby and last.at < now - min(wanted.time, _LATEST_STANDBY):
        text = f"{_named(last)} was last recorded at {utc_text(last.at)}"
        return UsageVerdict(state=State.UNKNOWN, reason=text)
    first, why = _unbroken(known)
    if first.at > begin:
        return UsageVerdict(state=State.UNKNOWN, reason=why, known_from=first.at + wanted.time)
    return UsageVerdict(state=State.UNUSED)


def usage_in(series: Sequence[UsageReading]) -> Counts:
    """Return the use by others between the first and the last of these readings, as far as it is known."""
    grown, own = Counts(), Counts()
    for before, after in pairwise(series):
        begun = after.counts.shrunk_from(before.counts)
        grown += after.counts if begun else after.counts - before.counts
        own += after.own
    return grown - own


_BREAKS = "statistics were reset, lost in a crash, or switched off"


def _allowed(wanted: UnusedFor, elapsed: timedelta) -> int:
    """Return the permitted number of sequential scans; one more than the rate, as both ends of the time may have
    one."""
    return wanted.scans * (max(elapsed, wanted.time) // wanted.per) + 1 if wanted.scans else 0


def _unbroken(series: Sequence[UsageReading]) -> tuple[UsageReading, str]:
    """Return the first reading from which on the server counted without a break; and why there is none before it."""
    first, why = series[0], f"there are no earlier statistics of {_named(series[0])}"
    if len(series) == 1:
        why = f"nothing has been recorded yet on {_named(series[0])}"
    for before, after in pairwise(series):
        begun = after.since if after.since != before.since else None
        if begun is not None or after.counts.shrunk_from(before.counts):
            since = f" at {utc_text(begun)}" if begun is not None and begun > before.at else ""
            first, why = after, f"{_named(after)} began to count again{since}: {_BREAKS}"
    return first, why


def _use(used: Counts, series: Sequence[UsageReading], wanted: UnusedFor) -> str:
    """Return `3 sequential scans (0.2 per day), 1 index scan since …`."""
    days = max((series[-1].at - series[0].at) / timedelta(days=1), 1 / 24)
    text = str(used)
    if used.scans:
        scans = str(Counts(scans=used.scans))
        permitted = f"; {rate(wanted)} permitted" if wanted.scans else ""
        text = text.replace(scans, f"{scans} ({used.scans / days:.3g} per day{permitted})", 1)
    return f"{text} since {utc_text(series[0].at)} on {_named(series[0])}"


def rate(wanted: UnusedFor) -> str:
    """Return the permitted rate as in a file: `1/day`."""
    return f"{wanted.scans}/{next(word for word, per in PER.items() if per == wanted.per)}"


PER = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
"""The words for a rate."""


def used_in_archive(readings: Sequence[UsageReading]) -> tuple[Counts, datetime] | None:
    """Return the use of a table since it was moved to the archive, and since when that is known, summed up over
    servers; None if it is not known. The last reading is that of the present moment."""
    found, since = Counts(), None
    for server in dict.fromkeys(one.server for one in readings):
        series = list(_archived([one for one in readings if one.server == server]))
        if len(series) > 1:
            found += usage_in(series)
            since = min(since or series[0].at, series[0].at)
    return None if since is None else (found, since)


def _archived(series: Sequence[UsageReading]) -> Iterator[UsageReading]:
    """Yield the readings in the archive, and the last one before, which a run takes right before it moves a table."""
    for before, after in pairwise(series):
        if after.archived and not before.archived:
            yield before
    yield from (one for one in series if one.archived)


def _named(reading: UsageReading) -> str:
    return reading.server.split("/", 2)[2] if reading.standby else "the primary"
