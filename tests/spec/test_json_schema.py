"""The JSON Schema and `load` agree on the structure of a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reconciler.kinds.file.nodes import MappingNode, Node, ScalarNode, SequenceNode
from reconciler.spec import json_schema
from reconciler.spec.parse import parse

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
VALID = [*sorted((HERE / "valid").glob("*.yaml")), *ROOT.glob("schema.yaml"), *ROOT.glob("examples/*/schema.yaml")]
STRUCTURE = {"unknown-key", "missing-key", "wrong-type"}

VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def as_an_editor_reads_it(node: Node | None) -> Any:
    """Return a tree with YAML 1.2's core types, which editors validate."""
    if isinstance(node, MappingNode):
        return {key: as_an_editor_reads_it(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, SequenceNode):
        return [as_an_editor_reads_it(item) for item in node.items]
    if not isinstance(node, ScalarNode) or node.is_null:
        return None
    if node.plain and node.text in ("true", "false"):
        return node.text == "true"
    if node.plain and re.fullmatch(r"-?[0-9]+", node.text):
        return int(node.text)
    if node.plain and re.fullmatch(r"-?[0-9]*\.?[0-9]+([eE][+-]?[0-9]+)?", node.text):
        return float(node.text)
    return node.text


def read(path: Path) -> Any:
    root, _ = parse(path.name, path.read_bytes())
    return as_an_editor_reads_it(root)


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("path", VALID, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_loads_is_valid(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(read(path))] == []


@pytest.mark.parametrize("case", sorted((HERE / "cases").glob("*.problems.txt")), ids=lambda path: path.stem)
def test_what_breaks_the_structure_is_invalid(case: Path) -> None:
    rules = set(re.findall(r"\[([a-z-]+)\]", case.read_text(encoding="utf-8")))
    document = read(case.with_name(case.name.replace(".problems.txt", ".yaml")))
    if rules & STRUCTURE and document is not None:
        assert not VALIDATOR.is_valid(document)


def test_everything_in_it_is_described() -> None:
    undescribed = [
        f"{name}.{key}"
        for name, definition in VALIDATOR.schema["$defs"].items()
        for form in definition.get("anyOf", [definition])
        for key, schema in form.get("properties", {}).items()
        if not schema.get("description")
    ]
    assert undescribed == []
