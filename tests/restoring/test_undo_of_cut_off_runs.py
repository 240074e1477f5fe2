"""An undo of a run that ended in the middle of a repair brings back what its committed batches moved."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import reconciler
from reconciler.execution.result import ApplyResult
from reconciler.kinds.rules import GATED
from reconciler.model.options import Options
from reconciler.model.state import DesiredState, Policy
from reconciler.model.step_id import Verb
from tests.execution.repairing import on_first, quarantines
from tests.execution.support import desired, session, wait_until
from tests.restoring.whole import sorted_dump
from tests.servers import Database

GIVEN = """
    CREATE FUNCTION touch() RETURNS int LANGUAGE sql AS 'SELECT 1';
    CREATE TABLE users (id int PRIMARY KEY, email text, total int);
    INSERT INTO users SELECT n, 'u' || n % 20, n - 20 FROM generate_series(1, 40) AS n;
    CREATE TABLE orders (id int PRIMARY KEY, user_id int);
    INSERT INTO orders SELECT n, n FROM generate_series(1, 80) AS n;"""
POLICY = "policy: {max_lock_wait: 1s, batch: {rows: 5}}\n"
FOREIGN_KEY = "orders: {foreign_keys: {known: {columns: user_id, references: users(id), orphans: quarantine}}}"
FIRST_REPAIRED = "users: {unique: {once: {columns: email, duplicates: {keep: newest, by: id, others: quarantine}}}}"
CHANGED = 'users: {checks: {positive: {expression: total >= 0, violators: {set: {total: "0"}}}}}'
NOTHING = DesiredState(objects={}, policy=Policy(max_drops=1000))
ALL = Options(allow=GATED, trust_file=True)

CUT_OFF = [
    pytest.param(FOREIGN_KEY, "orders", "user_id = 80", id="after the constraint was added"),
    pytest.param(FIRST_REPAIRED, "users", "id = 1", id="before anything else was done"),
    pytest.param(CHANGED, "users", "id = 19", id="with rows that were changed"),
]


def moved(database: Database) -> int:
    """Return the number of rows in the quarantine."""
    return sum(one.rows.count or 0 for one in reconciler.find_quarantined(database.url))


def cut_off(database: Database, folder: Path, table: str, row: str, declared: str, *, killed: bool) -> None:
    """Apply, while another session has locked a row that the repair needs: it fails with that, or is killed."""
    state = desired(folder, f"{POLICY if not killed else POLICY.replace('1s', '60s')}tables: {{{declared}}}")
    earlier = moved(database)
    ended: list[ApplyResult | reconciler.ReconcileError] = []
    with session(database.url) as other, ThreadPoolExecutor() as pool:

        def lock() -> None:
            other.execute(f"BEGIN; SELECT FROM {table} WHERE {row} FOR UPDATE".encode())

        def run() -> None:
            listeners = [on_first(Verb.REPAIR, lock)]
            try:
                ended.append(
                    reconciler.apply(state, database.url, approve=lambda _: True, options=ALL, listeners=listeners)
                )
            except reconciler.ReconcileError as error:
                ended.append(error)

        running = pool.submit(run)
        if killed:
            wait_until(lambda: moved(database) > earlier, "more rows in the quarantine")
            database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'reconcile' AND pid <> pg_backend_pid() AND datname = current_database()"
            )
        running.result()
    assert not isinstance(ended[0], ApplyResult) or ended[0].error is not None
    assert moved(database) > earlier
    journaled = "SELECT count(*) FROM migration_log WHERE step_name ~ '^repair' AND status = "
    assert database.value(f"{journaled} 'completed'") == 0
    assert database.value(f"{journaled} 'failed'") == (0 if killed else 1)


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize("killed", [True, False], ids=["killed", "failed"])
@pytest.mark.parametrize(("declared", "table", "row"), CUT_OFF)
def test_what_committed_batches_moved_comes_back(
    database: Database, tmp_path: Path, declared: str, table: str, row: str, killed: bool
) -> None:
    database.execute(GIVEN)
    before = sorted_dump(database)
    cut_off(database, tmp_path, table, row, declared, killed=killed)
    plan = reconciler.plan_undo("last", NOTHING, database.url, options=ALL)
    assert [note.message for note in plan.notes if note.rule == "not-undone"] == []
    result = reconciler.undo("last", NOTHING, database.url, approve=lambda _: True, options=ALL)
    assert (result.error, moved(database)) == (None, 0)
    assert sorted_dump(database) == before


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize("killed", [True, False], ids=["killed", "failed"])
def test_rows_of_an_older_constraint_stay_and_are_named(database: Database, tmp_path: Path, killed: bool) -> None:
    """It rejects them, although the run did not come to its validation. The quarantine table is that of an earlier
    run, so the run has completed no step."""
    add = "ALTER TABLE orders ADD CONSTRAINT known FOREIGN KEY (user_id) REFERENCES users NOT VALID"
    database.execute(f"{GIVEN}; {add}")
    cut_off(database, tmp_path, "orders", "user_id = 80", FOREIGN_KEY, killed=killed)
    more = "INSERT INTO orders SELECT n, n FROM generate_series(101, 140) AS n"
    database.execute(f"DELETE FROM migration_log; SET session_replication_role = replica; {more}")
    earlier = moved(database)
    cut_off(database, tmp_path, "orders", "user_id = 140", FOREIGN_KEY, killed=killed)
    last = database.value("SELECT DISTINCT metadata ->> 'run_id' FROM migration_log")
    plan = reconciler.plan_undo("last", NOTHING, database.url, options=ALL)
    assert (plan.undoes, plan.routes) == (last, ())
    (name,) = quarantines(database)
    assert [note.message for note in plan.notes if note.rule == "not-undone"] == [
        f"the quarantine {name} keeps {moved(database) - earlier} rows of public.orders: "
        "the object that they violate was there before the run, and stays"
    ]


@pytest.mark.pg(">= 18")
def test_rows_that_a_cut_off_repair_deleted_are_named(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    state = desired(tmp_path, f"{POLICY}tables: {{{FOREIGN_KEY.replace('quarantine', 'delete')}}}")
    with session(database.url) as other:

        def lock() -> None:
            other.execute("BEGIN; SELECT FROM orders WHERE user_id = 80 FOR UPDATE")

        listeners = [on_first(Verb.REPAIR, lock)]
        failed = reconciler.apply(state, database.url, approve=lambda _: True, options=ALL, listeners=listeners)
    assert failed.error is not None
    plan = reconciler.plan_undo("last", NOTHING, database.url, options=ALL)
    assert [note.message for note in plan.notes if note.rule == "not-undone"] == [
        "the repair for foreign key known on public.orders was cut off: nothing brings the rows back that it deleted, "
        "as they have no copy"
    ]
