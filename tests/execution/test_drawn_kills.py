"""Repairs, archiving, purges, undo and restores, killed at drawn moments: every row is in one place at any time.

`RECONCILE_TEST_KILLS` is the number of kills on each version, `RECONCILE_TEST_SEED` the seed of all draws.
"""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psycopg
import pytest

import reconciler
from reconciler.kinds.rules import GATED
from reconciler.model.options import Options
from tests.execution.drawn_kills import Killer, Operation
from tests.execution.operations import apply_file, restore_rows, restore_table, undo_run
from tests.execution.support import assert_in_sync, catalog, desired
from tests.restoring.ages import AGE
from tests.servers import NIGHTLY, Database

KILLS = int(os.environ.get("RECONCILE_TEST_KILLS", "250" if NIGHTLY else "3"))
SEED = int(os.environ.get("RECONCILE_TEST_SEED") or random.randrange(1 << 32))

COLUMNS = {
    "orders": "id, user_id, mood, note",
    "accounts": "id, email, seen",
    "bills": "id, account_id",
    "payments": "id, total, doubled",
    "notes": "id, currency",
    "events": "id, day, user_id",
    "logs": "id, level",
}
RETIRED = {"old": (60, 0), "stock": (80, 40, 0)}
"""The numbers of rows that a purge leaves at any time: it drops partitions one after the other."""
PARTLY = "visits"
"""A partitioned table that loses a partition, which is detached concurrently; no purge drops it."""
RETIRED_TABLES = """
    CREATE TABLE old (id int PRIMARY KEY, user_id int REFERENCES users ON DELETE CASCADE, code serial);
    INSERT INTO old SELECT n, n % 40 + 1 FROM generate_series(1, 60) AS n;
    CREATE TABLE stock (id int, day int, PRIMARY KEY (day, id)) PARTITION BY RANGE (day);
    CREATE TABLE stock_1 PARTITION OF stock FOR VALUES FROM (0) TO (10);
    CREATE TABLE stock_2 PARTITION OF stock FOR VALUES FROM (10) TO (20);
    INSERT INTO stock SELECT n, n % 20 FROM generate_series(1, 80) AS n;"""
GIVEN = f"""
    CREATE TYPE mood AS ENUM ('sad', 'glad');
    CREATE TABLE users (id int PRIMARY KEY);
    INSERT INTO users SELECT generate_series(1, 40);
    CREATE TABLE orders (id int PRIMARY KEY, user_id int, mood mood, note text);
    INSERT INTO orders SELECT n, n % 50 + 1, 'sad', repeat('x', n % 90) FROM generate_series(1, 400) AS n;
    CREATE TABLE accounts (id int PRIMARY KEY, email text, seen date);
    INSERT INTO accounts SELECT n, 'user ' || n % 90, date '2026-01-01' + n % 7 FROM generate_series(1, 150) AS n;
    CREATE TABLE bills (id int PRIMARY KEY, account_id int NOT NULL REFERENCES accounts);
    INSERT INTO bills SELECT n, n % 150 + 1 FROM generate_series(1, 200) AS n;
    CREATE TABLE payments (id int PRIMARY KEY, total int, doubled int GENERATED ALWAYS AS (total * 2) STORED);
    INSERT INTO payments SELECT n, n % 5 - 1 FROM generate_series(1, 200) AS n;
    CREATE TABLE notes (id int PRIMARY KEY, currency text);
    INSERT INTO notes SELECT n, CASE WHEN n % 3 > 0 THEN 'EUR' END FROM generate_series(1, 200) AS n;
    CREATE TABLE events (id int, day int, user_id int, PRIMARY KEY (day, id)) PARTITION BY LIST (day);
    CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
    CREATE TABLE events_2 (user_id int, day int NOT NULL, id int NOT NULL);
    ALTER TABLE events ATTACH PARTITION events_2 FOR VALUES IN (2);
    INSERT INTO events SELECT n, n % 2 + 1, n % 60 + 1 FROM generate_series(1, 200) AS n;
    CREATE TABLE logs (id int, level int);
    INSERT INTO logs SELECT n, n % 6 FROM generate_series(1, 200) AS n;
    CREATE TABLE visits (id int, day int, PRIMARY KEY (day, id)) PARTITION BY RANGE (day);
    CREATE TABLE visits_1 PARTITION OF visits FOR VALUES FROM (0) TO (10);
    CREATE TABLE visits_2 PARTITION OF visits FOR VALUES FROM (10) TO (20);
    INSERT INTO visits SELECT n, n % 20 FROM generate_series(1, 80) AS n;
    {RETIRED_TABLES}"""
