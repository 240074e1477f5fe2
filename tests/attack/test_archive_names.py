"""Attack: names that tables and their indexes get in the archive are already taken.

Names are taken by other tables of the plan, or by a role that fills the archive beforehand. A run must not fail because
of a name, no name in the archive may be used twice, and every table must be restorable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import reconciler
from reconciler.model.bound import BoundName, free_number, without_numbers
from reconciler.model.errors import ConnectionFailed
from reconciler.model.events import Event, StepStarted
from reconciler.model.plan import Plan
from reconciler.model.state import DesiredState
from reconciler.report import FORMATS, report_of
from tests.docs.pages import marked
from tests.execution.support import apply_all, assert_in_sync, desired
from tests.report.plans import without_time
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]  # about names

Apply = Callable[[Database, DesiredState], None]

LONG = "customer_invoice_line_items_snapshot_backup_2024"
ALIKE = f"""
CREATE SCHEMA billing; CREATE SCHEMA shop;
CREATE TABLE billing.orders_old (id serial PRIMARY KEY, v text CONSTRAINT once UNIQUE);
CREATE TABLE shop.orders_old (id serial PRIMARY KEY, v text CONSTRAINT once UNIQUE);
CREATE TABLE public.other (id serial CONSTRAINT orders_old PRIMARY KEY);
CREATE TABLE {LONG}_01 (id serial PRIMARY KEY);
CREATE TABLE {LONG}_02 (id serial PRIMARY KEY);
CREATE TABLE billing.old (id int);
CREATE TABLE shop._old (id int);
INSERT INTO billing.orders_old (v) VALUES ('b');
INSERT INTO shop.orders_old (v) VALUES ('s'), ('t');
INSERT INTO public.other DEFAULT VALUES;
INSERT INTO {LONG}_02 SELECT generate_series(1, 7);
"""
TABLES = (
    *("billing.old", "billing.orders_old", f"public.{LONG}_01", f"public.{LONG}_02", "public.other"),
    *("shop._old", "shop.orders_old"),
)
FILE = "policy: {max_drops: 20}\ndropped_tables:\n" + "".join(f"  {table}:\n" for table in TABLES)
ROWS = {"billing.orders_old": 1, "shop.orders_old": 2, "public.other": 1, f"public.{LONG}_02": 7}

# Every name that the table could get in the next minutes, taken by a table or a type.
TAKE = """
DO $take$ DECLARE stamp text; BEGIN
    FOR stamp IN SELECT to_char(now() AT TIME ZONE 'UTC' + n * interval '1 s', 'YYYYMMDD"T"HH24MISS"Z"')
                   FROM generate_series(-1, 240) AS n
    LOOP
        EXECUTE format('CREATE DOMAIN reconcile_archive.%I AS int', 'orders_old__' || stamp);
        EXECUTE format('CREATE TYPE reconcile_archive.%I AS ENUM ()', '_once__' || stamp);
        EXECUTE format('CREATE SEQUENCE reconcile_archive.%I', 'orders_old_pkey_2__' || stamp);
    END LOOP;
