"""The journal works with event triggers of services, audit trails and company rules, or the message names them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

import reconciler
from reconciler.model.errors import Diverged, Refused
from reconciler.report import FORMATS, report_of
from tests.execution.support import apply, apply_all, desired
from tests.servers import Database

pytestmark = pytest.mark.ends

TABLE = "CREATE TABLE note (id int PRIMARY KEY, body text); CREATE INDEX gone ON note (body)"
YAML = "tables: {note: {absent: {indexes: [gone]}}}"
TRIGGER = """
CREATE FUNCTION house_rule() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE c record;
BEGIN
    FOR c IN SELECT * FROM pg_event_trigger_ddl_commands() LOOP {action}; END LOOP;
END $$;
CREATE EVENT TRIGGER "House rule" ON ddl_command_end{tags} EXECUTE FUNCTION house_rule()"""
NEW_TABLES = " WHEN TAG IN ('CREATE TABLE')"
ON_NEW_TABLES = "IF c.object_type = 'table' THEN EXECUTE format('{statement}', c.object_identity); END IF"
SECURE = ON_NEW_TABLES.format(statement="ALTER TABLE %s ENABLE ROW LEVEL SECURITY")
NAMED = (
    "event triggers that fire when it is created: House rule (function public.house_rule()); change them so that they "
    "ignore the journal, or set policy.journal_schema to a schema that they ignore"
)


def make(database: Database, action: str, tags: str = NEW_TABLES) -> None:
    database.execute(f"{TABLE}; {TRIGGER.format(action=action, tags=tags)}")


@contextlib.contextmanager
def owner_of(database: Database) -> Iterator[str]:
    """Return the URL of a role that owns the table, and is not a superuser."""
    role = f"{database.name}_owner"
    database.execute(f"""CREATE ROLE {role} LOGIN; GRANT CREATE ON SCHEMA public TO {role};
        ALTER TABLE note OWNER TO {role}""")
    try:
        yield role
    finally:
        database.execute(f"DROP OWNED BY {role}; REASSIGN OWNED BY {role} TO postgres; DROP ROLE {role}")


def test_row_security_on_every_new_table(database: Database, tmp_path: Path) -> None:
    """The owner of the journal is not affected.

    Another role, from which rows would be hidden, gets an error with a remedy.
    """
    make(database, SECURE)
    state = desired(tmp_path, YAML)
    with owner_of(database) as owner:
        apply_all(state, database.url_as(owner))
        secured = "SELECT relrowsecurity FROM pg_class WHERE relname = 'migration_log'"
        assert database.value(secured), "the event trigger did not fire"
        assert [run.status for run in reconciler.history(database.url_as(owner))] == ["completed"]

        other = f"{owner}_2"
        database.execute(f"CREATE ROLE {other} LOGIN; GRANT SELECT, INSERT ON migration_log TO {other}")
        try:
            with pytest.raises(Refused) as refused:
                reconciler.history(database.url_as(other), trusted_roles=[owner])
        finally:
            database.execute(f"DROP OWNED BY {other}; DROP ROLE {other}")
        assert refused.value.message == (
            f"the journal public.migration_log cannot be trusted: row security hides its rows from role {other}"
        )
        assert refused.value.hint == (
            'to correct this, run:\n  ALTER TABLE "public"."migration_log" DISABLE ROW LEVEL SECURITY;'
        )


def test_an_audit_trail_that_relies_on_the_path(database: Database, tmp_path: Path) -> None:
    """Its function uses the unqualified name of a table in a schema of the file's search path."""
    database.execute("CREATE SCHEMA audit; CREATE TABLE audit.trail (what text)")
    make(database, "INSERT INTO trail VALUES (c.object_identity)", tags="")
    everything = "tables: {note: {not_null: [body], checks: {short: length(body) < 100}, indexes: {body: body}}}"
    state = desired(tmp_path, f"policy: {{search_path: [audit]}}\n{everything}")
    with database.copy() as other:
        done = other.psql(FORMATS["sql"](report_of(reconciler.plan(state, other.url))))
        assert (done.returncode, done.stderr) == (0, "")
    apply_all(state, database.url)
    assert "public.migration_log" in {what for (what,) in database.query("SELECT what FROM audit.trail")}


ALTERING = {
    "an audit trigger": (
        "CREATE TRIGGER audit BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "right after it was created, the journal public.migration_log cannot be trusted: it has the trigger audit",
    ),
    "forced row security": (
        "ALTER TABLE %s FORCE ROW LEVEL SECURITY",
        "right after it was created, the journal public.migration_log cannot be trusted: row security is forced on "
        "its owner",
    ),
    "a rule that rejects it": (
        "SELECT 1 FROM no_such_table",
        "the journal public.migration_log could not be created: the server does not accept the statement "
        "(SQLSTATE 42P01)",
    ),
}


