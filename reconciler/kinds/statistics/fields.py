"""The `statistics` section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from reconciler.kinds.file.columns import read_short_column, written_column
from reconciler.kinds.file.described import Json
from reconciler.kinds.file.fields import Attribute, Naming, Record, Section, Values, comment
from reconciler.kinds.file.nodes import INVALID, Invalid, MappingNode, Node, Reading, SequenceNode
from reconciler.kinds.file.readers import (
    NAME_SCHEMA,
    SIMPLE_NAME,
    Choice,
    Expression,
    Integer,
    Name,
    Nullable,
)
from reconciler.kinds.file.writing import Writing, Written
from reconciler.kinds.statistics.definition import ALL_KINDS, Statistics, StatisticsElement, in_order
from reconciler.model.facets import UNMANAGED
from reconciler.model.names import Key
from reconciler.model.rules.declarations import REPEATED_COLUMN, WRONG_VALUE
from reconciler.model.rules.dependencies import CONFLICT

_MOST_ELEMENTS: Final = 8
"""STATS_MAX_DIMENSIONS"""

_WORDS: Final = frozenset(
    {
        *("current_catalog", "current_date", "current_role", "current_schema", "current_time", "current_timestamp"),
        *(
            "current_user",
            "false",
            "localtime",
            "localtimestamp",
            "null",
            "session_user",
            "system_user",
            "true",
            "user",
        ),
    }
)
"""Words that are expressions by themselves, not columns."""


def is_column(expression: str) -> bool:
    """Whether the server would read the expression as a column."""
    return bool(SIMPLE_NAME.match(expression)) and expression.lower() not in _WORDS


_ELEMENT = Record(
    {
        "column": Attribute(
            reader=Name(expected="a column"), doc="A column, verbatim.", default=None, examples=("no",)
        ),
        "expression": Attribute(
            reader=Expression(), doc="An SQL expression.", default=None, examples=("lower(city)",)
        ),
    },
    what="an element of statistics",
)


class StatisticsElements:
    """A column, `{column:}` or `{expression:}`, or a list of these without repetition."""

    def read(self, node: Node, reading: Reading) -> tuple[StatisticsElement, ...] | Invalid:
        items = node.items if isinstance(node, SequenceNode) else [node]
        found: list[StatisticsElement | Invalid] = []
        for item in items:
            one = self._element(item, reading)
            if one is not INVALID and one in found:
                one = reading.report(item, REPEATED_COLUMN, "the same column or expression is listed twice")
            found.append(one)
        if INVALID in found:
            return INVALID
        elements = in_order(one for one in found if one is not INVALID)
        if len(elements) > _MOST_ELEMENTS:
            return reading.report(node, WRONG_VALUE, f"statistics have at most {_MOST_ELEMENTS} columns")
        if len(elements) < 2 and not any(one.expression for one in elements):
            return reading.report(node, WRONG_VALUE, "statistics need two columns, or one expression")
        return elements

    @staticmethod
    def _element(node: Node, reading: Reading) -> StatisticsElement | Invalid:
        if not isinstance(node, MappingNode):
            column = read_short_column(node, reading, expressions=True)
            return INVALID if column is INVALID else StatisticsElement(column=column)
        values = _ELEMENT.read(node, reading)
        if not values.complete or values.unknown:
            return INVALID
        if len(values.given) != 1:
            also = ", not both" if values.given else ""
            return reading.report(node, CONFLICT, f"{_ELEMENT.what} has `column` or `expression`{also}")
        expression = values["expression"]
        if expression is not None and is_column(expression):
            message = f"`{expression}` is a column, not an expression"
            return reading.report(values.place_of("expression"), CONFLICT, message, f"write {expression} alone")
        return StatisticsElement(column=values["column"], expression=expression)

    def write(self, value: Any, writing: Writing) -> Written:
        return [
            written_column(one.column)
            if one.column is not None
            else _ELEMENT.write({"expression": one.expression}, writing)
            for one in value
        ]

    def schema(self) -> Json:
        long = _ELEMENT.schema()["anyOf"][0] | {"oneOf": [{"required": ["column"]}, {"required": ["expression"]}]}
        array = {
            "type": "array",
            "minItems": 1,
            "maxItems": _MOST_ELEMENTS,
            "items": {"anyOf": [NAME_SCHEMA, long]},
        }
        return {"anyOf": [long, array]}


class Kinds:
    """One kind of statistics or a list of them, at least one."""

    _KIND = Choice(values={kind: kind for kind in ALL_KINDS})

    def read(self, node: Node, reading: Reading) -> tuple[str, ...] | Invalid:
        items = node.items if isinstance(node, SequenceNode) else [node]
        if not items:
            return reading.report(node, WRONG_VALUE, "the list of kinds is empty")
        kinds = [self._KIND.read(item, reading) for item in items]
        return INVALID if INVALID in kinds else tuple(sorted(set(kinds)))

    def write(self, value: Any, _writing: Writing) -> Written:
        return list(value)

    def schema(self) -> Json:
        one = self._KIND.schema()
        return {"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}


def _build(values: Values) -> Statistics:
    return Statistics(
        elements=values["columns"],
        kinds=values["kinds"],
        schema=values["schema"],
        statistics_target=values["target"],
        comment=values["comment"],
    )


def _check(values: Values, key: Key, reading: Reading) -> None:
    del key
    if values["columns"] is not INVALID and len(values["columns"]) == 1 and "kinds" in values.given:
        message = "statistics on a single expression have no kinds"
        reading.report(values.place_of("kinds"), CONFLICT, message, "omit `kinds`")


def _expressions(definition: Statistics) -> Iterator[tuple[str, str]]:
    yield from (("columns", text) for text in definition.expressions())


def _values(definition: Statistics) -> Mapping[str, Any]:
    return {
        "columns": definition.elements,
        "kinds": definition.kinds,
        "schema": definition.schema,
        "target": definition.statistics_target,
        "comment": definition.comment,
    }


SECTION: Final = Section(
    kind="statistics",
    key="statistics",
    what="a statistics object",
    doc="Extended statistics by name: a list of columns and expressions, or details.",
    examples=({"wallets_currency_status": ["currency", "status"]},),
    naming=Naming.NAME,
    attributes={
        "columns": Attribute(
            reader=StatisticsElements(),
            doc="Two to eight of: a column, `{column: …}` or `{expression: …}`; or one expression. Their order "
            "does not matter.",
            examples=(["currency", "status"], ["currency", {"expression": "lower(city)"}]),
        ),
        "kinds": Attribute(
            reader=Kinds(),
            doc="The kinds of statistics. Not for a single expression.",
            examples=("mcv", ["ndistinct", "mcv"]),
            default=ALL_KINDS,
        ),
        "schema": Attribute(
            reader=Name(expected="a schema"),
            doc="The schema of the statistics.",
            default=None,
            omitted="the table's schema",
            examples=("billing",),
        ),
        "target": Attribute(
            reader=Nullable(reader=Integer(minimum=0, maximum=10_000)),
            doc="The target of SET STATISTICS; `null`: the default.",
            examples=(500, None),
            default=UNMANAGED,
        ),
        "comment": comment(),
    },
    short="columns",
    build=_build,
    values=_values,
    check=_check,
    expressions=_expressions,
)
