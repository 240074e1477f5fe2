"""Finds the tables that are only in dumps: the journal says which, and with what proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reconciler.execution.journal import read_journal
from reconciler.kinds.dropped_table.origin import Origin, read
from reconciler.model.dumped import Dump, dump_in
from reconciler.model.errors import Refused, UsageError
from reconciler.model.names import ARCHIVE_SCHEMA, TableName, display
from reconciler.model.plan import JournalAt
from reconciler.model.retired import ArchivedTable
from reconciler.model.rules.runs import NOTHING_MATCHES
from reconciler.model.rules.undoing import JOURNAL_OPEN
from reconciler.postgres.archive import archived_tables, time_in
from reconciler.postgres.facts.journal import journal_writers
from reconciler.postgres.session import Session
from reconciler.restoring.find import in_archive, interrupted_moves

# The dumps of tables in the archive, and the later statements by which these tables were dropped there or left the
# archive. Other statements may have the name as a part of another one, or in a comment.
_ENTRIES = f"""
    WITH entries AS (
      SELECT sequence, executed_at, metadata, metadata ->> 'run_id' AS run_id, metadata -> 'step' ->> 'verb' AS verb
        FROM {{journal}}
       WHERE status = 'completed' AND metadata -> 'step' ->> 'verb' IN ('dump', 'drop', 'restore')),
    dumps AS (
      SELECT entries.*, metadata ->> 'archived' AS name, {in_archive("metadata ->> 'archived'")} AS archived
        FROM entries WHERE verb = 'dump' AND metadata ? 'dump'),
    statements AS (
      SELECT sequence, run_id, verb, statement
        FROM entries, jsonb_array_elements_text(metadata -> 'sql') AS statement WHERE verb <> 'dump'),
    later AS (
      SELECT d.sequence AS dump, s.sequence, s.verb, s.run_id
        FROM dumps d JOIN statements s ON s.sequence > d.sequence
         AND (s.statement = concat('DROP TABLE ', d.archived)
              OR starts_with(s.statement, concat('ALTER TABLE ', d.archived, ' SET SCHEMA '))))"""

# The last dump of each table that a later step of a run dropped, unless the table has left the archive since, which it
# can only do after it was loaded.
_DUMPED = f"""{_ENTRIES}
    SELECT DISTINCT ON (d.name) d.name, d.metadata -> 'dump' AS dump, d.metadata ->> 'origin' AS origin, d.run_id,
           d.executed_at
      FROM dumps d
     WHERE (SELECT l.verb FROM later l WHERE l.dump = d.sequence ORDER BY l.sequence DESC LIMIT 1) = 'drop'
     ORDER BY 1, d.sequence DESC"""

_RETURNED = f"""{_ENTRIES}
    SELECT DISTINCT d.run_id AS dumped, l.run_id AS restored
      FROM dumps d JOIN later l ON l.dump = d.sequence AND l.verb = 'restore'"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpedTable:
    """A table that was dumped and dropped. `name` is the one that it had in the archive, `comment` its comment there,
    and `origin` what that says. `dumped_at` is the time of the dump, and `run_id` the run that made it."""

    name: str
    comment: str
    origin: Origin
    dump: Dump
    dumped_at: datetime
    run_id: str

    @property
    def at(self) -> datetime | None:
        """Return the time of the run that moved the table to the archive."""
        return time_in(self.name)


def dumped_tables(session: Session, journal: JournalAt) -> list[DumpedTable]:
    """Return the tables that are only in dumps, those that were dumped last first; none if there is no journal.

    Raises `Refused` if the journal cannot be trusted, or may not be read.
    """
    there = {one.name for one in archived_tables(session).values()}
    return [one for one in _of_journal(session, journal) if one.name not in there]


