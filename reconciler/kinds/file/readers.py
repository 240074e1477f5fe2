"""Typed readers of single values. Each reads a node, writes it again, and provides its JSON Schema, from one
declaration.

A reader never raises: it reports problems to the `Reading` and returns `INVALID`. Names, expressions and option
values are read as the text in the file, even if YAML would read a number or boolean (`no`, `on`, `1e3`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Protocol, TypeVar

from reconciler.kinds.base.expressions import lex_problem
from reconciler.kinds.base.incomplete import clause, incomplete
from reconciler.kinds.file.described import Json
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
from reconciler.kinds.file.quoting import quoted_key, quoted_text
from reconciler.kinds.file.writing import Bare, Writing, Written
from reconciler.model.definition import Parameters
from reconciler.model.names import MAX_NAME_BYTES, cut
from reconciler.model.rules.declarations import BAD_EXPRESSION, BAD_NAME, WRONG_TYPE, WRONG_VALUE

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

TEXT_SCHEMA: Final[Json] = {"type": ["string", "number", "boolean"]}
"""The schema of text that an editor may take for a number or a boolean, but that is read as text."""
NAME_SCHEMA: Final[Json] = TEXT_SCHEMA | {"minLength": 1, "maxLength": MAX_NAME_BYTES}


class Reader(Protocol[T_co]):
    """Reads one value. `write` returns a tree that reads as the value; `schema()` accepts every node that `read`
    accepts."""

    def read(self, node: Node, reading: Reading) -> T_co | Invalid: ...

    def write(self, value: Any, writing: Writing, /) -> Written: ...

    def schema(self) -> Json: ...


def scalar_text(node: Node, reading: Reading, expected: str) -> str | Invalid:
    """Return the text of a scalar. Null is not a text: the name `null` must be quoted."""
    if not isinstance(node, ScalarNode):
        return reading.report(node, WRONG_TYPE, f"expected {expected}, found {node.describe()}")
    if node.plain and node.text in NULLS:
        hint = f'write "{node.text}" if you mean that text' if node.text not in ("", "~") else None
        return reading.report(node, WRONG_TYPE, f"expected {expected}, found {node.describe()}", hint)
    return node.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Nullable:
    """The value of `reader`; `null` means `empty`: remove it if the database has one."""

    reader: Reader[Any]
    empty: Any = None

    def read(self, node: Node, reading: Reading) -> Any:
        return self.empty if node.is_null else self.reader.read(node, reading)

    def write(self, value: Any, writing: Writing) -> Written:
        return None if value == self.empty else self.reader.write(value, writing)

    def schema(self) -> Json:
        return {"anyOf": [self.reader.schema(), {"type": "null"}]}


class Comment:
    """The text of COMMENT ON. As in PostgreSQL, an empty comment is no comment."""

    def read(self, node: Node, reading: Reading) -> str | None | Invalid:
        if node.is_null:
            return None
        text = scalar_text(node, reading, "a text")
        if text is not INVALID and "\0" in text:
            return reading.report(node, WRONG_VALUE, "a NUL character cannot be part of a comment")
        return text or None

    def write(self, value: Any, _writing: Writing) -> Written:
        return None if value is None else str(value)

    def schema(self) -> Json:
        return TEXT_SCHEMA | {"type": [*TEXT_SCHEMA["type"], "null"]}


class Boolean:
    """`true` or `false`, without quotes."""

    def read(self, node: Node, reading: Reading) -> bool | Invalid:
        if not (isinstance(node, ScalarNode) and node.plain and node.text in ("true", "false")):
            word = node.text.lower() if isinstance(node, ScalarNode) else ""
            meant = {"yes": "true", "on": "true", "true": "true", "1": "true"}.get(
                word, {"no": "false", "off": "false", "false": "false", "0": "false"}.get(word)
            )
            hint = f"write {meant}, without quotes" if meant else None
            return reading.report(node, WRONG_TYPE, f"expected true or false, found {node.describe()}", hint)
        return node.text == "true"

    def write(self, value: Any, _writing: Writing) -> Written:
        return bool(value)

    def schema(self) -> Json:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Integer:
    """A whole number from `minimum` to `maximum`, in digits."""

    minimum: int
    maximum: int

    def read(self, node: Node, reading: Reading) -> int | Invalid:
        if not (isinstance(node, ScalarNode) and node.plain and re.fullmatch(r"-?[0-9]{1,30}", node.text)):
            return reading.report(node, WRONG_TYPE, f"expected a whole number, found {node.describe()}")
        value = int(node.text)
        if not self.minimum <= value <= self.maximum:
            return reading.report(
                node, WRONG_VALUE, f"expected a number from {self.minimum} to {self.maximum}, found {value}"
            )
        return value

    def write(self, value: Any, _writing: Writing) -> Written:
        return Bare(value)

    def schema(self) -> Json:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}


_UNITS = {
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
_DURATION = r"([0-9]{1,12}) ?(ms|s|min|h|d)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A duration with PostgreSQL's units: `500ms`, `2s`, `5min`, `24h`, `7d`; more than 0, at most `maximum`."""

    maximum: str

    def read(self, node: Node, reading: Reading) -> timedelta | Invalid:
        text = scalar_text(node, reading, "a duration such as 2s")
        if text is INVALID:
            return INVALID
        match = re.fullmatch(_DURATION, text)
        if match is None:
            hint = (
                f"with a unit: `{text}s`"
                if re.fullmatch("[0-9]{1,12}", text)
                else "a whole number and ms, s, min, h or d"
            )
            return reading.report(node, WRONG_VALUE, f"{quoted_text(text)} is not a duration", hint)
        value = self._value(match)
        limit = re.fullmatch(_DURATION, self.maximum)
        assert limit is not None
        if not timedelta(0) < value <= self._value(limit):
            return reading.report(
                node,
                WRONG_VALUE,
                f"expected a duration of more than 0 and at most {self.maximum}, found {text}",
            )
        return value

    @staticmethod
    def _value(match: re.Match[str]) -> timedelta:
        try:
            return int(match[1]) * _UNITS[match[2]]
        except OverflowError:
            return timedelta.max

    def write(self, value: Any, _writing: Writing) -> Written:
        units = [unit for unit, size in _UNITS.items() if value % size == timedelta(0) and value > size]
        unit = units[-1] if units else "ms"
        return f"{value // _UNITS[unit]}{unit}"

    def schema(self) -> Json:
        return {"type": "string", "pattern": f"^{_DURATION}$"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One word of a closed set; `values` maps words to values.

    `missing` explains words that somebody may expect but that cannot exist.
    """

    values: Mapping[str, Any]
    missing: Mapping[str, str] | None = None

    def read(self, node: Node, reading: Reading) -> Any:
        if type(node) is ScalarNode and node.text in self.values and node.text not in NULLS:
            return self.values[node.text]
        text = scalar_text(node, reading, "one of " + ", ".join(f"`{word}`" for word in self.values))
        if text is INVALID:
            return INVALID
        if text in self.values:
            return self.values[text]
        if self.missing and text in self.missing:
            return reading.report(node, WRONG_VALUE, self.missing[text])
        return reading.report(
            node, WRONG_VALUE, f"{quoted_text(text)} is not an allowed value", reading.near(text, self.values)
        )

    def write(self, value: Any, _writing: Writing) -> Written:
        return next(word for word, meaning in self.values.items() if meaning == value)

    def schema(self) -> Json:
        return {"enum": list(self.values)}


SIMPLE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}\Z")


def name_problem(name: str) -> str | None:
    """Return why `name` cannot be a name in PostgreSQL; None if it can."""
    if not name:
        return "a name cannot be empty"
    if "\0" in name:
        return "a name cannot contain a NUL character"
    size = len(name.encode(errors="surrogatepass"))
    if size > MAX_NAME_BYTES:
        cut_to = quoted_key(cut(name), "something else")
        return f"the name has {size} bytes; PostgreSQL would truncate it to {MAX_NAME_BYTES} bytes, {cut_to}"
    return None


def in_double_quotes(name: str) -> bool:
    """Whether a name looks quoted for SQL."""
    return len(name) > 2 and name[0] == name[-1] == '"'


def read_name(node: Node, reading: Reading, expected: str = "a name") -> str | Invalid:
    """Read a name verbatim: case is kept, it is never quoted, and it has at most 63 bytes."""
    if type(node) is ScalarNode and node.text not in NULLS and SIMPLE_NAME.match(node.text):
        return node.text  # the usual case, and names are most of a file
    text = scalar_text(node, reading, expected)
    if text is INVALID:
        return text
    problem = name_problem(text)
    return reading.report(node, BAD_NAME, problem) if problem else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name, verbatim."""

    expected: str = "a name"

    def read(self, node: Node, reading: Reading) -> str | Invalid:
        return read_name(node, reading, self.expected)

    def write(self, value: Any, _writing: Writing) -> Written:
        return str(value)

    def schema(self) -> Json:
        return NAME_SCHEMA


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A list of names, or one name alone. May be empty."""

    expected: str = "a name"

    def read(self, node: Node, reading: Reading) -> tuple[str, ...] | Invalid:
        names = [read_name(item, reading, self.expected) for item in self.items(node)]
        return INVALID if INVALID in names else tuple(n for n in names if n is not INVALID)

    def read_each(self, node: Node, reading: Reading) -> list[tuple[str, Node]]:
        """Return the valid names, each with its node."""
        names = [(read_name(item, reading, self.expected), item) for item in self.items(node)]
        return [(name, item) for name, item in names if name is not INVALID]

    @staticmethod
    def items(node: Node) -> list[Node]:
        return node.items if isinstance(node, SequenceNode) else [] if node.is_null else [node]

    def write(self, value: Any, _writing: Writing) -> Written:
        return list(value)

    def schema(self) -> Json:
        return {"anyOf": [NAME_SCHEMA, {"type": "array", "items": NAME_SCHEMA}, {"type": "null"}]}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterPairs:
    """Parameters as a mapping of name → text value, as (name, value) pairs."""

    example: str = "fillfactor: 70"

    def read(self, node: Node, reading: Reading) -> tuple[tuple[str, str], ...] | Invalid:
        if not isinstance(node, MappingNode):
            return reading.report(node, WRONG_TYPE, f"expected {{{self.example}}}, found {node.describe()}")
        pairs = [
            (read_name(key, reading), scalar_text(value, reading, f"a value for {quoted_key(key.text)}"))
            for key, value in node.entries.values()
        ]
        if any(INVALID in pair for pair in pairs):
            return INVALID
        return Parameters((name, value) for name, value in pairs if name is not INVALID and value is not INVALID)

    def write(self, value: Any, _writing: Writing) -> Written:
        return {name: Bare(text) for name, text in value}

    def schema(self) -> Json:
        return {"type": "object", "additionalProperties": TEXT_SCHEMA}


class Expression:
    """SQL of one expression, as far as lexing can decide, without surrounding parentheses or keyword."""

    def read(self, node: Node, reading: Reading) -> str | Invalid:
        text = scalar_text(node, reading, "an SQL expression")
        if text is INVALID:
            return INVALID
        problem, hint = lex_problem(text), None
        if problem is None and (keyword := clause(text)) is not None:
            problem, hint = f"it has the keyword {keyword}", f"write only the condition, without {keyword}"
        problem = problem or incomplete(text)
        if problem is None:
            return text
        return reading.report(node, BAD_EXPRESSION, f"not a valid SQL expression: {problem}", hint)

    def write(self, value: Any, _writing: Writing) -> Written:
        return str(value)

    def schema(self) -> Json:
        return TEXT_SCHEMA | {"minLength": 1}
