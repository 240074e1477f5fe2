"""Objects that an interrupted run left: they are removed only with proof that the tool created them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from reconciler.kinds.base import ddl
from reconciler.model.change import Change
from reconciler.model.definition import is_invalid
from reconciler.model.facts import Answers
from reconciler.model.facts.journal import UnfinishedBuild
from reconciler.model.facts.rights import AccessToJournal, ObjectionToArchive
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import Key, TableName
from reconciler.model.plan import JournalAt, Refusal
from reconciler.model.retired import ArchivedTable, Moved
from reconciler.model.route import Route
from reconciler.model.rules.dependencies import INVALID_INDEX
from reconciler.model.rules.runs import ARCHIVE_NOT_OURS
from reconciler.model.state import LiveState
from reconciler.planning.refusals import moved_by_others


def invalid_indexes(route: Route, live: LiveState) -> list[Key]:
    """Return the invalid indexes that steps of a route remove."""
    found = {
        key: None
        for state in route.states
        for key, expected in state.objects.items()
        if is_invalid(expected) and _status(live, key) is not None
    }
    return list(found)


def unproved_indexes(
    answers: Answers,
    routes: Sequence[Route],
    live: LiveState,
    journal: JournalAt,
) -> Iterator[Refusal]:
    """Return a refusal for each invalid index that the journal does not show as an unfinished build.

    An index that is being built now is left to the run, which waits for the build and then checks again. A role
    that may not read the journal cannot decide this, and lacks a right of `apply`, which `missing_rights` reports.
    """
    dead = [(route.change, key) for route in routes for key in invalid_indexes(route, live)]
    dead = [(change, key) for change, key in dead if _status(live, key) is not IndexStatus.BUILDING]
    if dead and answers[AccessToJournal(schema=journal.schema)].readable:
        found = answers.of(UnfinishedBuild(journal=journal, index=key) for _, key in dead)
        for (change, key), why in zip(dead, found, strict=True):
            if why is not None:
                yield invalid_index(change, key, why)


def invalid_index(change: Change, key: Key, why: str) -> Refusal:
    """Return the refusal of an invalid index that the tool must not remove."""
    index = ddl.text_of(ddl.relation(TableName(schema=key.schema, name=key.name)))
    return Refusal(
        rule=INVALID_INDEX,
        key=change.key,
        place=change.place,
        cause=f"{key} is invalid, and {why}",
        remedy=f"if no session is building it, run: DROP INDEX CONCURRENTLY {index};",
    )


def unproved_moves(changes: Sequence[Change], role: str, trusted: Collection[str]) -> Iterator[Refusal]:
    """Return a refusal for each table in the archive whose origin an untrusted role may have written. `role` is the
    connected one."""
    for change in changes:
        if isinstance(change.before, Moved | ArchivedTable):
            moved = change.before.moved if isinstance(change.before, ArchivedTable) else change.before
            writers = sorted(set(moved.writers) - {role, *trusted})
            if writers:
                yield moved_by_others(change, moved.names_in_archive()[moved.table.name], writers)


def untrusted_archive(answers: Answers, trusted: frozenset[str]) -> Iterator[Refusal]:
    """Return a refusal if other roles could drop archived tables."""
    objection = answers[ObjectionToArchive(trusted_roles=trusted)]
    if objection is not None:
        yield Refusal(
            rule=ARCHIVE_NOT_OURS, key=None, place=None, cause=objection.message, remedy=str(objection.hint)
        )


def _status(live: LiveState, key: Key) -> IndexStatus | None:
    found = live.objects.get(key)
    return None if found is None else found.index_status()
