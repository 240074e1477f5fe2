"""`reconcile plan`: prints the changes."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconciler.cli.options import STDOUT, PlanFormat, refuse_alone
from reconciler.cli.planning import Planning, option_words, with_planning
from reconciler.cli.rehearsal import Rehearse, RehearseOn, RowCount, rehearsal_of, wants_rehearsal
from reconciler.cli.snapshot import Live, MaxAge, plan_live
from reconciler.report.wording import one_line

if TYPE_CHECKING:
    from reconciler.report import Report


@with_planning
def plan(
    shared: Planning,
    format_: PlanFormat = "text",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PLANFILE",
            help="Also write the plan to this file, for `apply`, or as a page if it ends in .html; - prints only JSON.",
        ),
    ] = None,
    live: Live = None,
    max_age: MaxAge = None,
    rehearse: Rehearse = False,
    rehearse_on: RehearseOn = None,
    rows: RowCount = 0,
    detailed_exitcode: Annotated[
        bool, typer.Option("--detailed-exitcode", help="Exit with 2 if there are changes.")
    ] = False,
) -> int:
    """Print the changes. Changes nothing."""
    import reconciler
    from reconciler.cli.checking import checks_on
    from reconciler.cli.output import Syntax, emit, warn, write_file
    from reconciler.cli.show import DIFFERS, exit_code, show
    from reconciler.model.content import refuse_unbound
    from reconciler.report import render_html, render_json, report_of

    refuse_alone("--max-age", max_age is not None, live=live is not None)
    options, rehearsing = shared.options(format_), wants_rehearsal(rehearse, rehearse_on, rows)
    with checks_on(sys.stderr, quiet=shared.quiet) as checks:
        if live is not None:
            found = plan_live(live, shared, format_, max_age)
        else:
            found = reconciler.plan_files(
                shared.files, shared.database, options=options, follow=shared.follow, listeners=(checks,)
            )
    rehearsal = None
    if rehearsing:
        rehearsal = rehearsal_of(found, shared, format_, live=live, on=rehearse_on, rows=rows)
    report = report_of(found, rehearsal)
    if output == STDOUT:
        emit(render_json(report), syntax=Syntax.JSON)
        return exit_code(report, differs=DIFFERS if detailed_exitcode else 0)
    show(report, format_, verbose=shared.verbose, quiet=shared.quiet)
    if output and output.suffix.lower() == ".html":
        write_file(output, render_html(report))
        if not shared.quiet:
            warn(f"The report was written to {one_line(str(output))}.")
    elif output:
        if live is None:
            refuse_unbound(report.server, "the plan file")
        write_file(output, render_json(report))
        if not shared.quiet:
            warn(_how_to_apply(output, report, shared))
    return exit_code(report, differs=DIFFERS if detailed_exitcode else 0)


def _how_to_apply(path: Path, report: Report, shared: Planning) -> str:
    """Return where the plan was written, and the command that applies it, without the connection string."""
    written = f"The plan was written to {one_line(str(path))}."
    if report.preview is not None:
        said = f"{written} It was made from a snapshot, so the file cannot be applied."
        if not report.approvable:
            return said
        return (
            f"{said} `apply --require-digest` applies the same plan of the database. Its digest:\n{report.digest}"
        )
    if report.digest is None:
        return f"{written} It has no digest and cannot be applied: {one_line(report.no_digest)}."
    if not report.changes:
        return written
    given = shared.planning_options + option_words({"--allow": shared.allow})
    command = shlex.join(["reconcile", "apply", str(path), *given])
    same = ", with the same --db," if shared.db is not None else ""
    return f"{written} `{one_line(command)}`{same} applies it and nothing else. Its digest:\n{report.digest}"
