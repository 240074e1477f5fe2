"""Data checks are read-only, have a time limit, and call no volatile function."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest

import reconciler
from reconciler.model.options import Options
from reconciler.model.state import DesiredState
from tests.execution.support import apply, desired, transaction, wait_until
from tests.servers import Database

pytestmark = pytest.mark.ends  # about what a data check may do

_COLLECTOR_S = 1.0
"""Before PostgreSQL 15 a separate process counts calls, and receives reports twice a second."""

# The server counts the calls of functions; a rollback does not undo the count.
VOLATILE = """
    CREATE FUNCTION volatile_ok(int) RETURNS bool VOLATILE LANGUAGE plpgsql AS $$ BEGIN RETURN true; END $$;
    CREATE TABLE t (a int, b varchar(10));
    INSERT INTO t VALUES (1, 'x'), (2, 'x');
    """


@pytest.fixture
def watched(database: Database) -> Database:
    """Return a database in which function calls are counted."""
    database.execute(f"ALTER DATABASE {database.name} SET track_functions = 'all'")
    database.execute(VOLATILE)
    return database


def calls(database: Database) -> int:
    """Return how often functions of users ran in sessions that have ended."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    wait_until(lambda: database.value(query) == 0, "sessions to end")
    if database.server.major < 15:
        time.sleep(_COLLECTOR_S)
    functions = "schemaname <> 'pg_catalog' AND funcname NOT LIKE '%migration%'"  # not the journal's
    return int(database.value(f"SELECT coalesce(sum(calls), 0) FROM pg_stat_user_functions WHERE {functions}"))


def state_of(tmp_path: Path, check: str) -> DesiredState:
    return desired(tmp_path, f"tables: {{t: {{checks: {{c: {check!r}}}}}}}")


def test_the_witness_sees_a_call_that_was_rolled_back(watched: Database) -> None:
    with transaction(watched.url, "SET TRANSACTION READ ONLY", "SELECT volatile_ok(1)"):
        pass
    assert calls(watched) == 1


@pytest.mark.parametrize("expression", ["volatile_ok(a)", "a > 0 AND (a > 5 OR volatile_ok(a))"])
def test_a_volatile_function_in_a_check_is_not_called_unless_accepted(
    watched: Database, tmp_path: Path, expression: str
) -> None:
    state = state_of(tmp_path, expression)
    refused = apply(state, watched.url)
    assert [refusal.rule for refusal in refused.plan.refusals] == ["hazard-not-accepted"]
    assert "volatile-expression: check c on public.t calls" in refused.plan.refusals[0].cause
    assert calls(watched) == 0
    assert apply(state, watched.url, allow=["volatile-expression"]).error is None
    assert calls(watched) > 0


def test_a_volatile_function_in_a_live_check_that_is_to_be_validated(watched: Database, tmp_path: Path) -> None:
    """The text of file and catalog are equal, so the server does not have to compare them."""
    watched.execute("ALTER TABLE t ADD CONSTRAINT c CHECK (public.volatile_ok(a)) NOT VALID")
    result = apply(state_of(tmp_path, "public.volatile_ok(a)"), watched.url)
    assert [refusal.rule for refusal in result.plan.refusals] == ["hazard-not-accepted"]
    assert calls(watched) == 0


def test_a_volatile_function_that_shadows_a_builtin_one(watched: Database, tmp_path: Path) -> None:
    """For a varchar, `public.lower(varchar)` matches better than the built-in function for text."""
    watched.execute(
        "CREATE FUNCTION lower(varchar) RETURNS text VOLATILE LANGUAGE plpgsql AS $$ BEGIN RETURN 'x'; END $$"
    )
    result = apply(state_of(tmp_path, "lower(b) <> ''"), watched.url)
    assert [refusal.rule for refusal in result.plan.refusals] == ["hazard-not-accepted"]
    assert calls(watched) == 0


def test_an_operator_that_shadows_a_builtin_one(watched: Database, tmp_path: Path) -> None:
    """For two varchars an operator of the schema matches better. The check for orphans uses PostgreSQL's own."""
    watched.execute("""
        CREATE TABLE p (b varchar(10) PRIMARY KEY); INSERT INTO p VALUES ('x');
        CREATE FUNCTION equal(varchar, varchar) RETURNS bool VOLATILE LANGUAGE plpgsql
            AS $$ BEGIN RETURN true; END $$;
        CREATE OPERATOR = (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = equal)""")
    state = desired(tmp_path, "tables: {t: {foreign_keys: {f: {columns: b, references: p}}}}")
    result = apply(state, watched.url)
    assert (result.plan.refusals, result.error) == ((), None)
    assert calls(watched) == 0


def test_an_accepted_volatile_function_still_cannot_write(database: Database, tmp_path: Path) -> None:
    """The file is trusted, so the guard calls the function, READ ONLY; the count stays unknown."""
    database.execute(
        "CREATE TABLE t (a int); INSERT INTO t VALUES (1); CREATE TABLE written (a int);"
        "CREATE FUNCTION writes(int) RETURNS bool LANGUAGE plpgsql "
        "AS $$ BEGIN INSERT INTO public.written VALUES (1); RETURN true; END $$"
    )
    plan = reconciler.plan(state_of(tmp_path, "writes(a)"), database.url, options=Options(trust_file=True))
    assert database.value("SELECT count(*) FROM written") == 0
    assert [(one.count, str(one.error)) for one in plan.findings] == [
        (None, "the transaction is read-only (SQLSTATE 25006)")
    ]


def test_a_look_at_the_data_ends_in_time(database: Database, tmp_path: Path) -> None:
    database.execute(
        "CREATE TABLE t (a int); INSERT INTO t VALUES (1);"
        "CREATE FUNCTION slow(int) RETURNS bool IMMUTABLE LANGUAGE plpgsql "
        "AS $$ BEGIN PERFORM pg_sleep(60); RETURN true; END $$"
    )
    state = state_of(tmp_path, "slow(a)")
    plan = reconciler.plan(
        state, database.url, options=Options(trust_file=True, check_timeout=timedelta(milliseconds=200))
    )
    assert [(one.result.value, one.count) for one in plan.findings] == [("timed out", None)]
    assert [hazard.kind.id for hazard in plan.routes[0].hazards] == ["unchecked-data"]
