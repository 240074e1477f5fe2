"""Reports: one `Report` built from a plan, and one pure function per format.

A new format is a module with such a function, and a line in `FORMATS`. Formats are imported only when used, because
imports take most of the time of a plan that is in sync.
"""

from __future__ import annotations

from collections.abc import Callable

from reconciler.report.report import Report, report_of, report_of_drift
from reconciler.report.theme import PLAIN, Theme


def render_text(
    report: Report, theme: Theme = PLAIN, *, samples: int = 0, verbose: bool = False, width: int | None = None
) -> str:
    """Render the report for people at a terminal, with at most `samples` values of rows for each data check.

    `verbose` adds steps, SQL, all locks and explanations. Text is folded to `width` columns, if given.
    """
    from reconciler.report.text import render_text

    return render_text(report, theme, samples=samples, verbose=verbose, width=width)


def render_json(report: Report) -> str:
    """Render the report as JSON, for programs."""
    from reconciler.report.json import render_json

    return render_json(report)


def render_markdown(report: Report) -> str:
    """Render the report as Markdown, for a comment on a pull request."""
    from reconciler.report.markdown import render_markdown

    return render_markdown(report)


def render_sql(report: Report) -> str:
    """Render the report as a script for psql."""
    from reconciler.report.sql import render_sql

    return render_sql(report)


def render_sarif(report: Report) -> str:
    """Render the report as SARIF 2.1.0, for code scanning."""
    from reconciler.report.sarif import render_sarif

    return render_sarif(report)


def render_gitlab(report: Report) -> str:
    """Render the report as GitLab's code quality report."""
    from reconciler.report.gitlab import render_gitlab

    return render_gitlab(report)


def render_github(report: Report) -> str:
    """Render the report as annotations of GitHub Actions."""
    from reconciler.report.annotations import render_github

    return render_github(report)


def render_junit(report: Report) -> str:
    """Render the report as JUnit XML, with the data checks as test cases."""
    from reconciler.report.junit import render_junit

    return render_junit(report)


def render_terraform(report: Report) -> str:
    """Render the report as the counts of GitLab's `terraform` report."""
    from reconciler.report.gitlab import render_terraform

    return render_terraform(report)


def render_html(report: Report) -> str:
    """Render the report as one HTML page, which loads nothing."""
    from reconciler.report.html import render_html

    return render_html(report)


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": render_text,
    "json": render_json,
    "markdown": render_markdown,
    "sql": render_sql,
    "html": render_html,
    "sarif": render_sarif,
    "gitlab": render_gitlab,
    "github": render_github,
    "junit": render_junit,
    "terraform": render_terraform,
}

__all__ = [
    "FORMATS",
    "Report",
    "render_html",
    "render_json",
    "render_markdown",
    "render_sql",
    "render_text",
    "report_of",
    "report_of_drift",
]
