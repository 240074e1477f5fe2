"""The JUnit format: each data check is a test case. It contains counts, never rows."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import Final

from reconciler.kinds import name_of
from reconciler.model.guard import Finding, GuardResult
from reconciler.report.report import Report
from reconciler.report.wording import one_line

_OUTCOMES: Final = {
    GuardResult.PASSED: "passed",
    GuardResult.FAILED: "failure",
    GuardResult.ERROR: "error",
    GuardResult.TIMED_OUT: "skipped",
    GuardResult.NOT_RUN: "skipped",
}
_INVALID: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(report: Report) -> str:
    """Render the data checks: passed, failed with the count, in error, or skipped if the result is unknown."""
    outcomes = Counter(_OUTCOMES[finding.result] for finding in report.findings)
    totals = (
        f'tests="{len(report.findings)}" failures="{outcomes["failure"]}" errors="{outcomes["error"]}" '
        f'skipped="{outcomes["skipped"]}"'
    )
    cases = "".join(_case(finding) for finding in report.findings)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="reconcile" {totals}>\n<testsuite name="data checks" {totals}>\n'
        f"{cases}</testsuite>\n</testsuites>\n"
    )


def _case(finding: Finding) -> str:
    names = f"classname={_quoted(name_of(finding.key))} name={_quoted(finding.guard.title)}"
    where = f'file={_quoted(finding.place.file)} line="{finding.place.line}"'
    outcome = _OUTCOMES[finding.result]
    if outcome == "passed":
        return f"<testcase {names} {where}/>\n"
    return f"<testcase {names} {where}><{outcome} message={_quoted(_message(finding))}/></testcase>\n"


def _message(finding: Finding) -> str:
    match finding.result:
        case GuardResult.FAILED:
            count = "more than 0" if finding.count is None else f"{finding.count:,}"
            return f"rows that violate it: {count}"
        case GuardResult.ERROR:
            return "the query of the data check failed"
        case GuardResult.TIMED_OUT:
            return "unknown: the time limit was reached"
        case _:
            return "not checked"


def _quoted(text: str) -> str:
    valid = _INVALID.sub("\ufffd", one_line(text))
    return f'"{html.escape(valid)}"'
