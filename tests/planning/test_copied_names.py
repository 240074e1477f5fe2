"""Names that a table would get twice, once by inheritance: no server is used."""

from __future__ import annotations

import pytest

from reconciler.kinds.check.definition import Check
from reconciler.kinds.not_null.definition import NotNull
from reconciler.kinds.unique.definition import Unique
from reconciler.model.change import Change
from reconciler.planning.copied_names import inherited_twice
from tests.planning.test_order import EMAIL, PART, change, key, live, order, referring

POSITIVE, LARGE = Check(expression="a > 0"), Check(expression="a > 9")
PASSED_ON = change(key("check", "f"), None, POSITIVE)
RENAMED = change(key("check", "f"), POSITIVE, POSITIVE, renamed_from="old")
KEY = change(key("foreign_key", "f"), None, referring("email"))
NAMED = change(key("not_null", "a"), None, NotNull(name="f"))
PARTS = change(key("unique", "u"), None, Unique(key=("email",), partitions=((PART, "f"),)))


@pytest.mark.parametrize("whole", [PASSED_ON, RENAMED, KEY, NAMED, PARTS], ids=str)
@pytest.mark.parametrize(
    "own",
    [
        change(key("check", "f", PART), None, LARGE),
        change(key("check", "f", PART), None, Check(expression="a > 0", no_inherit=True)),
        change(key("check", "f", PART), POSITIVE, POSITIVE, renamed_from="x"),
        change(key("unique", "f", PART), None, EMAIL),
        change(key("foreign_key", "f", PART), None, referring("id")),
    ],
    ids=lambda one: f"{one} {one.after}"[:50],
)
def test_a_name_that_a_table_gets_twice_is_refused_with_both_places(whole: Change, own: Change) -> None:
    found = list(inherited_twice([whole, own], live(partitioned=True)))
    merged = whole is PASSED_ON and own.renamed_from is not None  # into the check that has the name by then
    one_index = whole is PARTS and own.key.kind == "unique"
    if merged or one_index:
        assert found == []
        return
    (refusal,) = found
    assert refusal.key == own.key
    assert f"{whole.key} ({whole.place})" in refusal.cause
    assert "app.users_1 would have two constraints with the name f" in refusal.cause


@pytest.mark.parametrize(
    "changes",
    [
        [PASSED_ON, change(key("check", "f", PART), None, POSITIVE)],
        [RENAMED, change(key("check", "f", PART), POSITIVE, POSITIVE, renamed_from="old")],
        [NAMED, change(key("not_null", "a", PART), None, NotNull(name="f"))],
        [change(key("check", "f"), None, Check(expression="a > 0", no_inherit=True)), PARTS],
        [change(key("foreign_key", "f"), referring("id"), referring("id"), renamed_from="x"), NAMED],
    ],
    ids=range(5),
)
def test_what_postgresql_merges_or_does_not_pass_on_is_not_refused(changes: list[Change]) -> None:
    assert list(inherited_twice(changes[:2], live(partitioned=True))) == []


def test_a_table_below_gives_a_name_up_before_it_inherits_it() -> None:
    gone = change(key("unique", "f", PART), EMAIL, None)
    assert order([PASSED_ON, gone], live(partitioned=True)) == [
        "drop unique f on app.users_1",
        "create check f on app.users",
    ]
