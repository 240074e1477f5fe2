"""The repair of rows by `apply`, against one plain DELETE or UPDATE of the same rows.

A table of a million rows has orphans, violators of a check, NULLs and duplicates, spread evenly. Each way starts from
a fresh copy of one database, after a checkpoint. The time of a repair is that of its step in the journal, with all
batches and the data check after them. The plain statement is timed by psql, after a query that has read both tables, as
the plan of an apply has. Nothing else uses the server, so there are no pauses.

For a quarantine, one statement that deletes the rows and inserts them into another table is measured as well: it writes
the rows twice, like the repair, but has no batches, checks nothing, and keeps no reason.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import reconciler
from benchmarks.common import PREFIX, Cost, Host, Options, Report, in_turn, run

GOAL = 2.5
ROWS = 1_000_000

SETUP = f"""
    CREATE TABLE users (id bigint PRIMARY KEY);
    INSERT INTO users SELECT n FROM generate_series(1, 100000) AS n;
    CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, total numeric, currency text, note text);
    INSERT INTO orders
    SELECT n, CASE WHEN n % 20 = 0 THEN -n ELSE n % 100000 + 1 END, CASE WHEN n % 100 = 1 THEN -1 ELSE n % 1000 END,
           CASE WHEN n % 33 <> 2 THEN 'USD' END, 'note ' || n
      FROM generate_series(1, {ROWS}) AS n;
    CREATE INDEX ON orders (user_id);
    CREATE TABLE moved (LIKE orders);
"""

_PAIRED = "CASE WHEN id % 50 = 0 THEN id - 1 ELSE id END"
_ORPHANS = "FROM users AS u WHERE u.id = orders.user_id"
WAYS: Mapping[str, tuple[str, str, int]] = {
    "orphans: delete": (
        "foreign_keys: {f: {columns: user_id, references: users(id), orphans: delete}}",
        f"DELETE FROM orders WHERE user_id IS NOT NULL AND NOT EXISTS (SELECT {_ORPHANS})",
        ROWS // 20,
    ),
    "orphans: quarantine": (
        "foreign_keys: {f: {columns: user_id, references: users(id), orphans: quarantine}}",
        f"DELETE FROM orders WHERE user_id IS NOT NULL AND NOT EXISTS (SELECT {_ORPHANS})",
        ROWS // 20,
    ),
    "violators: quarantine": (
        "checks: {c: {expression: total >= 0, violators: quarantine}}",
        "DELETE FROM orders WHERE NOT total >= 0",
        ROWS // 100,
    ),
    "violators: set": (
        'checks: {c: {expression: total >= 0, violators: {set: {total: "0"}}}}',
        "UPDATE orders SET total = 0 WHERE NOT total >= 0",
        ROWS // 100,
    ),
    "nulls: fill": (
        "not_null: {currency: {nulls: {fill: \"'USD'\"}}}",
        "UPDATE orders SET currency = 'USD' WHERE currency IS NULL",
        (ROWS + 31) // 33,
    ),
    "duplicates: quarantine": (
        f"indexes: {{k: {{columns: {{expression: {_PAIRED}}}, unique: true, "
        "duplicates: {keep: newest, by: id, others: quarantine}}}",
        "DELETE FROM orders WHERE ctid IN (SELECT ctid FROM (SELECT ctid, row_number() OVER "
        f"(PARTITION BY {_PAIRED} ORDER BY id DESC) AS n FROM orders) AS o WHERE n > 1)",
        ROWS // 50,
    ),
}
"""What the file declares for `orders`, the plain statement for the same rows, and their number."""


def measure(host: Host, options: Options, report: Report) -> None:
    template = host.create("repairs")
    host.psql("-c", SETUP, database=template)
    host.settle(template)
    report.note(f"{ROWS:,} rows; " + ", ".join(f"{key} {value}" for key, value in host.settings().items()))
    for name, (declared, plain, rows) in WAYS.items():
        runs = {"repair": partial(_repair, host, declared, rows), "plain": partial(_plain, host, plain)}
        if "quarantine" in declared:
            runs["move"] = partial(_plain, host, f"WITH gone AS ({plain} RETURNING *) INSERT INTO moved TABLE gone")
        costs = in_turn(options.rounds or 5, **runs)
        report.ratio(f"{name} / plain statement", costs["repair"], costs["plain"], goal=GOAL)
        if "move" in runs:
            report.ratio(f"{name}: move in one statement / plain statement", costs["move"], costs["plain"])
            report.ratio(f"{name} / move in one statement", costs["repair"], costs["move"])
        for way in runs:
            report.add(f"{name}: {way}", [one.wall_s for one in costs[way]], "s")
            report.add(f"{name}: {way}, rows per second", [rows / one.wall_s for one in costs[way]], "")


def _copy(host: Host) -> str:
    host.create("copy", template="repairs")
    host.psql("-c", "CHECKPOINT")
    return PREFIX + "copy"


def _repair(host: Host, declared: str, rows: int) -> Cost:
    copy = _copy(host)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "schema.yaml")
        file.write_text(f"version: 1\ntables:\n  orders:\n    {declared}\n", encoding="utf-8")
        result = reconciler.apply(
            reconciler.load([file]),
            host.url(copy),
            options=reconciler.Options(allow=_ACCEPTED),
            approve=lambda _: True,
        )
    if result.error is not None:
        raise SystemExit(result.message)
    took, repaired = host.psql("-c", _TOOK, database=copy).split("|")
    if int(repaired) != rows:
        raise SystemExit(f"{repaired} rows were repaired instead of {rows}")
    return Cost(wall_s=float(took), cpu_s=0.0, peak_mb=0.0)


_TOOK = """
    SELECT sum((metadata ->> 'duration_s')::float8), sum(rows_affected) FROM migration_log
     WHERE status = 'completed' AND metadata #>> '{step,verb}' = 'repair'"""
_READ = "SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM users)"
_ACCEPTED = frozenset({"data-loss", "blocks-updates"})


def _plain(host: Host, statement: str) -> Cost:
    text = host.psql("-c", _READ, "-c", r"\timing on", "-c", statement, database=_copy(host))
    found = re.search(r"Time: ([0-9.]+) ms", text)
    assert found is not None, text
    return Cost(wall_s=float(found[1]) / 1000, cpu_s=0.0, peak_mb=0.0)


if __name__ == "__main__":
    sys.exit(run({"repairs": measure}))
