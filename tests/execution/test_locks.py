"""The locks that a step claims are those that the server shows while the step runs."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

import reconciler
from reconciler.clock import SYSTEM
from reconciler.model.bound import ANY_TIME
from reconciler.model.events import Event, StepStarted
from reconciler.model.names import TableName
from reconciler.model.options import DEFAULTS, Options
from reconciler.planner import make_plan
from reconciler.postgres.session import connect
from reconciler.rehearsal.applying import apply_recorded
from tests.cases.case import read_cases
from tests.execution.support import assert_in_sync, broad_setup, session, transaction
from tests.servers import Database

PARTITIONED = Path(__file__).parent / "partitioned"


class Blocking:
    """A listener that finds locks which block traffic and are not taken before the statements of their step: only
    those on indexes, and on tables in the archive, whose names are not known before."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.late: list[str] = []

    def __call__(self, event: Event) -> None:
        if isinstance(event, StepStarted) and not event.step.execution.outside_transaction:
            first = {claim.table for claim in event.step.lock_order}
            later = [claim.table for claim in event.step.locks if claim.blocks and claim.table not in first]
            self.late += [
                f"{event.step.id}: {one}" for one in later if ANY_TIME not in one.name and self._is_table(one)
            ]

    def _is_table(self, name: TableName) -> bool:
        query = """SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE (n.nspname, c.relname) = (%s, %s) AND c.relkind IN ('r', 'p')"""
        with session(self.url) as eyes:
            return eyes.execute(query, name).fetchone() is not None


def assert_locks_as_claimed(
    state: reconciler.DesiredState, database: Database, options: Options = DEFAULTS
) -> None:
    """Apply the state, and compare the locks of each step with its claims."""
    blocking = Blocking(database.url)
    with connect(database.url) as own:
        plan = make_plan(own, state, options)
        assert not plan.refusals, [refusal.cause for refusal in plan.refusals]
        assert plan.steps
        result, recorder = apply_recorded(own, plan, options, clock=SYSTEM, claimed={}, listeners=(blocking,))
    assert result.error is None, result.message
    assert recorder.differing == []
    assert recorder.completed == [step.id for step in plan.steps]
    assert blocking.late == []
    assert_in_sync(state, database.url)


def test_every_step_takes_the_locks_that_it_claims_and_no_other(database: Database) -> None:
    assert_locks_as_claimed(broad_setup(database), database)


_SINCE_18 = [
    *("check/not_enforced_change", "check/not_enforced_create"),
    *("foreign_key/not_enforced_change", "foreign_key/not_enforced_create"),
    *("foreign_key/period_change", "foreign_key/period_create"),
    *(
        "primary_key/temporal_change",
        "primary_key/temporal_dependents",
        "unique/temporal_change",
        "unique/temporal_create",
    ),
]


_PARTITIONED = (
    *("checks", "drop", "foreign_keys", "foreign_keys_change", "foreign_keys_taken_over", "inheritance"),
    *("index_change", "index_create", "index_invalid", "keys_change", "keys_create"),
    *("parts_own", "parts_own_create", "parts_own_nested", "parts_there", "parts_exchanged"),
)


@pytest.mark.ends_by_day
@pytest.mark.parametrize(
    "name",
    [
        *("dropped_table/archive", "dropped_table/none_accepted"),
        *("index/attributes_in_place", "index/attributes_replaced", "unique/attributes"),
        *(
            "exclusion/attributes_in_place",
            "exclusion/attributes_replaced",
        ),
        *("statistics/create", "statistics/change", "statistics/rename"),
        pytest.param("foreign_key/attributes_change", marks=pytest.mark.pg(">= 15")),
        *(f"partitioned/{name}" for name in _PARTITIONED),
        *(pytest.param(name, marks=pytest.mark.pg(">= 18")) for name in _SINCE_18),
    ],
)
def test_the_steps_of_a_case_take_the_locks_that_they_claim(name: str, database: Database) -> None:
    case = next(case for case in read_cases() if case.name == name)
    database.execute(case.given)
    state = reconciler.load([case.folder / "schema.yaml"])
    assert_locks_as_claimed(state, database, case.options)


@pytest.mark.ends
def test_the_last_partition_of_a_partition_waits_for_the_table_above(database: Database) -> None:
    database.execute((PARTITIONED / "setup.sql").read_text())
    database.execute(
        "CREATE INDEX whole ON ONLY readings (value); CREATE INDEX part ON ONLY readings_south (value);"
        "ALTER INDEX whole ATTACH PARTITION part; CREATE INDEX last ON readings_south_1 (value)"
    )
    with transaction(database.url, "SELECT FROM ONLY readings"), session(database.url) as worker:
        worker.execute("SET lock_timeout = '100ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            worker.execute("ALTER INDEX part ATTACH PARTITION last")


def test_the_broad_plan_holds_every_sort_of_change_of_every_kind(database: Database) -> None:
    plan = reconciler.plan(broad_setup(database), database.url)
    sorts = {(route.change.key.kind, route.change.action.value) for route in plan.routes}
    actions = {"create", "alter", "rename", "drop", "validate"}
    expected = {(kind, action) for kind in ("check", "foreign_key") for action in actions}
    expected |= {(kind, action) for kind in ("index", "unique", "exclusion") for action in actions - {"validate"}}
    expected |= {("primary_key", action) for action in ("create", "alter", "drop")}
    expected |= {("not_null", "create"), ("not_null", "drop"), ("dropped_table", "drop")}
    assert expected <= sorts, expected - sorts
