"""Runs a plan from its first to its last entry in the journal, with one id, even if it plans again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg

from reconciler.execution.attempt import NO_PROBE, Probe
from reconciler.execution.executor import Executor
from reconciler.execution.files import TableFiles
from reconciler.execution.finished import record_finished
from reconciler.execution.journal import Journal, open_journal
from reconciler.execution.lock import RunLock
from reconciler.execution.observing import Observer
from reconciler.execution.result import ApplyResult, StepCounts, ended_run
from reconciler.execution.retrying import Retries
from reconciler.execution.returning import ReturnRows, nothing_returns
from reconciler.execution.usage import RunUsage
from reconciler.model.bound import stamp_of
from reconciler.model.clock import Clock
from reconciler.model.content import content_of
from reconciler.model.digest import Digest, hashes_of
from reconciler.model.errors import (
    ConnectionFailed,
    DatabaseError,
    Interrupted,
    PartitionsChanged,
    ReconcileError,
)
from reconciler.model.events import Listener, RunEnded, RunReplanned, RunStarted, RunStatus
from reconciler.model.journal import RUN_STEP, command_of
from reconciler.model.plan import Plan
from reconciler.model.rules.connections import CONNECTION_LOST, QUERY_FAILED
from reconciler.model.rules.runs import INTERRUPTED
from reconciler.model.server_error import ServerError
from reconciler.model.signals import HeldSignals, is_interrupt
from reconciler.model.window import Window
from reconciler.postgres.catalog import CatalogNames
from reconciler.postgres.data_checks import DataChecker
from reconciler.postgres.server_error import server_error
from reconciler.postgres.session import Session

_MAX_PLANS_MORE = 5
"""How many times a run plans again because partitions were added or removed."""

_BETWEEN = "interrupted between two steps"
_AGAIN = "run the same command again: it continues from the current state"

Replan = Callable[[], Plan]


@dataclass(slots=True, kw_only=True)
class RunExecution:
    """Runs an approved plan. `plan` and `journal` are those of the latest plan of the run.

    `approved` is the digest that the operator required, if any; steps begin only in the `window`; `probe` has the
    statements of a rehearsal. `return_rows` brings rows back from the quarantine, and `files` writes and reads dumps.
    """

    plan: Plan
    session: Session
    lock: RunLock
    checker: DataChecker
    emit: Listener
    clock: Clock
    approved: Digest | None = None
    window: Window | None = None
    probe: Probe = NO_PROBE
    return_rows: ReturnRows = nothing_returns
    files: TableFiles | None = None
    id: str = field(init=False)
    stamp: str = field(init=False)
    started: float = field(init=False)
    journal: Journal = field(init=False)
    names: CatalogNames = field(init=False)
    counts: StepCounts = field(default_factory=StepCounts)

    def __post_init__(self) -> None:
        self.id, self.started = self.clock.new_id(), self.clock.monotonic()
        self.stamp = stamp_of(self.clock.now())
        self.names = CatalogNames(self.lock.session)

    def carry_out(self, replan: Replan | None) -> ApplyResult:
        """Run the plan, and return the result. `replan` makes a new plan if partitions were added or removed.

        Raises the error if the run cannot write its first entry in the journal.
        """
        with HeldSignals() as signals:  # a run with a first entry also gets a last one
            self._retries().until_journaled(self._begin)
            self.emit(RunStarted(run_id=self.id, plan=self.plan))
            return self._end(self._outcome(replan, signals))

    def _retries(self) -> Retries:
        """Return the attempts to write while the journal is locked."""
        return Retries(
            step=self.plan.steps[0],
            longest_s=self.plan.max_lock_wait.total_seconds(),
            emit=self.emit,
            check=self.lock.check,
            clock=self.clock,
            since=self.clock.monotonic(),
        )

    def _begin(self) -> None:
        self.journal = open_journal(self.session, self.plan, self.id)
        details = {
            "command": command_of(self.plan),
            "steps": len(self.plan.steps),
            "sources": list(self.plan.sources),
            "changes": [hashes_of(change) for change in content_of(self.plan)["changes"]],
            **({"approved_digest": str(self.approved)} if self.approved else {}),
            **({"undoes": self.plan.undoes} if self.plan.undoes else {}),
            **({"rows_left": self.plan.rows_left} if self.plan.rows_left else {}),
            **({"selected": list(self.plan.tables)} if self.plan.tables else {}),
        }
        self.journal.write(self.session, RUN_STEP, "started", metadata=details)
        record_finished(self.session, self.journal, self.plan.journal)
        self._usage().begin()

    def _usage(self) -> RunUsage:
        return RunUsage(session=self.session, plan=self.plan, own_scans=self.checker.own_scans)

    def _outcome(self, replan: Replan | None, signals: HeldSignals) -> ReconcileError | None:
        """Run the plan; return the error that ended it, or None."""
        try:
            with signals.released():
                self._execute(replan)
        except ReconcileError as error:
            return error
        except KeyboardInterrupt:
            return Interrupted(_BETWEEN, rule=INTERRUPTED)
        except psycopg.Error as error:
            interrupted, explanation = is_interrupt(error), server_error(error)
            return Interrupted(_BETWEEN, rule=INTERRUPTED) if interrupted else self._between_steps(explanation)
        return None

    def _between_steps(self, explanation: ServerError) -> ReconcileError:
        if self.session.connection.closed:
            message = f"the connection was lost between two steps: {explanation}"
            return ConnectionFailed(message, rule=CONNECTION_LOST, hint=_AGAIN, server=explanation)
        return DatabaseError(
            f"between two steps: {explanation}", rule=QUERY_FAILED, hint=_AGAIN, server=explanation
        )

    def _execute(self, replan: Replan | None) -> None:
        for _ in range(_MAX_PLANS_MORE if replan else 0):
            try:
                return self._executor().run()
            except PartitionsChanged as error:
                if replan is None or (plan := replan()).refused:
                    raise
                self._go_on_with(plan, error.message)
        return self._executor().run()

    def _go_on_with(self, plan: Plan, reason: str) -> None:
        """Continue with a new plan. Later entries have the run's id and name, and the digest of the new plan."""
        self.plan, self.journal = plan, self.journal.for_plan(plan)
        if plan.steps:
            details = {
                "title": f"{RUN_STEP}, planned again",
                "steps": len(plan.steps),
                "sources": list(plan.sources),
                "replanned": reason,
            }
            self._retries().until_journaled(
                lambda: self.journal.write(self.session, RUN_STEP, "started", metadata=details)
            )
        self.emit(RunReplanned(run_id=self.id, plan=plan, reason=reason))

    def _executor(self) -> Executor:
        return Executor(
            session=self.session,
            lock=self.lock,
            plan=self.plan,
            journal=self.journal,
            emit=self.emit,
            checker=self.checker,
            counts=self.counts,
            observer=Observer(
                lock=self.lock,
                names=self.names,
                longest=self.plan.max_build,
                emit=self.emit,
                clock=self.clock,
            ),
            stamp=self.stamp,
            clock=self.clock,
            window=self.window,
            probe=self.probe,
            return_rows=self.return_rows,
            files=self.files,
            check_use=self._usage().check,
        )

    def _end(self, error: ReconcileError | None) -> ApplyResult:
        duration_s = self.clock.monotonic() - self.started
        result = ended_run(self.plan, self.id, self.counts, duration_s, error)
        self._usage().end()
        self._write_end(result)
        self.emit(
            RunEnded(
                run_id=self.id,
                status=result.status,
                message=result.message,
                completed=result.completed,
                skipped=result.skipped,
                failed=result.failed,
                duration_s=duration_s,
            )
        )
        return result

    def _write_end(self, result: ApplyResult) -> None:
        details = {
            "outcome": result.status.value,
            "completed": result.completed,
            "skipped": result.skipped,
            "failed": result.failed,
            "duration_s": round(result.duration_s, 3),
        }
        status = "completed" if result.error is None else "failed"
        if self.session.connection.closed and result.status is not RunStatus.INTERRUPTED:
            return
        sessions = (self.session, self.lock.session)
        self.journal.write_end(sessions, status, error=result.message or None, metadata=details)
