"""A snapshot is taken with the file of the main branch; a pull request's file declares more than it did then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import reconciler
from reconciler.kinds import KINDS
from reconciler.model.rules.hazards import UNCHECKED_DATA
from tests.servers import Database
from tests.snapshots.same import substance

GIVEN = """
    CREATE TYPE state AS ENUM ('open', 'done');
    CREATE DOMAIN positive AS int CHECK (VALUE > 0);
    CREATE FUNCTION initial(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT left($1, 1)';
    CREATE TABLE users (id int PRIMARY KEY, email text, name text, created timestamptz);
    CREATE TABLE orders (
        id int, user_id int, number positive, state state, during int4range, words tsvector, note text, old text);
    CREATE INDEX orders_old_idx ON orders (old);
    CREATE INDEX orders_note_ix ON orders (note);
    ALTER TABLE orders ADD CONSTRAINT orders_note_ck CHECK (note <> '');
    CREATE TABLE events (id int, at date, kind text) PARTITION BY RANGE (at);
    CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    CREATE TABLE undeclared (id int REFERENCES users);
    CREATE TABLE leftover (id int);
    INSERT INTO users SELECT n, 'e' || n, 'n' || n, now() FROM generate_series(1, 100) n;
    INSERT INTO orders SELECT n, n, n, 'open', int4range(n, n + 1), NULL, 'x', 'y' FROM generate_series(1, 100) n;
    INSERT INTO events SELECT n, '2026-02-02', 'k' FROM generate_series(1, 100) n;
    ANALYZE;
"""
OLD = """\
version: 1
tables:
  users:
  orders:
    indexes: {orders_old_idx: old, orders_note_ix: note}
    checks: {orders_note_ck: note <> ''}
  events:
dropped_tables:
  leftover: {backup: archive}  # a new entry here is refused: docs/snapshots.md
"""
NEW = """\
version: 1
tables:
  users:
    not_null: [email, name]
    unique: {users_email_key: {columns: email, include: name, duplicates: {keep: oldest, by: id, others: quarantine}}}
    indexes:
      users_name_idx: {columns: [{expression: "lower(name) || '.'"}], where: created IS NOT NULL}
      users_initial_idx: {columns: {expression: initial(name)}}
      users_created_brin: {columns: created, using: brin}
    statistics: {users_st: {columns: [email, name], kinds: [ndistinct]}}
  orders:
    primary_key: id
    not_null: user_id
    foreign_keys: {orders_user_fk: {columns: user_id, references: users(id), on_delete: cascade}}
    unique: {orders_number_key: {columns: number, deferrable: true}}
    checks:
      orders_number_ck: number BETWEEN 1 AND 1000
      orders_state_ck: "state IN ('open', 'done')"
      orders_text_ck: {expression: "note !~ '^ +$'", renamed_from: orders_note_ck}
    exclusions: {orders_during_excl: {using: gist, elements: [{column: during, operator: "&&"}]}}
    indexes:
      orders_user_idx: [user_id, {column: id, order: desc}]
      orders_words_idx: {columns: words, using: gin}
      orders_note_idx: {columns: {column: note, opclass: text_pattern_ops, collation: C}, where: "state = 'open'"}
      orders_found_idx: {columns: {expression: "to_tsvector('simple', note)"}, using: gin}
      orders_text_idx: {columns: note, renamed_from: orders_note_ix}
    absent: {indexes: [orders_old_idx]}
  events:
    not_null: kind
    unique: {events_key: [id, at]}
    indexes: {events_kind_idx: kind}
    checks: {events_kind_ck: kind <> ''}
dropped_tables:
  leftover: {backup: archive}
"""


def but_for_data(found: dict[str, Any]) -> dict[str, Any]:
    """Return what must be the same without the hazards which say that rows were not checked."""
    for change in found["changes"]:
        for holder in (change, *change["steps"]):
            holder["hazards"] = [one for one in holder["hazards"] if one != UNCHECKED_DATA.id]
    return found


@pytest.mark.ends
def test_new_objects_are_planned_as_on_the_database(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "new.yaml").write_text(NEW)
    snapshot = reconciler.take_snapshot(reconciler.load([tmp_path / "old.yaml"]), database.url)
    desired = reconciler.load([tmp_path / "new.yaml"])
    live = reconciler.plan(desired, database.url)
    from_snapshot = reconciler.plan_snapshot(desired, snapshot.encode())
    assert len(live.routes) >= 24
    assert {route.change.key.kind for route in live.routes} == {kind.id for kind in KINDS} - {"required_table"}
    assert but_for_data(substance(from_snapshot)) == but_for_data(substance(live))


@pytest.mark.ends
def test_a_quarantine_of_an_earlier_run_is_used_again(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t VALUES (1, NULL); ANALYZE")
    (tmp_path / "schema.yaml").write_text(
        "version: 1\ntables: {t: {not_null: {n: {nulls: quarantine, repair: first}}}}"
    )
    desired = reconciler.load([tmp_path])
    run = reconciler.apply(desired, database.url, approve=lambda _: True).run_id
    reconciler.undo(run, desired, database.url, approve=lambda _: True)
    snapshot = reconciler.take_snapshot(desired, database.url)
    live = reconciler.plan(desired, database.url)
    assert substance(reconciler.plan_snapshot(desired, snapshot.encode())) == substance(live)
