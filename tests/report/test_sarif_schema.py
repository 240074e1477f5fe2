"""SARIF is valid by the official JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.sarif")), ids=lambda path: path.stem)
def test_sarif_is_valid(sarif_schema: Any, path: Path) -> None:
    jsonschema.Draft7Validator(sarif_schema).validate(json.loads(path.read_text(encoding="utf-8")))


def test_the_schema_rejects_what_is_wrong(sarif_schema: Any) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(sarif_schema).validate({"version": "2.1.0", "runs": [{"tool": {"driver": {}}}]})
