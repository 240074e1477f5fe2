"""The order of changes, from their effects only: no server is used."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from reconciler.kinds.check.definition import Check
from reconciler.kinds.foreign_key.definition import ForeignKey
from reconciler.kinds.index_backed.elements import plain_column
from reconciler.kinds.index_backed.index import Index
from reconciler.kinds.not_null.definition import NotNull
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.kinds.unique.definition import Unique
from reconciler.model.change import Action, Change
from reconciler.model.definition import Definition
from reconciler.model.effects import constraint_name, relation_name
from reconciler.model.names import Key, Place, TableName
from reconciler.model.state import LiveState, LiveTable
from reconciler.planning.names_aside import in_two
from reconciler.planning.order import _RELATIONS, Circular, graph_of
from reconciler.planning.target import Target

USERS = TableName(schema="app", name="users")
ORDERS = TableName(schema="app", name="orders")
PART = TableName(schema="app", name="users_1")
PLACE = Place(file="schema.yaml", line=1, column=1)

EMAIL = Unique(key=("email",))


def table(name: TableName, oid: int, *, relkind: str = "r", parents: tuple[int, ...] = ()) -> LiveTable:
    return LiveTable(
        name=name,
        oid=oid,
        relkind=relkind,
        persistence="p",
        rows=0,
        bytes=0,
        owned=True,
        readable=True,
        all_readable=True,
        lockable=True,
        hides_rows=False,
        is_partition=bool(parents),
        is_inherited=False,
        columns={},
        attnums={},
        parents=parents,
    )


def live(objects: dict[Key, Definition] | None = None, *, partitioned: bool = False) -> LiveState:
    tables = [table(USERS, 1, relkind="p" if partitioned else "r"), table(ORDERS, 2)]
    tables += [table(PART, 3, parents=(1,))] if partitioned else []
    return LiveState(tables={one.name: one for one in tables}, objects=objects or {})


def key(kind: str, name: str = "", on: TableName = USERS) -> Key:
    return Key(schema=on.schema, table=on.name, kind=kind, name=name)


def change(
    one: Key, before: Definition | None, after: Definition | None, renamed_from: str | None = None
) -> Change:
    action = Action.CREATE if before is None else Action.DROP if after is None else Action.ALTER
    if renamed_from is not None:
        action = Action.RENAME
    return Change(action=action, key=one, before=before, after=after, place=PLACE, renamed_from=renamed_from)


def order(changes: Iterable[Change], state: LiveState | None = None) -> list[str]:
    graph = graph_of(changes, state or live(), 18)
    return [str(graph.changes[number]) for number in graph.ordered()]


def referring(*columns: str) -> ForeignKey:
    return ForeignKey(key=("owner",), ref_table=USERS, ref_columns=columns)


def test_a_name_is_free_before_it_is_taken() -> None:
    old, new = Check(expression="a > 0"), Index(elements=(plain_column("a"),))
    changes = [
        change(key("index", "x"), None, new),
        change(key("unique", "x", ORDERS), EMAIL, None),  # an index of another table of the schema
        change(key("check", "x", ORDERS), None, old),
    ]
    assert order(changes) == [
        "drop unique x on app.orders",
        "create index x on app.users",
        "create check x on app.orders",
    ]


def test_names_of_different_namespaces_do_not_wait() -> None:
    check = Check(expression="a > 0")
    changes = [
        change(key("index", "x"), None, Index(elements=(plain_column("a"),))),
        change(key("check", "x"), check, None),
    ]
    assert order(changes) == ["create index x on app.users", "drop check x on app.users"]


def test_a_key_comes_before_the_foreign_key_and_outlives_it() -> None:
    foreign_key = key("foreign_key", "owner", ORDERS)
    unique = key("unique", "email")
    made = [change(foreign_key, None, referring("email")), change(unique, None, EMAIL)]
    assert order(made) == ["create unique email on app.users", "create foreign key owner on app.orders"]
    gone = [change(unique, EMAIL, None), change(foreign_key, referring("email"), None)]
    assert order(gone) == ["drop foreign key owner on app.orders", "drop unique email on app.users"]


def test_the_columns_of_a_key_match_in_any_order_and_as_a_whole() -> None:
    foreign_key = ForeignKey(key=("a", "b"), ref_table=USERS, ref_columns=("y", "x"))
    changes = [
        change(key("foreign_key", "fk", ORDERS), None, foreign_key),
        change(key("unique", "xy"), None, Unique(key=("x", "y"))),
        change(key("unique", "x"), None, Unique(key=("x",))),
    ]
    needs = graph_of(changes, live(), 18).needs
    assert [[str(need.resource) for need in one.values()] for one in needs.values()] == [
        [],
        [],
        ["unique key app.users(x, y)"],
    ]


def test_a_foreign_key_prefers_a_new_key_where_another_one_serves_it() -> None:
    there = {key("index", "other"): Index(elements=(plain_column("email"),), unique=True)}
    changes = [
        change(key("foreign_key", "owner", ORDERS), None, referring("email")),
        change(key("unique", "email"), None, EMAIL),
    ]
    for state, only_order in ((live(there), True), (live(), False)):
        (need,) = graph_of(changes, state, 18).needs[1].values()
        assert need.only_order is only_order


def test_a_key_in_use_is_dropped_when_another_one_offers_the_same() -> None:
    foreign_key = key("foreign_key", "owner", ORDERS)
    going = replace(change(key("primary_key"), PrimaryKey(key=("email",)), PrimaryKey(key=("id",))))
    going = replace(going, dependents={foreign_key: referring("email")})
    assert order([going, change(key("unique", "email"), None, EMAIL)]) == [
        "create unique email on app.users",
        "alter primary key of app.users",
    ]


def test_a_key_is_no_reason_to_wait_if_it_stays_what_it_is() -> None:
    remarked = change(key("unique", "email"), replace(EMAIL, comment=None), replace(EMAIL, comment="new"))
    gone = change(key("foreign_key", "owner", ORDERS), referring("email"), None)
    assert order([gone, remarked]) == ["alter unique email on app.users", "drop foreign key owner on app.orders"]


def test_columns_are_not_null_from_before_a_primary_key_is_created_until_it_is_dropped() -> None:
    column, primary = NotNull(name="n"), PrimaryKey(key=("id",))
    made = [change(key("primary_key"), None, primary), change(key("not_null", "id"), None, column)]
    assert order(made) == ["create not-null of app.users.id", "create primary key of app.users"]
    gone = [change(key("not_null", "id"), column, None), change(key("primary_key"), primary, None)]
    assert order(gone) == ["drop primary key of app.users", "drop not-null of app.users.id"]


def test_a_role_is_removed_before_another_index_gets_it_unless_the_first_is_dropped() -> None:
    plain = Index(elements=(plain_column("a"),), clustered=False)
    marked = replace(plain, clustered=True)
    taking = change(key("index", "a"), plain, marked)
    assert order([taking, change(key("index", "z"), marked, plain)]) == [
        "alter index z on app.users",
        "alter index a on app.users",
    ]
    assert order([taking, change(key("index", "z"), marked, None)]) == [
        "alter index a on app.users",
        "drop index z on app.users",
    ]


def test_a_partition_has_its_index_before_the_whole_takes_it() -> None:
    index = Index(elements=(plain_column("a"),))
    whole = change(key("index", "a"), None, replace(index, partitions=((PART, "z"),)))
    part = change(key("index", "z", PART), None, index)
    assert order([whole, part], live(partitioned=True)) == [
        "create index z on app.users_1",
        "create index a on app.users",
    ]


def test_what_tables_below_have_waits_for_what_they_inherit() -> None:
    check = Check(expression="a > 0")
    own = key("check", "c", PART)
    state = live(partitioned=True)
    passed_on = change(key("check", "c"), None, check)
    assert order([passed_on, change(own, check, None)], state) == [
        "drop check c on app.users_1",
        "create check c on app.users",
    ]
    gone = [change(own, check, None), change(key("check", "c"), check, None)]
    assert order(gone, state) == ["drop check c on app.users", "drop check c on app.users_1"]


def test_what_a_table_below_also_has_by_itself_is_renamed_once_it_is_not_inherited() -> None:
    check = Check(expression="a > 0")
    changes = [
        change(key("check", "new", PART), check, check, renamed_from="old"),
        change(key("check", "old"), check, None),
        change(key("check", "new"), None, check),
    ]
    assert order(changes, live(partitioned=True)) == [
        "drop check old on app.users",
        "rename check new on app.users_1",
        "create check new on app.users",
    ]


def test_an_enforced_foreign_key_is_dropped_before_one_over_the_same_columns_that_is_not_enforced() -> None:
    enforced = ForeignKey(key=("owner",), ref_table=ORDERS, ref_columns=("id",))
    changes = [
        change(key("foreign_key", "new"), None, replace(enforced, enforced=False)),
        change(key("foreign_key", "old"), enforced, None),
    ]
    made, gone = "create foreign key new on app.users", "drop foreign key old on app.users"
    assert order(changes, live(partitioned=True)) == [gone, made]
    assert order(changes, live()) == [made, gone]  # an ordinary table can have both


def test_a_key_replaces_its_foreign_keys_as_they_are_before_their_own_changes() -> None:
    foreign_key = key("foreign_key", "new", ORDERS)
    old = foreign_key._replace(name="old")
    replaced = change(key("unique", "email"), EMAIL, replace(EMAIL, include=("name",)))
    renamed = change(foreign_key, referring("email"), referring("email"), renamed_from="old")
    rename, alter = "rename foreign key new on app.orders", "alter unique email on app.users"
    assert order([replaced, renamed]) == [rename, alter]
    along = replace(replaced, dependents={old: referring("email")})
    assert order([along, renamed]) == [alter, rename]


TEMPORAL = key("unique", "temporal")
SPANS = Unique(key=("id", "at"), without_overlaps=True)


def test_a_key_without_overlaps_is_dropped_before_a_foreign_key_without_a_period_is_added() -> None:
    added = change(
        key("foreign_key", "fk", ORDERS),
        None,
        ForeignKey(key=("id", "at"), ref_table=USERS, ref_columns=("id", "at")),
    )
    drop, create = "drop unique temporal on app.users", "create foreign key fk on app.orders"
    assert order([added, change(TEMPORAL, SPANS, None)]) == [drop, create]


def test_a_key_without_overlaps_is_created_after_a_foreign_key_without_a_period() -> None:
    added = change(
        key("foreign_key", "fk", ORDERS),
        None,
        ForeignKey(key=("id", "at"), ref_table=USERS, ref_columns=("id", "at")),
    )
    changes = [change(TEMPORAL, None, SPANS), added]
    assert order(changes) == ["create foreign key fk on app.orders", "create unique temporal on app.users"]
    (need,) = graph_of(changes, live(), 18).needs[0].values()
    assert need.only_order


def test_the_decision_record_lists_the_relations_in_the_order_of_the_code() -> None:
    record = (Path(__file__).parents[2] / "docs" / "decisions" / "0015-effects.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([a-z ]+) \| ([a-z ]+) \| \w", record, re.MULTILINE)
    assert listed == [(one.first, one.later.replace("_", " ")) for one in _RELATIONS]
    assert [one.yields for one in _RELATIONS] == [False] * 4 + [True] * 6


def test_a_relation_that_yields_does_not_reverse_one_that_is_listed_before() -> None:
    """A key that frees the name of its successor is dropped first, although foreign keys should keep it."""
    going = change(key("primary_key"), PrimaryKey(key=("email",), name="k"), PrimaryKey(key=("id",), name="other"))
    going = replace(going, dependents={key("foreign_key", "owner", ORDERS): referring("email")})
    assert order([going, change(key("unique", "k"), None, EMAIL)]) == [
        "alter primary key of app.users",
        "create unique k on app.users",
    ]


def test_changes_that_wait_for_each_other_are_named() -> None:
    state = live()
    first = change(key("unique", "one"), Unique(key=("a",)), Unique(key=("b",)))
    second = change(key("unique", "two"), Unique(key=("b",)), Unique(key=("a",)))
    along = {key("foreign_key", "a", ORDERS): referring("a")}
    along_too = {key("foreign_key", "b", ORDERS): referring("b")}
    with pytest.raises(Circular) as found:
        order([replace(first, dependents=along), replace(second, dependents=along_too)], state)
    assert [str(one) for one in found.value.changes] == [
        "alter unique one on app.users",
        "alter unique two on app.users",
    ]


def test_a_name_that_is_only_passed_through_is_not_given_up() -> None:
    index = Index(elements=(plain_column("a"),))
    first, then = in_two(change(key("index", "b"), index, index, renamed_from="a"))
    target = Target([first, then], live({key("index", "a"): index}))
    assert target.freed == {relation_name("app", "a")}
    assert target.own == {key("index", "b"): index}


def test_a_part_of_a_constraint_gives_up_the_name_of_its_constraint_as_well() -> None:
    before, after = (replace(EMAIL, partitions=((PART, name),)) for name in ("old", "new"))
    part = key("unique", "old", PART)
    state = replace(live({key("unique", "email"): before}, partitioned=True), inherited={part: EMAIL})
    target = Target([change(key("unique", "email"), before, after)], state)
    assert target.freed == {relation_name("app", "old"), constraint_name(PART, "old")}
    assert {one for one in target.objects if one.table_name == PART} == {key("unique", "new", PART)}
