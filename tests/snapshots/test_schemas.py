"""Plans from snapshots of real schemas are the live plans. `RECONCILE_TEST_SCHEMAS` names a folder of their dumps."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import reconciler
from reconciler.model.plan import Plan
from reconciler.model.rules.hazards import NOT_TRIED
from reconciler.model.rules.objects import UNKNOWN
from tests.servers import Database, Server, psql_program
from tests.snapshots.same import substance

FOLDER = os.environ.get("RECONCILE_TEST_SCHEMAS", "")
DUMPS = sorted(Path(FOLDER).glob("*.sql")) if FOLDER else []

# Some builds of PostgreSQL lack these extensions, and the tables have them in defaults.
STAND_INS = """
    CREATE FUNCTION public.uuid_generate_v4() RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()';
    CREATE FUNCTION public.uuid_generate_v1() RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()';
"""
WIPED = 1_000_000
DROP = """
    DO $$DECLARE one text; BEGIN
      FOR one IN
        SELECT statement FROM (
          SELECT 1 AS turn, c.oid, format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', c.conrelid::regclass, c.conname)
            FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
           WHERE c.contype IN ('f', 'c', 'u', 'p', 'x') AND c.conparentid = 0 AND c.coninhcount = 0
             AND t.relnamespace::regnamespace::text !~ '^(pg_|information_schema)' AND t.relkind IN ('r', 'p')
           UNION ALL
          SELECT 2, i.oid, format('DROP INDEX IF EXISTS %s CASCADE', i.oid::regclass)
            FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
           WHERE i.relnamespace::regnamespace::text !~ '^(pg_|information_schema)' AND NOT i.relispartition
             AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.oid)
        ) AS found (turn, oid, statement) ORDER BY md5(statement), turn LIMIT {count}
      LOOP
        BEGIN EXECUTE one; EXCEPTION WHEN undefined_object THEN NULL; END;
      END LOOP; END$$"""


@pytest.mark.skipif(not DUMPS, reason="RECONCILE_TEST_SCHEMAS names no folder of dumps")
@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)
def test_plans_of_real_schemas_are_the_same(dump: Path, server: Server, record_property, tmp_path):
    if server.major not in (15, 18):
        pytest.skip("on 15 and 18")
    with server.database() as database:
        load(database, dump)
        for path, text in reconciler.export(database.url).files.items():
            (tmp_path / path).write_text(text)
        desired = reconciler.load([tmp_path])
        assert compare(database, desired) == (0, 0)
        database.execute(DROP.format(count=20))
        changes, unknown = compare(database, desired)
        assert changes >= 20
        database.execute(DROP.format(count=WIPED))
        wiped, more = compare(database, desired)
    assert wiped > changes
    record_property("changes", wiped)
    record_property("unknown", unknown + more)
    print(f"\n{dump.stem} on {server.major}: {changes} and {wiped} changes, unknown: {unknown} and {more}")
    assert (unknown, more) == (0, 0)


def load(database: Database, dump: Path) -> None:
    """Load a dump as far as it goes: extensions and owners may be missing."""
    options = ["-X", "-q", "-v", "ON_ERROR_STOP=0", "-d", database.url]
    text = dump.read_text(encoding="utf-8").replace("\\set ON_ERROR_STOP 1", "")
    subprocess.run(
        [psql_program(), *options], input=STAND_INS + text, text=True, capture_output=True, check=False, timeout=300
    )


def compare(database: Database, desired: reconciler.DesiredState) -> tuple[int, int]:
    """The number of changes, and that of entries which are unknown from a snapshot only."""
    snapshot = reconciler.take_snapshot(desired, database.url)
    from_snapshot = reconciler.plan_snapshot(desired, snapshot.encode())
    live = reconciler.plan(desired, database.url)
    if unknown(from_snapshot) == unknown(live):
        assert substance(from_snapshot) == substance(live)
    return len(live.routes), unknown(from_snapshot) - unknown(live)


def unknown(plan: Plan) -> int:
    hazards = [hazard for route in plan.routes for hazard in route.hazards]
    refused = sum(one.rule == UNKNOWN for one in plan.refusals)
    return refused + sum(hazard.kind is NOT_TRIED for hazard in hazards)
