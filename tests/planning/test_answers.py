"""Planning with given answers of the server: no server is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from reconciler.kinds.check.definition import Check
from reconciler.kinds.index_backed.elements import plain_column
from reconciler.kinds.index_backed.index import Index
from reconciler.kinds.not_null.definition import NotNull
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.model.facts import Answers, Assumed, Question, Unanswered
from reconciler.model.facts.dependents import (
    CatalogObject,
    ColumnRole,
    DependentsOf,
    Detaching,
    PartitionsBeingDetached,
    RoleOf,
    Tablespaces,
)
from reconciler.model.facts.names import NamedConstraint, NamedObjects, NamedRelation, WhatHas
from reconciler.model.facts.rights import (
    AccessToJournal,
    Holds,
    JournalAccess,
    MayExecute,
    NotExecutable,
    ObjectionToArchive,
)
from reconciler.model.names import TableName, temporary_name
from reconciler.model.plan import Refusal, ServerInfo
from reconciler.model.server import Server
from reconciler.model.state import Declared, DesiredState
from reconciler.planning.clashes import find_clashes
from reconciler.planning.default_names import with_free_names
from reconciler.planning.depending import still_needed
from reconciler.planning.kept_not_nulls import kept_not_nulls
from reconciler.planning.lost_parts import blocked_by_detaching
from reconciler.planning.names import TakenNames
from reconciler.planning.permissions import missing_rights
from reconciler.planning.proofs import untrusted_archive
from reconciler.planning.rounds import in_one_set, in_sets
from reconciler.planning.tablespaces import missing_tablespaces
from reconciler.planning.temporary_names import read_holders
from tests.planning.test_order import EMAIL, ORDERS, PART, PLACE, USERS, change, key, live, referring

INDEX = Index(elements=(plain_column("email"),))


def given(known: Mapping[Question[Any], Any] | None = None) -> Assumed:
    """Return these answers, and the assumed answer to all other questions."""
    return Assumed(known=known or {})


def rules_and_causes(refusals: Iterable[Refusal]) -> list[tuple[str, str]]:
    return [(str(one.rule), one.cause) for one in refusals]


def named(schema: str, name: str) -> WhatHas:
    return WhatHas(name=TableName(schema=schema, name=name))


def relation(described: str, *, table: TableName | None = None, kind: str = "r") -> NamedObjects:
    return NamedObjects(relation=NamedRelation(kind=kind, described=described, table=table, enforces=False))


def constraint(described: str, table: TableName) -> NamedObjects:
    return NamedObjects(constraints=(NamedConstraint(table=table, kind="c", described=described),))


def server(*, superuser: bool = False) -> Server:
    info = ServerInfo(
        version="18.0",
        version_num=180000,
        host="localhost",
        port=5432,
        system_identifier="1",
        database="app",
        database_oid=1,
        encoding="UTF8",
        user="deploy",
    )
    return Server(
        info=info,
        major=18,
        pid=1,
        started="0",
        now=datetime(2026, 11, 22, tzinfo=UTC),
        superuser=superuser,
        writable=True,
        may_create_temp=True,
        may_create_schema=True,
        default_tablespace="pg_default",
    )


def test_what_depends_on_an_object_that_is_taken_away_keeps_it() -> None:
    gone, kept = key("unique", "email"), key("check", "positive")
    changes = [
        change(gone, EMAIL, None),
        change(kept, Check(expression="a > 0"), Check(expression="a > 0", comment="x")),
    ]
    asked = DependentsOf(object=CatalogObject(table=USERS, name="email", is_index=False))
    answers = given({asked: ("view v", "rule r")})
    assert rules_and_causes(still_needed(answers, changes, live())) == [
        ("has-dependents", "view v, rule r depend on unique email on app.users, which would be dropped")
    ]
    assert not answers.missing  # a comment withdraws nothing


@pytest.mark.parametrize(
    ("role", "causes"),
    [
        (
            ColumnRole(table=USERS, identity=False, identifies=True),
            0,
        ),  # `index_roles` checks the replica identity of the table itself
        (ColumnRole(table=USERS, identity=True, identifies=False), 1),
        (None, 0),
    ],
)
def test_the_not_null_of_an_identity_column_stays(role: ColumnRole | None, causes: int) -> None:
    changes = [change(key("not_null", "id"), NotNull(), None)]
    found = list(kept_not_nulls(given({RoleOf(table=1, column="id"): role}), changes, live()))
    assert [one.rule for one in found] == ["still-referenced"] * causes


def test_a_tablespace_exists_and_takes_indexes() -> None:
    changes = [
        change(key("index", name), None, Index(elements=INDEX.elements, tablespace=name))
        for name in ("fats", "fast", "pg_global")
    ]
    answers = given({Tablespaces(): ("pg_default", "pg_global", "fast")})
    found = list(missing_tablespaces(answers, changes, {}))
    assert rules_and_causes(found) == [
        ("missing-tablespace", "tablespace fats does not exist"),
        ("missing-tablespace", "tablespace pg_global holds only objects that all databases share"),
    ]
    assert "fast" in str(found[0].remedy)


def test_nothing_changes_in_a_tree_of_which_a_partition_is_being_detached() -> None:
    tree = live(partitioned=True)
    changes = [
        change(key("index", "a"), None, INDEX),
        change(key("index", "b", ORDERS), None, INDEX),
        change(key("foreign_key", "c", ORDERS), None, referring("email")),
    ]
    answers = given({PartitionsBeingDetached(): (Detaching(partition=PART, parent=USERS),)})
    assert [str(one.key) for one in blocked_by_detaching(answers, changes, tree)] == [
        "index a on app.users",
        "foreign key c on app.orders",
    ]
    ordinary = given()
    assert not list(blocked_by_detaching(ordinary, changes, live()))
    assert not ordinary.missing


def test_a_name_that_something_else_keeps_is_refused() -> None:
    changes = [
        change(key("index", "taken"), None, INDEX),
        change(key("check", "taken"), None, Check(expression="a > 0")),
        change(key("check", "free"), None, Check(expression="a > 0")),
    ]
    declared = {one.key: Declared(key=one.key, definition=one.after, place=PLACE) for one in changes if one.after}
    answers = given(
        {
            named("app", "taken"): relation("view taken"),
            named("app", "free"): constraint("constraint free on table app.orders", ORDERS),  # of another table
        }
    )
    (found,) = find_clashes(TakenNames(answers=answers, freed=frozenset()), changes, declared, live(), 18)
    assert (str(found.key), "view taken" in found.cause) == ("index taken on app.users", True)


def test_postgresqls_next_default_name_is_taken() -> None:
    wanted = change(key("primary_key"), None, PrimaryKey(key=("id",), name="users_pkey"))
    state = DesiredState(objects={})
    known: dict[Question[Any], Any] = {named("app", "users_pkey"): constraint("constraint of a domain", ORDERS)}
    with pytest.raises(Unanswered) as asked:
        with_free_names(Answers(known=known), [wanted], state, live())
    assert asked.value.questions == (named("app", "users_pkey1"),)
    (found,) = with_free_names(given(known), [wanted], state, live())
    assert found.after == PrimaryKey(key=("id",), name="users_pkey1")


def test_a_name_that_a_replacement_needs_for_a_while_is_free() -> None:
    for_a_while = temporary_name("email", "__reconcile_new")
    changes = [change(key("index", "email"), INDEX, Index(elements=(plain_column("name"),)))]
    for held, statement in (
        (relation("table x"), 'ALTER TABLE "app"."email__reconcile_new" RENAME TO …;'),
        (relation("index x", table=ORDERS, kind="i"), 'DROP INDEX CONCURRENTLY "app"."email__reconcile_new";'),
    ):
        names = TakenNames(answers=given({named("app", for_a_while): held}), freed=frozenset())
        holders = read_holders(names, changes, live(), 18)
        (found,) = holders.refusals(changes[0], None, live(), 18)
        assert found.rule == "name-taken"
        assert statement in found.remedy


def test_each_right_that_is_missing_is_refused_once() -> None:
    changes = [
        change(key("index", "a"), None, INDEX),
        change(key("index", "b"), None, INDEX),
        change(key("check", "c"), None, Check(expression="own.valid(a)")),
    ]
    called = MayExecute(function=TableName(schema="own", name="valid"), table=1, as_owner=False)
    answers = given(
        {
            Holds(privilege="CREATE", schema="app"): False,
            called: (NotExecutable(function="own.valid(integer)", role="deploy"),),
            AccessToJournal(schema="public"): JournalAccess(creatable=False),
        }
    )
    refused = missing_rights(
        answers, changes, live(), server(), "public", data_checks=True, archives_rows=False, denied={}, named={}
    )
    assert [one.cause for one in refused] == [
        "role deploy may not create an index in schema app",
        "role deploy may not execute own.valid(integer), which check c on app.users calls",
        "role deploy may not create migration_log in schema public",
    ]
    assert Holds(privilege="USAGE", schema="own") in answers.missing
    root = given()
    assert not list(
        missing_rights(
            root,
            changes,
            live(),
            server(superuser=True),
            "public",
            data_checks=True,
            archives_rows=False,
            denied={},
            named={},
        )
    )
    assert not any(isinstance(one, Holds) for one in root.missing)


def test_the_archive_is_trusted_by_default() -> None:
    answers = given()
    assert not list(untrusted_archive(answers, frozenset({"owner"})))
    assert list(answers.missing) == [ObjectionToArchive(trusted_roles=frozenset({"owner"}))]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedFacts:
    """Facts from a list of answers, and the assumed ones."""

    answers: Mapping[Question[Any], Any] = field(default_factory=dict)
    sets: list[list[Question[Any]]] = field(default_factory=list)

    def ask(self, questions: Iterable[Question[Any]], /) -> Answers:
        asked = list(questions)
        self.sets.append(asked)
        return Answers(known={one: self.answers.get(one, one.assumed) for one in asked})


def first_free(answers: Answers) -> tuple[str, int]:
    """A function whose questions depend on earlier answers."""
    number = 0
    while answers[named("app", f"n{number}")]:
        number += 1
    return f"n{number}", len(answers[Tablespaces()])


def test_what_is_asked_with_the_usual_answers_is_asked_at_once() -> None:
    usual = AssumedFacts()
    assert in_one_set(usual, first_free) == ("n0", 0)
    assert usual.sets == [[named("app", "n0"), Tablespaces()]]
    unusual = AssumedFacts(answers={named("app", "n0"): relation("table n0"), Tablespaces(): ("pg_default",)})
    assert in_one_set(unusual, first_free) == ("n1", 1)
    assert unusual.sets == [[named("app", "n0"), Tablespaces()], [named("app", "n1")]]


def test_what_is_asked_in_turn_is_asked_once() -> None:
    facts = AssumedFacts(answers={named("app", "n0"): relation("table n0")})
    assert in_sets(facts, first_free) == ("n1", 0)
    assert facts.sets == [[named("app", "n0")], [named("app", "n1")], [Tablespaces()]]
    assert in_sets(AssumedFacts(), lambda _: 1) == 1
