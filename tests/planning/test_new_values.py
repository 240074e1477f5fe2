"""A plan is refused before its first step if a repair would set columns to values that another rule of the table
forbids: a rule that is live, or one of the same plan."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.model.options import Options
from tests.execution.support import apply, assert_in_sync, desired
from tests.servers import Database

pytestmark = pytest.mark.ends

ALLOWED = Options(allow=frozenset({"blocks-updates"}))

# By table: its columns and constraints, its rows, its entries in the file, and why the plan is refused.
ORPHANS = "foreign_keys: {f: {columns: u, references: users(id), orphans: set null}}"
POSITIVE = "checks: {{c: {{expression: a > 0, violators: {{set: {{a: '{}'}}}}}}{}}}"
CASES = {
    "declared_not_null": (
        "u int",
        "7",
        f"{ORPHANS}, not_null: u",
        "which not-null of public.{}.u in the file forbids",
    ),
    "declared_key": (
        "u int",
        "7",
        f"{ORPHANS}, primary_key: u",
        "which primary key of public.{} in the file forbids",
    ),
    "live_not_null": ("u int NOT NULL", "7", ORPHANS, "to NULL, and it is NOT NULL"),
    "declared_check": (
        "u int",
        "7",
        f"{ORPHANS}, checks: {{c: u IS NOT NULL}}",
        "1 row in public.{0} would violate check c",
    ),
    "whole_row": ("u int, CONSTRAINT c CHECK (whole_row IS NOT NULL)", "7", ORPHANS, "would violate check c"),
    "live_check": (
        "a int, b int, CONSTRAINT old CHECK (a < b)",
        "-1, 2",
        POSITIVE.format(3, ""),
        "would violate check old",
    ),
    "generated": (
        "a int, g int GENERATED ALWAYS AS (a * 2) STORED",
        "-1",
        POSITIVE.format(2, ", d: g <> 4"),
        "would violate check d",
    ),
    "no_value": ("a int, b int", "-1, NULL", POSITIVE.format("b", "") + ", not_null: a", "would violate not-null"),
    "same_rule": ("a int", "-1", POSITIVE.format(-2, ""), "would violate c, also after a = -2"),
}
FITTING = {
    "fits": ("a int, b int, CONSTRAINT old CHECK (a < b)", "-1, 2", POSITIVE.format(1, ", d: a <> 3")),
    "fits_generated": (
        "a int, g int GENERATED ALWAYS AS (a * 2) STORED",
        "-1",
        "checks: {c: {expression: g > 0, violators: {set: {a: '3'}}}, d: g <> 4}",
    ),
}


def made(database: Database, cases: dict[str, tuple[str, str, str]]) -> str:
    """Create the tables, and return the file."""
    for table, (columns, row, _) in cases.items():
        names = ", ".join(part.split()[0] for part in columns.split(", ") if part.split()[0] in "abu")
        database.execute(f"CREATE TABLE {table} ({columns}); ALTER TABLE {table} DISABLE TRIGGER ALL")
        database.execute(f"INSERT INTO {table} ({names}) VALUES ({row})")
    return "tables:\n" + "".join(f"  {table}: {{{text}}}\n" for table, (_, _, text) in cases.items())


def test_values_that_another_rule_forbids(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE users (id int PRIMARY KEY)")
    text = made(database, {table: case[:3] for table, case in CASES.items()})
    plan = reconciler.plan(desired(tmp_path, text), database.url, options=ALLOWED)
    found = {refusal.key.table: refusal.cause for refusal in plan.refusals if refusal.key is not None}
    assert found.keys() == CASES.keys()
    wrong = {table: found[table] for table, case in CASES.items() if case[3].format(table) not in found[table]}
    assert not wrong
    assert {refusal.rule for refusal in plan.refusals} == {"unfit-repair", "violations"}


def test_values_that_all_rules_allow(database: Database, tmp_path: Path) -> None:
    state = desired(tmp_path, made(database, FITTING))
    assert apply(state, database.url, allow=["blocks-updates"]).error is None
    assert_in_sync(state, database.url)
    assert database.value("SELECT min(a) FROM fits") == 1
    assert database.value("SELECT min(a) FROM fits_generated") == 3


def test_columns_that_decide_the_partition_are_not_set(database: Database, tmp_path: Path) -> None:
    database.execute("""
        CREATE TABLE users (id int PRIMARY KEY);
        CREATE TABLE by_column (u int) PARTITION BY LIST (u);
        CREATE TABLE by_column_1 PARTITION OF by_column FOR VALUES IN (7);
        CREATE TABLE by_expression (u int, a int) PARTITION BY LIST ((u + 1));
        CREATE TABLE by_expression_1 PARTITION OF by_expression FOR VALUES IN (8);
        ALTER TABLE by_expression_1 ADD CONSTRAINT own CHECK (a <> 3);
        INSERT INTO by_column VALUES (7); INSERT INTO by_expression VALUES (7, -1)""")
    text = f"tables: {{by_column: {{{ORPHANS}}}, by_expression: {{{ORPHANS}, {POSITIVE.format(3, '')}}}}}"
    plan = reconciler.plan(desired(tmp_path, text), database.url, options=ALLOWED)
    assert sorted(refusal.cause for refusal in plan.refusals) == [
        "1 row in public.by_expression_1 would violate check own on public.by_expression_1 after a = 3",
        "the repair would set u of public.by_column_1, which decides the partition of a row",
        "the repair would set u of public.by_expression_1, which decides the partition of a row",
    ]


def test_values_that_others_compare_are_named(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE t (id int, a int); INSERT INTO t VALUES (1, NULL), (2, NULL)")
    text = "tables: {t: {not_null: {a: {nulls: {fill: 7}}}, unique: {t_a_key: a}}}"
    plan = reconciler.plan(desired(tmp_path, text), database.url, options=ALLOWED)
    reported = [
        hazard.detail for route in plan.routes for hazard in route.hazards if hazard.kind == "unchecked-data"
    ]
    assert reported == ["new values of a are not compared with unique t_a_key on public.t"]
