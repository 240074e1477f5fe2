"""The planner: one function reads as the product."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from reconciler.kinds import kind_of
from reconciler.kinds.index.definition import Index
from reconciler.kinds.partition_names import names_of
from reconciler.model.change import Action, Change, former_key, given_name
from reconciler.model.definition import Definition, IndexStatus
from reconciler.model.garbage import collection_paused
from reconciler.model.hazards import UNCHECKED_DATA, VOLATILE_EXPRESSION, Hazard
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Finding, GuardResult, Like, Plan, Refusal, Route
from reconciler.model.state import ARCHIVE_KEY, DesiredState, LiveState
from reconciler.planning import refusals
from reconciler.planning.compare import compare
from reconciler.planning.gate import gate
from reconciler.planning.outcome import Outcome
from reconciler.planning.partitions import known_partitions, name_partitions
from reconciler.planning.removal import drop_tables, live_keys, remove_absent
from reconciler.planning.resolve import resolve
from reconciler.postgres.catalog import ArchiveSchema, read_state
from reconciler.postgres.question import Answer, Question
from reconciler.postgres.session import Session

CHECK_TIMEOUT = timedelta(seconds=30)
"""The time budget of each look at the data, unless the caller says otherwise."""


@collection_paused()
def make_plan(
    session: Session,
    desired: DesiredState,
    *,
    allow: Collection[str] = (),
    check_timeout: timedelta = CHECK_TIMEOUT,
    live: LiveState | None = None,
) -> Plan:
    """Read, compare, route, order, look at the data, gate. Changes nothing.

    `allow` are gated hazards accepted for this run, beyond the file's own. `live` is the state of the tables that
    `desired` names, if it has just been read.
    """
    live = read_state(session, desired) if live is None else live
    outcome = compare_states(session, desired, live)
    routes = make_routes(session, desired, live, outcome)
    routes, findings = look_at_data(session, desired, routes, allow, check_timeout)
    outcome.refusals += gate(desired, live, routes, findings, allow)
    return _plan(session, desired, routes, findings, outcome)


def compare_states(session: Session, desired: DesiredState, live: LiveState) -> Outcome:
    """Every change that is needed, and everything that speaks against one."""
    outcome = Outcome()
    declared = resolve(desired, live, session.server, outcome.refusals)
    unwanted = {key for absent in desired.absent for key in live_keys(absent, live)}
    declared = known_partitions(declared, live, outcome)
    compare(
        declared,
        live,
        partial(_judge, session, live),
        partial(search_path, desired),
        unwanted,
        outcome,
    )
    remove_absent(desired, live, outcome)
    drop_tables(desired, live, outcome)
    gone = [absent for absent in desired.absent if not live_keys(absent, live)]
    if outcome.changes or gone:
        # Imported here, as in what follows: a plan that finds nothing to do is mostly imports.
        from reconciler.planning.clashes import find_clashes, find_misplaced
        from reconciler.planning.dependents import with_dependents
        from reconciler.planning.inheritance import doubled
        from reconciler.planning.marks import misplaced_marks, with_marks_taken
        from reconciler.planning.order import duplicates_removed
        from reconciler.planning.shared_indexes import shared_indexes

        outcome.changes = with_marks_taken(list(duplicates_removed(outcome.changes)))
        name_partitions(session, desired, live, outcome)
        by_key = {one.key: one for one in declared}
        outcome.changes, refused = with_dependents(session, outcome.changes, by_key, live)
        outcome.refusals += refused
        outcome.refusals += doubled(outcome.changes, live)
        outcome.refusals += shared_indexes(outcome.changes, live)
        outcome.refusals += find_clashes(session, outcome.changes, by_key, live)
        outcome.refusals += misplaced_marks(outcome.changes, by_key, live)
        outcome.refusals += find_misplaced(session, gone, desired, live)
    return outcome


def _judge(session: Session, live: LiveState, questions: Sequence[Question]) -> Sequence[Answer]:
    from reconciler.postgres.canonical import judge  # late: most plans have nothing to ask

    return judge(session, questions, live.tables)


def search_path(desired: DesiredState, key: Key) -> tuple[str, ...]:
    """Where names in the file's expressions are looked up: the table's schema, public, the policy's schemas."""
    return tuple(dict.fromkeys((key.schema, "public", *desired.policy.search_path)))


