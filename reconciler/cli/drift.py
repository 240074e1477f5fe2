"""`reconcile drift`: for a cron job."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from reconciler.cli.options import PlanFormat
from reconciler.cli.planning import Planning, with_planning


@with_planning
def drift(
    shared: Planning,
    format_: PlanFormat = "text",
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Exit with 2 also for objects on declared tables that no file declares."),
    ] = False,
) -> int:
    """Print how the database differs, and who changed it as far as the journal tells. Changes nothing."""
    import reconciler
    from reconciler.cli.checking import checks_on
    from reconciler.cli.show import exit_code, show
    from reconciler.report import report_of_drift

    options = shared.options(format_)
    with checks_on(sys.stderr, quiet=shared.quiet) as checks:
        found = reconciler.drift(
            shared.files,
            shared.database,
            options=options,
            follow=shared.follow,
            listeners=(checks,),
            strict=strict,
        )
    report = report_of_drift(found)
    show(report, format_, verbose=shared.verbose, quiet=shared.quiet)
    return exit_code(report)
