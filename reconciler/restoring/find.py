"""Finds tables in the archive, and the runs that moved them there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from reconciler.execution.journal import read_journal, read_runs
from reconciler.model.errors import Refused, UsageError
from reconciler.model.names import ARCHIVE_SCHEMA, TableName, display, quoted
from reconciler.model.plan import JournalAt
from reconciler.model.retired import ArchivedTable
from reconciler.model.rules.runs import NOTHING_MATCHES
from reconciler.model.usage import Counts
from reconciler.planning.refusals import suggestion
from reconciler.postgres.archive import archived_tables
from reconciler.postgres.session import Session, rows


def in_archive(name: str) -> str:
    """Return an SQL expression for a table in the archive as the statements of steps name it. `name` is an expression
    for its name."""
    return f"""concat('{quoted(ARCHIVE_SCHEMA)}."', replace({name}, '"', '""'), '"')"""


# Each step that moves a table there writes the comment of the table.
_RUNS = f"""
    SELECT name, (SELECT metadata ->> 'run_id' FROM {{journal}}
                   WHERE status = 'completed' AND metadata -> 'step' ->> 'verb' IN ('archive', 'move')
                     AND EXISTS (SELECT FROM jsonb_array_elements_text(metadata -> 'sql') AS statement
                                  WHERE starts_with(statement, concat('COMMENT ON TABLE ', its.table, ' IS ')))
                   ORDER BY sequence DESC LIMIT 1) AS run_id
      FROM unnest(%(names)s::text[]) AS name
     CROSS JOIN LATERAL (SELECT {in_archive("name")} AS table) AS its"""

_NAMES = """
    SELECT t.relname::text AS name FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname = %(schema)s AND t.relkind IN ('r', 'p')"""

_TREE = """
    WITH RECURSIVE tree AS (
      SELECT t.oid FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
       WHERE %(name)s::text IN (t.relname, concat(n.nspname, '.', t.relname)) AND t.relkind IN ('r', 'p')
       UNION
      SELECT h.inhrelid FROM tree JOIN pg_inherits h ON h.inhparent = tree.oid)
    SELECT n.nspname::text AS schema, t.relname::text AS name
      FROM tree JOIN pg_class t USING (oid) JOIN pg_namespace n ON n.oid = t.relnamespace"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restorable:
    """A table in the archive, and the id of the run that moved it there, empty if the journal does not say it.

    `used` is how others have used it since `used_since`; None if that was not recorded."""

    table: ArchivedTable
    run_id: str = ""
    used: Counts | None = None
    used_since: datetime | None = None

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


def archiving_runs(session: Session, journal: JournalAt) -> frozenset[str]:
    """Return the runs that moved tables which are in the archive, even if somebody has changed their comments."""
    return frozenset(_runs(session, journal, _names(session)).values())


def _names(session: Session) -> list[str]:
    return [row["name"] for row in rows(session.connection, _NAMES, {"schema": ARCHIVE_SCHEMA})]


def with_parts(session: Session, name: str, journal: JournalAt) -> list[ArchivedTable]:
    """Return the table that `find_archived` finds, and its descendants that were archived with it: by the same
    run, or by an earlier one that was interrupted. A parent comes before its partitions.

    If only an existing table has this name, return its archived descendants that were archived last: a restore
    that was interrupted may have left them. Raises what `find_archived` raises.
    """
    tables = sorted(archived_tables(session).values(), key=lambda one: one.name)
    interrupted = interrupted_moves(session, journal, [one.name for one in tables])
    left = [] if _named(tables, name) else _below(session, name, tables)
    last = max((one.at for one in left if one.at is not None), default=None)
    found = [one for one in left if one.at == last or one.name in interrupted] or [find_archived(session, name)]
    for one in found:  # which grows
        found += [
            part
            for part in tables
            if part not in found
            and any(parent.table == one.moved.table for parent in part.moved.parents)
            and (part.at == one.at or (part.name in interrupted and _is_next(one, part, tables)))
        ]
    return found


def _below(session: Session, name: str, tables: Iterable[ArchivedTable]) -> list[ArchivedTable]:
    """Return the archived tables that come back below an existing table of this name, with or without its schema."""
    found = {TableName(**row) for row in rows(session.connection, _TREE, {"name": name})}
    return [one for one in tables if any(parent.table in found for parent in one.moved.parents)]


def _is_next(table: ArchivedTable, part: ArchivedTable, tables: Iterable[ArchivedTable]) -> bool:
    """Whether the table is the first one with its original name that was archived after the part."""
    later = [
        one.at
        for one in tables
        if one.moved.table == table.moved.table and one.at is not None and part.at is not None and part.at < one.at
    ]
    return bool(later) and min(later) == table.at


def interrupted_moves(session: Session, journal: JournalAt, names: Sequence[str]) -> frozenset[str]:
    """Return those of the tables whose runs did not complete."""
    runs = _runs(session, journal, names)
    if not runs:
        return frozenset()
    found = read_runs(session, journal.schema, journal.trusted_roles)
    ended = {one.run_id for one in found if one.status == "completed"}
    return frozenset(name for name, run in runs.items() if run and run not in ended)


_LISTS = "`reconcile restore` lists the archived tables"


def find_archived(session: Session, name: str) -> ArchivedTable:
    """Return the table in the archive that has this name there, or had it before, with or without its schema.

    Raises `UsageError` if no table, or more than one, has the name.
    """
    tables = list(archived_tables(session).values())
    named = _named(tables, name)
    if len(named) == 1:
        return named[0]
    own = name.removeprefix(f"{ARCHIVE_SCHEMA}.")
    if not named and own in _names(session):
        raise UsageError(
            f"the comment of {TableName(schema=ARCHIVE_SCHEMA, name=own)} does not say where the table comes from",
            rule=NOTHING_MATCHES,
            hint="if a run moved it there, `reconcile history RUN --format json` shows its COMMENT statements: run the "
            "last one again",
        )
    listed = ", ".join(display(one.name) for one in named)
    found = (
        f"{len(named)} tables in {ARCHIVE_SCHEMA} come from" if named else f"no table in {ARCHIVE_SCHEMA} is named"
    )
    known = [one.moved.table.name for one in tables]
    hint = f"give one of their names there: {listed}" if named else _LISTS + suggestion(name, known)
    raise UsageError(f"{found} {display(name)}", rule=NOTHING_MATCHES, hint=hint)


def is_archived(session: Session, name: str) -> bool:
    """Whether a table in the archive has this name there, or had it before."""
    return bool(_named(archived_tables(session).values(), name))


def _named(tables: Iterable[ArchivedTable], name: str) -> list[ArchivedTable]:
    tables = list(tables)
    named = [one for one in tables if name in (one.name, f"{ARCHIVE_SCHEMA}.{one.name}")]
    return named or [one for one in tables if _is_called(one.moved.table, name)]


def _is_called(table: TableName, name: str) -> bool:
    """Whether this is the name of the table, with or without its schema."""
    return name in (".".join(table), table.name)