END $take$"""


def by_apply(database: Database, state: DesiredState) -> None:
    apply_all(state, database.url)


def by_script(database: Database, state: DesiredState) -> None:
    done = database.psql(FORMATS["sql"](report_of(reconciler.plan(state, database.url))))
    assert (done.returncode, done.stderr) == (0, "")


BOTH = pytest.mark.parametrize("carry_out", [by_apply, by_script])


def archived(database: Database) -> dict[str, str]:
    """Return the tables in the archive, by their origin."""
    found = database.query(
        "SELECT relname, obj_description(oid, 'pg_class') FROM pg_class"
        " WHERE relnamespace = 'reconcile_archive'::regnamespace AND relkind = 'r'"
    )
    origins = [(name, json.loads(comment)) for name, comment in found if comment]
    return {f"{origin['schema']}.{origin['table']}": name for name, origin in origins}


def everything(database: Database) -> list[object]:
    """Return all tables with their indexes and rows, in any schema."""
    parts = database.query(
        """SELECT n.nspname, c.relname, c.relkind, pg_get_indexdef(x.indexrelid), obj_description(c.oid, 'pg_class')
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index x ON x.indexrelid = c.oid
            WHERE n.nspname IN ('public', 'billing', 'shop') AND c.relname !~ '^migration_log' ORDER BY 1, 2"""
    )
    rows = [(name, database.value(f"SELECT count(*) FROM {name}")) for name in TABLES]
    constraints = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE conrelid <> 0 ORDER BY 1, 2"
    return [*parts, *rows, *(row for row in database.query(constraints) if "migration_log" not in row[0])]


def restore(database: Database, name: str) -> None:
    script = marked("docs/journal.md", "restore").text
    named, count = re.subn(r"reconcile_archive\.\"[^\"]+\"", f'reconcile_archive."{name}"', script)
    assert count == 1
    database.execute(named)


@BOTH
@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
def test_names_that_agree(database: Database, tmp_path: Path, carry_out: Apply, filled: bool) -> None:
    """Archive tables with equal names in an archive that already uses all their names.

    The tables have one name in two schemas, equal names of indexes, constraints and sequences, names that are equal
    when cut, and the name of another table's array type.
    """
    database.execute(ALIKE)
    before = everything(database)
    if filled:
        database.execute("CREATE SCHEMA reconcile_archive")
        database.execute(TAKE)
    state = desired(tmp_path, FILE)
    carry_out(database, state)
    found = archived(database)
    assert set(found) == set(TABLES)
    assert len({name[-16:] for name in found.values()}) == 1, "one time for the whole run"
    assert {
        table: database.value(f'SELECT count(*) FROM reconcile_archive."{found[table]}"') for table in ROWS
    } == ROWS
    assert_in_sync(state, database.url)
    for name in found.values():
        restore(database, name)
    assert everything(database) == before


def planned_names(plan: Plan) -> list[str]:
    named = [[name for one in step.action.statements for name in one.names] for step in plan.steps]
    return [str(name) for names in named for name in dict.fromkeys(names)]


def test_the_plan_distinguishes_names(database: Database, tmp_path: Path) -> None:
    """A plan contains all names but the time, whatever the archive contains.

    None occurs twice, and a second plan is equal.
    """
    database.execute(ALIKE)
    state = desired(tmp_path, FILE)
    database.execute("CREATE SCHEMA reconcile_archive")
    first = reconciler.plan(state, database.url)
    names = planned_names(first)
    assert len(names) == len(set(names))
    assert {"orders_old__<YYYYMMDDTHHMMSSZ>", "orders_old_2__<YYYYMMDDTHHMMSSZ>"} <= set(names)
    database.execute(TAKE)
    second = reconciler.plan(state, database.url)
    assert without_time(FORMATS["json"](report_of(second))) == without_time(FORMATS["json"](report_of(first)))


def test_a_plan_file_of_which_a_part_is_done(database: Database, tmp_path: Path) -> None:
    """A run with a plan file is killed after some tables, so that the remaining ones would get other numbers."""
    database.execute(ALIKE)
    state = desired(tmp_path, FILE)
    expected = json.loads(FORMATS["json"](report_of(reconciler.plan(state, database.url))))

    def kill(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.key.schema == "shop":
            database.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'reconcile'"
                " AND datname = current_database()"
            )

    try:
        error = reconciler.apply(
            state, database.url, approve=lambda _: True, listeners=[kill], expected=expected
        ).error
    except ConnectionFailed as lost:
        error = lost
    assert isinstance(error, ConnectionFailed)
    assert 0 < len(archived(database)) < len(TABLES)
    result = reconciler.apply(state, database.url, approve=lambda _: True, expected=expected)
    assert result.error is None, result.message
    assert set(archived(database)) == set(TABLES)


def test_numbers() -> None:
    """A number is the same if a name is cut, and the array type of a table counts as a name."""
    long = BoundName(original="ä" * 31 + "x")
    names = [long.at("20300101T000000Z", n) for n in (1, 2, 9999)]
    assert all(len(name.encode()) <= 63 for name in names)
    assert {name.split("_")[0] for name in names} == {"ä" * 20}
    assert without_numbers(str(BoundName(original="a", number=7))) == str(BoundName(original="a"))
    name = BoundName(original="a")
    assert free_number(name, "S", {"a__S", "_a_2__S"}) == 3
    assert free_number(name, "S", {name.at("S", n) for n in range(1, 10_000)}) is None
