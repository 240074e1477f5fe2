"""Drops that the file asks for, from two states as values: no server is used."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.model.names import Key, TableName
from reconciler.model.retired import Backup, DependentOfTable, DroppedTable, TableToRetire
from reconciler.model.state import DesiredState
from reconciler.planning.removal import drops_of_absent, due_purges, with_dropped_tables
from tests.planning.test_order import EMAIL, ORDERS, USERS, change, key, live, referring
from tests.planning.values import absent, declared, desired

UNWANTED = (absent(USERS, "constraints", "u"), absent(USERS, "indexes", "u"))


def test_an_absent_entry_drops_the_object_of_its_section_and_name() -> None:
    state = live({key("unique", "u"): EMAIL, key("unique", "u", ORDERS): EMAIL, key("unique", "other"): EMAIL})
    found = drops_of_absent([], desired(absent=UNWANTED), state)
    assert list(map(str, found)) == ["drop unique u on app.users"]


def test_an_absent_object_that_a_change_renames_or_adopts_is_not_dropped() -> None:
    state = live({key("unique", "u"): EMAIL})
    renamed = change(key("unique", "new"), EMAIL, EMAIL, renamed_from="u")
    assert list(drops_of_absent([renamed], desired(absent=UNWANTED), state)) == []
    index = live({key("index", "u"): EMAIL.own_index()})
    adopting = change(key("unique", "u"), None, EMAIL)
    assert list(drops_of_absent([adopting], desired(absent=UNWANTED), index)) == []
    assert list(map(str, drops_of_absent([], desired(absent=UNWANTED), index))) == ["drop index u on app.users"]


def test_a_primary_key_that_the_file_declares_takes_the_place_of_an_absent_one() -> None:
    state = live({key("primary_key"): PrimaryKey(key=("id",), name="u")})
    assert len(list(drops_of_absent([], desired(absent=UNWANTED), state))) == 1
    other = desired({key("primary_key"): PrimaryKey(key=("email",))}, absent=UNWANTED)
    assert list(drops_of_absent([], other, state)) == []


RETIRED = Key(schema="app", table="users", kind="dropped_table")
FOREIGN = key("foreign_key", "f", ORDERS)


def retiring(*dependents: DependentOfTable, **other: DroppedTable) -> tuple[DesiredState, TableToRetire]:
    tables = {TableName(schema="app", name=name): one for name, one in {"users": DroppedTable(), **other}.items()}
    entries = {table: declared(RETIRED._replace(table=table.name), one) for table, one in tables.items()}
    found = TableToRetire(
        relkind="r", comment=None, indexes=(), sequences=(), dependents=dependents, mentions=(), named_by=()
    )
    return desired(dropped_tables=entries), found


def test_a_table_is_dropped_unless_something_that_stays_depends_on_it() -> None:
    on_orders = DependentOfTable(description="foreign key f", table=ORDERS, foreign_key=FOREIGN)
    wanted, found = retiring(on_orders)
    state = live({RETIRED: found, FOREIGN: referring("email")})
    (refusal,) = with_dropped_tables([], wanted, state)[1]
    assert "foreign key f depends on app.users" in refusal.cause
    gone = change(FOREIGN, referring("email"), None)
    changes, refused = with_dropped_tables([gone], wanted, state)
    assert (list(map(str, changes)), refused) == ([str(gone), "drop dropped table app.users"], [])
    # A table with the foreign key that is dropped for good does not keep it.
    wanted, _ = retiring(on_orders, orders=DroppedTable(backup=Backup.NONE))
    assert with_dropped_tables([], wanted, state)[1] == []


def test_a_table_that_replaces_another_must_exist_and_stay() -> None:
    wanted, found = retiring(orders=DroppedTable())
    entry = wanted.dropped_tables[USERS]
    for table, cause in ((ORDERS, "would be dropped as well"), (ORDERS._replace(name="x"), "app.x does not exist")):
        replaced = replace(entry, definition=DroppedTable(replaced_by=table))
        state = replace(wanted, dropped_tables={**wanted.dropped_tables, USERS: replaced})
        (refusal,) = with_dropped_tables([], state, live({RETIRED: found}))[1]
        assert cause in refusal.cause


def test_nothing_is_due_without_a_time_in_the_file() -> None:
    wanted, found = retiring()
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert list(due_purges(wanted, live({RETIRED: found}), now + timedelta(days=9_999))) == []
