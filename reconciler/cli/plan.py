"""`reconcile plan`: what would change."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reconciler.cli.options import Allow, CheckTimeout, Database, Files, PlanFormat, files_or_default, seconds


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
) -> int:
    """Print what would change. Changes nothing."""
    import reconciler
    from reconciler.cli.output import write_file
    from reconciler.cli.show import DIFFERS, exit_code, show
    from reconciler.report import render_json, report_of

    found = reconciler.plan_files(
        files_or_default(file), db, allow=frozenset(allow or ()), check_timeout=seconds(check_timeout)
    )
    report = report_of(found)
    if output:
        write_file(output, render_json(report))
    show(report, format_)
    return exit_code(report, differs=DIFFERS if detailed_exitcode else 0)
