"""Undo of runs that were killed, and undos that are killed: at each step, the way back leads to what was before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import reconciler
from tests.cases.snapshot import snapshot
from tests.execution.kills import Moment, kill_backend, kill_undo
from tests.execution.support import apply_all, desired
from tests.execution.test_undo import (
    ALL,
    ALTERED,
    CREATED,
    DROPPED,
    GIVEN,
    NOTHING,
    PARTITIONED,
    RENAMED,
    comparable,
    refused,
    runs_of,
    undo,
    undo_all,
)
from tests.servers import NIGHTLY, Database

PARTITIONED_CREATED = """
tables:
  t:
    primary_key: [id, a]
    unique: {t_key: {columns: [id, a, b], comment: all}}
    indexes: {t_b: {columns: b, comment: by b}}
    foreign_keys: {t_user: {columns: b, references: users}}
    checks: {t_check: b > 0}
"""
PARTITIONED_ALTERED = """
tables:
  t:
    primary_key: {columns: [a, id], name: t_other}
    unique: {t_key: [id, b, a]}
    indexes: {t_b: {columns: [b, a]}}
    foreign_keys: {t_user: {columns: b, references: users, on_delete: cascade}}
    checks: {t_check: b > 1}
"""
PARTITIONED_RENAMED = """
tables:
  t:
    primary_key: {columns: [a, id], name: t_third}
    unique: {t_uniq: {columns: [id, b, a], renamed_from: t_key}}
    indexes: {t_ba: {columns: [b, a], renamed_from: t_b}}
    foreign_keys: {t_owner: {columns: b, references: users, on_delete: cascade, renamed_from: t_user}}
    checks: {t_big: {expression: b > 1, renamed_from: t_check}}
"""
PARTITIONED_DROPPED = """
tables:
  t:
    absent: {constraints: [t_third, t_uniq, t_owner, t_big], indexes: [t_ba], not_null: [id, a]}
"""
CHILDREN = """
    CREATE TABLE t (id int, a int, b int);
    CREATE TABLE child (more int) INHERITS (t);
    CREATE TABLE grandchild () INHERITS (child);
    INSERT INTO child VALUES (1, 1, 1, 1);"""
INHERITED = """
tables:
  t:
    not_null: [a]
    checks: {t_check: a > 0}
"""
INHERITED_CHANGED = """
tables:
  t:
    not_null: {b: {}}
    checks: {t_check: {expression: a > -1, comment: changed}}
"""
DIRTY = """
    CREATE TABLE users (id int PRIMARY KEY);
    INSERT INTO users VALUES (1), (2);
    CREATE TABLE t (id int PRIMARY KEY, user_id int, a int, b int, c int);
    INSERT INTO t VALUES (1, 1, 1, 1, 1), (2, 2, 1, 2, 2), (3, 9, 3, 3, 3), (4, 2, 4, -1, 4), (5, 1, 5, 5, NULL);"""
REPAIRED = """
tables:
  t:
    foreign_keys: {t_user: {columns: user_id, references: users, orphans: quarantine}}
    unique: {t_a: {columns: a, duplicates: {keep: newest, by: id, others: quarantine}}}
    checks: {t_b: {expression: b > 0, violators: {set: {b: "0 + 1"}}}}
    not_null: {c: {nulls: {fill: "7"}, repair: first}}
