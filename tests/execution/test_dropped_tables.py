"""Dropped tables of every sort in a run that is killed at each step: no row is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import reconciler
from reconciler.model.events import StepStarted
from reconciler.model.options import Options
from tests.execution.kills import Kill, Moment, kill_again_and_again, kill_backend, kill_process
from tests.execution.support import Events, apply, assert_in_sync
from tests.servers import Database

pytestmark = pytest.mark.ends  # about being killed

GIVEN = """
CREATE SCHEMA shop;
CREATE TABLE chats (id bigint PRIMARY KEY);
CREATE TABLE kept (id bigserial PRIMARY KEY, t text CONSTRAINT once UNIQUE);
CREATE TABLE shop.kept (id bigserial PRIMARY KEY, t text CONSTRAINT once UNIQUE);
CREATE TABLE counted (id bigserial PRIMARY KEY, chat bigint REFERENCES chats, parent bigint REFERENCES counted);
CREATE TABLE shop.counted (id bigserial PRIMARY KEY, kept bigint REFERENCES shop.kept);
CREATE TABLE dropped (id bigint);
CREATE TABLE counted_and_dropped (id bigserial PRIMARY KEY, chat bigint REFERENCES chats ON DELETE CASCADE);
INSERT INTO chats SELECT generate_series(1, 9);
INSERT INTO kept (t) VALUES ('a'), ('b');
INSERT INTO shop.kept (t) VALUES ('c');
INSERT INTO counted (chat) SELECT id FROM chats;
INSERT INTO shop.counted (kept) SELECT id FROM shop.kept;
INSERT INTO dropped VALUES (1);
INSERT INTO counted_and_dropped (chat) VALUES (1), (2);
COMMENT ON TABLE counted IS 'counted';
"""
FILE = """
version: 1
policy: {allow: [drop-table]}
tables: {chats: {}}
dropped_tables:
  kept:
  shop.kept:
  counted: {replaced_by: chats}
  shop.counted: {replaced_by: chats}
  dropped: {backup: none}
  counted_and_dropped: {backup: none, replaced_by: chats}
"""


def outcome(database: Database) -> dict[str, object]:
    """Return the place of each remaining table by its origin, with its comment and its rows."""
    found: dict[str, object] = {}
    tables = database.query(
        "SELECT oid::regclass::text, obj_description(oid, 'pg_class') FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace::regnamespace::text IN ('public', 'shop', 'reconcile_archive')"
        " AND relname <> 'migration_log'"
    )
    for name, comment in tables:
        rows = database.query(f"SELECT * FROM {name} ORDER BY 1")
        if not name.startswith("reconcile_archive"):
            found[name] = rows
            continue
        origin = json.loads(comment)
        parts = sorted(origin.pop("renamed"))
        found[f"archived {origin['schema']}.{origin['table']}"] = (origin, parts, rows)
    return found


@pytest.mark.parametrize(
    ("kill", "moment"),
    [(kill_process, Moment.BEFORE), (kill_backend, Moment.UNLOGGED), (kill_process, Moment.AFTER)],
    ids=["process before", "backend unlogged", "process after"],
)
def test_dropped_tables_killed_at_each_step(database: Database, tmp_path: Path, kill: Kill, moment: Moment) -> None:
    database.execute(GIVEN)
    file = tmp_path / "schema.yaml"
    file.write_text(FILE, encoding="utf-8")
    state, events = reconciler.load([file]), Events()
    with database.copy() as undisturbed:
        result = apply(state, undisturbed.url, events)
        assert result.error is None, result.message
        expected = outcome(undisturbed)
    steps = [event.step for event in events.of(StepStarted)]
    assert len(steps) == 12
    kill_again_and_again(kill, [file], database.url, moment, steps)
    assert_in_sync(state, database.url)
    assert outcome(database) == expected
    assert set(expected) == {
        *("chats", "archived public.kept", "archived shop.kept", "archived public.counted", "archived shop.counted")
    }
    assert reconciler.plan(state, database.url, options=Options()).in_sync


def test_rights_that_a_move_needs_are_looked_up_before_it(database: Database, tmp_path: Path) -> None:
    """A move renames the table in its schema, and may have to move it back: both need CREATE on a schema."""
    owner = f"{database.name} owner"
    database.execute(f"""
        CREATE ROLE "{owner}" LOGIN; CREATE SCHEMA shop; CREATE SCHEMA reconcile_archive;
        CREATE TABLE chats (id int); CREATE TABLE shop.leftover (id int);
        ALTER TABLE shop.leftover OWNER TO "{owner}";
        GRANT USAGE ON SCHEMA shop TO "{owner}"; GRANT SELECT ON chats TO "{owner}";
        GRANT CREATE ON SCHEMA public TO "{owner}" """)
    file = tmp_path / "schema.yaml"
    state = "version: 1\npolicy: {allow: [drop-table]}\ndropped_tables: {shop.leftover: {backup: none%s}}"

    def causes(details: str) -> set[str]:
        file.write_text(state % details, encoding="utf-8")
        plan = reconciler.plan(reconciler.load([file]), database.url_as(owner))
        assert not plan.refusals
        return {note.message.partition(";")[0] for note in plan.notes if note.rule == "missing-privilege"}

    try:
        assert causes("") == set()
        role = f"`apply` would be refused: role {owner} may not"
        assert causes(", replaced_by: chats") == {
            f"{role} rename tables in schema shop, nor move them back",
            f"{role} use or move tables to reconcile_archive",
        }
        database.execute(f'GRANT CREATE ON SCHEMA shop TO "{owner}"')
        database.execute(f'GRANT USAGE, CREATE ON SCHEMA reconcile_archive TO "{owner}"')
        assert causes(", replaced_by: chats") == set()
        assert (
            reconciler.apply(reconciler.load([file]), database.url_as(owner), approve=lambda _: True).error is None
        )
    finally:
        database.execute(f'DROP OWNED BY "{owner}"; DROP ROLE "{owner}"')
