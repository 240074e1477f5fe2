"""Prints a plan and derives its exit code."""

from __future__ import annotations

import sys

from reconciler.cli.output import colour_on, emit, syntax_of, width_of
from reconciler.cli.values import values_on
from reconciler.model.rehearsal import RehearsalVerdict
from reconciler.report import FORMATS, Report, render_text
from reconciler.report.theme import COLOUR, PLAIN

IN_SYNC = 0
DIFFERS = 2
REFUSED = 3
NOT_REHEARSED = 1


def show(report: Report, format_: str = "text", *, verbose: bool = False, quiet: bool = False) -> None:
    """Print the report in a format. On a terminal, text has colors and may show values of rows.

    `verbose` and `quiet` apply to text: everything, or only the summary.
    """
    if format_ == "text" and quiet:
        emit(f"{report.summary}\n", prose=True)
    elif format_ == "text":
        coloured = colour_on(sys.stdout)
        theme, width = COLOUR if coloured else PLAIN, width_of(sys.stdout)
        text = render_text(report, theme, samples=values_on(sys.stdout), verbose=verbose, width=width)
        emit(text, coloured=coloured)
    else:
        emit(FORMATS[format_](report), syntax=syntax_of(format_))


def exit_code(report: Report, *, differs: int = DIFFERS) -> int:
    """Return 3 for a refused plan, else 1 after a rehearsal that did not pass, else `differs` unless the database is
    in sync, else 0."""
    if report.refusals:
        return REFUSED
    if report.rehearsal is not None and report.rehearsal.verdict is not RehearsalVerdict.PASSED:
        return NOT_REHEARSED
    return IN_SYNC if report.verdict == "in sync" else differs
