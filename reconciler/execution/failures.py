"""How a failed step becomes an error that says what happened and what to do next."""

from __future__ import annotations

import psycopg

from reconciler.model.errors import ConnectionFailed, Interrupted, ReconcileError, Refused, StepFailed
from reconciler.model.plan import Route, Step
from reconciler.postgres.session import sanitised


def message_of(error: BaseException) -> str:
    """The error in PostgreSQL's own words, with detail and hint, on one line."""
    if isinstance(error, KeyboardInterrupt):
        return "interrupted"
    if isinstance(error, psycopg.Error) and error.diag.message_primary:
        parts = (error.diag.message_primary, error.diag.message_detail, error.diag.message_hint)
        return "; ".join(part for part in parts if part)
    return sanitised(str(error)).strip() or type(error).__name__


def failure_of(step: Step, error: BaseException, message: str, *, lost: bool) -> ReconcileError:
    """The error that ends the run. `lost`: the connection is gone, and with it the answer."""
    hint = f"left behind: {step.leaves}. Run the same command again: it goes on from what is there"
    if isinstance(error, KeyboardInterrupt):
        return Interrupted(f"interrupted during `{step.title}`", rule="interrupted", hint=hint)
    if lost:
        return ConnectionFailed(f"the connection was lost during `{step.title}`", rule="connection-lost", hint=hint)
    return StepFailed(f"`{step.title}` failed: {message}", rule="step-failed", hint=hint)


def diverged(route: Route) -> Refused:
    """The live state is on no route of the plan."""
    return Refused(
        f"what is there of {route.change.key} is on no way to the declared state: somebody else changed it meanwhile",
        rule="diverged",
        hint="plan again and look at what is there now",
    )


def no_progress(step: Step) -> StepFailed:
    """The step succeeded, and the next observation does not show it."""
    return StepFailed(
        f"`{step.title}` reported success, but the catalog does not show it",
        rule="no-progress",
        hint="look for event triggers or another session that undid it, then plan again",
    )
