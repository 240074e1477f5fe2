"""What the journal proves about objects that an interrupted run may have left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import psycopg
from psycopg import sql

from reconciler.model.errors import Refused
from reconciler.model.facts.journal import (
    LastChanged,
    RecordedRows,
    Replacement,
    Replacements,
    ReplacementsOf,
    RowsLeftBefore,
    UnfinishedBuild,
)
from reconciler.model.journal import built_relation
from reconciler.model.names import JOURNAL_TABLE, Key
from reconciler.model.plan import JournalAt
from reconciler.model.step_id import Verb
from reconciler.postgres.journal import qualified
from reconciler.postgres.journal_check import display_name, readable_journal
from reconciler.postgres.session import Session, ask, in_query, rows

_NOT_SHOWN = "the journal shows no unfinished build of it, so it may belong to somebody else"

# The last entry about the build or the drop of a relation does not say that it was completed.
_UNFINISHED = """
    SELECT w.number::int AS number
      FROM unnest(%(relations)s::text[], %(drops)s::text[]) WITH ORDINALITY AS w (relation, "drop", number)
     WHERE EXISTS (
             SELECT FROM ONLY {journal} l
              WHERE l.metadata ->> 'builds' = w.relation AND l.status IN ('started', 'failed')
                AND NOT EXISTS (SELECT FROM ONLY {journal} m
                                 WHERE m.metadata ->> 'builds' = w.relation AND m.status = 'completed'
                                   AND m.sequence > l.sequence))
        OR EXISTS (
             SELECT FROM ONLY {journal} l
              WHERE l.step_name = w."drop" AND l.status IN ('started', 'failed')
                AND NOT EXISTS (SELECT FROM ONLY {journal} m
                                 WHERE m.step_name = w."drop" AND m.status = 'completed'
                                   AND m.sequence > l.sequence))"""

_ENTRIES = """
    SELECT DISTINCT l.metadata ->> 'object' AS object, l.metadata -> 'before' AS before,
           l.metadata -> 'after' AS after, l.xmin::text AS transaction
      FROM ONLY {journal} l
     WHERE l.metadata ->> 'object' = ANY (%(objects)s)"""

# Any role with INSERT may have written something other than a number.
_ROWS_LEFT = """
    SELECT DISTINCT ON (w.number) w.number::int AS number, (l.metadata -> 'rows_left' ->> w.object)::int8 AS count,
           l.executed_at AS at
      FROM unnest(%(objects)s::text[], %(now)s::int8[]) WITH ORDINALITY AS w (object, now, number)
      JOIN ONLY {journal} l ON l.metadata -> 'rows_left' ->> w.object ~ '^[0-9]{{1,18}}$'
     ORDER BY w.number, w.now::text IS DISTINCT FROM l.metadata -> 'rows_left' ->> w.object DESC, l.sequence DESC"""

# Whoever can become a role that may write: a role inherits privileges, or uses them after SET ROLE. Those who can
# become the connected role or a superuser can do everything that the tool does.
_WRITERS = """
    SELECT r.rolname::text AS name
      FROM pg_class t, pg_roles r
     WHERE t.oid = to_regclass(%(journal)s)
       AND NOT r.rolsuper AND r.rolname <> current_user AND r.oid <> t.relowner AND r.rolname !~ '^pg_'
       AND NOT EXISTS (SELECT FROM pg_roles s WHERE (s.rolsuper OR s.rolname = current_user)
                                                AND pg_has_role(r.oid, s.oid, 'MEMBER'))
       AND EXISTS (SELECT FROM pg_roles w
                    WHERE pg_has_role(r.oid, w.oid, 'MEMBER')
                      AND (has_any_column_privilege(w.oid, t.oid, 'INSERT')
                           OR has_any_column_privilege(w.oid, t.oid, 'UPDATE')))
     ORDER BY 1"""

# The transactions that last changed the catalog rows of indexes and constraints.
_CHANGED = """
    SELECT w.number::int AS number, coalesce(i.xmin, c.xmin)::text AS transaction
      FROM unnest(%(schemas)s::text[], %(tables)s::text[], %(names)s::text[], %(indexes)s::bool[])
           WITH ORDINALITY AS w(schema, "table", name, is_index, number)
      JOIN pg_namespace n ON n.nspname = w.schema
      LEFT JOIN pg_class i ON w.is_index AND i.relnamespace = n.oid AND i.relname = w.name
      LEFT JOIN pg_class t ON NOT w.is_index AND t.relnamespace = n.oid AND t.relname = w."table"
      LEFT JOIN pg_constraint c ON c.conrelid = t.oid AND c.conname = w.name"""


def unfinished_builds(session: Session, asked: Sequence[UnfinishedBuild]) -> Mapping[UnfinishedBuild, str | None]:
    known: dict[UnfinishedBuild, str | None] = {}
    for journal in dict.fromkeys(each.journal for each in asked):
        of_journal = [each for each in asked if each.journal == journal]
        known.update(
            dict.fromkeys(
                of_journal, "the journal shows no unfinished build of it, so it may belong to somebody else"
            )
        )
        try:
            with readable_journal(session, journal) as there:
                if there:
                    known.update(dict.fromkeys(_unfinished(session, journal, of_journal)))
        except Refused as refused:
            known.update(dict.fromkeys(of_journal, f"{refused.message}; {refused.hint}"))
        except psycopg.errors.InsufficientPrivilege:
            name = display_name(journal.schema)
            known.update(dict.fromkeys(of_journal, f"the role may not read the journal {name}"))
    return known


def _unfinished(
    session: Session, journal: JournalAt, asked: Sequence[UnfinishedBuild]
) -> Iterator[UnfinishedBuild]:
    query = sql.SQL(_UNFINISHED).format(journal=in_query(journal.schema, JOURNAL_TABLE))
    wanted = {
        "relations": [built_relation(each.index) for each in asked],
        "drops": [str(Verb.DROP.of(each.index)) for each in asked],
    }
    return (asked[row["number"] - 1] for row in rows(session.connection, query, wanted))


def why_not_ours(session: Session, key: Key, journal: JournalAt) -> str | None:
    """Return why this index may belong to somebody else; None if the journal shows an unfinished build, or drop, of
    it."""
    asked = UnfinishedBuild(journal=journal, index=key)
    return unfinished_builds(session, [asked])[asked]


def replacements_of(session: Session, asked: Sequence[ReplacementsOf]) -> Mapping[ReplacementsOf, Replacements]:
    known = dict.fromkeys(asked, Replacements())
    for journal in dict.fromkeys(each.journal for each in asked):
        try:
            with readable_journal(session, journal) as there:
                if there:
                    known.update(
                        _replacements(session, journal, [each for each in asked if each.journal == journal])
                    )
        except (Refused, psycopg.errors.InsufficientPrivilege):
            pass  # a journal that is not trusted, or cannot be read, proves nothing
    return known


def _replacements(
    session: Session, journal: JournalAt, asked: Sequence[ReplacementsOf]
) -> Mapping[ReplacementsOf, Replacements]:
    trusted = not _writers(session, journal)
    query = sql.SQL(_ENTRIES).format(journal=in_query(journal.schema, JOURNAL_TABLE))
    entries: dict[str, list[Replacement]] = {}
    for row in rows(session.connection, query, {"objects": sorted({str(each.object) for each in asked})}):
        entry = Replacement(
            before=_definition(row["before"]), after=_definition(row["after"]), transaction=row["transaction"]
        )
        entries.setdefault(row["object"], []).append(entry)
    return {each: Replacements(entries=tuple(entries.get(str(each.object), ())), trusted=trusted) for each in asked}


def rows_left_before(
    session: Session, asked: Sequence[RowsLeftBefore]
) -> Mapping[RowsLeftBefore, RecordedRows | None]:
    known: dict[RowsLeftBefore, RecordedRows | None] = dict.fromkeys(asked)
    for journal in dict.fromkeys(each.journal for each in asked):
        of_journal = [each for each in asked if each.journal == journal]
        wanted = {"objects": [str(each.object) for each in of_journal], "now": [each.now for each in of_journal]}
        query = sql.SQL(_ROWS_LEFT).format(journal=in_query(journal.schema, JOURNAL_TABLE))
        try:
            with readable_journal(session, journal) as there:
                for row in rows(session.connection, query, wanted) if there else []:
                    known[of_journal[row["number"] - 1]] = RecordedRows(count=row["count"], at=row["at"])
        except (Refused, psycopg.errors.InsufficientPrivilege):
            pass  # as above
    return known


def _writers(session: Session, journal: JournalAt, table: str = JOURNAL_TABLE) -> list[str]:
    return [
        row["name"] for row in rows(session.connection, _WRITERS, {"journal": qualified(journal.schema, table)})
    ]


def journal_writers(session: Session, journal: JournalAt, table: str = JOURNAL_TABLE) -> list[str]:
    """Return the roles that may write entries and are not trusted: with one of them, an entry proves nothing."""
    return [name for name in _writers(session, journal, table) if name not in journal.trusted_roles]


def _definition(entry: object) -> Mapping[str, Any] | None:
    """Return the definition in an entry, or None: anybody may have written something else."""
    return entry if isinstance(entry, dict) else None


def last_changes(session: Session, asked: Sequence[LastChanged]) -> Callable[[], Mapping[LastChanged, str | None]]:
    objects = [each.object for each in asked]
    wanted = {
        "schemas": [each.table.schema for each in objects],
        "tables": [each.table.name for each in objects],
        "names": [each.name for each in objects],
        "indexes": [each.is_index for each in objects],
    }
    found = ask(session.connection, _CHANGED, wanted)
    return lambda: {**dict.fromkeys(asked), **{asked[row.number - 1]: row.transaction for row in found()}}
