"""Runs of repairs: interrupted, killed, paused, previewed."""

from __future__ import annotations

import json
import random
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from psycopg.pq import PGconn

import reconciler
from reconciler.clock import SYSTEM
from reconciler.execution.pace import Pace, PauseCheck, PauseReason, pause_checks
from reconciler.execution.repair import most_pages, next_rows, next_size
from reconciler.model.errors import StepFailed
from reconciler.model.events import Event, RunStatus, StepStarted
from reconciler.model.names import TableName
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.state import BatchSize, DesiredState
from reconciler.model.step_id import Verb
from reconciler.postgres.session import connect
from reconciler.report import render_html, render_markdown, render_text
from reconciler.report.json import render_json
from reconciler.report.report import report_of
from reconciler.report.sql import render_sql
from tests.execution.repairing import ORPHANS, SMALL, orphans, quarantines, repair_while_killed, whole_rows
from tests.execution.support import apply_all, desired, wait_until
from tests.servers import NIGHTLY, Database


@pytest.mark.pg(">= 18")
def test_an_approved_plan_is_continued_after_an_interruption(database: Database, tmp_path: Path) -> None:
    """The digest does not depend on the number of orphans, and the rest of the plan is still the approved one."""
    database.execute(ORPHANS)
    state = desired(tmp_path, orphans("quarantine", more="policy: {batch: {rows: 50}}"))
    plan = reconciler.plan(state, database.url)
    document = json.loads(render_json(report_of(plan)))
    (repair,) = [step for change in document["changes"] for step in change["steps"] if step["action"] == "repair"]
    assert (repair["execution"], repair["repair"]["policy"]) == ("batched", "quarantine")
    assert len(repair["sql"]) == 2
    database.execute("INSERT INTO orders VALUES (10001, 777)")
    assert reconciler.plan(state, database.url).digest.rpartition(":")[2] == plan.digest.rpartition(":")[2]

    def interrupt(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.verb is Verb.REPAIR:
            database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'reconcile' AND pid <> pg_backend_pid() AND query LIKE '%migration_log%'"
            )

    def applied(*listeners: Any) -> Any:
        return reconciler.apply(
            state, database.url, approve=lambda _: True, listeners=listeners, expected=document, options=Options()
        )

    assert isinstance(applied(interrupt).error, reconciler.ConnectionFailed)
    assert applied().status is RunStatus.COMPLETED
    assert database.value(f"SELECT count(*) FROM {quarantines(database)[0]}") == 1001


@pytest.mark.pg(">= 18")
def test_a_repair_that_is_killed_at_any_moment_loses_no_row(database: Database, tmp_path: Path) -> None:
    """Writers run meanwhile. `kept` is what they have done: all rows that were ever inserted, in their last form."""
    database.execute(f"""{ORPHANS};
        CREATE TABLE kept (LIKE orders INCLUDING INDEXES); INSERT INTO kept SELECT * FROM orders;
        CREATE PROCEDURE work(begin int) LANGUAGE plpgsql AS $$ BEGIN
          FOR n IN 1..50 LOOP
            INSERT INTO orders VALUES (begin + n, n, 'new'); INSERT INTO kept VALUES (begin + n, n, 'new');
            WITH one AS (UPDATE orders SET note = 'changed' WHERE id = (begin + n * 37) % 3000 RETURNING *)
            UPDATE kept SET note = one.note FROM one WHERE kept.id = one.id;
            COMMIT;
          END LOOP; END $$""")
    state = desired(tmp_path, orphans("quarantine", more="policy: {batch: {rows: 40}}"))

    def again(begin: int) -> str:
        rows = f"SELECT {begin}000 + n, 200 + n, 'again' FROM generate_series(1, 300) AS n"
        return (
            "ALTER TABLE orders DROP CONSTRAINT IF EXISTS orders_user_id_fkey; "
            f"INSERT INTO orders {rows}; INSERT INTO kept {rows}"
        )

    repair_while_killed(database, state, again, lambda: assert_nothing_lost(database))


def assert_nothing_lost(database: Database) -> None:
    tables = ["orders", *quarantines(database)]
    assert whole_rows(database, tables, "id, user_id, note") == whole_rows(database, ["kept"], "id, user_id, note")


