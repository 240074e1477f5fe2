"""The page as a whole: its sections in order, each within its room."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from markupsafe import Markup

from reconciler import __version__
from reconciler.model.guard import Finding, GuardResult
from reconciler.model.rehearsal import Rehearsal
from reconciler.model.rules.notes import FROM_SNAPSHOT
from reconciler.report.html import room
from reconciler.report.html.blast import blast
from reconciler.report.html.environment import markup, policy, source
from reconciler.report.html.exposure import Exposure, exposures
from reconciler.report.html.picture import draw
from reconciler.report.html.references import neighbourhood
from reconciler.report.html.risks import Risk, by_result, examples, risk_of, risks
from reconciler.report.html.room import Fitted, fitted
from reconciler.report.html.timeline import timeline
from reconciler.report.issues import worst_first
from reconciler.report.rehearsal import listed, rehearsal_summary, rows_and_version
from reconciler.report.report import Report, ReportedChange
from reconciler.report.text import check_texts, lock_texts, policy_text, server_text

MOST_STEPS: Final = 40
"""Steps of one change that are shown, and statements of one step."""

MOST_RELATIONS: Final = 100
"""Lines of the table of locks."""

MOST_REHEARSED: Final = 50
"""Lines of each list of a rehearsal."""


def render_html(report: Report) -> str:
    """Render the report as one page that loads nothing: no file, no font, nothing from a network.

    It has at most `room.MOST_BYTES` bytes. What does not fit is left out, harmless changes first, and counted.
    """
    style, script = source("style.css"), source("script.js")
    hazards, locks = risks(report), exposures(report)
    return str(
        markup(
            "page.html",
            policy=policy(style, script),
            style=Markup(style),
            script=Markup(script),
            version=__version__,
            report=report,
            server=server_text(report),
            rules=policy_text(report) if report.policy else "",
            unchecked=_unchecked(report),
            tiles=_tiles(report, hazards, locks),
            refusals=fitted(report.refusals, partial(_part, "refusal.html", "refusal"), room.REASONS),
            notes=fitted(_notes(report), partial(_part, "note.html", "note"), room.NOTES),
            risks=fitted(hazards, _risk, room.HAZARDS),
            checks=_checks(report),
            rehearsal=None if report.rehearsal is None else _rehearsal(report.rehearsal),
            changes=_changes(report),
            **_pictures(report, locks),
        )
    )


def _part(template: str, name: str, value: object) -> Markup:
    return markup(template, **{name: value})


def _risk(risk: Risk) -> Markup:
    return markup("risk.html", risk=risk, bad=examples(risk.kind.bad), good=examples(risk.kind.good))


def _notes(report: Report) -> list[Any]:
    return [note for note in report.notes if note.rule != FROM_SNAPSHOT]


def _unchecked(report: Report) -> list[str]:
    """Return what the plan did not check; a reader would take it for checked."""
    return [note.message for note in report.notes if note.rule == FROM_SNAPSHOT]


def _checks(report: Report) -> dict[str, Any]:
    """Return the data checks that passed, and the others."""
    found = fitted(by_result(report.findings), partial(_part, "finding.html", "finding"), room.CHECKS)
    return {
        "passed": [text for finding, text in found.parts if finding.result is GuardResult.PASSED],
        "others": [text for finding, text in found.parts if finding.result is not GuardResult.PASSED],
        "left": found.left,
    }


def _rehearsal(one: Rehearsal) -> dict[str, Any]:
    """Return the outcome of a rehearsal; lists have at most `MOST_REHEARSED` lines each."""
    locks = [(listed(found.claimed), listed(found.taken), found) for found in one.differing]
    return {
        "summary": rehearsal_summary(one),
        "outcome": one,
        "locks": room.first(locks, MOST_REHEARSED),
        "remaining": room.first(one.remaining, MOST_REHEARSED),
        "left_out": room.first(one.left_out, MOST_REHEARSED),
        "others": list(rows_and_version(one)),
    }


def _changes(report: Report) -> Fitted[ReportedChange]:
    """Return the changes in the order of the plan. If not all fit, the most dangerous ones are kept."""
    found = fitted(worst_first(report).changes, _change, room.CHANGES)
    return Fitted(parts=tuple(sorted(found.parts, key=lambda part: part[0].number)), left=found.left)


def _change(change: ReportedChange) -> Markup:
    steps, left = room.first(change.steps, MOST_STEPS)
    shown = [
        (
            step,
            *room.first(step.action.statements, MOST_STEPS),
            list(lock_texts(step.locks)),
            list(check_texts(step)),
        )
        for step in steps
    ]
    return markup("change.html", change=change, risk=risk_of(change), steps=shown, left=left)


def _pictures(report: Report, locks: Sequence[Exposure]) -> dict[str, Any]:
    shown, left = room.first(locks, MOST_RELATIONS)
    near = neighbourhood(report)
    return {
        "locks": shown,
        "locks_left": left,
        "timeline": timeline(report),
        "blast": blast(locks),
        "near": near,
        "drawings": draw(near) if near.arrows else (),
    }


def _tiles(report: Report, hazards: Sequence[Risk], locks: Sequence[Exposure]) -> list[tuple[str, str, str]]:
    """Return the figures of the summary: number, noun, and whether it is good, bad or neither."""
    gated = sum(one.count for one in hazards if one.kind.gated)
    blocked = sum(1 for one in locks if one.blocks)
    found = [
        (len(report.changes), "change", "changes", ""),
        (report.step_count, "step", "steps", ""),
        (blocked, "relation with blocking locks", "relations with blocking locks", "warn" if blocked else "good"),
        (gated, "gated hazard", "gated hazards", "bad" if gated else "good"),
        *_check_tiles(report.findings),
    ]
    return [(f"{number:,}", one if number == 1 else several, mood) for number, one, several, mood in found]


def _check_tiles(findings: tuple[Finding, ...]) -> list[tuple[int, str, str, str]]:
    failed = sum(1 for one in findings if one.result in (GuardResult.FAILED, GuardResult.ERROR))
    unknown = sum(1 for one in findings if one.result in (GuardResult.TIMED_OUT, GuardResult.NOT_RUN))
    passed = len(findings) - failed - unknown
    if not findings:
        return []
    if failed:
        return [(failed, "data check failed", "data checks failed", "bad")]
    if unknown:
        return [(unknown, "data check without a result", "data checks without a result", "warn")]
    return [(passed, "data check passed", "data checks passed", "good")]
