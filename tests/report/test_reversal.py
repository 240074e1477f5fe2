"""Each step of a plan says whether it can be undone, in all formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import reconciler
from reconciler.model.options import Options
from tests.execution.support import desired
from tests.servers import Database

GIVEN = """
    CREATE TABLE t (id int PRIMARY KEY, a int, b int);
    INSERT INTO t SELECT n, n, n FROM generate_series(1, 10000) n;
    CREATE INDEX dropped ON t (a); CREATE INDEX altered ON t (b); CREATE INDEX former ON t (a, b);
    CREATE UNIQUE INDEX adopted ON t (a, b);
    ALTER TABLE t ADD CONSTRAINT c_dropped CHECK (a > 0), ADD CONSTRAINT c_validated CHECK (b > 0) NOT VALID,
                  ADD CONSTRAINT c_loose CHECK (b > -1) NOT VALID;
    CREATE TABLE kept (); CREATE TABLE gone ();
    ANALYZE t;"""
FILE = """
tables:
  t:
    indexes:
      created: id
      altered: {columns: b, comment: why}
      latter: {columns: [a, b], renamed_from: former}
    unique: {adopted: [a, b]}
    checks: {c_validated: b > 0}
    absent: {indexes: [dropped], constraints: [c_dropped, c_loose]}
dropped_tables: {kept: {}, gone: {backup: none}}
"""
EXPECTED = {
    "add unique adopted on public.t, using its index": "reversible with cost: an undo builds the indexes on public.t "
    "(440 kB) again that the new object takes over",
    "build index created on public.t": "reversible: an undo drops the new object",
    "drop index dropped on public.t": "reversible with cost: an undo builds the former index on public.t (440 kB) "
    "again",
    "drop check c_dropped on public.t": "reversible with cost: an undo creates the former object again, and reads "
    "public.t (440 kB)",
    "drop check c_loose on public.t": "reversible: an undo creates the former object again",
    "validate check c_validated on public.t": "not reversible: a validated constraint stays validated, which takes "
    "nothing away",
    "alter index altered on public.t": "reversible: an undo sets the former values",
    "rename index former on public.t to latter": "reversible: an undo gives the former name back",
    "create schema reconcile_archive": "reversible: it stays, for the tables and rows of other runs",
    "archive table public.kept to reconcile_archive": "reversible: an undo, or `reconcile restore`, brings the table "
    "back",
    "drop table public.gone": "not reversible: no copy of the table is kept",
}


@pytest.mark.pg(">= 18")
def test_each_step_says_whether_it_can_be_undone(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    options = Options(allow=frozenset({"drop-table"}))
    report = reconciler.report_of(reconciler.plan(desired(tmp_path, FILE), database.url, options=options))
    steps = [step for change in report.changes for step in change.steps]
    found = {step.title: str(step.reversal) for step in steps}
    assert found == EXPECTED
    text, verbose = reconciler.render_text(report), reconciler.render_text(report, verbose=True)
    assert text.count("\nNot reversible: 2 steps, because ") == 1
    shown = reconciler.render_markdown(report), reconciler.render_html(report), verbose
    assert all(found["drop table public.gone"] in one for one in shown)
    changes = json.loads(reconciler.render_json(report))["changes"]
    reversals = [step["reversal"] for change in changes for step in change["steps"]]
    assert {"verdict": "not reversible", "why": "no copy of the table is kept"} in reversals
