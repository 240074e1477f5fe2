"""The locks that a step claims are those that the server shows while the step runs."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

import reconciler
from reconciler.model.bound import ANY_TIME, BoundName
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.plan import ExecutionClass, Route, Step
from reconciler.model.step_id import Verb
from reconciler.postgres.locking import take_locks
from tests.cases.case import read_cases
from tests.execution.support import assert_in_sync, broad_setup, session, transaction, wait_until
from tests.servers import Database

PARTITIONED = Path(__file__).parent / "partitioned"

Locks = set[tuple[str, str]]

TIME = "20260101T000000Z"

_MODES = {mode.pg_locks_mode: mode for mode in LockMode}
_RELATIONS = """
    SELECT c.oid::int8, format('%I.%I', n.nspname, c.relname), c.relkind IN ('r', 'p', 'm')
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'm', 'i', 'I') AND n.nspname !~ '^pg_|^information_schema'"""
_LOCKS = "SELECT relation::int8, mode FROM pg_locks WHERE pid = %s AND locktype = 'relation' AND granted"


def strongest(locks: set[tuple[str, LockMode]]) -> Locks:
    """Return the locks without those that another lock on the same table includes."""

    def blocked_by(mode: LockMode) -> frozenset[LockMode]:
        return frozenset(other for other in LockMode if mode.conflicts_with(other))

    return {
        (table, mode.value)
        for table, mode in locks
        if not any(table == other and blocked_by(mode) < blocked_by(stronger) for other, stronger in locks)
    }


def claimed(step: Step) -> Locks:
    return strongest(pairs(step.locks))


def pairs(claims: Iterable[LockClaim]) -> set[tuple[str, LockMode]]:
    return {(named_now(claim), claim.mode) for claim in claims}


def named_now(claim: LockClaim) -> str:
    """Return the table that a step claims, with the time of this test in an archive name."""
    return str(claim.table).replace(ANY_TIME, TIME)


def momentary(step: Step, taken: Locks) -> Locks:
    """Return the locks that are released at once.

    When the last partition of a partition is attached, PostgreSQL locks the parents only to check whether they are
    complete. Another test shows this.
    """
    if step.id.verb is not Verb.ATTACH:
        return set()
    return {lock for lock in claimed(step) - taken if lock[1] == LockMode.ACCESS_EXCLUSIVE.value}


class Onlooker:
    """Reads the locks of another backend on tables, and on the indexes that a step claims.

    Relations have the names that they had before the step.
    """

    def __init__(self, connection: psycopg.Connection[Any], step: Step) -> None:
        self._connection = connection
        known = connection.execute(_RELATIONS).fetchall()
        claimed = {named_now(claim) for claim in step.locks}
        self._names: dict[int, str] = {oid: name for oid, name, is_table in known if is_table or name in claimed}
        self.indexes = {name.replace('"', "") for _, name, is_table in known if not is_table}

    def taken_by(self, pid: int) -> Locks:
        found = self._connection.execute(_LOCKS, [pid]).fetchall()
        return strongest({(self._names[oid], _MODES[mode]) for oid, mode in found if oid in self._names})


def in_transaction(worker: psycopg.Connection[Any], onlooker: Onlooker, step: Step, statements: list[str]) -> Locks:
    """Return the locks that a step holds at its end.

    The locks before its statements are all of its locks that block traffic, except those on indexes and on tables in
    the archive, whose names are not known before.
    """
    with worker.transaction():
        if step.lock_order:
            worker.execute(take_locks(step.lock_order, timedelta(seconds=2)).encode())
            assert onlooker.taken_by(worker.info.backend_pid) == strongest(pairs(step.lock_order)), step.id
        blocking = strongest(
            pairs(claim for claim in step.locks if claim.blocks and ANY_TIME not in str(claim.table))
        )
        first = {(str(claim.table), claim.mode.value) for claim in step.lock_order}
        assert {table for table, _ in blocking - first} <= onlooker.indexes, step.id
        for statement in statements:
            worker.execute(statement.encode())
        return onlooker.taken_by(worker.info.backend_pid)


def while_waiting(
    url: str, worker: psycopg.Connection[Any], onlooker: Onlooker, table: str, statement: str
) -> Locks:
    """Return the locks that a concurrent statement holds while it waits for a transaction that writes to the table."""
    pid = worker.info.backend_pid
    thread = threading.Thread(target=lambda: worker.execute(statement.encode()))
    with transaction(url, f"LOCK TABLE {table} IN ROW EXCLUSIVE MODE"), session(url) as eyes:

        def waits() -> bool:
            query = "SELECT FROM pg_locks WHERE pid = %s AND NOT granted AND locktype = 'virtualxid'"
            return eyes.execute(query, [pid]).fetchone() is not None

        thread.start()
        wait_until(waits, f"{statement} to wait")
        taken = onlooker.taken_by(pid)
    thread.join()
    return taken


def stamped(name: BoundName) -> str:
    return name.at(TIME)


def differing(database: Database, route: Route, worker: psycopg.Connection[Any]) -> list[str]:
    """Run the steps of a route; yield each step whose claims differ from its locks."""
    wrong = []
    for step in route.steps:
        statements = [statement.render(stamped) for statement in step.action.statements]
        with session(database.url) as eyes:
            onlooker = Onlooker(eyes, step)
            if step.execution is ExecutionClass.CONCURRENT:
                table = step.locks[0].table
                taken = while_waiting(database.url, worker, onlooker, str(table), statements[0])
            else:
                taken = in_transaction(worker, onlooker, step, statements)
        if taken != claimed(step) - momentary(step, taken):
            wrong.append(f"{step.id}: claims {sorted(claimed(step))}, takes {sorted(taken)}")
    return wrong


def test_every_step_takes_the_locks_that_it_claims_and_no_other(database: Database) -> None:
    state = broad_setup(database)
    plan = reconciler.plan(state, database.url)
    assert not plan.refusals, [refusal.cause for refusal in plan.refusals]
    with session(database.url) as worker:
        worker.execute("SET search_path TO pg_catalog, pg_temp")
        wrong = [line for route in plan.routes for line in differing(database, route, worker)]
    assert not wrong, "\n" + "\n".join(wrong)
    assert_in_sync(state, database.url)


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
    *("checks", "drop", "foreign_keys", "foreign_keys_change", "inheritance"),
    *("index_change", "index_create", "index_invalid", "keys_change", "keys_create"),
    *("parts_own", "parts_own_create", "parts_own_nested", "parts_there", "parts_exchanged"),
)


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
    plan = reconciler.plan(state, database.url, options=case.options)
    assert plan.steps
    assert not plan.refusals
    with session(database.url) as worker:
        worker.execute("SET search_path TO pg_catalog, pg_temp")
        wrong = [line for route in plan.routes for line in differing(database, route, worker)]
    assert not wrong, "\n" + "\n".join(wrong)
    assert_in_sync(state, database.url)


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
