"""The JSON Schemas and the readers agree on the structure of a file, and editors get a description of every key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest
import yaml

from reconciler.kinds.file.fields import Record
from reconciler.kinds.file.nodes import MappingNode, Node, Reading, ScalarNode, SequenceNode
from reconciler.kinds.index_backed.element_fields import INDEX_ELEMENT
from reconciler.kinds.rules import HAZARDS, IN_FILE
from reconciler.model.errors import Problems
from reconciler.policy.environments import environments_json_schema
from reconciler.policy.file import policy_json_schema
from reconciler.policy.rules import POLICY_RULES
from reconciler.spec import json_schema
from reconciler.spec.document import FILE_SECTIONS, TABLE_SECTIONS
from reconciler.spec.parse import parse
from reconciler.spec.policy import POLICY

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
VALID = [*sorted((HERE / "valid").glob("*.yaml")), *ROOT.glob("schema.yaml"), *ROOT.glob("examples/*/schema.yaml")]
STRUCTURE = {"unknown-key", "missing-key", "wrong-type"}

VALIDATOR = jsonschema.Draft7Validator(json_schema())


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


@pytest.mark.parametrize("path", VALID, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_loads_is_valid(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(read(path))] == []


@pytest.mark.parametrize("case", sorted((HERE / "cases").glob("*.problems.txt")), ids=lambda path: path.stem)
def test_what_breaks_the_structure_is_invalid(case: Path) -> None:
    rules = set(re.findall(r"\[([a-z-]+)\]", case.read_text(encoding="utf-8")))
    document = read(case.with_name(case.name.replace(".problems.txt", ".yaml")))
    if rules & STRUCTURE and document is not None:
        assert not VALIDATOR.is_valid(document)


# --- Every key of the three files is described ---------------------------------------------------------------------

SCHEMAS: Final = {"file": json_schema(), "policy": policy_json_schema(), "environments": environments_json_schema()}


def keys_of(schema: Any, path: str = "") -> Iterator[tuple[str, Any, bool]]:
    """Yield each key of a schema: its path, its own schema, and whether it must be there."""
    for name, one in schema.get("properties", {}).items():
        yield f"{path}.{name}", one, name in schema.get("required", ())
        yield from keys_of(one, f"{path}.{name}")
    inner = [*schema.get("anyOf", ()), *schema.get("definitions", {}).values()]
    for one in filter(None, (*inner, schema.get("items"), schema.get("additionalProperties"))):
        yield from keys_of(one, path)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_has_a_description_a_default_and_valid_examples(name: str) -> None:
    schema = SCHEMAS[name]
    jsonschema.Draft7Validator.check_schema(schema)
    wrong = []
    for path, key, required in keys_of(schema):
        validator = jsonschema.Draft7Validator({**key, "definitions": schema.get("definitions", {})})
        # A default that a file cannot say is described; `default` would make editors insert it.
        default = required or "default" in key or re.search(r" If omitted: .+\.$", key["description"])
        wrong += [f"{path}: no sentence"] * (re.match(r"[A-Z`].*\.$", key.get("description", "")) is None)
        wrong += [f"{path}: no default"] * (not default)
        wrong += [f"{path}: no examples"] * (not key.get("examples"))
        values = [*key.get("examples", ()), *([key["default"]] if "default" in key else [])]
        wrong += [f"{path}: {value!r} is invalid" for value in values if not validator.is_valid(json_of(value))]
    assert wrong == []


def json_of(value: Any) -> Any:
    return json.loads(json.dumps(value))


RECORDS: Final = {
    "policy": POLICY,
    "index element": INDEX_ELEMENT,
    **{section.key: section.record for section in (*TABLE_SECTIONS.values(), *FILE_SECTIONS.values())},
    **{rule.rule.id: Record(rule.parameters, what="a rule") for rule in POLICY_RULES},
}


@pytest.mark.parametrize("name", RECORDS)
def test_readers_read_the_examples_and_defaults_of_their_keys(name: str) -> None:
    problems = Problems()
    for key, attribute in RECORDS[name].attributes.items():
        described = attribute.schema()
        for value in (*described["examples"], *([described["default"]] if "default" in described else [])):
            root, _ = parse(f"{name}.{key}", yaml.safe_dump(json_of(value)).encode())
            assert root is not None
            attribute.reader.read(root, Reading(default_schema="public", problems=problems))
    assert [str(problem) for problem in problems] == []


def test_words_of_a_closed_set_have_meanings() -> None:
    """An editor shows them while it completes the id of a hazard."""
    text = json.dumps(SCHEMAS["file"]["properties"])
    for hazard in HAZARDS:
        assert (json.dumps(hazard.meaning) in text) is (hazard.id in IN_FILE)
