"""`reconcile drift`: for a cron job."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconciler.cli.on_finish import OnFinish, run_on_finish
from reconciler.cli.options import PlanFormat
from reconciler.cli.planning import Planning, with_planning
from reconciler.model.errors import ReconcileError

if TYPE_CHECKING:
    from reconciler.report import Report

Strict = Annotated[
    bool, typer.Option("--strict", help="Exit with 2 also for objects on declared tables that no file declares.")
]
Metrics = Annotated[
    Path | None,
    typer.Option(
        "--metrics",
        metavar="FILE",
        help="Write metrics for the textfile collector of Prometheus' node_exporter to this file.",
        show_default=False,
    ),
]


@with_planning
def drift(
    shared: Planning,
    format_: PlanFormat = "text",
    strict: Strict = False,
    metrics: Metrics = None,
    on_finish: OnFinish = None,
) -> int:
    """Print how the database differs, and who changed it as far as the journal tells. Changes nothing."""
    from reconciler.cli.show import exit_code, show

    try:
        report = _report(shared, format_, strict=strict)
    except ReconcileError as error:
        _write_metrics(metrics, None, shared)
        if on_finish is not None:
            text = "The database could not be checked. The log of the job says why."
            run_on_finish(on_finish, f"### reconcile: failed\n\n**{text}**\n", text, error.exit_code)
        raise
    show(report, format_, verbose=shared.verbose, quiet=shared.quiet)
    _write_metrics(metrics, report, shared)
    code = exit_code(report)
    if on_finish is not None:
        from reconciler.report import render_markdown

        run_on_finish(on_finish, render_markdown(report), report.summary, code)
    return code


def _report(shared: Planning, format_: str, *, strict: bool) -> Report:
    import reconciler
    from reconciler.cli.checking import checks_on
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
    return report_of_drift(found)


def _write_metrics(path: Path | None, report: Report | None, shared: Planning) -> None:
    """Write the metrics file, completely or not at all."""
    if path is None:
        return
    from reconciler.cli.output import write_file
    from reconciler.clock import SYSTEM
    from reconciler.report.metrics import render_metrics

    write_file(path, render_metrics(report, target=shared.env or path.stem, ended_at=SYSTEM.now()))
