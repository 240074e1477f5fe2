"""`reconcile plan`: prints the changes."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconciler.cli.options import PlanFormat
from reconciler.cli.planning import Planning, with_planning
from reconciler.cli.snapshot import Live, MaxAge, plan_live, snapshot_content
from reconciler.report.wording import one_line, plural

if TYPE_CHECKING:
    from reconciler.model.plan import Plan
    from reconciler.model.rehearsal import Rehearsal
    from reconciler.report import Report

STDOUT = Path("-")


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
    max_age: MaxAge = 7,
    rehearse: Annotated[
        bool,
        typer.Option(
            "--rehearse",
            help="Also rebuild the tables on an embedded server, apply the plan there, and compare its locks.",
        ),
    ] = False,
    rehearse_on: Annotated[
        str | None,
        typer.Option(
            "--rehearse-on",
            metavar="URL",
            help="Rehearse in this empty database on another server instead.",
            show_default=False,
        ),
    ] = None,
    rows: Annotated[
        int,
        typer.Option("--rows", metavar="N", min=0, max=1000, help="With --rehearse: made-up rows for each table."),
    ] = 0,
    detailed_exitcode: Annotated[
        bool, typer.Option("--detailed-exitcode", help="Exit with 2 if there are changes.")
    ] = False,
) -> int:
    """Print the changes. Changes nothing."""
    import reconciler
    from reconciler.cli.checking import checks_on
    from reconciler.cli.output import emit, warn, write_file
    from reconciler.cli.show import DIFFERS, exit_code, show
    from reconciler.model.content import refuse_unbound
    from reconciler.report import render_html, render_json, report_of

    options = shared.options(format_)
    with checks_on(sys.stderr, quiet=shared.quiet) as checks:
        if live is not None:
            found = plan_live(live, shared, format_, max_age)
        else:
            found = reconciler.plan_files(
                shared.files, shared.database, options=options, follow=shared.follow, listeners=(checks,)
            )
    rehearsal = _rehearsal(found, shared, live, rehearse_on, rows) if rehearse or rehearse_on is not None else None
    report = report_of(found, rehearsal)
    if output == STDOUT:
        emit(render_json(report))
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


def _rehearsal(found: Plan, shared: Planning, live: Path | None, on: str | None, rows: int) -> Rehearsal | None:
    """Rehearse the plan, if it has steps."""
    import reconciler
    from reconciler.cli.output import warn

    if not found.steps:
        return None
    if not shared.quiet:
        place = "an embedded PostgreSQL" if on is None else "the database of --rehearse-on"
        warn(f"Rehearsing {plural(len(found.steps), 'step')} on {place} …")
    desired = reconciler.load(shared.files, follow=shared.follow)
    snapshot = None if live is None else snapshot_content(live, follow=shared.follow)
    url = shared.database if live is None else None
    return reconciler.rehearse(
        found, desired, url, snapshot=snapshot, options=shared.options("json"), on=on, rows=rows
    )


def _how_to_apply(path: Path, report: Report, shared: Planning) -> str:
    """Return where the plan was written, and the command that applies it, without the connection string."""
    written = f"The plan was written to {one_line(str(path))}."
    if report.preview is not None:
        return f"{written} It was made from a snapshot, so it cannot be applied."
    if report.digest is None:
        return f"{written} It has no digest and cannot be applied: {one_line(report.no_digest)}."
    if not report.changes:
        return written
    given = (
        [("-f", str(file)) for file in shared.file or ()]
        + shared.environment_options
        + [("--allow", hazard) for hazard in shared.allow or ()]
    )
    command = shlex.join(["reconcile", "apply", str(path), *(word for pair in given for word in pair)])
    same = ", with the same --db," if shared.db is not None else ""
    return f"{written} `{one_line(command)}`{same} applies it and nothing else. Its digest:\n{report.digest}"
