"""`reconcile apply`: brings the database into the declared state."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconciler.cli.asking import approved, to_database
from reconciler.cli.interrupts import begin_changes, settle_interrupts
from reconciler.cli.options import BackupDir, VerifyDatabase
from reconciler.cli.output import emit, warn
from reconciler.cli.planning import Again, Planning, with_planning
from reconciler.cli.values import server_words
from reconciler.model.events import Event, Listener, RunEnded, RunStarted

if TYPE_CHECKING:
    from reconciler.cli.summary import RunStatistics
    from reconciler.execution.result import ApplyResult
    from reconciler.model.plan import Plan


def _one_job(value: int) -> int:
    if value != 1:
        raise typer.BadParameter(f"{value} is not supported yet: steps do not run in parallel; use 1")
    return value


@with_planning
def apply(
    shared: Planning,
    planfile: Annotated[
        Path | None,
        typer.Argument(
            metavar="PLANFILE", help="A plan file of `plan -o`; refuse any other step.", show_default=False
        ),
    ] = None,
    require_digest: Annotated[
        str | None,
        typer.Option("--require-digest", metavar="DIGEST", help="The digest of a plan; refuse any other plan."),
    ] = None,
    backup_dir: BackupDir = None,
    verify_db: VerifyDatabase = None,
    auto_approve: Annotated[bool, typer.Option("--auto-approve", "-y", help="Apply without asking.")] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", metavar="N", callback=_one_job, help="Steps to run in parallel; only 1 so far.")
    ] = 1,
) -> int:
    """Print the plan, ask, and apply it step by step."""
    del jobs  # checked when it was parsed
    import reconciler
    from reconciler.cli.plan_file import read_plan_file

    if planfile and shared.table:
        raise typer.BadParameter("--table cannot be used with a plan file, which already names its tables")

    def run(approve: Approval, listeners: Sequence[Listener]) -> ApplyResult:
        options = shared.options()
        expected = read_plan_file(planfile, follow=shared.follow) if planfile else None
        return reconciler.apply(
            reconciler.load(shared.files, follow=shared.follow),
            shared.database,
            listeners=listeners,
            approve=approve,
            options=options,
            expected=expected,
            require_digest=require_digest,
            backup_dir=backup_dir,
            verify_db=verify_db,
        )

    return run_and_report(shared, run, auto_approve=auto_approve)


def run_and_report(
    shared: Planning,
    run: Callable[[Approval, Sequence[Listener]], ApplyResult],
    *,
    auto_approve: bool,
) -> int:
    """Run a plan, with progress on standard error, sum up the result, and return the exit code."""
    from reconciler.cli.checking import checks_on
    from reconciler.cli.progress import progress_on
    from reconciler.cli.show import REFUSED
    from reconciler.cli.summary import RunStatistics, exit_code_of
    from reconciler.model.errors import Refused
    from reconciler.model.events import RunStatus
    from reconciler.report.text import note_text

    statistics, approval = RunStatistics(), Approval(auto_approve=auto_approve, show=partial(_show, shared))
    try:
        with (
            checks_on(sys.stderr, quiet=shared.quiet) as checks,
            progress_on(sys.stderr, quiet=shared.quiet, summed_up=sys.stdout.isatty()) as progress,
        ):
            result = run(approval, (checks, statistics, progress, tell_interrupts))
    except Refused:
        if not approval.declined:
            raise
        warn("Nothing was changed.")
        return REFUSED
    if result.run_id:
        _sum_up(result, statistics, shared.again)
    else:
        # The plan is in sync or refused: no approval was asked for, so it has not been printed yet.
        _show(shared, result.plan)
    gone = [note for note in result.plan.notes if note.gone]
    if result.error is not None or result.status is not RunStatus.COMPLETED or not (gone or statistics.rows_left):
        return exit_code_of(result.status)
    if shared.quiet:  # the plan, which has the notes, has not been printed
        emit("".join(f"note {note_text(note, verbose=shared.verbose)}\n" for note in gone), prose=True)
    return INCOMPLETE


INCOMPLETE = 2
"""The exit code of an undo that could not bring all rows, or a view, back."""


def _show(shared: Planning, plan: Plan) -> None:
    from reconciler.cli.show import show
    from reconciler.report import report_of

    show(report_of(plan), verbose=shared.verbose, quiet=shared.quiet)


def _sum_up(result: ApplyResult, statistics: RunStatistics, again: Again) -> None:
    from reconciler.cli.summary import render_summary

    message = result.message + server_words(result.error, sys.stdout)
    summary = render_summary(
        statistics, result.status, message, result.duration_s, result.run_id, result.plan.server, again
    )
    emit(summary, prose=True)


def tell_interrupts(event: Event) -> None:
    """A listener: once the end of the run is in the journal, a signal no longer changes its outcome."""
    if isinstance(event, RunStarted):
        begin_changes()
    elif isinstance(event, RunEnded):
        settle_interrupts()


class Approval:
    """Shows the plan and asks for approval. `declined` is true if the answer was not `yes`."""

    def __init__(self, *, auto_approve: bool, show: Callable[[Plan], None]) -> None:
        self.declined = False
        self._auto_approve = auto_approve
        self._show = show

    def __call__(self, plan: Plan) -> bool:
        from reconciler.report.wording import plural

        self._show(plan)
        if self._auto_approve:
            return True
        question = f"Apply {plural(len(plan.steps), 'step')} {to_database(plan.server)}?"
        self.declined = not approved(question)
        return not self.declined
