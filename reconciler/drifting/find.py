"""Finds drift: plans, lists undeclared objects, and asks the journal who changed what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reconciler.drifting.origins import find_origins
from reconciler.drifting.undeclared import undeclared_notes, undeclared_objects
from reconciler.model.drift import Drift
from reconciler.model.listening import DataChecks, unheard
from reconciler.model.options import Options
from reconciler.model.plan import Note, Plan
from reconciler.model.rules.platform import OF_POLICY
from reconciler.model.state import DesiredState, LiveState
from reconciler.planner import make_plan
from reconciler.postgres.session import Session


def find_drift(
    session: Session,
    desired: DesiredState,
    live: LiveState,
    options: Options,
    *,
    strict: bool = False,
    emit: Callable[[DataChecks], None] = unheard,
) -> Drift:
    """Return the difference between the database and the files. Changes nothing.

    `live` is the state of the tables that the files name. `strict`: undeclared objects count as differences.
    """
    plan = _without_verdicts(make_plan(session, desired, options, live=live, emit=emit))
    undeclared = undeclared_objects(desired, live, plan)
    origins = find_origins(session, plan)
    notes = (*plan.notes, *origins.notes, *undeclared_notes(desired, undeclared))
    return Drift(
        plan=replace(plan, notes=notes),
        undeclared=undeclared,
        strict=strict,
        kept=origins.kept,
        unproved=origins.unproved,
    )


def _without_verdicts(plan: Plan) -> Plan:
    """Return the plan with the refusals of the platform's policy as notes if it has nothing to do: the database is as
    the files declare it."""
    if plan.routes or not {one.rule for one in plan.refusals} <= OF_POLICY:
        return plan
    verdicts = (
        Note(rule=one.rule, key=one.key, place=one.place, message=f"{one.cause}; {one.remedy}")
        for one in plan.refusals
    )
    return replace(plan, refusals=(), notes=(*plan.notes, *verdicts))
