"""What an interrupted run left: removed only with proof that it is ours."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import psycopg
from psycopg import sql

from reconciler.kinds.dropped_table.definition import Moved
from reconciler.kinds.index_backed.index import Index
from reconciler.model.change import Change
from reconciler.model.definition import IndexStatus
from reconciler.model.errors import Refused
from reconciler.model.journal import built_relation
from reconciler.model.names import JOURNAL_TABLE, Key
from reconciler.model.plan import JournalAt, Refusal, Route
from reconciler.model.rules.dependencies import INVALID_INDEX
from reconciler.model.state import LiveState
from reconciler.planning.refusals import moved_by_others
from reconciler.postgres.archive_check import refuse_untrusted_archive
from reconciler.postgres.journal_check import display_name, readable_journal
from reconciler.postgres.session import Session, in_query, one, rows

# The latest word about the build of this relation, or about its drop, is not that it was completed.
_UNFINISHED = """
    SELECT EXISTS (
             SELECT FROM ONLY {journal} l
              WHERE l.metadata ->> 'builds' = %(relation)s AND l.status IN ('started', 'failed')
                AND NOT EXISTS (SELECT FROM ONLY {journal} m
                                 WHERE m.metadata ->> 'builds' = %(relation)s AND m.status = 'completed'
                                   AND m.sequence > l.sequence))
        OR EXISTS (
             SELECT FROM ONLY {journal} l
              WHERE l.step_name = %(drop)s AND l.status IN ('started', 'failed')
                AND NOT EXISTS (SELECT FROM ONLY {journal} m
                                 WHERE m.step_name = %(drop)s AND m.status = 'completed'
                                   AND m.sequence > l.sequence)) AS unfinished"""

_READABLE = """
    SELECT coalesce(bool_and(has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(t.oid, 'SELECT')), true)
           AS readable
      FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname = %(schema)s AND t.relname = %(table)s"""


def dead_indexes(route: Route, live: LiveState) -> list[Key]:
    """The invalid indexes that steps of a route remove."""
    found = {
        key: None
        for state in route.states
        for key, expected in state.objects.items()
        if isinstance(expected, Index) and expected.status is IndexStatus.INVALID and _status(live, key) is not None
    }
    return list(found)


def unproved_leftovers(
    session: Session,
    routes: Sequence[Route],
    live: LiveState,
    journal: JournalAt,
) -> Iterator[Refusal]:
    """A refusal for each invalid index that our journal does not know as an unfinished build.

    One that is being built right now is left to the run, which waits for it and then looks again. A role that may not
    read the journal cannot tell, and lacks a right of `apply`, which `missing_rights` reports.
    """
    dead = [(route.change, key) for route in routes for key in dead_indexes(route, live)]
    dead = [(change, key) for change, key in dead if _status(live, key) is not IndexStatus.BUILDING]
    if dead and one(session.connection, _READABLE, {"schema": journal.schema, "table": JOURNAL_TABLE})["readable"]:
        for change, key in dead:
            why = why_not_ours(session, key, journal)
            if why is not None:
                yield invalid_index(change, key, why)


def invalid_index(change: Change, key: Key, why: str) -> Refusal:
    """The refusal of an invalid index that is not ours to remove."""
    index = sql.Identifier(key.schema, key.name).as_string(None)
    return Refusal(
        rule=INVALID_INDEX,
        key=change.key,
        place=change.place,
        cause=f"{key} is invalid, and {why}",
        remedy=f"if nobody is building it, run: DROP INDEX CONCURRENTLY {index};",
    )


def unproved_moves(changes: Sequence[Change], role: str, trusted: Collection[str]) -> Iterator[Refusal]:
    """A refusal for each table in the archive whose origin a role could have made up. `role` is the connected one."""
    for change in changes:
        if isinstance(change.before, Moved):
            writers = sorted(set(change.before.writers) - {role, *trusted})
            if writers:
                yield moved_by_others(change, change.before.names_in_archive()[change.key.table], writers)


def untrusted_archive(session: Session, trusted: Collection[str]) -> Iterator[Refusal]:
    """A refusal if other roles could drop what is archived."""
    try:
        refuse_untrusted_archive(session, trusted)
    except Refused as refused:
        yield Refusal(rule=refused.rule, key=None, place=None, cause=refused.message, remedy=str(refused.hint))


def _status(live: LiveState, key: Key) -> IndexStatus | None:
    found = live.objects.get(key)
    return found.status if isinstance(found, Index) else None


def why_not_ours(session: Session, key: Key, journal: JournalAt) -> str | None:
    """Why this index may be somebody else's; None if the journal shows a build, or a drop, of it that was
    not completed."""
    try:
        with readable_journal(session, journal) as there:
            if there:
                query = sql.SQL(_UNFINISHED).format(journal=in_query(journal.schema, JOURNAL_TABLE))
                names = {"relation": built_relation(key), "drop": f"drop {key}"}
                if rows(session.connection, query, names)[0]["unfinished"]:
                    return None
    except Refused as refused:
        return f"{refused.message}; {refused.hint}"
    except psycopg.errors.InsufficientPrivilege:
        return f"the role may not read the journal {display_name(journal.schema)}"
    return "the journal shows no unfinished build of it: it may be somebody else's"
