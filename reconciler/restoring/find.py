"""Finds tables in the archive, and the runs that moved them there."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from reconciler.execution.journal import read_journal
from reconciler.model.errors import Refused, UsageError
from reconciler.model.names import ARCHIVE_SCHEMA, TableName, display
from reconciler.model.plan import JournalAt
from reconciler.model.retired import ArchivedTable
from reconciler.model.rules.runs import NOTHING_MATCHES
from reconciler.postgres.archive import archived_tables
from reconciler.postgres.session import Session

_RUNS = """
    SELECT name, (SELECT metadata ->> 'run_id' FROM {journal}
                   WHERE status = 'completed' AND metadata -> 'step' ->> 'verb' IN ('archive', 'move')
                     AND position(name IN (metadata -> 'sql')::text) > 0
                   ORDER BY sequence DESC LIMIT 1) AS run_id
      FROM unnest(%(names)s::text[]) AS name"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restorable:
    """A table in the archive, and the id of the run that moved it there, empty if the journal does not say it."""

    table: ArchivedTable
    run_id: str = ""

    @property
    def origin(self) -> TableName:
        """Return its original name."""
        return self.table.moved.table


def restorable(session: Session, journal: JournalAt) -> list[Restorable]:
    """Return the tables in the archive, those that were moved last first."""
    tables = list(archived_tables(session).values())
    runs = _runs(session, journal, [one.name for one in tables])
    found = [Restorable(table=one, run_id=runs.get(one.name, "")) for one in tables]
    found.sort(key=lambda one: one.origin)
    return sorted(found, key=lambda one: one.table.at.timestamp() if one.table.at else 0.0, reverse=True)


def _runs(session: Session, journal: JournalAt, names: Sequence[str]) -> dict[str, str]:
    """Return the run of each table; nothing if the journal is missing, or may not be read or trusted."""
    with suppress(Refused, UsageError):
        found = read_journal(session, journal.schema, journal.trusted_roles, _RUNS, {"names": list(names)})
        return {row["name"]: row["run_id"] or "" for row in found}
    return {}


def with_parts(session: Session, table: ArchivedTable) -> list[ArchivedTable]:
    """Return a table, and the tables below it that the same run archived; a parent before its partitions."""
    found, others = [table], sorted(archived_tables(session).values(), key=lambda one: one.name)
    for one in found:  # which grows
        found += [
            part
            for part in others
            if part.at == table.at
            and part not in found
            and any(parent.table == one.moved.table for parent in part.moved.parents)
        ]
    return found


def find_archived(session: Session, name: str) -> ArchivedTable:
    """Return the table in the archive that has this name there, or had it before, with or without its schema.

    Raises `UsageError` if no table, or more than one, has the name.
    """
    tables = archived_tables(session).values()
    named = [one for one in tables if name in (one.name, f"{ARCHIVE_SCHEMA}.{one.name}")]
    named = named or [one for one in tables if name in (".".join(one.moved.table), one.moved.table.name)]
    if len(named) == 1:
        return named[0]
    listed = ", ".join(display(one.name) for one in named)
    found = f"{len(named)} tables in {ARCHIVE_SCHEMA} come from" if named else f"no table in {ARCHIVE_SCHEMA} is"
    hint = f"give one of their names there: {listed}" if named else "`reconcile restore` lists the archived tables"
    raise UsageError(f"{found} {display(name)}", rule=NOTHING_MATCHES, hint=hint)
