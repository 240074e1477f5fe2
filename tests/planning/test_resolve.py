"""Declared objects that fit the tables, or not: no server is used."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reconciler.kinds.check.definition import Check
from reconciler.kinds.foreign_key.definition import ForeignKey
from reconciler.kinds.index_backed.elements import plain_column
from reconciler.kinds.index_backed.index import Index
from reconciler.kinds.not_null.definition import NotNull
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.kinds.unique.definition import Unique
from reconciler.model.definition import Definition
from reconciler.model.names import Key
from reconciler.model.plan import Refusal
from reconciler.model.state import Declared, LiveState
from reconciler.planning.resolve import resolve
from tests.planning.test_order import ORDERS, PART, USERS, key, live
from tests.planning.values import desired, with_columns
from tests.snapshots.test_files import SERVER

STATE = with_columns(live(), "id", "owner")
PRIMARY = PrimaryKey(key=("id",))
FOREIGN = key("foreign_key", "f", ORDERS)
TO_USERS = ForeignKey(key=("owner",), ref_table=USERS, ref_columns=())


def resolved(
    objects: dict[Key, Definition], state: LiveState = STATE, major: int = 18
) -> tuple[dict[Key, Declared], list[Refusal]]:
    found, refused = resolve(desired(objects), state, replace(SERVER, major=major))
    return {one.key: one for one in found}, refused


@pytest.mark.parametrize(
    ("one", "definition", "cause"),
    [
        (key("index", "i"), Index(elements=(plain_column("ide"),)), "table app.users has no column ide"),
        (FOREIGN, TO_USERS, "primary key"),
        (FOREIGN, replace(TO_USERS, ref_columns=("id",)), "unique"),
        (FOREIGN, replace(TO_USERS, ref_columns=("id", "owner")), "columns"),
        (FOREIGN, replace(TO_USERS, ref_table=USERS._replace(name="user")), "app.user does not exist"),
    ],
)
def test_what_does_not_fit_is_refused_and_left_out(one: Key, definition: Definition, cause: str) -> None:
    found, (refusal,) = resolved({one: definition})
    assert found == {}
    assert cause in refusal.cause


def test_a_foreign_key_that_names_only_a_table_means_its_primary_key_after_the_plan() -> None:
    found, refused = resolved({FOREIGN: TO_USERS, key("primary_key"): PRIMARY})
    assert not refused
    assert found[FOREIGN].definition == replace(TO_USERS, ref_columns=("id",))
    live_key = replace(STATE, objects={key("primary_key"): PrimaryKey(key=("owner",))})
    found, refused = resolved({FOREIGN: TO_USERS}, live_key)
    assert not refused
    assert found[FOREIGN].definition == replace(TO_USERS, ref_columns=("owner",))


def test_a_key_of_the_partitioned_table_serves_a_foreign_key_to_a_partition() -> None:
    state = with_columns(live(partitioned=True), "id", "owner")
    below = {name: replace(one, is_partition=name == PART) for name, one in state.tables.items()}
    to_part = ForeignKey(key=("owner",), ref_table=PART, ref_columns=("id",))
    _, refused = resolved({FOREIGN: to_part, key("unique", "u"): Unique(key=("id",))}, replace(state, tables=below))
    assert not refused


def test_a_primary_key_implies_not_nulls_that_do_not_exist_yet() -> None:
    column = key("not_null", "id")
    found, _ = resolved({key("primary_key"): PRIMARY})
    assert column in found
    valid = replace(STATE, objects={column: NotNull(name="n")})
    assert column not in resolved({key("primary_key"): PRIMARY}, valid)[0]
    unchecked = replace(STATE, objects={column: NotNull(name="n", validated=False)})
    assert column in resolved({key("primary_key"): PRIMARY}, unchecked)[0]


def test_a_feature_of_a_newer_server_is_refused_with_both_versions() -> None:
    unenforced = {key("check", "c"): Check(expression="id > 0", enforced=False)}
    _, (refusal,) = resolved(unenforced, major=17)
    assert "18" in f"{refusal.cause} {refusal.remedy}"
    assert not resolved(unenforced)[1]