"""
OWN_KEYS = """
    CREATE TABLE users (id int PRIMARY KEY, old_id int UNIQUE);
    CREATE TABLE t (id int, a int, b int, CONSTRAINT whole FOREIGN KEY (b) REFERENCES users (old_id))
        PARTITION BY LIST (id);
    CREATE TABLE t_1 PARTITION OF t (CONSTRAINT mine FOREIGN KEY (b) REFERENCES users) FOR VALUES IN (1);
    CREATE TABLE t_2 PARTITION OF t FOR VALUES IN (2);"""
TAKEN_OVER = "tables: {t: {foreign_keys: {whole: {columns: b, references: users, comment: of all}}}}"
CASCADING = "tables: {t: {foreign_keys: {whole: {columns: b, references: users, on_delete: cascade}}}}"
CHAINS = {
    "each kind": (GIVEN, (CREATED, ALTERED, RENAMED, DROPPED)),
    "of a partitioned table": (
        PARTITIONED,
        (PARTITIONED_CREATED, PARTITIONED_ALTERED, PARTITIONED_RENAMED, PARTITIONED_DROPPED),
    ),
    "with keys of partitions": (OWN_KEYS, (TAKEN_OVER, CASCADING)),
    "with repairs": (DIRTY, (REPAIRED,)),
    "of children": (CHILDREN, (INHERITED, INHERITED_CHANGED)),
}


NEWEST = dict.fromkeys(("each kind", "of a partitioned table"), pytest.mark.pg(">= 18"))
"""Chains that take long: by day on the newest version only."""


def everything(database: Database) -> tuple[str, list[tuple[Any, ...]]]:
    """Return the catalog and the rows of a chain's table, without the archive."""
    return (
        comparable(snapshot(database).partition("\ntable reconcile_archive.")[0]).strip(),
        database.query("SELECT t::text FROM t ORDER BY 1"),
    )


@pytest.mark.ends  # about being killed
@pytest.mark.parametrize(
    "chain", [pytest.param(one, marks=() if NIGHTLY else NEWEST.get(one, ())) for one in CHAINS]
)
@pytest.mark.parametrize("moment", [Moment.BEFORE, Moment.UNLOGGED] if NIGHTLY else [Moment.BEFORE])
def test_runs_killed_at_each_step_are_undone_one_by_one(
    database: Database, tmp_path: Path, moment: Moment, chain: str
) -> None:
    """Each run is killed at the first step at which no earlier one was, until one is completed. Rows that a run
    repaired for the object of an earlier one return once that object is gone: by a second undo, which brings nothing
    else back."""
    given, texts = CHAINS[chain]
    database.execute(given)
    known = []
    for text in texts:
        known.append((everything(database), len(runs_of(database))))
        desired(tmp_path, text if database.server.major >= 18 else text.replace("{comment: never}", "{}"))
        killed = set[str]()
        while hit := kill_backend([tmp_path / "schema.yaml"], database.url, moment, killed, options=ALL):
            killed.add(hit)
    runs = runs_of(database)
    for before, first in reversed(known):
        runs, last = runs[:first], list(reversed(runs[first:]))
        for run in last:
            undo_all(database, run)
        for run in last:
            undo(database, run)
        assert everything(database) == before


BELOW = """
tables:
  t: {foreign_keys: {t_user: {columns: b, references: users}}}
  t_1: {foreign_keys: {own: {columns: b, references: users}}}
"""
KILLED = {
    "creation": (
        PARTITIONED,
        "tables: {t: {not_null: [a], primary_key: [id, a], unique: {t_key: [id, b, a]}, indexes: {t_b: b}}}",
        False,
    ),
    "replacement": (
        PARTITIONED
        + """
    ALTER TABLE t ADD CONSTRAINT t_key UNIQUE (id, a);
    CREATE INDEX t_b ON t (b);""",
        "tables: {t: {unique: {t_key: [id, a, b]}, indexes: {t_b: [b, a]}}}",
        False,
    ),
    "creation above indexes": (
        PARTITIONED + "CREATE INDEX i ON t_1 (b);",
        "tables: {t: {indexes: {t_b: b}}}",
        False,
    ),
    "creation above indexes, continued": (
        PARTITIONED + "CREATE INDEX i ON t_1 (b);",
        "tables: {t: {indexes: {t_b: b}}}",
        True,
    ),
    "creation of a part with its own name": (PARTITIONED, BELOW, True),
    "replacement of such a part": (
        PARTITIONED + "ALTER TABLE t_1 ADD CONSTRAINT own FOREIGN KEY (b) REFERENCES users ON DELETE CASCADE",
        BELOW,
        False,
    ),
}


