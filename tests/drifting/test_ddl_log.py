"""The log of statements never fails or delays a statement, and `drift` reads only a log that it trusts."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

import reconciler
from reconciler.report import FORMATS, report_of_drift
from tests.docs.pages import ROOT, marked
from tests.execution.support import apply_all, desired, transaction
from tests.servers import Database, Server

pytestmark = pytest.mark.ends

SCRIPT = ROOT / "examples" / "ddl_log.sql"
STATEMENTS = """
    CREATE TABLE public.made (a int, b int);
    CREATE INDEX "Odd ""i" ON public.made (a);
    COMMENT ON INDEX "Odd ""i" IS 'secret words';
    ALTER TABLE public.made ADD CONSTRAINT positive CHECK (a > length('canary'));
    ALTER TABLE public.made DROP CONSTRAINT positive;
    DROP INDEX "Odd ""i";
    CREATE TEMPORARY TABLE passing (a int);
    CREATE FUNCTION public.nothing() RETURNS int LANGUAGE sql AS 'SELECT 1';
"""


@pytest.fixture
def logged(server: Server) -> Iterator[Database]:
    """Return a database with the log, and a role without any right but to create tables in `public`."""
    with server.database() as database:
        done = database.psql(SCRIPT.read_text(encoding="utf-8"))
        assert done.returncode == 0, done.stderr
        database.execute("GRANT CREATE ON SCHEMA public TO reader; CREATE TABLE t (a int, b int)")
        yield database


def entries(database: Database) -> list[tuple[Any, ...]]:
    return database.query(
        "SELECT command, object_type, object_identity FROM reconcile_ddl_log.statement"
        " WHERE object_identity NOT LIKE 'public.t%' ORDER BY sequence"
    )


def as_reader(database: Database, script: str) -> float:
    """Run statements as a role with few rights, and return how long they took, in seconds."""
    with database.connect() as connection:
        connection.execute("SET ROLE reader; SET application_name = 'psql'; SET lock_timeout = '5s'")
        start = time.monotonic()
        connection.execute(script.encode())
        return time.monotonic() - start


def test_the_page_has_the_script() -> None:
    assert marked("docs/drift.md", "ddl_log").text == SCRIPT.read_text(encoding="utf-8")


def test_names_are_logged_and_no_values(logged: Database) -> None:
    as_reader(logged, STATEMENTS)
    assert entries(logged) == [
        ("CREATE TABLE", "table", "public.made"),
        ("CREATE INDEX", "index", 'public."Odd ""i"'),
        ("COMMENT", "index", 'public."Odd ""i"'),
        ("ALTER TABLE", "table", "public.made"),
        ("ALTER TABLE", "table constraint", "positive on public.made"),
        ("ALTER TABLE", "table", "public.made"),
        ("DROP INDEX", "index", 'public."Odd ""i"'),
    ]
    with logged.connect() as connection:
        connection.execute("CREATE INDEX CONCURRENTLY later ON public.made (b)")
        connection.execute("DROP INDEX CONCURRENTLY later")
    assert entries(logged)[-2:] == [
        ("CREATE INDEX", "index", "public.later"),
        ("DROP INDEX", "index", "public.later"),
    ]
    everything = str(logged.query("SELECT s::text FROM reconcile_ddl_log.statement s"))
    assert "canary" not in everything
    assert "secret" not in everything
    who = logged.query("SELECT DISTINCT role, acting_as, application FROM reconcile_ddl_log.statement ORDER BY 3")
    assert ("postgres", "reader", "psql") in who


BROKEN = {
    "missing": "DROP TABLE reconcile_ddl_log.statement",
    "another one": "DROP TABLE reconcile_ddl_log.statement; CREATE VIEW reconcile_ddl_log.statement AS SELECT 1/0 AS a",
    "without the right to insert": "REVOKE ALL ON reconcile_ddl_log.statement FROM postgres, reader;"
    " ALTER FUNCTION reconcile_ddl_log.record() OWNER TO reader",
    "with a trigger that fails": "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE; END';"
    " CREATE TRIGGER no BEFORE INSERT ON reconcile_ddl_log.statement FOR EACH ROW EXECUTE FUNCTION no()",
    "full": "ALTER TABLE reconcile_ddl_log.statement ALTER sequence SET MAXVALUE 5 RESTART 5;"
    " CREATE TABLE t2 (a int)",
    "with a hostile path": "CREATE FUNCTION public.current_setting(text) RETURNS text LANGUAGE sql AS 'SELECT $1';"
    " ALTER ROLE reader SET search_path = public, pg_catalog",
}


@pytest.mark.parametrize("state", BROKEN)
def test_no_statement_fails_because_of_the_log(logged: Database, state: str) -> None:
    logged.execute(BROKEN[state])
    as_reader(logged, STATEMENTS)
    assert logged.value("SELECT to_regclass('public.made') IS NOT NULL")
    logged.execute("ALTER ROLE reader RESET search_path")


def test_no_statement_waits_because_of_the_log(logged: Database) -> None:
    for lock in (
        "LOCK TABLE reconcile_ddl_log.statement",
        "ALTER TABLE reconcile_ddl_log.statement ALTER sequence SET MAXVALUE 9",
    ):
        with transaction(logged.url, lock):
            assert as_reader(logged, "CREATE TABLE public.quick (a int); DROP TABLE public.quick") < 2
    assert entries(logged) == []


def test_it_is_removed_as_the_script_says(logged: Database) -> None:
    lines = [line for line in SCRIPT.read_text(encoding="utf-8").splitlines() if re.match(r"-- +DROP", line)]
    for line in lines:
        logged.execute(line.removeprefix("--"))
    assert len(lines) == 3
    as_reader(logged, STATEMENTS)
    assert logged.query("SELECT FROM pg_event_trigger") == []


FILE = "tables: {t: {indexes: {i_a: a, i_b: b}, checks: {positive: b > 0}}}"


def reported(database: Database, file: Path, *trusted: str) -> list[str]:
    options = reconciler.Options(trusted_roles=frozenset(trusted))
    found = reconciler.drift(file, database.url, options=options)
    notes = (
        f"{note.key or 'all'}: {note.message}"
        for note in found.plan.notes
        if note.rule in ("changed-outside", "last-change")
    )
    return [re.sub(r"(run )?\S{36} on |[\d-]{10} [\d:]{8} UTC", "_", note) for note in notes]


def test_drift_names_who_was_logged(logged: Database, tmp_path: Path) -> None:
    apply_all(desired(tmp_path, FILE), logged.url)
    file = tmp_path / "schema.yaml"
    assert reported(logged, file) == []
    logged.execute("ALTER TABLE t OWNER TO reader")
    as_reader(logged, "DROP INDEX i_a; ALTER TABLE t DROP CONSTRAINT positive; DROP INDEX i_b")
    gone = "created by __ as role postgres; dropped or renamed outside reconcile since; logged"
    by = "on _ by role postgres as reader (psql)"
    assert sorted(reported(logged, file)) == [
        f"check positive on public.t: {gone}: ALTER TABLE of positive on public.t {by}",
        f"index i_a on public.t: {gone}: DROP INDEX of public.i_a {by}",
        f"index i_b on public.t: {gone}: DROP INDEX of public.i_b {by}",
    ]
    hostile = r"""E'\x1b[31m<b>`|x`\n::error::'"""
    columns = "role, acting_as, application, command"
    logged.execute(f"UPDATE reconcile_ddl_log.statement SET ({columns}) = ({', '.join([hostile] * 4)})")
    report = report_of_drift(reconciler.drift(file, logged.url))
    for format_ in ("text", "markdown", "json", "sarif", "github", "gitlab"):
        shown = FORMATS[format_](report)
        assert "31m<b>" in shown
        assert "\x1b" not in shown
        assert "\n::error::\n" not in shown


def test_only_a_trusted_log_is_read(logged: Database, tmp_path: Path) -> None:
    apply_all(desired(tmp_path, FILE), logged.url)
    file = tmp_path / "schema.yaml"
    logged.execute("DROP INDEX i_a")
    (fine,) = reported(logged, file)
    assert "logged: DROP INDEX" in fine
    logged.execute("ALTER TABLE reconcile_ddl_log.statement OWNER TO reader")
    start = "all: the log of statements reconcile_ddl_log.statement is not used: "
    assert reported(logged, file)[0] == f"{start}it belongs to a role that is not trusted"
    assert reported(logged, file, "reader") == [fine]
    logged.execute(
        "ALTER TABLE reconcile_ddl_log.statement OWNER TO postgres; ALTER SCHEMA reconcile_ddl_log OWNER TO reader"
    )
    assert reported(logged, file)[0] == f"{start}its schema belongs to a role that is not trusted"
    logged.execute("ALTER SCHEMA reconcile_ddl_log OWNER TO postgres")
    with transaction(logged.url, "LOCK TABLE reconcile_ddl_log.statement"):
        assert reported(logged, file)[0] == f"{start}it is locked"
    logged.execute(
        "CREATE FUNCTION boom() RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE; END';"
        " DROP TABLE reconcile_ddl_log.statement; CREATE VIEW reconcile_ddl_log.statement AS SELECT boom() AS role"
    )
    assert reported(logged, file)[0] == f"{start}it is not the table of the script"


def test_a_role_without_rights_is_reported(logged: Database, tmp_path: Path) -> None:
    file = tmp_path / "schema.yaml"
    desired(tmp_path, FILE)
    logged.execute("CREATE ROLE drift_reader LOGIN")
    try:
        options = reconciler.Options(trusted_roles=frozenset({"postgres"}))
        url = logged.url_as("drift_reader")
        found = reconciler.drift(file, url, options=options)
        assert any("is not used: the role may not read it" in note.message for note in found.plan.notes)
        logged.execute(
            "GRANT USAGE ON SCHEMA reconcile_ddl_log TO drift_reader;"
            " GRANT SELECT ON reconcile_ddl_log.statement TO drift_reader"
        )
        found = reconciler.drift(file, url, options=options)
        assert any("logged: CREATE TABLE of public.t" in note.message for note in found.plan.notes)
        with psycopg.connect(url, autocommit=True) as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("INSERT INTO reconcile_ddl_log.statement DEFAULT VALUES")
    finally:
        logged.execute("DROP OWNED BY drift_reader; DROP ROLE drift_reader")
