"""Reasons against applying a plan, from routes and findings as values: no server is used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from reconciler.kinds.check.definition import Check
from reconciler.model.change import Change
from reconciler.model.facts import Answers, Question
from reconciler.model.facts.journal import RecordedRows
from reconciler.model.guard import Finding, Guard, GuardResult
from reconciler.model.hazards import Hazard
from reconciler.model.plan import JournalAt, Refusal
from reconciler.model.route import Need, Route, RouteState
from reconciler.model.rules.data import DUPLICATES
from reconciler.model.rules.hazards import FIRES_TRIGGERS
from reconciler.model.state import DesiredState, Policy, Protected
from reconciler.model.statement import Statement
from reconciler.planning.gate import gate
from reconciler.planning.kept_rows import without_waiting
from tests.kinds.test_definitions import STEP
from tests.planning.test_order import ORDERS, PART, PLACE, USERS, change, key, live
from tests.planning.values import desired

CHECK = Check(expression="a > 0")
FIRES = Hazard(kind=FIRES_TRIGGERS, detail="t")
JOURNAL = JournalAt(schema="public")
NOTHING = Statement(parts=("SELECT 0",))


def route(one: Change, *hazards: Hazard, steps: int = 1, **more: object) -> Route:
    states = tuple(RouteState(label=str(n), objects={}) for n in range(steps + 1))
    return replace(Route(change=one, states=states, steps=(STEP,) * steps, hazards=hazards), **more)


def finding(result: GuardResult, *, unchecked_ok: bool = False) -> Finding:
    guard = Guard(
        id=DUPLICATES,
        title="rows",
        count=NOTHING,
        sample=NOTHING,
        more=NOTHING,
        noun="row",
        cause="in app.users",
        remedy="repair them",
        unchecked_ok=unchecked_ok,
    )
    count = 3 if result is GuardResult.FAILED else None
    return Finding(guard=guard, key=key("check", "c"), place=PLACE, result=result, count=count)


def refusals(state: DesiredState, *routes: Route, allow: tuple[str, ...] = ()) -> list[Refusal]:
    return list(gate(state, live(partitioned=True), routes, [], allow))


def test_a_gated_hazard_is_accepted_by_the_operator_or_the_file() -> None:
    risky = route(change(key("check", "c"), None, CHECK), FIRES)
    assert [one.rule for one in refusals(desired(), risky)] == ["hazard-not-accepted"]
    assert not refusals(desired(), risky, allow=(FIRES_TRIGGERS.id,))
    assert not refusals(desired(policy=Policy(allow=frozenset({FIRES_TRIGGERS.id}))), risky)


def test_drops_count_unless_the_journal_has_the_replacement() -> None:
    gone = [change(key("check", name), CHECK, None) for name in "abc"]
    two = desired(policy=Policy(max_drops=2))
    (refusal,) = refusals(two, *map(route, gone))
    assert "drops 3 objects; policy.max_drops allows 2" in refusal.cause
    assert not refusals(two, *map(route, [*gone[:2], replace(gone[2], journaled=True)]))


@pytest.mark.parametrize("pattern", [USERS.name, PART.name])
def test_a_change_of_a_table_is_refused_if_it_or_a_table_below_is_protected(pattern: str) -> None:
    state = desired(protected=(Protected(schema="app", pattern=pattern, place=PLACE),))
    assert [one.rule for one in refusals(state, route(change(key("check", "c"), None, CHECK)))] == [
        "protected-table"
    ]
    assert not refusals(state, route(change(key("check", "c", ORDERS), None, CHECK)))


@pytest.mark.parametrize(
    ("result", "unchecked_ok", "refused"),
    [
        (GuardResult.PASSED, False, False),
        (GuardResult.FAILED, False, True),
        (GuardResult.TIMED_OUT, False, True),
        (GuardResult.TIMED_OUT, True, False),
    ],
)
def test_a_data_check_refuses_if_rows_violate_it_or_nothing_else_would_find_them(
    result: GuardResult, unchecked_ok: bool, refused: bool
) -> None:
    found = list(gate(desired(), live(), [], [finding(result, unchecked_ok=unchecked_ok)], ()))
    assert bool(found) is refused


class Recorded:
    """A journal in which a run has recorded 40 rows of each object."""

    def ask(self, questions: Iterable[Question[Any]], /) -> Answers:
        return Answers(known=dict.fromkeys(questions, RecordedRows(count=40, at=datetime(2026, 3, 1, tzinfo=UTC))))


def test_routes_that_wait_for_clean_rows_are_left_out_and_the_others_count_from_0_again() -> None:
    """A route of which the first step waits is left out; one of which the second waits is cut."""
    waiting = replace(STEP, only_if_clean=True)
    first = route(change(key("check", "c"), None, CHECK), steps=2)
    first = replace(first, steps=(waiting, STEP))
    second = route(change(key("check", "d"), None, CHECK))
    third = route(change(key("check", "e"), None, CHECK), needs={0: Need(), 1: Need()})
    failed = finding(GuardResult.FAILED)
    routes, notes = without_waiting(Recorded(), [first, second, third], [failed], JOURNAL)
    assert [(str(one.change.key), dict(one.needs)) for one in routes] == [
        ("check d on app.users", {}),
        ("check e on app.users", {0: Need()}),
    ]
    assert [note.key for note in notes] == [first.change.key]
    assert notes[0].message.endswith(" (40 at the run of 2026-03-01 00:00:00 UTC)")
    cut = replace(first, steps=(STEP, waiting))
    routes, _ = without_waiting(Recorded(), [cut, second, third], [failed], JOURNAL)
    assert [(len(one.steps), len(one.states)) for one in routes] == [(1, 2), (1, 2), (1, 2)]
    assert routes[2].needs == {0: Need(), 1: Need()}
