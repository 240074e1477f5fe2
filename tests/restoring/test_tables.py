"""A table is restored to the letter: the text of `pg_dump`, with all rows, is the same as before."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.model.errors import Refused, UsageError
from reconciler.model.events import Event, StepStarted
from reconciler.model.rules.runs import NOT_APPROVED
from reconciler.model.state import DesiredState, Policy
from tests.execution.support import apply_all, assert_in_sync, desired
from tests.restoring.whole import dump
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]

GIVEN = """
CREATE SCHEMA shop;
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE users (id bigint PRIMARY KEY, name text, UNIQUE (id, name));
CREATE TABLE shop.regions (code text PRIMARY KEY);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE "Old Stuff" (
    id bigint GENERATED ALWAYS AS IDENTITY (START 10 INCREMENT 5) PRIMARY KEY,
    code serial, twice int GENERATED ALWAYS AS (n * 2) STORED, n positive DEFAULT 7,
    feeling mood DEFAULT 'ok', t text COLLATE "C" NOT NULL, "user" bigint, name text, region text, dropped int,
    parent bigint CONSTRAINT own REFERENCES "Old Stuff" ON DELETE CASCADE,
    period int4range, CONSTRAINT "no overlap" EXCLUDE USING gist (period WITH &&) DEFERRABLE,
    CONSTRAINT once UNIQUE (t, n) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "N" CHECK (n < 1000) NO INHERIT);
ALTER TABLE "Old Stuff" DROP COLUMN dropped;
ALTER TABLE "Old Stuff" ADD CONSTRAINT later CHECK (n <> 13) NOT VALID,
    ADD CONSTRAINT a FOREIGN KEY ("user", name) REFERENCES users (id, name) MATCH FULL ON UPDATE CASCADE
        ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT b FOREIGN KEY (region) REFERENCES shop.regions ON DELETE RESTRICT;
CREATE INDEX partial ON "Old Stuff" (lower(t), n DESC) INCLUDE (code) WITH (fillfactor = 70) WHERE n > 5;
CREATE UNIQUE INDEX identity ON "Old Stuff" (code);
ALTER TABLE "Old Stuff" ALTER code SET NOT NULL, CLUSTER ON once, SET (autovacuum_enabled = off),
    ALTER t SET STORAGE EXTERNAL, ALTER n SET STATISTICS 55;
