"""Replica identities of inheritance children whose parents give up the not-null of a column."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from tests.execution.support import apply, desired
from tests.servers import Database

TABLES = """
    CREATE TABLE p (a int, b int, PRIMARY KEY (a, b));
    CREATE TABLE c () INHERITS (p)"""

FILE = """
tables:
  p: {primary_key: [a], absent: {not_null: [b]}}
  c: {primary_key: {columns: [b, a], replica_identity: true}}"""


@pytest.mark.ends
def test_a_primary_key_makes_its_columns_not_null(database: Database, tmp_path: Path) -> None:
    database.execute(TABLES)
    file = desired(tmp_path, FILE)
    result = apply(file, database.url)
    assert not result.plan.refusals, [one.cause for one in result.plan.refusals]
    assert result.error is None, result.message
    assert reconciler.plan(file, database.url).in_sync
