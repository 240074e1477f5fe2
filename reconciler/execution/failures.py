"""How a failed step becomes an error that says what happened and what to do next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import psycopg

from reconciler.execution.retrying import NOT_NOW
from reconciler.execution.watch import Watched
from reconciler.model.errors import (
    CheckFailed,
    ConnectionFailed,
    Diverged,
    Interrupted,
    PartitionsChanged,
    ReconcileError,
    StepFailed,
)
from reconciler.model.plan import ExecutionClass, Finding, Guard, Route, Step
from reconciler.model.rules.connections import CONNECTION_LOST
from reconciler.model.rules.dependencies import DIVERGED
from reconciler.model.rules.runs import INTERRUPTED, NO_PROGRESS, PARTITIONS_CHANGED, STEP_FAILED
from reconciler.model.server_error import ServerError
from reconciler.postgres.server_error import server_error

NOTHING_BUILT = "nothing: the build failed before it created an index"
INVALID_INDEX = "an invalid index of this name, which the next run removes and builds again"

GAVE_WAY = "it gave way to a session that it waits for and that began to wait for it"


def explained(error: psycopg.Error, watched: Watched, *, took_s: float, max_build: timedelta) -> ServerError:
    """The error that ended a step, with what is known of its cause: who held the lock, or which limit was exceeded.

    `took_s` is the time since the latest statement of a concurrent step was sent.
    """
    said = server_error(error)
    if isinstance(error, psycopg.errors.QueryCanceled):
        if watched.cancelled:
            said = replace(said, text=GAVE_WAY)
        elif watched.step.execution is ExecutionClass.CONCURRENT and took_s >= max_build.total_seconds():
            return replace(said, text=f"it took longer than policy.max_build ({_in_units(max_build)})")
    if watched.blockers and (watched.cancelled or isinstance(error, NOT_NOW)):
        return replace(said, text=f"{said.text}: last blocked by {watched.blockers}")
    return said


def _in_units(limit: timedelta) -> str:
    """A duration as a file may say it."""
    whole = limit // timedelta(milliseconds=1)
    sizes = (("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1))
    return next(f"{whole // size}{unit}" for unit, size in sizes if whole % size == 0)


def failure_of(step: Step, error: ServerError | None, *, lost: bool, leaves: str) -> ReconcileError:
    """The error that ends the run. None: it was interrupted. `lost`: the connection is gone, and with it the answer.

    `leaves` is what the step left behind.
    """
    hint = f"left behind: {leaves}. Run the same command again: it continues from the current state"
    if error is None:
        return Interrupted(f"interrupted during `{step.title}`", rule=INTERRUPTED, hint=hint)
    if lost:
        return ConnectionFailed(f"the connection was lost during `{step.title}`", rule=CONNECTION_LOST, hint=hint)
    return StepFailed(f"`{step.title}` failed: {error}", rule=STEP_FAILED, hint=hint, server=error)


def diverged(route: Route) -> Diverged:
    """The live state is on no route of the plan."""
    return Diverged(
        f"the live state of {route.change.key} matches no step of this change; another session may have altered it",
        rule=DIVERGED,
        hint="plan again and look at the new plan",
    )


def partitions_changed(route: Route) -> PartitionsChanged:
    """Partitions came or went since the plan was made, so that its steps do not make the whole complete."""
    return PartitionsChanged(
        f"the partitions of {route.change.key.table_name} are others than the plan knows",
        rule=PARTITIONS_CHANGED,
        hint="run the same command again: it goes on with the partitions that are there",
    )


def no_progress(step: Step) -> StepFailed:
    """The step succeeded, and the next observation does not show it."""
    return StepFailed(
        f"`{step.title}` reported success, but the catalog does not show it",
        rule=NO_PROGRESS,
        hint=NO_PROGRESS.remedy,
    )


def refused_by(step: Step, guard: Guard, count: int | None, reason: str = "") -> CheckFailed:
    """A guard of the step does not pass any more. `count` is None if it could not be checked, for this `reason`."""
    why = f": {reason}" if reason else ""
    back = f"; {step.otherwise.title}" if step.otherwise else ""
    return CheckFailed(
        f"right before `{step.title}`: {guard.told(count)}{why}{back}", rule=guard.id, hint=guard.remedy
    )


def not_checked(step: Step, finding: Finding) -> CheckFailed:
    """The query of a guard failed, as the step would."""
    back = f"; {step.otherwise.title}" if step.otherwise else ""
    return CheckFailed(f"right before `{step.title}`: {finding.told}{back}", rule=finding.rule, hint=finding.remedy)
