"""The result of an apply."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.errors import Diverged, Interrupted, ReconcileError, Refused
from reconciler.model.events import RunStatus
from reconciler.model.plan import Plan


@dataclass(slots=True, kw_only=True)
class StepCounts:
    """The number of steps that a run has completed, skipped and failed so far."""

    completed: int = 0
    skipped: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyResult:
    """The result of an apply.

    `plan` is the last plan of the run; if it is refused, `status` is `refused`. `run_id` is empty if no step ran: the
    database was in sync, or the plan was refused. `message` and `error` say why a run did not complete. `loaded` is the
    result of the run before it that loaded the table from its dump, if there was one.
    """

    plan: Plan
    status: RunStatus
    message: str = ""
    completed: int = 0
    failed: int = 0
    skipped: int = 0
    duration_s: float = 0.0
    run_id: str = ""
    error: ReconcileError | None = None
    loaded: ApplyResult | None = None


def refused_plan(plan: Plan) -> ApplyResult:
    """Return the result of a refused plan: no step ran."""
    count = len(plan.refusals)
    message = f"the plan is refused for {count} reason{'' if count == 1 else 's'}; nothing was changed"
    return ApplyResult(plan=plan, status=RunStatus.REFUSED, message=message)


def ended_run(
    plan: Plan, run_id: str, counts: StepCounts, duration_s: float, error: ReconcileError | None
) -> ApplyResult:
    """Return the result of a run that ended, with its error, if any."""
    return ApplyResult(
        plan=plan,
        status=_status(error),
        message=str(error) if error else "",
        completed=counts.completed,
        failed=counts.failed,
        skipped=counts.skipped,
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
        case Diverged():
            return RunStatus.DIVERGED
        case Refused():
            return RunStatus.REFUSED
        case _:
            return RunStatus.FAILED
