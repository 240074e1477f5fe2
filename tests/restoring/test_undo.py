"""An undo brings back everything that a run repaired, archived and changed: in one plan, and one run."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.execution.result import ApplyResult
from reconciler.kinds.rules import GATED
from reconciler.model.events import Event, RowsLeft, RunStatus, StepCompleted
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.state import DesiredState, Policy
from tests.execution.support import desired
from tests.restoring.whole import sorted_dump
from tests.servers import Database

NOTHING = DesiredState(objects={}, policy=Policy(max_drops=1000))
ALL = Options(allow=GATED, trust_file=True)

GIVEN = """
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE users (id int PRIMARY KEY, email text, seen date);
INSERT INTO users SELECT n, 'u' || n % 40, '2024-01-01'::date + n FROM generate_series(1, 50) AS n;
CREATE TABLE logins (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users, at text);
INSERT INTO logins SELECT n, n % 50 + 1, 'now' FROM generate_series(1, 60) AS n;
CREATE TABLE old (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id int REFERENCES users ON DELETE CASCADE);
INSERT INTO old (user_id) SELECT n + 20 FROM generate_series(1, 5) AS n;
CREATE TABLE older (id int PRIMARY KEY, old_id int CONSTRAINT older_old REFERENCES old, note text);
CREATE INDEX older_note ON older (note);
INSERT INTO older VALUES (1, 1, 'a'), (2, 2, 'b');
CREATE TABLE orders (id int PRIMARY KEY, user_id int, up int REFERENCES orders, old_id int REFERENCES old, total int,
                     currency text);
INSERT INTO orders SELECT n, n, NULL, n % 5 + 1, 40 - n, CASE WHEN n % 3 > 0 THEN 'EUR' END
  FROM generate_series(1, 60) AS n;
UPDATE orders SET up = 20 WHERE id BETWEEN 51 AND 54;
CREATE TABLE days (day int, n int, PRIMARY KEY (day, n)) PARTITION BY RANGE (day);
CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM (1) TO (10);
CREATE TABLE days_2 PARTITION OF days FOR VALUES FROM (10) TO (20);
INSERT INTO days SELECT n, n - 5 FROM generate_series(1, 19) AS n;
"""
FILE = """
policy: {max_drops: 1000}
tables:
  users:
    unique:
      users_email_key: {columns: email, duplicates: {keep: newest, by: seen, others: quarantine, references: move}}
  orders:
    foreign_keys:
      orders_user_id_fkey: {columns: user_id, references: users(id), orphans: quarantine}
    checks:
      orders_total_check: {expression: total >= 0, violators: {set: {total: "0"}}}
    not_null: {currency: {nulls: {fill: "'USD'"}}}
    absent: {constraints: [orders_old_id_fkey]}
  days:
    checks: {days_n: {expression: n > 0, violators: quarantine}}
dropped_tables: {old: , older: }
"""


def undo(database: Database, run: str = "last", **more: object) -> ApplyResult:
    return reconciler.undo(run, NOTHING, database.url, approve=lambda _: True, options=ALL, **more)  # type: ignore[arg-type]


def undone(database: Database, run: str = "last", **more: object) -> ApplyResult:
    """Undo, and assert success."""
    result = undo(database, run, **more)
    assert not result.plan.refusals, [(str(one.rule), one.cause) for one in result.plan.refusals]
    assert result.error is None, result.message
    return result


def applied(database: Database, folder: Path, text: str = FILE) -> ApplyResult:
    result = reconciler.apply(desired(folder, text), database.url, approve=lambda _: True, options=ALL)
    assert not result.plan.refusals, [(str(one.rule), one.cause) for one in result.plan.refusals]
    assert result.error is None, result.message
    return result


def ids(plan: Plan) -> list[str]:
    return [str(step.id) for step in plan.steps]


@pytest.mark.ends
def test_rows_and_tables_come_back_with_everything_else(database: Database, tmp_path: Path) -> None:
    """The way there and back, and there and back once more."""
    database.execute(GIVEN)
    before = sorted_dump(database)
    there = applied(database, tmp_path)
    after = sorted_dump(database)
    back = undone(database, there.run_id)
    print("\n".join(f"{s.id}: {s.title}" for s in back.plan.steps))
    print([n.message for n in back.plan.notes])
    assert sorted_dump(database) == before
    again = undone(database, back.run_id)
    print("\n".join(f"{s.id}: {s.title}" for s in again.plan.steps))
    print([n.message for n in again.plan.notes])
    assert sorted_dump(database) == after
    undone(database, again.run_id)
    assert sorted_dump(database) == before
