"""The files that a check of a pull request leaves: pure functions from a report to texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reconciler.model.ci_system import CiSystem
from reconciler.model.errors import Problem, problem_lines
from reconciler.report import FORMATS
from reconciler.report.annotations import annotations_of_problems, log_commands
from reconciler.report.gitlab import gitlab_of
from reconciler.report.issues import Level, issues_of_problems
from reconciler.report.junit import junit_of_problems
from reconciler.report.markdown import MAX_CHARACTERS, code, render_markdown
from reconciler.report.report import Report
from reconciler.report.sarif import sarif_of
from reconciler.report.text import digest_text
from reconciler.report.wording import one_line, plural

SUMMARY_BYTES: Final = 1 << 20
"""GitHub rejects a job summary of a step that is larger."""

COMMENT: Final = "comment.md"
SUMMARY: Final = "summary.md"
DIGEST: Final = "digest.txt"
FILES: Final = {
    "text": "plan.txt",
    "html": "report.html",
    "gitlab": "code-quality.json",
    "github": "annotations.txt",
    "junit": "junit.xml",
    "terraform": "terraform.json",
}
"""The file of a format, if it is not `plan.` and the name of the format. `markdown` is the comment."""

_MARGIN: Final = 1_000
_BITBUCKET_CHARACTERS: Final = 27_500


def file_of(format_: str) -> str:
    """Return the name of the file that `reconcile ci` writes in this format."""
    return FILES.get(format_, f"plan.{format_}")


def names_of_files() -> frozenset[str]:
    """Return the names of all files that `reconcile ci` may write."""
    return frozenset({COMMENT, SUMMARY, DIGEST, *(file_of(one) for one in FORMATS if one != "markdown")})


def report_files(report: Report, system: CiSystem = CiSystem.PLAIN) -> dict[str, str]:
    """Return the name and text of each file. A plan from a snapshot has no script, because it cannot be applied."""
    without = {"markdown"} | ({"sql"} if report.preview is not None else set())
    files = {COMMENT: comment_text(report, system), SUMMARY: summary_text(report)}
    files |= {file_of(name): render(report) for name, render in FORMATS.items() if name not in without}
    files[file_of("text")] += log_digest(report)
    if report.digest is not None:
        files[DIGEST] = f"{report.digest}\n"
    return files


def log_digest(report: Report) -> str:
    """Return a line with the digest, or why there is none, for the end of a log."""
    text = digest_text(report)
    return f"\n{one_line(text)}\n" if text else ""


def comment_text(report: Report, system: CiSystem = CiSystem.PLAIN) -> str:
    """Return the text of the comment on a pull request, with room for a marker of 5,000 characters.

    Bitbucket shows HTML as text, and takes fewer characters.
    """
    if system is CiSystem.BITBUCKET:
        return render_markdown(report, most=_BITBUCKET_CHARACTERS, tags=False)
    return _cut(report, MAX_CHARACTERS)


def summary_text(report: Report, room: int = SUMMARY_BYTES) -> str:
    """Return the job summary, of at most `room` bytes; empty if nothing fits."""
    text = _cut(report, room - _MARGIN, of_bytes=True)
    return text if _bytes(text) <= room else ""


def _cut(report: Report, most: int, *, of_bytes: bool = False) -> str:
    return render_markdown(report, most=most, size=_bytes if of_bytes else len)


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", errors="replace"))


def invalid_files(problems: Sequence[Problem], left_out: int = 0, sources: Sequence[str] = ()) -> dict[str, str]:
    """Return the files about files that are not valid: comment, summary, and those that CI systems read."""
    head = f"### reconcile: invalid\n\n**{plural(len(problems) + left_out, 'problem')}; nothing was planned.**\n\n"
    files = _both(head, [f"- {code(line)}" for line in problem_lines(problems, left_out)])
    return files | _of_problems(problems, Level.ERROR, "invalid", sources, left_out)


def offline_files(declared: int, sources: Sequence[str], warnings: Sequence[Problem]) -> dict[str, str]:
    """Return the files about files that were only validated: comment, summary, and those that CI systems read."""
    valid = f"**Valid: {plural(declared, 'object')} declared in {code(', '.join(sources))}.**"
    unchecked = "**Not checked:** nothing was planned, because the command ran with `--offline`."
    files = _both(
        f"### reconcile: valid\n\n{unchecked}\n\n{valid}\n\n",
        [f"- warning: {code(line)}" for line in problem_lines(warnings)],
    )
    return files | _of_problems(warnings, Level.WARNING, "valid", sources)


def _of_problems(
    problems: Sequence[Problem], level: Level, verdict: str, sources: Sequence[str], left_out: int = 0
) -> dict[str, str]:
    """Return the files that a CI system reads, whatever became of the check: it would miss them."""
    issues = issues_of_problems(problems, level)
    return {
        file_of("sarif"): sarif_of(issues, sources, verdict, left_out),
        file_of("gitlab"): gitlab_of(issues, sources, left_out),
        file_of("junit"): junit_of_problems(problems if level is Level.ERROR else (), left_out),
        file_of("github"): log_commands(annotations_of_problems(problems, level), CiSystem.GITHUB),
    }


def _both(head: str, lines: list[str]) -> dict[str, str]:
    kept: list[str] = []
    room = MAX_CHARACTERS - len(head)
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    left = len(lines) - len(kept)
    text = head + "\n".join([*kept, *([f"- … and {left:,} more"] if left else [])])
    return {COMMENT: f"{text.rstrip()}\n", SUMMARY: f"{text.rstrip()}\n"}
