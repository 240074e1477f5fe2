"""The statements of docs/roles.md, unchanged, give each role the rights that it needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import reconciler
from reconciler.model.guard import GuardResult
from reconciler.model.options import Options
from tests.docs.pages import blocks, page, sections
from tests.execution.support import apply, assert_in_sync, desired
from tests.servers import Database

pytestmark = pytest.mark.ends

OWNER = "shop_owner"
ROLES = ("reconcile_reader", "reconcile_planner", "reconcile_applier")
WANTED = """
tables:
  users: {primary_key: id, checks: {named: "length(trim(name)) > 0"}, not_null: name}
  orders:
    foreign_keys: {orders_user: {columns: user_id, references: users(id)}}
    indexes: {orders_user_idx: {columns: [user_id, {expression: lower(note)}], where: user_id > 0}}
    absent: {indexes: [orders_old]}
dropped_tables: {leftover: {}}
"""


def run_statements(database: Database, title: str, number: int = 0) -> None:
    """Run a block of SQL of the page, in the test's database instead of `shop`."""
    text = sections(page("docs/roles.md"))[title]
    statements = [block.text for block in blocks(text) if block.language == "sql"][number]
    database.execute(statements.replace("DATABASE shop", f'DATABASE "{database.name}"'))


@pytest.fixture
def shop(database: Database) -> Iterator[Database]:
    database.execute(f"""
        CREATE ROLE {OWNER}; CREATE TABLE users (id int, name text); CREATE TABLE orders (user_id int, note text);
        CREATE INDEX orders_old ON orders (note); CREATE TABLE leftover (id int); INSERT INTO orders VALUES (1, 'n');
        ALTER TABLE users OWNER TO {OWNER}; ALTER TABLE orders OWNER TO {OWNER};
        ALTER TABLE leftover OWNER TO {OWNER}""")
    run_statements(database, "Roles and least privilege")
    for title in ("Reader", "Planner", "Applier"):
        run_statements(database, title)
    yield database
    for role in (*ROLES, OWNER):
        database.execute(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")


def test_each_role_may_do_what_its_section_says_and_no_more(shop: Database, tmp_path: Path) -> None:
    state = desired(tmp_path, WANTED)
    reader, planner, applier = map(shop.url_as, ROLES)
    unchecked = Options(data_checks=False)

    plan = reconciler.plan(state, reader, options=unchecked)
    assert not plan.refused, plan.refusals
    assert plan.routes
    assert reconciler.export(reader).files
    with psycopg.connect(reader) as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute("SELECT FROM users")

    plan = reconciler.plan(state, planner)
    assert [refusal.rule for refusal in plan.refusals] == ["orphans"]
    assert {finding.result for finding in plan.findings} <= {GuardResult.PASSED, GuardResult.FAILED}
    with psycopg.connect(planner) as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute("DELETE FROM orders")
    assert "missing-privilege" in {refusal.rule for refusal in apply(state, planner).plan.refusals}

    shop.execute("DELETE FROM orders")
    result = apply(state, applier)
    assert not result.plan.refusals, result.plan.refusals
    assert result.error is None, result.message
    assert not [note for note in result.plan.notes if note.rule == "missing-privilege"]

    for url in (reader, planner, applier):
        assert_in_sync(state, url)
    trust = f"if you trust {ROLES[2]}, add --trust-role {ROLES[2]}"  # never: make the reader the owner
    with pytest.raises(reconciler.Refused) as refused:
        reconciler.history(reader)
    assert refused.value.hint == trust
    with pytest.raises(reconciler.Refused) as refused:
        reconciler.history(reader, trusted_roles=[ROLES[2]])
    assert refused.value.rule == "missing-privilege"
    assert 'GRANT SELECT ON "public"."migration_log" TO "reconcile_reader";' in str(refused.value.hint)
    run_statements(shop, "Reader", 1)
    assert [run.status for run in reconciler.history(reader, trusted_roles=[ROLES[2]])] == ["completed"]

    shop.execute("DROP INDEX orders_user_idx")
    for url in (reader, planner):
        notes = reconciler.plan(state, url, options=unchecked).notes
        (said,) = [note.message for note in notes if note.rule == "journal-not-ours"]
        assert said.endswith(f"; {trust}")
