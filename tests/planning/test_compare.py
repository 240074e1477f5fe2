"""Changes from two states whose texts decide: no server is used."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reconciler.kinds.index_backed.elements import plain_column
from reconciler.kinds.index_backed.index import Index
from reconciler.kinds.unique.definition import Unique
from reconciler.model.definition import Definition
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import Key
from reconciler.model.state import Declared, LiveState
from reconciler.planning.compare import compare, find_changes
from reconciler.planning.draft import Draft
from reconciler.planning.rounds import in_sets
from tests.planning.test_order import EMAIL, USERS, key, live
from tests.planning.values import Given, declared, desired

ID = Unique(key=("id",))
INDEX = Index(elements=(plain_column("a"),))


def compared(wanted: list[Declared], state: LiveState, unwanted: tuple[Key, ...] = ()) -> Draft:
    comparison = compare(wanted, state, unwanted, "me")
    return in_sets(
        Given(), lambda answers: find_changes(comparison, lambda _: ("app",), Draft(desired=desired()), answers)
    )


@pytest.mark.parametrize(
    ("kind", "before", "after", "expected"),
    [
        pytest.param("unique", None, EMAIL, ["create unique x on app.users"], id="missing"),
        pytest.param("unique", EMAIL, EMAIL, [], id="in sync"),
        pytest.param("unique", replace(EMAIL, comment="c"), EMAIL, [], id="a comment that is not managed"),
        pytest.param("unique", EMAIL, ID, ["alter unique x on app.users"], id="other columns"),
        pytest.param(
            "index",
            replace(INDEX, status=IndexStatus.INVALID),
            INDEX,
            ["create index x on app.users"],
            id="an invalid index is built again",
        ),
    ],
)
def test_one_object(kind: str, before: Definition | None, after: Definition, expected: list[str]) -> None:
    one = key(kind, "x")
    draft = compared([declared(one, after)], live({one: before} if before is not None else {}))
    assert list(map(str, draft.changes)) == expected
    assert not draft.refusals


def test_an_unwanted_object_that_is_exactly_the_declared_one_is_renamed() -> None:
    old, new = key("unique", "old"), key("unique", "new")
    (change,) = compared([declared(new, EMAIL)], live({old: EMAIL}), (old,)).changes
    assert (str(change), change.renamed_from) == ("rename unique new on app.users", "old")


def test_an_object_with_a_former_name_that_differs_is_built_before_the_old_one_is_dropped() -> None:
    old, new = key("unique", "old"), key("unique", "new")
    draft = compared([declared(new, ID, renamed_from="old")], live({old: EMAIL}))
    assert list(map(str, draft.changes)) == ["create unique new on app.users", "drop unique old on app.users"]


def test_an_undeclared_object_of_the_same_definition_is_a_hint_for_an_index_and_a_refusal_for_a_constraint() -> (
    None
):
    draft = compared([declared(key("index", "b"), INDEX)], live({key("index", "a"): INDEX}))
    assert [note.rule for note in draft.notes] == ["similar-index"]
    assert not draft.refusals
    draft = compared([declared(key("unique", "b"), EMAIL)], live({key("unique", "a"): EMAIL}))
    (refusal,) = draft.refusals
    assert "unique a on app.users" in refusal.cause
    assert draft.changes[0].key.table_name == USERS
