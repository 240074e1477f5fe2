"""A run as a whole: its end, its events and its journal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import reconciler
from reconciler.execution.observing import waiting_step
from reconciler.model.change import Action, Change
from reconciler.model.events import (
    Event,
    RunReplanned,
    RunStarted,
    RunStatus,
    StepCompleted,
    StepFailure,
    StepRetried,
    StepStarted,
)
from reconciler.model.journal import migration_name
from reconciler.model.names import Key, Place
from reconciler.model.route import DefinitionPattern, Route, RouteState
from tests.execution.support import Events, apply, desired, transaction
from tests.report.plans import PLANS
from tests.servers import Database

pytestmark = pytest.mark.newest_by_day  # independent of server features

JOURNAL = "SELECT step_name, status, error_message, metadata FROM migration_log ORDER BY sequence"


def test_a_refused_plan_has_the_status_refused(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE t (a int); INSERT INTO t VALUES (NULL)")
    events = Events()
    result = apply(desired(tmp_path, "tables: {t: {not_null: [a]}}"), database.url, events)
    assert (result.status, result.run_id, result.error) == (RunStatus.REFUSED, "", None)
    assert result.message == "the plan is refused for 1 reason; nothing was changed"
    assert [refusal.rule for refusal in result.plan.refusals] == ["nulls"]
    assert events.of(RunStarted) == []
    assert database.value("SELECT to_regclass('migration_log')") is None


def test_a_run_that_plans_again_stays_one_run(database: Database, tmp_path: Path) -> None:
    database.execute(
        """CREATE TABLE p (a int) PARTITION BY LIST (a);
           CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)"""
    )
    state, events = desired(tmp_path, "tables: {p: {indexes: {i: a}}}"), Events()

    def new_partition(event: Event) -> None:
        if isinstance(event, StepStarted) and len(events.of(StepStarted)) == 1:
            database.execute("CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2)")

    result = apply(state, database.url, events, new_partition)
    assert result.status is RunStatus.COMPLETED
    (started,), (again,) = events.of(RunStarted), events.of(RunReplanned)
    assert started.run_id == again.run_id == result.run_id
    assert result.plan is again.plan
    assert started.plan.digest != again.plan.digest
    assert result.completed == len(events.of(StepCompleted))
    entries: list[Any] = database.query(
        "SELECT migration_name, status, metadata FROM migration_log ORDER BY sequence"
    )
    assert {(name, reported["run_id"]) for name, _, reported in entries} == {
        (migration_name(started.plan.digest), result.run_id)
    }
    assert list(dict.fromkeys(reported["plan_digest"] for _, _, reported in entries)) == [
        started.plan.digest,
        again.plan.digest,
    ]
    (reported,) = [reported for _, _, reported in entries if "replanned" in reported]
    assert reported["replanned"] == again.reason
    assert [run.status for run in reconciler.history(database.url)] == ["completed"]


def test_a_lock_that_is_lost_between_two_attempts_is_a_failure_of_the_step(
    database: Database, tmp_path: Path
) -> None:
    database.execute("CREATE TABLE t (a int)")
    state = desired(tmp_path, "policy: {lock_timeout: 100ms}\ntables: {t: {checks: {positive: a > 0}}}")
    events = Events()

    def kill_lock(event: Event) -> None:
        if isinstance(event, StepRetried):
            database.query("SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory'")

    with transaction(database.url, "SELECT * FROM t"):
        result = apply(state, database.url, events, kill_lock)
    assert result.error is not None
    assert (result.status, result.error.rule, result.failed) == (RunStatus.FAILED, "lock-lost", 1)
    (failed,) = events.of(StepFailure)
    step = failed.step
    assert failed.message == "the connection that holds the lock of this run was lost"
    entries: list[Any] = database.query(JOURNAL)
    assert [(name, status) for name, status, _, _ in entries] == [
        ("run", "started"),
        (str(step.id), "started"),
        (str(step.id), "failed"),
        ("run", "failed"),
    ]
    assert entries[2][2] == failed.message


def test_the_step_that_waits_is_the_one_that_changes_the_object() -> None:
    first, second = (Key(kind="index", schema="public", table="t", name=name) for name in ("first", "second"))
    built = DefinitionPattern()
    states = tuple(
        RouteState(label="", objects=objects)
        for objects in ({first: None, second: None}, {first: built, second: None}, {first: built, second: built})
    )
    steps = PLANS["changes"].steps[:2]
    place = Place(file="schema.yaml", line=1, column=1)
    change = Change(action=Action.CREATE, key=first, before=None, after=None, place=place)
    route = Route(change=change, states=states, steps=steps)
    waits = [[waiting_step(route, done, key) for done in range(3)] for key in (first, second)]
    assert waits == [[steps[0], steps[1], steps[1]], [steps[1], steps[1], steps[1]]]
    assert waiting_step(route.since(2), 0, first) is None
