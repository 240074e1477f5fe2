"""Formats for code review: places, limits, escapes, and nothing of any row or message of a server."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from reconciler.kinds.dropped_table.rules import DROP_TABLE
from reconciler.model.guard import Finding, GuardResult
from reconciler.model.names import Place
from reconciler.model.plan import Note, Refusal
from reconciler.model.private import Private
from reconciler.report import FORMATS, Report, report_of
from reconciler.report.issues import Level, issues_of, uri_of
from tests.report.plans import HOSTILE, NOTES, PLANS, key, orphans, place, plan

FORMATS_HERE = ("sarif", "gitlab", "github", "junit", "terraform")
ROW = "alice@example.org"

_TEXT = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1}, "markdown": {"type": "string"}},
    "additionalProperties": False,
}
_POSITIVE = {"type": "integer", "minimum": 1}
_LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {
                    "properties": {"uri": {"type": "string", "pattern": r"^[A-Za-z0-9_.~/%:-]+$"}},
                    "additionalProperties": False,
                },
                "region": {
                    "properties": {"startLine": _POSITIVE, "startColumn": _POSITIVE},
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
        "logicalLocations": {"type": "array", "items": {"required": ["fullyQualifiedName"]}},
    },
    "additionalProperties": False,
}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_RULE = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "shortDescription": _TEXT,
        "help": _TEXT,
        "defaultConfiguration": {"properties": {"level": _LEVEL}, "additionalProperties": False},
    },
    "additionalProperties": False,
}
_RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": _LEVEL,
        "message": _TEXT,
        "locations": {"type": "array", "minItems": 1, "items": _LOCATION},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
    },
    "additionalProperties": False,
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "properties": {
                    "tool": {
                        "properties": {
                            "driver": {
                                "required": ["name"],
                                "properties": {
                                    "name": {"type": "string"},
                                    "rules": {"type": "array", "uniqueItems": True, "items": _RULE},
                                },
                                "additionalProperties": False,
                            }
                        },
                        "additionalProperties": False,
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "automationDetails": {"properties": {"id": {"type": "string"}}, "additionalProperties": False},
                    "invocations": {"type": "array", "items": {"required": ["executionSuccessful"]}},
                    "results": {"type": "array", "maxItems": 5_000, "items": _RESULT},
                    "properties": {"type": "object"},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


def sarif_run(report: Report) -> dict[str, Any]:
    """Return the only run of a document. Of many results, only the first 100 are validated, to save time."""
    document = json.loads(FORMATS["sarif"](report))
    (run,) = document["runs"]
    jsonschema.Draft7Validator(SARIF).validate({**document, "runs": [{**run, "results": run["results"][:100]}]})
    return dict(run)


def many() -> Report:
    """Return a report with 5,000 notes, 3 refusals and a gated hazard."""
    notes = [
        Note(rule="released", key=key("index", f"i{n}"), place=place(n + 1), message="m") for n in range(5_000)
    ]
    found = report_of(PLANS["changes"])
    return replace(found, notes=tuple(notes), refusals=report_of(PLANS["refused"]).refusals)


@pytest.mark.parametrize("name", PLANS)
def test_sarif_is_valid_and_names_its_rules(name: str) -> None:
    run = sarif_run(report_of(PLANS[name]))
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])


def test_sarif_has_the_place_and_the_help_of_a_gated_hazard() -> None:
    run = sarif_run(report_of(PLANS["changes"]))
    (rule,) = [one for one in run["tool"]["driver"]["rules"] if one["id"] == "drop-table"]
    assert DROP_TABLE.remedy in rule["help"]["text"]
    (result,) = [one for one in run["results"] if one["ruleId"] == "drop-table"]
    assert result["level"] == "warning"
    physical = result["locations"][0]["physicalLocation"]
    assert physical == {"artifactLocation": {"uri": "schema.yaml"}, "region": {"startLine": 52, "startColumn": 7}}


def test_the_worst_results_are_kept_and_the_others_are_counted() -> None:
    run = sarif_run(many())
    assert [one["level"] for one in run["results"][:4]] == ["error"] * 3 + ["warning"]
    left = len(issues_of(many())) - 5_000
    assert (len(run["results"]), run["properties"]["leftOut"]) == (5_000, left)
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].startswith(f"{left} results")


def large() -> Report:
    """Return a report with 3,000 long notes, 1 refusal, and 3,000 long data checks of which one fails."""
    note = Note(rule="released", key=None, place=place(1), message="é" * 5_000)
    check = replace(finding(GuardResult.PASSED, 0), guard=replace(orphans(), title="é" * 5_000))
    failed = replace(check, result=GuardResult.FAILED)
    refusals = report_of(PLANS["refused"]).refusals[:1]
    found = report_of(PLANS["in_sync"])
    return replace(found, notes=(note,) * 3_000, refusals=refusals, findings=(*[check] * 2_999, failed))


def test_large_files_are_cut_to_10_mb_and_count_the_others() -> None:
    report = large()
    texts = {name: FORMATS[name](report) for name in ("sarif", "gitlab", "junit")}
    for name, text in texts.items():
        assert 9_900_000 < len(text.encode()) <= 10_000_000, name
    (run,) = json.loads(texts["sarif"])["runs"]
    assert run["results"][0]["level"] == "error"
    assert len(run["results"]) + run["properties"]["leftOut"] == 3_001
    quality = json.loads(texts["gitlab"])
    assert quality[0]["severity"] == "blocker"
    left = 3_001 - (len(quality) - 1)
    assert quality[-1]["description"] == f"{left:,} entries omitted, the least severe, for lack of space"
    cases = list(ElementTree.fromstring(texts["junit"]).iter("testcase"))
    assert [one.tag for one in cases[0]] == ["failure"]
    left = 3_000 - (len(cases) - 1)
    assert cases[-1].get("name") == f"{left:,} tests omitted, the least severe, for lack of space"


def test_many_entries_are_cut_to_5000_and_counted() -> None:
    report = replace(many(), findings=(finding(GuardResult.PASSED, 0),) * 6_000)
    assert len(json.loads(FORMATS["gitlab"](report))) == 5_001
    root = ElementTree.fromstring(FORMATS["junit"](report))
    assert (root.get("tests"), root.get("skipped")) == ("5001", "1")


def test_annotations_keep_the_limits_and_count_the_others() -> None:
    printed = FORMATS["github"](many()).splitlines()
    levels = [line.split(" ")[0] for line in printed]
    assert levels == ["::error"] * 3 + ["::warning"] + ["::notice"] * 10
    assert printed[-1].endswith("::4,992 more are in the report")


def test_annotations_escape_what_would_end_a_value() -> None:
    refusal = Refusal(
        rule="r",
        key=None,
        place=Place(file="a,b:100%\r\n.yaml", line=2, column=3),
        cause="50%\n::error::x",
        remedy="y",
    )
    printed = FORMATS["github"](replace(report_of(PLANS["in_sync"]), refusals=(refusal,))).splitlines()
    assert printed[0] == (
        "::error file=a%2Cb%3A100%25\\r\\n.yaml,line=2,col=3,title=r%3A the plan::50%25\\n::error::x. What to do: y"
    )
    assert len(printed) == 2


def test_a_refused_hazard_is_one_issue() -> None:
    found = report_of(PLANS["changes"])
    hazard = next(one for one in issues_of(found) if one.level is Level.WARNING)
    change = next(one for one in found.changes if hazard.place == one.place)
    refusal = Refusal(rule=DROP_TABLE, key=change.key, place=change.place, cause="c", remedy="r")
    again = issues_of(replace(found, refusals=(refusal,)))
    assert [(one.level, one.rule) for one in again if one.rule == "drop-table"] == [(Level.ERROR, "drop-table")]


def test_fingerprints_are_unique_and_do_not_depend_on_lines_and_counts() -> None:
    one = Note(rule="released", key=key("index", "i"), place=place(9), message="3 rows")
    first = replace(report_of(PLANS["in_sync"]), notes=(one, one, *NOTES))
    prints = [issue["fingerprint"] for issue in json.loads(FORMATS["gitlab"](first))]
    moved = replace(one, place=place(700), message="4 rows")
    again = json.loads(FORMATS["gitlab"](replace(first, notes=(moved, moved, *NOTES))))
    assert [issue["fingerprint"] for issue in again] == prints
    assert len(set(prints)) == 4


@pytest.mark.parametrize(
    ("file", "uri"),
    [("./db/a b.yaml", "db/a%20b.yaml"), ("/x/é.yaml", "file:///x/%C3%A9.yaml"), ("c:d", "c%3Ad")],
)
def test_files_are_uris(file: str, uri: str) -> None:
    assert uri_of(file) == uri


def finding(result: GuardResult, count: int | None = None) -> Finding:
    return Finding(
        guard=replace(orphans(), title=f"{HOSTILE}\ufffe\ud800"),
        key=key("foreign_key", HOSTILE),
        place=place(12),
        result=result,
        count=count,
        samples=Private(ROW),
    )


def test_junit_has_the_outcome_of_each_data_check() -> None:
    findings = (
        finding(GuardResult.PASSED, 0),
        finding(GuardResult.FAILED, 1_234),
        finding(GuardResult.FAILED),
        finding(GuardResult.ERROR),
        finding(GuardResult.TIMED_OUT),
        finding(GuardResult.NOT_RUN),
    )
    root = ElementTree.fromstring(FORMATS["junit"](replace(report_of(PLANS["in_sync"]), findings=findings)))
    assert {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "6", "failures": "2", "errors": "1", "skipped": "2",
    }  # fmt: skip
    outcomes = [(one.tag, one.get("message")) for case in root.iter("testcase") for one in case]
    assert outcomes == [
        ("failure", "rows that violate it: 1,234"),
        ("failure", "rows that violate it: more than 0"),
        ("error", "the query of the data check failed"),
        ("skipped", "unknown: the time limit was reached"),
        ("skipped", "not checked"),
    ]
    name = next(root.iter("testcase")).get("name", "")
    assert "<b>&\\n" in name
    assert name.endswith("\ufffd\\ud800")


def test_terraform_counts_objects() -> None:
    assert json.loads(FORMATS["terraform"](report_of(PLANS["changes"]))) == {"create": 2, "update": 1, "delete": 3}
    assert json.loads(FORMATS["terraform"](report_of(plan()))) == {"create": 0, "update": 0, "delete": 0}


@pytest.mark.parametrize("format_", FORMATS_HERE)
def test_no_sample_of_a_row_is_printed(format_: str) -> None:
    failed = finding(GuardResult.FAILED, 3)
    refusal = Refusal(rule="orphans", key=failed.key, place=failed.place, cause="c", remedy="r", finding=failed)
    printed = FORMATS[format_](replace(report_of(PLANS["changes"]), refusals=(refusal,), findings=(failed,)))
    assert not re.search(ROW, printed)
