"""Objects that an interrupted run left, and others with such a name: no server is used."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reconciler.kinds.index_backed.elements import plain_column
from reconciler.kinds.index_backed.index import Index
from reconciler.model.as_json import definition_as_json
from reconciler.model.change import Change
from reconciler.model.definition import Definition
from reconciler.model.facts import Question
from reconciler.model.facts.dependents import CatalogObject
from reconciler.model.facts.journal import LastChanged, Replacement, Replacements, ReplacementsOf, UnfinishedBuild
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import REPLACED_SUFFIX, temporary_name
from reconciler.model.plan import JournalAt
from reconciler.planning.draft import Draft
from reconciler.planning.remnants import without_remnants
from reconciler.planning.rounds import in_sets
from tests.planning.test_order import USERS, change, key, live
from tests.planning.values import Given, declared, desired

JOURNAL = JournalAt(schema="public", trusted_roles=frozenset())
INDEX = key("index", "i")
ASIDE = key("index", temporary_name("i", REPLACED_SUFFIX))
OLD, NEW, OTHER = (Index(elements=(plain_column(name),)) for name in ("old", "new", "other"))


def removed(found: Definition, *changes: Change, answers: dict[Question[Any], Any] | None = None) -> list[Change]:
    """Return the drops of an object with the name of a predecessor, if the index is as declared."""
    state = live({INDEX: NEW, ASIDE: found})
    draft = Draft(desired=desired(), changes=changes)
    result = in_sets(
        Given(answers),
        lambda known: without_remnants(draft, known, [declared(INDEX, NEW)], state, 18, JOURNAL),
    )
    assert len(result.notes) == len(result.changes) - len(changes)
    return [one for one in result.changes if one not in changes]


def journaled(transaction: str, *, trusted: bool = False) -> dict[Question[Any], Any]:
    """Return answers: the journal has the replacement of `old`, and transaction 7 has changed the object last."""
    entry = Replacement(before=definition_as_json(OLD), after=definition_as_json(NEW), transaction=transaction)
    aside = CatalogObject(table=USERS, name=ASIDE.name, is_index=True)
    return {
        ReplacementsOf(journal=JOURNAL, object=INDEX): Replacements(entries=(entry,), trusted=trusted),
        LastChanged(object=aside): "7",
    }


def test_a_name_alone_proves_nothing() -> None:
    assert removed(OTHER) == []
    assert removed(OLD) == []  # nothing says that the index was like this
    assert removed(OTHER, answers=journaled("7")) == []


def test_an_object_like_the_predecessor_or_the_successor_is_removed() -> None:
    (gone,) = removed(NEW)
    assert (gone.key, gone.remnant_of, gone.journaled) == (ASIDE, INDEX, False)
    replaced = change(INDEX, NEW, OTHER)
    assert [one.key for one in removed(OTHER, replaced)] == [ASIDE]


def test_an_entry_of_the_journal_counts_if_its_transaction_changed_the_object_or_no_other_role_may_write() -> None:
    (gone,) = removed(OLD, answers=journaled("7"))
    assert gone.journaled
    assert removed(OLD, answers=journaled("8")) == []
    assert len(removed(OLD, answers=journaled("8", trusted=True))) == 1


def test_an_invalid_index_needs_an_unfinished_build_in_the_journal_and_a_running_one_stays() -> None:
    invalid = replace(NEW, status=IndexStatus.INVALID)
    unfinished = UnfinishedBuild(journal=JOURNAL, index=ASIDE)
    assert removed(invalid, answers={unfinished: "it may belong to somebody else"}) == []
    assert len(removed(invalid, answers={unfinished: None})) == 1
    assert removed(replace(NEW, status=IndexStatus.BUILDING)) == []
