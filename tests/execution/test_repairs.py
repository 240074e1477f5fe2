"""Repairs of rows: none is lost, no row is in two places, and no other table is changed."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

import reconciler
from reconciler.clock import SYSTEM
from reconciler.execution.pace import Look, Pace, PauseReason
from reconciler.execution.repair import next_size
from reconciler.model.errors import Diverged, StepFailed
from reconciler.model.events import Event, RunStatus, StepStarted, StepWaiting
from reconciler.model.names import TableName
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.step_id import Verb
from reconciler.report import render_html, render_markdown, render_text
from reconciler.report.json import render_json
from reconciler.report.report import report_of
from reconciler.report.sql import render_sql
from tests.execution.repairing import SMALL, orphans, quarantines, whole_rows
from tests.execution.support import Events, apply, apply_all, assert_in_sync, desired, session
from tests.report.plans import PLANS
from tests.servers import NIGHTLY, Database

ORPHANS = """
    CREATE TABLE users (id int PRIMARY KEY);
    INSERT INTO users SELECT n FROM generate_series(1, 100) AS n;
    CREATE TABLE orders (id int PRIMARY KEY, user_id int, note text);
    INSERT INTO orders SELECT n, n % 150 + 1, repeat('x', n % 50) FROM generate_series(1, 3000) AS n"""


def plan_of(database: Database, folder: Path, text: str, *allow: str) -> Plan:
    return reconciler.plan(desired(folder, text), database.url, options=Options(allow=frozenset(allow)))


def refused(plan: Plan) -> list[str]:
    return [str(one.rule) for one in plan.refusals]


@pytest.mark.ends
def test_orphans_move_in_batches(database: Database, tmp_path: Path) -> None:
    database.execute(ORPHANS)
    columns = "id, user_id, note"
    before, events = whole_rows(database, ["orders"], columns), Events()
    state = desired(tmp_path, orphans("quarantine", more="policy: {batch: {rows: 100}}"))
    result = apply_all(state, database.url, events)
    (quarantine,) = quarantines(database)
    assert whole_rows(database, ["orders", quarantine], columns) == before
    assert database.query(
        "SELECT count(*), min(user_id), array_agg(DISTINCT reconcile_reason), "
        "array_agg(DISTINCT reconcile_run::text), "
        f"bool_and(reconcile_key = jsonb_build_object('id', id::text)) FROM {quarantine}"
    ) == [(1000, 101, ["orphans"], [result.run_id], True)]
    assert [
        rows
        for (rows,) in database.query(
            "SELECT rows_affected FROM migration_log WHERE step_name ^@ 'repair' AND status = 'completed'"
        )
    ] == [1000]
    assert_in_sync(state, database.url)


ODD = """
    CREATE TABLE parents (a int, b text, PRIMARY KEY (a, b));
    INSERT INTO parents VALUES (1, 'x');
    CREATE TYPE mood AS ENUM ('sad', 'glad');
    CREATE DOMAIN positive AS int CHECK (VALUE > 0);
    CREATE DOMAIN small AS positive CHECK (VALUE < 100);
    CREATE TABLE "Odd ""one" (
        id int GENERATED ALWAYS AS IDENTITY, a int NOT NULL DEFAULT 5, "b%" text, s small, m mood, ms mood[],
        twice int GENERATED ALWAYS AS (a * 2) STORED, "reconcile_run" text, j jsonb, v varchar(3));
    INSERT INTO "Odd ""one" (a, "b%", s, m, ms, reconcile_run, j, v)
    SELECT n, CASE WHEN n % 7 > 0 THEN 'x' END, n, 'glad', ARRAY['sad', 'glad']::mood[], 'mine', '{"a": [1]}', 'abc'
      FROM generate_series(1, 20) AS n;
    CREATE TABLE parts (a int, b text, day int, PRIMARY KEY (day, a)) PARTITION BY LIST (day);
    CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);
    CREATE TABLE parts_2 (day int NOT NULL, b text, a int NOT NULL);
    ALTER TABLE parts ATTACH PARTITION parts_2 FOR VALUES IN (2);
    INSERT INTO parts SELECT n, CASE WHEN n % 2 = 0 THEN 'x' ELSE 'y' END, n % 2 + 1 FROM generate_series(1, 20) AS n;
    CREATE TABLE composite (k1 text, k2 uuid, a int, b text, PRIMARY KEY (k1, k2));
    INSERT INTO composite SELECT 'it''s ' || n % 3, gen_random_uuid(), n % 2, 'x' FROM generate_series(1, 50) AS n"""
ODD_FILE = """
policy: {batch: {rows: 3}}
tables:
  'Odd "one':
    foreign_keys: {f1: {columns: [a, "b%"], references: parents, orphans: quarantine}}
  parts:
    foreign_keys: {f2: {columns: [a, b], references: parents, orphans: quarantine}}
  composite:
    foreign_keys: {f3: {columns: [a, b], references: parents, orphans: quarantine}}"""


def test_rows_of_any_table_are_kept_whole(database: Database, tmp_path: Path) -> None:
    """Tables without a primary key and with a composite one, partitions, identity and generated columns, domains
    and user-defined types, and a column with the name of one of the tool's."""
    database.execute(ODD)
    tables = {'"Odd ""one"': 'id, a, "b%", s, m::text, ms::text, twice, reconcile_run, j, v', "parts": "a, b, day"}
    tables["composite"] = "k1, k2, a, b"
    before = {table: whole_rows(database, [table], columns) for table, columns in tables.items()}
    state = desired(tmp_path, ODD_FILE)
    apply_all(state, database.url)
    of = {name.split(".")[1].strip('"')[2:-13]: name for name in quarantines(database)}
    assert sorted(of) == ['Odd ""one', "composite", "parts"]
    for table, columns in tables.items():
        own = of[table.strip('"')]
        assert whole_rows(database, [table, own], columns) == before[table]
    moved = [database.value(f"SELECT count(*) FROM {of[table.strip(chr(34))]}") for table in tables]
    assert moved == [17, 20, 25]
    types = database.query(
        "SELECT attname::text, format_type(atttypid, NULL) FROM pg_attribute JOIN pg_class c ON c.oid = attrelid "
        "WHERE relname ^@ 'q_Odd' AND attname IN ('s', 'm', 'ms', 'twice', 'reconcile_run', 'reconcile_run_') "
        "ORDER BY 1"
    )
    assert types == [
        ("m", "text"),
        ("ms", "text"),
        ("reconcile_run", "text"),
        ("reconcile_run_", "uuid"),
        ("s", "integer"),
        ("twice", "integer"),
    ]
    assert_in_sync(state, database.url)