def make_routes(session: Session, desired: DesiredState, live: LiveState, outcome: Outcome) -> list[Route]:
    """The routes in order, each from the state in which its objects are now."""
    if not outcome.changes:
        return []
    from reconciler.kinds.sql.routing import Surroundings
    from reconciler.planning.leftovers import unproved_leftovers
    from reconciler.planning.order import Circular, ordered, taken_names
    from reconciler.planning.permissions import missing_rights

    routes = []
    inherited = {one.key: one.before for one in outcome.changes if one.before and one.key in live.inherited}
    objects = _as_if_dead({**live.objects, **inherited})
    outcome.refusals += missing_rights(session, outcome.changes, live, desired.policy.journal_schema)
    try:
        changes = ordered(outcome.changes, live)
    except Circular as circle:
        outcome.refusals += [refusals.circular(change, circle.changes) for change in circle.changes[:1]]
        return []
    given = {name for change in changes for name in _names_given(change, live)}
    parts = {part for change in changes for part in names_of(change.after).items()}
    for change in changes:
        around = Surroundings(
            live=live, major=session.server.major, declared=desired.objects, policy=desired.policy
        )
        router = kind_of(change.key).router
        assert router is not None
        route = router().route(change, around)
        position = route.locate(objects)
        if position is None:
            # A name that is taken, for one, is told already, and better.
            if all(refusal.key != change.key for refusal in outcome.refusals):
                outcome.refusals.append(_off_route(change))
            continue
        route = _with_hazards(route.since(position), outcome)
        routes.append(route)
        former = former_key(change)
        if change.action in (Action.DROP, Action.RENAME) and taken_names(former, change.before) & given:
            # The name is free for what comes after it.
            objects.pop(former, None)
            live = replace(live, objects={key: one for key, one in live.objects.items() if key != former})
        new: dict[Key, Definition] = {}
        if route.states[-1].objects.get(ARCHIVE_KEY) == Like():
            new[ARCHIVE_KEY] = ArchiveSchema()
        name = getattr(change.after, "name", change.key.name)
        if change.action is Action.CREATE and change.after and (change.key.table_name, name) in parts:
            new[change.key] = change.after
        if new:
            # What comes after it finds it there.
            objects.update(new)
            live = replace(live, objects={**live.objects, **new})
    outcome.refusals += unproved_leftovers(session, routes, live, desired.policy.journal_schema)
    return routes


def _names_given(change: Change, live: LiveState) -> Iterator[tuple[TableName | str, str]]:
    """The names that the change gives, to what tables below have of the object as well."""
    from reconciler.planning.order import taken_names

    if change.action is Action.DROP:
        return
    yield from taken_names(change.key, change.after)
    for table in live.below(change.key.table_name):
        yield table.name, given_name(change.key, change.after)


def _with_hazards(route: Route, outcome: Outcome) -> Route:
    calls = outcome.volatile.get(route.change.key, ())
    hazards = tuple(
        Hazard(kind=VOLATILE_EXPRESSION, detail=f"{route.change.key} calls {function}") for function in calls
    )
    return replace(route, hazards=route.hazards + hazards)


def _off_route(change: Change) -> Refusal:
    if isinstance(change.before, Index) and change.before.status is not IndexStatus.VALID:
        from reconciler.planning.leftovers import invalid_index

        return invalid_index(change, change.key, "it is another index than the declared one")
    return Refusal(
        rule="diverged",
        key=change.key,
        place=change.place,
        cause=f"what is there of {change.key} is no state on the way to the declared one",
        remedy="look for objects of its name, or with the endings __reconcile_new and __reconcile_old, "
        "and remove what is not wanted; then plan again",
    )


