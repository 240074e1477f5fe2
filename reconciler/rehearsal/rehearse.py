"""Rehearses a plan: rebuilds its tables, applies it there for real, and plans again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reconciler.model.bound import without_numbers
from reconciler.model.clock import Clock
from reconciler.model.errors import Interrupted
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.rehearsal import LocksTaken, NotRehearsed, Rehearsal, RowsMade
from reconciler.model.state import DesiredState, LiveState
from reconciler.model.step import Step
from reconciler.model.step_id import StepId
from reconciler.planner import make_plan
from reconciler.postgres.session import Session
from reconciler.rehearsal.applying import apply_recorded
from reconciler.rehearsal.objects import build_objects, rehearsable, rehearsing
from reconciler.rehearsal.places import embedded_place, named_place
from reconciler.rehearsal.rows import make_rows, rows_made, without_rows
from reconciler.rehearsal.source import Source, affected
from reconciler.rehearsal.tables import TableBuilder, build_tables
from reconciler.snapshots.state import only_tables

_ATTEMPTS = 5
"""How many times tables are emptied, each because of the data checks of another plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsing:
    """A plan of the desired state, which was made for the source with these options, and how it is rehearsed.

    `on` is the URL of an empty database on another server; None: on an embedded server. `rows` is the number of
    made-up rows of each table.
    """

    plan: Plan
    desired: DesiredState
    source: Source
    options: Options
    clock: Clock
    on: str | None = None
    rows: int = 0


def rehearse_plan(task: Rehearsing, started: Callable[[], None]) -> Rehearsal:
    """Rehearse a plan; call `started` when its place can be used.

    Raise `UsageError` if the database of `on` cannot be used, and `ReconcileError` without the extra `embedded`,
    `Interrupted` after a signal.
    """
    source = task.source.without_journal(task.plan.journal_schema)
    place = embedded_place(source) if task.on is None else named_place(task.on, source)
    with place as (session, builder):
        started()
        return _rehearsed(task, session.as_version(task.source.server.major), builder)


def _rehearsed(task: Rehearsing, session: Session, builder: TableBuilder) -> Rehearsal:
    tables = affected(task.plan, task.desired, task.source.live)
    live, options = only_tables(task.source.live, tables.all), rehearsing(task.options)
    left = build_tables(builder, session, live)
    # Owners of tables wrote what exists. On a named server it would run with the rights of the role of the URL.
    trust_file = options.trust_file or task.on is None
    left += build_objects(session, live, tables, replace(options, trust_file=trust_file, tables=()))
    rebuilt, declared, refused = rehearsable(session, _never_used(task.desired.only(tables.tables)), options)
    rows = None
    if task.rows:
        rows = _filled(session, live, declared, options, task.rows)
        rebuilt, declared, more = rehearsable(session, declared, options)
        refused += more
    left += refused
    left += _unlike(task.plan, rebuilt, {one.what for one in left})
    outcome = _applied(task, session, rebuilt, options)
    remaining = () if outcome.failure else tuple(_remaining(make_plan(session, declared, options)))
    return replace(outcome, left_out=tuple(left), remaining=remaining, rows=rows)


def _never_used(desired: DesiredState) -> DesiredState:
    """Return the same without `unused_for`: the rebuilt tables have no past."""
    dropped = {
        table: replace(one, definition=replace(retired, unused_for=None))
        for table, one in desired.dropped_tables.items()
        if (retired := one.definition.retirement()) is not None
    }
    return replace(desired, dropped_tables={**desired.dropped_tables, **dropped})


def _filled(session: Session, live: LiveState, declared: DesiredState, options: Options, number: int) -> RowsMade:
    """Make rows up. Tables whose rows violate what the plan adds are emptied again."""
    rejected = make_rows(session, live, declared, number)
    for _ in range(_ATTEMPTS):
        refused = [one.key for one in make_plan(session, declared, options).refusals if one.finding is not None]
        if not refused:
            break
        without_rows(session, {key.table_name for key in refused if key is not None})
    return rows_made(session, number, rejected)


def _applied(task: Rehearsing, session: Session, rebuilt: Plan, options: Options) -> Rehearsal:
    """Apply the plan of the rebuilt tables, and compare its steps with those of the plan."""
    texts = _texts(rebuilt)
    same = {step.id: step for step in task.plan.steps if _text(step) == texts.get(step.id)}
    completed: Sequence[StepId] = ()
    differing: Sequence[LocksTaken] = ()
    failure = ""
    if rebuilt.steps:
        result, recorder = apply_recorded(session, rebuilt, options, clock=task.clock, claimed=same)
        if isinstance(result.error, Interrupted):
            raise result.error
        completed, differing = recorder.completed, recorder.differing
        failure = "" if result.error is None else result.error.message
    return Rehearsal(
        version=session.server.info.version.partition(" ")[0],
        planned_for=task.plan.server.version.partition(" ")[0],
        steps=len(task.plan.steps),
        rehearsed=sum(step in same for step in completed),
        differing=tuple(one for one in differing if one.step in same),
        failure=failure,
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
