"""Partitions' indexes get PostgreSQL's default names."""

from __future__ import annotations

import time
from pathlib import Path

import psycopg
import pytest

from reconciler.kinds.base.expressions import unwrapped
from reconciler.kinds.index_backed.elements import IndexElement
from reconciler.kinds.index_backed.index import Index
from reconciler.model.names import TableName
from tests.execution.support import apply_all, assert_in_sync, desired
from tests.property.vocabulary import LIBRARY, TYPES
from tests.servers import Database

_NAME = """
    SELECT c.relname::text, pg_get_indexdef('x'::regclass, 1, false)
      FROM pg_partition_tree('x'::regclass) p JOIN pg_class c ON c.oid = p.relid WHERE p.level = 1"""


@pytest.mark.ends
def test_names_of_expressions(database: Database) -> None:
    """An index of a partition is named after the columns and functions of its expressions."""
    database.execute(LIBRARY)
    wrong, tried = [], 0
    with database.connect(options="-c search_path=public,pg_catalog") as connection:
        for number, type_ in enumerate(TYPES):
            connection.execute(f'CREATE TABLE t_{number} ("Ä b" {type_.sql}, n int) PARTITION BY LIST (n)'.encode())
            connection.execute(f"CREATE TABLE p_{number} PARTITION OF t_{number} DEFAULT".encode())
            for key in type_.keys:
                column = key.replace("§", '"Ä b"')
                try:
                    connection.execute(f"CREATE INDEX x ON t_{number} ({column})".encode())
                except psycopg.Error:  # not all need to be fit for this type
                    continue
                ((name, definition),) = connection.execute(_NAME.encode()).fetchall()
                index = Index(elements=(IndexElement(expression=unwrapped(definition)),))
                ours = index.part_name(TableName(schema="public", name=f"p_{number}"))
                wrong += [] if name == ours else [(key, name, ours)]
                tried += 1
                connection.execute(b"DROP INDEX x")
    assert wrong == []
    assert tried > 100


@pytest.mark.ends
@pytest.mark.parametrize(
    ("table", "column"), [("p", "c"), ("p" * 63, "c"), ("é" * 31, "ü" * 31), ("p" * 60, "c" * 60)]
)
def test_names_that_are_taken(database: Database, table: str, column: str) -> None:
    """PostgreSQL adds a number, and cuts the name before it if needed."""
    with database.connect() as connection:
        connection.execute(f'CREATE TABLE t ("{column}" int) PARTITION BY LIST ("{column}")'.encode())
        connection.execute(f'CREATE TABLE "{table}" PARTITION OF t DEFAULT'.encode())
        for number in range(12):
            connection.execute(f'CREATE INDEX i_{number} ON t ("{column}")'.encode())
        query = "SELECT c.relname FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE indrelid = %s::regclass"
        found = {name for (name,) in connection.execute(query, [f'"{table}"']).fetchall()}
    index, partition = Index(elements=(IndexElement(column=column),)), TableName(schema="public", name=table)
    assert found == {index.part_name(partition, number) for number in range(12)}
    assert all(index.is_part_name(name, partition) for name in found)
    assert not index.is_part_name("p_other_idx", partition)


@pytest.mark.parametrize(
    "text", ["ELSE " * 3_000 + " " * 3_000 + "1 ||", "ELSE (a)" * 3_000, "ELSE '" + " " * 9_000]
)
def test_a_long_expression_gets_its_name_soon(text: str) -> None:
    """Attack: an index expression of a partitioned table that a pattern could match in very many ways."""
    began = time.perf_counter()
    index = Index(elements=(IndexElement(expression=f"CASE {text} x"),))
    assert index.part_name(TableName(schema="public", name="p")) == "p_case_idx"
    assert time.perf_counter() - began < 2


@pytest.mark.ends
def test_default_names_that_are_equal_or_taken_get_a_number(database: Database, tmp_path: Path) -> None:
    """`partitions: null` takes the names that PostgreSQL would give."""
    long = "part_of_a_table_whose_name_is_as_long_as_a_name_can_be_in_here_"
    database.execute("CREATE TABLE t (a int, b int) PARTITION BY LIST (a); CREATE TABLE p_b_idx ()")
    for number, table in enumerate((f"{long[:60]}_1", f"{long[:60]}_2", "p")):
        database.execute(f"CREATE TABLE {table} PARTITION OF t FOR VALUES IN ({number})")
    names = ", ".join(f"{long[:60]}_{n}: mine_{n}" for n in (1, 2))
    file = "tables: {{t: {{indexes: {{i: {{columns: b, partitions: {}}}}}}}}}"
    apply_all(desired(tmp_path, file.format(f"{{{names}, p: mine_3}}")), database.url)
    default = desired(tmp_path, file.format("null"))
    apply_all(default, database.url)
    assert_in_sync(default, database.url)
    query = "SELECT i.inhrelid::regclass::text FROM pg_inherits i WHERE i.inhparent = 'i'::regclass ORDER BY 1"
    found = [name for (name,) in database.query(query)]
    database.execute("DROP INDEX i; CREATE INDEX i ON t (b)")
    assert found == [name for (name,) in database.query(query)]
