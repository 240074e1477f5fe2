"""`reconcile ci`: checks a pull request, and writes the files that it needs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconciler.cli.comment import CommentAuthor, PostComment, commenting
from reconciler.cli.options import refuse_alone
from reconciler.cli.planning import Planning, with_planning
from reconciler.cli.rehearsal import Rehearse, RehearseOn, RowCount, rehearsal_of, wants_rehearsal
from reconciler.cli.snapshot import Live, MaxAge, plan_live

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reconciler.cli.report_folder import ReportFolder
    from reconciler.model.ci_system import CiSystem
    from reconciler.model.errors import Problem
    from reconciler.model.plan import Plan
    from reconciler.report import Report
    from reconciler.report.annotations import Annotation

OutputFolder = Annotated[
    Path,
    typer.Option("--output-dir", metavar="FOLDER", help="The folder for the report: new, or of an earlier run."),
]
Offline = Annotated[
    bool, typer.Option("--offline", help="Only validate the file and check the policy; use no database.")
]


@with_planning
def ci(
    shared: Planning,
    output_dir: OutputFolder = Path("reconcile-report"),
    live: Live = None,
    max_age: MaxAge = None,
    offline: Offline = False,
    rehearse: Rehearse = False,
    rehearse_on: RehearseOn = None,
    rows: RowCount = 0,
    comment: PostComment = False,
    comment_author: CommentAuthor = None,
) -> int:
    """Check a pull request, and write its reports. Changes nothing in a database.

    Pending changes do not fail the check: the exit code is 0 if the plan may be applied or nothing is to be done. It
    is 1 if a rehearsal did not pass.
    """
    from reconciler.cli.report_folder import ReportFolder
    from reconciler.model.ci_system import ci_system
    from reconciler.report import report_of
    from reconciler.report.ci import names_of_files

    folder, system = ReportFolder(output_dir, names_of_files()), ci_system(os.environ)

    def planned() -> Report:
        found = _planned(shared, live, max_age)
        if not wants_rehearsal(rehearse, rehearse_on, rows):
            return report_of(found)
        return report_of(found, rehearsal_of(found, shared, "text", live=live, on=rehearse_on, rows=rows))

    with commenting(comment, shared, comment_author, folder.written):
        if offline and (live is not None or shared.db is not None):
            raise typer.BadParameter("--offline cannot be used with --live or --db")
        if offline and wants_rehearsal(rehearse, rehearse_on, rows):
            raise typer.BadParameter("--offline makes no plan that could be rehearsed")
        refuse_alone("--max-age", max_age is not None, live=live is not None)
        refuse_alone("--comment-author", comment_author is not None, comment=comment)
        folder.clear()
        if offline:
            return _invalid_too(lambda: _offline(shared, folder, system), shared, folder, system)
        return _invalid_too(lambda: _report(planned(), shared, folder, system), shared, folder, system)


def _invalid_too(check: Callable[[], int], shared: Planning, folder: ReportFolder, system: CiSystem) -> int:
    """Run the check. If the file is invalid, the report says so."""
    from reconciler.model.errors import InvalidFile
    from reconciler.report.annotations import annotations_of_problems
    from reconciler.report.ci import invalid_files

    try:
        return check()
    except InvalidFile as error:
        sources = [path.as_posix() for path in shared.files]
        files = invalid_files(error.problems, error.left_out, sources)
        _leave(folder, files, annotations_of_problems(error.problems), system)
        raise


def _offline(shared: Planning, folder: ReportFolder, system: CiSystem) -> int:
    """Validate the file as `validate` does."""
    import reconciler
    from reconciler.cli.validate import problems_of_policy
    from reconciler.model.errors import InvalidFile
    from reconciler.report.annotations import annotations_of_problems
    from reconciler.report.ci import offline_files
    from reconciler.report.issues import Level
    from reconciler.spec import warnings_of

    policy = shared.environment.policy
    desired = reconciler.load(shared.files, follow=shared.follow)
    warnings: list[Problem] = list(warnings_of(desired))
    if policy is not None:
        advice, errors = problems_of_policy(desired, policy)
        warnings += advice
        if errors:
            raise InvalidFile(errors)
    files = offline_files(desired.count, desired.sources, warnings)
    _leave(folder, files, annotations_of_problems(warnings, Level.WARNING), system)
    _say("Valid; nothing was planned (--offline).\n", folder)
    return 0


def _report(report: Report, shared: Planning, folder: ReportFolder, system: CiSystem) -> int:
    """Write and print the report of a plan."""
    from reconciler.cli.output import width_of
    from reconciler.cli.show import exit_code
    from reconciler.clock import SYSTEM
    from reconciler.report import render_text
    from reconciler.report.annotations import annotations_of
    from reconciler.report.ci import log_digest, report_files, summary_text
    from reconciler.report.issues import worst_first
    from reconciler.report.log_sections import section_marks

    files = report_files(report, system)
    _leave(folder, files, annotations_of(worst_first(report)), system, summary_of=lambda n: summary_text(report, n))
    width = width_of(sys.stdout)
    details = "" if shared.quiet else render_text(report, verbose=shared.verbose, width=width)
    digest = "" if shared.quiet else log_digest(report)
    _say(f"{report.summary}\n", folder, details, section_marks("The plan", system, SYSTEM.now()), digest)
    return exit_code(report, differs=0)


def _planned(shared: Planning, live: Path | None, max_age: float | None) -> Plan:
    import reconciler
    from reconciler.cli.checking import checks_on

    with checks_on(sys.stderr, quiet=shared.quiet) as checks:
        if live is not None:
            return plan_live(live, shared, "json", max_age)
        return reconciler.plan_files(
            shared.files, shared.database, options=shared.options("json"), follow=shared.follow, listeners=(checks,)
        )


def _leave(
    folder: ReportFolder,
    files: Mapping[str, str],
    annotations: Sequence[Annotation],
    system: CiSystem,
    summary_of: Callable[[int], str] | None = None,
) -> None:
    """Write the files, append to the job summary of GitHub, and print the annotations as log commands."""
    from reconciler.cli.output import Syntax, emit, warn
    from reconciler.report.annotations import log_commands
    from reconciler.report.ci import SUMMARY

    folder.write(files)
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        try:
            _append(Path(path), summary_of or (lambda _room: files[SUMMARY]))
        except OSError as error:
            warn(f"warning: cannot write the job summary: {error.strerror}")
    emit(log_commands(annotations, system), syntax=Syntax.LOG)


def _append(path: Path, summary_of: Callable[[int], str]) -> None:
    """Append the summary to what earlier commands of the same step wrote, within the limit."""
    from reconciler.report.ci import SUMMARY_BYTES

    with path.open("a", encoding="utf-8", errors="replace") as file:
        text = summary_of(SUMMARY_BYTES - file.tell())
        if file.tell() + len(text.encode("utf-8", errors="replace")) <= SUMMARY_BYTES:
            file.write(text)


def _say(
    summary: str, folder: ReportFolder, details: str = "", marks: tuple[str, str] = ("", ""), digest: str = ""
) -> None:
    """Print the result for people: the details begin with the summary, which a section of the
    log, between the marks, would hide. The digest follows them."""
    from reconciler.cli.output import Syntax, emit, harmless, warn
    from reconciler.report.wording import one_line

    begin, end = marks
    if begin or not details:
        emit(harmless(summary), prose=True)
    if details:
        emit(begin, syntax=Syntax.LOG)
        emit(harmless(details))
        emit(end, syntax=Syntax.LOG)
    emit(harmless(digest), prose=True)
    warn(f"The report was written to {one_line(str(folder.path))}.")
