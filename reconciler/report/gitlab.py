"""GitLab's reports: code quality, and the counts of its `terraform` widget."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from reconciler.report.fitting import fitting
from reconciler.report.issues import Issue, Level, issues_of, place_of
from reconciler.report.json import dumps
from reconciler.report.report import Report
from reconciler.report.wording import one_line, plural

_SEVERITIES: Final = {Level.ERROR: "blocker", Level.WARNING: "major", Level.NOTE: "info"}
_COUNTED: Final = {"create": "create", "drop": "delete", "archive": "delete", "dump": "delete"}


def render_gitlab(report: Report) -> str:
    """Render refusals, gated hazards and notes as a code quality report, worst first."""
    return gitlab_of(issues_of(report), report.sources)


def gitlab_of(issues: Sequence[Issue], sources: Sequence[str], left_out: int = 0) -> str:
    """Render issues of a plan or of files. The last entry counts what does not fit, and `left_out` more."""
    return fitting(lambda count: _document(issues, count, sources, left_out), len(issues))


def _document(issues: Sequence[Issue], count: int, sources: Sequence[str], left_out: int) -> str:
    found = [_entry(issue, sources) for issue in issues[:count]]
    left = len(issues) - len(found) + left_out
    if left:
        found.append(_entry(_counting(left), sources))
    return dumps(found)


def _counting(left: int) -> Issue:
    text = f"{plural(left, 'entry', 'entries')} omitted, the least severe, for lack of space"
    return Issue(level=Level.NOTE, rule="omitted", object="", place=None, message=text, fingerprint="omitted")


def _entry(issue: Issue, sources: Sequence[str]) -> dict[str, Any]:
    place = place_of(issue, sources)
    return {
        "description": issue.message,
        "check_name": one_line(issue.rule),
        "fingerprint": issue.fingerprint,
        "severity": _SEVERITIES[issue.level],
        "location": {"path": posixpath.normpath(place.file), "lines": {"begin": place.line}},
    }


def render_terraform(report: Report) -> str:
    """Render how many objects are created, updated and deleted. A table that moves to the archive is deleted."""
    counts: Counter[str] = Counter()
    for one in report.counts:
        counts[_COUNTED.get(one.verb, "update")] += one.count
    return dumps({name: counts[name] for name in ("create", "update", "delete")})
