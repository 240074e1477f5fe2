"""Which rows a repair takes, whatever the types, names and operators in the database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import reconciler
from reconciler.model.errors import StepFailed
from reconciler.model.events import Event, StepStarted
from reconciler.model.step_id import Verb
from tests.execution.repairing import quarantines, whole_rows
from tests.execution.support import apply, apply_all, assert_in_sync, desired
from tests.servers import Database


def check(table: str, expression: str, violators: str, *, more: str = "") -> str:
    return f"""
policy: {{allow: [blocks-updates], max_lock_wait: 1s, {more}}}
tables:
  {table}: {{checks: {{fits: {{expression: "{expression}", violators: {violators}}}}}}}"""


def at_the_repair(database: Database, statement: str) -> Callable[[Event], None]:
    """Return a listener that runs the statement when the repair begins."""

    def listen(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.verb is Verb.REPAIR:
            database.execute(statement)

    return listen


CHARACTERS = """
    CREATE TABLE codes (code char(5) PRIMARY KEY, half int, whole int GENERATED ALWAYS AS (half * 2) STORED UNIQUE);
    INSERT INTO codes VALUES ('a', 1), ('b', 2);
    CREATE TABLE items (code text REFERENCES codes ON DELETE CASCADE ON UPDATE CASCADE);
    CREATE TABLE wholes (whole int REFERENCES codes (whole) ON UPDATE CASCADE)"""


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize(
    ("child", "expression", "violators", "repaired"),
    [
        ("items VALUES ('b  ')", "half < 2", "quarantine", [("a", 1)]),
        ("items VALUES ('b  ')", "code <> 'b'", """{set: {code: "'c'"}}""", [("a", 1), ("c", 2)]),
        ("wholes VALUES (4)", "half < 2", """{set: {half: "0"}}""", [("a", 1), ("b", 0)]),
    ],
)
def test_a_foreign_key_decides_which_rows_refer_to_a_row(
    database: Database, tmp_path: Path, child: str, expression: str, violators: str, repaired: object
) -> None:
    """By its own operator, and also to a generated column. ON DELETE and ON UPDATE CASCADE would lose the rows, also
    of a session that inserts them after the plan was made."""
    database.execute(CHARACTERS)
    state = desired(tmp_path, check("codes", expression, violators))
    table = child.partition(" ")[0]
    database.execute(f"INSERT INTO {child}")
    plan = reconciler.plan(state, database.url)
    assert [(one.rule, getattr(one.finding, "count", None)) for one in plan.refusals] == [("referenced-rows", 1)]
    database.execute(f"TRUNCATE {table}")
    result = apply(state, database.url, at_the_repair(database, f"INSERT INTO {child}"))
    assert isinstance(result.error, StepFailed)
    assert result.error.rule == "rows-remain"
    assert database.value(f"SELECT count(*) FROM {table}") == 1
    database.execute(f"TRUNCATE {table}")
    apply_all(state, database.url)
    assert database.query("SELECT rtrim(code), half FROM codes ORDER BY code") == repaired


@pytest.mark.pg(">= 18")
def test_a_period_refers_to_the_rows_that_it_overlaps(database: Database, tmp_path: Path) -> None:
    database.execute("""
        CREATE EXTENSION btree_gist;
        CREATE TABLE rooms (id int, open int4range, beds int, PRIMARY KEY (id, open WITHOUT OVERLAPS));
        INSERT INTO rooms VALUES (1, '[1,5)', 0), (1, '[5,9)', 2), (2, '[1,9)', 0);
        CREATE TABLE stays (room int, stay int4range,
            FOREIGN KEY (room, PERIOD stay) REFERENCES rooms (id, PERIOD open));
        INSERT INTO stays VALUES (1, '[4,6)')""")
    state = desired(tmp_path, check("rooms", "beds > 0", "quarantine"))
    plan = reconciler.plan(state, database.url)
    assert [(one.rule, getattr(one.finding, "count", None)) for one in plan.refusals] == [("referenced-rows", 1)]
    database.execute("UPDATE stays SET stay = '[5,6)'")
    apply_all(state, database.url)
    assert database.query("SELECT id, open::text FROM rooms") == [(1, "[5,9)")]


FOREIGN_CODE = """
    CREATE TYPE mood AS ENUM ('sad', 'glad');
    CREATE FUNCTION called() RETURNS bool LANGUAGE plpgsql AS $$ BEGIN RAISE 'called'; END $$;
    CREATE FUNCTION jsonb_build_object(text, text) RETURNS jsonb LANGUAGE sql RETURN to_jsonb(called());
    CREATE FUNCTION jsonb_build_object(text, text, text, text) RETURNS jsonb LANGUAGE sql RETURN to_jsonb(called());
    CREATE FUNCTION format(text, text) RETURNS text LANGUAGE sql RETURN called()::text;
    CREATE FUNCTION called(varchar, varchar) RETURNS bool LANGUAGE sql RETURN called();
    CREATE FUNCTION called(bigint, int) RETURNS bool LANGUAGE sql RETURN called();
    CREATE FUNCTION called(mood) RETURNS text LANGUAGE sql IMMUTABLE RETURN 'called';
    CREATE OPERATOR > (FUNCTION = called, LEFTARG = varchar, RIGHTARG = varchar);
    CREATE OPERATOR <> (FUNCTION = called, LEFTARG = varchar, RIGHTARG = varchar);
    CREATE OPERATOR = (FUNCTION = called, LEFTARG = varchar, RIGHTARG = varchar);
    CREATE OPERATOR > (FUNCTION = called, LEFTARG = bigint, RIGHTARG = int);
    CREATE CAST (mood AS text) WITH FUNCTION called(mood) AS IMPLICIT;
    CREATE TABLE codes (code varchar(9), m mood, good bool, PRIMARY KEY (code));
    INSERT INTO codes SELECT 'c' || n, CASE WHEN n % 2 > 0 THEN 'sad' ELSE 'glad' END::mood, n % 3 > 0
      FROM generate_series(1, 50) AS n;
    CREATE TABLE feelings (m mood, code varchar(9), good bool, PRIMARY KEY (m, code));
    INSERT INTO feelings SELECT m, code, good FROM codes"""


@pytest.mark.pg(">= 18")
def test_functions_operators_and_casts_of_other_roles_are_not_called(database: Database, tmp_path: Path) -> None:
    """Those of the file's search path may be of any role that may create there. A key of an enum is not compared."""
    database.execute(FOREIGN_CODE)
    text = check("codes", "good", "quarantine", more="batch: {rows: 1}")
    text += '\n  feelings: {checks: {fits: {expression: good, violators: {set: {good: "true"}}}}}'
    state = desired(tmp_path, text)
    apply_all(state, database.url)
    kept = {
        name: database.query(f"SELECT count(*), max(reconcile_key::text) FROM {name}")
        for name in quarantines(database)
    }
    assert sorted(kept.values()) == [
        [(16, '{"code": "c9"}')],
        [(16, '{"m": "sad", "code": "c9"}')],
    ]
    assert database.value("SELECT count(*) FROM feelings WHERE good") == 50
    assert_in_sync(state, database.url)


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize("name", ["before", "reconcile_before", "reconcile_child"])
def test_names_of_the_statements_do_not_clash_with_those_of_tables(
    database: Database, tmp_path: Path, name: str
) -> None:
    database.execute(f"""
        CREATE TABLE {name} (id int PRIMARY KEY, reconcile_place text, reconcile_new_1 int, v int,
            up int REFERENCES {name});
        INSERT INTO {name} VALUES (1, 'here', 7, -1), (2, 'there', 8, 1)""")
    text = check(name, "v > 0", '{set: {v: "5", reconcile_new_1: reconcile_new_1 + 1}}')
    apply_all(desired(tmp_path, text), database.url)
    values = "id, reconcile_place, reconcile_new_1, v"
    assert database.query(f"SELECT {values} FROM {name} ORDER BY id") == [(1, "here", 8, 5), (2, "there", 8, 1)]
    (kept,) = quarantines(database)
    assert database.query(f"SELECT {values} FROM {kept}") == [(1, "here", 7, -1)]
    database.execute(f"ALTER TABLE {name} DROP CONSTRAINT fits; INSERT INTO {name} VALUES (3, '', 0, 0, 3)")
    state = desired(tmp_path, check(name, "v > 0", "quarantine"))
    assert [one.rule for one in reconciler.plan(state, database.url).refusals] == ["referenced-rows"]
    database.execute(f"UPDATE {name} SET up = NULL")
    apply_all(state, database.url)
    rows = whole_rows(database, [name, *quarantines(database)], "id")
    assert rows == {"(1)": 2, "(2)": 1, "(3)": 1}
