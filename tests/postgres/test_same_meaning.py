"""A definition with the same meaning on several tables is tried on one of them; all others are tried on each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

import reconciler
from reconciler.kinds.check.definition import Check
from reconciler.model.plan import Plan
from tests.servers import Database

pytestmark = pytest.mark.ends


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return every statement that creates an object on a copy."""
    statements: list[str] = []
    execute = psycopg.Cursor.execute

    def recording(self: Any, query: Any, *arguments: Any, **options: Any) -> Any:
        text = query.decode() if isinstance(query, bytes) else query if isinstance(query, str) else ""
        if '"pg_temp"' in text and "reconcile_parsed" not in text:
            statements.append(text)
        return execute(self, query, *arguments, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", recording)
    return statements


def plan_of(database: Database, tmp_path: Path, *tables: str) -> Plan:
    file = tmp_path / "schema.yaml"
    file.write_text("version: 1\ntables:\n" + "".join(f"  {table}\n" for table in tables))
    return reconciler.plan_files([file], database.url)


def check(table: str, expression: str) -> str:
    return f"{table}: {{checks: {{{table}_c: {{expression: {expression!r}}}}}}}"


def test_the_same_words_on_columns_of_one_type_are_asked_once(
    database: Database, tmp_path: Path, made: list[str]
) -> None:
    tables = [f"t{n}" for n in range(12)]
    for n, table in enumerate(tables):
        database.execute(
            f"CREATE TABLE {table} (other{n} int, state varchar(10), CONSTRAINT {table}_c CHECK (state IN ('a', 'b')));"
            f"CREATE INDEX {table}_i ON {table} (state) WHERE state <> 'a'"
        )
    entries = [
        f"{table}: {{checks: {{{table}_c: \"state in ('a', 'b')\"}},"
        f" indexes: {{{table}_i: {{columns: state, where: \"state != 'a'\"}}}}}}"
        for table in tables
    ]
    assert plan_of(database, tmp_path, *entries).in_sync
    assert len([one for one in made if "CHECK" in one]) == 1
    assert len([one for one in made if "INDEX" in one]) == 1


def test_a_column_of_another_type_is_asked_about_for_itself(database: Database, tmp_path: Path) -> None:
    """The same text has another meaning: `state` is cast if it is a varchar, and not if it is a text."""
    database.execute(
        "CREATE TABLE a (state varchar(10), CONSTRAINT a_c CHECK (state = 'x'));"
        "CREATE TABLE b (state text, CONSTRAINT b_c CHECK (state = 'x'));"
        "CREATE TABLE c (state varchar(20), CONSTRAINT c_c CHECK (state = 'x'));"
        "CREATE TABLE d (state text COLLATE \"C\", CONSTRAINT d_c CHECK (state = 'x'))"
    )
    changed = plan_of(database, tmp_path, *(check(table, "'x' = state") for table in "abcd"))
    after = [route.change.after for route in changed.routes]
    assert [one.expression for one in after if isinstance(one, Check)] == [
        "'x'::text = (state)::text",
        "'x'::text = state",
        "'x'::text = (state)::text",
        "'x'::text = state",
    ]
    assert plan_of(database, tmp_path, *(check(table, "(state) = 'x'") for table in "abcd")).in_sync


@pytest.mark.parametrize(
    "expression",
    [
        "{table}.size > 1.0",  # the table's own name
        '"size" > 1.0',  # a name in quotes
        '{table} IS NOT NULL AND "a b" > 0',  # the whole row
    ],
)
def test_what_names_more_than_columns_is_asked_of_each(
    database: Database, tmp_path: Path, made: list[str], expression: str
) -> None:
    for table in ("one", "two"):
        database.execute(f'CREATE TABLE {table} (size numeric, "a b" int)')
    plan = plan_of(database, tmp_path, *(check(table, expression.format(table=table)) for table in ("one", "two")))
    assert not plan.refusals
    assert len({one for one in made if "CHECK" in one and '"one"' in one}) >= 1
    assert len({one for one in made if "CHECK" in one and '"two"' in one}) >= 1


def test_a_rejected_object_is_reported_for_each_table(database: Database, tmp_path: Path) -> None:
    for table in ("one", "two", "three"):
        database.execute(f"CREATE TABLE {table} (size int)")
    plan = plan_of(database, tmp_path, *(check(table, "size > nothing") for table in ("one", "three", "two")))
    assert [(refusal.rule, refusal.key and refusal.key.table) for refusal in plan.refusals] == [
        ("rejected-by-server", "one"),
        ("rejected-by-server", "three"),
        ("rejected-by-server", "two"),
    ]


def test_the_same_words_in_another_schema_may_mean_something_else(database: Database, tmp_path: Path) -> None:
    """Each schema has its own function with that name."""
    for schema in ("one", "two"):
        database.execute(
            f"CREATE SCHEMA {schema}; CREATE FUNCTION {schema}.fits(int) RETURNS bool IMMUTABLE LANGUAGE sql"
            f" RETURN true; CREATE TABLE {schema}.t (size int, CONSTRAINT c CHECK ({schema}.fits(size)))"
        )
    entries = [f"{schema}.t: {{checks: {{c: fits(size)}}}}" for schema in ("one", "two")]
    assert plan_of(database, tmp_path, *entries).in_sync
