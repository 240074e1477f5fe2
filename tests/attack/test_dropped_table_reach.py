"""Attack: a dropped table is still reachable in the archive, or through an object that it belongs to.

The roles are the application, with rights on the archive, and the owner of an extension. No uncounted row may be
deleted, and no archived table may be dropped together with another object.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import reconciler
from reconciler.execution.result import ApplyResult
from reconciler.model.events import Event, StepStarted
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.report import FORMATS, report_of
from tests.execution.support import desired
from tests.servers import Database

pytestmark = pytest.mark.ends

ALLOW = Options(allow=frozenset({"drop-table"}))
GIVEN = """
    CREATE TABLE chats (id int); CREATE TABLE chats_backup (id int);
    INSERT INTO chats SELECT generate_series(1, 5); INSERT INTO chats_backup SELECT generate_series(1, 5);
    CREATE SCHEMA reconcile_archive"""
YAML = "dropped_tables: {chats_backup: {replaced_by: chats, backup: none}}"
DROP = "drop dropped_table public.chats_backup"
ARRIVING = "INSERT INTO reconcile_archive.{} SELECT generate_series(1, 1000)"

REACHES = {
    "granted": "GRANT INSERT ON chats_backup TO {app}; GRANT USAGE ON SCHEMA reconcile_archive TO {app}",
    "a column": "GRANT INSERT (id) ON chats_backup TO PUBLIC; GRANT USAGE ON SCHEMA reconcile_archive TO PUBLIC",
    "owner": "ALTER TABLE chats_backup OWNER TO {app}; GRANT USAGE ON SCHEMA reconcile_archive TO {app}",
    "predefined role": "GRANT pg_write_all_data TO {app}",
}


@pytest.fixture
def app(database: Database) -> Iterator[str]:
    """Return a role of the application that may log in."""
    name = f"app_{database.name}"
    database.execute(f"{GIVEN}; CREATE ROLE {name} LOGIN")
    yield name
    database.execute(f"REASSIGN OWNED BY {name} TO postgres; DROP OWNED BY {name}; DROP ROLE {name}")


def archived(database: Database) -> list[str]:
    return [name for (name,) in database.query("SELECT tablename FROM pg_tables WHERE schemaname ~ '_archive$'")]


def insert(database: Database, app: str) -> None:
    """Insert into the table in the archive, as the application, if that is possible."""
    for table in archived(database):
        with psycopg.connect(database.url_as(app), autocommit=True) as connection:
            connection.execute(ARRIVING.format(f'"{table}"').encode())


def run(database: Database, folder: Path, on_drop: str, app: str) -> ApplyResult:
    def interfere(event: Event) -> None:
        if isinstance(event, StepStarted) and str(event.step.id) == DROP:
            database.execute(on_drop.format(app=app) or "SELECT")
            insert(database, app)

    state = desired(folder, YAML)
    return reconciler.apply(state, database.url, approve=lambda _: True, listeners=[interfere], options=ALLOW)


def rows(database: Database) -> int:
    places = [f'reconcile_archive."{table}"' for table in archived(database)]
    if database.value("SELECT to_regclass('chats_backup')") is not None:
        places.append("chats_backup")
    return sum(database.value(f"SELECT count(*) FROM {place}") for place in places)


@pytest.mark.parametrize("how", REACHES)
def test_a_role_that_may_write_in_the_archive(how: str, database: Database, app: str, tmp_path: Path) -> None:
    """The application may use the archive and write to the table.

    It adds 1,000 rows after the count and before the drop.
    """
    database.execute(REACHES[how].format(app=app))
    result = run(database, tmp_path, "", app)
    assert result.error is not None
    assert result.error.rule == "reachable-in-archive"
    assert rows(database) == 5


def test_a_role_that_gets_rights_after_the_count(database: Database, app: str, tmp_path: Path) -> None:
    """The same, but the right to use the archive is granted after the count. The next run counts again."""
    database.execute(f"GRANT INSERT ON chats_backup TO {app}")
    result = run(database, tmp_path, "GRANT USAGE ON SCHEMA reconcile_archive TO {app}", app)
    assert result.error is not None
    assert result.error.rule == "reachable-in-archive"
    assert (rows(database), archived(database)) == (1005, [])
    database.execute(f"REVOKE USAGE ON SCHEMA reconcile_archive FROM {app}")
    result = run(database, tmp_path, "", app)
    assert [refusal.rule for refusal in result.plan.refusals] == ["fewer-rows"]
    assert (rows(database), archived(database)) == (1005, [])


def test_a_role_writes_in_the_archive_while_a_script_runs(database: Database, app: str, tmp_path: Path) -> None:
    """The same rights, while psql runs the script of the plan."""
    plan = reconciler.plan(desired(tmp_path, YAML), database.url, options=ALLOW)
    database.execute(REACHES["granted"].format(app=app))
    done = database.psql(FORMATS["sql"](report_of(plan)))
    assert done.returncode == 3
    assert rows(database) == 5


def test_a_role_that_may_only_read_the_archive_stops_nothing(database: Database, app: str, tmp_path: Path) -> None:
    """A role that may only read archived tables is not a reason to refuse."""
    database.execute(f"GRANT SELECT ON chats_backup TO {app}; GRANT USAGE ON SCHEMA reconcile_archive TO {app}")
    state = desired(tmp_path, YAML)
    result = reconciler.apply(state, database.url, approve=lambda _: True, options=ALLOW)
    assert result.error is None
    assert rows(database) == 0


def planned(database: Database, folder: Path) -> Plan:
    state = desired(folder, "dropped_tables: {t: {}}")
    return reconciler.apply(state, database.url, approve=lambda _: True).plan


def test_a_table_of_an_extension(database: Database, tmp_path: Path) -> None:
    """The dropped table belongs to an extension. In the archive, DROP EXTENSION would drop it with all its rows."""
    database.execute("CREATE TABLE t (a int); INSERT INTO t VALUES (1); CREATE EXTENSION pg_trgm")
    database.execute("ALTER EXTENSION pg_trgm ADD TABLE t")
    assert [refusal.rule for refusal in planned(database, tmp_path).refusals] == ["has-dependents"]
    assert database.query("SELECT a FROM t") == [(1,)]


def test_a_table_that_a_subscription_writes_to(database: Database, tmp_path: Path) -> None:
    """Logical replication writes to the dropped table. Without the table, the whole subscription would stop."""
    name = f"s_{database.name}"
    database.execute("CREATE TABLE t (a int)")
    database.execute(
        f"CREATE SUBSCRIPTION {name} CONNECTION 'dbname=none' PUBLICATION p WITH (connect = false, slot_name = NONE)"
    )
    try:
        database.execute(f"""INSERT INTO pg_subscription_rel (srsubid, srrelid, srsubstate, srsublsn)
            SELECT oid, 't'::regclass, 'r', '0/0' FROM pg_subscription WHERE subname = '{name}'""")
        refusals = planned(database, tmp_path).refusals
        assert [(refusal.rule, name in refusal.cause) for refusal in refusals] == [("has-dependents", True)]
        assert database.value("SELECT to_regclass('t') IS NOT NULL")
    finally:
        database.execute(f"DROP SUBSCRIPTION {name}")
