"""The JSON Schema of the file, from the same declarations that read it."""

from __future__ import annotations

from typing import Final

from reconciler.kinds import KINDS
from reconciler.kinds.file.described import Json, described
from reconciler.kinds.file.fields import Section
from reconciler.kinds.file.readers import NAME_SCHEMA, Names
from reconciler.kinds.file.tables import LONG_KEYS
from reconciler.kinds.required_table.fields import SECTION as TABLES
from reconciler.spec.document import ABSENT_SECTIONS, DEFAULT_SCHEMA, FILE_SECTIONS, TABLE_SECTIONS, VERSION
from reconciler.spec.policy import POLICY, protected_schema

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
"""The version of JSON Schema that all editors know."""

_SHARED: Final = (
    "Names of primary keys, unique constraints, foreign keys, checks and exclusion constraints.",
    "wallets_legacy_check",
)
"""The words for the section of `absent` that several kinds share."""


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of one file. It describes the structure; only `load` finds contradictions."""
    return {
        "$schema": DRAFT,
        "title": "reconcile: desired state of a PostgreSQL database",
        "description": "Constraints, indexes, statistics and dropped tables. Only objects that the file names "
        "are managed.",
        "type": "object",
        "properties": _top_properties(),
        "required": ["version"],
        "additionalProperties": False,
        "definitions": {
            "table": _table(),
            **{s.kind: s.schema() for s in (*TABLE_SECTIONS.values(), *FILE_SECTIONS.values()) if s is not TABLES},
        },
    }


def version_schema() -> Json:
    return described({"const": int(VERSION)}, "The version of the format.", examples=(int(VERSION),))


def _top_properties() -> Json:
    return {
        "version": version_schema(),
        "schema": described(
            NAME_SCHEMA,
            "The schema of tables whose names in this file have none.",
            default=DEFAULT_SCHEMA,
            examples=("billing",),
        ),
        "policy": described(
            POLICY.schema(),
            "Limits and accepted hazards; only one file may have it.",
            omitted="each key has its default",
            examples=({"allow": ["drop-table"], "max_drops": 3},),
        ),
        "protected": protected_schema(),
        **{key: _tables(section) for key, section in FILE_SECTIONS.items()},
    }


def _tables(section: Section) -> Json:
    reference = _reference("table" if section is TABLES else section.kind)
    by_name = {"type": "object", "propertyNames": {"minLength": 1}, "additionalProperties": reference}
    return described({"anyOf": [by_name, {"type": "null"}]}, section.doc, omitted="none", examples=section.examples)


def _reference(definition: str) -> Json:
    return {"$ref": f"#/definitions/{definition}"}


def _table() -> Json:
    words = {kind.absent_section: kind.absent_words for kind in KINDS if kind.absent_words is not None}
    absent: Json = {
        "type": ["object", "null"],
        "properties": {
            name: described(Names().schema(), doc, omitted="none", examples=([example],))
            for name, (doc, example) in ((name, words.get(name, _SHARED)) for name in ABSENT_SECTIONS)
        },
        "additionalProperties": False,
    }
    properties: Json = {
        **{name: attribute.schema() for name, attribute in LONG_KEYS.items()},
        **{key: s.section_schema(_reference(s.kind)) for key, s in TABLE_SECTIONS.items()},
        "absent": described(
            absent,
            "Objects to remove from this table, if they exist.",
            omitted="none",
            examples=({"indexes": ["idx_wallets_old"]},),
        ),
    }
    return {
        "title": TABLES.what,
        "type": ["object", "null"],
        "properties": properties,
        "additionalProperties": False,
    }
