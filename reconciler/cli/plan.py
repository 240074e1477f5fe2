"""`reconcile plan`: what would change."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reconciler.cli.options import (
    Allow,
    CheckTimeout,
    Database,
    Files,
    NoDataChecks,
    PlanFormat,
    Samples,
    TrustFile,
    TrustRole,
    files_or_default,
    options_of,
)


def plan(
    file: Files = None,
    db: Database = None,
    format_: PlanFormat = "text",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="PLANFILE", help="Write the plan as JSON to this file, for `apply`."
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
) -> int:
    """Print what would change. Changes nothing."""
    import reconciler
    from reconciler.cli.output import write_file
    from reconciler.cli.show import DIFFERS, exit_code, show
    from reconciler.report import render_json, report_of

    options = options_of(
        allow=allow,
        check_timeout=check_timeout,
        samples=samples,
        no_data_checks=no_data_checks,
        trust_file=trust_file,
        trust_role=trust_role,
        format_=format_,
    )
    found = reconciler.plan_files(files_or_default(file), db, options=options)
    report = report_of(found)
    if output:
        write_file(output, render_json(report))
    show(report, format_)
    return exit_code(report, differs=DIFFERS if detailed_exitcode else 0)
