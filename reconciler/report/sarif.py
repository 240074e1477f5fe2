"""The SARIF 2.1.0 format, for code scanning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from reconciler.kinds.rules import RULES
from reconciler.model.rules.rule import PROBLEM, REFUSAL, HazardKind, Rule
from reconciler.report.fitting import fitting
from reconciler.report.issues import Issue, issues_of, place_of, uri_of
from reconciler.report.json import dumps
from reconciler.report.report import Report
from reconciler.report.wording import one_line, plural

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_RULES: Final = {rule.id: rule for rule in RULES}


def render_sarif(report: Report) -> str:
    """Render refusals, gated hazards and notes, worst first. `properties.leftOut` counts what does not fit."""
    return sarif_of(issues_of(report), report.sources, report.verdict)


def sarif_of(issues: Sequence[Issue], sources: Sequence[str], verdict: str, left_out: int = 0) -> str:
    """Render issues of a plan or of files. `left_out` more are only counted."""
    return fitting(lambda count: _document(issues, count, sources, verdict, left_out), len(issues))


def _document(issues: Sequence[Issue], count: int, sources: Sequence[str], verdict: str, left_out: int) -> str:
    kept = issues[:count]
    ids = sorted({issue.rule for issue in kept})
    left = len(issues) - len(kept) + left_out
    run = {
        "tool": {
            "driver": {
                "name": "reconcile",
                "rules": [_rule(id_) for id_ in ids],
            }
        },
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": "reconcile/"},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notifications(left)}],
        "results": [_result(issue, ids, sources) for issue in kept],
        "properties": {"leftOut": left, "verdict": verdict},
    }
    return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _notifications(left: int) -> list[dict[str, Any]]:
    if not left:
        return []
    text = f"{plural(left, 'result')} omitted, the least severe, for lack of space."
    return [{"level": "warning", "message": {"text": text}}]


def _rule(id_: str) -> dict[str, Any]:
    rule = _RULES.get(id_)
    if rule is None:
        return {"id": one_line(id_)}
    explain = f"`reconcile explain {rule.id}` shows examples."
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.meaning},
        "help": {
            "text": f"{rule.remedy}\n\n{explain.replace('`', '')}",
            "markdown": f"{rule.remedy}\n\n{explain}",
        },
        "defaultConfiguration": {"level": _level(rule)},
    }


def _level(rule: Rule) -> str:
    if isinstance(rule, HazardKind):
        return "warning"
    return "error" if {REFUSAL, PROBLEM} & set(rule.raised) else "note"


def _result(issue: Issue, ids: Sequence[str], sources: Sequence[str]) -> dict[str, Any]:
    place = place_of(issue, sources)
    return {
        "ruleId": one_line(issue.rule),
        "ruleIndex": ids.index(issue.rule),
        "level": issue.level.value,
        "message": {"text": issue.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri_of(place.file)},
                    "region": {"startLine": place.line, "startColumn": place.column},
                },
                "logicalLocations": [{"fullyQualifiedName": issue.object}],
            }
        ],
        "partialFingerprints": {"reconcile/v1": issue.fingerprint},
    }
