"""Undo: after it, the catalog is to the letter what it was before the run."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest

import reconciler
from reconciler.execution.result import ApplyResult
from reconciler.kinds.rules import GATED
from reconciler.model.options import Options
from reconciler.model.state import DesiredState
from tests.cases.case import Case, read_cases
from tests.cases.snapshot import snapshot
from tests.execution.support import desired
from tests.servers import NIGHTLY, Database

NOTHING = DesiredState(objects={})


def undo(database: Database, run: str = "last") -> ApplyResult:
    options = Options(allow=GATED, trust_file=True)
    return reconciler.undo(run, NOTHING, database.url, approve=lambda _: True, options=options)


def undo_all(database: Database, run: str = "last") -> ApplyResult:
    """Undo, and assert success."""
    result = undo(database, run)
    assert not result.plan.refusals, [(one.rule, one.cause) for one in result.plan.refusals]
    assert result.error is None, result.message
    return result


@pytest.mark.skipif(not NIGHTLY, reason="applies and undoes each of two hundred cases")
@pytest.mark.parametrize("case", [pytest.param(one, id=one.name) for one in read_cases()])
@pytest.mark.ends
def test_every_case_there_and_back(case: Case, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    if not case.runs_on(database.server.major):
        pytest.skip("not for this version")
    monkeypatch.chdir(case.folder)
    database.execute(case.given)
    before = snapshot(database)
    options = Options(allow=GATED, trust_file=case.trusted)
    state = reconciler.load([Path("schema.yaml")])
    with suppress(reconciler.Refused):
        reconciler.apply(state, database.url, approve=lambda _: True, options=options)
    if not database.value("SELECT count(*) FROM pg_class WHERE relname = 'migration_log'"):
        pytest.skip("in sync, or refused")
    after = snapshot(database)
    result = undo_all(database)
    if re.search("in the archive|was dropped|repair", str([note.message for note in result.plan.notes])):
        return
    assert _comparable(snapshot(database)) == _comparable(before)
    undo_all(database)
    assert _comparable(snapshot(database)) == _comparable(after)


def _comparable(text: str) -> str:
    """Without what an undo leaves: validations."""
    return re.sub(r" (NOT VALID|not valid)$", "", text, flags=re.MULTILINE)


GIVEN = """
    CREATE TABLE users (id int, email text, PRIMARY KEY (id));
    CREATE TABLE t (id int, user_id int, a int, b text, during int4range);
    INSERT INTO users SELECT n, n::text FROM generate_series(1, 20) n;
    INSERT INTO t SELECT n, n, n, n::text, int4range(n, n + 1) FROM generate_series(1, 20) n;"""
CREATED = """
tables:
  t:
    primary_key: id
    not_null: [a]
    unique: {t_a_key: a}
    indexes: {t_b_idx: {columns: [b], where: "b <> ''", comment: by b}}
    foreign_keys: {t_user_id_fkey: {columns: user_id, references: users(id)}}
    checks: {t_positive: a > 0}
    exclusions: {t_during_excl: {using: gist, elements: [{column: during, operator: "&&"}]}}
    statistics: {t_stats: {columns: [a, b], kinds: [ndistinct]}}
"""
ALTERED = """
tables:
  t:
    primary_key: {columns: id, comment: key}
    not_null: {a: {comment: never}, b: {}}
    unique: {t_a_key: {columns: [a, b]}}
    indexes: {t_b_idx: {columns: [b, a], with: {fillfactor: 70}, comment: by b and a}}
    foreign_keys: {t_user_id_fkey: {columns: user_id, references: users(id), on_delete: cascade}}
    checks: {t_positive: {expression: a > -1, comment: nearly}}
    exclusions: {t_during_excl: {using: gist, elements: [{column: during, operator: "&&"}], deferrable: true}}
    statistics: {t_stats: {columns: [a, b], kinds: [ndistinct, dependencies], target: 500}}
"""
RENAMED = """
tables:
  t:
    primary_key: {columns: id, comment: key, name: t_id}
    not_null: {a: {comment: never}, b: {}}
    unique: {t_ab: {columns: [a, b], renamed_from: t_a_key}}
    indexes: {t_ba: {columns: [b, a], with: {fillfactor: 70}, comment: by b and a, renamed_from: t_b_idx}}
    foreign_keys:
      t_users: {columns: user_id, references: users(id), on_delete: cascade, renamed_from: t_user_id_fkey}
    checks: {t_sign: {expression: a > -1, comment: nearly, renamed_from: t_positive}}
    exclusions:
      t_during:
        {using: gist, elements: [{column: during, operator: "&&"}], deferrable: true, renamed_from: t_during_excl}
    statistics:
      t_most: {columns: [a, b], kinds: [ndistinct, dependencies], target: 500, renamed_from: t_stats}
"""
DROPPED = """
tables:
  t:
    absent:
      not_null: [a, b]
      indexes: [t_ba]
      constraints: [t_id, t_ab, t_users, t_sign, t_during]
      statistics: [t_most]
"""


@pytest.mark.ends
def test_every_kind_comes_back_from_each_change(database: Database, tmp_path: Path) -> None:
    """Created, altered, renamed and dropped in four runs; undone one by one, and undone once more."""
    database.execute(GIVEN)
    known = [snapshot(database)]
    for text in (CREATED, ALTERED, RENAMED, DROPPED):
        state = desired(tmp_path, text if database.server.major >= 18 else text.replace("{comment: never}", "{}"))
        options = Options(allow=GATED)
        done = reconciler.apply(state, database.url, approve=lambda _: True, options=options)
        assert done.error is None, done.message
        assert done.run_id, [(one.rule, one.cause) for one in done.plan.refusals]
        known.append(snapshot(database))
    runs = [run.run_id for run in reconciler.history(database.url)]
    undos = []
    for run, before in zip(reversed(runs), known[-2::-1], strict=True):
        undos.append(undo_all(database, run).run_id)
        assert snapshot(database) == before
    assert undo_all(database, runs[0]).run_id == "", "there is nothing left to undo"
    for run, after in zip(reversed(undos), known[1:], strict=True):
        assert undo_all(database, run).run_id
        assert snapshot(database) == after
