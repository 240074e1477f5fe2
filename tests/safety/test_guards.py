"""Looking at the data does nothing but look: read-only, within a time limit, and no volatile function is called."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

import reconciler
from reconciler.model.state import DesiredState
from tests.execution.support import apply, desired
from tests.servers import Database

# It tells the server's log, which no READ ONLY transaction and no rollback takes back: nextval is such a witness too.
VOLATILE = """
    CREATE SEQUENCE witness;
    CREATE FUNCTION volatile_ok(int) RETURNS bool VOLATILE LANGUAGE sql AS $$ SELECT nextval('witness') > 0 $$;
    CREATE TABLE t (a int, b varchar(10));
    INSERT INTO t VALUES (1, 'x'), (2, 'x');
    """


def calls(database: Database) -> int:
    """How often the volatile function ran, even in a transaction that was rolled back."""
    return int(database.value("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM witness"))


def state_of(tmp_path: Path, check: str) -> DesiredState:
    return desired(tmp_path, f"tables: {{t: {{checks: {{c: {check!r}}}}}}}")


def test_the_witness_sees_a_call(database: Database) -> None:
    database.execute(VOLATILE)
    database.query("SELECT volatile_ok(1)")
    assert calls(database) == 1


@pytest.mark.parametrize("expression", ["volatile_ok(a)", "a > 0 AND (a > 5 OR volatile_ok(a))", "random() < 2"])
def test_a_volatile_function_in_a_check_is_not_called_unless_accepted(
    database: Database, tmp_path: Path, expression: str
) -> None:
    database.execute(VOLATILE)
    state = state_of(tmp_path, expression)
    result = apply(state, database.url)
    assert [refusal.rule for refusal in result.plan.refusals] == ["hazard-not-accepted"]
    assert "volatile-expression" in result.plan.refusals[0].cause
    assert calls(database) == 0


def test_a_volatile_function_in_a_live_check_that_is_to_be_validated(database: Database, tmp_path: Path) -> None:
    """The text of file and catalog are the same, so the server need not be asked what it means."""
    database.execute(VOLATILE + "ALTER TABLE t ADD CONSTRAINT c CHECK (volatile_ok(a)) NOT VALID")
    result = apply(state_of(tmp_path, "volatile_ok(a)"), database.url)
    assert [refusal.rule for refusal in result.plan.refusals] == ["hazard-not-accepted"]
    assert calls(database) == 0


def test_a_volatile_function_that_shadows_a_builtin_one(database: Database, tmp_path: Path) -> None:
    """For a varchar, `public.lower(varchar)` is the better match than the built-in function over text."""
    database.execute(
        VOLATILE + "CREATE FUNCTION lower(varchar) RETURNS text VOLATILE LANGUAGE sql "
        "AS $$ SELECT nextval('witness')::text $$"
    )
    result = apply(state_of(tmp_path, "lower(b) <> ''"), database.url)
    assert [refusal.rule for refusal in result.plan.refusals] == ["hazard-not-accepted"]
    assert calls(database) == 0


def test_an_operator_that_shadows_a_builtin_one_is_not_called_by_a_guard(
    database: Database, tmp_path: Path
) -> None:
    """For two varchars, an operator of the schema is the better match: orphans are looked for without it."""
    database.execute(
        VOLATILE + "CREATE TABLE p (b varchar(10) PRIMARY KEY); INSERT INTO p VALUES ('x');"
        "CREATE FUNCTION equal(varchar, varchar) RETURNS bool VOLATILE LANGUAGE sql "
        "AS $$ SELECT nextval('witness') > 0 $$;"
        "CREATE OPERATOR = (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = equal)"
    )
    reconciler.plan(
        desired(tmp_path, "tables: {t: {foreign_keys: {f: {columns: b, references: p}}}}"), database.url
    )
    assert calls(database) == 0


def test_an_accepted_volatile_function_still_cannot_write(database: Database, tmp_path: Path) -> None:
    """The guard calls it READ ONLY, so the count stays unknown."""
    database.execute(
        "CREATE TABLE t (a int); INSERT INTO t VALUES (1); CREATE TABLE written (a int);"
        "CREATE FUNCTION writes(int) RETURNS bool LANGUAGE plpgsql "
        "AS $$ BEGIN INSERT INTO written VALUES (1); RETURN true; END $$"
    )
    plan = reconciler.plan(state_of(tmp_path, "writes(a)"), database.url, allow=["volatile-expression"])
    assert database.value("SELECT count(*) FROM written") == 0
    assert [(one.count, one.samples) for one in plan.findings] == [
        (None, ("the query failed: cannot execute INSERT in a read-only transaction",))
    ]


def test_a_look_at_the_data_ends_in_time(database: Database, tmp_path: Path) -> None:
    database.execute(
        "CREATE TABLE t (a int); INSERT INTO t VALUES (1);"
        "CREATE FUNCTION slow(int) RETURNS bool IMMUTABLE LANGUAGE plpgsql "
        "AS $$ BEGIN PERFORM pg_sleep(60); RETURN true; END $$"
    )
    state = state_of(tmp_path, "slow(a)")
    plan = reconciler.plan(state, database.url, check_timeout=timedelta(milliseconds=200))
    assert [(one.result.value, one.count) for one in plan.findings] == [("timed out", None)]
    assert [hazard.kind.id for hazard in plan.routes[0].hazards] == ["unchecked-data"]
