"""A plan is refused before its first step if a repair would set a column to a value that it cannot store: as UPDATE
assigns it, not as a cast would convert it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import reconciler
from tests.execution.support import apply_all, assert_in_sync, desired
from tests.planning.test_new_values import ALLOWED
from tests.servers import Database

pytestmark = pytest.mark.ends

# The type of a column, its new value, and why the server does not assign it.
UNFIT = {
    "text_as_number": ("int", "'abc'", 'invalid input syntax for type integer: "abc" (SQLSTATE 22P02)'),
    "too_long": ("varchar(3)", "'abcdef'", "a value is too long for its type (SQLSTATE 22001)"),
    "too_long_in_some_row": ("varchar(3)", "repeat('a', id)", "a value is too long for its type (SQLSTATE 22001)"),
    "too_many_digits": ("numeric(3,1)", "1234", "a number is out of the range of its type (SQLSTATE 22003)"),
    "too_large": ("smallint", "99999", "a number is out of the range of its type (SQLSTATE 22003)"),
    "too_large_in_some_row": (
        "smallint",
        "id * 99999",
        "a number is out of the range of its type (SQLSTATE 22003)",
    ),
    "of_another_type": ("text", "1", "cannot be matched (SQLSTATE 42804)"),
    "divided_by_zero": ("int", "id / (id - 5)", "division by zero (SQLSTATE 22012)"),
    "no_such_column": ("int", "nosuch", 'column "nosuch" does not exist'),
    "no_json": ("jsonb", "'{'", "a value is not valid text for its type (SQLSTATE 22P02)"),
    "no_range": ("int4range", "'[2,1)'", "range lower bound must be less than or equal to range upper bound"),
    "rejected_by_domain": ("positive", "-id", "a row violates a check"),
    "several": ("int", "generate_series(1, 2)", "set-returning functions are not allowed in CASE"),
}
FIT = {
    "narrowed": ("smallint", "id * 2"),
    "blanks": ("varchar(3)", "'abc   '"),
    "rounded": ("numeric(3,1)", "12.34"),
    "literal": ("int4range", "'[1,2)'"),
    "of_a_function": ("text", "doubled(id)"),
    "in_domain": ("positive", "id"),
    "old": ("int", "id"),
}
DOUBLED = "CREATE FUNCTION doubled(n int) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT (n * 2)::text'"


POLICIES = {
    "set": 'checks: {{c: {{expression: n < 4, violators: {{set: {{n: "1", v: "{}"}}}}}}}}',
    "fill": 'not_null: {{v: {{nulls: {{fill: "{}"}}}}}}',
}


def made(database: Database, policy: str, cases: dict[str, tuple[str, str]]) -> str:
    """Create the tables, of which three rows are to be repaired, and return the file."""
    database.execute("CREATE DOMAIN positive AS int CHECK (VALUE > 0)")
    for table, (type_, _) in cases.items():
        database.execute(f"CREATE TABLE {table} (id int PRIMARY KEY, n int, v {type_})")
        database.execute(f"INSERT INTO {table} SELECT n, n FROM generate_series(1, 6) n")
    entries = (f"  {table}: {{{POLICIES[policy].format(value)}}}\n" for table, (_, value) in cases.items())
    return "tables:\n" + "".join(entries)


@pytest.mark.parametrize("policy", POLICIES)
def test_values_that_a_column_cannot_store(database: Database, tmp_path: Path, policy: str) -> None:
    text = made(database, policy, {table: case[:2] for table, case in UNFIT.items()})
    plan = reconciler.plan(desired(tmp_path, text), database.url, options=ALLOWED)
    found = {one.key.table: (one.rule, one.cause, one.remedy) for one in plan.refusals if one.key is not None}
    assert len(plan.refusals) == len(found)
    for table, (_, value, why) in UNFIT.items():
        rule, cause, remedy = found[table]
        assert rule == "unfit-repair"
        assert cause.startswith(f"assigning {value} to v of public.{table} (")
        assert why in cause, table
        assert remedy.startswith("choose a value that the column can store")


def test_identity_columns_are_not_set(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, n int)")
    text = "tables: {t: {checks: {c: {expression: n > 0, violators: {set: {id: '-id', n: '1'}}}}}}"
    plan = reconciler.plan(desired(tmp_path, text), database.url, options=ALLOWED)
    assert [one.cause for one in plan.refusals] == [
        "the repair would set id of public.t, which is GENERATED ALWAYS AS IDENTITY"
    ]


def test_new_values_call_listed_functions_only(database: Database, tmp_path: Path) -> None:
    """A plan does not run the code of a file that nobody has approved."""
    database.execute("CREATE TABLE t (n int); INSERT INTO t VALUES (NULL)")
    text = "tables: {t: {not_null: {n: {nulls: {fill: pg_backend_pid()}}}}}"
    plan = reconciler.plan(desired(tmp_path, text), database.url, options=ALLOWED)
    unchecked = [one.detail for route in plan.routes for one in route.hazards if one.kind == "unchecked-data"]
    assert unchecked == [
        "assigning pg_backend_pid() to n of public.t (integer), not checked because it would call pg_backend_pid()",
        "NULLs in public.t.n, after n = pg_backend_pid(), not checked because it would call pg_backend_pid()",
    ]


@pytest.mark.parametrize("policy", POLICIES)
def test_values_that_a_column_can_store(database: Database, tmp_path: Path, policy: str) -> None:
    """A function is found by the search path of the file, and a table may have the name of a rule's row."""
    database.execute(DOUBLED)
    state = desired(tmp_path, "policy: {allow: [blocks-updates]}\n" + made(database, policy, FIT))
    plan = reconciler.plan(state, database.url, options=replace(ALLOWED, trust_file=True))
    assert plan.refusals == ()
    apply_all(state, database.url)
    assert_in_sync(state, database.url)