@pytest.mark.ends  # about being killed
@pytest.mark.parametrize("name", KILLED)
def test_a_run_killed_at_each_step_is_undone_at_once(database: Database, tmp_path: Path, name: str) -> None:
    """Or after another one that continued it and was undone."""
    given, text, continues = KILLED[name]
    database.execute(given)
    before = everything(database)
    state = desired(tmp_path, text)
    killed = set[str]()
    while hit := kill_backend([tmp_path / "schema.yaml"], database.url, Moment.BEFORE, killed, options=ALL):
        killed.add(hit)
        if len(killed) == 1:
            continue  # nothing to undo
        run = runs_of(database)[-1]
        if continues:
            apply_all(state, database.url)
            undo_all(database)
        undo_all(database, run)
        assert everything(database) == before, hit


@pytest.mark.ends  # about being killed
@pytest.mark.pg(">= 18")
def test_an_index_for_a_constraint_that_was_changed_since_stays(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE t (id int, a int)")
    desired(tmp_path, "tables: {t: {unique: {u: a}}}")
    assert kill_backend([tmp_path / "schema.yaml"], database.url, Moment.BEFORE, {"build index public.t.u"})
    text = "tables: {t: {indexes: {u: {columns: a, unique: true, comment: mine}}}}"
    apply_all(desired(tmp_path, text), database.url)
    first, second = runs_of(database)
    assert f"run {second} (" in refused(database, first)["changed-since"]
    undo_all(database, second)
    database.execute("COMMENT ON INDEX u IS 'by hand'")
    plan = undo_all(database, first).plan
    assert not plan.steps
    assert [one.message for one in plan.notes if one.rule == "not-undone"] == [
        "index u on public.t stays: it is no longer as the run made it for unique constraint u on public.t"
    ]
    database.execute("COMMENT ON INDEX u IS NULL")
    assert [str(one.id) for one in undo_all(database, first).plan.steps] == ["drop index public.t.u"]


@pytest.mark.ends  # about being killed
@pytest.mark.parametrize("chain", CHAINS if NIGHTLY else ["with keys of partitions"])
def test_a_run_killed_once_and_the_next_one_are_undone(database: Database, tmp_path: Path, chain: str) -> None:
    """At each step in turn."""
    given, texts = CHAINS[chain]
    database.execute(given)
    for text in texts:
        before = everything(database)
        state = desired(tmp_path, text if database.server.major >= 18 else text.replace("{comment: never}", "{}"))
        steps = {str(step.id) for step in reconciler.plan(state, database.url).steps}
        for step in sorted(steps):
            with database.copy() as copy:
                known = runs_of(copy)
                others = steps - {step}
                kill_backend([tmp_path / "schema.yaml"], copy.url, Moment.BEFORE, others, options=ALL)
                reconciler.apply(state, copy.url, approve=lambda _: True, options=ALL)
                last = list(reversed(runs_of(copy)[len(known) :]))
                for run in last:
                    undo_all(copy, run)
                for run in last:  # rows that a run repaired for the object of an earlier one
                    undo(copy, run)
                assert everything(copy) == before, step
        done = reconciler.apply(state, database.url, approve=lambda _: True, options=ALL)
        assert done.error is None, done.message


@pytest.mark.ends  # about being killed
@pytest.mark.parametrize("chain", CHAINS if NIGHTLY else ["of children"])
@pytest.mark.parametrize("moment", [Moment.BEFORE, Moment.UNLOGGED] if NIGHTLY else [Moment.UNLOGGED])
def test_undos_killed_at_each_step_continue(database: Database, tmp_path: Path, moment: Moment, chain: str) -> None:
    given, texts = CHAINS[chain]
    database.execute(given)
    known = [everything(database)]
    for text in texts:
        state = desired(tmp_path, text if database.server.major >= 18 else text.replace("{comment: never}", "{}"))
        done = reconciler.apply(state, database.url, approve=lambda _: True, options=ALL)
        assert done.error is None, done.message
        known.append(everything(database))
    runs = [run.run_id for run in reconciler.history(database.url)]
    for run, before in zip(reversed(runs), known[-2::-1], strict=True):
        killed = set[str]()
        while hit := kill_undo(run, NOTHING, database.url, moment, killed, ALL):
            killed.add(hit)
        assert everything(database) == before
