"""Data checks of small tables share a transaction. What is found is the same as if each ran on its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

import reconciler
from reconciler.model.plan import Plan
from tests.planning.test_trials import desired
from tests.servers import NIGHTLY, Database

pytestmark = pytest.mark.newest_by_day

_TABLES = 20
_FILE = "".join(
    f"  t{n}: {{foreign_keys: {{f{n}: {{columns: parent, references: t0(id)}}}}, checks: {{c{n}: parent > 0}}}}\n"
    for n in range(1, _TABLES)
)


def _create(database: Database) -> None:
    database.execute("CREATE TABLE t0 (id int PRIMARY KEY); INSERT INTO t0 VALUES (1)")
    for n in range(1, _TABLES):
        database.execute(f"CREATE TABLE t{n} (parent int); INSERT INTO t{n} VALUES (1)")
    database.execute("ANALYZE")


def _found(plan: Plan) -> dict[str, tuple[str, int | None]]:
    return {one.key.name: (one.result.value, one.count) for one in plan.findings}


def test_checks_of_small_tables_need_a_handful_of_statements(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _create(database)
    sent: list[str] = []
    execute = psycopg.Cursor.execute

    def counted(self: Any, query: Any, *given: Any, **named: Any) -> Any:
        sent.append(str(query))
        return execute(self, query, *given, **named)

    monkeypatch.setattr(psycopg.Cursor, "execute", counted)
    found = _found(reconciler.plan(desired(tmp_path, _FILE), database.url))
    assert len(found) == 2 * (_TABLES - 1)
    assert set(found.values()) == {("passed", 0)}
    assert sum("CREATE TEMPORARY VIEW" in one for one in sent) == len(found)
    assert sum("FROM pg_temp.reconcile_count" in one for one in sent) == 1


def test_rows_and_errors_are_found_as_if_each_check_ran_on_its_own(database: Database, tmp_path: Path) -> None:
    _create(database)
    state = desired(tmp_path, _FILE + "  t0: {checks: {e: 1 / id > 0}}\n")
    expected = {**dict.fromkeys((f"{what}{n}" for n in range(1, _TABLES) for what in "fc"), ("passed", 0))}
    database.execute("INSERT INTO t3 VALUES (7), (8)")
    assert _found(reconciler.plan(state, database.url)) == {**expected, "f3": ("failed", 2), "e": ("passed", 0)}
    database.execute("INSERT INTO t0 VALUES (0); INSERT INTO t5 VALUES (-1)")
    wrong = {"f3": ("failed", 2), "f5": ("failed", 1), "c5": ("failed", 1), "e": ("error", None)}
    assert _found(reconciler.plan(state, database.url)) == expected | wrong


@pytest.mark.skipif(not NIGHTLY, reason="waits twice for lock_timeout")
def test_a_locked_table_leaves_only_its_own_checks_unknown(database: Database, tmp_path: Path) -> None:
    _create(database)
    with database.connect() as other:
        other.execute("BEGIN")
        other.execute("LOCK TABLE t2 IN ACCESS EXCLUSIVE MODE")
        found = _found(reconciler.plan(desired(tmp_path, _FILE), database.url))
        other.execute("ROLLBACK")
    assert {name for name, one in found.items() if one == ("not run", None)} == {"f2", "c2"}
    assert len({*found.values()}) == 2
