"""What becomes of inherited objects that the file declares as well: no server is used."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reconciler.kinds.check.definition import Check
from reconciler.kinds.not_null.definition import NotNull
from reconciler.model.definition import Definition
from reconciler.model.names import Key
from reconciler.planning.inheritance import (
    Inheritance,
    ancestors,
    changed_below,
    inheritance_of,
    kept_below,
    redefined_below,
)
from tests.planning.test_order import ORDERS, PART, USERS, change, key, live
from tests.planning.values import declared

OLD, NEW, OWN = (Check(expression=f"a > {n}") for n in range(3))
ABOVE, BELOW = key("check", "c"), key("check", "c", PART)
STATE = replace(live({ABOVE: OLD}, partitioned=True), inherited={BELOW: OLD})


@pytest.mark.parametrize(
    ("below", "above", "unwanted", "expected"),
    [
        pytest.param(NEW, NEW, (), Inheritance.FOLLOWS, id="both change to the same"),
        pytest.param(OWN, NEW, (), Inheritance.STAYS, id="the table declares another one"),
        pytest.param(NEW, None, (), Inheritance.STAYS, id="the parent's is not in the file"),
        pytest.param(OLD, None, (ABOVE,), Inheritance.LOST, id="the parent's is absent"),
        pytest.param(OLD, replace(NEW, no_inherit=True), (), Inheritance.LOST, id="no longer passed on"),
    ],
)
def test_an_inherited_check(
    below: Definition, above: Definition | None, unwanted: tuple[Key, ...], expected: Inheritance
) -> None:
    one = declared(BELOW, below)
    objects = {BELOW: one} | ({ABOVE: declared(ABOVE, above)} if above is not None else {})
    assert inheritance_of(one, objects, unwanted, STATE) is expected


def test_a_dropped_or_replaced_check_changes_the_tables_that_have_it_only_by_inheritance() -> None:
    assert list(changed_below(change(ABOVE, OLD, None), STATE)) == [BELOW]
    assert list(changed_below(change(ABOVE, OLD, NEW), STATE)) == [BELOW]
    assert list(changed_below(change(ABOVE, replace(OLD, no_inherit=True), None), STATE)) == []


def test_the_tables_above_are_those_at_every_level_and_a_circle_ends() -> None:
    state = live(partitioned=True)
    nested = {**state.tables, ORDERS: replace(state.tables[ORDERS], parents=(3,))}
    assert list(ancestors(ORDERS, replace(state, tables=nested))) == [PART, USERS]
    circle = {**nested, USERS: replace(nested[USERS], parents=(2,))}
    assert list(ancestors(ORDERS, replace(state, tables=circle))) == [PART, USERS, ORDERS]


def test_a_check_that_a_table_below_has_by_itself_is_not_redefined() -> None:
    state = live({ABOVE: OLD, BELOW: OLD}, partitioned=True)
    (refusal,) = redefined_below([change(ABOVE, OLD, NEW)], state)
    assert "check c on app.users_1 belongs to the table itself" in refusal.cause
    assert list(redefined_below([change(ABOVE, OLD, replace(OLD, comment="new"))], state)) == []


def test_a_not_null_without_inheritance_below_prevents_one_above_unless_it_is_dropped() -> None:
    above, below = key("not_null", "a"), key("not_null", "a", PART)
    alone = NotNull(name="n", no_inherit=True)
    state = live({below: alone}, partitioned=True)
    made = change(above, None, NotNull(name="n"))
    (refusal,) = kept_below([made], state)
    assert "has NO INHERIT" in refusal.cause
    assert list(kept_below([made, change(below, alone, None)], state)) == []
