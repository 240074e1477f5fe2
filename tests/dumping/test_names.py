"""Tables whose names in the archive contain each other: each has its own dump and its own runs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

import reconciler
from tests.dumping.support import dumped, restored
from tests.execution.support import apply_all, desired
from tests.servers import Database

pytestmark = pytest.mark.pg("== 18")

NAMES = ("t", "old_t", 'a"t', "select")
GIVEN = "; ".join(f"""CREATE TABLE {'"' + one.replace('"', '""') + '"'} (id int)""" for one in NAMES)


def aged(database: Database) -> None:
    database.execute("UPDATE migration_log SET executed_at = executed_at - interval '2 days'")


def test_dumps(database: Database, tmp_path: Path) -> None:
    """The comment of a restored table may also have a statement about another one."""
    database.execute(GIVEN)
    listed = ", ".join(f"{one}: {{backup: dump}}" for one in NAMES)
    dumped(database, tmp_path, text=f"dropped_tables: {{{listed}}}")
    assert {one.origin.table.name for one in reconciler.dumped(database.url)} == set(NAMES)
    restored(database, tmp_path, "old_t")
    restored(database, tmp_path, 'a"t')
    (name,) = (one.name for one in reconciler.dumped(database.url) if one.origin.table.name == "t")
    database.execute(f"""COMMENT ON TABLE old_t IS 'DROP TABLE "reconcile_archive"."{name}"'""")
    dumped(database, tmp_path, text="dropped_tables: {old_t: {backup: dump}}")
    restored(database, tmp_path, "old_t")
    assert {one.origin.table.name for one in reconciler.dumped(database.url)} == {"t", "select"}
    aged(database)
    trimmed = reconciler.trim_history(desired(tmp_path, ""), database.url, older_than=timedelta(days=1))
    assert trimmed.kept["dumped a table"] == 1
    assert trimmed.kept["restored a table whose dump the journal still has"] == 2
    assert {one.origin.table.name for one in reconciler.dumped(database.url)} == {"t", "select"}
    restored(database, tmp_path, "t")
    restored(database, tmp_path, "select")
    assert reconciler.dumped(database.url) == []


def test_runs(database: Database, tmp_path: Path) -> None:
    """Two runs in the same second archive tables whose names contain each other."""
    database.execute(GIVEN)
    apply_all(desired(tmp_path, "dropped_tables: {t: }"), database.url)
    (first,) = (one.run_id for one in reconciler.history(database.url))
    apply_all(desired(tmp_path, "dropped_tables: {old_t: }"), database.url)
    names = {one.origin.name: one.table.name for one in reconciler.archived(database.url)}
    database.execute(
        f"UPDATE migration_log SET metadata = replace(metadata::text, '{names['old_t']}', 'old_{names['t']}')::jsonb"
    )
    assert {one.origin.name: one.run_id for one in reconciler.archived(database.url)}["t"] == first
