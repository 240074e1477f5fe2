"""Shared texts and queries of the tests of repairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import reconciler
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from tests.execution.support import desired
from tests.servers import Database

ORPHANS = """
    CREATE TABLE users (id int PRIMARY KEY);
    INSERT INTO users SELECT n FROM generate_series(1, 100) AS n;
    CREATE TABLE orders (id int PRIMARY KEY, user_id int, note text);
    INSERT INTO orders SELECT n, n % 150 + 1, repeat('x', n % 50) FROM generate_series(1, 3000) AS n"""
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


def plan_of(database: Database, folder: Path, text: str, *allow: str) -> Plan:
    return reconciler.plan(desired(folder, text), database.url, options=Options(allow=frozenset(allow)))


def refused(plan: Plan) -> list[str]:
    return [str(one.rule) for one in plan.refusals]
