"""When a table counts as unused: readings of counters, and the verdict."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reconciler.kinds import key_for
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change
from reconciler.model.facts import Answers
from reconciler.model.facts.usage import Usage, UsageOf
from reconciler.model.names import Place, TableName
from reconciler.model.plan import JournalAt
from reconciler.model.retired import DroppedTable, TableToRetire, UnusedFor
from reconciler.model.state import DesiredState
from reconciler.model.usage import Counts, State, UsageReading, judge_usage, used_in_archive
from reconciler.planning.draft import Draft
from reconciler.planning.usage import with_usage

NOW = datetime(2026, 3, 1, tzinfo=UTC)
WEEK = UnusedFor(time=timedelta(days=7))
DAILY = UnusedFor(time=timedelta(days=7), scans=1)
BEGUN, AGAIN = NOW - timedelta(days=90), NOW - timedelta(days=3)
PRIMARY, PROMOTED, STANDBY = "7/5/timeline 00000001", "7/5/timeline 00000002", "7/5/standby db-2:5432"


def reading(
    days: float,
    scans: int = 0,
    index_scans: int = 0,
    writes: int = 0,
    *,
    server: str = PRIMARY,
    since: datetime | None = BEGUN,
    own: int = 0,
    archived: bool = False,
) -> UsageReading:
    """Return a reading of some days ago."""
    return UsageReading(
        server=server,
        at=NOW - timedelta(days=days),
        counts=Counts(scans=scans, index_scans=index_scans, writes=writes),
        since=since,
        own=Counts(scans=own),
        standby="standby" in server,
        archived=archived,
    )


def standby(days: float, scans: int = 0) -> UsageReading:
    return reading(days, scans, server=STANDBY)


CASES = {
    "nothing changed": ([reading(8, 5, 5, 5), reading(0, 5, 5, 5)], WEEK, State.UNUSED, ""),
    "use before the time": ([reading(30, 1), reading(8, 5), reading(0, 5)], WEEK, State.UNUSED, ""),
    "one scan": (
        [reading(8, 5), reading(0, 6)],
        WEEK,
        State.USED,
        "1 sequential scan (0.125 per day) since 2026-02-21 00:00:00 UTC on the primary",
    ),
    "an index scan": (
        [reading(8), reading(0, 0, 2)],
        DAILY,
        State.USED,
        "2 index scans since 2026-02-21 00:00:00 UTC on the primary",
    ),
    "a write": (
        [reading(8, 1, 0, 7), reading(0, 1, 0, 8)],
        DAILY,
        State.USED,
        "1 row written since 2026-02-21 00:00:00 UTC on the primary",
    ),
    "a nightly dump": ([reading(7), *(reading(d, 7 - d) for d in range(6, -1, -1))], DAILY, State.UNUSED, ""),
    "as often as permitted, at both ends": ([reading(7), reading(0, 8)], DAILY, State.UNUSED, ""),
    "more often than permitted": (
        [reading(7), reading(0, 9)],
        DAILY,
        State.USED,
        "9 sequential scans (1.29 per day; 1/day permitted) since 2026-02-22 00:00:00 UTC on the primary",
    ),
    "the tool's own scans": ([reading(8, 5), reading(4, 8, own=3), reading(0, 8)], WEEK, State.UNUSED, ""),
    "counted later than recorded": ([reading(8), reading(4, own=1), reading(0, 1)], WEEK, State.UNUSED, ""),
    "one scan besides the own ones": (
        [reading(8, 5), reading(4, 9, own=3), reading(0, 9)],
        WEEK,
        State.USED,
        "1 sequential scan (0.125 per day) since 2026-02-21 00:00:00 UTC on the primary",
    ),
    "nothing recorded": (
        [reading(0, 5)],
        WEEK,
        State.UNKNOWN,
        "nothing has been recorded yet on the primary; from 2026-03-08",
    ),
    "too little recorded": (
        [reading(6, 5), reading(0, 5)],
        WEEK,
        State.UNKNOWN,
        "there are no earlier statistics of the primary; from 2026-03-02",
    ),
    "used, though too little is recorded": (
        [reading(1, 5), reading(0, 6)],
        WEEK,
        State.USED,
        "1 sequential scan (1 per day) since 2026-02-28 00:00:00 UTC on the primary",
    ),
    "few permitted scans, though too little is recorded": (
        [reading(1, 5), reading(0, 8)],
        DAILY,
        State.UNKNOWN,
        "there are no earlier statistics of the primary; from 2026-03-07",
    ),
    "statistics were reset": (
        [reading(8), reading(2, since=AGAIN), reading(0, since=AGAIN)],
        WEEK,
        State.UNKNOWN,
        "the primary began to count again at 2026-02-26 00:00:00 UTC: statistics were reset, lost in a crash, or "
        "switched off; from 2026-03-06",
    ),
    "statistics were off": (
        [reading(8), reading(4, since=NOW - timedelta(days=4)), reading(0)],
        WEEK,
        State.UNKNOWN,
        "the primary began to count again: statistics were reset, lost in a crash, or switched off; from 2026-03-08",
    ),
    "a reset before the time": (
        [reading(9, 8), reading(8, since=AGAIN), reading(0, since=AGAIN)],
        WEEK,
        State.UNUSED,
        "",
    ),
    "counters shrink": (
        [reading(8, 9, 9, 9), reading(2), reading(0)],
        WEEK,
        State.UNKNOWN,
        "the primary began to count again: statistics were reset, lost in a crash, or switched off; from 2026-03-06",
    ),
    "use after a reset": (
        [reading(8, 9), reading(0, 2, since=AGAIN)],
        WEEK,
        State.USED,
        "2 sequential scans (0.25 per day) since 2026-02-21 00:00:00 UTC on the primary",
    ),
    "another server took over": (
        [reading(9), reading(3), reading(2, 40, server=PROMOTED), reading(0, 40, server=PROMOTED)],
        WEEK,
        State.UNKNOWN,
        "there are no earlier statistics of the primary; from 2026-03-06",
    ),
    "another server took over long ago": (
        [reading(60), reading(50, 9), reading(8, 40, server=PROMOTED), reading(0, 40, server=PROMOTED)],
        WEEK,
        State.UNUSED,
        "",
    ),
    "a standby that nobody reads": (
        [reading(8), standby(8, 3), standby(1, 3), reading(0)],
        WEEK,
        State.UNUSED,
        "",
    ),
    "somebody reads on a standby": (
        [reading(8), standby(8, 3), standby(1, 5), reading(0)],
        WEEK,
        State.USED,
        "2 sequential scans (0.286 per day) since 2026-02-21 00:00:00 UTC on standby db-2:5432",
    ),
    "a standby that was recorded only lately": (
        [reading(8), standby(1, 3), reading(0)],
        WEEK,
        State.UNKNOWN,
        "nothing has been recorded yet on standby db-2:5432; from 2026-03-07",
    ),
    "a standby that is no longer recorded": (
        [reading(8), standby(20), standby(5), reading(0)],
        WEEK,
        State.UNKNOWN,
        "standby db-2:5432 was last recorded at 2026-02-24 00:00:00 UTC",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_verdict(case: str) -> None:
    readings, wanted, state, reason = CASES[case]
    verdict = judge_usage(sorted(readings, key=lambda one: one.at), wanted, NOW)
    known_from = f"; from {verdict.known_from.date()}" if verdict.known_from else ""
    assert (verdict.state, verdict.reason + known_from) == (state, reason)


ARCHIVED = {
    "nothing is known": ([reading(0, archived=True)], None),
    "nobody read it": ([reading(3), reading(0, archived=True)], (0, 3)),
    "the tool counted it": ([reading(3), reading(2, own=2, archived=True), reading(0, 2, archived=True)], (0, 3)),
    "read there": (
        [reading(9, 1), reading(3, 2), reading(2, 3, own=1, archived=True), reading(0, 5, archived=True)],
        (2, 3),
    ),
    "recorded only there": ([reading(2, 3, archived=True), reading(0, 4, archived=True)], (1, 2)),
}


@pytest.mark.parametrize("case", ARCHIVED)
def test_use_in_the_archive(case: str) -> None:
    readings, expected = ARCHIVED[case]
    found = used_in_archive(readings)
    assert (None if found is None else (found[0].scans, (NOW - found[1]).days)) == expected


def test_a_role_that_may_not_read_the_usage_log_needs_a_grant() -> None:
    old = TableName(schema="public", name="old")
    drop = Change(
        action=Action.DROP,
        key=key_for(Purpose.DROPS_TABLE, old),
        before=TableToRetire(
            relkind="r", comment=None, indexes=(), sequences=(), dependents=(), mentions=(), named_by=()
        ),
        after=DroppedTable(unused_for=WEEK),
        place=Place("schema.yaml", 1, 1),
    )
    journal = JournalAt(schema="audit")
    question = UsageOf(journal=journal, table=old, time=WEEK.time)
    answers = Answers(known={question: Usage(readings=(reading(0),), denied=True)})
    draft = with_usage(Draft(desired=DesiredState(objects={}), changes=(drop,)), answers, journal, NOW, "joe")
    ((rule, remedy),) = [(one.rule, one.remedy) for one in draft.refusals]
    assert rule == "missing-privilege"
    assert remedy == 'run GRANT SELECT ON "audit"."reconcile_usage" TO "joe";'
