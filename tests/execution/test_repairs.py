"""Repairs of rows: none is lost, no row is in two places, and no other table is changed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

import reconciler
from reconciler.model.errors import Diverged, StepFailed
from reconciler.model.events import Event, StepStarted
from reconciler.model.step_id import Verb
from reconciler.report.report import report_of
from reconciler.report.sql import render_sql
from tests.execution.repairing import (
    ODD,
    ODD_FILE,
    ORPHANS,
    SMALL,
    orphans,
    plan_of,
    quarantines,
    refused,
    whole_rows,
)
from tests.execution.support import Events, apply, apply_all, assert_in_sync, desired, session
from tests.servers import Database


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


@pytest.mark.ends
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


@pytest.mark.ends
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
