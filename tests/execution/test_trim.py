"""`history --trim` deletes old entries, except for those that something still needs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import reconciler
from reconciler.cli.main import main
from tests.execution.support import apply_all, desired
from tests.servers import Database

pytestmark = pytest.mark.pg(">= 18")

RUNS = (
    "tables: {t: {indexes: {superseded: a}}}",
    "tables: {t: {absent: {indexes: [superseded]}, indexes: {still_there: b}}}",
    "dropped_tables: {old: {}}",
    "tables: {t: {foreign_keys: {t_a_fkey: {columns: a, references: u(id), orphans: quarantine}}}}",
    "tables: {t: {absent: {constraints: [t_a_fkey]}}}",
)


def test_only_entries_that_nothing_needs_are_deleted(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path.parent)
    database.execute("CREATE TABLE t (id int PRIMARY KEY, a int, b int); CREATE TABLE u (id int PRIMARY KEY)")
    database.execute("INSERT INTO t VALUES (1, 1, 1); CREATE TABLE old ()")
    for text in RUNS:
        apply_all(desired(tmp_path, text), database.url)
    database.execute("SELECT log_migration_step('mine', 'clean up')")
    first, second, archived, repaired, last = (run.run_id for run in reconciler.history(database.url))
    assert main(["history", "--trim", "365d", "--db", database.url]) == 0
    assert capsys.readouterr().out == "Deleted 0 entries of 0 runs.\n"

    database.execute("UPDATE migration_log SET executed_at = executed_at - interval '400 days'")
    assert main(["history", "--trim", "365d", "--db", database.url, "--format", "json"]) == 0
    trimmed = json.loads(capsys.readouterr().out)["trimmed"]
    assert (trimmed["runs"], trimmed["kept"]) == (
        1,
        {
            "archived a table that is still in the archive": 1,
            "put rows into the quarantine that are still there": 1,
            "can still be undone": 2,
        },
    )
    left = [run.run_id for run in reconciler.history(database.url)]
    assert left == [second, archived, repaired, last], "the first run has no object that is as it left it"
    assert first not in left
    assert database.query(
        "SELECT step_name, rows_affected FROM migration_log WHERE metadata ->> 'run_id' IS NULL"
    ) == [("trim", trimmed["entries"])]

    database.execute("DROP INDEX still_there; DROP TABLE t, u CASCADE; DROP SCHEMA reconcile_archive CASCADE")
    assert main(["history", "--trim", "365d", "--db", database.url]) == 0
    assert capsys.readouterr().out.endswith("of 4 runs.\n")
    assert reconciler.history(database.url) == []


def test_a_run_with_an_unfinished_step_stays(database: Database, tmp_path: Path) -> None:
    """Its entry proves that an invalid index is a remnant of the tool."""
    database.execute("CREATE TABLE t (a int); CREATE INDEX i ON t (a)")
    apply_all(desired(tmp_path, "tables: {t: {indexes: {i_a: [a], i: [a]}}}"), database.url)
    database.execute(
        "DELETE FROM migration_log WHERE status = 'completed' AND step_name ~ '^build'; DROP INDEX i_a"
    )
    database.execute("UPDATE migration_log SET executed_at = executed_at - interval '400 days'")
    assert main(["history", "--trim", "365d", "--db", database.url]) == 0
    assert len(reconciler.history(database.url)) == 1


def test_old_readings_of_the_use_of_tables_are_deleted(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last old one stays: later ones are compared with it."""
    monkeypatch.chdir(tmp_path.parent)
    database.execute("CREATE TABLE old ()")
    apply_all(desired(tmp_path, "dropped_tables: {old: {}}"), database.url)
    state = desired(tmp_path, "dropped_tables: {}")
    for _ in range(4):
        reconciler.record_usage(state, database.url)
    database.execute("UPDATE reconcile_usage SET taken_at = taken_at - interval '400 days' WHERE sequence < 4")
    assert main(["history", "--trim", "365d", "--db", database.url]) == 0
    assert capsys.readouterr().out.endswith("Deleted 2 readings of the use of tables.\n")
    assert database.query("SELECT sequence FROM reconcile_usage ORDER BY 1") == [(3,), (4,)]


@pytest.mark.parametrize("words", [["--trim", "0d"], ["--trim", "1y"], ["--trim", "365d", "6f2c1b9e"]])
def test_wrong_usage(words: list[str]) -> None:
    assert main(["history", *words, "--db", "host=nowhere"]) == 64
