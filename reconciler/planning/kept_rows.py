"""Objects that stay NOT VALID while rows violate them: the policy `keep`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reconciler.model.facts import Facts
from reconciler.model.facts.journal import RecordedRows, RowsLeftBefore
from reconciler.model.guard import Finding, GuardResult
from reconciler.model.plan import JournalAt, KeptRows, Note
from reconciler.model.route import Route
from reconciler.model.rules.notes import ROWS_LEFT
from reconciler.model.time_text import utc_text


def without_waiting(
    facts: Facts, routes: Sequence[Route], findings: Iterable[Finding], journal: JournalAt
) -> tuple[list[Route], list[Note]]:
    """Return the routes without the steps that need clean rows if rows were found, or could not be counted, and a note
    for each such object: how many rows are left, and how many were when a run last recorded another number."""
    unclean = {one.key: one for one in findings if one.result is not GuardResult.PASSED}
    ends = [_end(route) if route.change.key in unclean else None for route in routes]
    kept = [number for number, end in enumerate(ends) if end != 0]
    new = {old: number for number, old in enumerate(kept)}
    left = []
    for old in kept:
        needs = {new[first]: need for first, need in routes[old].needs.items() if first in new}
        left.append(replace(_until(routes[old], ends[old]), needs=needs))
    waiting = {route.change.key for route, end in zip(routes, ends, strict=True) if end is not None}
    noted = {
        RowsLeftBefore(journal=journal, object=one.key, now=one.count): one
        for one in unclean.values()
        if one.key in waiting
    }
    before = facts.ask(noted).of(noted) if noted else ()
    return left, [_note(one, recorded) for one, recorded in zip(noted.values(), before, strict=True)]


def _end(route: Route) -> int | None:
    """Return the number of the first step that needs clean rows."""
    return next((number for number, step in enumerate(route.steps) if step.only_if_clean), None)


def _until(route: Route, end: int | None) -> Route:
    return route if end is None else replace(route, states=route.states[: end + 1], steps=route.steps[:end])


def _note(one: Finding, before: RecordedRows | None) -> Note:
    message = f"stays NOT VALID: {one.details or one.reason}"
    left = KeptRows(count=one.count)
    if before is not None:
        message += f" ({before.count:,} at the run of {utc_text(before.at)})"
        left = replace(left, before=before.count, before_at=before.at)
    return Note(rule=ROWS_LEFT, key=one.key, place=one.place, message=message, rows_left=left)
