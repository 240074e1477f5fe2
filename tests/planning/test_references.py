"""The foreign keys around the changes of a plan."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.model.names import Key, TableName
from tests.servers import Database


@pytest.mark.pg(">= 18")
def test_a_plan_knows_the_foreign_keys_next_to_what_changes(database: Database, tmp_path: Path) -> None:
    with database.connect() as connection:
        connection.execute(
            "CREATE TABLE a (id int PRIMARY KEY);"
            "CREATE TABLE b (id int PRIMARY KEY, a int CONSTRAINT b_a REFERENCES a);"
            "CREATE TABLE c (b int CONSTRAINT c_b REFERENCES b, self int);"
            "CREATE TABLE d (id int PRIMARY KEY);"
            "CREATE TABLE e (d int CONSTRAINT e_d REFERENCES d)"
        )
    file = tmp_path / "schema.yaml"
    file.write_text("version: 1\ntables: {b: {indexes: {b_a_idx: a}}, e: {indexes: {}}}\n")
    plan = reconciler.plan(reconciler.load([file]), database.url)
    fk = {name: Key(schema="public", table=name[0], kind="foreign_key", name=name) for name in ("b_a", "c_b")}
    a, b = (TableName(schema="public", name=name) for name in "ab")
    assert plan.references == {fk["b_a"]: a, fk["c_b"]: b}
    file.write_text("version: 1\ntables: {b: {}}\n")
    assert reconciler.plan(reconciler.load([file]), database.url).references == {}
