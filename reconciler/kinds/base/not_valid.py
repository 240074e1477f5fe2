"""Data checks of rows that a repair cannot update, because they violate a check or not-null that is NOT VALID."""

from __future__ import annotations

from dataclasses import replace

from reconciler.kinds.base.routing import RouteContext
from reconciler.model.definition import Definition
from reconciler.model.guard import Guard
from reconciler.model.names import Key


def is_in_force(key: Key, definition: Definition, context: RouteContext) -> bool:
    """Whether rows must comply with the definition where the route begins, or may not violate it later. A new rule
    whose violating rows are repaired later does not count, nor does an old one that is replaced before."""
    is_old = definition is context.live.get(key)
    if key in context.repaired:
        return is_old and definition.is_validated()
    return not (is_old and is_repaired_before(key, context))


def is_repaired_before(key: Key, context: RouteContext) -> bool:
    """Whether the plan has repaired the rows that violate the object where the route begins."""
    one = context.declared.get(key)
    return one is not None and one.rows.repairs and key in context.created and key not in context.repaired


def of_not_valid(guard: Guard, key: Key, context: RouteContext) -> Guard:
    """Return the data check of rows that would violate the constraint, with what helps: it may reject each update of
    these rows, whatever columns change."""
    if key in context.repaired:
        policy = "set the columns of both constraints with one policy, or remove the rows with the other one"
    else:
        policy = f"let the file repair the rows that violate {key}"
    cause = f"{guard.cause}, which is NOT VALID and checks every row that is updated"
    return replace(guard, cause=cause, remedy=f"correct these rows first; or {policy}; then plan again")
