"""A large table with all sorts of bad rows is repaired while an application writes to it.

The application keeps a ledger: the table `kept` has every row that should exist, in its last form, because each
transaction that changes `orders` changes it as well. `RECONCILE_TEST_ROWS` is the number of rows.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from reconciler.model.state import Policy
from tests.attack.traffic import Scenario, under_load
from tests.execution.repairing import quarantines
from tests.execution.support import apply, assert_in_sync, desired, session
from tests.servers import NIGHTLY, Database

pytestmark = [
    pytest.mark.skipif(not NIGHTLY, reason="repairs a million rows"),
    pytest.mark.pg(">= 18"),
]

ROWS = int(os.environ.get("RECONCILE_TEST_ROWS", "1000000"))
LOCK_TIMEOUT_S = 2.0
TARGET_S = Policy().batch.target / timedelta(seconds=1)

USERS = ROWS // 10
SETUP = f"""
    CREATE TABLE users (id bigint PRIMARY KEY);
    INSERT INTO users SELECT generate_series(1, {USERS});
    CREATE SEQUENCE numbers START {10 * ROWS};
    CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, total numeric, currency text, code bigint, note text);
    INSERT INTO orders
    SELECT n, CASE WHEN n % 20 = 0 THEN -n ELSE n % {USERS} + 1 END, CASE WHEN n % 100 = 1 THEN -1 ELSE n % 1000 END,
           CASE WHEN n % 100 NOT IN (2, 3, 4) THEN 'USD' END, CASE WHEN n % 50 = 7 THEN n - 1 ELSE n END, 'note ' || n
      FROM generate_series(1, {ROWS}) AS n;
    CREATE TABLE kept (LIKE orders INCLUDING INDEXES); INSERT INTO kept SELECT * FROM orders;
    CREATE FUNCTION work(place bigint) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE made orders;
    BEGIN
      made := (nextval('numbers'), place % {USERS} + 1, place % 7, 'USD', lastval(), 'new');
      -- Bad rows too, as long as nothing rejects them.
      CASE place % 10
        WHEN 0 THEN made.user_id := -place;
        WHEN 1 THEN made.total := -1;
        WHEN 2 THEN made.currency := NULL;
        ELSE
      END CASE;
      BEGIN
        INSERT INTO orders SELECT made.*;
        INSERT INTO kept SELECT made.*;
      EXCEPTION WHEN integrity_constraint_violation THEN END;
      BEGIN
        WITH one AS (UPDATE orders SET note = 'changed ' || clock_timestamp() WHERE id = place RETURNING *)
        UPDATE kept SET note = one.note FROM one WHERE kept.id = one.id;
      EXCEPTION WHEN integrity_constraint_violation THEN END;
      -- Only rows that nothing is wrong with.
      WITH one AS (DELETE FROM orders WHERE id = place - place % 100 + 11 RETURNING id)
      DELETE FROM kept USING one WHERE kept.id = one.id;
    END $$;
    ANALYZE"""
FILE = f"""
policy: {{lock_timeout: {LOCK_TIMEOUT_S:.0f}s}}
tables:
  orders:
    foreign_keys: {{orders_user_id: {{columns: user_id, references: users(id), orphans: quarantine}}}}
    checks: {{orders_total: {{expression: total >= 0, violators: quarantine, repair: first}}}}
    not_null: {{currency: {{nulls: quarantine, repair: first}}}}
    unique: {{orders_code: {{columns: code, duplicates: {{keep: newest, by: id, others: quarantine}}}}}}
"""
LOAD = Scenario(
    name="a table that is repaired",
    setup=SETUP,
    transaction=f"\\set p random(1, {ROWS})\nSELECT work(:p);",
    held="",
    tables="",
)
DIFFERENT = """
    SELECT count(*) FROM (
      SELECT hash FROM (SELECT md5(r::text) AS hash, 1 AS n FROM kept AS r {})
       GROUP BY hash HAVING sum(n) <> 0)"""
COLUMNS = "id, user_id, total, currency, code, note"


@dataclass(kw_only=True)
class Sampler:
    """Records how long each sort of statement of the run has been active."""

    url: str
    longest_s: dict[str, float] = field(default_factory=dict)
    samples: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def looking(self) -> Iterator[None]:
        thread = threading.Thread(target=self._run)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def _run(self) -> None:
        query = r"""
            SELECT CASE WHEN starts_with(query, E'DO $block$\nDECLARE planned') THEN 'batch'
                        ELSE left(ltrim(query, E' \n'), 40) END,
                   extract(epoch FROM clock_timestamp() - query_start)::float8
              FROM pg_stat_activity
             WHERE application_name = 'reconcile' AND state = 'active' AND datname = current_database()"""
        with session(self.url, "the sampler") as eyes:
            while not self._stop.wait(0.01):
                for what, lasted_s in eyes.execute(query):
                    self.samples += what == "batch"
                    self.longest_s[what] = max(self.longest_s.get(what, 0.0), lasted_s)


def test_bad_rows_are_repaired_while_others_write(database: Database, tmp_path: Path) -> None:
    database.execute(LOAD.setup)
    state, sampler = desired(tmp_path, FILE), Sampler(url=database.url)
    began = time.monotonic()
    with under_load(database.url, LOAD) as measured, sampler.looking():
        result = apply(state, database.url, allow=["blocks-updates"])
    took_s = time.monotonic() - began
    assert not result.plan.refusals, [one.cause for one in result.plan.refusals]
    assert result.error is None, result.message
    assert_in_sync(state, database.url)
    report(database, measured.longest_s, sampler)
    print(f"{measured.transactions:,} transactions of writers beside a run of {took_s:.0f} s")

    tables = quarantines(database)
    others = "".join(
        f" UNION ALL SELECT md5(r::text), -1 FROM (SELECT {COLUMNS} FROM {name}) AS r"
        for name in ["orders", *tables]
    )
    assert database.value(DIFFERENT.format(others)) == 0
    assert found_of(database, tables) == {
        "duplicates": ROWS // 50,
        "nulls": 3 * ROWS // 100,
        "orphans": ROWS // 20,
        "violations": ROWS // 100,
    }
    assert measured.transactions > 100
    assert measured.failed == 0, measured.problems
    assert measured.longest_s <= LOCK_TIMEOUT_S + 0.5
    assert sampler.samples > 10
    assert sampler.longest_s["batch"] <= 2 * TARGET_S


def found_of(database: Database, tables: list[str]) -> dict[str, int]:
    """Return the numbers of original rows in the quarantine, by the reason."""
    query = "SELECT reconcile_reason, count(*) FROM {} WHERE id <= {} GROUP BY 1"
    return {reason: count for name in tables for reason, count in database.query(query.format(name, ROWS))}


def report(database: Database, stall_s: float, sampler: Sampler) -> None:
    """Print the rate of each repair, and the longest statements."""
    for object_, rows, took_s in database.query(
        """SELECT metadata ->> 'object', sum(rows_affected)::bigint, sum((metadata ->> 'duration_s')::float8)
             FROM migration_log WHERE status = 'completed' AND metadata #>> '{step,verb}' = 'repair' GROUP BY 1"""
    ):
        print(f"{object_}: {rows:,} rows in {took_s:.1f} s, {rows / took_s:,.0f} rows/s")
    print(f"longest stall of a writer: {stall_s:.2f} s")
    for what, lasted_s in sorted(sampler.longest_s.items(), key=lambda item: -item[1])[:8]:
        print(f"longest {what!r}: {lasted_s:.2f} s")
