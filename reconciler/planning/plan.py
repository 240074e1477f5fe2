"""The planner: one function reads as the product."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from reconciler.kinds.rules import check_accepted
from reconciler.model.content import content_of, digest_of
from reconciler.model.events import DataChecks, unheard
from reconciler.model.garbage import collection_paused
from reconciler.model.names import Key, is_temporary
from reconciler.model.options import DEFAULTS, Options
from reconciler.model.plan import Finding, JournalAt, Note, Plan, Refusal, Route
from reconciler.model.rules.notes import SUPERUSER
from reconciler.model.state import DesiredState, LiveState
from reconciler.planning.compare import compare
from reconciler.planning.gate import gate
from reconciler.planning.outcome import Outcome
from reconciler.planning.partitions import known_partitions, name_partitions
from reconciler.planning.removal import drop_tables, live_keys, remove_absent
from reconciler.planning.resolve import resolve
from reconciler.planning.sizes import locked_sizes
from reconciler.planning.undecodable import encoding_problems, undecodable_keys
from reconciler.postgres.catalog import read_state
from reconciler.postgres.facts import LiveFacts
from reconciler.postgres.gatekeeper import Gatekeeper, gatekeeper
from reconciler.postgres.question import Answer, Question
from reconciler.postgres.session import Session


@collection_paused()
def make_plan(
    session: Session,
    desired: DesiredState,
    options: Options = DEFAULTS,
    *,
    live: LiveState | None = None,
    emit: Callable[[DataChecks], None] = unheard,
    applying: bool = False,
) -> Plan:
    """Read, compare, route, order, look at the data, gate. Changes nothing.

    `live` is the state of the tables that `desired` names, if it has just been read. `emit` hears how far the data
    checks are. `applying`: the plan is refused for each right that the role would need to apply it; else it has notes
    about them.
    """
    check_accepted(options.allow)
    live = read_state(session, desired) if live is None else live
    keeper = gatekeeper(options, live)
    outcome = compare_states(session, desired, live, keeper, _journal(desired, options))
    wanted = _restricted(session, desired, live, outcome, options) if options.tables else desired
    routes = _routes(session, desired, live, outcome, options)
    routes, findings = _look_at_data(session, desired, live, routes, options, keeper, emit)
    outcome.refusals += gate(wanted, live, routes, findings, options.allow)
    if not applying:
        outcome.rights_as_notes()
    if not applying and routes:
        from reconciler.planning.permissions import untrusted_journal

        outcome.notes += untrusted_journal(session, _journal(desired, options))
    return _plan(session, wanted, live, routes, findings, outcome, options)


def compare_states(
    session: Session, desired: DesiredState, live: LiveState, keeper: Gatekeeper, journal: JournalAt
) -> Outcome:
    """Every change that is needed, and everything that speaks against one."""
    outcome = Outcome()
    declared = resolve(desired, live, session.server, outcome.refusals)
    unwritable = encoding_problems(desired, live, session.server.info.encoding)
    outcome.refusals += unwritable
    if unwritable:
        keys = {refusal.key for refusal in unwritable}
        declared = [one for one in declared if one.key not in keys]
    unwanted = {key for absent in desired.absent for key in live_keys(absent, live)}
    declared = known_partitions(declared, live, outcome)
    compare(
        declared,
        live,
        partial(_judge, session, live, keeper),
        partial(search_path, desired),
        unwanted,
        outcome,
    )
    remove_absent(desired, live, outcome)
    drop_tables(desired, live, outcome)
    if any(is_temporary(key.name) for key in live.objects):
        from reconciler.planning.remnants import remove_remnants  # late: mostly there are none

        remove_remnants(session, declared, live, journal, outcome)
    gone = [one for one in desired.absent if not live_keys(one, live) and not undecodable_keys(one, live)]
    if outcome.changes or gone:
        # Imported here, as in what follows: a plan that finds nothing to do is mostly imports.
        from reconciler.planning.clashes import find_clashes, find_misplaced
        from reconciler.planning.default_names import with_free_names
        from reconciler.planning.dependents import unserved, with_dependents
        from reconciler.planning.inheritance import doubled, kept_below
        from reconciler.planning.lost_parts import being_detached, lost_parts, parts_of_later
        from reconciler.planning.marks import misplaced_marks, with_marks_taken
        from reconciler.planning.names_aside import break_circles, free_for_successors
        from reconciler.planning.names_twice import given_twice
        from reconciler.planning.order import duplicates_removed
        from reconciler.planning.shared_indexes import shared_indexes
        from reconciler.planning.tablespaces import missing_tablespaces
        from reconciler.planning.target import Target

        facts = LiveFacts(session=session)
        outcome.changes = with_marks_taken(list(duplicates_removed(outcome.changes)))
        by_key = {one.key: one for one in declared}
        outcome.changes = with_free_names(facts, outcome.changes, desired, live)
        name_partitions(facts, desired, live, outcome)
        outcome.refusals += given_twice(outcome.changes, live)
        outcome.refusals += lost_parts(outcome.changes, by_key, live)
        outcome.refusals += parts_of_later(outcome.changes, desired, live)
        outcome.refusals += being_detached(session, outcome.changes, live)
        outcome.changes = free_for_successors(outcome.changes)
        outcome.refusals += unserved(outcome.changes, by_key, Target(outcome.changes, live))
        outcome.changes, refused = with_dependents(facts, outcome.changes, by_key, live, session.server.major)
        outcome.refusals += refused
        outcome.refusals += missing_tablespaces(session, outcome.changes, by_key)
        outcome.refusals += doubled(outcome.changes, live)
        outcome.refusals += kept_below(outcome.changes, live)
        outcome.refusals += shared_indexes(outcome.changes, live)
        outcome.refusals += find_clashes(facts, outcome.changes, by_key, live)
        outcome.refusals += misplaced_marks(outcome.changes, by_key, live)
        outcome.refusals += find_misplaced(facts, gone, desired, live)
        outcome.changes = break_circles(outcome.changes, live, session.server.major)
    return outcome


def _restricted(
    session: Session, desired: DesiredState, live: LiveState, outcome: Outcome, options: Options
) -> DesiredState:
    """What the file declares on the tables that the operator has chosen; the outcome is restricted to them."""
    from reconciler.planning.selection import on_tables, restrict, selected_tables

    tables = selected_tables(desired, options.tables)
    restrict(outcome, tables, desired, live, session.server.major)
    return on_tables(desired, tables)


def _journal(desired: DesiredState, options: Options) -> JournalAt:
    return JournalAt(schema=desired.policy.journal_schema, trusted_roles=options.trusted_roles)


def _judge(
    session: Session, live: LiveState, keeper: Gatekeeper, questions: Sequence[Question]
) -> Sequence[Answer]:
    from reconciler.postgres.canonical import judge  # late: most plans have nothing to ask

    return judge(session, questions, keeper, live.tables)


def search_path(desired: DesiredState, key: Key) -> tuple[str, ...]:
    """Where names in the expressions of an object are looked up."""
    return desired.policy.path_for(key.schema)


def _routes(
    session: Session, desired: DesiredState, live: LiveState, outcome: Outcome, options: Options
) -> list[Route]:
    if not outcome.changes:
        return []
    from reconciler.planning.depending import hazards_of_dependents, still_needed
    from reconciler.planning.kept_not_nulls import kept_not_nulls
    from reconciler.planning.leftovers import unproved_moves, untrusted_archive
    from reconciler.planning.losses import losses
    from reconciler.planning.permissions import missing_rights
    from reconciler.planning.routes import make_routes

    outcome.refusals += missing_rights(
        session, outcome.changes, live, desired.policy.journal_schema, data_checks=options.data_checks
    )
    outcome.refusals += still_needed(session, outcome.changes, live)
    outcome.refusals += kept_not_nulls(session, outcome.changes, live)
    for found in (losses(session, outcome.changes, live), hazards_of_dependents(session, outcome.changes)):
        for key, hazards in found.items():
            outcome.hazards.setdefault(key, []).extend(hazards)
    outcome.refusals += unproved_moves(outcome.changes, session.server.info.user, options.trusted_roles)
    routes = make_routes(session, desired, live, outcome, _journal(desired, options))
    if any(step.archives for route in routes for step in route.steps):
        outcome.refusals += untrusted_archive(session, options.trusted_roles)
    return routes


def _look_at_data(
    session: Session,
    desired: DesiredState,
    live: LiveState,
    routes: Sequence[Route],
    options: Options,
    keeper: Gatekeeper,
    emit: Callable[[DataChecks], None],
) -> tuple[list[Route], list[Finding]]:
    if not routes:
        return [], []
    from reconciler.planning.data_checks import look_at_data

    return look_at_data(session, live, routes, options, keeper, desired.policy, emit)


def _plan(
    session: Session,
    desired: DesiredState,
    live: LiveState,
    routes: Sequence[Route],
    findings: Sequence[Finding],
    outcome: Outcome,
    options: Options,
) -> Plan:
    policy = desired.policy
    plan = Plan(
        server=session.server.info,
        sources=desired.sources,
        declared=len(desired.objects) + len(desired.absent),
        lock_timeout=policy.lock_timeout,
        max_lock_wait=policy.max_lock_wait,
        max_build=policy.max_build,
        journal_schema=policy.journal_schema,
        policy=policy,
        trusted_roles=options.trusted_roles,
        routes=tuple(routes),
        findings=tuple(findings),
        refusals=tuple(sorted(outcome.refusals, key=_refusal_order)),
        notes=(*outcome.notes, *_superuser(session, routes)),
        digest="",
        allow=options.allow,
        tables=options.tables,
        sizes=locked_sizes(routes, live),
    )
    return replace(plan, digest=digest_of(content_of(plan)))


def _superuser(session: Session, routes: Sequence[Route]) -> list[Note]:
    """A note if what the plan and its steps call runs with the rights of a superuser."""
    if not routes or not session.server.superuser:
        return []
    message = (
        f"role {session.server.info.user} is a superuser: code that owners of tables have put into triggers, index "
        "expressions and domains runs with all its rights when the plan is applied; connect as the owner of the tables"
    )
    return [Note(rule=SUPERUSER, key=None, place=None, message=message)]


def _refusal_order(refusal: Refusal) -> tuple[object, ...]:
    place = refusal.place
    return (place is None, (place.file, place.line, place.column) if place else (), refusal.rule, refusal.cause)
