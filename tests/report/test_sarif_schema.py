"""SARIF is valid by the official JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reconciler.model.errors import Problem
from reconciler.model.rules.declarations import UNKNOWN_KEY
from reconciler.report.ci import invalid_files
from tests.report.plans import place

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.sarif")), ids=lambda path: path.stem)
def test_sarif_is_valid(sarif_schema: Any, path: Path) -> None:
    jsonschema.Draft7Validator(sarif_schema).validate(json.loads(path.read_text(encoding="utf-8")))


def test_problems_of_a_file_are_valid(sarif_schema: Any) -> None:
    with_place = Problem(place=place(3), rule=UNKNOWN_KEY, message="unknown key `tabels`", hint="write `tables`")
    without = Problem(place=None, rule=UNKNOWN_KEY, message="a problem")
    document = json.loads(invalid_files([with_place, without], 7, ["schema.yaml"])["plan.sarif"])
    jsonschema.Draft7Validator(sarif_schema).validate(document)
    (run,) = document["runs"]
    assert run["properties"] == {"leftOut": 7, "verdict": "invalid"}
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["defaultConfiguration"]) == (UNKNOWN_KEY, {"level": "error"})


def test_the_schema_rejects_what_is_wrong(sarif_schema: Any) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(sarif_schema).validate({"version": "2.1.0", "runs": [{"tool": {"driver": {}}}]})
