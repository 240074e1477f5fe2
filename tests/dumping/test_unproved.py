"""A dump is refused if the verifying server cannot prove that it can be loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.model.events import Event, StepStarted
from reconciler.model.step_id import Verb
from tests.dumping.support import apply_dump, dumped, restored
from tests.execution.support import desired
from tests.restoring.whole import dump
from tests.servers import Database

pytestmark = pytest.mark.pg("== 18")

FUNCTIONS = """
    CREATE TABLE allowed (n int); INSERT INTO allowed VALUES (1);
    CREATE FUNCTION ok(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 IN (SELECT n FROM allowed)';
    CREATE FUNCTION same(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN $1; END';
    CREATE OPERATOR !! (RIGHTARG = int, FUNCTION = ok);
    CREATE DOMAIN allowed_number AS int CHECK (ok(VALUE));
    CREATE DOMAIN below AS allowed_number; CREATE TYPE pair AS (a below, b int)"""


REFUSED = (
    ("n int CONSTRAINT c CHECK (ok(n))", "check c depends on public.ok(integer)"),
    ("n int CONSTRAINT c CHECK (!! n)", "check c depends on public.ok(integer)"),
    ("n pair[]", "domain public.allowed_number depends on public.ok(integer)"),
    ("n int, g int GENERATED ALWAYS AS (same(n)) STORED", "generated column g depends on public.same(integer)"),
    ("n int, CONSTRAINT x EXCLUDE USING btree (same(n) WITH =)", "index x depends on public.same(integer)"),
    (
        "n int, CONSTRAINT y EXCLUDE USING btree (n WITH =) WHERE (same(n) > 0)",
        "index y depends on public.same(integer)",
    ),
    ("n int, at timestamptz CONSTRAINT c CHECK (at < now() + '1h')", "check c depends on now()"),
    ("n int, at date CONSTRAINT c CHECK (at >= CURRENT_DATE)", "check c depends on the time or the session"),
    ("n int, at timestamptz CONSTRAINT c CHECK (at < clock_timestamp())", "check c depends on clock_timestamp()"),
    ("n int, who text CONSTRAINT c CHECK (who = CURRENT_USER)", "check c depends on CURRENT_USER"),
)


def test_what_is_refused(database: Database, tmp_path: Path) -> None:
    """Already by the plan."""
    made = [f"CREATE TABLE old_{number} ({columns})" for number, (columns, _) in enumerate(REFUSED)]
    database.execute("; ".join([FUNCTIONS, *made]))
    listed = ", ".join(f"old_{number}: {{backup: dump}}" for number, _ in enumerate(REFUSED))
    text = f"dropped_tables: {{{listed}}}"
    planned = reconciler.plan(desired(tmp_path, text), database.url).refusals
    refusals = apply_dump(database, tmp_path, text=text).plan.refusals
    assert [one for one in refusals if one.rule == "dump-not-provable"] == list(planned)
    causes = [f"public.old_{number}: {reason}" for number, (_, reason) in enumerate(REFUSED)]
    assert [(one.rule, one.cause) for one in refusals] == [("dump-not-provable", cause) for cause in causes]
    assert database.value("SELECT to_regnamespace('reconcile_archive') IS NULL")


def test_a_check_that_is_added_in_the_archive(database: Database, tmp_path: Path) -> None:
    """It is refused right before the dump, and by the next run."""
    database.execute(f"{FUNCTIONS}; CREATE TABLE old (n int); INSERT INTO old VALUES (1)")

    def add(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.verb is Verb.DUMP:
            name = database.value("SELECT oid::regclass::text FROM pg_class WHERE relname ~ '^old__'")
            database.execute(f"ALTER TABLE {name} ADD CONSTRAINT later CHECK (ok(n))")

    result = apply_dump(database, tmp_path, add)
    assert result.error is not None
    assert result.error.rule == "dump-not-provable"
    assert "is not dumped: check later depends on public.ok(integer)" in result.message
    assert [one.rule for one in apply_dump(database, tmp_path).plan.refusals] == ["dump-not-provable"]
    name = database.value("SELECT oid::regclass::text FROM pg_class WHERE relname ~ '^old__'")
    database.execute(f"ALTER TABLE {name} DROP CONSTRAINT later")
    dumped(database, tmp_path)


def test_what_is_not_refused(database: Database, tmp_path: Path) -> None:
    """A load does not evaluate defaults, triggers and policies, nor a CHECK that is NOT VALID."""
    database.execute(f"""{FUNCTIONS}; CREATE DOMAIN small AS int CHECK (VALUE < 100);
        CREATE EXTENSION citext;
        CREATE TABLE old (n int DEFAULT same(7), at timestamptz DEFAULT now(), s small, c citext CHECK (c <> 'A'));
        INSERT INTO old VALUES (2, now(), 5, 'b'); ALTER TABLE old ADD CHECK (ok(n)) NOT VALID;
        CREATE POLICY own ON old USING (ok(n)); CREATE INDEX ON old (lower(c)) WHERE s > 1;
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER touched BEFORE INSERT ON old FOR EACH ROW WHEN (NOT ok(NEW.n)) EXECUTE FUNCTION touch()""")
    before = dump(database)
    dumped(database, tmp_path)
    restored(database, tmp_path)
    assert dump(database) == before


@pytest.mark.parametrize("embedded", [True, False])
def test_a_value_that_its_domain_no_longer_accepts(database: Database, tmp_path: Path, embedded: bool) -> None:
    database.execute("""CREATE DOMAIN small AS text; CREATE TABLE old (s small); INSERT INTO old VALUES ('large');
        ALTER DOMAIN small ADD CHECK (VALUE < 'b') NOT VALID""")
    result = apply_dump(database, tmp_path, **({"verify_db": None} if embedded else {}))
    assert result.error is not None
    assert (result.error.rule, "large" in result.message) == ("dump-not-verified", False)
    assert database.value("SELECT count(*) FROM pg_class WHERE relname ~ '^old__'") == 1
