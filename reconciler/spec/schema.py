"""The JSON Schema of the file, from the same declarations that read it."""

from __future__ import annotations

from reconciler.kinds.file.fields import Section
from reconciler.kinds.file.readers import NAME_SCHEMA, Json, Names
from reconciler.kinds.required_table.fields import SECTION as TABLES
from reconciler.spec.document import ABSENT_SECTIONS, FILE_SECTIONS, TABLE_SECTIONS
from reconciler.spec.policy import POLICY, protected_schema


def json_schema() -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of one file. It describes the structure; only `load` finds
    contradictions."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "reconcile: desired state of a PostgreSQL database",
        "description": "Constraints, indexes, statistics and dropped tables. Only objects that the file names "
        "are managed.",
        "type": "object",
        "properties": _top_properties(),
        "required": ["version"],
        "additionalProperties": False,
        "$defs": {
            "table": _table(),
            **{s.kind: s.schema() for s in (*TABLE_SECTIONS.values(), *FILE_SECTIONS.values()) if s is not TABLES},
        },
    }


def _top_properties() -> Json:
    return {
        "version": {"description": "The version of the format.", "const": 1},
        "schema": {"description": "Schema of tables whose names in this file have none. Default public."}
        | NAME_SCHEMA,
        "policy": {"description": "Limits and accepted hazards; only one file may have it."} | POLICY.schema(),
        "protected": protected_schema(),
        **{key: _tables(section) for key, section in FILE_SECTIONS.items()},
    }


def _tables(section: Section) -> Json:
    reference = {"$ref": "#/$defs/table" if section is TABLES else f"#/$defs/{section.kind}"}
    by_name = {"type": "object", "propertyNames": {"minLength": 1}, "additionalProperties": reference}
    return {"description": section.doc, "anyOf": [by_name, {"type": "null"}]}


def _table() -> Json:
    absent: Json = {
        "description": "Objects to remove from this table, if they exist.",
        "type": ["object", "null"],
        "properties": {name: Names().schema() for name in ABSENT_SECTIONS},
        "additionalProperties": False,
    }
    properties: Json = {
        "schema": {"description": "The table's schema, verbatim."} | NAME_SCHEMA,
        "table": {"description": "The table's name, verbatim; the key above is then only a label."} | NAME_SCHEMA,
        **{key: s.section_schema({"$ref": f"#/$defs/{s.kind}"}) for key, s in TABLE_SECTIONS.items()},
        "absent": absent,
    }
    return {
        "title": TABLES.what,
        "type": ["object", "null"],
        "properties": properties,
        "additionalProperties": False,
    }
