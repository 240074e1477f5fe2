"""Shared texts and queries of the tests of repairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from tests.servers import Database

SMALL = """
    CREATE TABLE users (id int PRIMARY KEY);
    INSERT INTO users VALUES (1);
    CREATE TABLE orders (id int PRIMARY KEY, user_id int, note text);
    INSERT INTO orders VALUES (1, 1, 'a'), (2, 7, 'b'), (3, 8, NULL)"""
QUARANTINES = r"""
    SELECT c.oid::regclass::text FROM pg_class c
     WHERE c.relnamespace = to_regnamespace('reconcile_archive') AND c.relname LIKE 'q\_%' AND c.relkind = 'r'
     ORDER BY c.oid"""


def orphans(policy: str, *, more: str = "") -> str:
    return f"""
{more}
tables:
  orders:
    foreign_keys:
      orders_user_id_fkey: {{columns: user_id, references: users(id), orphans: {policy}}}"""


def quarantines(database: Database) -> list[str]:
    return [name for (name,) in database.query(QUARANTINES)]


def whole_rows(database: Database, tables: Sequence[str], columns: str) -> Counter[Any]:
    """Return the rows of all tables together as texts, with their number."""
    found = (database.query(f"SELECT ROW({columns})::text FROM {table}") for table in tables)
    return Counter(row for rows in found for (row,) in rows)
