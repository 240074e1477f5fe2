"""A plan names the children whose constraints a run validates together with those of their parents."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from tests.execution.support import apply_all, desired
from tests.servers import Database

TABLES = """
    CREATE TABLE events (id int, at date);
    CREATE TABLE old_events () INHERITS (events);
    CREATE TABLE older_events () INHERITS (old_events);
    CREATE TABLE new_events () INHERITS (events);
    CREATE TABLE parts (id int) PARTITION BY LIST (id);
    CREATE TABLE part PARTITION OF parts DEFAULT;
    ALTER TABLE events ADD CONSTRAINT positive CHECK (id > 0) NOT VALID;
    ALTER TABLE new_events VALIDATE CONSTRAINT positive;
    ALTER TABLE parts ADD CONSTRAINT positive CHECK (id > 0) NOT VALID"""
FILE = """
tables:
  events: {checks: {positive: id > 0}}
  parts: {checks: {positive: id > 0}}"""
NOT_VALID = "SELECT conrelid::regclass::text FROM pg_constraint WHERE NOT convalidated ORDER BY 1"


def noted(plan: reconciler.Plan) -> list[tuple[str, str]]:
    return [(str(note.key), note.message) for note in plan.notes if note.rule == "validates-children"]


def validates(tables: str) -> str:
    return f"its validation also validates that of {tables}, which is NOT VALID there: their rows are read as well"


def test_checks_of_children_are_validated_with_that_of_the_parent(database: Database, tmp_path: Path) -> None:
    """Partitions belong to their table, and a child with a declaration has a change of its own."""
    database.execute(TABLES)
    assert noted(reconciler.plan(desired(tmp_path, FILE), database.url)) == [
        ("check positive on public.events", validates("public.old_events, public.older_events"))
    ]
    state = desired(tmp_path, f"{FILE}\n  old_events: {{checks: {{positive: id > 0}}}}")
    assert noted(reconciler.plan(state, database.url)) == [
        ("check positive on public.events", validates("public.older_events"))
    ]
    apply_all(state, database.url)
    assert database.query(NOT_VALID) == []
    assert noted(reconciler.plan(state, database.url)) == []


@pytest.mark.pg(">= 18")
def test_not_nulls_of_children_are_validated_with_that_of_the_parent(database: Database, tmp_path: Path) -> None:
    """Also one that the child has before its parent, and not with NO INHERIT, which concerns no child."""
    database.execute(f"{TABLES}; ALTER TABLE old_events ADD CONSTRAINT known NOT NULL at NOT VALID")
    only = desired(tmp_path, "tables: {events: {not_null: {at: {no_inherit: true}}}}")
    assert noted(reconciler.plan(only, database.url)) == []
    state = desired(tmp_path, "tables: {events: {not_null: at}}")
    assert noted(reconciler.plan(state, database.url)) == [
        ("not-null of public.events.at", validates("public.old_events, public.older_events"))
    ]
    apply_all(state, database.url)
    assert database.query(f"{NOT_VALID.replace('WHERE', 'WHERE conkey = ARRAY[2::int2] AND')}") == []
