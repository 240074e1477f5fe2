"""The journal: the definition of its table and function, and correct entries after any interruption of a run."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.model.errors import ConnectionFailed, Refused
from reconciler.model.events import Event, RunStarted, RunStatus, StepCompleted, StepRetried, StepStarted
from reconciler.model.state import DesiredState
from reconciler.postgres.journal import create_statements
from tests.execution.kills import Moment, kill_backend
from tests.execution.support import apply, apply_all, assert_in_sync, desired, session, transaction
from tests.servers import Database

pytestmark = [
    pytest.mark.ends,
    pytest.mark.newest_by_day,
]  # about the journal; cases read what an apply writes to it

YAML = "tables: {t: {indexes: {i_a: a}, checks: {positive: a > 0}}}"
STEPS = [
    "run started",
    "build index public.t.i_a started",
    "build index public.t.i_a completed",
    "add check public.t.positive started",
    "add check public.t.positive completed",
    "validate check public.t.positive started",
    "validate check public.t.positive completed",
    "run completed",
]
COLUMNS = """
    SELECT attname::text, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute
     WHERE attrelid = 'migration_log'::regclass AND attnum > 0 ORDER BY attnum"""
FUNCTION = """
    SELECT pg_get_function_arguments(oid), pg_get_function_result(oid), prosecdef, proconfig
      FROM pg_proc WHERE proname = 'log_migration_step'"""
MADE = """
    SELECT relname::text FROM pg_class WHERE relname = 'i_a'
    UNION ALL SELECT conname::text FROM pg_constraint WHERE conname = 'positive' ORDER BY 1"""
NOTHING_OF_OURS = """
    SELECT count(*) FROM pg_class c LEFT JOIN pg_namespace n ON n.nspname = 'reconcile_archive'
     WHERE c.relname = 'migration_log' OR n.oid IS NOT NULL"""


@pytest.fixture
def state(tmp_path: Path, database: Database) -> DesiredState:
    database.execute("CREATE TABLE t (a int); INSERT INTO t VALUES (1)")
    return desired(tmp_path, YAML)


def journaled(database: Database, schema: str = "public") -> list[str]:
    query = f"SELECT step_name || ' ' || status FROM {schema}.migration_log ORDER BY sequence"
    return [text for (text,) in database.query(query)]


def test_the_table_and_the_function_are_exactly_these(database: Database, state: DesiredState) -> None:
    apply_all(state, database.url)
    assert database.query(COLUMNS) == [
        ("id", "uuid", True),
        ("sequence", "bigint", True),
        ("migration_name", "text", True),
        ("step_name", "text", True),
        ("status", "text", True),
        ("rows_affected", "bigint", False),
        ("error_message", "text", False),
        ("metadata", "jsonb", True),
        ("executed_at", "timestamp with time zone", True),
    ]
    ((arguments, result, definer, settings),) = database.query(FUNCTION)
    assert re.findall(r"(\w+) (text|bigint|jsonb)\b", arguments) == [
        ("migration_name", "text"),
        ("step_name", "text"),
        ("status", "text"),
        ("rows_affected", "bigint"),
        ("error_message", "text"),
        ("metadata", "jsonb"),
    ]
    assert (result, definer, settings) == ("uuid", False, ["search_path=pg_catalog, pg_temp"])


def test_every_step_is_journaled_in_order_with_all_fields(database: Database, state: DesiredState) -> None:
    result = apply_all(state, database.url)
    assert journaled(database) == STEPS
    found: Any = database.value(
        "SELECT metadata FROM migration_log WHERE step_name ~ '^add' AND status = 'completed'"
    )
    assert found["run_id"] == result.run_id
    assert found["plan_digest"] == result.plan.digest
    assert found["sql"] == ['ALTER TABLE "public"."t" ADD CONSTRAINT "positive" CHECK (a > 0) NOT VALID']
    assert found["before"] is None
    assert "a > 0" in str(found["after"])
    assert found["duration_s"] >= 0
    assert found["lock_wait_s"] >= 0
    (run,) = reconciler.history(database.url)
    ended = database.value("SELECT metadata FROM migration_log WHERE step_name = 'run' AND status = 'completed'")
    assert run.duration_s == ended["duration_s"], "all commands show the same duration"
    assert found["tool_version"] == reconciler.__version__
    assert {"user", "host", "object", "place"} <= found.keys()
    spread = database.value("SELECT count(DISTINCT executed_at) FROM migration_log")
    assert spread == len(STEPS), "entries have the time of the clock, not that of a transaction"


def test_started_is_written_before_the_step_acts(database: Database, state: DesiredState) -> None:
    seen: list[tuple[str, list[str]]] = []

    def look(event: Event) -> None:
        if isinstance(event, StepStarted):
            made = [name for (name,) in database.query(MADE)]
            seen.append((journaled(database)[-1], made))

    result = reconciler.apply(state, database.url, approve=lambda _: True, listeners=[look])
    assert result.error is None
    started = [text for text in STEPS[1:-1] if text.endswith("started")]
    assert seen == list(zip(started, ([], ["i_a"], ["i_a", "positive"]), strict=True))


def test_a_transactional_step_and_its_entry_commit_together(
    database: Database, state: DesiredState, tmp_path: Path
) -> None:
    """The backend is ended after the statement and before the entry: neither is committed."""
    files, spared = [tmp_path / "schema.yaml"], ["build index public.t.i_a"]
    assert kill_backend(files, database.url, Moment.UNLOGGED, spared) == "add check public.t.positive"
    assert database.value("SELECT count(*) FROM pg_constraint WHERE conname = 'positive'") == 0
    assert journaled(database) == STEPS[:4]
    apply_all(state, database.url)
    assert database.value("SELECT count(*) FROM pg_constraint WHERE conname = 'positive'") == 1


def test_a_failure_is_journaled_with_its_reason(database: Database, state: DesiredState) -> None:
    with transaction(database.url) as other:

        def interfere(event: Event) -> None:
            if isinstance(event, StepStarted) and str(event.step.id).startswith("validate"):
                other.execute("ALTER TABLE t DROP CONSTRAINT positive")
                other.execute("COMMIT")

        result = apply(state, database.url, interfere)
    assert result.error is not None
    assert journaled(database)[-2:] == ["validate check public.t.positive failed", "run failed"]
    message = 'constraint "positive" of relation "t" does not exist (SQLSTATE 42704)'
    assert database.query(
        "SELECT error_message FROM migration_log WHERE status = 'failed' AND step_name <> 'run'"
    ) == [(message,)]
    apply_all(state, database.url)


def test_a_run_without_work_creates_and_writes_nothing(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE t (a int); CREATE INDEX i_a ON t (a)")
    state = desired(tmp_path, "tables: {t: {indexes: {i_a: a}}}")
    assert_in_sync(state, database.url)
    assert apply_all(state, database.url).run_id == ""
    assert database.value(NOTHING_OF_OURS) == 0


def test_nothing_is_created_for_a_plan_that_is_refused_or_declined(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE t (a int); INSERT INTO t VALUES (-1)")
    assert apply(desired(tmp_path, YAML), database.url).plan.refused
    index_only = desired(tmp_path, "tables: {t: {indexes: {i_a: a}}}")
    with pytest.raises(Refused, match="not approved"):
        reconciler.apply(index_only, database.url, approve=lambda _: False)
    assert database.value(NOTHING_OF_OURS) == 0


def test_it_lives_where_the_policy_says(database: Database, state: DesiredState, tmp_path: Path) -> None:
    del state
    database.execute('CREATE SCHEMA "Audit %s"')
    elsewhere = desired(tmp_path, f"policy: {{journal_schema: 'Audit %s'}}\n{YAML}")
    apply_all(elsewhere, database.url)
    assert journaled(database, '"Audit %s"') == STEPS
    assert database.value("SELECT to_regclass('public.migration_log')") is None
    assert len(reconciler.history(database.url, "Audit %s")) == 1


# Each changes the journal's table or function in one way.
DEVIATIONS = {
    "a table of another shape": "CREATE TABLE migration_log (id int)",
    "a view": "CREATE VIEW migration_log AS SELECT 1 AS id",
    "a column more": "{ours}; ALTER TABLE migration_log ADD extra int",
    "a column of another type": "{ours}; ALTER TABLE migration_log ALTER step_name TYPE varchar(10)",
    "a trigger": """{ours}; CREATE FUNCTION canary() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE TRIGGER x BEFORE INSERT ON migration_log FOR EACH ROW EXECUTE FUNCTION canary()""",
    "a rule": "{ours}; CREATE RULE x AS ON INSERT TO migration_log DO INSTEAD NOTHING",
    "row security": "{ours}; ALTER TABLE migration_log FORCE ROW LEVEL SECURITY",
    "another default": """{ours};
        CREATE FUNCTION canary() RETURNS jsonb LANGUAGE sql AS 'SELECT null::jsonb';
        ALTER TABLE migration_log ALTER metadata SET DEFAULT canary()""",
    "a check more": "{ours}; ALTER TABLE migration_log ADD CHECK (step_name <> 'run')",
    "no primary key": "{ours}; ALTER TABLE migration_log DROP CONSTRAINT migration_log_pkey",
    "a unique index more": "{ours}; CREATE UNIQUE INDEX ON migration_log (step_name)",
    "an unlogged table": "{ours}; ALTER TABLE migration_log SET UNLOGGED",
    "a function alone": "CREATE FUNCTION log_migration_step(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "the table alone": "{ours}; DROP FUNCTION log_migration_step",
    "an overloaded function": "{ours}; CREATE FUNCTION log_migration_step(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "another body": """{ours}; CREATE OR REPLACE FUNCTION log_migration_step(migration_name text, step_name text,
        status text DEFAULT 'started', rows_affected bigint DEFAULT NULL, error_message text DEFAULT NULL,
        metadata jsonb DEFAULT '{{}}') RETURNS uuid LANGUAGE sql SET search_path = pg_catalog, pg_temp
        AS 'SELECT gen_random_uuid()'""",
    "security definer": "{ours}; ALTER FUNCTION log_migration_step SECURITY DEFINER",
    "a search path of its own": "{ours}; ALTER FUNCTION log_migration_step SET search_path = public",
    "no search path": "{ours}; ALTER FUNCTION log_migration_step RESET search_path",
}

BEYOND_REPAIR = {
    "a table of another shape",
    "a view",
    "a column more",
    "a column of another type",
    "another default",
    "a check more",
    "no primary key",
}


@pytest.mark.parametrize("how", DEVIATIONS)
def test_what_is_not_exactly_ours_is_refused_and_left_alone(
    database: Database, state: DesiredState, how: str
) -> None:
    database.execute(DEVIATIONS[how].format(ours="; ".join(create_statements("public"))))
    shape = "SELECT oid, relkind, relnatts, relhastriggers FROM pg_class WHERE relname = 'migration_log'"
    before = database.query(shape)
    with pytest.raises(Refused) as refused:
        apply(state, database.url)
    assert refused.value.rule == "journal-not-ours"
    assert database.query(shape) == before
    assert database.value("SELECT to_regclass('i_a')") is None
    hint = str(refused.value.hint)
    if how in BEYOND_REPAIR:
        assert hint == "set policy.journal_schema to another schema"
    else:
        intro, statements = hint.split("\n", 1)
        assert intro.endswith("to correct this, run:")
        database.execute(statements)
        apply_all(state, database.url)


def test_scripts_write_to_the_same_trail_by_position_and_by_name(database: Database, state: DesiredState) -> None:
    apply_all(state, database.url)
    first = database.value("SELECT log_migration_step('by hand', 'one', 'completed', 3, NULL, '{\"a\": 1}')")
    database.query("SELECT log_migration_step(step_name => 'two', migration_name => 'by hand')")
    written = database.query(
        "SELECT step_name, status, rows_affected, metadata FROM migration_log WHERE migration_name = 'by hand' "
        "ORDER BY sequence"
    )
    assert written == [("one", "completed", 3, {"a": 1}), ("two", "started", None, {})]
    assert database.value("SELECT id FROM migration_log WHERE step_name = 'one'") == first
    assert_in_sync(state, database.url)
    assert len(reconciler.history(database.url)) == 1


def test_the_search_path_of_the_caller_does_not_matter(database: Database, state: DesiredState) -> None:
    apply_all(state, database.url)
    database.execute("""CREATE SCHEMA evil;
        CREATE TABLE evil.migration_log (LIKE public.migration_log);
        CREATE FUNCTION evil.gen_random_uuid() RETURNS uuid LANGUAGE sql AS $$ SELECT NULL::uuid $$;
        CREATE FUNCTION evil.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS $$ SELECT NULL::timestamptz $$""")
    with session(database.url) as caller:
        caller.execute("SET search_path TO evil, pg_catalog")
        caller.execute("CREATE TEMP TABLE migration_log (LIKE public.migration_log)")
        caller.execute("SELECT public.log_migration_step('m', 's')")
        assert caller.execute("SELECT count(*) FROM evil.migration_log").fetchall() == [(0,)]
        assert caller.execute("SELECT count(*) FROM pg_temp.migration_log").fetchall() == [(0,)]
    assert journaled(database)[-1] == "s started"


def test_history_shows_runs_and_steps(
    database: Database, state: DesiredState, capsys: pytest.CaptureFixture[str]
) -> None:
    run = apply_all(state, database.url).run_id
    assert main(["history", "--db", database.url]) == 0
    (header, line, order) = capsys.readouterr().out.splitlines()
    assert header.split() == [
        *("RUN", "COMMAND", "STARTED", "(UTC)", "STATUS", "TOOK", "DONE", "FAILED", "SKIPPED", "BY", "MIGRATION"),
    ]
    assert line.startswith(f"{run}  apply ")
    assert re.search(r" completed +\S+ m?s +3 +0 +0 +postgres@", line)
    assert order == "1 run, newest first."
    assert main(["history", run[:8], "--db", database.url]) == 0
    reported = capsys.readouterr().out.splitlines()
    pattern = r"[\d:]{8}  \S+ \w+ +(\w+) +(?:\d+ +)?(\S.*)"
    matches = [re.fullmatch(pattern, line) for line in reported[2:-1]]
    assert [match and match.groups() for match in matches] == [
        ("completed", "run"),
        ("completed", "build index i_a on public.t"),
        ("completed", "add check positive on public.t, NOT VALID"),
        ("completed", "validate check positive on public.t"),
    ]
    assert reported[-1].endswith("completed, 0 failed.")
    assert main(["history", "last", "--db", database.url]) == 0
    assert capsys.readouterr().out.splitlines() == reported
    assert main(["history", "ffff", "--db", database.url]) == 64
    assert main(["history", "--db", database.url, "--journal-schema", "pg_catalog"]) == 0
    assert "schema pg_catalog has no migration_log" in capsys.readouterr().out
    assert main(["history", "--db", database.url, "--journal-schema", "nope"]) == 64
    assert "[nothing-matches] there is no schema nope\n" in capsys.readouterr().err


@pytest.mark.ends
def test_history_calls_a_run_that_a_signal_ended_interrupted(
    database: Database, state: DesiredState, capsys: pytest.CaptureFixture[str]
) -> None:
    def signal(event: Event) -> None:
        if isinstance(event, StepCompleted):
            raise KeyboardInterrupt

    assert apply(state, database.url, signal).status is RunStatus.INTERRUPTED
    assert main(["history", "--db", database.url]) == 0
    assert " interrupted " in capsys.readouterr().out


def test_a_lost_connection_leaves_started_behind(database: Database, state: DesiredState, tmp_path: Path) -> None:
    assert kill_backend([tmp_path / "schema.yaml"], database.url, Moment.BEFORE, []) is not None
    assert journaled(database) == STEPS[:2]
    assert [run.status for run in reconciler.history(database.url)] == ["unfinished"]
    assert [entry.status for entry in reconciler.history_of("last", database.url)] == ["started"] * 2
    apply_all(state, database.url)
    assert [run.status for run in reconciler.history(database.url)] == ["unfinished", "completed"]


def test_a_lost_connection_is_an_error_of_its_own(database: Database, state: DesiredState) -> None:
    def kill(event: Event) -> None:
        if isinstance(event, StepStarted):
            database.query(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE application_name = 'reconcile' AND query LIKE '%migration_log%' "
                "AND datname = current_database()"
            )

    result = apply(state, database.url, kill)
    assert isinstance(result.error, ConnectionFailed)
    assert result.error.rule == "connection-lost"


def test_a_journal_that_is_locked_for_a_moment_is_waited_for(database: Database, state: DesiredState) -> None:
    """Another session locks the journal, as CREATE INDEX does, before each of its entries except the last one."""
    apply_all(state, database.url)
    database.execute("DROP INDEX i_a; ALTER TABLE t DROP CONSTRAINT positive; TRUNCATE migration_log")
    retried: list[str] = []
    with session(database.url) as holder:

        def lock_it(_: object) -> bool:
            holder.execute("BEGIN; LOCK TABLE migration_log IN SHARE MODE")
            return True

        def interfere(event: Event) -> None:
            if isinstance(event, StepStarted | RunStarted) or (
                isinstance(event, StepCompleted) and event.number < 3
            ):
                lock_it(event)
            if isinstance(event, StepRetried):
                retried.append(event.reason)
                holder.execute("ROLLBACK")

        impatient = replace(state, policy=replace(state.policy, lock_timeout=timedelta(milliseconds=100)))
        assert reconciler.apply(impatient, database.url, approve=lock_it, listeners=[interfere]).error is None
    assert len(retried) == len(STEPS) - 1
    assert journaled(database) == STEPS
