"""The JUnit format: each data check is a test case. It contains counts, never rows."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reconciler.kinds import name_of
from reconciler.model.errors import Problem
from reconciler.model.guard import Finding, GuardResult
from reconciler.model.names import Place
from reconciler.model.time_text import utc_text
from reconciler.report.fitting import fitting
from reconciler.report.report import Report
from reconciler.report.wording import one_line, plural

_OUTCOMES: Final = {
    GuardResult.PASSED: "passed",
    GuardResult.FAILED: "failure",
    GuardResult.ERROR: "error",
    GuardResult.TIMED_OUT: "skipped",
    GuardResult.NOT_RUN: "skipped",
}
_WORST_FIRST: Final = ("failure", "error", "skipped", "passed")
_INVALID: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    group: str
    name: str
    place: Place | None
    outcome: str
    message: str = ""


def render_junit(report: Report) -> str:
    """Render the data checks: passed, failed with the count, in error, or skipped if the result is unknown."""
    suite = f"data checks of {utc_text(report.preview.taken)}" if report.preview is not None else "data checks"
    return _rendered(suite, [_case(finding) for finding in report.findings])


def junit_of_problems(problems: Sequence[Problem], left_out: int = 0) -> str:
    """Render the problems of files as failures."""
    cases = [
        _Case(
            group=one.place.file if one.place else "the file",
            name=f"{one.rule}, line {one.place.line}: {one.message}" if one.place else f"{one.rule}: {one.message}",
            place=one.place,
            outcome="failure",
            message=str(one),
        )
        for one in problems
    ]
    return _rendered("files", cases, left_out)


def _rendered(suite: str, cases: Sequence[_Case], left_out: int = 0) -> str:
    """Render the cases, if all fit; otherwise the worst, and a case that counts the others."""
    worst = sorted(cases, key=lambda one: _WORST_FIRST.index(one.outcome))

    def document(count: int) -> str:
        kept = list(cases if count == len(cases) else worst[:count])
        left = len(cases) - count + left_out
        if left:
            name = f"{plural(left, 'test')} omitted, the least severe, for lack of space"
            kept.append(_Case(group="reconcile", name=name, place=None, outcome="skipped", message=name))
        return _document(suite, kept)

    return fitting(document, len(cases))


def _document(suite: str, cases: Sequence[_Case]) -> str:
    outcomes = Counter(one.outcome for one in cases)
    totals = (
        f'tests="{len(cases)}" failures="{outcomes["failure"]}" errors="{outcomes["error"]}" '
        f'skipped="{outcomes["skipped"]}"'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="reconcile" {totals}>\n<testsuite name={_quoted(suite)} {totals}>\n'
        f"{''.join(map(_element, cases))}</testsuite>\n</testsuites>\n"
    )


def _element(one: _Case) -> str:
    where = f' file={_quoted(one.place.file)} line="{one.place.line}"' if one.place else ""
    case = f"<testcase classname={_quoted(one.group)} name={_quoted(one.name)}{where}"
    if one.outcome == "passed":
        return f"{case}/>\n"
    return f"{case}><{one.outcome} message={_quoted(one.message)}/></testcase>\n"


def _case(finding: Finding) -> _Case:
    return _Case(
        group=name_of(finding.key),
        name=finding.guard.title,
        place=finding.place,
        outcome=_OUTCOMES[finding.result],
        message=_message(finding),
    )


def _message(finding: Finding) -> str:
    match finding.result:
        case GuardResult.FAILED:
            return f"rows that violate it: {finding.amount}{finding.since}"
        case GuardResult.ERROR:
            return "the query of the data check failed"
        case GuardResult.TIMED_OUT:
            return "unknown: the time limit was reached"
        case _:
            return f"not checked{finding.since}"


def _quoted(text: str) -> str:
    valid = _INVALID.sub("\ufffd", one_line(text))
    return f'"{html.escape(valid)}"'
