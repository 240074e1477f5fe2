"""A table is dumped from the archive, verified, and dropped, and comes back to the letter."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import reconciler
from reconciler.model.errors import Refused
from reconciler.model.events import Event, StepStarted
from reconciler.model.rules.runs import NOT_APPROVED
from reconciler.model.step_id import Verb
from tests.dumping.support import FILE, apply_dump, dumped, restore, restored, succeeded, verifying_url
from tests.execution.support import assert_in_sync, desired
from tests.restoring.test_parts import PARTITIONED
from tests.restoring.test_tables import GIVEN
from tests.restoring.whole import dump
from tests.servers import Database

ARCHIVED = "SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('reconcile_archive')"


@pytest.mark.ends
@pytest.mark.newest_by_day
def test_a_table_with_every_property_comes_back(database: Database, tmp_path: Path) -> None:
    """Also extended statistics, which a dump of the table does not hold. Here an embedded server verifies the dump."""
    database.execute(GIVEN)
    database.execute("COMMENT ON STATISTICS related IS 'statistics'; ALTER STATISTICS related SET STATISTICS 70")
    before, text = dump(database), "dropped_tables: {Old Stuff: {backup: dump}}"
    result = dumped(database, tmp_path, text=text, verify_db=None)
    verbs = [step.id.verb.value for step in result.plan.steps]
    assert verbs == ["create", "move", "drop", "drop", "dump", "drop"]
    assert database.value(ARCHIVED) == 0
    assert_in_sync(desired(tmp_path, text), database.url)
    (one,) = reconciler.dumped(database.url)
    (file,) = (tmp_path / "dumps").iterdir()
    run = reconciler.history(database.url)[-1].run_id
    assert (one.dump.file, one.dump.row_count, one.run_id) == (file.name, 2, run)
    assert file.stat().st_mode & 0o777 == 0o600
    restored(database, tmp_path, "Old Stuff")
    assert dump(database) == before
    assert database.value(ARCHIVED) == 0


@pytest.mark.newest_by_day
def test_a_partitioned_table(database: Database, tmp_path: Path) -> None:
    """Each part has a dump of its own, and comes back with the table."""
    database.execute(PARTITIONED)
    before = dump(database)
    dumped(database, tmp_path, text="dropped_tables: {events: {backup: dump}}")
    assert len(list((tmp_path / "dumps").iterdir())) == 4
    assert database.value(ARCHIVED) == 0
    restored(database, tmp_path, "events")
    assert dump(database) == before


@pytest.mark.pg("== 18")
def test_a_row_that_is_written_after_the_dump(database: Database, tmp_path: Path) -> None:
    """The drop is refused, and the next run dumps the table again."""
    database.execute("CREATE TABLE old (id int); INSERT INTO old SELECT generate_series(1, 100)")

    def write(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.verb is Verb.DROP:
            database.execute(
                "DO $$ BEGIN EXECUTE (SELECT format('INSERT INTO %s VALUES (7)', oid::regclass) FROM pg_class "
                "WHERE relname LIKE 'old\\_\\_%'); END $$"
            )

    result = apply_dump(database, tmp_path, write)
    assert result.error is not None
    assert (result.error.rule, database.value(ARCHIVED)) == ("changed-after-dump", 1)
    assert reconciler.dumped(database.url) == []
    dumped(database, tmp_path)
    (one,) = reconciler.dumped(database.url)
    assert one.dump.row_count == 101


@pytest.mark.pg("== 18")
def test_a_table_whose_replacement_loses_rows_moves_back(database: Database, tmp_path: Path) -> None:
    """Before anything is dumped."""
    database.execute("CREATE TABLE old (id int); CREATE TABLE new (id int); INSERT INTO old VALUES (1)")
    database.execute("INSERT INTO new VALUES (1); COMMENT ON TABLE old IS 'mine'")

    def lose(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.verb is Verb.MOVE:
            database.execute("DELETE FROM new")

    result = apply_dump(database, tmp_path, lose, text="dropped_tables: {old: {backup: dump, replaced_by: new}}")
    assert result.error is not None
    assert (result.error.rule, database.value(ARCHIVED)) == ("fewer-rows", 0)
    assert list((tmp_path / "dumps").iterdir()) == []
    assert database.query("SELECT id, obj_description('old'::regclass) FROM old") == [(1, "mine")]


@pytest.mark.pg("== 18")
def test_a_dump_that_is_verified_is_not_made_again(database: Database, tmp_path: Path) -> None:
    """Unless the file in the folder is no longer the one that was verified; it is left as it is."""
    database.execute("CREATE TABLE old (id int); INSERT INTO old SELECT generate_series(1, 100)")

    def stop(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.verb is Verb.DROP:
            raise Refused("stopped", rule=NOT_APPROVED)

    assert apply_dump(database, tmp_path, stop).error is not None
    (file,) = (tmp_path / "dumps").iterdir()
    damaged = file.read_bytes()[:-1]
    file.write_bytes(damaged)
    assert apply_dump(database, tmp_path, stop).error is not None
    before = {one: one.read_bytes() for one in (tmp_path / "dumps").iterdir()}
    assert (len(before), before[file]) == (2, damaged)
    dumped(database, tmp_path, verify_db=None)
    assert {one: one.read_bytes() for one in (tmp_path / "dumps").iterdir()} == before
    restored(database, tmp_path)
    assert database.value("SELECT count(*) FROM old") == 100


@pytest.mark.pg("== 18")
def test_a_corrupt_file_is_not_loaded(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE old (id int); INSERT INTO old VALUES (1)")
    dumped(database, tmp_path)
    (file,) = (tmp_path / "dumps").iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert [one.rule for one in restore(database, tmp_path).plan.refusals] == ["not-the-dump"]
    file.unlink()
    assert [one.rule for one in restore(database, tmp_path).plan.refusals] == ["not-the-dump"]
    refused = reconciler.restore("old", database.url, approve=lambda _: True)
    assert [one.rule for one in refused.plan.refusals] == ["no-backup-dir"]
    assert database.value(ARCHIVED) == 0
    file.write_bytes(whole)
    restored(database, tmp_path)
    assert database.value("SELECT count(*) FROM old") == 1


@pytest.mark.pg("== 18")
def test_who_may_have_written_the_journal(database: Database, tmp_path: Path) -> None:
    """A forged entry could name another file, so nothing is loaded."""
    database.execute("CREATE TABLE old (id int)")
    dumped(database, tmp_path)
    database.execute("GRANT INSERT ON migration_log TO reader")
    with pytest.raises(Refused, match="reader may write to it") as refused:
        restore(database, tmp_path)
    assert refused.value.rule == "journal-open"


@pytest.mark.pg("== 18")
def test_a_restore_that_is_killed_at_each_step(database: Database, tmp_path: Path) -> None:
    """The next one continues: what the dump does not hold is not lost either."""
    database.execute(GIVEN)
    before = dump(database)
    dumped(database, tmp_path, text="dropped_tables: {Old Stuff: {backup: dump}}")
    for verb in (Verb.LOAD, Verb.COMMENT, Verb.ADD, Verb.RESTORE):

        def stop(event: Event, at: Verb = verb) -> None:
            if isinstance(event, StepStarted) and event.step.id.verb is at:
                raise Refused("stopped", rule=NOT_APPROVED)

        assert restore(database, tmp_path, "Old Stuff", listeners=[stop]).error is not None
    restored(database, tmp_path, "Old Stuff")
    assert dump(database) == before


@pytest.mark.pg("== 18")
def test_a_role_that_is_no_superuser(database: Database, tmp_path: Path) -> None:
    """The table comes back with its owner, who may not create tables in the archive, and with all grants."""
    owner, applier = f"{database.name}_owner", f"{database.name}_applier"
    database.execute(f"""CREATE ROLE {owner}; CREATE ROLE {applier} LOGIN; GRANT {owner} TO {applier};
        GRANT CREATE, TEMPORARY ON DATABASE {database.name} TO {applier};
        GRANT CREATE, USAGE ON SCHEMA public TO {applier}, {owner}; SET ROLE {owner};
        CREATE TABLE old (id serial, t text); INSERT INTO old (t) VALUES ('a'); GRANT SELECT (t) ON old TO PUBLIC;
        GRANT INSERT ON old TO reader WITH GRANT OPTION; REVOKE TRUNCATE ON old FROM {owner};
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        GRANT USAGE ON SEQUENCE old_id_seq TO reader; CREATE STATISTICS pair (dependencies) ON id, t FROM old""")
    url = database.url_as(applier)
    (tmp_path / "dumps").mkdir()
    given = {"approve": lambda _: True, "backup_dir": tmp_path / "dumps"}
    try:
        before = dump(database)
        succeeded(
            reconciler.apply(desired(tmp_path, FILE), url, verify_db=verifying_url(database), **given)  # type: ignore[arg-type]
        )
        assert database.value(ARCHIVED) == 0
        result = reconciler.restore("old", url, **given)  # type: ignore[arg-type]
        succeeded(result)
        assert dump(database) == before
        acl = "SELECT count(*) FROM pg_namespace n, aclexplode(nspacl) a WHERE nspname = 'reconcile_archive'"
        assert database.value(f"{acl} AND grantee <> nspowner") == 0
    finally:
        database.execute(f"DROP OWNED BY {owner}, {applier}; DROP ROLE {owner}, {applier}")


GENERATED = """CREATE TABLE old (id serial PRIMARY KEY, n int, doubled int GENERATED ALWAYS AS (n * 2) STORED);
    INSERT INTO old (n) SELECT generate_series(1, 100)"""


def _changing(database: Database) -> Callable[[Event], None]:
    """Change a row of the loaded table before the last step of a load."""

    def change(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.verb is Verb.COMMENT:
            name = database.value(
                "SELECT oid::regclass::text FROM pg_class WHERE relname ~ '^old__' AND relkind = 'r'"
            )
            database.execute(f"UPDATE {name} SET n = 7 WHERE id = 1")

    return change


@pytest.mark.pg("== 18")
def test_a_table_with_other_rows_after_it_was_loaded(database: Database, tmp_path: Path) -> None:
    """No run accepts it, and no run dumps it in place of its dump."""
    database.execute(GENERATED)
    dumped(database, tmp_path)
    for listeners in ([_changing(database)], []):
        result = restore(database, tmp_path, listeners=listeners)
        assert result.error is not None
        assert (result.error.rule, database.value("SELECT to_regclass('old')")) == ("changed-after-load", None)
    result = apply_dump(database, tmp_path)
    assert [one.rule for one in result.plan.refusals] == ["half-loaded"]
    assert result.error is None
    restored_again = restore(database, tmp_path)
    assert restored_again.error is not None
    (command,) = re.findall("`(DROP TABLE .*?)`", restored_again.error.hint or "")
    database.execute(command)
    restored(database, tmp_path)
    assert database.value("SELECT sum(doubled) FROM old") == 10100
