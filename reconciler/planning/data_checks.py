"""The data checks of a plan: which run, what they find, and which of those left out run once the plan is approved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from reconciler.model.errors import Refused
from reconciler.model.events import DataChecks, unheard
from reconciler.model.hazards import Hazard
from reconciler.model.names import Key
from reconciler.model.options import Options
from reconciler.model.plan import Finding, GuardResult, Plan, Route
from reconciler.model.rules.hazards import UNCHECKED_DATA, VOLATILE_EXPRESSION
from reconciler.model.state import LiveState, Policy
from reconciler.planning.data import Look, Looker, not_run
from reconciler.postgres.gatekeeper import Gatekeeper, gatekeeper
from reconciler.postgres.session import Session

Emit = Callable[[DataChecks], None]


def look_at_data(
    session: Session,
    live: LiveState,
    routes: Sequence[Route],
    options: Options,
    keeper: Gatekeeper,
    policy: Policy,
    emit: Emit,
) -> tuple[list[Route], list[Finding]]:
    """Run every guard that may run. Data that was not looked at is a hazard: the step itself will look."""
    looks = [one for route in routes for one in _looks_of(route, policy)]
    if not looks:
        return list(routes), []
    if options.data_checks:
        keeper.caller.learn_relations(session, _oids_of(live, routes))
        looker = Looker(gatekeeper=keeper, budget=options.check_timeout, samples=options.samples, emit=emit)
        findings = looker.look_at_all(session, looks)
    else:
        findings = [not_run(one, "data checks are off (--no-data-checks)") for one in looks]
    found: dict[Key, list[Hazard]] = {}
    for finding in findings:
        found.setdefault(finding.key, []).extend(_hazards_of(finding))
    checked = []
    for route in routes:
        hazards = dict.fromkeys((*route.hazards, *found.get(route.change.key, ())))
        checked.append(replace(route, hazards=tuple(hazards)))
    return checked, findings


def _oids_of(live: LiveState, routes: Sequence[Route]) -> set[int]:
    """The tables that the guards of these routes query."""
    after = (route.change.after for route in routes)
    referenced = [reference.table for one in after if one is not None and (reference := one.reference())]
    names = [*(route.change.key.table_name for route in routes), *referenced]
    return {live.tables[name].oid for name in names if name in live.tables}


def _hazards_of(finding: Finding) -> list[Hazard]:
    guard, reason = finding.guard, ""
    if finding.result is GuardResult.NOT_RUN:
        reason = f"{guard.title}: not checked: {finding.reason}"
    elif finding.result is GuardResult.TIMED_OUT and guard.unchecked_ok:
        reason = f"not counted in time: {guard.title}"
    hazards = [Hazard(kind=UNCHECKED_DATA, detail=reason)] if reason else []
    if finding.result is GuardResult.FAILED and guard.hazard is not None:
        hazards.append(Hazard(kind=guard.hazard, detail=guard.told(finding.count)))
    volatile = (f"{finding.key} calls {function}" for function in finding.volatile)
    return [*(Hazard(kind=VOLATILE_EXPRESSION, detail=text) for text in volatile), *hazards]


def approved_looker(options: Options, emit: Emit = unheard) -> Looker:
    """Runs the guards of a plan that the operator has approved: the file counts as trusted from then on."""
    keeper = gatekeeper(replace(options, trust_file=True))
    return Looker(
        gatekeeper=keeper, budget=options.check_timeout, samples=options.samples, approved=True, emit=emit
    )


def check_what_was_left_out(session: Session, plan: Plan, options: Options, emit: Emit = unheard) -> None:
    """Run the guards that the plan did not run. Raises `Refused` if one of them finds anything."""
    left = [(one.key, one.guard) for one in plan.findings if one.result is GuardResult.NOT_RUN]
    if not left:
        return
    looks = [one for route in plan.routes for one in _looks_of(route, plan.policy) if (one.key, one.guard) in left]
    findings = approved_looker(options, emit).look_at_all(session, looks)
    failed = [one for one in findings if one.refuses and one.result is not GuardResult.TIMED_OUT]
    if failed:
        raise Refused(
            f"after the approval, before the first step: {'; '.join(one.told for one in failed)}",
            rule=failed[0].rule,
            hint=failed[0].remedy,
        )


def _looks_of(route: Route, policy: Policy) -> list[Look]:
    change = route.change
    path = policy.path_for(change.key.schema)
    expressions = change.after.expressions() if change.after is not None else ()
    return [
        Look(guard=guard, key=change.key, place=change.place, expressions=expressions, path=path)
        for guard in route.guards
    ]
