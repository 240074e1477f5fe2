"""Readers of columns: where a column is written by its name alone, and where the long form is needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from reconciler.kinds.file.described import Json, described
from reconciler.kinds.file.nodes import (
    INVALID,
    NULLS,
    Invalid,
    MappingNode,
    Node,
    Reading,
    ScalarNode,
    SequenceNode,
)
from reconciler.kinds.file.quoting import bare, quoted_key, quoted_text
from reconciler.kinds.file.readers import NAME_SCHEMA, SIMPLE_NAME, in_double_quotes, read_name
from reconciler.kinds.file.writing import Writing, Written
from reconciler.model.rules.declarations import AMBIGUOUS_NAME, REPEATED_COLUMN, WRONG_TYPE, WRONG_VALUE

_LIKE_AN_EXPRESSION = re.compile(r"[()'\",;]|::|->|\|\|")
_WITH_ORDER = re.compile(r"(\S+)\s+(?:(asc|desc)\b.*|nulls\s+(first|last))\Z", re.IGNORECASE | re.DOTALL)


def is_short_column(name: str) -> bool:
    """Whether a column can be written in the short form; others need `{column: …}`. The export uses this too."""
    return not (_LIKE_AN_EXPRESSION.search(name) or _WITH_ORDER.match(name))


def written_column(name: str) -> Written:
    """Return the short form of a column, or the long form if the short form would be rejected."""
    return name if is_short_column(name) else {"column": name}


def column_hint(text: str, expressions: bool) -> str:
    """Return what to write instead of a short form that is not a plain column."""
    ordered = _WITH_ORDER.match(text)
    if in_double_quotes(text):
        return f"names are never quoted: {quoted_text(text[1:-1], 'remove the quotes')}"
    if ordered:
        how = f"order: {ordered[2].lower()}" if ordered[2] else f"nulls: {ordered[3].lower()}"
        return f"{{column: {bare(ordered[1])}, {how}}}"
    if re.fullmatch(r"\w+(\s*,\s*\w+)+", text):
        return f"a list: [{bare(text)}]"
    if expressions:
        return f"{{expression: {bare(text)}}}"
    return f"expressions need a unique index; for a column with exactly this name: {{column: {bare(text)}}}"


def read_short_column(node: Node, reading: Reading, *, expressions: bool = False) -> str | Invalid:
    """Read a column by its name alone. Text that looks like an expression is rejected, with what to write
    instead."""
    if type(node) is ScalarNode and node.text not in NULLS and SIMPLE_NAME.match(node.text):
        return node.text
    name = read_name(node, reading, "a column")
    if name is INVALID or is_short_column(name):
        return name
    return reading.report(
        node, AMBIGUOUS_NAME, f"{quoted_text(name)} is not a plain column", column_hint(name, expressions)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """One column or a list of them, each a name or `{column: name}`. At least one column; repeated ones only if
    `repeatable`.

    With `several` false, exactly one column, and no list.
    """

    repeatable: bool = False
    several: bool = True

    def read(self, node: Node, reading: Reading) -> tuple[str, ...] | Invalid:
        items = node.items if isinstance(node, SequenceNode) and self.several else [node]
        if len(items) == 1:
            column = self._column(items[0], reading)
            return INVALID if column is INVALID else (column,)
        if not items:
            return reading.report(node, WRONG_VALUE, "the list of columns is empty")
        columns = [self._column(item, reading) for item in items]
        seen = set()
        for item, column in zip(items, columns, strict=True):
            if column in seen and not self.repeatable and column is not INVALID:
                message = f"column {quoted_key(column, 'here')} is listed twice"
                return reading.report(item, REPEATED_COLUMN, message)
            seen.add(column)
        return INVALID if INVALID in seen else tuple(c for c in columns if c is not INVALID)

    def _column(self, node: Node, reading: Reading) -> str | Invalid:
        if not isinstance(node, MappingNode):
            return read_short_column(node, reading)
        if set(node.entries) != {"column"}:
            return reading.report(node, WRONG_TYPE, "expected a column, or {column: name}, found a mapping")
        return read_name(node.entries["column"][1], reading, "a column")

    def write(self, value: Any, _writing: Writing) -> Written:
        """Write one column by its name alone if the name allows it, otherwise a list."""
        columns = [written_column(name) for name in value]
        return columns[0] if len(columns) == 1 and isinstance(columns[0], str) else columns

    def schema(self) -> Json:
        long = {
            "type": "object",
            "properties": {"column": described(NAME_SCHEMA, "A column, verbatim.", examples=("no",))},
            "required": ["column"],
            "additionalProperties": False,
        }
        one: Json = {"anyOf": [NAME_SCHEMA, long]}
        return {"anyOf": [*one["anyOf"], {"type": "array", "minItems": 1, "items": one}]}
