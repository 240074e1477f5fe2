"""Repairs of rows to which foreign keys of the same file refer, which do not exist yet."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.model.options import Options
from reconciler.model.rules.data import REFERENCED_ROWS
from tests.execution.support import apply_all, assert_in_sync, desired
from tests.servers import Database

pytestmark = pytest.mark.ends

ROWS = """
    CREATE TABLE c (id int, v int); INSERT INTO c VALUES (1, 1), (1, 2), (2, 1);
    CREATE TABLE o (id int PRIMARY KEY, c_id int); INSERT INTO o VALUES (1, 1), (2, 2)"""
REFERENCE = "  o: {foreign_keys: {o_c: {columns: c_id, references: c(id)}}}"


def keys(section: str, *, more: str = "") -> str:
    policy = f"{{keep: newest, by: v, others: quarantine{more}}}"
    return f"tables:\n  c: {{{section.format(policy)}}}\n{REFERENCE}\n"


@pytest.mark.parametrize("more", ["", ", references: move"])
@pytest.mark.parametrize(
    "section", ["primary_key: {{columns: id, duplicates: {}}}", "unique: {{c_id: {{columns: id, duplicates: {}}}}}"]
)
@pytest.mark.parametrize("action", ["", ", on_delete: cascade"])
def test_a_new_foreign_key_refers_to_the_row_that_stays(
    database: Database, tmp_path: Path, section: str, more: str, action: str
) -> None:
    """It is created after the key that it refers to, so it neither rejects the repair nor deletes rows by it."""
    database.execute(ROWS)
    state = desired(tmp_path, keys(section, more=more).replace("c(id)", f"c(id){action}"))
    apply_all(state, database.url)
    assert database.query("SELECT * FROM c ORDER BY id") == [(1, 2), (2, 1)]
    assert database.query("SELECT * FROM o ORDER BY id") == [(1, 1), (2, 2)]
    assert_in_sync(state, database.url)


def test_a_foreign_key_that_a_run_does_not_create_does_not_count(database: Database, tmp_path: Path) -> None:
    """The refusal names the selection that leaves it for a later run."""
    database.execute("""
        CREATE TABLE users (id int PRIMARY KEY); INSERT INTO users VALUES (1);
        CREATE TABLE orders (id int PRIMARY KEY, user_id int); INSERT INTO orders VALUES (1, 1), (2, 7);
        CREATE TABLE items (id int PRIMARY KEY, order_id int); INSERT INTO items VALUES (1, 1), (2, 2)""")
    text = """
tables:
  orders: {foreign_keys: {orders_u: {columns: user_id, references: users(id), orphans: quarantine}}}
  items: {foreign_keys: {items_o: {columns: order_id, references: orders(id), orphans: quarantine}}}
"""
    state = desired(tmp_path, text)
    (refusal,) = reconciler.plan(state, database.url).refusals
    assert (refusal.rule, refusal.cause) == (
        "referenced-rows",
        "1 row to repair in public.orders that rows of public.items refer to by foreign key items_o on public.items, "
        "which the plan creates",
    )
    assert "`apply --table public.orders`" in refusal.remedy
    selected = Options(tables=("public.orders",))
    result = reconciler.apply(state, database.url, approve=lambda _: True, options=selected)
    assert (result.error, list(result.plan.refusals)) == (None, [])
    assert database.query("SELECT id FROM orders") == [(1,)]
    apply_all(state, database.url)
    assert database.query("SELECT id FROM items") == [(1,)]
    assert_in_sync(state, database.url)


def test_a_foreign_key_of_the_table_to_itself_is_left_out(database: Database, tmp_path: Path) -> None:
    """A selection cannot leave it for a later run. The repair of its own orphans has only the other way."""
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY, n int, up int); INSERT INTO t VALUES (1, 0, NULL), (2, 1, 1)"
    )
    text = "tables: {{t: {{foreign_keys: {{t_up: {{columns: up, references: t(id){}}}}}{}}}}}"
    check = ", checks: {t_n: {expression: n > 0, violators: quarantine}}"
    options = Options(allow=frozenset({"blocks-updates"}))
    (refusal,) = reconciler.plan(desired(tmp_path, text.format("", check)), database.url, options=options).refusals
    assert refusal.rule == "referenced-rows"
    assert "; or leave the foreign key out of the file until the repair was applied: " in refusal.remedy
    database.execute("UPDATE t SET up = 9 WHERE id = 1")
    (refusal,) = reconciler.plan(desired(tmp_path, text.format(", orphans: quarantine", "")), database.url).refusals
    assert (
        refusal.cause
        == "1 row to repair in public.t that rows of public.t refer to by foreign key t_up on public.t"
    )
    assert refusal.remedy == REFERENCED_ROWS.remedy


def test_a_column_that_the_plan_makes_not_null_can_be_referred_to(database: Database, tmp_path: Path) -> None:
    """The kept row has a value before references move to it."""
    database.execute("""
        CREATE TABLE users (id int UNIQUE, email text, seen int);
        INSERT INTO users VALUES (1, 'a', 1), (2, 'a', 2), (3, 'b', 1);
        CREATE TABLE notes (id int PRIMARY KEY, user_id int REFERENCES users (id)); INSERT INTO notes VALUES (1, 1)""")
    policy = "{keep: newest, by: seen, others: quarantine, references: move}"
    text = f"tables:\n  users: {{unique: {{users_email: {{columns: email, duplicates: {policy}}}}}"
    (refusal,) = reconciler.plan(desired(tmp_path, text + "}"), database.url).refusals
    assert "id of public.users can be NULL" in refusal.cause
    state = desired(tmp_path, text + ", not_null: id}")
    apply_all(state, database.url)
    assert database.query("SELECT user_id FROM notes") == [(2,)]
    assert_in_sync(state, database.url)


@pytest.mark.pg(">= 18")
def test_a_not_null_that_stays_not_valid_does_not_rule_out_nulls(database: Database, tmp_path: Path) -> None:
    database.execute("""
        CREATE TABLE users (id int UNIQUE, email text, seen int);
        INSERT INTO users VALUES (1, 'a', 1), (NULL, 'a', 2);
        CREATE TABLE notes (id int PRIMARY KEY, user_id int REFERENCES users (id)); INSERT INTO notes VALUES (1, 1);
        ALTER TABLE users ADD CONSTRAINT users_id NOT NULL id NOT VALID""")
    policy = "{keep: newest, by: seen, others: quarantine, references: move}"
    text = f"tables:\n  users: {{unique: {{users_email: {{columns: email, duplicates: {policy}}}}}}}"
    (refusal,) = reconciler.plan(desired(tmp_path, text), database.url).refusals
    assert "id of public.users can be NULL" in refusal.cause
