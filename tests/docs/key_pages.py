"""Generates the tables of keys in `docs/` from the JSON Schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import yaml

from reconciler.policy.environments import environments_json_schema
from reconciler.policy.file import policy_json_schema
from reconciler.spec.schema import json_schema
from tests.docs.pages import page

PAGES: Final = ("docs/file-format.md", "docs/policy.md")
_BLOCK: Final = re.compile(r"(<!-- keys of (.+?) from the schema -->\n\n).*?(\n<!-- end -->)", re.DOTALL)
_DEFAULT: Final = re.compile(r"(?P<meaning>.*?)(?: (?:Default|If omitted): (?P<default>.*)\.)?", re.DOTALL)


def refreshed_page(name: str) -> str:
    """Return a page written by people, with its tables generated from the schemas."""
    return _BLOCK.sub(lambda block: block[1] + "\n".join(_table(block[2])) + "\n" + block[3], page(name))


def tables_of(name: str) -> list[str]:
    return [block[2] for block in _BLOCK.finditer(page(name))]


def tables() -> Mapping[str, Any]:
    """Return the object with the keys of each table that a page may have."""
    file: Any = json_schema()
    policy: Any = policy_json_schema()
    environments: Any = environments_json_schema()
    kinds = {name: _long(one) for name, one in file["definitions"].items()}
    rules = policy["properties"]["rules"]["properties"]
    return {
        "the file": file,
        "policy": _long(file["properties"]["policy"]),
        **kinds,
        "absent": kinds["table"]["properties"]["absent"],
        "references": _long(kinds["foreign_key"]["properties"]["references"]),
        "an element of an index": _long(kinds["index"]["properties"]["columns"]),
        "the operator of an element": {
            "properties": {
                "operator": _long(kinds["exclusion"]["properties"]["elements"])["properties"]["operator"]
            },
            "required": ["operator"],
        },
        "an operator class": _long(_long(kinds["index"]["properties"]["columns"])["properties"]["opclass"]),
        "a rule": {"properties": {key: _long(rules["foreign-key-index"])["properties"][key] for key in _COMMON}},
        "the rules": rules,
        "an environment": environments["properties"]["environments"]["additionalProperties"],
    }


_COMMON: Final = ("severity", "exceptions")


def _long(schema: Any) -> Any:
    """Return the form with keys."""
    return next(form for form in schema.get("anyOf", [schema]) if "properties" in form)


def _table(name: str) -> Iterator[str]:
    found = tables()[name]
    rule = name == "the rules"
    yield f"|{' rule |' if rule else ''} key | meaning | default | examples |"
    yield f"|{'---|' if rule else ''}---|---|---|---|"
    if rule:
        for id_, one in found.items():
            form = _long(one)
            for key, schema in form["properties"].items():
                if key not in _COMMON:
                    yield f"| `{id_}` {_row(key, schema, required=False)}"
        return
    for key, schema in found["properties"].items():
        yield _row(key, schema, required=key in found.get("required", ()))


def _row(key: str, schema: Any, *, required: bool) -> str:
    match = _DEFAULT.fullmatch(schema["description"])
    assert match is not None
    default = "required" if required else match["default"] or ""
    examples = ", ".join(f"`{_flow(value)}`" for value in schema["examples"])
    cells = (f"`{key}`", match["meaning"], default, examples)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _flow(value: Any) -> str:
    """Return a value as a file has it, on one line."""
    text = yaml.safe_dump(value, default_flow_style=True, width=1_000_000, sort_keys=False, allow_unicode=True)
    return text.strip().removesuffix("...").strip()
