"""Tables and objects of real schemas go and come back. `RECONCILE_TEST_SCHEMAS` names a folder of their dumps."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import reconciler
from reconciler.kinds import KINDS
from reconciler.kinds.rules import GATED
from reconciler.model.names import Key, TableName
from reconciler.model.options import Options
from reconciler.model.state import DesiredState, Named, Policy
from reconciler.postgres.catalog import read_named
from reconciler.postgres.session import connect
from reconciler.rehearsal.rows import make_rows
from tests.execution.support import EXAMPLE, apply, load_example
from tests.restoring.whole import difference, dump, sorted_dump
from tests.servers import NIGHTLY, Database, Server
from tests.snapshots.test_schemas import DUMPS, load

# Roles and privileges that `pg_dump` prints are those of the database, so its text is compared as a whole.
TABLES = """
    SELECT n.nspname::text, c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^(pg_|information_schema|reconcile_)'
     ORDER BY 1, 2"""
PARTS = """
    SELECT format('%I.%I', relnamespace::regnamespace::text, relname) FROM pg_class
     WHERE relispartition AND relkind IN ('r', 'p')"""
VIEWS = """
    DO $$DECLARE one text; BEGIN
      FOR one IN
        SELECT format('DROP %s IF EXISTS %s CASCADE', CASE WHEN relkind = 'v' THEN 'VIEW' ELSE 'MATERIALIZED VIEW' END,
                      oid::regclass)
          FROM pg_class
         WHERE relkind IN ('v', 'm') AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
           AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e') ORDER BY oid
      LOOP EXECUTE one; END LOOP; END$$"""
TRUSTED = Options(trust_file=True, allow=frozenset({"drop-table"}))
ACCEPTED = Options(trust_file=True, allow=GATED)
SECTIONS = {kind.id: kind.absent_section for kind in KINDS if kind.absent_section}
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
    """Archive all tables on which nothing else depends; restore them one by one, then archive and restore all together
    by an undo. Returns their number, and that of all tables."""
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
    assert len(waiting) >= len(tables)  # with partitions
    archived = len(waiting)
    while waiting:  # tables that refer to others come back after them, and partitions together with their tables
        missing = [name for name in waiting if not restored(database, name)]
        assert len(missing) < len(waiting), reconciler.plan_restore(missing[0], database.url).refusals
        waiting = missing
    assert difference(before, dump(database)) == []
    assert apply(state, database.url, allow=["drop-table"]).error is None
    assert len(reconciler.archived(database.url)) == archived
    assert difference(before, undone(database)) == []
    return len(tables), everything


def restored(database: Database, name: str) -> bool:
    if name not in {one.table.name for one in reconciler.archived(database.url)}:
        return True
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
    assert count >= everything / 2


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
        parts = [name for (name,) in database.query(PARTS)]
        back = undone(database)
        assert difference(without_names(before, parts), without_names(back, parts)) == []
        assert difference(after, undone(database)) == []
    print(f"\n{schema.stem}: {len(result.plan.routes)} objects")


def without_names(text: str, parts: list[str]) -> str:
    """Remove the names of the not-nulls of partitions: they come back under those of the partitioned table."""
    for part in parts:
        before, found, rest = text.partition(f"CREATE TABLE {part} (")
        columns, end, after = rest.partition("\n);")
        text = before + found + re.sub(r" CONSTRAINT \S+ NOT NULL", " NOT NULL", columns) + end + after
    return text


def absent(folder: Path, database: Database) -> DesiredState:
    """Return a state without any object that can be dropped."""
    for path, text in reconciler.export(database.url).files.items():
        (folder / path).write_text(text)
    live = reconciler.read(reconciler.load([folder]), database.url)
    keys = {key: key.name or one.given_name("") for key, one in live.objects.items() if key.kind in SECTIONS}
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


def undone(database: Database, run: str = "last") -> str:
    """Undo a run; return the dump."""
    result = reconciler.undo(run, NOTHING, database.url, approve=lambda _: True, options=ACCEPTED)
    assert not result.plan.refusals, [one.cause for one in result.plan.refusals]
    assert result.error is None, result.message
    return dump(database)


@pytest.mark.skipif(not NIGHTLY, reason="applies and undoes the example, with 120 steps each")
@pytest.mark.ends
def test_the_example_comes_back(database: Database) -> None:
    """With bad rows, which a first run repairs; two undos take both runs back."""
    load_example(database)
    done = database.psql((EXAMPLE.parent / "examples/samia_tarot/dirty.sql").read_text(encoding="utf-8"))
    assert done.returncode == 0, done.stderr
    database.execute("DROP VIEW voice_note_minutes")
    known, runs = [sorted_dump(database)], list[str]()
    for file in (EXAMPLE.parent / "examples/samia_tarot/repair.yaml", EXAMPLE):
        result = apply(reconciler.load([file]), database.url, allow=["blocks-updates"])
        assert not result.plan.refusals, [one.cause for one in result.plan.refusals]
        assert result.error is None, result.message
        known.append(sorted_dump(database))
        runs.append(result.run_id)
    assert len(reconciler.archived(database.url)) > 3
    assert reconciler.find_quarantined(database.url)
    for run, before in zip(reversed(runs), known[-2::-1], strict=True):
        undone(database, run)
        assert difference(before, sorted_dump(database)) == []
    assert reconciler.archived(database.url) == []
