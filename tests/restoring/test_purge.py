"""Archived tables that are due for their purge, and relations that can only be dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.model.options import Options
from tests.execution.support import apply, apply_all, assert_in_sync, desired
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]


def test_a_purge_is_offered_and_never_made_by_itself(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE old (id int PRIMARY KEY); CREATE TABLE young (id int PRIMARY KEY)")
    state = desired(
        tmp_path, "policy: {allow: [purge]}\ndropped_tables: {old: {purge_after: 30d}, young: {purge_after: 30d}}"
    )
    apply_all(state, database.url)
    name = str(database.value("SELECT relname FROM pg_class WHERE relname ~ '^old__'"))
    due = "old__20240101T000000Z"
    database.execute(f'ALTER TABLE reconcile_archive."{name}" RENAME TO "{due}"')
    plan = reconciler.plan(state, database.url)
    assert plan.in_sync
    ((rule, message),) = [(note.rule, note.message) for note in plan.notes]
    assert rule == "purge-due"
    assert message.startswith(f'reconcile_archive."{due}" has been in the archive for longer than its purge_after;')
    assert "which frees an unknown size (never analyzed), use" in message
    database.execute(f'ANALYZE reconcile_archive."{due}"')
    assert apply(state, database.url).completed == 0
    accepted = reconciler.plan(state, database.url, options=Options(allow=frozenset({"purge"})))
    assert [str(step.id) for step in accepted.steps] == [f'drop dropped_table reconcile_archive."{due}"']
    ((hazard,),) = [route.hazards for route in accepted.routes]
    assert hazard.detail.startswith(
        f'reconcile_archive."{due}", which was public.old until 2024-01-01 00:00:00 UTC; this frees 0 bytes and its '
        "indexes"
    )
    assert apply(state, database.url, allow=["purge"]).error is None
    assert [str(one.origin) for one in reconciler.archived(database.url)] == ["public.young"]
    assert reconciler.plan(state, database.url).notes == ()


def test_views_and_foreign_tables_are_only_dropped(database: Database, tmp_path: Path) -> None:
    database.execute("""
        CREATE TABLE users (id int); CREATE VIEW shown AS SELECT id FROM users WHERE id > 3;
        CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM users; CREATE INDEX by_n ON counted (n);
        CREATE EXTENSION postgres_fdw; CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw;
        CREATE FOREIGN TABLE far (id int) SERVER other""")
    names = ("shown", "counted", "far")
    archiving = reconciler.plan(desired(tmp_path, "dropped_tables: {shown: , counted: , far: }"), database.url)
    assert sorted((one.rule, one.cause) for one in archiving.refusals) == [
        ("not-supported-yet", "public.counted is a materialized view, which cannot be archived"),
        ("not-supported-yet", "public.far is a foreign table, which cannot be archived"),
        ("not-supported-yet", "public.shown is a view, which cannot be archived"),
    ]
    entries = ", ".join(f"{name}: {{backup: none}}" for name in names)
    state = desired(tmp_path, f"dropped_tables: {{{entries}}}")
    plan = reconciler.plan(state, database.url)
    assert {refusal.rule for refusal in plan.refusals} == {"hazard-not-accepted"}
    result = apply(state, database.url, allow=["drop-table"])
    assert result.error is None, result.message
    assert_in_sync(state, database.url)
    assert [database.value(f"SELECT to_regclass('{name}')") for name in names] == [None, None, None]
    before = (
        "SELECT metadata -> 'before' ->> 'query' FROM migration_log WHERE status = 'completed' AND step_name ~ '{}'"
    )
    assert "WHERE (" in str(database.value(before.format("shown")))
    assert "count(*)" in str(database.value(before.format("counted")))
