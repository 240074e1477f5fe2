"""`--table`: the changes of some tables, the changes that they need, and no others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import reconciler
from reconciler.model.errors import InvalidFile, UsageError
from reconciler.model.options import Options
from reconciler.report import render_json, render_text, report_of
from tests.execution.support import desired
from tests.servers import NIGHTLY, Database

pytestmark = pytest.mark.pg(">= 18")

GIVEN = """
    CREATE TABLE users (id int, email text); CREATE INDEX gone ON users (email DESC);
    CREATE TABLE wallets (id int, user_id int, amount int);
    CREATE TABLE orders (id int, amount int); INSERT INTO orders VALUES (1, -1);
    CREATE SCHEMA audit; CREATE TABLE audit.log (id int); CREATE TABLE old_log (id int)"""
YAML = """
protected: [old_log]
tables:
  users:
    primary_key: id
    indexes: {users_email: email}
    absent: {indexes: [gone]}
  wallets:
    foreign_keys: {wallets_user: {columns: user_id, references: users}}
    indexes: {gone: amount}
  orders: {checks: {orders_amount: amount > 0}, unique: {orders_id: id}}
  audit.log: {indexes: {log_id: id}}
dropped_tables: {old_log: }
"""


def restricted(database: Database, folder: Path, *tables: str, yaml: str = YAML) -> reconciler.Plan:
    return reconciler.plan(desired(folder, yaml), database.url, options=Options(tables=tables))


def changed(plan: reconciler.Plan) -> set[str]:
    return {str(route.change) for route in plan.routes}


NEEDED_BY_WALLETS = {
    "create primary_key of public.users".replace("_", " "),
    "create not-null of public.users.id",
    "drop index gone on public.users",
}
OF_WALLETS = {"create foreign key wallets_user on public.wallets", "create index gone on public.wallets"}


def test_only_these_tables_and_what_they_need(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    plan = restricted(database, tmp_path, "wallets")
    assert not plan.refused
    assert changed(plan) == OF_WALLETS | NEEDED_BY_WALLETS
    assert "; only tables that match wallets\n" in render_text(report_of(plan))
    named = Options(tables="wallets")  # type: ignore[arg-type]
    assert changed(reconciler.plan(desired(tmp_path, YAML), database.url, options=named)) == changed(plan)
    assert changed(restricted(database, tmp_path, "users")) == NEEDED_BY_WALLETS | {
        "create index users_email on public.users"
    }
    assert changed(restricted(database, tmp_path, "audit.*", "w?llets")) == (
        OF_WALLETS | NEEDED_BY_WALLETS | {"create index log_id on audit.log"}
    )
    # What `validate` counts: objects, tables, dropped tables, and what is absent.
    assert restricted(database, tmp_path, "*").declared == desired(tmp_path, YAML).count == 7 + 4 + 1 + 1
    assert restricted(database, tmp_path, "users").declared == 4
    assert {one.rule for one in restricted(database, tmp_path, "orders").refusals} == {"violations"}
    assert {one.rule for one in restricted(database, tmp_path, "*").refusals} == {"violations", "protected-table"}


def test_a_plan_for_some_tables_is_applied_for_them_alone(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    state, options = desired(tmp_path, YAML), Options(tables=("wallets",))
    expected = json.loads(render_json(report_of(restricted(database, tmp_path, "wallets"))))
    result = reconciler.apply(state, database.url, approve=lambda _: True, expected=expected)
    assert result.error is None
    assert changed(result.plan) == OF_WALLETS | NEEDED_BY_WALLETS
    again = reconciler.plan(state, database.url, options=options)
    assert again.in_sync
    assert changed(restricted(database, tmp_path, "users")) == {"create index users_email on public.users"}
    expected["tables"] = ["*"]
    with pytest.raises(UsageError, match="its digest does not match its content"):
        reconciler.apply(state, database.url, approve=lambda _: True, expected=expected)


def test_what_is_needed_and_refused_refuses_the_plan(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN + "; INSERT INTO users VALUES (1), (1)")
    refused = restricted(database, tmp_path, "wallets").refusals
    assert [(one.rule, str(one.key)) for one in refused] == [("duplicates", "primary key of public.users")]
    newer = YAML.replace("primary_key: id", "unique: {u: {columns: id, tablespace: nowhere}}").replace(
        "references: users", "references: users(id)"
    )
    assert "unique u on public.users" in {
        str(one.key) for one in restricted(database, tmp_path, "wallets", yaml=newer).refusals
    }
    assert not restricted(database, tmp_path, "audit.log", yaml=newer).refused


def test_a_key_that_is_there_is_not_changed_for_a_foreign_key(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN + "; ALTER TABLE users ADD CONSTRAINT users_key PRIMARY KEY (id)")
    yaml = YAML.replace("primary_key: id", "primary_key: {columns: id, name: other_name}")
    assert changed(restricted(database, tmp_path, "wallets", yaml=yaml)) == OF_WALLETS | {
        "drop index gone on public.users"
    }


FOLDER = Path(__file__).parents[1] / "cases"
CASES = sorted(path.parent for path in FOLDER.rglob("given.sql")) if NIGHTLY else []


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_each_table_of_a_case_can_be_dropped_first(database: Database, case: Path) -> None:
    """If the whole plan is not refused, the plan for one table is not either, and both end in the declared state."""
    try:
        state = reconciler.load([case / "schema.yaml"])
    except InvalidFile:
        return
    loaded = database.psql((case / "given.sql").read_text(encoding="utf-8"))
    if loaded.returncode or reconciler.plan(state, database.url).refused:
        return
    for table in sorted({*state.tables(), *(one.table for one in state.absent)}):
        only = Options(tables=(f"{table.schema}.{table.name}",))
        with database.copy() as copy:
            for options in (only, Options()):
                result = reconciler.apply(state, copy.url, approve=lambda _: True, options=options)
                assert (result.error, result.plan.refusals) == (None, ())
                assert reconciler.plan(state, copy.url, options=options).in_sync


@pytest.mark.parametrize("pattern", ["", "wallet", "audit", "public.log"])
def test_a_pattern_that_matches_nothing_is_wrong_usage(database: Database, tmp_path: Path, pattern: str) -> None:
    with pytest.raises(UsageError) as caught:
        restricted(database, tmp_path, "users", pattern)
    assert caught.value.rule == "nothing-matches"
