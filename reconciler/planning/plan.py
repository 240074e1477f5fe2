"""The planner: one function tells the whole process. It knows the server only by answers to questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from reconciler.model.content import plan_digest
from reconciler.model.facts import Facts
from reconciler.model.guard import Finding
from reconciler.model.names import Key
from reconciler.model.options import Options
from reconciler.model.plan import JournalAt, Note, Plan, Refusal
from reconciler.model.route import Route
from reconciler.model.rules.notes import SUPERUSER
from reconciler.model.server import Server
from reconciler.model.state import DesiredState, LiveState
from reconciler.planning.compare import compare, find_changes
from reconciler.planning.compared import Compared
from reconciler.planning.draft import Draft
from reconciler.planning.gate import gate
from reconciler.planning.judging import judged, with_limits
from reconciler.planning.misspelled import suspicions
from reconciler.planning.partitions import known_partitions
from reconciler.planning.pauses import pause_notes
from reconciler.planning.references import live_references
from reconciler.planning.removal import drops_of_absent, due_purges, live_keys, purges, with_dropped_tables
from reconciler.planning.resolve import resolve
from reconciler.planning.rounds import in_one_set, in_sets
from reconciler.planning.sizes import locked_sizes
from reconciler.planning.undecodable import encoding_problems, undecodable_keys


def plan(
    facts: Facts,
    server: Server,
    desired: DesiredState,
    live: LiveState,
    options: Options,
    *,
    applying: bool = False,
) -> Plan:
    """Compare, find out which changes can be made, check the data, gate.

    The live state is the answer to the first round of questions. The other rounds ask what definitions mean; about
    names, dependents and rights; about the data. `applying`: the plan is refused for each privilege that the role
    lacks to apply it; otherwise such privileges are notes.
    """
    given, desired = desired, with_limits(desired, options.platform)
    compared = compare_states(facts, server, desired, live, options, applying=applying)
    draft = _settled(facts, compared)
    routes, findings = _checked(facts, compared, draft.routes)
    if any(step.only_if_clean for route in routes for step in route.steps):
        from reconciler.planning.kept_rows import without_waiting  # late: most plans have no such step

        journal = JournalAt(schema=desired.policy.journal_schema, trusted_roles=options.trusted_roles)
        routes, notes = without_waiting(facts, routes, findings, journal)
        draft = draft.noting(notes)
        if not routes and all(one.rows_left is not None and one.rows_left.count is not None for one in notes):
            draft = draft.without_rights()
    draft = draft.refusing(gate(draft.desired, live, routes, findings, options.allow))
    draft = judged(replace(draft, routes=tuple(routes)), given, live, options)
    draft = draft if applying else draft.with_rights_as_notes()
    return _plan(server, live, draft, findings, options)


def compare_states(
    facts: Facts, server: Server, desired: DesiredState, live: LiveState, options: Options, *, applying: bool
) -> Compared:
    """Return the differences between both states."""
    resolved, refused = resolve(desired, live, server)
    unwritable = encoding_problems(desired, live, server.info.encoding)
    if unwritable:
        keys = {refusal.key for refusal in unwritable}
        resolved = [one for one in resolved if one.key not in keys]
    declared, notes = known_partitions(resolved, live)
    draft = Draft(desired=desired).refusing([*refused, *unwritable]).noting(notes)
    unwanted = {key for absent in desired.absent for key in live_keys(absent, live)}
    comparison, path = compare(declared, live, unwanted, server.info.user), partial(search_path, desired)
    draft = in_sets(facts, partial(find_changes, comparison, path, draft))
    draft = draft.changing([*draft.changes, *drops_of_absent(draft.changes, desired, live)])
    draft = draft.changing(*with_dropped_tables(draft.changes, desired, live))
    due = list(due_purges(desired, live, server.now))
    purged, refused, notes = purges(due, options.allow, draft.changes)
    draft = draft.changing([*draft.changes, *purged]).refusing(refused).noting(notes)
    if due:
        from reconciler.planning.usage import uses_in_archive  # late: most plans purge nothing

        journal = JournalAt(schema=desired.policy.journal_schema, trusted_roles=options.trusted_roles)
        draft = draft.noting(in_sets(facts, partial(uses_in_archive, due, journal, server.now)))
    gone = [one for one in desired.absent if not live_keys(one, live) and not undecodable_keys(one, live)]
    return Compared(
        server=server,
        options=options,
        desired=desired,
        live=live,
        declared=declared,
        gone=gone,
        suspicions=suspicions(gone, desired, live),
        draft=draft,
        applying=applying,
    )


def _settled(facts: Facts, compared: Compared) -> Draft:
    if compared.is_settled:
        return compared.draft
    from reconciler.planning.passes import settle  # late: a plan without changes is mostly imports

    return in_one_set(facts, partial(settle, compared))


def _checked(facts: Facts, compared: Compared, routes: Sequence[Route]) -> tuple[list[Route], list[Finding]]:
    if not routes:
        return [], []
    from reconciler.planning.data_checks import checked

    return checked(facts, routes, compared.options, compared.desired.policy)


def search_path(desired: DesiredState, key: Key) -> tuple[str, ...]:
    """Return the schemas in which names in the expressions of an object are looked up."""
    return desired.policy.path_for(key.schema)


def _plan(server: Server, live: LiveState, draft: Draft, findings: Sequence[Finding], options: Options) -> Plan:
    desired, routes = draft.desired, draft.routes
    policy = desired.policy
    plan = Plan(
        server=server.info,
        sources=desired.sources,
        declared=desired.count,
        lock_timeout=policy.lock_timeout,
        max_lock_wait=policy.max_lock_wait,
        max_build=policy.max_build,
        journal_schema=policy.journal_schema,
        policy=policy,
        trusted_roles=options.trusted_roles,
        routes=routes,
        findings=tuple(findings),
        refusals=tuple(sorted(draft.refusals, key=_refusal_order)),
        notes=(*draft.notes, *superuser_notes(server, routes), *pause_notes(server, routes)),
        digest="",
        allow=options.allow,
        tables=options.tables,
        sizes=locked_sizes(routes, live),
        references=live_references(routes, live),
    )
    return replace(plan, digest=str(plan_digest(server, plan)))


def superuser_notes(server: Server, routes: Sequence[Route]) -> list[Note]:
    """Return a note if code that the plan and its steps call runs with the privileges of a superuser."""
    if not routes or not server.superuser:
        return []
    message = (
        f"role {server.info.user} is a superuser: code of table owners in triggers, index "
        "expressions and domains runs with all its rights when the plan is applied; connect as the owner of the tables"
    )
    return [Note(rule=SUPERUSER, key=None, place=None, message=message)]


def _refusal_order(refusal: Refusal) -> tuple[object, ...]:
    place = refusal.place
    return (place is None, (place.file, place.line, place.column) if place else (), refusal.rule, refusal.cause)
