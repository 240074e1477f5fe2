"""Archived tables that are due for their purge, and relations that can only be dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.model.options import Options
from tests.execution.support import apply, apply_all, assert_in_sync, desired
from tests.restoring.ages import AGE, LONG_AGO
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]


def test_a_purge_is_offered_and_never_made_by_itself(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE old (id int PRIMARY KEY); CREATE TABLE young (id int PRIMARY KEY)")
    state = desired(tmp_path, "dropped_tables: {old: {purge_after: 30d}, young: {purge_after: 30d}}")
    apply_all(state, database.url)
    database.execute(AGE.format(table="old"))
    due = f"old__{LONG_AGO}"
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


def test_partitions_and_children_are_purged_with_their_table(database: Database, tmp_path: Path) -> None:
    """They go first, whatever their names: a run that is interrupted leaves the table, by whose entry they are due."""
    database.execute("""
        CREATE TABLE a (id int) PARTITION BY LIST (id);
        CREATE TABLE b PARTITION OF a DEFAULT PARTITION BY LIST (id); CREATE TABLE c PARTITION OF b DEFAULT;
        CREATE TABLE kept PARTITION OF a FOR VALUES IN (1);
        CREATE TABLE parent (id int); CREATE TABLE sub () INHERITS (parent);
        INSERT INTO a VALUES (1), (2); INSERT INTO sub VALUES (3)""")
    entries = "{a: {purge_after: 30d}, parent: {purge_after: 30d}, kept: }"
    state = desired(tmp_path, f"dropped_tables: {entries}")
    apply_all(state, database.url)
    database.execute(AGE.format(table=".*"))
    names = [f"sub__{LONG_AGO}", f"parent__{LONG_AGO}", f"c__{LONG_AGO}", f"b__{LONG_AGO}", f"a__{LONG_AGO}"]
    plan = reconciler.plan(state, database.url)
    assert {note.message.split('"')[1] for note in plan.notes if note.rule == "purge-due"} == set(names)
    options = Options(allow=frozenset({"purge"}), tables=("parent",))
    restricted = reconciler.plan(state, database.url, options=options)
    assert [step.id.key.table for step in restricted.steps] == names[:2]
    for order in (names, names[3:]):
        accepted = reconciler.plan(state, database.url, options=Options(allow=frozenset({"purge"})))
        found = [step.id.key.table for step in accepted.steps]
        assert sorted(found) == sorted(order)
        for part, whole in (("sub", "parent"), ("c", "b"), ("b", "a")):
            wanted = [f"{part}__{LONG_AGO}", f"{whole}__{LONG_AGO}"]
            assert [name for name in found if name in wanted] == [name for name in wanted if name in order]
        if order is names:
            database.execute("DROP TABLE " + ", ".join(f'reconcile_archive."{name}"' for name in names[:3]))
    assert apply(state, database.url, allow=["purge"]).error is None
    assert [str(one.origin) for one in reconciler.archived(database.url)] == ["public.kept"]


def test_a_part_that_its_own_entry_archived_is_not_purged_by_another(database: Database, tmp_path: Path) -> None:
    """Neither in the run that archives its former parent, nor afterwards, though the file no longer has the entry."""
    database.execute("""
        CREATE TABLE events (id int) PARTITION BY LIST (id);
        CREATE TABLE e1 PARTITION OF events FOR VALUES IN (1); CREATE TABLE e2 PARTITION OF events FOR VALUES IN (2);
        CREATE TABLE e3 PARTITION OF events DEFAULT PARTITION BY LIST (id); CREATE TABLE e4 PARTITION OF e3 DEFAULT;
        INSERT INTO events VALUES (1), (2), (4)""")
    apply_all(desired(tmp_path, "dropped_tables: {e1: }"), database.url)
    database.execute(AGE.format(table=".*"))
    state = desired(tmp_path, "dropped_tables: {events: {purge_after: 1d}, e3: }")
    assert apply(state, database.url, allow=["purge"]).error is None
    database.execute(AGE.format(table="(events|e[234])"))
    due = reconciler.plan(state, database.url, options=Options(allow=frozenset({"purge"})))
    assert [step.id.key.table for step in due.steps] == [f"e2__{LONG_AGO}", f"events__{LONG_AGO}"]
    assert apply(state, database.url, allow=["purge"]).error is None
    state = desired(tmp_path, "dropped_tables: {events: {purge_after: 1d}}")
    assert apply(state, database.url, allow=["purge"]).completed == 0
    assert [str(one.origin) for one in reconciler.archived(database.url)] == ["public.e1", "public.e3", "public.e4"]


def test_a_part_is_purged_at_its_own_time(database: Database, tmp_path: Path) -> None:
    """An interrupted run archives parts before their table; a restore can leave them in the archive without it."""
    database.execute("""
        CREATE TABLE events (id int) PARTITION BY LIST (id);
        CREATE TABLE e1 PARTITION OF events FOR VALUES IN (1); CREATE TABLE e2 PARTITION OF events FOR VALUES IN (2)""")
    state = desired(tmp_path, "dropped_tables: {events: {purge_after: 30d}}")
    apply_all(state, database.url)
    allowed = Options(allow=frozenset({"purge"}))
    database.execute(AGE.format(table="events"))
    assert [step.id.key.table for step in reconciler.plan(state, database.url, options=allowed).steps] == [
        f"events__{LONG_AGO}"
    ]
    database.execute(AGE.format(table="e1"))
    assert [step.id.key.table for step in reconciler.plan(state, database.url, options=allowed).steps] == [
        f"e1__{LONG_AGO}",
        f"events__{LONG_AGO}",
    ]
    reconciler.restore("events", database.url, approve=lambda _: True)
    steps = reconciler.plan(state, database.url, options=allowed).steps
    assert [step.id.key.table for step in steps if step.id.key.schema == "reconcile_archive"] == []


ARCHIVED_TREE = """
    CREATE TABLE events (id serial) PARTITION BY LIST (id);
    CREATE TABLE e1 PARTITION OF events FOR VALUES IN (1); CREATE TABLE e2 PARTITION OF events FOR VALUES IN (2)"""


def test_nothing_is_purged_if_something_depends_on_a_part(database: Database, tmp_path: Path) -> None:
    """The defaults of the partitions use a sequence of their table, and go with them. A view in the file goes first."""
    database.execute(ARCHIVED_TREE)
    entry = "events: {purge_after: 30d}"
    state = desired(tmp_path, f"dropped_tables: {{{entry}}}")
    apply_all(state, database.url)
    database.execute(AGE.format(table=".*"))
    database.execute(f'CREATE VIEW late AS SELECT id FROM reconcile_archive."e2__{LONG_AGO}"')
    result = apply(state, database.url, allow=["purge"])
    assert [(one.rule, one.cause) for one in result.plan.refusals] == [
        ("has-dependents", f'view public.late depends on reconcile_archive."e2__{LONG_AGO}"')
    ]
    assert len(reconciler.archived(database.url)) == 3
    state = desired(tmp_path, f"dropped_tables: {{{entry}, late: {{backup: none}}}}")
    result = apply(state, database.url, allow=["purge", "drop-table"])
    assert result.error is None, result.message
    assert reconciler.archived(database.url) == []


def test_a_view_that_somebody_creates_before_the_first_drop(database: Database, tmp_path: Path) -> None:
    """No part is purged then, though the view was not there when the plan was made."""
    database.execute(ARCHIVED_TREE)
    state = desired(tmp_path, "dropped_tables: {events: {purge_after: 30d}}")
    apply_all(state, database.url)
    database.execute(AGE.format(table=".*"))

    def approve(plan: reconciler.Plan) -> bool:
        assert len(plan.steps) == 3
        database.execute(f'CREATE VIEW late AS SELECT id FROM reconcile_archive."e2__{LONG_AGO}"')
        return True

    options = Options(allow=frozenset({"purge"}))
    result = reconciler.apply(state, database.url, options=options, approve=approve)
    assert result.error is not None
    assert result.error.rule == "has-dependents"
    assert f'view public.late depends on reconcile_archive."e2__{LONG_AGO}"' in result.message
    assert len(reconciler.archived(database.url)) == 3


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
    assert all("for a table, use `backup: archive`" in refusal.remedy for refusal in plan.refusals)
    result = apply(state, database.url, allow=["drop-table"])
    assert result.error is None, result.message
    assert_in_sync(state, database.url)
    assert [database.value(f"SELECT to_regclass('{name}')") for name in names] == [None, None, None]
    before = (
        "SELECT metadata -> 'before' ->> 'query' FROM migration_log WHERE status = 'completed' AND step_name ~ '{}'"
    )
    assert "WHERE (" in str(database.value(before.format("shown")))
    assert "count(*)" in str(database.value(before.format("counted")))