FILE = """
policy: {batch: {rows: 10}}
tables:
  orders: {foreign_keys: {orders_user: {columns: user_id, references: users, orphans: quarantine}}}
  events: {foreign_keys: {events_user: {columns: user_id, references: users, orphans: quarantine}}}
  accounts:
    unique:
      accounts_email:
        {columns: email, duplicates: {keep: newest, by: seen, others: quarantine, references: move}}
  payments: {checks: {payments_total: {expression: total >= 0, violators: {set: {total: "0"}}}}}
  notes: {not_null: {currency: {nulls: {fill: "'USD'"}, repair: first}}}
  logs: {checks: {logs_level: {expression: level > 0, violators: quarantine}}}
dropped_tables: {old: , stock: , visits_1: }"""
FORGET = """
    ALTER TABLE orders DROP CONSTRAINT orders_user; ALTER TABLE events DROP CONSTRAINT events_user;
    ALTER TABLE accounts DROP CONSTRAINT accounts_email; ALTER TABLE payments DROP CONSTRAINT payments_total;
    ALTER TABLE notes ALTER currency DROP NOT NULL; ALTER TABLE logs DROP CONSTRAINT logs_level"""
PURGE = "dropped_tables: {old: {purge_after: 30d}, stock: {purge_after: 30d}}"

Rows = Mapping[tuple[str, str], tuple[str, ...]]
"""For each row, by its table and id, all its places and its content there."""


def rows_of(database: Database) -> Rows:
    """Return where all rows are, at one moment. A statement of a killed client may still move a table meanwhile."""
    for _ in range(100):
        with suppress(psycopg.errors.UndefinedTable):
            return _rows_now(database)
    raise AssertionError("tables are moved again and again")


def _rows_now(database: Database) -> Rows:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    with database.connect() as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        relations = connection.execute(
            "SELECT n.nspname::text, c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'reconcile_archive') ORDER BY c.oid"
        ).fetchall()
        for schema, name in relations:
            relation = f'"{schema}"."{name}"'
            table = name.split("_")[1 if name.startswith("q_") else 0]
            if table in (*RETIRED, PARTLY):
                query = f"SELECT id::text, concat('{schema} ', t::text) FROM ONLY {relation} AS t"
            elif name == table and name in {*COLUMNS, "users"}:
                query = f"SELECT id::text, concat('here ', ROW({COLUMNS.get(table, 'id')})::text) FROM {relation}"
            elif schema == "reconcile_archive" and table in COLUMNS:
                kept = f"reconcile_wrote IS NULL, ROW({COLUMNS[table]})::text"
                query = f"SELECT id::text, concat('quarantined ', {kept}) FROM {relation}"
            else:
                continue
            for id_, text in connection.execute(query.encode()):
                found[table, id_] = (*found.get((table, id_), ()), text)
    return found


