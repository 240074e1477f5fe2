"""Applying: lock, plan, ask, carry out, tell."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

from reconciler.execution.executor import Executor, Tally
from reconciler.execution.expected import expected_plan, refuse_elsewhere, refuse_unexpected
from reconciler.execution.finished import finished_steps, record_finished, record_run
from reconciler.execution.journal import Journal, open_journal
from reconciler.execution.lock import RunLock, run_lock
from reconciler.execution.retrying import Retries
from reconciler.model.errors import ConnectionFailed, DatabaseError, Interrupted, ReconcileError, Refused
from reconciler.model.events import Listener, RunEnded, RunStarted, RunStatus, fan_out
from reconciler.model.journal import RUN_STEP
from reconciler.model.options import DEFAULTS, Options
from reconciler.model.plan import Plan
from reconciler.model.rules.connections import CONNECTION_LOST, QUERY_FAILED
from reconciler.model.rules.runs import INTERRUPTED, NOT_APPROVED, PARTITIONS_CHANGED, READ_ONLY
from reconciler.model.signals import HeldSignals, follows_interrupt
from reconciler.model.state import DesiredState
from reconciler.planning.data_checks import approved_looker, check_what_was_left_out
from reconciler.planning.plan import make_plan
from reconciler.postgres.catalog import CatalogNames
from reconciler.postgres.server_error import server_error
from reconciler.postgres.session import Session, connect

_MAX_PLANS_MORE = 5
"""How often a run plans again because partitions came or went meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyResult:
    """How an apply ended. `run_id` is empty if nothing ran; `message` is empty unless it failed."""

    plan: Plan
    status: RunStatus
    message: str
    completed: int
    failed: int
    skipped: int
    duration_s: float
    run_id: str
    error: ReconcileError | None = None


def apply(
    desired: DesiredState,
    url: str | None,
    *,
    approve: Callable[[Plan], bool],
    listeners: Sequence[Listener] = (),
    options: Options = DEFAULTS,
    expected: Mapping[str, Any] | None = None,
) -> ApplyResult:
    """Make the database as desired, and tell how it went.

    `approve` is asked once, for a plan that is not refused and has steps. `expected` is a plan written earlier as
    JSON: on another server, in another database or as another role, and for any step that it does not hold, the run
    is refused. Raises `Refused` if the plan is declined or unexpected, or another run is at work, and `UsageError` if
    `expected` is no plan.
    """
    limit = None if expected is None else expected_plan(expected)
    with connect(url) as session, run_lock(session) as lock:
        if limit is not None:
            refuse_elsewhere(session.server.info, limit)
            options = limit.narrowed(options)
        emit = fan_out(listeners)
        planned = partial(make_plan, session, desired, options, emit=emit, applying=True)
        plan = planned()
        if limit is not None:
            refuse_unexpected(plan, limit)
        if plan.in_sync:
            _record_finished(session, plan)
        if plan.refused or plan.in_sync:
            return _result(plan, "", Tally(), 0.0, None)
        if not session.server.writable:
            raise Refused(
                "the server takes no changes: it is a standby, or its transactions are read-only",
                rule=READ_ONLY,
                hint="apply on the primary, and look at default_transaction_read_only of the role and the database",
            )
        if not approve(plan):
            raise Refused("the plan was not approved; nothing was changed", rule=NOT_APPROVED)
        check_what_was_left_out(session, plan, options, emit)
        run = _Run(id=str(uuid.uuid4()), plan=plan, session=session, emit=emit, started=time.monotonic())
        with HeldSignals() as signals:  # from its first entry on, a run has a last one
            executor = Executor(
                session=session,
                lock=lock,
                plan=plan,
                journal=run.begin(lock),
                emit=run.emit,
                looker=approved_looker(options),
                tally=run.tally,
                names=CatalogNames(lock.session),
            )
            again = planned if expected is None else None
            return run.end(executor, _outcome(executor, run.id, again, signals))


