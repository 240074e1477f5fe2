"""`reconcile undo`: undoes a run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from reconciler.cli.apply import Approval, run_and_report
from reconciler.cli.history import base_of
from reconciler.cli.options import JournalPlace, TextOrJson
from reconciler.cli.planning import Planning, with_planning

if TYPE_CHECKING:
    from reconciler.execution.result import ApplyResult
    from reconciler.model.events import Listener

_FILE = (
    "The file whose policy and protected tables apply; may be given several times. Its declarations do not matter. "
    "[default: schema.yaml, if there is one]"
)


def _undo(
    shared: Planning,
    run: Annotated[
        str,
        typer.Argument(
            metavar="RUN", help="The id of a run as `history` prints it, or `last`.", show_default=False
        ),
    ],
    journal_schema: JournalPlace = None,
    plan: Annotated[bool, typer.Option("--plan", help="Print the plan only; change nothing.")] = False,
    format_: TextOrJson = "text",
    auto_approve: Annotated[bool, typer.Option("--auto-approve", "-y", help="Undo without asking.")] = False,
) -> int:
    """Print the plan that undoes a run, ask, and apply it."""
    import reconciler

    if plan:
        return _planned(shared, run, journal_schema, format_)
    if format_ != "text":
        raise typer.BadParameter("--format needs --plan")

    def take_back(approve: Approval, listeners: Sequence[Listener]) -> ApplyResult:
        options = shared.options()
        base = base_of(shared.file, follow=shared.follow, journal_schema=journal_schema)
        return reconciler.undo(run, base, shared.database, approve=approve, listeners=listeners, options=options)

    return run_and_report(shared, take_back, auto_approve=auto_approve)


def _planned(shared: Planning, run: str, journal_schema: str | None, format_: str) -> int:
    """Print the plan, and return the exit code."""
    import reconciler
    from reconciler.cli.checking import checks_on
    from reconciler.cli.show import exit_code, show

    base = base_of(shared.file, follow=shared.follow, journal_schema=journal_schema)
    with checks_on(sys.stderr, quiet=shared.quiet) as checks:
        plan = reconciler.plan_undo(run, base, shared.database, listeners=[checks], options=shared.options(format_))
    report = reconciler.report_of(plan)
    show(report, format_, verbose=shared.verbose, quiet=shared.quiet)
    return exit_code(report, differs=0)


undo = with_planning(_undo, helps={"file": _FILE})
