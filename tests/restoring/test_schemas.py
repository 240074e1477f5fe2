"""Tables and objects of real schemas go and come back. `RECONCILE_TEST_SCHEMAS` names a folder of their dumps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import reconciler
from reconciler.kinds.rules import GATED
from reconciler.model.names import Key, TableName
from reconciler.model.options import Options
from reconciler.model.state import DesiredState, Named, Policy
from reconciler.postgres.catalog import read_named
from reconciler.postgres.session import connect
from reconciler.rehearsal.rows import make_rows
from tests.execution.support import apply, load_example
from tests.restoring.whole import dump
from tests.servers import NIGHTLY, Database, Server
from tests.snapshots.test_schemas import DUMPS, load

# Roles and privileges that `pg_dump` prints are those of the database, so its text is compared as a whole.
TABLES = """
    SELECT n.nspname::text, c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^(pg_|information_schema|reconcile_)'
     ORDER BY 1, 2"""
VIEWS = """
    DO $$DECLARE one text; BEGIN
      FOR one IN
        SELECT format('DROP %s IF EXISTS %s CASCADE', CASE WHEN relkind = 'v' THEN 'VIEW' ELSE 'MATERIALIZED VIEW' END,
                      oid::regclass)
          FROM pg_class
         WHERE relkind IN ('v', 'm') AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)' ORDER BY oid
      LOOP EXECUTE one; END LOOP; END$$"""
TRUSTED = Options(trust_file=True, allow=frozenset({"drop-table"}))
ACCEPTED = Options(trust_file=True, allow=GATED)
NOTHING = DesiredState(objects={}, policy=Policy(max_drops=10_000))


def fill(database: Database, rows: int) -> None:
    with connect(database.url) as session:
        tables = frozenset(TableName(schema=schema, name=name) for schema, name in database.query(TABLES))
        make_rows(
            session, read_named(session, Named(tables=tables, dropped=frozenset())), DesiredState(objects={}), rows
        )


def dropping(folder: Path, tables: list[tuple[str, str]]) -> DesiredState:
    entries = {f"label {n}": {"schema": schema, "table": name} for n, (schema, name) in enumerate(tables)}
    file = folder / "schema.yaml"
    text = {"version": 1, "policy": {"max_drops": 10_000}, "dropped_tables": entries}
    file.write_text(json.dumps(text), encoding="utf-8")
    return reconciler.load([file])


def archived_and_restored(database: Database, folder: Path) -> tuple[int, int]:
    """Archive all tables on which nothing else depends; restore them. Returns their number, and that of all tables."""
    tables = list(database.query(TABLES))
    everything, before = len(tables), dump(database)
    while True:  # views, functions, and foreign keys of tables that have to stay
        state = dropping(folder, tables)
        plan = reconciler.plan(state, database.url, options=TRUSTED)
        refused = {refusal.key.table_name for refusal in plan.refusals if refusal.key is not None}
        if not refused:
            break
        tables = [pair for pair in tables if TableName(schema=pair[0], name=pair[1]) not in refused]
    result = apply(state, database.url, allow=["drop-table"])
    assert result.error is None, result.message
    waiting = [one.table.name for one in reconciler.archived(database.url)]
    assert len(waiting) == len(tables)
    archived = len(waiting)
    while waiting:  # tables that refer to others come back after them
        missing = [name for name in waiting if not restored(database, name)]
        assert len(missing) < len(waiting), reconciler.plan_restore(missing[0], database.url).refusals
        waiting = missing
    assert dump(database) == before
    return archived, everything


def restored(database: Database, name: str) -> bool:
    result = reconciler.restore(name, database.url, approve=lambda _: True)
    assert result.error is None, result.message
    if result.plan.refusals:
        assert {refusal.rule for refusal in result.plan.refusals} == {"missing-table"}, result.plan.refusals
    return not result.plan.refusals


real_schemas = pytest.mark.skipif(
    not DUMPS or not NIGHTLY, reason="RECONCILE_TEST_SCHEMAS names no folder of dumps, or it is day"
)


@real_schemas
@pytest.mark.parametrize("schema", DUMPS, ids=lambda path: path.stem)
def test_tables_of_real_schemas(schema: Path, server: Server, tmp_path: Path) -> None:
    if server.major not in (15, 18):
        pytest.skip("on 15 and 18")
    with server.database() as database:
        load(database, schema)
        database.execute(VIEWS)  # no table on which a view depends can be archived
        fill(database, 20)
        count, everything = archived_and_restored(database, tmp_path)
    print(f"\n{schema.stem}: {count} of {everything} tables")
    assert count > everything / 2


@pytest.mark.skipif(not NIGHTLY, reason="archives and restores about twenty tables")
@pytest.mark.ends
def test_tables_of_the_example(database: Database, tmp_path: Path) -> None:
    load_example(database)
    count, _ = archived_and_restored(database, tmp_path)
    assert count > 10


@real_schemas
@pytest.mark.parametrize("schema", DUMPS, ids=lambda path: path.stem)
def test_everything_that_was_dropped_comes_back(schema: Path, server: Server, tmp_path: Path) -> None:
    """All keys, indexes, constraints and statistics are dropped by one run, which is undone; and the undo, too."""
    if server.major not in (15, 18):
        pytest.skip("on 15 and 18")
    with server.database() as database:
        load(database, schema)
        fill(database, 20)
        before = dump(database)
        state = absent(tmp_path, database)
        result = apply(state, database.url, allow=sorted(GATED))
        assert not result.plan.refusals, [one.cause for one in result.plan.refusals]
        assert result.error is None, result.message
        after = dump(database)
        assert undone(database) == before
        assert undone(database) == after
    print(f"\n{schema.stem}: {len(result.plan.routes)} objects")


def absent(folder: Path, database: Database) -> DesiredState:
    """Return a state without any object that can be dropped."""
    for path, text in reconciler.export(database.url).files.items():
        (folder / path).write_text(text)
    objects = reconciler.load([folder]).objects
    keys = {key: key.name or one.definition.given_name("") for key, one in objects.items()}
    while True:
        state = without(folder, keys)
        refused = {one.key for one in reconciler.plan(state, database.url, options=ACCEPTED).refusals}
        if not refused:
            return state
        assert not refused.isdisjoint(keys), refused
        keys = {key: name for key, name in keys.items() if key not in refused}


def without(folder: Path, keys: Mapping[Key, str]) -> DesiredState:
    tables: dict[str, dict[str, Any]] = {}
    for key, name in sorted(keys.items()):
        entry = tables.setdefault(
            f"{key.schema}.{key.table}", {"schema": key.schema, "table": key.table, "absent": {}}
        )
        section = {"not_null": "not_null", "index": "indexes", "statistics": "statistics"}.get(
            key.kind, "constraints"
        )
        entry["absent"].setdefault(section, []).append(name)
    file = folder / "absent.yaml"
    text = {"version": 1, "policy": {"max_drops": 10_000}, "tables": tables}
    file.write_text(json.dumps(text), encoding="utf-8")
    return reconciler.load([file])


def undone(database: Database) -> str:
    """Undo the last run; return the dump."""
    result = reconciler.undo("last", NOTHING, database.url, approve=lambda _: True, options=ACCEPTED)
    assert not result.plan.refusals, [one.cause for one in result.plan.refusals]
    assert result.error is None, result.message
    return dump(database)