def _record_finished(session: Session, plan: Plan) -> None:
    """Journal builds that ended without their client. A role that may only read has nothing to do here, and
    another run does it while the journal is locked."""
    with suppress(Refused, psycopg.errors.InsufficientPrivilege, psycopg.errors.LockNotAvailable):
        if session.server.writable and finished_steps(session, plan.journal):
            record_run(session, open_journal(session, plan, str(uuid.uuid4())), plan.journal)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """A run from its first to its last entry in the journal."""

    id: str
    plan: Plan
    session: Session
    emit: Listener
    started: float
    tally: Tally = field(default_factory=Tally)

    def begin(self, lock: RunLock) -> Journal:
        """Write the first entry; while the journal is locked, try again."""
        retries = Retries(
            step=self.plan.steps[0],
            longest_s=self.plan.max_lock_wait.total_seconds(),
            emit=self.emit,
            check=lock.check,
        )
        journal = retries.until_journaled(self._open)
        self.emit(RunStarted(run_id=self.id, plan=self.plan))
        return journal

    def _open(self) -> Journal:
        journal = open_journal(self.session, self.plan, self.id)
        told = {"steps": len(self.plan.steps), "sources": list(self.plan.sources)}
        journal.write(self.session, RUN_STEP, "started", metadata=told)
        record_finished(self.session, journal, self.plan.journal)
        return journal

    def end(self, executor: Executor, error: ReconcileError | None) -> ApplyResult:
        result = _result(self.plan, self.id, self.tally, time.monotonic() - self.started, error)
        _end(executor, result)
        self.emit(
            RunEnded(
                run_id=self.id,
                status=result.status,
                message=result.message,
                completed=result.completed,
                skipped=result.skipped,
                failed=result.failed,
                duration_s=result.duration_s,
            )
        )
        return result


_BETWEEN = "interrupted between two steps"


def _outcome(
    executor: Executor, run_id: str, again: Callable[[], Plan] | None, signals: HeldSignals
) -> ReconcileError | None:
    """Carry out the plan; the error that ended it, if one did."""
    try:
        with signals.released():
            _carry_out(executor, run_id, again)
    except ReconcileError as error:
        return error
    except KeyboardInterrupt:
        return Interrupted(_BETWEEN, rule=INTERRUPTED)
    except psycopg.Error as error:
        if follows_interrupt(error):
            return Interrupted(_BETWEEN, rule=INTERRUPTED)
        hint = "run the same command again: it goes on from what is there"
        said = server_error(error)
        if executor.session.connection.closed:
            message = f"the connection was lost between two steps: {said}"
            return ConnectionFailed(message, rule=CONNECTION_LOST, hint=hint, server=said)
        return DatabaseError(f"between two steps: {said}", rule=QUERY_FAILED, hint=hint, server=said)
    return None


def _carry_out(executor: Executor, run_id: str, again: Callable[[], Plan] | None) -> None:
    """Run the plan; `again` makes a new one where partitions came or went meanwhile."""
    for _ in range(_MAX_PLANS_MORE if again else 0):
        try:
            return executor.run()
        except ReconcileError as error:
            if error.rule != PARTITIONS_CHANGED or again is None:
                raise
            plan = again()
            if plan.refused:
                raise
        executor.emit(RunStarted(run_id=run_id, plan=plan))
        executor = replace(executor, plan=plan)
    return executor.run()


def _result(plan: Plan, run_id: str, tally: Tally, duration_s: float, error: ReconcileError | None) -> ApplyResult:
    return ApplyResult(
        plan=plan,
        status=_status(error),
        message=str(error) if error else "",
        completed=tally.completed,
        failed=tally.failed,
        skipped=tally.skipped,
        duration_s=duration_s,
        run_id=run_id,
        error=error,
    )


def _status(error: ReconcileError | None) -> RunStatus:
    match error:
        case None:
            return RunStatus.COMPLETED
        case Interrupted():
            return RunStatus.INTERRUPTED
        case Refused():
            return RunStatus.DIVERGED
        case _:
            return RunStatus.FAILED


def _end(executor: Executor, result: ApplyResult) -> None:
    """Write the run's last entry; on the lock's connection if a signal stopped the run's own amid a statement."""
    told = {
        "outcome": result.status.value,
        "completed": result.completed,
        "skipped": result.skipped,
        "failed": result.failed,
        "duration_s": round(result.duration_s, 3),
    }
    status = "completed" if result.error is None else "failed"
    for session in (executor.session, executor.lock.session):
        if executor.session.connection.closed:
            return
        if session.connection.info.transaction_status is not TransactionStatus.IDLE:
            continue
        with suppress(psycopg.Error, Refused):
            executor.journal.write(session, RUN_STEP, status, error=result.message or None, metadata=told)
            return