@pytest.mark.pg(">= 18")
def test_set_null_deletes_nothing_and_keeps_the_old_values(database: Database, tmp_path: Path) -> None:
    database.execute(
        SMALL
        + """;
        CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'deleted'; END $$;
        CREATE TRIGGER never BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION no()"""
    )
    state = desired(tmp_path, orphans('"set null"'))
    apply_all(state, database.url)
    assert database.query("SELECT * FROM orders ORDER BY id") == [(1, 1, "a"), (2, None, "b"), (3, None, None)]
    (quarantine,) = quarantines(database)
    assert database.query(f"SELECT id, user_id, note FROM {quarantine} ORDER BY id") == [(2, 7, "b"), (3, 8, None)]
    assert_in_sync(state, database.url)


@pytest.mark.pg(">= 18")
def test_delete_keeps_nothing_and_must_be_accepted(database: Database, tmp_path: Path) -> None:
    database.execute(SMALL)
    assert refused(plan_of(database, tmp_path, orphans("delete"))) == ["hazard-not-accepted"]
    result = apply(desired(tmp_path, orphans("delete")), database.url, allow=["data-loss"])
    assert result.status is RunStatus.COMPLETED
    assert database.query("SELECT id FROM orders") == [(1,)]
    assert quarantines(database) == []


