"""Applies a desired state for a rehearsal: the executor is that of `apply`, and its locks are recorded."""

from __future__ import annotations

from collections.abc import Mapping

from reconciler.execution.lock import run_lock
from reconciler.execution.result import ApplyResult
from reconciler.execution.run import RunExecution
from reconciler.model.clock import Clock
from reconciler.model.events import Listener
from reconciler.model.listening import fan_out
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.step import Step
from reconciler.model.step_id import StepId
from reconciler.postgres.data_checks import approved_checker
from reconciler.postgres.session import Session
from reconciler.rehearsal.locks import PROBE, LockRecorder, recording_locks


def apply_recorded(
    session: Session,
    plan: Plan,
    options: Options,
    *,
    clock: Clock,
    claimed: Mapping[StepId, Step],
    listeners: tuple[Listener, ...] = (),
) -> tuple[ApplyResult, LockRecorder]:
    """Apply a plan that was made on this session, which must have steps; return the result, and the recorder of its
    locks. `claimed` are the steps whose claims count in place of the plan's own."""
    with run_lock(session) as lock, recording_locks(session, claimed) as recorder:
        run = RunExecution(
            plan=plan,
            session=session,
            lock=lock,
            checker=approved_checker(options),
            emit=fan_out((*listeners, recorder)),
            clock=clock,
            probe=PROBE,
        )
        return run.carry_out(None), recorder