@pytest.mark.parametrize("what", ALTERING)
def test_the_event_trigger_is_named(database: Database, tmp_path: Path, what: str) -> None:
    """No step is started. If the event trigger ignores the journal, the same file is applied."""
    statement, message = ALTERING[what]
    make(database, f"IF c.schema_name = 'public' THEN {ON_NEW_TABLES.format(statement=statement)}; END IF")
    with pytest.raises(Refused) as refused:
        apply(desired(tmp_path, YAML), database.url)
    assert (refused.value.rule, refused.value.message, refused.value.hint) == ("event-trigger", message, NAMED)
    assert database.value("SELECT to_regclass('gone') IS NOT NULL AND to_regclass('migration_log') IS NULL")

    database.execute("CREATE SCHEMA ops")
    apply_all(desired(tmp_path, f"policy: {{journal_schema: ops}}\n{YAML}"), database.url)


def test_a_failed_step_names_the_event_triggers_that_may_have_rejected_it(
    database: Database, tmp_path: Path
) -> None:
    make(database, "RAISE EXCEPTION 'keep %', c.object_identity", " WHEN TAG IN ('COMMENT')")
    database.execute("""
        CREATE FUNCTION keep() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
            IF EXISTS (SELECT FROM pg_event_trigger_dropped_objects() WHERE object_name = 'gone') THEN
                RAISE EXCEPTION 'keep it'; END IF; END $$;
        CREATE EVENT TRIGGER keeper ON sql_drop EXECUTE FUNCTION keep()""")
    apply_all(desired(tmp_path, "tables: {note: {indexes: {gone: body}}}"), database.url)
    database.execute('DROP EVENT TRIGGER "House rule"')
    failed = apply(desired(tmp_path, YAML), database.url)
    assert "a function raised an error; event triggers that fire: keeper (SQLSTATE P0001)" in failed.message


def test_a_plan_names_the_event_triggers_that_its_steps_fire(database: Database, tmp_path: Path) -> None:
    """One that rejects a drop leaves the index invalid, and no advice to just run again."""
    make(
        database,
        "EXECUTE format('COMMENT ON INDEX %s IS ''new''', c.object_identity)",
        " WHEN TAG IN ('CREATE INDEX')",
    )
    database.execute("""
        CREATE FUNCTION keep() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
            IF EXISTS (SELECT FROM pg_event_trigger_dropped_objects() WHERE object_name = 'gone') THEN
                RAISE EXCEPTION 'keep it'; END IF; END $$;
        CREATE EVENT TRIGGER keeper ON sql_drop EXECUTE FUNCTION keep();
        CREATE EVENT TRIGGER idle ON ddl_command_end WHEN TAG IN ('CREATE VIEW') EXECUTE FUNCTION house_rule();
        CREATE EVENT TRIGGER disabled ON ddl_command_end EXECUTE FUNCTION house_rule();
        ALTER EVENT TRIGGER disabled DISABLE""")

    dropping = desired(tmp_path, YAML)
    plan = reconciler.plan(dropping, database.url)
    assert [note.message for note in plan.notes if note.rule == "fires-event-triggers"] == [
        "the steps fire event triggers, which may reject or change them: keeper at sql_drop for DROP INDEX (function "
        "public.keep). If one rejects a command when it ends, DROP INDEX CONCURRENTLY leaves the index invalid, and "
        "no query uses it any more"
    ]
    failed = apply(dropping, database.url).error
    assert failed is not None
    assert failed.hint.endswith(
        "The step fails again until its cause is removed: change the function or event trigger that raises the error, "
        "or disable the event trigger for the run. Then run the same command again: it continues from the current state"
    )

    diverged = apply(desired(tmp_path, "tables: {note: {unique: {u: body}}}"), database.url).error
    assert isinstance(diverged, Diverged)
    assert diverged.message == (
        "the live state of unique u on public.note matches no step of this change; another session, or an event "
        'trigger ("House rule", idle, keeper), may have altered it'
    )


def noted(plan: reconciler.Plan) -> list[str]:
    return [note.message for note in plan.notes if note.rule == "fires-event-triggers"]


def test_plans_of_the_way_back_and_from_snapshots_name_them_as_well(database: Database, tmp_path: Path) -> None:
    """Once, with the commands of all steps of an undo: those of objects, and those of tables that leave the archive."""
    make(database, "PERFORM 1", tags="")
    database.execute("CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE old (id int REFERENCES parent)")
    state = desired(tmp_path, f"{YAML}\ndropped_tables: {{old: }}")
    run = apply_all(state, database.url).run_id
    fired = 'the steps fire event triggers, which may reject or change them: "House rule" at ddl_command_end for '
    function = "(function public.house_rule)"
    base = reconciler.DesiredState(objects={})
    (restored,) = noted(reconciler.plan_restore("old", database.url))
    assert restored == f"{fired}ALTER TABLE, COMMENT {function}"
    (undone,) = noted(reconciler.plan_undo(run, base, database.url))
    assert undone == (
        f"{fired}ALTER TABLE, COMMENT, CREATE INDEX {function}. If one rejects a command when it ends, "
        "CREATE INDEX CONCURRENTLY leaves an invalid index"
    )
    text = reconciler.take_snapshot(state, database.url).encode()
    new = desired(tmp_path, "tables: {note: {indexes: {again: body}}}")
    assert noted(reconciler.plan_snapshot(new, text)) == noted(reconciler.plan(new, database.url))
    assert noted(reconciler.plan_snapshot(new, text))
