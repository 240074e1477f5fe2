"""Plans: the same input gives the same plan, rights are checked before the run, and data checks have a time limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import reconciler
from reconciler.model.digest import parse_digest
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.report import FORMATS, report_of
from tests.report.plans import SERVER
from tests.servers import Database, Server

TABLES = (
    "CREATE TABLE users (id bigint, email text, nick text)",
    "CREATE TABLE orders (id bigint, user_id bigint)",
    "CREATE INDEX b ON users (nick)",
    "CREATE INDEX a ON users (email)",
)
SCHEMA = """version: 1
tables:
  users:
    primary_key: id
    checks: {{c: id > {least}}}
    absent: {{indexes: [b, a]}}
  orders:
    foreign_keys: {{f: {{columns: user_id, references: users}}}}
    indexes: {{i: user_id}}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "schema.yaml"
    path.write_text(SCHEMA.format(least=0))
    return path


def plan(file: Path, url: str, **options: timedelta) -> Plan:
    return reconciler.plan(reconciler.load([file]), url, **options)  # type: ignore[arg-type]


def test_the_order_in_which_things_were_made_does_not_show(server: Server, file: Path) -> None:
    printed = []
    for statements in (TABLES, (TABLES[1], TABLES[0], TABLES[3], TABLES[2])):
        with server.database() as database:
            database.execute("; ".join(statements))
            made = replace(plan(file, database.url), server=SERVER, digest="")
            printed.append([render(report_of(made)) for render in FORMATS.values()])
    assert printed[0] == printed[1]


def hash_of(found: Plan) -> str:
    return parse_digest(found.digest).hash


@pytest.mark.ends
def test_the_hash_distinguishes_plans_and_nothing_else(database: Database, file: Path) -> None:
    """Sizes, rows, options and objects that the file does not declare are not in it; only the selected tables are."""
    database.execute("; ".join(TABLES))
    first = hash_of(plan(file, database.url))
    database.execute("""INSERT INTO users SELECT n FROM generate_series(1, 20000) n; ANALYZE users;
        CREATE TABLE other (a int); CREATE INDEX other_a ON other (a); CREATE INDEX undeclared ON orders (id)""")
    options = (
        Options(),
        Options(data_checks=False, samples=3),
        Options(trust_file=True, allow=frozenset({"drop-table"})),
    )
    assert {hash_of(reconciler.plan(reconciler.load([file]), database.url, options=one)) for one in options} == {
        first
    }
    assert hash_of(reconciler.plan_files([file], database.url)) == first
    both = reconciler.plan(reconciler.load([file]), database.url, options=Options(tables=("users", "orders")))
    only = reconciler.plan(reconciler.load([file]), database.url, options=Options(tables=("users",)))
    file.write_text(SCHEMA.format(least=1))
    other = hash_of(plan(file, database.url))
    file.write_text("policy: {search_path: [app]}\n" + SCHEMA.format(least=0))
    along = hash_of(plan(file, database.url))
    file.write_text(SCHEMA.format(least=0))
    database.execute("DROP INDEX a")
    assert len({first, hash_of(both), hash_of(only), other, along, hash_of(plan(file, database.url))}) == 6


def test_the_time_of_a_digest_is_that_of_the_server(database: Database, file: Path) -> None:
    database.execute("; ".join(TABLES))
    before = database.value("SELECT date_trunc('second', clock_timestamp())")
    made_at = parse_digest(plan(file, database.url).digest).made_at
    assert before <= made_at <= database.value("SELECT clock_timestamp()")


def test_what_cannot_be_counted_in_time_is_a_hazard_and_no_refusal(database: Database, file: Path) -> None:
    database.execute("; ".join(TABLES))
    database.execute("INSERT INTO users SELECT n FROM generate_series(1, 300000) n")
    found = plan(file, database.url, options=Options(check_timeout=timedelta(milliseconds=1)))
    assert not found.refused
    unchecked = {hazard.kind.id for route in found.routes for hazard in route.hazards}
    assert "unchecked-data" in unchecked


@pytest.fixture
def stranger(database: Database) -> Iterator[str]:
    """Return the URL of a role that may use the schema, and nothing else."""
    role = f"stranger_{database.name}"
    database.execute(f"CREATE ROLE {role} LOGIN; " + "; ".join(TABLES))
    database.execute(
        f'REVOKE CREATE ON SCHEMA public FROM PUBLIC; REVOKE CREATE ON DATABASE "{database.name}" FROM PUBLIC'
    )
    yield database.url_as(role)
    database.execute(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")


def test_missing_rights_are_reported_before_the_first_step(database: Database, stranger: str, file: Path) -> None:
    database.execute(f"GRANT SELECT (id) ON users TO stranger_{database.name}")
    assert lacking(database, plan(file, stranger)) == {
        "does not own public.orders, public.users, which belong to role postgres",
        "may not create an index in schema public",
        "may not create migration_log in schema public",
    }


def lacking(database: Database, found: Plan) -> set[str]:
    head = f"`apply` would be refused: role stranger_{database.name} "
    notes = (note.message for note in found.notes if note.rule == "missing-privilege")
    return {text.removeprefix(head).partition("; ")[0] for text in notes}
