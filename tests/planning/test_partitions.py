"""The names of partitions' indexes, chosen from values: no server is used."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reconciler.kinds.index_backed.elements import plain_column
from reconciler.kinds.index_backed.index import Index
from reconciler.model.change import Change
from reconciler.model.definition import Definition, parts_of
from reconciler.model.facts import Question
from reconciler.model.facts.names import NamedObjects, NamedRelation, WhatHas
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Refusal
from reconciler.planning.partitions import known_partitions, with_named_parts
from reconciler.planning.rounds import in_sets
from tests.planning.test_order import ORDERS, PART, change, key, live
from tests.planning.values import Given, declared, desired

INDEX = Index(elements=(plain_column("a"),))
WHOLE = key("index", "i")
TAKEN = NamedObjects(relation=NamedRelation(kind="r", described="table", table=None, enforces=False))


def taken(*names: str) -> dict[Question[Any], Any]:
    return {WhatHas(name=TableName(schema="app", name=name)): TAKEN for name in names}


def named(
    *changes: Change, objects: dict[Key, Definition] | None = None, answers: dict[Question[Any], Any] | None = None
) -> tuple[list[Change], list[Refusal]]:
    file = desired({one.key: one.after for one in changes if one.after is not None})
    state = live(objects, partitioned=True)
    return in_sets(Given(answers), lambda known: with_named_parts(known, changes, file, state))


def name_of(changes: list[Change]) -> str:
    (whole,) = (one for one in changes if one.key == WHOLE)
    return parts_of(whole.after)[PART]


def test_a_part_gets_the_first_free_name_that_postgresql_would_choose() -> None:
    new = change(WHOLE, None, INDEX)
    assert name_of(named(new)[0]) == "users_1_a_idx"
    assert name_of(named(new, answers=taken("users_1_a_idx"))[0]) == "users_1_a_idx1"


def test_a_name_that_a_change_frees_is_chosen_and_one_that_a_change_gives_is_not() -> None:
    new, held = change(WHOLE, None, INDEX), key("index", "users_1_a_idx", ORDERS)
    gone = change(held, INDEX, None)
    assert name_of(named(new, gone, objects={held: INDEX}, answers=taken("users_1_a_idx"))[0]) == "users_1_a_idx"
    assert name_of(named(new, change(held, None, INDEX))[0]) == "users_1_a_idx1"


def test_an_equal_index_of_the_partition_becomes_the_part_under_its_own_name() -> None:
    own = key("index", "own", PART)
    assert name_of(named(change(WHOLE, None, INDEX), objects={own: INDEX})[0]) == "own"


def test_a_name_in_the_file_that_another_object_keeps_is_refused() -> None:
    said = change(WHOLE, None, replace(INDEX, partitions=((PART, "mine"),)))
    assert named(said)[1] == []
    (refusal,) = named(said, answers=taken("mine"))[1]
    assert "the name app.mine for the index of partition app.users_1 is taken" in refusal.cause


def test_names_for_tables_that_are_no_partitions_have_no_effect() -> None:
    one = declared(WHOLE, replace(INDEX, partitions=((PART, "p"), (ORDERS, "o"))))
    (kept,), (note,) = known_partitions([one], live(partitioned=True))
    assert kept.definition.partition_indexes() == ((PART, "p"),)
    assert "app.orders is not a partition of app.users" in note.message
