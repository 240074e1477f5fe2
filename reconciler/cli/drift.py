"""`reconcile drift`: for a cron job."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from reconciler.cli.adopting import say_written, write_texts
from reconciler.cli.comment import CommentAuthor, IssueNumber, post_on_issue
from reconciler.cli.on_finish import OnFinish, run_on_finish
from reconciler.cli.options import PlanFormat, refuse_alone
from reconciler.cli.planning import Planning, with_planning
from reconciler.model.drift import Adoption
from reconciler.model.errors import ReconcileError

if TYPE_CHECKING:
    from reconciler.model.drift import Drift
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
Write = Annotated[
    bool,
    typer.Option(
        "--write",
        help="Edit the files so that they declare what the database has, where it differs: comments and order are "
        "kept. With --strict, also declare what no file declares. Changes nothing in the database.",
    ),
]


@with_planning
def drift(
    shared: Planning,
    format_: PlanFormat = "text",
    strict: Strict = False,
    write: Write = False,
    metrics: Metrics = None,
    on_finish: OnFinish = None,
    issue: IssueNumber = None,
    comment_author: CommentAuthor = None,
) -> int:
    """Print how the database differs, and who changed it.

    The author of a change is read from the journal and, if it exists, the DDL log. Changes nothing in the database.
    """
    from reconciler.cli.show import exit_code, show
    from reconciler.report import render_markdown, report_of_drift

    refuse_alone("--comment-author", comment_author is not None, issue=issue is not None)

    def finish(report: Report | None, text: str, summary: str, code: int) -> None:
        _write_metrics(metrics, report, shared)
        if on_finish is not None:
            run_on_finish(on_finish, text, summary, code)
        if issue is not None:
            post_on_issue(text, shared, comment_author, issue)

    try:
        found = _adopt(shared, format_, strict=strict) if write else _find(shared, format_, strict=strict)
    except ReconcileError as error:
        finish(None, f"### reconcile: failed\n\n**{_FAILED}**\n", _FAILED, error.exit_code)
        raise
    report = report_of_drift(found.drift if isinstance(found, Adoption) else found)
    show(report, format_, verbose=shared.verbose, quiet=shared.quiet)
    code = say_written(found) if isinstance(found, Adoption) else exit_code(report)
    finish(report, render_markdown(report), report.summary, code)
    return code


_FAILED: Final = "The database could not be checked. The log of the job says why."


def _find(shared: Planning, format_: str, *, strict: bool) -> Drift:
    import reconciler
    from reconciler.cli.checking import checks_on

    options = shared.options(format_)
    with checks_on(sys.stderr, quiet=shared.quiet) as checks:
        return reconciler.drift(
            shared.files,
            shared.database,
            options=options,
            follow=shared.follow,
            listeners=(checks,),
            strict=strict,
        )


def _adopt(shared: Planning, format_: str, *, strict: bool) -> Adoption:
    """Find the drift, and write the files."""
    import reconciler
    from reconciler.cli.checking import checks_on

    options = shared.options(format_)
    with checks_on(sys.stderr, quiet=shared.quiet) as checks:
        found = reconciler.adopt(
            shared.files,
            shared.database,
            options=options,
            follow=shared.follow,
            listeners=(checks,),
            strict=strict,
        )
    write_texts(found)
    return found


def _write_metrics(path: Path | None, report: Report | None, shared: Planning) -> None:
    """Write the metrics file, completely or not at all."""
    if path is None:
        return
    from reconciler.cli.output import write_file
    from reconciler.clock import SYSTEM
    from reconciler.report.metrics import render_metrics

    write_file(path, render_metrics(report, target=shared.env or path.stem, ended_at=SYSTEM.now()))
