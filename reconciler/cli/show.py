"""How a plan is shown, and what exit code it stands for."""

from __future__ import annotations

import sys

from reconciler.cli.output import colour_on, emit
from reconciler.cli.values import values_on
from reconciler.report import FORMATS, Report, render_text
from reconciler.report.theme import COLOUR, PLAIN

IN_SYNC = 0
DIFFERS = 2
REFUSED = 3


def show(report: Report, format_: str = "text") -> None:
    """Print the report in a format; text is coloured on a terminal, and may show values of rows there."""
    if format_ == "text":
        coloured = colour_on(sys.stdout)
        text = render_text(report, COLOUR if coloured else PLAIN, samples=values_on(sys.stdout))
        emit(text, coloured=coloured)
    else:
        emit(FORMATS[format_](report))


def exit_code(report: Report, *, differs: int = DIFFERS) -> int:
    """3 for a refused plan, whatever else; then `differs` if there is something to do; else 0."""
    if report.refusals:
        return REFUSED
    return differs if report.changes else IN_SYNC
