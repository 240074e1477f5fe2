"""`history --trim` deletes old entries, except for those that something still needs."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.kinds.rules import GATED
from reconciler.model.options import Options
from reconciler.model.state import DesiredState, Policy
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


KEY = "tables: {t: {foreign_keys: {f: {columns: u, references: u, orphans: quarantine}}}}"


def undo_last(database: Database) -> None:
    state = DesiredState(objects={}, policy=Policy())
    result = reconciler.undo("last", state, database.url, approve=lambda _: True, options=Options(allow=GATED))
    assert not result.plan.refusals
    assert result.error is None


def trimmed(database: Database) -> dict[str, int]:
    """Make all entries old, trim, and return why runs were kept."""
    database.execute("UPDATE migration_log SET executed_at = executed_at - interval '400 days'")
    state = DesiredState(objects={}, policy=Policy())
    return dict(reconciler.trim_history(state, database.url, older_than=timedelta(days=365)).kept)


def test_a_run_that_was_undone_is_kept_only_for_the_run_that_did_so(database: Database, tmp_path: Path) -> None:
    """Nothing is left to undo of the first run, but an undo of the undo needs its policy for the rows."""
    database.execute("CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, u int)")
    database.execute("INSERT INTO t VALUES (1, 1)")
    apply_all(desired(tmp_path, KEY), database.url)
    undo_last(database)
    assert trimmed(database) == {"can still be undone": 1, "was undone by a run that is kept": 1}
    undo_last(database)
    assert database.query("SELECT id FROM t") == []
    undo_last(database)
    database.execute("ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (u) REFERENCES u ON DELETE SET NULL NOT VALID")
    assert trimmed(database) == {}, "the key is not as an undo left it"
    assert reconciler.history(database.url) == []


def test_a_run_that_only_validated_is_not_kept(database: Database, tmp_path: Path) -> None:
    """A validation is not undone."""
    database.execute("CREATE TABLE t (id int); ALTER TABLE t ADD CONSTRAINT c CHECK (id > 0) NOT VALID")
    apply_all(desired(tmp_path, "tables: {t: {checks: {c: id > 0}}}"), database.url)
    assert trimmed(database) == {}


def test_a_run_whose_table_in_the_archive_has_another_comment_is_kept(database: Database, tmp_path: Path) -> None:
    """Its entries are the only record of where the table comes from, and with them, the table can be restored."""
    database.execute("CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (id int REFERENCES u)")
    apply_all(desired(tmp_path, "dropped_tables: {t: }"), database.url)
    (archived,) = reconciler.archived(database.url)
    name, run = archived.table.name, reconciler.history(database.url)[-1].run_id
    database.execute(f"COMMENT ON TABLE reconcile_archive.\"{name}\" IS 'oops'")
    assert trimmed(database) == {"archived a table that is still in the archive": 1}
    with pytest.raises(reconciler.ReconcileError, match="does not say where the table comes from") as refused:
        reconciler.plan_restore(name, database.url)
    assert "run the last one again" in str(refused.value)
    statements = [
        sql for entry in reconciler.history_of(run, database.url) for sql in entry.metadata.get("sql", ())
    ]
    database.execute([one for one in statements if one.startswith("COMMENT ON TABLE")][-1])
    result = reconciler.restore("t", database.url, approve=lambda _: True)
    assert result.error is None
    assert database.value("SELECT conname FROM pg_constraint WHERE conrelid = 't'::regclass AND contype = 'f'")


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
