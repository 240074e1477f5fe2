"""Data checks of rows that a repair cannot update, because they violate a check or not-null that is NOT VALID."""

from __future__ import annotations

from dataclasses import replace

from reconciler.kinds.base.routing import RouteContext
from reconciler.model.guard import Guard
from reconciler.model.names import Key


def of_not_valid(guard: Guard, key: Key, context: RouteContext) -> Guard:
    """Return the data check of rows that would violate the constraint, with what helps: it may reject each update of
    these rows, whatever columns change."""
    if key in context.repaired:
        policy = "set the columns of both constraints with one policy, or remove the rows with the other one"
    else:
        policy = f"let the file repair the rows that violate {key}"
    cause = f"{guard.cause}, which is NOT VALID and checks every row that is updated"
    return replace(guard, cause=cause, remedy=f"correct these rows first; or {policy}; then plan again")
