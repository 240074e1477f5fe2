"""Rehearses a plan: rebuilds its tables, applies it there for real, and plans again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from reconciler.model.bound import without_numbers
from reconciler.model.clock import Clock
from reconciler.model.options import Options
from reconciler.model.plan import Plan, Step
from reconciler.model.rehearsal import LocksTaken, NotRehearsed, Rehearsal
from reconciler.model.state import DesiredState
from reconciler.model.step_id import StepId
from reconciler.planner import make_plan
from reconciler.postgres.session import Session
from reconciler.rehearsal.applying import apply_recorded
from reconciler.rehearsal.objects import build_objects, rehearsable, rehearsing
from reconciler.rehearsal.places import embedded_place, named_place
from reconciler.rehearsal.source import Source, affected, declared_on
from reconciler.rehearsal.tables import TableBuilder, build_tables
from reconciler.snapshots.state import only_tables


def rehearse_plan(
    plan: Plan,
    desired: DesiredState,
    source: Source,
    options: Options,
    *,
    clock: Clock,
    on: str | None = None,
) -> Rehearsal:
    """Rehearse a plan of the desired state, which was made for the source with these options.

    `on` is the URL of an empty database on another server; None: on an embedded server. Raise `UsageError` if that
    database cannot be used, and `ReconcileError` without the extra `embedded`.
    """
    with embedded_place(source) if on is None else named_place(on, source) as (session, builder):
        return _rehearsed(
            session.as_version(source.server.major), builder, plan, desired, source, options, clock, on
        )


def _rehearsed(
    session: Session,
    builder: TableBuilder,
    plan: Plan,
    desired: DesiredState,
    source: Source,
    options: Options,
    clock: Clock,
    on: str | None,
) -> Rehearsal:
    tables = affected(plan, desired, source.live)
    live = only_tables(source.live, tables.all)
    options = rehearsing(options)
    left = build_tables(builder, session, live)
    # What exists may call functions of trusted roles; a named server must not run what anybody may have written.
    existing = replace(options, trust_file=options.trust_file or source.trusted or on is None)
    left += build_objects(session, live, tables, existing)
    rebuilt, declared, refused = rehearsable(session, declared_on(desired, tables.tables), options)
    left += refused
    left += _unlike(plan, rebuilt, {one.what for one in left})
    same = {step.id: step for step in plan.steps if _text(step) == _texts(rebuilt).get(step.id)}
    completed: Sequence[StepId] = ()
    differing: Sequence[LocksTaken] = ()
    failure = ""
    if rebuilt.steps:
        result, recorder = apply_recorded(session, rebuilt, options, clock=clock, claimed=same)
        completed, differing, failure = recorder.completed, recorder.differing, result.message
    return Rehearsal(
        version=session.server.info.version.partition(" ")[0],
        planned_for=plan.server.version.partition(" ")[0],
        steps=len(plan.steps),
        rehearsed=sum(step in same for step in completed),
        differing=tuple(one for one in differing if one.step in same),
        left_out=tuple(left),
        failure=failure,
        remaining=() if failure else tuple(_remaining(make_plan(session, declared, options))),
    )


def _unlike(plan: Plan, rebuilt: Plan, known: Collection[str]) -> Iterator[NotRehearsed]:
    """Yield the steps of a plan that the plan of the rebuilt tables lacks, but for those of `known` objects."""
    texts = _texts(rebuilt)
    for route in plan.routes:
        for step in route.steps:
            if str(route.change.key) in known or texts.get(step.id) == _text(step):
                continue
            why = "its statements" if step.id in texts else "its steps"
            yield NotRehearsed(what=str(step.id), why=f"{why} differ in the plan of the rebuilt tables")


def _texts(plan: Plan) -> Mapping[StepId, Sequence[str]]:
    return {step.id: _text(step) for step in plan.steps}


def _text(step: Step) -> Sequence[str]:
    return [without_numbers(str(statement)) for statement in step.action.statements]


def _remaining(plan: Plan) -> Iterator[str]:
    yield from (f"{route.change.action} {route.change.key}" for route in plan.routes)
    yield from (f"{refusal.key or 'the plan'}: {refusal.cause}" for refusal in plan.refusals)
