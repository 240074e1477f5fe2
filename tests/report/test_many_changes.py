"""A pull request with 5,000 changes: each result is valid by the format's schema, and is on the line of its object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

import reconciler
from benchmarks.generate import yaml_of
from reconciler.kinds.dropped_table.rules import DROP_TABLE
from reconciler.model.guard import Finding, GuardResult
from reconciler.model.hazards import Hazard
from reconciler.report import FORMATS, Report, report_of
from tests.report.plans import PLANS, orphans
from tests.servers import NIGHTLY

MANY = 5_000
RESULTS = tuple(GuardResult)

# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": "^[a-z-]+$"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{40}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                        "additionalProperties": False,
                    },
                },
                "additionalProperties": False,
            },
        },
        "additionalProperties": False,
    },
}

# The elements of the schema of Jenkins' xUnit plugin that GitLab reads: required and possible attributes, and content.
_COUNTS = {"tests", "failures", "errors", "skipped"}
JUNIT: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": (set(), {"name", *_COUNTS}, {"testsuite"}),
    "testsuite": ({"name"}, _COUNTS, {"testcase"}),
    "testcase": ({"name", "classname"}, {"file", "line"}, {"failure", "error", "skipped"}),
    "failure": (set(), {"message", "type"}, set()),
    "error": (set(), {"message", "type"}, set()),
    "skipped": (set(), {"message"}, set()),
}


def unknown_to_junit(element: ElementTree.Element) -> Iterator[str]:
    """Yield what the schema of JUnit does not allow."""
    required, possible, content = JUNIT[element.tag]
    yield from (f"{element.tag} lacks {one}" for one in required - {*element.keys()})
    yield from (f"{element.tag} has {one}" for one in {*element.keys()} - required - possible)
    if element.tag == "testcase" and len(element) > 1:
        yield "a test case has two outcomes"
    for one in element:
        yield from unknown_to_junit(one) if one.tag in content else [f"{element.tag} has {one.tag}"]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("many") / "schema.yaml"
    path.write_text(yaml_of(MANY // 10, "people"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def report(file: Path) -> Report:
    """A report with a change that has a gated hazard, and a data check, of each object of the file."""
    found = report_of(PLANS["changes"])
    objects = reconciler.load([file]).objects
    assert len(objects) == MANY
    hazard = Hazard(kind=DROP_TABLE, detail="d")
    changes = [
        replace(found.changes[0], key=one.key, place=one.place, hazards=(hazard,), steps=())
        for one in objects.values()
    ]
    findings = [
        Finding(guard=orphans(), key=one.key, place=one.place, result=RESULTS[n % len(RESULTS)], count=n)
        for n, one in enumerate(objects.values())
    ]
    return replace(found, changes=tuple(changes), findings=tuple(findings), notes=(), sources=(str(file),))


def lines_of(file: Path) -> dict[str, int]:
    """Return the line of each object of the file, by its name, which occurs once as a key."""
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    return {line.split(":")[0].strip(): number for number, line in lines if line.startswith("      ")}


def test_sarif_is_valid_and_each_region_begins_at_its_object(report: Report, file: Path, sarif_schema: Any) -> None:
    document = json.loads(FORMATS["sarif"](report))
    (run,) = document["runs"]
    # All have the same form; by day, one in fifty is enough for a slow validator.
    validated = run["results"] if NIGHTLY else run["results"][::50]
    jsonschema.Draft7Validator(sarif_schema).validate({**document, "runs": [{**run, "results": validated}]})
    lines, places = file.read_text(encoding="utf-8").splitlines(), lines_of(file)
    seen = set()
    for result in run["results"]:
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        name = location["logicalLocations"][0]["fullyQualifiedName"].split(" on ")[0].split()[-1]
        assert region["startLine"] == places[name]
        assert lines[region["startLine"] - 1][region["startColumn"] - 1 :].startswith(f"{name}:")
        seen.add(name)
    assert seen == places.keys()
    assert len(seen) == MANY


def test_code_quality_is_valid_and_each_line_is_that_of_its_object(report: Report, file: Path) -> None:
    issues = json.loads(FORMATS["gitlab"](report))
    jsonschema.Draft7Validator(CODE_QUALITY).validate(issues)
    assert [one["location"]["lines"]["begin"] for one in issues] == list(lines_of(file).values())
    assert len({one["fingerprint"] for one in issues}) == MANY


def test_junit_is_valid_and_each_case_has_the_line_of_its_object(report: Report, file: Path) -> None:
    root = ElementTree.fromstring(FORMATS["junit"](report))
    assert list(unknown_to_junit(root)) == []
    cases = list(root.iter("testcase"))
    assert [int(one.get("line", 0)) for one in cases] == list(lines_of(file).values())
    assert root.get("tests") == str(MANY)


def test_the_check_of_junit_finds_mistakes() -> None:
    case = "<testcase name='a' classname='b' x='c'><skipped/><error/></testcase>"
    wrong = f"<testsuites><testsuite>{case}</testsuite></testsuites>"
    assert list(unknown_to_junit(ElementTree.fromstring(wrong))) == [
        "testsuite lacks name",
        "testcase has x",
        "a test case has two outcomes",
    ]
