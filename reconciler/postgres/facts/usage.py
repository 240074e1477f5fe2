"""What the server counts about the use of tables, and what was recorded before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import psycopg

from reconciler.model.errors import Refused
from reconciler.model.facts.rights import Objection
from reconciler.model.facts.usage import Usage, UsageOf
from reconciler.model.names import ARCHIVE_SCHEMA, USAGE_TABLE, TableName, trusting
from reconciler.model.plan import JournalAt
from reconciler.model.usage import Counts, UsageReading
from reconciler.postgres.facts.journal import journal_writers
from reconciler.postgres.session import Session
from reconciler.postgres.usage import ServerCounters, TableCounters, cluster_of, read_counters
from reconciler.postgres.usage_log import log_name, readable_log, readings_of

NO_SCANS: Mapping[int, Counts] = {}


def usages_of(
    session: Session, asked: Sequence[UsageOf], own: Mapping[int, Counts] = NO_SCANS
) -> Mapping[UsageOf, Usage]:
    """Return the use of these tables. `own` are the tool's own scans since the last reading, by the oids of tables."""
    known: dict[UsageOf, Usage] = {}
    for journal in dict.fromkeys(each.journal for each in asked):
        of_journal = [each for each in asked if each.journal == journal]
        known.update(_of_journal(session, journal, of_journal, own))
    return known


def _of_journal(
    session: Session, journal: JournalAt, asked: Sequence[UsageOf], own: Mapping[int, Counts]
) -> Mapping[UsageOf, Usage]:
    server = read_counters(session, [each.table for each in asked])
    tables = {one.table: one for one in server.tables}
    now = {
        table: Usage(
            readings=(_present(server, one, own.get(one.oid, Counts())),),
            sessions=one.sessions,
            uncounted=server.uncounted,
        )
        for table, one in tables.items()
    }
    alone = {each: now.get(each.table, Usage()) for each in asked}
    try:
        with readable_log(session, journal) as there:
            writers = journal_writers(session, journal, USAGE_TABLE) if there else []
            if writers:
                objection = _objection(journal, writers)
                return {each: replace(one, objection=objection) for each, one in alone.items()}
            return (
                {
                    each: replace(one, readings=(*_recorded(session, each, tables), *one.readings))
                    for each, one in alone.items()
                }
                if there
                else alone
            )
    except Refused as refused:
        objection = Objection(message=refused.message, hint=refused.hint or "")
        return {each: replace(one, objection=objection) for each, one in alone.items()}
    except psycopg.errors.InsufficientPrivilege:
        return {each: replace(one, denied=True) for each, one in alone.items()}


def _recorded(
    session: Session, asked: UsageOf, tables: Mapping[TableName, TableCounters]
) -> Sequence[UsageReading]:
    table = tables.get(asked.table)
    if table is None:
        return ()
    return readings_of(session, asked.journal, table.oid, cluster_of(session), asked.time)


def _present(server: ServerCounters, table: TableCounters, own: Counts) -> UsageReading:
    return UsageReading(
        server=server.server,
        at=server.now,
        counts=table.counts,
        since=server.since,
        own=own,
        standby=server.standby,
        archived=table.table.schema == ARCHIVE_SCHEMA,
    )


def _objection(journal: JournalAt, writers: Sequence[str]) -> Objection:
    return Objection(
        message=f"these roles may write to {log_name(journal.schema)}: {', '.join(writers)}",
        hint=f"revoke INSERT and UPDATE on it from them, or trust them with {trusting(writers)}",
    )
