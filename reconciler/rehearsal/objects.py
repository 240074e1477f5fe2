"""Rebuilds the constraints and indexes of a live state, with the statements by which a plan would create them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

import psycopg

from reconciler.kinds import KINDS, key_for
from reconciler.kinds.kind import Purpose
from reconciler.kinds.rules import GATED
from reconciler.model.definition import Definition, is_invalid
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import Key, Place, TableName
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.rehearsal import NotRehearsed
from reconciler.model.route import Route
from reconciler.model.rules.hazards import NOT_TRIED, UNCHECKED_DATA
from reconciler.model.state import Declared, DesiredState, LiveState, Policy
from reconciler.planner import make_plan
from reconciler.postgres.search_path import on_search_path
from reconciler.postgres.server_error import server_error
from reconciler.postgres.session import Session, send
from reconciler.rehearsal.source import Affected

_ROUNDS = 5
"""How many times a plan is made again without what was refused; each may show further reasons."""

_HERE = Place(file="the database", line=1, column=1)
_MADE = {kind.id for kind in KINDS if kind.router is not None and not kind.only_declared}
_UNTRIED = (NOT_TRIED, UNCHECKED_DATA)


def rehearsing(options: Options) -> Options:
    """Return the options of plans in a rehearsal: whoever reads the plan decides about its hazards."""
    return replace(options, allow=frozenset(GATED), samples=0, trusted_roles=frozenset(), platform=None)


def rehearsable(
    session: Session, desired: DesiredState, options: Options
) -> tuple[Plan, DesiredState, list[NotRehearsed]]:
    """Return a plan that can be applied, the part of the desired state that it is for, and what was left out of it.

    Objects are left out if the plan refuses them, or if it could not try them out: their expressions may call
    functions that are not on the closed list. Such code is not run in a rehearsal.
    """
    left: list[NotRehearsed] = []
    for _ in range(_ROUNDS):
        plan = make_plan(session, desired, options)
        reasons = dict(_objections(plan, options))
        if not reasons:
            return plan, desired, left
        left += [NotRehearsed(what=str(key or "the plan"), why=why) for key, why in reasons.items()]
        if None in reasons:
            break
        desired = _without(desired, {key for key in reasons if key is not None})
    nothing = _without(desired, {*desired.objects, *(_key(name) for name in desired.tables())})
    return make_plan(session, nothing, options), nothing, left


def _objections(plan: Plan, options: Options) -> Iterator[tuple[Key | None, str]]:
    for refusal in plan.refusals:
        yield refusal.key, f"{refusal.cause} [{refusal.rule}]"
    for route in plan.routes:
        untried = [hazard for hazard in route.hazards if hazard.kind in _UNTRIED]
        if untried and not options.trust_file:
            yield route.change.key, f"{untried[0].detail or untried[0].kind.meaning} [{untried[0].kind.id}]"


def _key(table: TableName) -> Key:
    return key_for(Purpose.REQUIRES_TABLE, table)


def _without(desired: DesiredState, keys: Collection[Key]) -> DesiredState:
    """Return the desired state without these objects. A key that is none of the declared objects stands for the
    table itself, and what the file says about it."""
    tables = {key.table_name for key in keys if key not in desired.objects}
    return replace(
        desired,
        objects={key: one for key, one in desired.objects.items() if key not in keys},
        required_tables={name: place for name, place in desired.required_tables.items() if name not in tables},
        dropped_tables={name: one for name, one in desired.dropped_tables.items() if name not in tables},
        absent=tuple(one for one in desired.absent if one.table not in tables),
    )


def build_objects(session: Session, live: LiveState, tables: Affected, options: Options) -> list[NotRehearsed]:
    """Create the objects of these tables; return those that could not be created."""
    left = [NotRehearsed(what=str(key), why=why) for key, why in _unmakeable(live, tables)]
    unmakeable = {key for key, _ in _unmakeable(live, tables)}
    wanted = {key: one for key, one in _wanted(live, tables) if key not in unmakeable}
    plan, _, refused = rehearsable(session, _declaring(wanted), options)
    return left + refused + [one for route in plan.routes for one in _created(session, route, plan)]


def _wanted(live: LiveState, tables: Affected) -> Iterator[tuple[Key, Definition]]:
    for key, one in live.objects.items():
        reference = one.reference()
        if key.kind not in _MADE or key.table_name not in tables.all:
            continue
        if reference is None or key.table_name in tables.tables:
            yield key, one


def _unmakeable(live: LiveState, tables: Affected) -> Iterator[tuple[Key, str]]:
    for key, one in _wanted(live, tables):
        if is_invalid(one) or one.index_status() in (IndexStatus.BUILDING, IndexStatus.INCOMPLETE):
            yield key, "it is an index that no query can use, which cannot be rebuilt"


def _declaring(objects: Mapping[Key, Definition]) -> DesiredState:
    return DesiredState(
        objects={key: Declared(key=key, definition=one, place=_HERE) for key, one in objects.items()},
        policy=Policy(lock_timeout=timedelta(seconds=2)),
    )


def _created(session: Session, route: Route, plan: Plan) -> Iterator[NotRehearsed]:
    """Create one object; yield it if that fails."""
    path = plan.policy.path_for(route.change.key.schema)
    statements = [str(statement) for step in route.steps for statement in step.action.statements]
    try:
        for statement in on_search_path(path, statements, concurrent=True):
            send(session.connection, statement)
    except psycopg.Error as error:
        if session.connection.closed:
            raise
        why = f"it could not be rebuilt: {server_error(error)}"
        yield NotRehearsed(what=str(route.change.key), why=why)
