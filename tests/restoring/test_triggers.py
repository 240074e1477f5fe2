"""A row goes back as it was, or not at all: whatever triggers make of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler import QuarantineOptions
from reconciler.cli.main import main
from tests.execution.repairing import SMALL, orphans, quarantines, whole_rows
from tests.execution.support import apply_all, desired
from tests.servers import Database

pytestmark = pytest.mark.ends

ACCEPTED = ("--allow", "fires-triggers")
DELETES_OR_CHANGES = "a trigger changes or deletes the row: disable it while the row is restored"


def changes(column: str) -> str:
    return f"a trigger changes the value of {column}: disable it while the row is restored"


def trigger(table: str, when: str, body: str, name: str = "meddler") -> str:
    return f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$;
        CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();"""


def restored(database: Database, name: str = "orders") -> tuple[int, dict[str, int]]:
    """Bring rows back; return the number of those that moved, and the numbers of the others by the reason."""
    options = QuarantineOptions(name=name, allow=frozenset({"fires-triggers"}))
    done = reconciler.restore_quarantined(database.url, approve=lambda *_: True, options=options)
    return sum(one.moved for one in done), {misfit.reason: misfit.count for one in done for misfit in one.misfits}


@pytest.mark.parametrize("command", [["undo", "-q"], ["restore", "--quarantine", "orders"]])
def test_a_trigger_that_keeps_a_column_keeps_the_former_value_in_the_quarantine(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    """Values of other columns, which the trigger may set, are not restored and may differ."""
    database.execute(SMALL)
    run = apply_all(desired(tmp_path, orphans("set null")), database.url).run_id
    (quarantine,) = quarantines(database)
    database.execute(
        "ALTER TABLE orders ADD COLUMN at timestamptz;"
        + ("" if command[0] == "undo" else "ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;")
        + trigger(
            "orders",
            "BEFORE UPDATE",
            "NEW.at := now(); IF OLD.id = 2 THEN NEW.user_id := OLD.user_id; END IF; RETURN NEW;",
        )
    )
    whole = [*command, *([run] if command[0] == "undo" else []), "-y", "--db", database.url, *ACCEPTED]
    assert main(whole) == 2
    assert changes("user_id") in capsys.readouterr().out
    assert database.query("SELECT id, user_id FROM orders ORDER BY id") == [(1, 1), (2, None), (3, 8)]
    assert database.query(f"SELECT id, user_id FROM {quarantine}") == [(2, 7)]
    database.execute("ALTER TABLE orders DISABLE TRIGGER meddler")
    assert main(whole) == 0
    assert database.query("SELECT id, user_id FROM orders ORDER BY id") == [(1, 1), (2, 7), (3, 8)]
    assert database.value(f"SELECT count(*) FROM {quarantine}") == 0


ODD = """
    CREATE TABLE users (id int PRIMARY KEY);
    CREATE TYPE mood AS ENUM ('sad', 'glad');
    CREATE TABLE orders (
        user_id int, id int GENERATED ALWAYS AS IDENTITY, n numeric, f float8, c char(5), m mood, j json, "A b" text,
        day int, twice int GENERATED ALWAYS AS (day * 2) STORED) PARTITION BY LIST (day);
    CREATE TABLE orders_1 (gone int, LIKE orders INCLUDING GENERATED);
    ALTER TABLE orders_1 DROP COLUMN gone;
    ALTER TABLE orders ATTACH PARTITION orders_1 FOR VALUES IN (1);
    CREATE TABLE orders_2 PARTITION OF orders FOR VALUES IN (2);
    INSERT INTO orders (user_id, n, f, c, m, j, "A b", day)
    SELECT 7, 1.50, 0.1::float8 + 0.2, 'a', 'glad', '{"a":  1}', CASE WHEN n % 3 > 0 THEN 'x' || n END, n % 2 + 1
      FROM generate_series(1, 40) AS n"""


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("""NEW."A b" := coalesce(NEW."A b", '');""", changes('"A b"')),
        ('IF NEW."A b" IS NULL THEN NEW.n := 1.5; END IF;', changes("n")),
        ('IF NEW."A b" IS NULL THEN NEW.id := 0; END IF;', changes("id")),
    ],
)
def test_whole_rows_are_compared_with_what_was_kept(
    database: Database, tmp_path: Path, body: str, reason: str
) -> None:
    """Columns that were added since have no former value, and generated ones are computed again."""
    database.execute(ODD)
    columns = 'user_id, id, n, f, c, m, j, "A b", day, twice'
    before = whole_rows(database, ["orders"], columns)
    apply_all(desired(tmp_path, orphans("quarantine")), database.url)
    assert database.value("SELECT count(*) FROM orders") == 0
    database.execute(
        "ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey; ALTER TABLE orders ADD COLUMN late int DEFAULT 5;"
        + trigger("orders", "BEFORE INSERT", f"NEW.late := 6; {body} RETURN NEW;")
    )
    assert restored(database) == (27, {reason: 13})
    quarantined = quarantines(database)
    assert whole_rows(database, ["orders", *quarantined], columns.replace("m,", "m::text,")) == before
    database.execute("ALTER TABLE orders DISABLE TRIGGER meddler")
    assert restored(database) == (13, {})
    assert whole_rows(database, ["orders"], columns) == before


@pytest.mark.parametrize(
    "body",
    [
        "UPDATE orders SET note = 'other' WHERE id = NEW.id AND id > 2;",
        "DELETE FROM orders WHERE id = NEW.id AND id > 2;",
    ],
)
@pytest.mark.parametrize("policy", ["quarantine", "set null"])
def test_a_row_that_a_trigger_changes_afterwards_stays_in_the_quarantine(
    database: Database, tmp_path: Path, policy: str, body: str
) -> None:
    database.execute(SMALL)
    apply_all(desired(tmp_path, orphans(policy)), database.url)
    (quarantine,) = quarantines(database)
    event = "INSERT" if policy == "quarantine" else "UPDATE OF user_id"
    text = trigger("orders", f"AFTER {event}", f"{body} RETURN NULL;")
    if "DELETE" in body:
        text = text.replace("CREATE TRIGGER", "CREATE CONSTRAINT TRIGGER").replace(
            "ON orders FOR", "ON orders DEFERRABLE INITIALLY DEFERRED FOR"
        )
    database.execute(f"ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey; {text}")
    assert restored(database) == (1, {DELETES_OR_CHANGES: 1})
    assert database.query(f"SELECT id, user_id, note FROM {quarantine}") == [(3, 8, None)]
    assert database.query("SELECT id, user_id, note FROM orders WHERE id < 3 ORDER BY id") == [
        (1, 1, "a"),
        (2, 7, "b"),
    ]
