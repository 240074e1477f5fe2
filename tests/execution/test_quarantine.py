"""The quarantine keeps each row as it was, and shows it to nobody else."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import psycopg
import pytest

import reconciler
from reconciler.model.errors import Diverged
from reconciler.model.events import Event, StepStarted
from reconciler.model.names import Key
from reconciler.model.repair import quarantine_key
from reconciler.model.step import RepairAction
from reconciler.model.step_id import Verb
from reconciler.postgres.repairs import ROWS_LOST, batch_statement, in_pages, planned_statement
from reconciler.report.report import report_of
from reconciler.report.sql import render_sql
from tests.execution.repairing import LYING, OUTPUT, SMALL, orphans, quarantines
from tests.execution.support import apply, apply_all, assert_in_sync, desired, transaction
from tests.execution.test_locks import assert_locks_as_claimed
from tests.servers import Database

QUARANTINE = quarantine_key(
    Key(schema="public", table="orders", kind="foreign_key", name="orders_user_id_fkey"), 1
).table_name
AGAIN = "ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey; INSERT INTO orders (id, user_id) VALUES (9, 9)"


@pytest.mark.ends
def test_values_are_kept_in_the_form_of_their_type_and_not_of_a_cast(database: Database, tmp_path: Path) -> None:
    """Each column as the output function of its type writes it; the quarantine has the same text or value."""
    database.execute(LYING)
    columns = OUTPUT.split(", ")
    shown = ", ".join(f"CASE WHEN num_nulls({one}) = 0 THEN format('%s', {one}) END" for one in columns)
    before = database.query(f"SELECT {shown} FROM orders ORDER BY user_id, m")
    keys = database.query("SELECT format('%s', c), format('%s', m) FROM orders ORDER BY m")
    state = desired(tmp_path, orphans("quarantine"))
    apply_all(state, database.url)
    (quarantine,) = quarantines(database)
    order = "array_position('{sad,glad,odd}', m)"
    assert database.query(f"SELECT {shown} FROM {quarantine} ORDER BY {order}") == before
    found = f"SELECT reconcile_key ->> 'c', reconcile_key ->> 'm' FROM {quarantine} ORDER BY {order}"
    assert database.query(found) == keys
    assert before[0][:6] == ("sad", "glad", "x", '("a b",)', "[sad,glad]", "{sad,glad}")
    database.execute(
        f"INSERT INTO orders SELECT m::mood, d::mood, n, p::pair, r::moods, ms::mood[], ps::pair[], v, c, f, NULL "
        f"FROM {quarantine}"
    )
    assert database.query(f"SELECT {shown.replace('user_id', '7')} FROM orders ORDER BY m") == before


SWALLOW = f"""
    CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := 'lost'; RETURN NEW; END $$;
    CREATE TRIGGER t BEFORE INSERT ON {QUARANTINE} FOR EACH ROW EXECUTE FUNCTION swallow()"""


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize(
    "meanwhile",
    [
        SWALLOW,
        f"GRANT SELECT (note) ON {QUARANTINE} TO PUBLIC",
        f"ALTER TABLE {QUARANTINE} ALTER COLUMN note TYPE varchar(1)",
    ],
)
def test_rows_stay_if_the_quarantine_is_altered_during_the_repair(
    database: Database, tmp_path: Path, meanwhile: str
) -> None:
    database.execute(SMALL)

    def alter(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.verb is Verb.REPAIR:
            database.execute(meanwhile)

    state = desired(tmp_path, orphans("quarantine"))
    result = apply(state, database.url, alter)
    assert isinstance(result.error, Diverged)
    assert database.query("SELECT * FROM orders ORDER BY id") == [(1, 1, "a"), (2, 7, "b"), (3, 8, None)]
    apply_all(state, database.url)  # the table is not used again
    assert [database.value(f"SELECT count(*) FROM {name}") for name in quarantines(database)] == [0, 2]


@pytest.mark.pg(">= 18")
def test_a_row_that_does_not_reach_the_quarantine_stays(database: Database, tmp_path: Path) -> None:
    """Also if the batch alone has to notice it."""
    database.execute(SMALL)
    state = desired(tmp_path, orphans("quarantine"))
    plan = reconciler.plan(state, database.url)
    (action,) = [one.action for one in plan.steps if isinstance(one.action, RepairAction)]
    apply_all(state, database.url)
    database.execute(f"{SWALLOW.replace('RETURN NEW', 'RETURN NULL')}; {AGAIN}")
    with pytest.raises(psycopg.errors.Error) as error:
        database.execute(batch_statement(action.batches[0], in_pages(0, 9, 9), most=9, run_id=str(UUID(int=1))))
    assert error.value.sqlstate == ROWS_LOST
    assert database.query("SELECT id FROM orders ORDER BY id") == [(1,), (9,)]


@pytest.mark.pg(">= 18")
def test_the_script_for_psql_checks_the_quarantine_before_each_batch(database: Database, tmp_path: Path) -> None:
    database.execute(SMALL)
    script = render_sql(report_of(reconciler.plan(desired(tmp_path, orphans("quarantine")), database.url)))
    assert "SELECT set_config('reconcile.run'" in script
    done = database.psql(
        script.replace("SELECT set_config('reconcile.run'", f"{SWALLOW};\nSELECT set_config('reconcile.run'")
    )
    assert "RC012" in done.stderr or "a table has changed" in done.stderr
    assert database.query("SELECT * FROM orders ORDER BY id") == [(1, 1, "a"), (2, 7, "b"), (3, 8, None)]
    assert database.value(f"SELECT count(*) FROM {QUARANTINE}") == 0


@pytest.mark.pg(">= 18")
def test_the_quarantine_cannot_be_altered_until_the_batch_ends(database: Database, tmp_path: Path) -> None:
    """A session that creates a trigger between the check and the rows would have to wait for the batch."""
    database.execute(SMALL)
    plan = reconciler.plan(desired(tmp_path, orphans("quarantine")), database.url)
    (action,) = [one.action for one in plan.steps if isinstance(one.action, RepairAction)]
    apply_all(desired(tmp_path, orphans("quarantine")), database.url)
    with transaction(database.url, planned_statement(action.batches[0])):
        assert database.query(
            f"SELECT mode FROM pg_locks WHERE relation = '{QUARANTINE}'::regclass AND locktype = 'relation'"
        ) == [("RowExclusiveLock",)]
        with pytest.raises(psycopg.errors.LockNotAvailable):
            database.execute(f"SET lock_timeout = '10ms'; {SWALLOW}")


@pytest.mark.pg(">= 18")
def test_an_altered_quarantine_is_not_used_again(database: Database, tmp_path: Path) -> None:
    """The next rows enter a new table, and the old one stays as it is."""
    database.execute(SMALL)
    state = desired(tmp_path, orphans("quarantine"))
    apply_all(state, database.url)
    database.execute(AGAIN)
    for change, undo in (
        ("ALTER TABLE {} OWNER TO reader", "ALTER TABLE {} OWNER TO CURRENT_USER"),
        ("GRANT SELECT ON {} TO reader", "REVOKE SELECT ON {} FROM reader"),
        ("GRANT SELECT (note) ON {} TO PUBLIC", "REVOKE SELECT (note) ON {} FROM PUBLIC"),
        ("CREATE POLICY p ON {}", "DROP POLICY p ON {}"),
        ("CREATE UNIQUE INDEX i ON {} (note)", "DROP INDEX reconcile_archive.i"),
        ("ALTER TABLE orders ENABLE ROW LEVEL SECURITY", "ALTER TABLE orders DISABLE ROW LEVEL SECURITY"),
        ("ALTER TABLE orders OWNER TO reader", "ALTER TABLE orders OWNER TO CURRENT_USER"),
    ):
        database.execute(change.format(QUARANTINE))
        titles = [step.title for step in reconciler.plan(state, database.url).steps]
        assert f"create the quarantine table {QUARANTINE}_2" in titles, change
        database.execute(undo.format(QUARANTINE))
    database.execute("ALTER TABLE orders ENABLE ROW LEVEL SECURITY; ALTER TABLE orders OWNER TO reader")
    for count in (1, 2):  # the second table is used again
        apply_all(state, database.url)
        assert [database.value(f"SELECT count(*) FROM {one}") for one in quarantines(database)] == [2, count]
        database.execute(AGAIN.replace("9, 9", "10, 9"))
    assert database.query(
        f"SELECT pg_get_userbyid(relowner), relrowsecurity FROM pg_class WHERE oid = '{QUARANTINE}_2'::regclass"
    ) == [("reader", True)]


@pytest.mark.pg(">= 18")
def test_a_row_keeps_the_name_of_the_table_that_it_was_in(database: Database, tmp_path: Path) -> None:
    """Also if an earlier quarantine table did not have the column, and if the table has a column of the same name."""
    database.execute("""
        CREATE TABLE accounts (id int PRIMARY KEY, currency text);
        CREATE SCHEMA "Other"; CREATE TABLE "Other".children (UNIQUE (id)) INHERITS (accounts);
        INSERT INTO accounts VALUES (1, NULL); INSERT INTO "Other".children VALUES (2, NULL)""")
    state = desired(
        tmp_path,
        "policy: {allow: [blocks-updates]}\ntables: {accounts: {not_null: {currency: {nulls: quarantine}}}}",
    )
    apply_all(state, database.url)
    (quarantine,) = quarantines(database)
    where = f"SELECT id, reconcile_table::regclass = reconcile_table::regclass, reconcile_table FROM {quarantine}"
    assert database.query(f"{where} ORDER BY id") == [
        (1, True, "public.accounts"),
        (2, True, '"Other".children'),
    ]
    again = "ALTER TABLE accounts ALTER currency DROP NOT NULL; INSERT INTO accounts VALUES (3, NULL)"
    database.execute(f"ALTER TABLE {quarantine} DROP COLUMN reconcile_table; {again}")
    apply_all(state, database.url)
    assert quarantines(database) == [quarantine, f"{quarantine}_2"]
    assert database.query(f"SELECT id, reconcile_table FROM {quarantine}_2") == [(3, "public.accounts")]
    database.execute(f"ALTER TABLE accounts ADD COLUMN reconcile_table text DEFAULT 'mine'; {again}")
    apply_all(state, database.url)
    assert quarantines(database)[2:] == [f"{quarantine}_3"]
    assert database.query(f"SELECT reconcile_table, reconcile_table_ FROM {quarantine}_3") == [
        ("mine", "public.accounts")
    ]


@pytest.mark.pg(">= 18")
def test_the_repair_takes_the_locks_that_it_claims(database: Database, tmp_path: Path) -> None:
    database.execute(SMALL)
    assert_locks_as_claimed(desired(tmp_path, orphans("quarantine")), database)


@pytest.mark.pg(">= 18")
def test_the_quarantine_belongs_to_the_owner_of_the_table(database: Database, tmp_path: Path) -> None:
    database.execute(
        SMALL
        + """;
        CREATE ROLE seller; ALTER TABLE orders OWNER TO seller;
        ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC"""
    )
    try:
        apply_all(desired(tmp_path, orphans("quarantine")), database.url)
        assert database.query(
            "SELECT pg_get_userbyid(c.relowner), has_schema_privilege('seller', 'reconcile_archive', 'CREATE'), "
            "has_table_privilege('public', c.oid, 'SELECT') FROM pg_class c WHERE relname ^@ 'q_'"
        ) == [("seller", False, False)]
    finally:
        database.execute(
            "ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM PUBLIC; "
            "DROP OWNED BY seller CASCADE; DROP ROLE seller"
        )


@pytest.mark.pg(">= 18")
def test_a_change_of_columns_begins_a_new_quarantine(database: Database, tmp_path: Path) -> None:
    """Rows that were taken before a column was added have no value for it, and get its default when they go back."""
    database.execute(SMALL)
    state = desired(tmp_path, orphans("quarantine"))
    apply_all(state, database.url)
    again = "ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey; INSERT INTO orders (id, user_id) VALUES (9, 9)"
    database.execute(f"ALTER TABLE orders ADD COLUMN paid int NOT NULL DEFAULT 5; {again}")
    apply_all(state, database.url)
    first, second = quarantines(database)
    assert database.query(f"SELECT id, paid FROM {second}") == [(9, 5)]
    database.execute("ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey")
    restored = reconciler.restore_quarantined(
        database.url, approve=lambda *_: True, options=reconciler.QuarantineOptions(name=first)
    )
    assert [(one.moved, one.misfits) for one in restored] == [(2, ())]
    assert database.query("SELECT id, paid FROM orders WHERE id IN (2, 3) ORDER BY id") == [(2, 5), (3, 5)]
    database.execute("DELETE FROM orders WHERE id IN (2, 3)")
    apply_all(state, database.url)
    database.execute(f"ALTER TABLE orders ALTER COLUMN note TYPE varchar(9); {again}")
    apply_all(state, database.url)
    assert quarantines(database) == [first, second, f"{first}_3"]
    assert database.query(f"SELECT id, note FROM {first}_3") == [(9, None)]
    assert_in_sync(state, database.url)
