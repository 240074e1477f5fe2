"""Reasons against applying a plan: data, hazards that are not accepted, protected tables, too many drops."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from reconciler.model.change import Action
from reconciler.model.guard import Finding
from reconciler.model.names import Key
from reconciler.model.plan import Refusal
from reconciler.model.route import Route
from reconciler.model.rules.consent import HAZARD_NOT_ACCEPTED, TOO_MANY_DROPS
from reconciler.model.state import DesiredState, LiveState
from reconciler.planning import refusals


def gate(
    desired: DesiredState,
    live: LiveState,
    routes: Sequence[Route],
    findings: Sequence[Finding],
    allow: Collection[str],
) -> Iterator[Refusal]:
    """Every reason to refuse these routes."""
    yield from _protected(desired, live, routes)
    yield from _failed_guards(findings)
    yield from _hazards(routes, desired.policy.allow | set(allow))
    yield from _too_many_drops(routes, desired.policy.max_drops)


def _protected(desired: DesiredState, live: LiveState, routes: Sequence[Route]) -> Iterator[Refusal]:
    for route in routes:
        change = route.change
        touched = {change.key: change.action, **dict.fromkeys(change.also_altered, Action.ALTER)}
        for key, action in touched.items():
            reached = live.tree(key.table_name)
            pattern = next((one for one in desired.protected if any(map(one.covers, reached))), None)
            if pattern is not None:
                yield refusals.protected_table(key, change.place, str(pattern), action.value)
    planned = {route.change.key for route in routes}
    for table, declared in desired.dropped_tables.items():
        if declared.key in planned or table not in live.tables:
            continue
        pattern = next((one for one in desired.protected if one.covers(table)), None)
        if pattern is not None:
            yield refusals.protected_table(declared.key, declared.place, str(pattern), Action.DROP.value)


def _failed_guards(findings: Sequence[Finding]) -> Iterator[Refusal]:
    reported = set[tuple[Key, str]]()
    for finding in findings:
        if not finding.refuses:
            continue
        if finding.error is not None:
            if (finding.key, finding.error.sqlstate) in reported:
                continue  # two queries evaluate the same expression
            reported.add((finding.key, finding.error.sqlstate))
        yield Refusal(
            rule=finding.rule,
            key=finding.key,
            place=finding.place,
            cause=finding.details,
            remedy=finding.remedy,
            finding=finding,
        )


def _hazards(routes: Sequence[Route], accepted: Collection[str]) -> Iterator[Refusal]:
    for route in routes:
        key: Key = route.change.key
        of_steps = [hazard for step in route.steps for hazard in step.hazards]
        for hazard in (*route.hazards, *of_steps):
            if hazard.kind.gated and hazard.kind.id not in accepted:
                yield Refusal(
                    rule=HAZARD_NOT_ACCEPTED,
                    key=key,
                    place=route.change.place,
                    cause=f"{hazard.kind.id}: {hazard.detail}; {hazard.kind.meaning}",
                    remedy=f"accept it with `--allow {hazard.kind.id}` or `policy: {{allow: [{hazard.kind.id}]}}`; "
                    f"or {hazard.kind.remedy}",
                )


def _too_many_drops(routes: Sequence[Route], most: int) -> Iterator[Refusal]:
    """An object that a replacement left counts, unless the journal has that replacement."""
    count = sum(route.change.action is Action.DROP and not route.change.journaled for route in routes)
    if count > most:
        yield Refusal(
            rule=TOO_MANY_DROPS,
            key=None,
            place=None,
            cause=f"the plan drops {count} objects; policy.max_drops allows {most}",
            remedy=f"check that all of them should be dropped; then set `policy: {{max_drops: {count}}}`",
        )
