"""Publications that send the rows of tables that a run creates for itself are named: a subscriber may lack these."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.model.options import Options
from tests.execution.support import desired
from tests.servers import Database

GIVEN = """
    CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, u int);
    INSERT INTO t VALUES (1, 1);"""
FILE = "tables:\n  t:\n    foreign_keys:\n      f: {columns: u, references: u(id), orphans: quarantine}\n"
ALLOWED = Options(allow=frozenset({"fires-triggers"}))


def _notes(database: Database, state: reconciler.DesiredState) -> list[str]:
    plan = reconciler.plan(state, database.url, options=ALLOWED)
    return [one.message for one in plan.notes if one.rule.id == "publishes-own-tables"]


def test_a_publication_of_all_tables_is_named(database: Database, tmp_path: Path) -> None:
    """Once the journal exists, subscribers have it, or their error is known. The quarantine is new."""
    state = desired(tmp_path, FILE)
    database.execute(GIVEN)
    assert _notes(database, state) == []
    database.execute("""
        CREATE PUBLICATION everything FOR ALL TABLES;
        CREATE PUBLICATION removals FOR ALL TABLES WITH (publish = 'delete');""")
    (message,) = _notes(database, state)
    assert message.startswith("the run creates public.migration_log, reconcile_archive.q_t_")
    assert message.endswith("the publication everything")
    reconciler.apply(desired(tmp_path, "tables: {t: {indexes: {i: u}}}"), database.url, approve=lambda _: True)
    (message,) = _notes(database, state)
    assert "migration_log" not in message
    reconciler.apply(state, database.url, approve=lambda _: True, options=ALLOWED)
    assert _notes(database, desired(tmp_path, "tables: {t: {indexes: {j: [u, id]}}}")) == []


@pytest.mark.pg(">= 15")
def test_a_publication_of_a_schema_is_named(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN + "CREATE SCHEMA other; CREATE PUBLICATION p FOR TABLES IN SCHEMA public")
    assert _notes(database, desired(tmp_path, FILE)) == [
        "the run creates public.migration_log, whose rows are sent by the publication p"
    ]
    elsewhere = desired(tmp_path, "policy: {journal_schema: other}\n" + FILE)
    assert _notes(database, elsewhere) == []
