"""Moves quarantined rows back to their tables in batches. A row that does not fit stays in the quarantine.

Each batch is one transaction, so progress is what the data shows: a run that was killed has moved complete batches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import psycopg

from reconciler.execution.journal import Journal, existing_journal
from reconciler.execution.lock import RunLock, run_lock
from reconciler.execution.pace import Pace, pause_checks
from reconciler.model.clock import Clock
from reconciler.model.errors import ReconcileError, Refused
from reconciler.model.events import INTERRUPTED, RunStatus
from reconciler.model.journal import NO_DEFINITIONS, RUN_STEP
from reconciler.model.limits import ExecutionClass, limits_for
from reconciler.model.plan import JournalAt, ServerInfo
from reconciler.model.private import NOTHING
from reconciler.model.rules.consent import HAZARD_NOT_ACCEPTED
from reconciler.model.rules.data import UNFIT_REPAIR
from reconciler.model.rules.hazards import FIRES_TRIGGERS
from reconciler.model.rules.runs import NOT_APPROVED
from reconciler.model.signals import HeldSignals, is_interrupt
from reconciler.postgres.archive_check import refuse_untrusted_archive
from reconciler.postgres.server_error import server_error
from reconciler.postgres.session import Session, set_limits
from reconciler.restoring.misfits import Misfit
from reconciler.restoring.moves import Moves
from reconciler.restoring.rows import (
    Quarantined,
    QuarantineOptions,
    RestoredRows,
    last_taken_first,
    quarantined_rows,
)
from reconciler.restoring.sent import rejected_returns

_NAME = "restore of quarantined rows"


def bring_back(
    session: Session,
    options: QuarantineOptions,
    *,
    clock: Clock,
    approve: Callable[[Sequence[Quarantined], ServerInfo], bool],
    emit: Callable[[Quarantined, int], None],
) -> list[RestoredRows]:
    """Move all rows that fit back to their tables. `emit` receives the number of rows that have been moved so far.

    Raises `Refused` if the archive or the journal cannot be trusted, another run is active, a trigger would fire that
    was not accepted, or `approve` returns false; and `Diverged` if a table is altered meanwhile.
    """
    with run_lock(session) as lock:
        found = rows_to_bring_back(session, options)
        if not any(one.obstacle is None for one in found):
            return [_immovable(one) for one in found]
        if not approve(found, session.server.info):
            raise Refused("the rows were not to be restored; nothing was changed", rule=NOT_APPROVED)
        return _Run(session=session, lock=lock, options=options, clock=clock, emit=emit).carry_out(found)


def rows_to_bring_back(session: Session, options: QuarantineOptions) -> list[Quarantined]:
    """Return the rows that `bring_back` tries to move, those that were taken last first. Changes nothing.

    Raises `Refused` if the archive cannot be trusted, a trigger would fire that was not accepted, or the server would
    reject the changes because of a publication.
    """
    refuse_untrusted_archive(session, options.trusted_roles)
    found = last_taken_first(quarantined_rows(session, options))
    _refuse_triggers(found, options.allow)
    for one in rejected_returns(session, found, ()):
        raise Refused(one.cause, rule=UNFIT_REPAIR, hint=one.remedy)
    return found


def _refuse_triggers(found: Iterable[Quarantined], allow: frozenset[str]) -> None:
    fired = dict.fromkeys(
        f"{one.home.name}: {text}"
        for one in found
        if one.home is not None and one.obstacle is None
        for text in one.home.reach
    )
    if fired and FIRES_TRIGGERS.id not in allow:
        raise Refused(
            f"{FIRES_TRIGGERS.id}: {'; '.join(fired)}",
            rule=HAZARD_NOT_ACCEPTED,
            hint=f"read the functions; then run the same command again with --allow {FIRES_TRIGGERS.id}",
        )


def _immovable(one: Quarantined) -> RestoredRows:
    reason = one.obstacle or "unknown"
    return RestoredRows(
        candidate=one, moved=0, misfits=(Misfit(reason=reason, count=one.rows.count or 0, keys=NOTHING),)
    )


@dataclass(slots=True, kw_only=True)
class _Run:
    """One run, with one id, whose entries are written to the journal if there is one."""

    session: Session
    lock: RunLock
    options: QuarantineOptions
    clock: Clock
    emit: Callable[[Quarantined, int], None]
    journal: Journal | None = None
    of_run: str | None = None

    def carry_out(self, found: Sequence[Quarantined]) -> list[RestoredRows]:
        policy = self.options.policy
        limits = limits_for(ExecutionClass.BATCHED, lock_timeout=policy.lock_timeout, max_build=policy.max_build)
        set_limits(self.session.connection, limits)
        at = JournalAt(schema=policy.journal_schema, trusted_roles=self.options.trusted_roles)
        self.journal = existing_journal(self.session, at, self.clock.new_id(), _NAME, policy.lock_timeout)
        self.of_run = found[0].rows.run if self.options.run is not None else None
        with HeldSignals() as signals:  # a run with a first entry also gets a last one
            self._write(RUN_STEP, "started")
            try:
                with signals.released():
                    done = self._rounds(found)
            except (ReconcileError, psycopg.Error, KeyboardInterrupt) as failure:
                outcome = RunStatus.INTERRUPTED if is_interrupt(failure) else RunStatus.FAILED
                self._write_end("failed", outcome, error=_reason_of(failure))
                raise
            self._write_end("completed", RunStatus.COMPLETED, error=None)
        return done

    def _rounds(self, found: Sequence[Quarantined]) -> list[RestoredRows]:
        """Try rows again as long as any is moved: they may refer to rows that were restored after them."""
        done = {one: _immovable(one) if one.obstacle is not None else self._restore(one) for one in found}
        moved = done
        while any(one.moved for one in moved.values()):
            again = [one for one in found if any(misfit.may_fit_later for misfit in done[one].misfits)]
            moved = {one: self._restore(one) for one in again}
            done |= {one: replace(last, moved=done[one].moved + last.moved) for one, last in moved.items()}
        return [done[one] for one in found]

    def _write(
        self, step: str, status: str, *, moved: int | None = None, error: str | None = None, **more: object
    ) -> None:
        if self.journal is not None:
            details = {**self._details(status), **more}
            self.journal.write(self.session, step, status, rows_affected=moved, error=error, metadata=details)

    def _write_end(self, status: str, outcome: RunStatus, *, error: str | None) -> None:
        if self.journal is not None:
            sessions, details = (self.session, self.lock.session), self._details(outcome.value)
            self.journal.write_end(sessions, status, error=error, metadata=details)

    def _details(self, outcome: str) -> dict[str, object]:
        return {
            "command": "restore",
            "title": _NAME,
            "outcome": outcome,
            "table": self.options.name,
            "of_run": self.of_run,
            "definitions": NO_DEFINITIONS,
        }

    def _pace(self) -> Pace:
        policy = self.options.policy
        return Pace(
            checks=pause_checks(self.lock.session, policy.max_replica_lag),
            longest=policy.max_lock_wait,
            say=lambda _reason, _elapsed_s: None,
            check=self.lock.check,
            clock=self.clock,
        )

    def _restore(self, one: Quarantined) -> RestoredRows:
        """Go through the quarantine table once, from its beginning to its present end."""
        assert one.home is not None
        moves = Moves(
            session=self.session,
            lock=self.lock,
            options=self.options,
            clock=self.clock,
            emit=self.emit,
            pace=self._pace(),
            candidate=one,
            home=one.home,
        )
        step = f"restore {one.rows.table} to {one.home.name}"
        title = f"move rows from {one.rows.table} back to {one.home.name}"
        self._write(step, "started", title=title)
        try:
            restored = moves.through()
        except (ReconcileError, psycopg.Error, KeyboardInterrupt) as failure:
            with suppress(psycopg.Error, Refused):
                self._write(step, "failed", moved=moves.moved, error=_reason_of(failure), title=title)
            raise
        left = {misfit.reason: misfit.count for misfit in restored.misfits}
        self._write(step, "completed", moved=restored.moved, title=title, left=left)
        return restored


def _reason_of(failure: ReconcileError | psycopg.Error | KeyboardInterrupt) -> str:
    if isinstance(failure, ReconcileError):
        return failure.message
    if isinstance(failure, KeyboardInterrupt) or is_interrupt(failure):
        return INTERRUPTED
    return str(server_error(failure))
