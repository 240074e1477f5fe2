"""Turns a failed step into an error that says what happened and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
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
from reconciler.model.guard import Finding, Guard
from reconciler.model.route import Route
from reconciler.model.rules.connections import CONNECTION_LOST
from reconciler.model.rules.dependencies import DIVERGED
from reconciler.model.rules.runs import (
    INTERRUPTED,
    NEW_DUPLICATE_KEYS,
    NO_PROGRESS,
    PARTITIONS_CHANGED,
    STEP_FAILED,
)
from reconciler.model.server_error import ServerError
from reconciler.model.step import Step
from reconciler.postgres.server_error import server_error

UNKNOWN_RESULT = "unknown: the connection was lost before the server had answered"
NOTHING_BUILT = "nothing: the build failed before it created an index"
INVALID_INDEX = "an invalid index of this name, which the next run drops and builds again"

GAVE_WAY = "it was cancelled because a session that it waits for began to wait for it"

NEW_DUPLICATES = (
    "other sessions have added duplicate keys since the repair: they are repaired before the next build"
)

MOST_ROUNDS = 10
"""How often an index is built after a repair while other sessions add duplicate keys."""


def explained(error: psycopg.Error, watched: Watched, *, took_s: float, max_build: timedelta) -> ServerError:
    """Return the error that ended a step, with its cause if known: who held the lock, or which limit was exceeded.

    `took_s` is the time since the last statement of a concurrent step was sent.
    """
    explanation = server_error(error)
    if isinstance(error, psycopg.errors.QueryCanceled):
        if watched.cancelled:
            explanation = replace(explanation, text=GAVE_WAY)
        elif watched.step.execution.outside_transaction and took_s >= max_build.total_seconds():
            return replace(explanation, text=f"it took longer than policy.max_build ({_in_units(max_build)})")
    if watched.blockers and (watched.cancelled or isinstance(error, NOT_NOW)):
        return replace(explanation, text=f"{explanation.text}: last blocked by {watched.blockers}")
    return explanation


def _in_units(limit: timedelta) -> str:
    """Format a duration as it is written in a file."""
    whole = limit // timedelta(milliseconds=1)
    sizes = (("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1))
    return next(f"{whole // size}{unit}" for unit, size in sizes if whole % size == 0)


def failure_of(step: Step, error: ServerError | None, *, lost: bool, leaves: str) -> ReconcileError:
    """Return the error that ends the run.

    An `error` of None means that the run was interrupted. `lost` means that the connection was lost, so the result of
    the step is unknown. `leaves` describes what the step left behind; see `UNKNOWN_RESULT`.
    """
    again = "un the same command again: it continues from the current state"
    hint = f"left behind: {leaves}. R{again}"
    if error is None:
        return Interrupted(f"interrupted during `{step.title}`", rule=INTERRUPTED, hint=hint)
    if lost:
        return ConnectionFailed(f"the connection was lost during `{step.title}`", rule=CONNECTION_LOST, hint=hint)
    first = _remedy(error)
    if first:
        hint = f"left behind: {leaves}. The step fails again until its cause is removed: {first}. Then r{again}"
    return StepFailed(f"`{step.title}` failed: {error}", rule=STEP_FAILED, hint=hint, server=error)


_REMEDIES = {
    "0A": "declare it in a form that this server supports",
    "22": "correct the values in the rows, or the expressions in the file",
    "23": "correct the rows, or the declaration in the file",
    "42": "correct the file, or the objects that it relies on",
    "42501": "grant the right, or use a role that has it",
    "42710": "rename or drop the other object, or choose another name in the file",
    "42P07": "rename or drop the other object, or choose another name in the file",
    "54": "shorten the values, index a hash of them, or declare it with fewer columns",
    "P0": "change the function or event trigger that raises the error, or disable the event trigger for the run",
}
"""What to do about errors that do not pass by themselves, by SQLSTATE or its class. Each is a condition of the rows,
the file or the database."""


def _remedy(error: ServerError) -> str | None:
    return _REMEDIES.get(error.sqlstate) or _REMEDIES.get(error.sqlstate[:2])


def still_duplicates(step: Step) -> StepFailed:
    """Return the error for a unique index that could not be built, although duplicate keys were repaired each time."""
    return StepFailed(
        f"`{step.title}` failed {MOST_ROUNDS} times: other sessions added duplicate keys after each repair",
        rule=NEW_DUPLICATE_KEYS,
        hint=NEW_DUPLICATE_KEYS.remedy,
    )


def diverged(route: Route, event_triggers: Sequence[str] = ()) -> Diverged:
    """Return the error for a live state that is on no route of the plan. Event triggers may have altered it."""
    others = f", or an event trigger ({', '.join(event_triggers)})," if event_triggers else ""
    return Diverged(
        f"the live state of {route.change.key} matches no step of this change; another session{others} may have "
        "altered it",
        rule=DIVERGED,
        hint="plan again and review the new plan",
    )


def partitions_changed(route: Route) -> PartitionsChanged:
    """Return the error for partitions that were added or removed after the plan was made."""
    return PartitionsChanged(
        f"the partitions of {route.change.key.table_name} have changed since the plan was made",
        rule=PARTITIONS_CHANGED,
        hint="run the same command again: it continues with the current partitions",
    )


def no_progress(step: Step) -> StepFailed:
    """Return the error for a step that succeeded, but whose result the next observation does not show."""
    return StepFailed(
        f"`{step.title}` reported success, but the catalog does not show it",
        rule=NO_PROGRESS,
        hint=NO_PROGRESS.remedy,
    )


def refused_by(step: Step, guard: Guard, count: int | None, reason: str = "") -> CheckFailed:
    """Return the error for a guard that no longer passes. `count` is None if it could not be checked; see `reason`."""
    why = f": {reason}" if reason else ""
    return CheckFailed(
        f"right before `{step.title}`: {guard.details(count)}{why}",
        rule=guard.id,
        hint=guard.remedy,
    )


def not_checked(step: Step, finding: Finding) -> CheckFailed:
    """Return the error for a guard whose query failed."""
    return CheckFailed(f"right before `{step.title}`: {finding.details}", rule=finding.rule, hint=finding.remedy)


def put_back(
    refused: CheckFailed, done: Sequence[Step], failed: Sequence[tuple[Step, ReconcileError]]
) -> ReconcileError:
    """Return the refusal of a step, with the steps that were executed in its place, and those of them that failed."""
    message = "; ".join([refused.message, *(one.title for one in done)])
    if not failed:
        return CheckFailed(message, rule=refused.rule, hint=refused.hint)
    causes = "; ".join(error.message for _, error in failed)
    left = "; ".join(one.leaves for one, _ in failed)
    return StepFailed(f"{message}; but {causes}", rule=refused.rule, hint=f"left behind: {left}")
