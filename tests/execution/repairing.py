"""Shared texts and queries of the tests of repairs."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import reconciler
from reconciler.model.events import Event, StepStarted
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.state import DesiredState
from reconciler.model.step_id import Verb
from tests.execution.support import apply, apply_all, assert_in_sync, desired
from tests.servers import NIGHTLY, Database

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
ODD = """
    CREATE TABLE parents (a int, b text, PRIMARY KEY (a, b));
    INSERT INTO parents VALUES (1, 'x');
    CREATE TYPE mood AS ENUM ('sad', 'glad');
    CREATE DOMAIN positive AS int CHECK (VALUE > 0);
    CREATE DOMAIN small AS positive CHECK (VALUE < 100);
    CREATE TABLE "Odd ""one" (
        id int GENERATED ALWAYS AS IDENTITY, a int NOT NULL DEFAULT 5, "b%" text, s small, m mood, ms mood[],
        twice int GENERATED ALWAYS AS (a * 2) STORED, "reconcile_run" text, j jsonb, v varchar(3));
    INSERT INTO "Odd ""one" (a, "b%", s, m, ms, reconcile_run, j, v)
    SELECT n, CASE WHEN n % 7 > 0 THEN 'x' END, n, 'glad', ARRAY['sad', 'glad']::mood[], 'mine', '{"a": [1]}', 'abc'
      FROM generate_series(1, 20) AS n;
    CREATE TABLE parts (a int, b text, day int, PRIMARY KEY (day, a)) PARTITION BY LIST (day);
    CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);
    CREATE TABLE parts_2 (day int NOT NULL, b text, a int NOT NULL);
    ALTER TABLE parts ATTACH PARTITION parts_2 FOR VALUES IN (2);
    INSERT INTO parts SELECT n, CASE WHEN n % 2 = 0 THEN 'x' ELSE 'y' END, n % 2 + 1 FROM generate_series(1, 20) AS n;
    CREATE TABLE composite (k1 text, k2 uuid, a int, b text, PRIMARY KEY (k1, k2));
    INSERT INTO composite SELECT 'it''s ' || n % 3, gen_random_uuid(), n % 2, 'x' FROM generate_series(1, 50) AS n"""
ODD_FILE = """
policy: {batch: {rows: 3}}
tables:
  'Odd "one':
    foreign_keys: {f1: {columns: [a, "b%"], references: parents, orphans: quarantine}}
  parts:
    foreign_keys: {f2: {columns: [a, b], references: parents, orphans: quarantine}}
  composite:
    foreign_keys: {f3: {columns: [a, b], references: parents, orphans: quarantine}}"""
LYING = """
    CREATE TYPE mood AS ENUM ('sad', 'glad', 'odd');
    CREATE DOMAIN whim AS mood;
    CREATE DOMAIN note AS text;
    CREATE TYPE pair AS (a text, b int);
    CREATE TYPE moods AS RANGE (subtype = mood);
    CREATE FUNCTION lie(mood) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'lost' $$;
    CREATE FUNCTION lie(pair) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'lost' $$;
    CREATE FUNCTION lie(moods) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'lost' $$;
    CREATE FUNCTION lie(mood[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'lost' $$;
    CREATE FUNCTION lie_more(mood) RETURNS varchar LANGUAGE sql IMMUTABLE AS $$ SELECT 'lost' $$;
    CREATE FUNCTION lie_json(mood) RETURNS json LANGUAGE sql IMMUTABLE AS $$ SELECT '"lost"'::json $$;
    CREATE CAST (mood AS text) WITH FUNCTION lie(mood) AS IMPLICIT;
    CREATE CAST (pair AS text) WITH FUNCTION lie(pair) AS ASSIGNMENT;
    CREATE CAST (moods AS text) WITH FUNCTION lie(moods) AS ASSIGNMENT;
    CREATE CAST (mood[] AS text) WITH FUNCTION lie(mood[]) AS ASSIGNMENT;
    CREATE CAST (mood AS varchar) WITH FUNCTION lie_more(mood) AS ASSIGNMENT;
    CREATE CAST (mood AS json) WITH FUNCTION lie_json(mood);
    CREATE TABLE users (id int PRIMARY KEY);
    CREATE TABLE orders (
        m mood, d whim, n note, p pair, r moods, ms mood[], ps pair[], v varchar(3), c char(5), f float8, user_id int,
        PRIMARY KEY (c, m));
    INSERT INTO orders VALUES
        ('sad', 'glad', 'x', ROW('a b', NULL), '[sad,glad]', '{sad,glad}', ARRAY[ROW(NULL, 1)]::pair[], 'abc', 'a',
         0.1::float8 + 0.2, 7),
        ('glad', NULL, NULL, ROW(NULL, NULL), 'empty', '{}', '{NULL}', '', '', '-0', 7),
        ('odd', NULL, '', NULL, NULL, NULL, NULL, NULL, 'b', 'NaN', 7)"""
OUTPUT = "m, d, n, p, r, ms, ps, v, c, f, user_id"
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


def on_first(verb: Verb, act: Callable[[], Any]) -> Callable[[Event], None]:
    """Return a listener that acts when the first step with the verb begins."""
    done: list[Event] = []

    def listen(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.verb is verb and not done:
            done.append(event)
            act()

    return listen


def repair_while_killed(
    database: Database, state: DesiredState, again: Callable[[int], str], check: Callable[[], None]
) -> None:
    """Apply with repairs while the procedure `work` writes, and end the session at a random moment of the repair; in
    many rounds. `again` returns the statements that undo the plan and add bad rows, by a number that grows; `check` is
    called after each round. At last, apply without a disturbance."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    begin, killed = 10_000, 0
    for _ in range(100 if NIGHTLY else 4):
        begin += 100
        worker = threading.Thread(target=database.execute, args=(f"CALL work({begin})",))
        worker.start()
        timers: list[threading.Timer] = []
        delay_s = chance.choice([0.0, chance.expovariate(200), chance.uniform(0, 0.25)]) if killed else 0.0
        try:
            killed += apply(state, database.url, _kill_in(database, delay_s, timers)).error is not None
        except reconciler.ConnectionFailed:
            killed += 1
        for one in (worker, *timers):
            one.join()
        check()
        database.execute(again(begin))
    assert killed
    apply_all(state, database.url)
    check()
    assert_in_sync(state, database.url)


def _kill_in(database: Database, delay_s: float, timers: list[threading.Timer]) -> Callable[[Event], None]:
    """Return a listener that ends the backend of the run some time after its repair has begun."""
    kill = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'reconcile' "
        "AND pid <> pg_backend_pid() AND query NOT LIKE '%pg_locks%'"
    )
    start = partial(threading.Timer, delay_s, database.execute, args=(kill,))

    def begin() -> None:
        timers.append(start())
        timers[0].start()

    return on_first(Verb.REPAIR, begin)
