"""Objects that stay NOT VALID while rows violate them: the policy `keep`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reconciler.model.guard import Finding, GuardResult
from reconciler.model.plan import Note
from reconciler.model.route import Route
from reconciler.model.rules.notes import ROWS_LEFT


def without_waiting(routes: Sequence[Route], findings: Iterable[Finding]) -> tuple[list[Route], list[Note]]:
    """Return the routes without the steps that need clean rows if rows were found, or could not be counted, and a note
    for each such object."""
    unclean = {one.key: one for one in findings if one.result is not GuardResult.PASSED}
    ends = [_end(route) if route.change.key in unclean else None for route in routes]
    kept = [number for number, end in enumerate(ends) if end != 0]
    new = {old: number for number, old in enumerate(kept)}
    left = []
    for old in kept:
        needs = {new[first]: need for first, need in routes[old].needs.items() if first in new}
        left.append(replace(_until(routes[old], ends[old]), needs=needs))
    return left, list(_notes(routes, ends, unclean.values()))


def _end(route: Route) -> int | None:
    """Return the number of the first step that needs clean rows."""
    return next((number for number, step in enumerate(route.steps) if step.only_if_clean), None)


def _until(route: Route, end: int | None) -> Route:
    return route if end is None else replace(route, states=route.states[: end + 1], steps=route.steps[:end])


def _notes(routes: Sequence[Route], ends: Sequence[int | None], unclean: Iterable[Finding]) -> Iterator[Note]:
    waiting = {route.change.key for route, end in zip(routes, ends, strict=True) if end is not None}
    for one in unclean:
        if one.key in waiting:
            message = f"stays NOT VALID: {one.details or one.reason}"
            yield Note(rule=ROWS_LEFT, key=one.key, place=one.place, message=message)
