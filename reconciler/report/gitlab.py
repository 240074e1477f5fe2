"""GitLab's reports: code quality, and the counts of its `terraform` widget."""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import Final

from reconciler.report.issues import Level, issues_of, place_of
from reconciler.report.json import dumps
from reconciler.report.report import Report
from reconciler.report.wording import one_line

_SEVERITIES: Final = {Level.ERROR: "blocker", Level.WARNING: "major", Level.NOTE: "info"}
_COUNTED: Final = {"create": "create", "drop": "delete", "archive": "delete", "dump": "delete"}


def render_gitlab(report: Report) -> str:
    """Render refusals, gated hazards and notes as a code quality report, worst first."""
    found = []
    for issue in issues_of(report):
        place = place_of(issue, report)
        found.append(
            {
                "description": issue.message,
                "check_name": one_line(issue.rule),
                "fingerprint": issue.fingerprint,
                "severity": _SEVERITIES[issue.level],
                "location": {"path": posixpath.normpath(place.file), "lines": {"begin": place.line}},
            }
        )
    return dumps(found)


def render_terraform(report: Report) -> str:
    """Render how many objects are created, updated and deleted. A table that moves to the archive is deleted."""
    counts: Counter[str] = Counter()
    for one in report.counts:
        counts[_COUNTED.get(one.verb, "update")] += one.count
    return dumps({name: counts[name] for name in ("create", "update", "delete")})
