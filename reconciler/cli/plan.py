"""`reconcile plan`: what would change."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconciler.cli.options import (
    Allow,
    CheckTimeout,
    Color,
    Database,
    Files,
    Follow,
    NoDataChecks,
    PlanFormat,
    Quiet,
    Samples,
    TrustFile,
    TrustRole,
    Verbose,
    files_or_default,
    one_of,
    options_of,
)
from reconciler.report.wording import one_line

if TYPE_CHECKING:
    from reconciler.report import Report

STDOUT = Path("-")


def plan(
    file: Files = None,
    follow: Follow = False,
    db: Database = None,
    format_: PlanFormat = "text",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PLANFILE",
            help="Write the plan as JSON to this file, for `apply`; - prints it, and nothing else.",
        ),
    ] = None,
    detailed_exitcode: Annotated[
        bool, typer.Option("--detailed-exitcode", help="Exit with 2 if there is something to do.")
    ] = False,
    allow: Allow = None,
    check_timeout: CheckTimeout = 30,
    samples: Samples = None,
    no_data_checks: NoDataChecks = False,
    trust_file: TrustFile = False,
    trust_role: TrustRole = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
    color: Color = "auto",
) -> int:
    """Print what would change. Changes nothing."""
    import reconciler
    from reconciler.cli.checking import checks_on
    from reconciler.cli.output import emit, warn, write_file
    from reconciler.cli.show import DIFFERS, exit_code, show
    from reconciler.model.content import refuse_unbound
    from reconciler.report import render_json, report_of

    del color  # noted when it was parsed
    one_of(verbose=verbose, quiet=quiet)
    options = options_of(
        allow=allow,
        check_timeout=check_timeout,
        samples=samples,
        no_data_checks=no_data_checks,
        trust_file=trust_file,
        trust_role=trust_role,
        format_=format_,
    )
    with checks_on(sys.stderr, quiet=quiet) as checks:
        found = reconciler.plan_files(
            files_or_default(file), db, options=options, follow=follow, listeners=(checks,)
        )
    report = report_of(found)
    if output == STDOUT:
        emit(render_json(report))
        return exit_code(report, differs=DIFFERS if detailed_exitcode else 0)
    show(report, format_, verbose=verbose, quiet=quiet)
    if output:
        refuse_unbound(report.server, "the plan file")
        write_file(output, render_json(report))
        if not quiet:
            warn(_how_to_apply(output, report))
    return exit_code(report, differs=DIFFERS if detailed_exitcode else 0)


def _how_to_apply(path: Path, report: Report) -> str:
    written = f"The plan was written to {one_line(str(path))}."
    if report.refusals or not report.changes:
        return written
    return f"{written} `reconcile apply {one_line(shlex.quote(str(path)))}` applies it and nothing else."
