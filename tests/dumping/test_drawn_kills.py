"""Dumps and restores from them, killed at drawn moments: all rows are in a table, or in a dump that was verified.

`RECONCILE_TEST_KILLS` is the number of kills, `RECONCILE_TEST_SEED` the seed of all draws.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import psycopg
import pytest

import reconciler
from tests.dumping.support import FILE, verifying_url
from tests.execution.drawn_kills import Killer, Operation
from tests.execution.operations import dump_tables, restore_dumped
from tests.execution.support import desired
from tests.restoring.whole import dump
from tests.servers import NIGHTLY, Database

KILLS = int(os.environ.get("RECONCILE_TEST_KILLS", "150" if NIGHTLY else "3"))
SEED = int(os.environ.get("RECONCILE_TEST_SEED") or random.randrange(1 << 32))

GIVEN = """
    CREATE TABLE users (id int PRIMARY KEY); INSERT INTO users SELECT generate_series(1, 40);
    CREATE TABLE old (id serial PRIMARY KEY, user_id int REFERENCES users, t text CHECK (length(t) > 2),
        doubled int GENERATED ALWAYS AS (user_id * 2) STORED);
    INSERT INTO old (user_id, t) SELECT n % 40 + 1, repeat('text ', n % 50 + 1) FROM generate_series(1, 2000) AS n;
    CREATE INDEX by_t ON old (lower(t)); CREATE STATISTICS pair (dependencies) ON id, user_id FROM old;
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER touched BEFORE UPDATE ON old FOR EACH ROW EXECUTE FUNCTION touch();
    GRANT SELECT ON old TO reader; COMMENT ON TABLE old IS 'mine'"""
_HASH = "SELECT concat(count(*), ' ', sum(hashtextextended(t::text, 0))) FROM {} AS t"


@pytest.fixture
def verify_db(database: Database) -> Iterator[str]:
    """Return the URL of the verifying server, on which kills leave databases."""
    yield verifying_url(database)
    for (name,) in database.query("SELECT datname FROM pg_database WHERE datname LIKE 'reconcile_verify_%'"):
        database.execute(f"DROP DATABASE {name} WITH (FORCE)")


def rows_of(database: Database) -> str | None:
    """Return the hash of the rows of the table, wherever it is; None if it is nowhere. A statement of a killed client
    may still move it meanwhile."""
    for _ in range(100):
        with suppress(psycopg.errors.UndefinedTable):
            found = database.query(
                "SELECT oid::regclass::text FROM pg_class WHERE relname ~ '^old(__|$)' AND relkind = 'r'"
            )
            assert len(found) <= 1, found
            return database.value(_HASH.format(found[0][0])) if found else None
    raise AssertionError("the table is moved again and again")


def is_in_dump(database: Database, dumps: Path) -> bool:
    """Whether the journal has one dump of the table, and the folder its file."""
    found = reconciler.dumped(database.url)
    if not found:
        return False
    (one,) = found
    return hashlib.sha256((dumps / one.dump.file).read_bytes()).hexdigest() == one.dump.sha256


@pytest.mark.ends if NIGHTLY else pytest.mark.pg(">= 18")
def test_no_row_is_lost(database: Database, tmp_path: Path, verify_db: str) -> None:
    print(f"RECONCILE_TEST_SEED={SEED}")
    database.execute(GIVEN)
    before, rows = dump(database), rows_of(database)
    dumps, file = tmp_path / "dumps", tmp_path / "schema.yaml"
    dumps.mkdir()
    desired(tmp_path, FILE)
    killer = Killer(url=database.url, chance=random.Random(SEED))

    def carry_out(name: str, operation: Operation) -> None:
        for _ in range(100):
            done = killer.completes(name, operation)
            found = rows_of(database)
            if found is None and not is_in_dump(database, dumps):
                found = rows_of(database)  # a statement of a killed client has brought them back meanwhile
                assert found is not None, name
            assert found in (rows, None), name
            if done:
                return
        raise AssertionError(f"{name} never completes")

    while killer.kills.total() < KILLS:
        carry_out("dump", partial(dump_tables, file, dumps, verify_db))
        assert rows_of(database) is None
        carry_out("restore", partial(restore_dumped, "old", dumps))
        assert dump(database) == before
        print(f"{killer.kills.total()} kills", flush=True)
    print({f"{name}, {way}": count for (name, way), count in sorted(killer.kills.items())})