@pytest.mark.ends
def test_a_standby_that_catches_up_is_behind(database: Database) -> None:
    """A client of the replication protocol that reads nothing, as a standby that has just connected again."""
    start = database.value("SELECT pg_current_wal_lsn()")
    database.execute("CREATE TABLE much AS SELECT repeat(md5(n::text), 30) FROM generate_series(1, 20000) AS n")
    with connect(database.url) as reading:
        (lagging, _) = pause_checks(reading, timedelta(seconds=10))
        table = TableName(schema="public", name="much")
        assert lagging.read(table) is None
        standby = PGconn.connect(f"{database.url}&replication=true&application_name=late".encode())
        try:
            standby.send_query(f"START_REPLICATION PHYSICAL {start}".encode())
            wait_until(lambda: lagging.read(table), "the standby catches up")
            assert lagging.read(table) == "a standby is still catching up (policy.max_replica_lag)"
        finally:
            standby.finish()
        wait_until(lambda: lagging.read(table) is None, "the standby is gone")


@pytest.mark.ends
def test_a_role_that_cannot_see_the_reasons_of_pauses_is_told_so(database: Database, tmp_path: Path) -> None:
    """Once in each plan with batches, also in that of an undo; and a role with the right sees them."""
    database.execute(f"""{SMALL};
        CREATE ROLE "no body" LOGIN; GRANT CREATE ON DATABASE {database.name} TO "no body";
        GRANT USAGE, CREATE ON SCHEMA public TO "no body";
        ALTER TABLE users OWNER TO "no body"; ALTER TABLE orders OWNER TO "no body";
        CREATE TABLE much AS SELECT repeat(md5(n::text), 30) FROM generate_series(1, 20000) AS n""")
    url = database.url_as("no body")
    state, empty = desired(tmp_path, orphans("quarantine")), DesiredState(objects={})
    told = (
        'role "no body" may not see how far standbys are behind, nor what autovacuum does: its repairs do not pause '
        'for them; to make them pause, run GRANT pg_monitor TO "no body"'
    )

    def notes(plan: Plan) -> list[str]:
        return [one.message for one in plan.notes if one.rule == "no-pauses"]

    try:
        assert notes(reconciler.plan(state, url)) == [told]
        assert notes(reconciler.plan(state, database.url)) == []
        apply_all(state, url)
        assert notes(reconciler.plan_undo("last", empty, url)) == [told]
        table = TableName(schema="public", name="much")
        start = database.value("SELECT pg_current_wal_lsn() - 10000000")
        database.execute('GRANT pg_monitor TO "no body"')
        assert notes(reconciler.plan_undo("last", empty, url)) == []
        standby = PGconn.connect(f"{database.url}&replication=true&application_name=late".encode())
        try:
            standby.send_query(f"START_REPLICATION PHYSICAL {start}".encode())
            with connect(url) as reading:
                (lagging, _) = pause_checks(reading, timedelta(seconds=10))
                wait_until(lambda: lagging.read(table), "the standby catches up")
                database.execute('REVOKE pg_monitor FROM "no body"')
                assert lagging.read(table) is None
        finally:
            standby.finish()
    finally:
        database.execute('DROP OWNED BY "no body" CASCADE; DROP ROLE "no body"')


def test_a_repair_pauses_for_a_standby_and_fails_in_the_end() -> None:
    now, slept, said = [0.0], list[float](), list[str]()
    lags = iter([12.0, 11.0, 3.0, *[60.0] * 100])

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    def read(_: TableName) -> str | None:
        lag = next(lags)
        return f"{lag:.0f} s behind" if lag > 10 else None

    pace = Pace(
        checks=(PauseCheck(reason=PauseReason.REPLICA_LAG, read=read),),
        longest=timedelta(seconds=30),
        say=lambda reason, _elapsed_s: said.append(reason),
        check=lambda: None,
        clock=replace(SYSTEM, monotonic=lambda: now[0], sleep=sleep),
    )
    table = TableName(schema="public", name="orders")
    pace.before_batch(table)
    assert (sum(slept), said) == (2.0, ["paused for replica lag: 12 s behind"])
    pace.before_batch(table)  # it has just looked
    assert sum(slept) == 2.0
    now[0] += 1
    with pytest.raises(StepFailed, match="60 s behind"):
        pace.before_batch(table)
    assert sum(slept) == 32.0


@pytest.mark.parametrize(
    ("size", "took_s", "expected"),
    [(200, 0.01, 800), (400, 0.25, 400), (5000, 1.0, 1250), (1, 9.0, 1), (4000, 0.0, 5000)],
)
def test_batches_adapt_to_half_of_the_target_time(size: int, took_s: float, expected: int) -> None:
    assert next_size(size, took_s, timedelta(milliseconds=500), most=5000) == expected


