"""Names of tables in the file: `table`, `schema.table`, and the long form `{schema:, table:}`."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Any, Final

from reconciler.kinds.file.described import Json, described
from reconciler.kinds.file.fields import Attribute
from reconciler.kinds.file.nodes import INVALID, Invalid, MappingNode, Node, Reading, ScalarNode
from reconciler.kinds.file.quoting import quoted_key, quoted_text, unknown_key
from reconciler.kinds.file.readers import (
    NAME_SCHEMA,
    Name,
    in_double_quotes,
    name_problem,
    read_name,
    scalar_text,
)
from reconciler.kinds.file.writing import Writing, Written
from reconciler.model.names import ARCHIVE_SCHEMA, TableName
from reconciler.model.rules.declarations import (
    AMBIGUOUS_NAME,
    BAD_NAME,
    MISSING_KEY,
    SYSTEM_SCHEMA,
    TOOL_OWNED,
    UNKNOWN_KEY,
)

LONG_KEYS: Final = {
    "schema": Attribute(
        reader=Name(expected="a schema"),
        doc="The table's schema, verbatim.",
        default=None,
        omitted="the schema of the key, or of the file",
        examples=("billing",),
    ),
    "table": Attribute(
        reader=Name(expected="a table"),
        doc="The table's name, verbatim; it is never split at a dot, and the entry's key is then only a label.",
        default=None,
        omitted="the key of the entry",
        examples=("invoices.2019",),
    ),
}
"""The keys that a table entry may have under any key, for names that a short form cannot express."""

_SYSTEM_SCHEMA = re.compile(r"(pg_.*|information_schema)\Z", re.DOTALL)
_SIMPLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}\Z")


def split_table(text: str, node: Node, reading: Reading, *, patterns: bool = False) -> TableName | Invalid:
    """Read `table` or `schema.table`, split at its only dot."""
    if _SIMPLE.match(text):
        return TableName(schema=reading.default_schema, name=text)
    if not text:
        return reading.report(node, BAD_NAME, "a name cannot be empty")
    parts = text.split(".")
    if len(parts) > 2 or not all(parts):
        message = f"{quoted_text(text)} is not an unambiguous table name"
        return reading.report(
            node, AMBIGUOUS_NAME, message, "write {schema: …, table: …} under a key of your choice"
        )
    if not patterns and any(in_double_quotes(part) for part in parts):
        bare = ".".join(part.strip('"') for part in parts)
        hint = f"names are never quoted: {quoted_text(bare, 'remove the quotes')}"
        return reading.report(node, BAD_NAME, "the name contains double quotes", hint)
    for part in parts:
        problem = name_problem(part)
        if problem:
            return reading.report(node, BAD_NAME, problem)
    return TableName(schema=parts[0] if len(parts) == 2 else reading.default_schema, name=parts[-1])


def manageable(table: TableName | Invalid, node: Node, reading: Reading) -> TableName | Invalid:
    """Return `table`, unless it belongs to the server or to the tool."""
    if table is INVALID or _usable(table.schema, node, reading) is INVALID:
        return INVALID
    return table


def _usable(schema: str, node: Node, reading: Reading) -> str | Invalid:
    """Return `schema`, unless it belongs to the server or holds archived tables."""
    if schema == ARCHIVE_SCHEMA:
        return reading.report(node, TOOL_OWNED, f"schema `{ARCHIVE_SCHEMA}` is reserved for archived tables")
    if _SYSTEM_SCHEMA.match(schema):
        return reading.report(node, SYSTEM_SCHEMA, f"schema {quoted_key(schema, 'pg_…')} belongs to PostgreSQL")
    return schema


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalSchema(Name):
    """A schema in which the journal may be."""

    expected: str = "a schema"

    def read(self, node: Node, reading: Reading) -> str | Invalid:
        schema = read_name(node, reading, self.expected)
        return INVALID if schema is INVALID else _usable(schema, node, reading)


def read_entry_name(key: ScalarNode, entry: Node, reading: Reading) -> TableName | Invalid:
    """Return the table of an entry in a mapping of tables: by its key, or by its `schema` and `table`."""
    long = entry.entries if isinstance(entry, MappingNode) else {}
    if "schema" not in long and "table" not in long:
        text = scalar_text(key, reading, "a table")
        return INVALID if text is INVALID else manageable(split_table(text, key, reading), key, reading)
    schema: str | Invalid = reading.default_schema
    if "schema" in long:
        schema = read_name(long["schema"][1], reading, "a schema")
    name = read_name(long["table"][1] if "table" in long else key, reading, "a table")
    if schema is INVALID or name is INVALID:
        return INVALID
    return manageable(TableName(schema=schema, name=name), key, reading)


def short_table(table: TableName, writing: Writing) -> str | None:
    """Return `table` or `schema.table`; None if that would not be read as this table."""
    parts = [table.name] if table.schema == writing.default_schema else [table.schema, table.name]
    if any("." in part or in_double_quotes(part) for part in parts):
        return None
    return ".".join(parts)


def written_table(table: TableName, writing: Writing) -> dict[str, Written]:
    """Return the long form."""
    long: dict[str, Written] = {} if table.schema == writing.default_schema else {"schema": table.schema}
    return {**long, "table": table.name}


def entry_name(table: TableName, writing: Writing, taken: Container[str]) -> tuple[str, dict[str, Written]]:
    """Return the key of a table's entry, and the keys that the entry itself needs for the name.

    `taken` are the keys that are used already: a long form may have any other key.
    """
    short = short_table(table, writing)
    if short is not None and short not in taken:
        return short, {}
    label, number = table.name, 1
    while label in taken:
        number += 1
        label = f"{table.name} ({number})"
    return label, written_table(table, writing)


def read_long_table(node: MappingNode, reading: Reading, extra: tuple[str, ...] = ()) -> TableName | Invalid:
    """Read `{schema:, table:}`; `extra` are further keys that the caller reads."""
    known = (*LONG_KEYS, *extra)
    unknown = [key for key, _ in node.entries.values() if key.text not in known]
    for key in unknown:
        reading.report(key, UNKNOWN_KEY, unknown_key(key.text, "in a table's name"), reading.near(key.text, known))
    if "table" not in node.entries:
        return reading.report(node, MISSING_KEY, "a table's name needs `table`")
    name = read_name(node.entries["table"][1], reading, "a table")
    schema: str | Invalid = reading.default_schema
    if "schema" in node.entries:
        schema = read_name(node.entries["schema"][1], reading, "a schema")
    if unknown or name is INVALID or schema is INVALID:
        return INVALID
    return TableName(schema=schema, name=name)


class Table:
    """A table: `table`, `schema.table` or `{schema:, table:}`."""

    def read(self, node: Node, reading: Reading) -> TableName | Invalid:
        if isinstance(node, MappingNode):
            return manageable(read_long_table(node, reading), node, reading)
        text = scalar_text(node, reading, "a table")
        return INVALID if text is INVALID else manageable(split_table(text, node, reading), node, reading)

    def write(self, value: Any, writing: Writing) -> Written:
        return short_table(value, writing) or written_table(value, writing)

    def schema(self) -> Json:
        return {"anyOf": [{"type": ["string", "number", "boolean"], "minLength": 1}, long_table_schema()]}


def long_table_schema(extra: Json | None = None) -> Json:
    """Return the schema of `{schema:, table:}`, with the keys of `extra`."""
    return {
        "type": "object",
        "properties": {
            "schema": described(
                NAME_SCHEMA,
                "The table's schema, verbatim.",
                omitted="that of `schema` at the top of the file",
                examples=("billing",),
            ),
            "table": described(NAME_SCHEMA, "The table's name, verbatim.", examples=("invoices.2019",)),
            **(extra or {}),
        },
        "required": ["table"],
        "additionalProperties": False,
    }
