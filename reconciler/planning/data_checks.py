"""The data checks of a plan: which of them run, and what their findings mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reconciler.model.facts import Facts
from reconciler.model.facts.data import DataCheck
from reconciler.model.guard import Finding, GuardResult
from reconciler.model.hazards import Hazard
from reconciler.model.names import Key
from reconciler.model.options import Options
from reconciler.model.route import Route
from reconciler.model.rules.hazards import UNCHECKED_DATA, VOLATILE_EXPRESSION
from reconciler.model.state import Policy


def checked(
    facts: Facts, routes: Sequence[Route], options: Options, policy: Policy
) -> tuple[list[Route], list[Finding]]:
    """Run every data check that may run. Unchecked data is a hazard: the step itself will read the rows."""
    checks = [one for route in routes for one in checks_of(route, policy)]
    if not checks:
        return list(routes), []
    if options.data_checks:
        findings = list(facts.ask(checks).of(checks))
    else:
        findings = [one.not_run("data checks are off (--no-data-checks)") for one in checks]
    found: dict[Key, list[Hazard]] = {}
    for finding in findings:
        found.setdefault(finding.key, []).extend(_hazards_of(finding))
    checked = []
    for route in routes:
        hazards = dict.fromkeys((*route.hazards, *found.get(route.change.key, ())))
        checked.append(replace(route, hazards=tuple(hazards)))
    return checked, findings


def _hazards_of(finding: Finding) -> list[Hazard]:
    guard, reason = finding.guard, ""
    if finding.result is GuardResult.NOT_RUN:
        reason = f"{guard.title}, not checked because {finding.reason}"
    elif finding.result is GuardResult.TIMED_OUT and guard.unchecked_ok:
        reason = f"not counted in time: {guard.title}"
    hazards = [Hazard(kind=UNCHECKED_DATA, detail=reason)] if reason else []
    if finding.result is GuardResult.FAILED and guard.hazard is not None:
        hazards.append(Hazard(kind=guard.hazard, detail=finding.details))
    volatile = (f"{finding.key} calls {function}" for function in finding.volatile)
    return [*(Hazard(kind=VOLATILE_EXPRESSION, detail=text) for text in volatile), *hazards]


def checks_of(route: Route, policy: Policy) -> list[DataCheck]:
    """Return the data checks of a route."""
    change = route.change
    path = policy.path_for(change.key.schema)
    expressions = change.after.expressions() if change.after is not None else ()
    conditions = change.after.conditions() if change.after is not None else ()
    reference = change.after.reference() if change.after is not None else None
    tables = (change.key.table_name, *([reference.table] if reference is not None else []))
    return [
        DataCheck(
            guard=guard,
            key=change.key,
            place=change.place,
            expressions=expressions,
            conditions=conditions,
            path=path,
            tables=tables,
        )
        for guard in route.guards
    ]
