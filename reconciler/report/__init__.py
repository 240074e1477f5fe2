"""Reports: one `Report` built from a plan, and one pure function per format.

A new format is a module with such a function, and a line in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable

from reconciler.report.json import render_json
from reconciler.report.markdown import render_markdown
from reconciler.report.report import Report, report_of
from reconciler.report.sql import render_sql
from reconciler.report.text import render_text

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": render_text,
    "json": render_json,
    "markdown": render_markdown,
    "sql": render_sql,
}

__all__ = ["FORMATS", "Report", "render_json", "render_markdown", "render_sql", "render_text", "report_of"]