@pytest.mark.pg(">= 18")
def test_rows_that_others_refer_to_are_refused_with_their_number(database: Database, tmp_path: Path) -> None:
    """A cascade over three tables would remove rows that no quarantine receives."""
    database.execute(
        SMALL
        + """;
        CREATE TABLE items (id int PRIMARY KEY, order_id int REFERENCES orders ON DELETE CASCADE);
        CREATE TABLE parts (id int PRIMARY KEY, item_id int REFERENCES items ON DELETE CASCADE);
        CREATE TABLE screws (part_id int REFERENCES parts ON DELETE CASCADE);
        INSERT INTO items VALUES (1, 2), (2, 2); INSERT INTO parts VALUES (1, 1); INSERT INTO screws VALUES (1)"""
    )
    plan = plan_of(database, tmp_path, orphans("quarantine"))
    assert [one.cause for one in plan.refusals] == [
        "1 row to repair in public.orders that rows of public.items refer to by foreign key items_order_id_fkey on "
        "public.items"
    ]
    state, events = desired(tmp_path, orphans("quarantine")), Events()
    database.execute("DELETE FROM items")

    def refer_again(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.verb is Verb.REPAIR:
            database.execute("INSERT INTO items VALUES (1, 2)")

    text = "policy: {max_lock_wait: 1s}"
    result = apply(desired(tmp_path, orphans("quarantine", more=text)), database.url, events, refer_again)
    assert isinstance(result.error, StepFailed)
    assert "1 row in public.orders" in result.error.message
    assert database.query("SELECT id FROM items") == [(1,)]
    assert database.query("SELECT id FROM orders ORDER BY id") == [(1,), (2,)]
    database.execute("DELETE FROM items")
    apply_all(state, database.url)
    assert_in_sync(state, database.url)


@pytest.mark.pg(">= 18")
def test_a_row_that_refers_to_another_orphan_of_its_own_table_is_refused(
    database: Database, tmp_path: Path
) -> None:
    database.execute(
        "CREATE TABLE orders (id int PRIMARY KEY, user_id int); INSERT INTO orders VALUES (1, 9), (2, 1)"
    )
    text = orphans("quarantine").replace("users(id)", "orders(id), on_delete: cascade")
    assert refused(plan_of(database, tmp_path, text)) == ["referenced-rows"]


RAISING = """;
    CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not this one: %', OLD.note; END $$;
    CREATE FUNCTION skip() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
    CREATE TRIGGER kept BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION keep()"""


@pytest.mark.pg(">= 18")
def test_triggers_must_be_accepted_and_lose_no_row(database: Database, tmp_path: Path) -> None:
    database.execute(SMALL + RAISING)
    text = orphans("quarantine", more="policy: {max_lock_wait: 1s}")
    plan = plan_of(database, tmp_path, text)
    assert [(str(one.rule), one.cause.partition(";")[0]) for one in plan.refusals] == [
        ("hazard-not-accepted", "fires-triggers: public.orders: trigger kept calls public.keep()")
    ]
    result = apply(desired(tmp_path, text), database.url, allow=["fires-triggers"])
    assert isinstance(result.error, StepFailed)
    assert "not this one" not in result.message
    database.execute(
        "DROP TRIGGER kept ON orders; "
        "CREATE TRIGGER skipped BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION skip()"
    )
    result = apply(desired(tmp_path, text), database.url, allow=["fires-triggers"])
    assert isinstance(result.error, StepFailed)
    assert result.error.rule == "rows-remain"
    assert database.query("SELECT id FROM orders ORDER BY id") == [(1,), (2,), (3,)]
    assert [database.value(f"SELECT count(*) FROM {name}") for name in quarantines(database)] == [0]


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize(
    "meanwhile",
    [
        "ALTER TABLE orders ADD COLUMN late int",
        "CREATE TRIGGER late BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION "
        "suppress_redundant_updates_trigger()",
        "CREATE TABLE late (order_id int REFERENCES orders ON DELETE SET NULL)",
    ],
)
def test_a_table_that_has_changed_since_the_plan_is_left_alone(
    database: Database, tmp_path: Path, meanwhile: str
) -> None:
    database.execute(SMALL)

    def change(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.verb is Verb.REPAIR:
            database.execute(meanwhile)

    result = apply(desired(tmp_path, orphans("quarantine")), database.url, change)
    assert isinstance(result.error, Diverged)
    assert database.value("SELECT count(*) FROM orders") == 3


@pytest.mark.pg(">= 18")
def test_row_security_that_hides_orphans_is_refused(database: Database, tmp_path: Path) -> None:
    database.execute(
        SMALL
        + """;
        CREATE ROLE limited LOGIN; GRANT CREATE ON DATABASE {} TO limited;
        GRANT USAGE, CREATE ON SCHEMA public TO limited;
        ALTER TABLE users OWNER TO limited; ALTER TABLE orders OWNER TO limited;
        ALTER TABLE orders ENABLE ROW LEVEL SECURITY; ALTER TABLE orders FORCE ROW LEVEL SECURITY;
        CREATE POLICY half ON orders USING (id <> 3)""".replace("{}", database.name)
    )
    try:
        plan = reconciler.plan(desired(tmp_path, orphans("quarantine")), database.url_as("limited"))
        assert [str(one.rule) for one in plan.refusals] == ["data-check-failed"]
        database.execute("ALTER TABLE orders NO FORCE ROW LEVEL SECURITY")
        state = desired(tmp_path, orphans("quarantine"))
        apply_all(state, database.url_as("limited"))
        (quarantine,) = quarantines(database)
        assert database.query(
            "SELECT relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner), relacl FROM pg_class "
            f"WHERE oid = '{quarantine}'::regclass"
        ) == [(True, False, "limited", None)]
        assert database.value(f"SELECT count(*) FROM {quarantine}") == 2
    finally:
        database.execute("DROP OWNED BY limited CASCADE; DROP ROLE limited")


@pytest.mark.pg(">= 18")
def test_rows_that_others_have_locked_are_repaired_later(database: Database, tmp_path: Path) -> None:
    """A batch waits for nobody, and a row that was repaired by hand in the meantime stays."""
    database.execute(SMALL)
    state = desired(tmp_path, orphans("quarantine"))
    with session(database.url) as other:
        timer = threading.Timer(0.3, lambda: other.execute("COMMIT"))

        def lock(event: Event) -> None:
            if isinstance(event, StepStarted) and event.step.id.verb is Verb.REPAIR:
                other.execute("BEGIN; UPDATE orders SET user_id = 1 WHERE id = 2")
                timer.start()

        apply_all(state, database.url, lock)
        timer.join()
    assert database.query("SELECT id, user_id FROM orders ORDER BY id") == [(1, 1), (2, 1)]
    (quarantine,) = quarantines(database)
    assert database.query(f"SELECT id FROM {quarantine}") == [(3,)]


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
def test_the_script_for_psql_repairs_as_apply_does(database: Database, tmp_path: Path) -> None:
    database.execute(ODD)
    tables = {'"Odd ""one"': 'id, a, "b%", s, m::text, ms::text, twice, reconcile_run, j, v', "parts": "a, b, day"}
    tables["composite"] = "k1, k2, a, b"
    before = {table: whole_rows(database, [table], columns) for table, columns in tables.items()}
    state = desired(tmp_path, ODD_FILE)
    done = database.psql("\\set messages 1\n" + render_sql(report_of(reconciler.plan(state, database.url))))
    assert done.returncode == 0, done.stderr
    of = {name.split(".")[1].strip('"')[2:-13]: name for name in quarantines(database)}
    for table, columns in tables.items():
        assert whole_rows(database, [table, of[table.strip('"')]], columns) == before[table]
    assert_in_sync(state, database.url)


@pytest.mark.pg(">= 18")
def test_a_repair_that_is_killed_at_any_moment_loses_no_row(database: Database, tmp_path: Path) -> None:
    """Writers run meanwhile. `kept` is what they have done: all rows that were ever inserted, in their last form."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
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
    begin, killed = 10_000, 0
    for _ in range(100 if NIGHTLY else 4):
        begin += 100
        worker = threading.Thread(target=database.execute, args=(f"CALL work({begin})",))
        worker.start()
        timers: list[threading.Timer] = []
        result_of = partial(apply, state, database.url, _kill_in(database, chance.uniform(0, 0.25), timers))
        try:
            killed += result_of().error is not None
        except reconciler.ConnectionFailed:
            killed += 1
        for one in (worker, *timers):
            one.join()
        assert_nothing_lost(database)
        orphans_again = f"SELECT {begin}000 + n, 200 + n, 'again' FROM generate_series(1, 300) AS n"
        database.execute(
            "ALTER TABLE orders DROP CONSTRAINT IF EXISTS orders_user_id_fkey; "
            f"INSERT INTO orders {orphans_again}; INSERT INTO kept {orphans_again}"
        )
    assert killed
    apply_all(state, database.url)
    assert_nothing_lost(database)
    assert_in_sync(state, database.url)


def _kill_in(database: Database, delay_s: float, timers: list[threading.Timer]) -> Callable[[Event], None]:
    """Return a listener that ends the backend of the run some time after its repair has begun."""
    kill = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'reconcile' "
        "AND pid <> pg_backend_pid() AND (query LIKE '%planned bool%' OR query LIKE '%migration_log%')"
    )

    def listen(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.verb is Verb.REPAIR:
            timers.append(threading.Timer(delay_s, database.execute, args=(kill,)))
            timers[0].start()

    return listen


def assert_nothing_lost(database: Database) -> None:
    tables = ["orders", *quarantines(database)]
    assert whole_rows(database, tables, "id, user_id, note") == whole_rows(database, ["kept"], "id, user_id, note")


def test_a_repair_pauses_for_a_standby_and_gives_up_in_the_end() -> None:
    now, slept, events = [0.0], list[float](), Events()
    lags = iter([12.0, 11.0, 3.0, *[60.0] * 100])

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    def read(_: TableName) -> str | None:
        lag = next(lags)
        return f"{lag:.0f} s behind" if lag > 10 else None

    pace = Pace(
        looks=(Look(reason=PauseReason.REPLICA_LAG, read=read),),
        longest=timedelta(seconds=30),
        emit=events,
        check=lambda: None,
        clock=replace(SYSTEM, monotonic=lambda: now[0], sleep=sleep),
    )
    step = PLANS["changes"].steps[0]
    table = TableName(schema="public", name="orders")
    pace.before_batch(step, table)
    assert (sum(slept), events.reasons(StepWaiting)) == (2.0, "paused for replica lag: 12 s behind")
    pace.before_batch(step, table)  # it has just looked
    assert sum(slept) == 2.0
    now[0] += 1
    with pytest.raises(StepFailed, match="60 s behind"):
        pace.before_batch(step, table)
    assert sum(slept) == 32.0


@pytest.mark.parametrize(
    ("size", "took_s", "expected"),
    [(200, 0.01, 400), (400, 0.25, 400), (5000, 1.0, 1250), (1, 9.0, 1), (4000, 0.0, 5000)],
)
def test_batches_adapt_to_half_of_the_target_time(size: int, took_s: float, expected: int) -> None:
    assert next_size(size, took_s, timedelta(milliseconds=500), most=5000) == expected


VIOLATORS = """
    CREATE TABLE accounts (id int PRIMARY KEY, balance int, currency text);
    CREATE TABLE children () INHERITS (accounts);
    INSERT INTO accounts VALUES (1, 5, 'EUR'), (2, -5, NULL), (3, NULL, NULL), (4, -1, 'USD');
    INSERT INTO children VALUES (5, -9, NULL)"""


def accounts(violators: str, nulls: str) -> str:
    return f"""
policy: {{allow: [blocks-updates, data-loss]}}
tables:
  accounts:
    not_null: {{currency: {{nulls: {nulls}}}}}
    checks:
      accounts_balance_check: {{expression: accounts.balance >= 0, violators: {violators}}}"""


@pytest.mark.ends
@pytest.mark.parametrize(
    ("violators", "nulls", "expected", "kept"),
    [
        (
            "quarantine",
            "quarantine",
            [(1, 5, "EUR")],
            {"nulls": [2, 3, 5], "violations": [4]},
        ),
        (
            """{set: {balance: abs(balance), currency: "coalesce(currency, 'GBP')"}}""",
            "{fill: \"'USD'\"}",
            [(1, 5, "EUR"), (2, 5, "USD"), (3, None, "USD"), (4, 1, "USD"), (5, 9, "USD")],
            {"nulls": [2, 3, 5], "violations": [2, 4, 5]},
        ),
        ("delete", "delete", [(1, 5, "EUR")], {}),
    ],
)
def test_violators_of_checks_and_nulls(
    database: Database,
    tmp_path: Path,
    violators: str,
    nulls: str,
    expected: list[tuple[Any, ...]],
    kept: dict[str, list[int]],
) -> None:
    database.execute(VIOLATORS)
    text = accounts(violators, nulls)
    plan = plan_of(database, tmp_path, text.replace("blocks-updates, ", ""))
    assert {one.cause.partition(":")[0] for one in plan.refusals} == {"blocks-updates"}
    state = desired(tmp_path, text)
    apply_all(state, database.url)
    assert database.query("SELECT * FROM accounts ORDER BY id") == expected
    found: dict[str, list[int]] = {}
    for name in quarantines(database):
        for reason, id_ in database.query(f"SELECT reconcile_reason, id FROM {name} ORDER BY id"):
            found.setdefault(reason, []).append(id_)
    assert found == kept
    assert_in_sync(state, database.url)


@pytest.mark.pg(">= 18")
def test_new_values_that_would_not_comply_are_refused(database: Database, tmp_path: Path) -> None:
    database.execute(VIOLATORS)
    text = accounts("{set: {balance: balance + 1}}", "{fill: \"nullif('x', 'x')\"}")
    assert [(one.rule, one.cause) for one in plan_of(database, tmp_path, text).refusals] == [
        ("nulls", "3 rows in public.accounts where currency is NULL, also after currency = nullif('x', 'x')"),
        (
            "violations",
            "2 rows in public.accounts would violate accounts_balance_check, also after balance = balance + 1",
        ),
    ]
    text = accounts("{set: {saldo: balance}}", "{fill: \"'x'\"}")
    assert [one.cause for one in plan_of(database, tmp_path, text).refusals] == [
        f"the repair would set saldo of public.{table}, which does not exist" for table in ("accounts", "children")
    ]


@pytest.mark.pg(">= 18")
def test_rows_that_are_kept_are_worked_off(database: Database, tmp_path: Path) -> None:
    """New rows are checked at once, and the first run that finds no old row validates the constraints."""
    database.execute(f"{SMALL}; ALTER TABLE orders ADD CHECK (id > 0)")
    text = """
policy: {allow: [blocks-updates]}
tables:
  orders:
    not_null: {note: {nulls: keep}}
    checks: {orders_id_check1: {expression: id <> 2, violators: keep}}
    foreign_keys:
      orders_user_id_fkey: {columns: user_id, references: users(id), orphans: keep}"""
    state = desired(tmp_path, text)
    assert set(refused(plan_of(database, tmp_path, text.replace("blocks-updates", "")))) == {"hazard-not-accepted"}
    apply_all(state, database.url)
    for row in ("9, 9, 'x'", "9, 1, NULL"):
        with pytest.raises(psycopg.errors.IntegrityError):
            database.execute(f"INSERT INTO orders VALUES ({row})")
    plan = reconciler.plan(state, database.url)
    assert plan.in_sync
    assert sorted(one.message for one in plan.notes if one.rule == "rows-left") == [
        "stays NOT VALID: 1 row in public.orders where note is NULL",
        "stays NOT VALID: 1 row in public.orders would violate orders_id_check1",
        "stays NOT VALID: 2 rows in public.orders without a matching row in public.users(id)",
    ]
    assert database.value("SELECT count(*) FROM orders") == 3
    database.execute("DELETE FROM orders WHERE id = 2")
    apply_all(state, database.url)
    invalid = "SELECT count(*) FROM pg_constraint WHERE conrelid = 'orders'::regclass AND NOT convalidated"
    assert database.value(invalid) == 2
    database.execute("DELETE FROM orders WHERE id = 3")
    apply_all(state, database.url)
    assert database.value(invalid) == 0
    assert_in_sync(state, database.url)
    assert not [one for one in reconciler.plan(state, database.url).notes if one.rule == "rows-left"]


@pytest.mark.pg("< 18")
@pytest.mark.ends
def test_nulls_are_not_kept_before_postgresql_18(database: Database, tmp_path: Path) -> None:
    database.execute(SMALL)
    plan = plan_of(database, tmp_path, "tables: {orders: {not_null: {note: {nulls: keep}}}}")
    assert [(one.rule, one.remedy.partition("; ")[2]) for one in plan.refusals] == [
        ("nulls", "before PostgreSQL 18, use a check `note IS NOT NULL` with `violators: keep`")
    ]


@pytest.mark.pg(">= 18")
def test_a_chain_of_new_foreign_keys_is_repaired_from_its_end(database: Database, tmp_path: Path) -> None:
    """Rows that will refer to an orphan are counted before either foreign key exists."""
    database.execute(
        f"{SMALL}; CREATE TABLE items (id int PRIMARY KEY, order_id int); INSERT INTO items VALUES (1, 2)"
    )
    text = (
        orphans("quarantine")
        + """
  items:
    foreign_keys:
      items_order_id_fkey: {columns: order_id, references: orders(id), on_delete: cascade, orphans: quarantine}
      wrong: {columns: nothing, references: orders(id)}"""
    )
    plan = plan_of(database, tmp_path, text)
    assert sorted(map(str, refused(plan))) == ["missing-column", "referenced-rows"]
    state = desired(tmp_path, text.replace("wrong: {columns: nothing, references: orders(id)}", ""))
    database.execute("UPDATE items SET order_id = 1")
    apply_all(state, database.url)
    assert_in_sync(state, database.url)


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
