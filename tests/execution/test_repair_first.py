"""Rows that are repaired before a constraint is added, and again after it."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.model.errors import InvalidFile
from reconciler.model.step_id import Verb
from tests.execution.support import apply_all, assert_in_sync, desired
from tests.execution.test_duplicates import on_first
from tests.servers import Database

ROWS = """
    CREATE TABLE orders (id int PRIMARY KEY, total int, currency text);
    INSERT INTO orders SELECT n, n - 5, CASE WHEN n > 3 THEN 'EUR' END FROM generate_series(1, 100) AS n"""
FILE = """
policy: {batch: {rows: 3}}
tables:
  orders:
    checks: {c: {expression: total >= 0, violators: {set: {total: "0"}}, repair: first}}
    not_null: {currency: {nulls: {fill: "'USD'"}, repair: first}}"""


@pytest.mark.ends
def test_nothing_blocks_updates_and_rows_in_between_are_repaired(database: Database, tmp_path: Path) -> None:
    database.execute(ROWS)
    state = desired(tmp_path, FILE)
    add = "INSERT INTO orders VALUES (1000, -1, NULL)"
    late = on_first(Verb.ADD, lambda: database.execute(add))
    plan = reconciler.plan(state, database.url)
    assert {str(hazard.kind) for route in plan.routes for hazard in route.hazards} == {"repaired-rows"}
    apply_all(state, database.url, late)
    assert database.value("SELECT count(*) FROM orders WHERE total < 0 OR currency IS NULL") == 0
    assert database.query("SELECT total, currency FROM orders WHERE id IN (1, 6, 1000) ORDER BY id") == [
        (0, "USD"),
        (1, "EUR"),
        (0, "USD"),
    ]
    assert_in_sync(state, database.url)


def test_there_must_be_a_repair(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile) as error:
        desired(tmp_path, FILE.replace('violators: {set: {total: "0"}}, ', "").replace("{fill: \"'USD'\"}", "keep"))
    assert str(error.value).count("`repair: first` needs") == 2
