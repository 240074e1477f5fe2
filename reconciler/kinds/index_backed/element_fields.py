"""How the file describes the keys of an index: columns and expressions, with their operator classes and
collations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from reconciler.kinds.file.columns import read_short_column, written_column
from reconciler.kinds.file.described import Json
from reconciler.kinds.file.fields import Attribute, Record, Values
from reconciler.kinds.file.nodes import INVALID, Invalid, MappingNode, Node, Reading, SequenceNode
from reconciler.kinds.file.quoting import bare, quoted_text
from reconciler.kinds.file.readers import NAME_SCHEMA, Choice, Expression, Name, ParameterPairs, read_name
from reconciler.kinds.file.writing import Writing, Written
from reconciler.kinds.index_backed.elements import IndexElement, ObjectName, plain_column
from reconciler.model.rules.declarations import AMBIGUOUS_NAME, WRONG_VALUE
from reconciler.model.rules.dependencies import CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Opclass:
    """An operator class with its parameters."""

    name: ObjectName
    params: tuple[tuple[str, str], ...] = ()


_SCHEMA = Attribute(
    reader=Name(expected="a schema"),
    doc="The schema.",
    default=None,
    omitted="found in the search path",
    examples=("extensions",),
)


def _name(example: str) -> Attribute:
    return Attribute(reader=Name(), doc="The name, verbatim.", examples=(example,))


_COLLATION = Record({"schema": _SCHEMA, "name": _name("C")}, what="a collation")
_OPCLASS = Record(
    {
        "schema": _SCHEMA,
        "name": _name("gist_trgm_ops"),
        "params": Attribute(
            reader=ParameterPairs(example="siglen: 32"),
            doc="The operator class's parameters.",
            default=(),
            examples=({"siglen": 32},),
        ),
    },
    what="an operator class",
)


class CollationReader:
    """A collation: a plain name, verbatim (dots are common in collation names), or `{schema:, name:}`."""

    def read(self, node: Node, reading: Reading) -> ObjectName | Invalid:
        if not isinstance(node, MappingNode):
            name = read_name(node, reading, "a collation")
            return INVALID if name is INVALID else ObjectName(name=name)
        values = _COLLATION.read(node, reading)
        return ObjectName(schema=values["schema"], name=values["name"]) if values.complete else INVALID

    def write(self, value: Any, writing: Writing) -> Written:
        name: ObjectName = value
        if name.schema is None:
            return name.name
        return _COLLATION.write({"schema": name.schema, "name": name.name}, writing)

    def schema(self) -> Json:
        return {"anyOf": [NAME_SCHEMA, _COLLATION.schema()]}


class OpclassReader:
    """An operator class: a plain name or `{schema:, name:, params:}`."""

    def read(self, node: Node, reading: Reading) -> Opclass | Invalid:
        if isinstance(node, MappingNode):
            values = _OPCLASS.read(node, reading)
            if not values.complete:
                return INVALID
            return Opclass(name=ObjectName(schema=values["schema"], name=values["name"]), params=values["params"])
        name = read_name(node, reading, "an operator class")
        if name is INVALID:
            return INVALID
        match = re.fullmatch(r"(?:(?P<schema>[^.()]+)\.)?(?P<name>[^.()]+)(?:\((?P<params>.*)\))?", name)
        if match is None or match["schema"] or match["params"] is not None:
            return reading.report(
                node, AMBIGUOUS_NAME, f"{quoted_text(name)} is not a plain name", self._long(match)
            )
        return Opclass(name=ObjectName(name=name))

    @staticmethod
    def _long(match: re.Match[str] | None) -> str:
        if match is None:
            return "write {schema: …, name: …}"
        schema = f"schema: {bare(match['schema'])}, " if match["schema"] else ""
        params = ", params: {…}" if match["params"] is not None else ""
        return f"write {{{schema}name: {bare(match['name'])}{params}}}"

    def write(self, value: Any, writing: Writing) -> Written:
        opclass: Opclass = value
        schema, name = opclass.name.schema, opclass.name.name
        if schema is None and not opclass.params and not re.search(r"[.()]", name):
            return name
        return _OPCLASS.write({"schema": schema, "name": name, "params": opclass.params}, writing)

    def schema(self) -> Json:
        return {"anyOf": [NAME_SCHEMA, _OPCLASS.schema()]}


ELEMENT_ATTRIBUTES: Final = {
    "column": Attribute(
        reader=Name(expected="a column"), doc="A column, verbatim.", default=None, examples=("label", "no")
    ),
    "expression": Attribute(
        reader=Expression(),
        doc="An SQL expression. An element has either `column` or `expression`.",
        default=None,
        examples=("lower(email)",),
    ),
    "opclass": Attribute(
        reader=OpclassReader(),
        doc="The operator class: a name, or `{schema:, name:, params:}`.",
        default=None,
        omitted="the type's default",
        examples=("text_pattern_ops",),
    ),
    "collation": Attribute(
        reader=CollationReader(),
        doc="The collation: a name, or `{schema:, name:}`.",
        default=None,
        omitted="the column's",
        examples=("C",),
    ),
    "order": Attribute(
        reader=Choice(values={"asc": False, "desc": True}), doc="The order of the values.", default=False
    ),
    "nulls": Attribute(
        reader=Choice(values={"first": True, "last": False}),
        doc="Where nulls are in the order.",
        default=None,
        omitted="`last` for `asc`, `first` for `desc`",
    ),
}
INDEX_ELEMENT = Record(ELEMENT_ATTRIBUTES, what="an element of an index")


def read_element(node: Node, record: Record, reading: Reading) -> Values | Invalid:
    """Read the long form of an element: exactly one of `column` and `expression`, and the other keys."""
    values = record.read(node, reading)
    given = [name for name in ("column", "expression") if name in values.given]
    if not given and (values.unknown or not values.complete):
        return INVALID  # a misspelt key
    if len(given) != 1:
        message = f"{record.what} has `column` or `expression`" + (", not both" if given else "")
        return reading.report(node, CONFLICT, message)
    return values if values.complete else INVALID


def element_fields(values: Values) -> dict[str, Any]:
    """Return the fields of an `IndexElement` from the values that were read."""
    opclass: Opclass | None = values["opclass"]
    descending, nulls_first = values["order"], values["nulls"]
    return {
        "column": values["column"],
        "expression": values["expression"],
        "opclass": opclass.name if opclass else None,
        "opclass_params": opclass.params if opclass else (),
        "collation": values["collation"],
        "descending": descending,
        # The value omits what is the default of the order anyway.
        "nulls_first": None if nulls_first == descending else nulls_first,
    }


def element_values(element: IndexElement) -> dict[str, Any]:
    """Return the inverse of `element_fields`: the values in the file."""
    return {
        "column": element.column,
        "expression": element.expression,
        "opclass": Opclass(name=element.opclass, params=element.opclass_params) if element.opclass else None,
        "collation": element.collation,
        "order": element.descending,
        "nulls": element.nulls_first,
    }


class Element(NamedTuple):
    """One key of an index, with its operator class, collation and order."""

    value: IndexElement
    node: Node
    ordered: bool


class IndexElements:
    """The keys of an index: a column, an element's long form, or a list of these."""

    def read(self, node: Node, reading: Reading) -> tuple[Element, ...] | Invalid:
        items = node.items if isinstance(node, SequenceNode) else [node]
        if len(items) == 1:
            only = self._element(items[0], reading)
            return INVALID if only is INVALID else (only,)
        if not items:
            return reading.report(node, WRONG_VALUE, "the list of columns is empty")
        elements = [self._element(item, reading) for item in items]
        return INVALID if INVALID in elements else tuple(e for e in elements if e is not INVALID)

    def _element(self, node: Node, reading: Reading) -> Element | Invalid:
        if not isinstance(node, MappingNode):
            column = read_short_column(node, reading, expressions=True)
            if column is INVALID:
                return INVALID
            return Element(plain_column(column), node, False)
        values = read_element(node, INDEX_ELEMENT, reading)
        if values is INVALID:
            return INVALID
        ordered = "order" in values.given or "nulls" in values.given
        return Element(IndexElement(**element_fields(values)), node, ordered)

    def write(self, value: Any, writing: Writing) -> Written:
        elements = [self._write_element(element, writing) for element in value]
        return elements[0] if len(elements) == 1 and isinstance(elements[0], str) else elements

    @staticmethod
    def _write_element(element: IndexElement, writing: Writing) -> Written:
        if element.column is not None and element == plain_column(element.column):
            return written_column(element.column)
        return INDEX_ELEMENT.write(element_values(element), writing)

    def schema(self) -> Json:
        element = INDEX_ELEMENT.schema()
        long = element["anyOf"][0] | {"oneOf": [{"required": ["column"]}, {"required": ["expression"]}]}
        one: Json = {"anyOf": [NAME_SCHEMA, long]}
        return {"anyOf": [*one["anyOf"], {"type": "array", "minItems": 1, "items": one}]}