@pytest.mark.parametrize(
    ("rows", "found", "took_s", "expected"),
    [(200, 0, 0.01, 200), (200, 150, 0.01, 600), (800, 800, 2.0, 100), (800, 0, 1.0, 1), (3200, 3200, 0.01, 5000)],
)
def test_a_batch_has_as_many_rows_as_the_time_of_those_found_allows(
    rows: int, found: int, took_s: float, expected: int
) -> None:
    assert next_rows(rows, found, took_s, BatchSize()) == expected


def test_a_batch_reads_as_many_pages_as_have_almost_its_rows() -> None:
    assert (most_pages(1600, 100, 50), most_pages(1600, 100, 0), most_pages(1, 8, 8)) == (3000, 4096, 0)


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize("script", [False, True], ids=["apply", "script"])
def test_slow_rows_after_many_pages_without_any_keep_batches_short(
    database: Database, tmp_path: Path, script: bool
) -> None:
    """Pages without violators are read quickly, which shows nothing about the time that a row takes."""
    database.execute(f"""{ORPHANS};
        TRUNCATE orders;
        INSERT INTO orders SELECT n, 1, repeat('x', 500) FROM generate_series(10001, 20000) AS n;
        INSERT INTO orders SELECT n, 999 FROM generate_series(20001, 21000) AS n;
        CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.001); RETURN OLD; END $$;
        CREATE TRIGGER slow BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION slow()""")
    state = desired(
        tmp_path, orphans("quarantine", more="policy: {allow: [fires-triggers], batch: {target: 300ms}}")
    )
    if script:
        assert database.psql(render_sql(report_of(reconciler.plan(state, database.url)))).returncode == 0
    else:
        apply_all(state, database.url)
    (quarantine,) = quarantines(database)
    batches = [n for (n,) in database.query(f"SELECT count(*)::int FROM {quarantine} GROUP BY xmin::text")]
    assert sum(batches) == 1000
    assert max(batches) <= 300


@pytest.mark.pg(">= 18")
def test_other_formats_and_previews_show_a_repair(database: Database, tmp_path: Path) -> None:
    database.execute(SMALL)
    state = desired(tmp_path, orphans("quarantine"))
    plan = reconciler.plan(state, database.url)
    preview = reconciler.plan_snapshot(state, reconciler.take_snapshot(state, database.url).encode())
    assert [str(one.id) for one in preview.steps] == [str(one.id) for one in plan.steps]
    sent, previewed = (
        next(step.action for step in one.steps if step.id.verb is Verb.REPAIR).statements for one in (plan, preview)
    )
    assert previewed == sent
    report = report_of(plan)
    for text in (render_text(report, verbose=True), render_markdown(report), render_html(report)):
        assert "FOR UPDATE OF" in text.replace("&quot;", '"')
    apply_all(state, database.url)
    again = reconciler.take_snapshot(state, database.url).encode()
    assert reconciler.plan_snapshot(state, again).in_sync


@pytest.mark.pg(">= 18")
def test_a_restore_that_is_killed_at_any_moment_loses_no_row(database: Database, tmp_path: Path) -> None:
    """Half of the rows fit; the others are tried one by one in each run."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    database.execute(f"{SMALL}; INSERT INTO orders SELECT n, n % 2 + 7, 'x' FROM generate_series(10, 600) AS n")
    state, columns = desired(tmp_path, orphans("quarantine")), "id, user_id, note"
    before, killed = whole_rows(database, ["orders"], columns), 0
    # It waits for a batch, however slow the machine is, and then for a part of its time.
    kill = """DO $$ BEGIN FOR n IN 1..1000 LOOP
        PERFORM pg_stat_clear_snapshot();
        IF EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'reconcile' AND query LIKE '%misfits jsonb%')
        THEN
            PERFORM pg_sleep({pause});
            PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'reconcile';
            EXIT;
        END IF;
        PERFORM pg_sleep(0.001);
        END LOOP; END $$"""
    for _ in range(30 if NIGHTLY else 1):
        database.execute("ALTER TABLE orders DROP CONSTRAINT IF EXISTS orders_user_id_fkey")
        database.execute("DELETE FROM users WHERE id > 1")
        apply_all(state, database.url)
        database.execute("INSERT INTO users VALUES (7)")
        killer = threading.Thread(target=database.execute, args=(kill.format(pause=chance.uniform(0, 0.02)),))
        killer.start()
        try:
            reconciler.restore_quarantined(database.url, approve=lambda *_: True)
        except reconciler.ConnectionFailed:
            killed += 1
        killer.join()
        assert whole_rows(database, ["orders", *quarantines(database)], columns) == before
    assert killed or not NIGHTLY
    reconciler.restore_quarantined(database.url, approve=lambda *_: True)
    assert database.value("SELECT count(*) FROM orders WHERE user_id = 7") == 297
