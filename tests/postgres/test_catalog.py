"""Reading the live state takes a fixed number of queries for any number of tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

import reconciler
from reconciler.model.names import TableName
from tests.servers import Database

TABLE = """
    CREATE TABLE t{n} (
        id bigint PRIMARY KEY, parent bigint REFERENCES t0, name text NOT NULL, price numeric CHECK (price > 0),
        CONSTRAINT t{n}_name_key UNIQUE (name)
    );
    CREATE INDEX idx_t{n}_price ON t{n} (price) WHERE name <> '';"""

DECLARED = """
  t{n}:
    primary_key: id
    not_null: name
    unique: {{t{n}_name_key: name}}
    indexes: {{idx_t{n}_price: {{columns: price, where: "name <> ''::text"}}}}
    checks: {{t{n}_price_check: "price > (0)::numeric"}}
    foreign_keys: {{t{n}_parent_fkey: {{columns: parent, references: t0(id)}}}}"""


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return every statement that is sent from now on."""
    statements: list[object] = []
    execute = psycopg.Cursor.execute

    def recording(self: Any, query: Any, *arguments: Any, **options: Any) -> Any:
        statements.append(query)
        return execute(self, query, *arguments, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", recording)
    return statements


def test_the_number_of_queries_does_not_grow_with_the_tables(
    database: Database, tmp_path: Path, sent: list[object]
) -> None:
    database.execute("".join(TABLE.format(n=n) for n in range(40)))
    counts = []
    for tables in (2, 39):
        file = tmp_path / "schema.yaml"
        file.write_text("version: 1\ntables:" + "".join(DECLARED.format(n=n) for n in range(tables)))
        desired = reconciler.load([file])
        sent.clear()
        assert reconciler.plan(desired, database.url).in_sync
        counts.append(len(sent))
    assert counts[0] == counts[1] < 25


def test_the_number_of_queries_of_an_export_does_not_grow_with_the_tables(
    database: Database, sent: list[object]
) -> None:
    counts = []
    for first, end in ((0, 2), (2, 40)):
        database.execute("".join(TABLE.format(n=n) for n in range(first, end)))
        sent.clear()
        assert reconciler.export(database.url).files["schema.yaml"].count("primary_key") == end
        counts.append(len(sent))
    assert counts[0] == counts[1] < 25


def test_a_change_costs_as_many_queries_in_many_tables_as_in_few(
    database: Database, tmp_path: Path, sent: list[object]
) -> None:
    database.execute("".join(TABLE.format(n=n) for n in range(40)))
    counts = []
    for tables in (2, 39):
        file = tmp_path / "schema.yaml"
        text = "version: 1\ntables:" + "".join(DECLARED.format(n=n) for n in range(tables))
        file.write_text(text.replace('t1_price_check: "price > (0)', 't1_price_check: "price > (1)'))
        desired = reconciler.load([file])
        sent.clear()
        assert len(reconciler.plan(desired, database.url).routes) == 1
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_every_object_on_a_named_table_is_read_and_no_other(database: Database, tmp_path: Path) -> None:
    database.execute("".join(TABLE.format(n=n) for n in range(3)))
    file = tmp_path / "schema.yaml"
    file.write_text("version: 1\ntables:\n  t1:\n")
    state = reconciler.read(reconciler.load([file]), database.url)
    assert set(state.tables) == {TableName(schema="public", name="t1")}
    assert sorted(f"{key.kind} {key.name}".strip() for key in state.objects) == [
        "check t1_price_check",
        "foreign_key t1_parent_fkey",
        "index idx_t1_price",
        "not_null id",
        "not_null name",
        "primary_key",
        "unique t1_name_key",
    ]


def test_foreign_keys_that_refer_to_a_named_table_are_read(database: Database, tmp_path: Path) -> None:
    database.execute("".join(TABLE.format(n=n) for n in range(3)))
    file = tmp_path / "schema.yaml"
    file.write_text("version: 1\ntables:\n  t0:\n")
    state = reconciler.read(reconciler.load([file]), database.url)
    assert {key.name for key in state.objects if key.kind == "foreign_key"} == {
        f"t{n}_parent_fkey" for n in range(3)
    }