def _with_volatile_looks(session: Session, desired: DesiredState, routes: Sequence[Route]) -> list[Route]:
    """The routes with a hazard for each volatile function that a look at their data would call."""
    from reconciler.planning.volatile import Query, volatile_calls

    queries = [
        Query(guard=guard, search_path=search_path(desired, route.change.key))
        for route in routes
        for guard in route.guards
    ]
    calls = iter(volatile_calls(session, queries))
    found = []
    for route in routes:
        functions = dict.fromkeys(function for _ in route.guards for function in next(calls))
        known = {hazard.detail for hazard in route.hazards}
        details = (f"{route.change.key} calls {function}" for function in functions)
        hazards = tuple(Hazard(kind=VOLATILE_EXPRESSION, detail=text) for text in details if text not in known)
        found.append(replace(route, hazards=route.hazards + hazards))
    return found


def look_at_data(
    session: Session,
    desired: DesiredState,
    routes: Sequence[Route],
    allow: Collection[str],
    check_timeout: timedelta,
) -> tuple[list[Route], list[Finding]]:
    """Run every guard. Data that could not be looked at in time is a hazard where the step itself will look."""
    if not routes:
        return [], []
    from reconciler.planning.data import Look, look_at_all

    routes = _with_volatile_looks(session, desired, routes)
    accepted = VOLATILE_EXPRESSION.id in desired.policy.allow | set(allow)
    looks = [
        Look(
            guard=guard,
            key=route.change.key,
            place=route.change.place,
            search_path=search_path(desired, route.change.key),
        )
        for route in routes
        for guard in route.guards
        if accepted or not any(hazard.kind is VOLATILE_EXPRESSION for hazard in route.hazards)
    ]
    findings = look_at_all(session, looks, check_timeout)
    unchecked: dict[Key, list[Hazard]] = {}
    for finding in findings:
        if finding.result is GuardResult.TIMED_OUT and finding.guard.unchecked_ok:
            why = "; ".join(finding.samples) or "not counted in time"
            hazard = Hazard(kind=UNCHECKED_DATA, detail=f"{why}: {finding.guard.title}")
            unchecked.setdefault(finding.key, []).append(hazard)
    checked = [replace(route, hazards=(*route.hazards, *unchecked.get(route.change.key, ()))) for route in routes]
    return checked, findings


def _plan(
    session: Session,
    desired: DesiredState,
    routes: Sequence[Route],
    findings: Sequence[Finding],
    outcome: Outcome,
) -> Plan:
    policy = desired.policy
    return Plan(
        server=session.server.info,
        sources=desired.sources,
        declared=len(desired.objects) + len(desired.absent),
        lock_timeout=policy.lock_timeout,
        max_build=policy.max_build,
        journal_schema=policy.journal_schema,
        routes=tuple(routes),
        findings=tuple(findings),
        refusals=tuple(sorted(outcome.refusals, key=_refusal_order)),
        notes=tuple(outcome.notes),
        digest=digest_of(routes, outcome.refusals),
    )


def _refusal_order(refusal: Refusal) -> tuple[object, ...]:
    place = refusal.place
    return (place is None, (place.file, place.line, place.column) if place else (), refusal.rule, refusal.cause)


def digest_of(routes: Sequence[Route], refusals: Sequence[Refusal]) -> str:
    """SHA-256, in hexadecimal, of everything that decides what would be done."""
    text = hashlib.sha256()
    for route in routes:
        text.update(repr((str(route.change), route.change.before, route.change.after)).encode())
        for step in route.steps:
            text.update(repr((step.id, [str(one) for one in step.statements], step.execution.value)).encode())
    for refusal in sorted(refusals, key=_refusal_order):
        text.update(repr((refusal.rule, refusal.cause)).encode())
    return text.hexdigest()


def _as_if_dead(objects: Mapping[Key, Definition]) -> dict[Key, Definition]:
    """The live objects with every running build taken for a dead one: applying waits for it, and looks again."""
    return {
        key: replace(one, status=IndexStatus.INVALID)
        if isinstance(one, Index) and one.status is IndexStatus.BUILDING
        else one
        for key, one in objects.items()
    }