@dataclass(kw_only=True)
class World:
    """A database whose rows are `before` or `after` a repair at any time."""

    database: Database
    killer: Killer
    before: Rows
    after: Rows

    @property
    def tired(self) -> bool:
        return self.killer.kills.total() >= KILLS

    def carry_out(self, name: str, operation: Operation, *, purging: bool = False) -> None:
        """Run an operation until it has completed, however often it is killed."""
        for _ in range(100):
            done = self._undisturbed(operation) if self.tired else self.killer.completes(name, operation)
            self._check(purging)
            if done:
                return
        raise AssertionError(f"{name} never completes")

    def _undisturbed(self, operation: Operation) -> bool:
        ended = operation(self.database.url, lambda *_: None)
        assert ended is None, ended
        return True

    def _check(self, purging: bool) -> None:
        found = rows_of(self.database)
        wrong = {
            key: found.get(key)
            for key in {*found, *self.before, *self.after}
            if found.get(key) not in (self.before.get(key), self.after.get(key))
            and not (purging and key[0] in RETIRED and key not in found)
        }
        assert not wrong, wrong
        for name, counts in RETIRED.items():
            assert sum(table == name for table, _ in found) in (counts if purging else counts[:1])


@pytest.fixture
def world(database: Database, tmp_path: Path) -> World:
    database.execute(GIVEN)
    before, state = rows_of(database), desired(tmp_path, FILE)
    with database.copy() as copy:
        result = reconciler.apply(state, copy.url, approve=lambda _: True, options=Options(allow=GATED))
        assert result.error is None, result.message
        assert not result.plan.refusals, [one.cause for one in result.plan.refusals]
        after = rows_of(copy)
    assert {table for table, _ in before} == {*COLUMNS, *RETIRED, PARTLY, "users"}
    changed = {table for (table, id_), places in after.items() if places != before[table, id_]}
    assert changed == {*COLUMNS, *RETIRED, PARTLY}
    killer = Killer(url=database.url, chance=random.Random(SEED))
    return World(database=database, killer=killer, before=before, after=after)


@pytest.mark.ends if NIGHTLY else pytest.mark.pg(">= 18")
def test_every_row_is_in_one_place_at_any_time(world: World, tmp_path: Path) -> None:
    print(f"RECONCILE_TEST_SEED={SEED}")
    database, began = world.database, catalog(world.database)
    turns = [undone, brought_back, *[purged] * 3]
    world.killer.chance.shuffle(turns)
    while not world.tired:
        for turn in turns:
            file = tmp_path / "schema.yaml"
            desired(tmp_path, PURGE if turn is purged else FILE)
            known = {run.run_id for run in reconciler.history(database.url)}
            turn(world, file, known)
            assert rows_of(database) == world.before
            assert _public(catalog(database)) == _public(began)
            print(f"{turn.__name__}: {world.killer.kills.total()} kills", flush=True)
            if world.tired:
                break
    print({f"{name}, {way}": count for (name, way), count in sorted(world.killer.kills.items())})
    assert world.killer.kills.total() >= KILLS


def repaired(world: World, file: Path) -> None:
    world.carry_out("repair", partial(apply_file, file))
    assert rows_of(world.database) == world.after
    assert_in_sync(reconciler.load([file]), world.database.url)


def undone(world: World, file: Path, known: set[str]) -> None:
    """Undo all runs of the repair, the last one first."""
    repaired(world, file)
    for run in reversed(reconciler.history(world.database.url)):
        if run.run_id not in known and run.completed:
            world.carry_out("undo", partial(undo_run, run.run_id))
    restored(world)


def brought_back(world: World, file: Path, _known: set[str]) -> None:
    repaired(world, file)
    world.database.execute(FORGET)
    restored(world)


def restored(world: World) -> None:
    world.carry_out("restore rows", restore_rows)
    for name in (*RETIRED, PARTLY):
        world.carry_out("restore a table", partial(restore_table, name))


def purged(world: World, file: Path, _known: set[str]) -> None:
    world.carry_out("archive", partial(apply_file, file))
    world.database.execute(AGE.format(table=".*"))
    world.carry_out("purge", partial(apply_file, file), purging=True)
    assert {table for table, _ in rows_of(world.database)}.isdisjoint(RETIRED)
    world.database.execute(RETIRED_TABLES)


def _public(found: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [one for one in found if one[1].startswith("public.")]
