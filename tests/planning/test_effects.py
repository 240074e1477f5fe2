"""What a change takes, frees, provides, needs, releases and withdraws: no server is used."""

from __future__ import annotations

from dataclasses import replace

from reconciler.kinds.check.definition import Check
from reconciler.model.change import Change
from reconciler.model.effects import Effects, constraint_name, relation_name, unique_key
from reconciler.model.state import LiveState
from reconciler.planning.effects import effects_of
from tests.planning.test_order import EMAIL, ORDERS, PART, USERS, change, key, live, referring

BY_EMAIL = unique_key(USERS, frozenset({"email"}))


def effects(one: Change, state: LiveState | None = None) -> Effects:
    return effects_of(one, state or live(), 18)


def test_a_new_constraint_with_an_index_takes_two_names_and_provides_its_key() -> None:
    found = effects(change(key("unique", "u"), None, EMAIL))
    assert {constraint_name(USERS, "u"), relation_name("app", "u")} <= found.takes
    assert BY_EMAIL in found.provides
    assert not found.frees
    assert BY_EMAIL not in found.withdraws


def test_a_constraint_that_adopts_an_index_keeps_its_name_and_its_key() -> None:
    state = live({key("index", "u"): EMAIL.own_index()})
    found = effects(change(key("unique", "u"), None, EMAIL), state)
    assert constraint_name(USERS, "u") in found.takes
    assert relation_name("app", "u") not in found.takes
    assert BY_EMAIL not in found.provides | found.withdraws


def test_a_replaced_key_withdraws_what_it_offers_again_and_keeps_it_for_its_foreign_keys() -> None:
    rebuilt = change(key("unique", "u"), EMAIL, replace(EMAIL, include=("name",)))
    assert BY_EMAIL in effects(rebuilt).withdraws
    assert not effects(rebuilt).keeps
    with_dependents = replace(rebuilt, dependents={key("foreign_key", "f", ORDERS): referring("email")})
    assert effects(with_dependents).keeps == {BY_EMAIL}


def test_a_check_takes_and_frees_its_name_on_the_tables_that_inherit_it() -> None:
    check, state = Check(expression="a > 0"), live(partitioned=True)
    both = {constraint_name(USERS, "c"), constraint_name(PART, "c")}
    assert both <= effects(change(key("check", "c"), None, check), state).takes
    inherited = replace(state, inherited={key("check", "c", PART): check})
    assert both <= effects(change(key("check", "c"), check, None), inherited).frees


def test_a_foreign_key_that_refers_to_other_columns_releases_the_old_key_and_needs_the_new_one() -> None:
    found = effects(change(key("foreign_key", "f", ORDERS), referring("email"), referring("id")))
    assert BY_EMAIL in found.releases
    assert found.needs == {unique_key(USERS, frozenset({"id"}))}