def _of_journal(session: Session, journal: JournalAt) -> list[DumpedTable]:
    found = []
    for row in read_journal(session, journal.schema, journal.trusted_roles, _DUMPED, {}):
        dump, origin = dump_in(row["dump"]), read(row["origin"] or "")
        if dump is not None and origin is not None:
            found.append(
                DumpedTable(
                    name=row["name"],
                    comment=row["origin"],
                    origin=origin,
                    dump=dump,
                    dumped_at=row["executed_at"],
                    run_id=row["run_id"] or "",
                )
            )
    return sorted(found, key=lambda one: one.dumped_at, reverse=True)


def still_in_dumps(session: Session, journal: JournalAt) -> set[tuple[str, TableName]]:
    """Return the runs that dumped tables which have not come back since, each with the original name of the table."""
    return {(one.run_id, one.origin.table) for one in _of_journal(session, journal)}


def half_loaded(session: Session, journal: JournalAt) -> frozenset[str]:
    """Return the names of the tables in the archive that a run has loaded from their dumps, but not compared yet."""
    archived = archived_tables(session).values()
    unfinished = {one.name for one in archived if one.unfinished}
    return frozenset(one.name for one in _of_journal(session, journal) if one.name in unfinished)


def returned_dumps(session: Session, journal: JournalAt) -> list[tuple[str, str]]:
    """Return each run that dumped a table, with each run by which such a table has left the archive since."""
    found = read_journal(session, journal.schema, journal.trusted_roles, _RETURNED, {})
    return [(row["dumped"], row["restored"]) for row in found]


def tables_to_load(session: Session, journal: JournalAt, name: str) -> list[DumpedTable]:
    """Return the table with this name, if it is only in a dump or was not loaded as a whole, and the dumped tables
    that were below it; nothing if it is in the archive.

    Raises `UsageError` if several tables have the name, and `Refused` if other roles may have written the journal.
    """
    archived = {one.name: one for one in archived_tables(session).values()}
    dumped = {one.name: one for one in _of_journal(session, journal)}
    found = _named(name, archived, dumped)
    if found is None:
        return []
    table, at = found
    loading = [one for one in (dumped.get(table),) if one is not None and _is_missing(one, archived)]
    interrupted = interrupted_moves(session, journal, list(dumped))
    waiting = [dumped[table].origin.table if table in dumped else archived[table].moved.table]
    for parent in waiting:  # which grows
        for one in sorted(dumped.values(), key=lambda each: each.name):
            together = one.at == at or one.name in interrupted
            below = together and any(each.table == parent for each in one.origin.parents)
            if below and one not in loading and _is_missing(one, archived):
                loading.append(one)
                waiting.append(one.origin.table)
    if loading:
        _refuse_open_journal(session, journal)
    return loading


def _is_missing(one: DumpedTable, archived: dict[str, ArchivedTable]) -> bool:
    """Whether the table is not in the archive, or a killed run has loaded it without what its dump does not hold."""
    return one.name not in archived or archived[one.name].unfinished


def _named(
    name: str, archived: dict[str, ArchivedTable], dumped: dict[str, DumpedTable]
) -> tuple[str, datetime | None] | None:
    """Return the name in the archive, and the time of its run, of the table with this name; None if only the archive
    can have it."""
    known = {one.name: (one.moved.table, one.at) for one in archived.values()}
    known |= {one.name: (one.origin.table, one.at) for one in dumped.values()}
    exact = [one for one in known if name in (one, f"{ARCHIVE_SCHEMA}.{one}")]
    found = exact or [one for one, (table, _) in known.items() if name in (".".join(table), table.name)]
    if len(found) > 1 and any(one in dumped for one in found):
        raise UsageError(
            f"{len(found)} tables in {ARCHIVE_SCHEMA} and in dumps come from {display(name)}",
            rule=NOTHING_MATCHES,
            hint=f"give one of their names there: {', '.join(map(display, found))}",
        )
    return (found[0], known[found[0]][1]) if len(found) == 1 else None


def _refuse_open_journal(session: Session, journal: JournalAt) -> None:
    writers = journal_writers(session, journal)
    if writers:
        raise Refused(
            f"the journal does not prove what was dumped: {', '.join(map(display, writers))} may write to it",
            rule=JOURNAL_OPEN,
            hint=JOURNAL_OPEN.remedy,
        )
