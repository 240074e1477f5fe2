"""Rows go back to the table from which a repair took them, and to no other of the same name."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.execution.result import ApplyResult
from reconciler.kinds.rules import GATED
from reconciler.model.options import Options
from reconciler.model.state import DesiredState, Policy
from tests.execution.repairing import SMALL, orphans, quarantines
from tests.execution.support import apply_all, desired
from tests.servers import Database

pytestmark = pytest.mark.ends

NOTHING = DesiredState(objects={}, policy=Policy(max_drops=1000, journal_schema="audit"))
FILE = orphans("quarantine", more="policy: {journal_schema: audit}")
AGAIN = "DROP TABLE orders; CREATE TABLE orders (id int PRIMARY KEY, user_id int, note text)"


def undo(database: Database, run: str) -> ApplyResult:
    options = Options(allow=GATED, trust_file=True)
    return reconciler.undo(run, NOTHING, database.url, approve=lambda _: True, options=options)


def restored(database: Database, **given: str) -> dict[str, int]:
    """Bring rows back; return the numbers of those that stay, by the reason."""
    options = reconciler.QuarantineOptions(policy=NOTHING.policy, **given)
    done = reconciler.restore_quarantined(database.url, approve=lambda *_: True, options=options)
    return {misfit.reason: misfit.count for one in done for misfit in one.misfits}


def test_a_table_that_was_created_again(database: Database, tmp_path: Path) -> None:
    database.execute(f"CREATE SCHEMA audit; {SMALL}")
    run = apply_all(desired(tmp_path, FILE), database.url).run_id
    database.execute(AGAIN)
    reason = f"another table has this name since run {run} took rows of the former one"
    (name,) = quarantines(database)
    plan = reconciler.plan_undo(run, NOTHING, database.url)
    assert [note.message for note in plan.notes if note.rule == "not-undone"] == [
        f"the quarantine {name} keeps 2 rows of public.orders: {reason}"
    ]
    assert undo(database, run).run_id == ""
    assert restored(database) == {reason: 2}
    database.execute("INSERT INTO orders VALUES (1, 8, 'new')")
    later = apply_all(desired(tmp_path, FILE), database.url).run_id
    assert restored(database) == {f"{reason}; use --run to restore those of other runs": 3}
    database.execute("ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey")
    assert restored(database, run=later) == {}
    assert database.query("SELECT * FROM orders") == [(1, 8, "new")]


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize(
    "other", [AGAIN, f"ALTER TABLE orders RENAME TO older; {AGAIN[19:]}"], ids=["new", "renamed"]
)
def test_the_command_says_that_rows_stay(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str], other: str
) -> None:
    """Also with -q, by the exit code."""
    database.execute(f"CREATE SCHEMA audit; {SMALL}")
    apply_all(desired(tmp_path, FILE), database.url)
    database.execute(other)
    command = ["undo", "last", "--db", database.url, "-f", str(tmp_path / "schema.yaml"), "-y", "-q"]
    code = main(command)
    said = capsys.readouterr()
    assert code == 2, said.err
    assert "Nothing is left to undo" not in said.out


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize("lost", ["TABLE migration_log", "TABLE migration_log; DROP FUNCTION log_migration_step"])
def test_rows_go_back_without_a_journal(database: Database, tmp_path: Path, lost: str) -> None:
    database.execute(SMALL)
    apply_all(desired(tmp_path, orphans("quarantine")), database.url)
    database.execute(f"ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey; DROP {lost}")
    assert reconciler.restore_quarantined(database.url, approve=lambda *_: True)[0].moved == 2


def test_a_partition_that_was_created_again(database: Database, tmp_path: Path) -> None:
    """Rows go back to the partitioned table, which is the same."""
    database.execute(f"""
        CREATE SCHEMA audit; {SMALL}; DROP TABLE orders;
        CREATE TABLE orders (id int, user_id int) PARTITION BY LIST (id);
        CREATE TABLE orders_1 PARTITION OF orders DEFAULT; INSERT INTO orders VALUES (1, 7), (2, 8)""")
    run = apply_all(desired(tmp_path, FILE), database.url).run_id
    database.execute("DROP TABLE orders_1; CREATE TABLE orders_1 PARTITION OF orders DEFAULT")
    result = undo(database, run)
    assert (result.error, result.plan.refusals) == (None, ())
    assert database.query("SELECT * FROM orders ORDER BY 1") == [(1, 7), (2, 8)]


def test_a_database_that_was_restored(database: Database, tmp_path: Path) -> None:
    """All its tables have other oids than those in its journal."""
    database.execute(f"CREATE SCHEMA audit; {SMALL}")
    run = apply_all(desired(tmp_path, FILE), database.url).run_id
    with database.copy() as copy:
        copy.execute(f"ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey; {AGAIN}")
        assert restored(copy, run=run) == {}
        assert copy.value("SELECT count(*) FROM orders") == 2
