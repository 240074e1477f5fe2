"""Deletes old entries of the journal that nothing needs any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from psycopg import sql

from reconciler.execution.journal import Run, read_entries, read_journal, read_runs
from reconciler.execution.lock import run_lock
from reconciler.model.errors import Refused
from reconciler.model.limits import milliseconds
from reconciler.model.listening import unheard
from reconciler.model.names import JOURNAL_TABLE
from reconciler.model.options import DEFAULTS, Options
from reconciler.model.plan import JournalAt
from reconciler.model.rules.consent import MISSING_PRIVILEGE
from reconciler.model.state import DesiredState
from reconciler.postgres.journal_check import guard_statements
from reconciler.postgres.session import Session, connect, set_local
from reconciler.postgres.usage_log import trim_readings
from reconciler.restoring.dumped import dumped_tables, returned_dumps
from reconciler.restoring.find import archiving_runs
from reconciler.restoring.quarantined import find_quarantined
from reconciler.restoring.undo import Undoing

ARCHIVED = "archived a table that is still in the archive"
DUMPED = "dumped a table"
RESTORED = "restored a table whose dump the journal still has"
QUARANTINED = "put rows into the quarantine that are still there"
UNFINISHED = "has an unfinished step"
UNDOABLE = "can still be undone"
UNDONE = "was undone by a run that is kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trimmed:
    """The result of a trim: how many entries were deleted, of how many runs; and the number of old runs that were kept,
    by the reason. `readings` are those of the use of tables that were deleted."""

    entries: int
    runs: int
    kept: Mapping[str, int]
    readings: int = 0


def trim(base: DesiredState, url: str | None, older_than: timedelta, *, options: Options = DEFAULTS) -> Trimmed:
    """Delete the entries that are older, except for those of runs that are still needed. `base` has the policy.

    Raises `Refused` if the journal cannot be trusted, if it cannot be known which runs are needed, or if another run is
    active, and `UsageError` for an unknown schema.
    """
    with connect(url, options.trusted_roles) as session, run_lock(session):
        return _Trim(session=session, base=base, options=options).carry_out(older_than)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trim:
    session: Session
    base: DesiredState
    options: Options

    @property
    def _at(self) -> JournalAt:
        return JournalAt(schema=self.base.policy.journal_schema, trusted_roles=self.options.trusted_roles)

    def carry_out(self, older_than: timedelta) -> Trimmed:
        before = self.session.server.now - older_than
        known = read_runs(self.session, self._at.schema, self._at.trusted_roles)
        old = [run for run in known if (run.ended_at or run.started_at) < before]
        reasons = self._reasons(old)
        kept: dict[str, int] = {}
        for reason in reasons.values():
            kept[reason] = kept.get(reason, 0) + 1
        going = [run.run_id for run in old if run.run_id not in reasons]
        young = [run.run_id for run in known if run not in old]
        entries = self._delete(older_than, [*young, *reasons])
        with self.session.connection.transaction():
            set_local(self.session.connection, {"lock_timeout": milliseconds(self.base.policy.lock_timeout)})
            readings = trim_readings(self.session, self._at, older_than)
        return Trimmed(entries=entries, runs=len(going), kept=kept, readings=readings)

    def _reasons(self, old: Sequence[Run]) -> Mapping[str, str]:
        """Return the runs that are still needed, each with the reason."""
        if not old:
            return {}
        archived = archiving_runs(self.session, self._at)
        dumped = {one.run_id for one in dumped_tables(self.session, self._at)}
        quarantined = set(self._quarantined())
        unfinished = {row["run_id"] for row in self._rows(_UNFINISHED)}
        found = {}
        for run in old:
            if run.run_id in archived:
                found[run.run_id] = ARCHIVED
            elif run.run_id in dumped:
                found[run.run_id] = DUMPED
            elif run.run_id in quarantined:
                found[run.run_id] = QUARANTINED
            elif run.run_id in unfinished or run.ended_at is None:
                found[run.run_id] = UNFINISHED
            elif self._can_be_undone(run.run_id):
                found[run.run_id] = UNDOABLE
        deleted = {run.run_id for run in old} - found.keys()
        # An undo of an undo needs the policies and entries of the run that was undone.
        for row in self._rows(_UNDOS):
            if row["undoes"] in deleted and row["run_id"] not in deleted:
                found[str(row["undoes"])] = UNDONE
                deleted.remove(row["undoes"])
        for dump, restored in returned_dumps(self.session, self._at):
            if restored in deleted and dump not in deleted:
                found[restored] = RESTORED
                deleted.remove(restored)
        return found

    def _quarantined(self) -> Iterator[str]:
        for one in find_quarantined(self.session):
            if one.count is None:
                raise Refused(
                    f"the role may not read the quarantine table {one.table}, so its runs are unknown",
                    rule=MISSING_PRIVILEGE,
                    hint=f"connect as its owner, or let the owner run: GRANT SELECT ON {one.table} TO the role",
                )
            yield from one.runs

    def _can_be_undone(self, run: str) -> bool:
        undoing = Undoing(session=self.session, base=self.base, options=self.options, emit=unheard)
        return undoing.is_left(read_entries(self.session, self._at.schema, run, self._at.trusted_roles))

    def _rows(self, query: str) -> Sequence[Mapping[str, object]]:
        return read_journal(self.session, self._at.schema, self._at.trusted_roles, query, {})

    def _delete(self, older_than: timedelta, keep: Sequence[str]) -> int:
        """Delete the old entries of all runs but those, and of scripts; return how many."""
        table = sql.Identifier(self._at.schema, JOURNAL_TABLE)
        with self.session.connection.transaction():
            set_local(self.session.connection, {"lock_timeout": milliseconds(self.base.policy.lock_timeout)})
            for statement in guard_statements(self._at):
                self.session.connection.execute(statement.encode())
            deleted = self.session.connection.execute(
                sql.SQL(_DELETE).format(journal=table), {"age": older_than, "keep": list(keep)}
            ).rowcount
            if deleted:
                details = {"age": str(older_than), "deleted": deleted}
                self.session.connection.execute(sql.SQL(_ENTRY).format(journal=table), details)
        return deleted


# Steps whose last entry does not say that they were completed or left out.
_UNFINISHED = """
    SELECT DISTINCT run_id
      FROM (SELECT DISTINCT ON (step_name) metadata ->> 'run_id' AS run_id, status
              FROM {journal}
             WHERE step_name <> 'run' AND metadata ? 'run_id'
             ORDER BY step_name, sequence DESC) AS latest
     WHERE status IN ('started', 'failed')"""

# Of a chain of undos, the last one comes first.
_UNDOS = """
    SELECT metadata ->> 'run_id' AS run_id, metadata ->> 'undoes' AS undoes
      FROM {journal}
     WHERE step_name = 'run' AND metadata ? 'undoes'
     ORDER BY sequence DESC"""

_DELETE = """
    DELETE FROM ONLY {journal}
     WHERE executed_at < pg_catalog.now() - %(age)s
       AND (metadata ->> 'run_id' IS NULL OR metadata ->> 'run_id' <> ALL (%(keep)s::text[]))"""

_ENTRY = """
    INSERT INTO {journal} (migration_name, step_name, status, rows_affected, metadata)
    VALUES ('reconcile', 'trim', 'completed', %(deleted)s,
            pg_catalog.jsonb_build_object('older_than', %(age)s::text, 'user', current_user))"""