ALTER TABLE "Old Stuff" REPLICA IDENTITY USING INDEX identity;
CREATE STATISTICS related (dependencies) ON n, t FROM "Old Stuff";
CREATE TRIGGER touched BEFORE UPDATE ON "Old Stuff" FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE "Old Stuff" DISABLE TRIGGER touched;
CREATE RULE quiet AS ON DELETE TO "Old Stuff" WHERE OLD.n = 3 DO INSTEAD NOTHING;
ALTER TABLE "Old Stuff" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON "Old Stuff" FOR SELECT TO reader USING (n > 0);
GRANT SELECT (t), INSERT ON "Old Stuff" TO reader WITH GRANT OPTION;
GRANT USAGE ON SEQUENCE "Old Stuff_code_seq" TO reader;
COMMENT ON TABLE "Old Stuff" IS 'it''s {"old"}'; COMMENT ON COLUMN "Old Stuff".t IS 'a column';
COMMENT ON CONSTRAINT a ON "Old Stuff" IS 'key a'; COMMENT ON INDEX partial IS 'an index';
COMMENT ON TRIGGER touched ON "Old Stuff" IS 'a trigger'; COMMENT ON POLICY mine ON "Old Stuff" IS 'a policy';
INSERT INTO users VALUES (1, 'a'), (2, 'b'); INSERT INTO shop.regions VALUES ('x');
INSERT INTO "Old Stuff" (t, n, "user", name, region, period)
VALUES ('a', 1, 1, 'a', 'x', '[1,2)'), ('b', 2, NULL, NULL, NULL, '[3,4)');
"""
FILE = "dropped_tables: {Old Stuff: }"


def archive(database: Database, folder: Path) -> str:
    apply_all(desired(folder, FILE), database.url)
    (found,) = reconciler.archived(database.url)
    return found.table.name


def restore(database: Database, name: str = "Old Stuff", **more: str) -> reconciler.ApplyResult:
    return reconciler.restore(name, database.url, approve=lambda _: True, **more)


def restored(database: Database, name: str = "Old Stuff", **more: str) -> None:
    result = restore(database, name, **more)
    assert not result.plan.refusals, [(one.rule, one.cause) for one in result.plan.refusals]
    assert result.error is None, result.message


def test_a_table_with_every_property(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    before = dump(database)
    name = archive(database, tmp_path)
    assert dump(database) != before
    (found,) = reconciler.archived(database.url)
    assert (str(found.origin), found.table.unfinished) == ('public."Old Stuff"', False)
    assert found.run_id == reconciler.history(database.url)[-1].run_id
    assert found.table.at is not None
    restored(database, name)
    assert dump(database) == before
    assert reconciler.archived(database.url) == []
    found = [(run.command, run.status) for run in reconciler.history(database.url)]
    assert found == [("apply", "completed"), ("restore", "completed")]


def test_under_another_name(database: Database, tmp_path: Path) -> None:
    """Next to a table with the old name, and all names of its parts."""
    database.execute(GIVEN)
    archive(database, tmp_path)
    database.execute('CREATE TABLE "Old Stuff" (id bigserial PRIMARY KEY, t text, CONSTRAINT once UNIQUE (t))')
    refused = restore(database)
    assert {refusal.rule for refusal in refused.plan.refusals} == {"name-taken"}
    assert 'another object has the name public."Old Stuff"' in {refusal.cause for refusal in refused.plan.refusals}
    restored(database, to="shop.again")
    assert database.value("SELECT count(*) FROM shop.again") == 2
    restored_keys = (
        "SELECT conname::text FROM pg_constraint WHERE conrelid = 'shop.again'::regclass AND contype = 'f'"
    )
    assert sorted(name for (name,) in database.query(restored_keys)) == ["a", "b", "own"]
    archived_again = (
        'DROP TABLE "Old Stuff"; ALTER TABLE shop.again SET SCHEMA public; ALTER TABLE again RENAME TO "Old Stuff"'
    )
    database.execute(archived_again)
    archive(database, tmp_path)
    database.execute("CREATE TABLE taken (id int CONSTRAINT once UNIQUE)")
    restored(database, to="back")
    assert database.value("SELECT to_regclass('once_2') IS NOT NULL AND to_regclass('back') IS NOT NULL")


def test_what_a_foreign_key_refers_to_is_missing(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    archive(database, tmp_path)
    database.execute("DELETE FROM users WHERE id = 1")
    assert [refusal.rule for refusal in restore(database).plan.refusals] == ["orphans"]
    database.execute("ALTER TABLE users DROP CONSTRAINT users_id_name_key; DROP TABLE shop.regions")
    refusals = {refusal.rule: refusal.cause for refusal in restore(database).plan.refusals}
    assert refusals["missing-table"] == "the referenced table shop.regions does not exist"
    assert "no-unique-key" in refusals, refusals


def test_a_column_of_a_foreign_key_was_dropped_in_the_archive(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    name = archive(database, tmp_path)
    database.execute(f'ALTER TABLE reconcile_archive."{name}" DROP COLUMN region')
    (refusal,) = restore(database).plan.refusals
    assert (refusal.rule, refusal.cause) == (
        "missing-column",
        f'table reconcile_archive."{name}" has no column region',
    )
    nothing = DesiredState(objects={}, policy=Policy())
    assert [one.rule for one in reconciler.plan_undo("last", nothing, database.url).refusals] == ["missing-column"]


@pytest.mark.pg("== 18")
def test_a_table_with_the_name_of_a_quarantine(database: Database, tmp_path: Path) -> None:
    """A run archives it, counts it and drops it, and `restore` finds it."""
    database.execute("""
        CREATE TABLE users (id int PRIMARY KEY); INSERT INTO users VALUES (1);
        CREATE TABLE q_orders (id int PRIMARY KEY, "user" int REFERENCES users ON DELETE CASCADE);
        CREATE TABLE q_old (id int); CREATE TABLE new (id int);
        INSERT INTO q_orders VALUES (1, 1); INSERT INTO q_old VALUES (1); INSERT INTO new VALUES (1)""")
    text = "policy: {allow: [drop-table]}\ndropped_tables: {q_orders: , q_old: {replaced_by: new, backup: none}}"
    state = desired(tmp_path, text)
    apply_all(state, database.url)
    assert_in_sync(state, database.url)
    assert [str(one.origin) for one in reconciler.archived(database.url)] == ["public.q_orders"]
    assert database.value("SELECT count(*) FROM pg_constraint WHERE contype = 'f'") == 0
    restored(database, "q_orders")
    assert database.query("SELECT * FROM q_orders") == [(1, 1)]
    assert database.value("SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f'") == "q_orders"


def test_names_that_do_not_exist(database: Database) -> None:
    with pytest.raises(UsageError, match="no table in reconcile_archive is named nothing"):
        restore(database, "nothing")


def test_a_restore_that_is_killed_at_each_step(database: Database, tmp_path: Path) -> None:
    """Until the last step commits, the table is in the archive, and its comment has everything."""
    database.execute(GIVEN)
    before = dump(database)
    name = archive(database, tmp_path)
    steps = [str(step.id) for step in reconciler.plan_restore(name, database.url).steps]
    assert len(steps) == 6
    for step in steps:

        def stop(event: Event, at: str = step) -> None:
            if isinstance(event, StepStarted) and str(event.step.id) == at:
                raise Refused("stopped", rule=NOT_APPROVED)

        reconciler.restore(name, database.url, approve=lambda _: True, listeners=[stop])
        assert [one.table.name for one in reconciler.archived(database.url)] == [name]
    restored(database, name)
    assert dump(database) == before


def test_a_comment_of_a_role_that_is_not_trusted(database: Database, tmp_path: Path) -> None:
    owner = f"{database.name}_owner"
    database.execute(GIVEN)
    database.execute(f'CREATE ROLE {owner}; ALTER TABLE "Old Stuff" OWNER TO {owner}')
    try:
        name = archive(database, tmp_path)
        database.execute(f"GRANT USAGE ON SCHEMA reconcile_archive TO {owner}")
        assert [refusal.rule for refusal in restore(database, name).plan.refusals] == ["archive-not-proved"]
        database.execute(f"REVOKE USAGE ON SCHEMA reconcile_archive FROM {owner}")
        restored(database, name)
    finally:
        database.execute(f"DROP OWNED BY {owner}; DROP ROLE {owner}")
