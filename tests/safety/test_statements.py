"""Properties of all statements of a plan, and of the states between them."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest

import reconciler
from reconciler.model.events import Event, StepCompleted
from tests.execution.support import Events, apply, apply_all, broad_setup, desired, session
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]  # about the statements that are sent


def test_no_statement_cascades_or_looks_away(database: Database) -> None:
    """Over every sort of step of every kind. ON DELETE CASCADE is an action of a foreign key, and is allowed."""
    plan = reconciler.plan(broad_setup(database), database.url)
    forbidden = re.compile(r"(?<!ON DELETE )(?<!ON UPDATE )CASCADE|IF (NOT )?EXISTS|OR REPLACE", re.IGNORECASE)
    statements = [str(statement) for step in plan.steps for statement in step.action.statements]
    assert len(statements) > 70
    assert [one for one in statements if forbidden.search(one)] == []


def test_adding_and_validating_are_steps_of_their_own(database: Database) -> None:
    plan = reconciler.plan(broad_setup(database), database.url)
    texts = [" ".join(map(str, step.action.statements)) for step in plan.steps]
    assert sum("NOT VALID" in text for text in texts) > 5
    assert [text for text in texts if "NOT VALID" in text and "VALIDATE CONSTRAINT" in text] == []
    bare = [text for text in texts if re.search(r"ADD CONSTRAINT \S+ (CHECK|FOREIGN KEY|NOT NULL)", text)]
    assert [text for text in bare if not text.endswith("NOT VALID")] == []


def test_what_the_server_cannot_be_asked_about_is_refused(database: Database, tmp_path: Path) -> None:
    """On a read-only server nothing can be tried: a text that the planner reads differently is unknown, and never the
    same."""
    database.execute("CREATE TABLE t (a varchar); ALTER TABLE t ADD CONSTRAINT c CHECK (a IN ('x', 'y'))")
    state = desired(tmp_path, "tables: {t: {checks: {c: \"a IN ('x', 'y')\"}}}")
    assert reconciler.plan(state, database.url).in_sync
    database.execute(f"ALTER DATABASE {database.name} SET default_transaction_read_only = on")
    assert reconciler.plan(state, database.url).in_sync
    for other in ("a IN ('x')", "a IN (U&'x', 'y')", "lower(a) IN ('x', 'y')"):
        plan = reconciler.plan(desired(tmp_path, f'tables: {{t: {{checks: {{c: "{other}"}}}}}}'), database.url)
        assert [refusal.rule for refusal in plan.refusals] == ["unknown"]
        assert not plan.in_sync


def test_the_old_object_stays_until_the_new_one_is_valid(database: Database, tmp_path: Path) -> None:
    """After every step the constraint is enforced: a duplicate, a violator and an orphan are rejected."""
    database.execute("""
        CREATE TABLE p (id int PRIMARY KEY); INSERT INTO p VALUES (1);
        CREATE TABLE t (a int, b int, c int);
        INSERT INTO t VALUES (1, 1, 1);
        CREATE UNIQUE INDEX i ON t (a);
        ALTER TABLE t ADD CONSTRAINT u UNIQUE (a, b), ADD CONSTRAINT k CHECK (c > 0),
            ADD CONSTRAINT f FOREIGN KEY (c) REFERENCES p""")
    state = desired(
        tmp_path,
        """
tables:
  t:
    unique: {u: [b, a]}
    checks: {k: c > 0 AND c < 100}
    foreign_keys: {f: {columns: c, references: p, on_delete: cascade}}
    indexes: {i: {columns: [a], unique: true, include: [b]}}
""",
    )
    let_in: list[tuple[str, str]] = []

    def intrude(event: Event) -> None:
        if not isinstance(event, StepCompleted):
            return
        with session(database.url) as other:
            for rows in ("(1, 2, 1)", "(5, 5, 0)", "(6, 6, 99)"):
                try:
                    other.execute(f"BEGIN; INSERT INTO t VALUES {rows}; COMMIT".encode())
                    let_in.append((event.step.id, rows))
                except psycopg.errors.IntegrityError:
                    other.execute("ROLLBACK")

    events = Events()
    apply_all(state, database.url, intrude, events)
    assert len(events.of(StepCompleted)) >= 8
    assert let_in == []


def test_an_archived_table_keeps_every_row(database: Database, tmp_path: Path) -> None:
    database.execute(
        "CREATE TABLE old (id serial PRIMARY KEY, a text); INSERT INTO old (a) VALUES ('x'), (NULL), ('z')"
    )
    rows = database.query("SELECT * FROM old ORDER BY id")
    apply_all(desired(tmp_path, "dropped_tables: {old: }"), database.url)
    kept = database.value("SELECT oid::regclass::text FROM pg_class WHERE relname ~ '^old__[0-9]{8}T[0-9]{6}Z$'")
    assert kept.startswith("reconcile_archive.")
    assert database.query(f"SELECT * FROM {kept} ORDER BY id") == rows


def test_a_drop_without_a_copy_must_be_accepted(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE old (a int); INSERT INTO old VALUES (1)")
    state = desired(tmp_path, "dropped_tables: {old: {backup: none}}")
    assert [refusal.rule for refusal in apply(state, database.url).plan.refusals] == ["hazard-not-accepted"]
    assert database.value("SELECT count(*) FROM old") == 1
    assert apply(state, database.url, allow=["drop-table"]).error is None
    assert database.value("SELECT to_regclass('old')") is None
