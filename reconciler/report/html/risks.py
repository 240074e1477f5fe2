"""Hazards by their kind, and data checks by their result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reconciler.model.guard import Finding, GuardResult
from reconciler.model.names import Key
from reconciler.model.rules.rule import Example, HazardKind
from reconciler.report.html.room import first
from reconciler.report.report import Report, ReportedChange

MOST_CASES: Final = 30
"""Objects that are listed under one hazard."""

_LANGUAGES: Final = {"policy": "reconcile.policy.yaml", "yaml": "schema.yaml", "sql": "SQL", "shell": "shell"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A hazard with the objects that have it, each with its detail. `left` is the number of objects not listed."""

    kind: HazardKind
    cases: tuple[tuple[Key, str], ...]
    left: int

    @property
    def count(self) -> int:
        return len(self.cases) + self.left


def risks(report: Report) -> list[Risk]:
    """Return the hazards of the plan, gated ones first."""
    kinds: dict[HazardKind, dict[tuple[Key, str], None]] = {}
    for change in report.changes:
        for hazard in dict.fromkeys((*change.hazards, *(one for step in change.steps for one in step.hazards))):
            kinds.setdefault(hazard.kind, {})[change.key, hazard.detail] = None
    found = []
    for kind, cases in sorted(kinds.items(), key=lambda one: not one[0].gated):
        shown, left = first(cases, MOST_CASES)
        found.append(Risk(kind=kind, cases=tuple(shown), left=left))
    return found


def examples(example: Example) -> list[tuple[str, str]]:
    """Return the parts of an example, each with the name of its file or language."""
    return [(_LANGUAGES[language], text.strip("\n")) for language, text in example.parts()]


def risk_of(change: ReportedChange) -> str:
    """Return `gated`, `hazard`, `lock` or nothing: the worst that a reviewer should look at."""
    hazards = [*change.hazards, *(one for step in change.steps for one in step.hazards)]
    if any(one.kind.gated for one in hazards):
        return "gated"
    if hazards:
        return "hazard"
    return "lock" if any(lock.blocks for step in change.steps for lock in step.locks) else ""


_RANK: Final = {
    GuardResult.FAILED: 0,
    GuardResult.ERROR: 1,
    GuardResult.TIMED_OUT: 2,
    GuardResult.NOT_RUN: 3,
    GuardResult.PASSED: 4,
}


def by_result(findings: Sequence[Finding]) -> list[Finding]:
    """Return the data checks, failed ones first."""
    return sorted(findings, key=lambda one: _RANK[one.result])
