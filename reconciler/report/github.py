"""Annotations of GitHub Actions: workflow commands, one for each line."""

from __future__ import annotations

from typing import Final

from reconciler.report.issues import Issue, Level, issues_of
from reconciler.report.report import Report
from reconciler.report.wording import one_line, plural

MAX_OF_LEVEL: Final = 10
"""GitHub shows at most this many annotations of a level for a step."""

_COMMANDS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
_NOTICES: Final = MAX_OF_LEVEL - 1
"""The last notice is the summary, with the numbers of what is left out."""


def render_github(report: Report) -> str:
    """Render at most 10 annotations of each level, worst first; the last notice is the summary and says how many
    are left out."""
    by_level: dict[Level, list[Issue]] = {level: [] for level in Level}
    for issue in issues_of(report):
        by_level[issue.level].append(issue)
    lines, left = [], []
    for level, issues in by_level.items():
        most = _NOTICES if level is Level.NOTE else MAX_OF_LEVEL
        lines += [_command(issue) for issue in issues[:most]]
        left += [plural(len(issues) - most, _COMMANDS[level])] if len(issues) > most else []
    summary = report.summary + (f" Without an annotation: {', '.join(left)}." if left else "")
    lines.append(f"::notice title=reconcile::{data(summary)}")
    return "".join(f"{line}\n" for line in lines)


def _command(issue: Issue) -> str:
    properties = {"title": f"{issue.rule}: {issue.object}"}
    if issue.place:
        where = issue.place
        properties = {"file": where.file, "line": str(where.line), "col": str(where.column), **properties}
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[issue.level]} {written}::{data(issue.message)}"


def data(text: str) -> str:
    """Return the text of a workflow command."""
    return one_line(text).replace("%", "%25")


def _property(text: str) -> str:
    """Return the value of a property. The runner decodes no `;`, so it is not encoded."""
    return data(text).replace(":", "%3A").replace(",", "%2C")
