"""Whether tables that the file drops are unused, as their entries require."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from reconciler.kinds.base.ddl import relation
from reconciler.model.change import Change
from reconciler.model.facts import Answers
from reconciler.model.facts.usage import Usage, UsageOf
from reconciler.model.names import USAGE_TABLE, Key, TableName, display
from reconciler.model.plan import JournalAt, Note, Refusal
from reconciler.model.retired import ArchivedTable, TableToRetire, UnusedFor
from reconciler.model.rules.usage import STILL_USED, USAGE_UNKNOWN, USED_IN_ARCHIVE
from reconciler.model.state import Declared
from reconciler.model.time_text import utc_text
from reconciler.model.usage import State, judge_usage
from reconciler.planning.draft import Draft
from reconciler.planning.own_rights import grant
from reconciler.planning.refusals import missing_privilege

_EARLIER = timedelta(days=1)
"""A table was recorded right before it was archived."""

_RECORD = "run `reconcile history --record` with the same files now, and then once a day"
_COUNT_AGAIN = "set track_counts to on for the server, all databases and all roles"
_PERMIT = "; a nightly dump can be permitted with `unused_for: {time: 14d, scans: 1/day}`"


def with_usage(draft: Draft, answers: Answers, journal: JournalAt, now: datetime, role: str) -> Draft:
    """Refuse to drop tables that somebody uses, or of which that is not known. A preview only notes that."""
    asked = list(asked_use(draft.changes))
    questions = [UsageOf(journal=journal, table=one.key.table_name, time=wanted.time) for one, wanted in asked]
    for (change, wanted), usage in zip(asked, answers.of(questions), strict=True):
        if usage.known:
            draft = draft.refusing(refusals_of_use(change, usage, wanted, journal, now, role))
        else:
            draft = draft.noting([_previewed(change)])
    return draft


def uses_in_archive(
    due: Sequence[tuple[Key, ArchivedTable, Declared]], journal: JournalAt, now: datetime, answers: Answers
) -> list[Note]:
    """Return a note for each of these archived tables that somebody has used in the archive."""
    asked = [(key, one, declared, one.at) for key, one, declared in due if one.at is not None]
    questions = [
        UsageOf(journal=journal, table=key.table_name, time=now - at + _EARLIER) for key, _, _, at in asked
    ]
    notes = []
    for (key, _, declared, _), usage in zip(asked, answers.of(questions), strict=True):
        used = usage.in_archive()
        if used is not None and used[0]:
            text = f"{key.table_name} was used in the archive: {used[0]} since {utc_text(used[1])}"
            notes.append(Note(rule=USED_IN_ARCHIVE, key=declared.key, place=declared.place, message=text))
    return notes


def asked_use(changes: Sequence[Change]) -> Iterator[tuple[Change, UnusedFor]]:
    """Yield the drops of tables that must be unused. A table that a run has moved to the archive was."""
    for change in changes:
        wanted = change.after.retirement() if change.after is not None else None
        if isinstance(change.before, TableToRetire) and wanted is not None and wanted.unused_for is not None:
            yield change, wanted.unused_for


def _previewed(change: Change) -> Note:
    text = f"not known here: `apply` checks whether anybody uses {change.key.table_name}"
    return Note(rule=USAGE_UNKNOWN, key=change.key, place=change.place, message=text)


def refusals_of_use(
    change: Change, usage: Usage, wanted: UnusedFor, journal: JournalAt, now: datetime, role: str
) -> Iterable[Refusal]:
    """Yield a refusal if the table is used, or if that is unknown."""
    table = change.key.table_name
    if not usage.readings:
        yield _unknown(change, f"the server does not count the use of {table}", "remove `unused_for` from the file")
        return
    if usage.denied:
        log = TableName(schema=journal.schema, name=USAGE_TABLE)
        cause = f"role {role} may not read {display(log.schema)}.{log.name}, so the use of {table} is unknown"
        yield missing_privilege(change.key, change.place, cause, f"run {grant('SELECT ON', relation(log), role)}")
        return
    verdict = judge_usage(usage.readings, wanted, now)
    if verdict.state is State.USED:
        yield Refusal(
            rule=STILL_USED,
            key=change.key,
            place=change.place,
            cause=f"{table} is used: {verdict.reason}",
            remedy=STILL_USED.remedy + (_PERMIT if verdict.only_scans else ""),
        )
    elif usage.sessions:
        sessions = "another session uses" if usage.sessions == 1 else f"{usage.sessions} other sessions use"
        yield Refusal(
            rule=STILL_USED,
            key=change.key,
            place=change.place,
            cause=f"{table} is used: {sessions} it in an open transaction",
            remedy=f"{STILL_USED.remedy}, or in pg_locks",
        )
    elif usage.uncounted:
        yield _unknown(
            change, f"whether {table} is used is unknown: {usage.uncounted}", f"{_COUNT_AGAIN}, and {_RECORD}"
        )
    elif usage.objection is not None:
        yield _unknown(
            change, f"the use of {table} is unknown: {usage.objection.message}", usage.objection.hint or ""
        )
    elif verdict.state is State.UNKNOWN:
        known_from = verdict.known_from or now + wanted.time
        yield _unknown(
            change,
            f"whether {table} is used is unknown: {verdict.reason}; it can be known from {utc_text(known_from)}",
            _RECORD,
        )


def _unknown(change: Change, cause: str, remedy: str) -> Refusal:
    return Refusal(rule=USAGE_UNKNOWN, key=change.key, place=change.place, cause=cause, remedy=remedy)
