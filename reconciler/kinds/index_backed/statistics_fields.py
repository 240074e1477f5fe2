"""The statistics targets of an index's expressions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from reconciler.kinds.file.described import Json
from reconciler.kinds.file.fields import Attribute, Values
from reconciler.kinds.file.nodes import INVALID, Invalid, MappingNode, Node, Reading, ScalarNode
from reconciler.kinds.file.readers import Integer, Nullable
from reconciler.kinds.file.writing import Bare, Writing, Written
from reconciler.kinds.index_backed.elements import IndexElement
from reconciler.model.facets import UNMANAGED
from reconciler.model.rules.declarations import WRONG_TYPE, WRONG_VALUE
from reconciler.model.rules.dependencies import CONFLICT


class Targets:
    """Statistics targets: a mapping of an element's number to its target, as sorted pairs."""

    _TARGET = Integer(minimum=0, maximum=10_000)

    def read(self, node: Node, reading: Reading) -> tuple[tuple[int, int], ...] | Invalid:
        if not isinstance(node, MappingNode) or not node.entries:
            message = f"expected {{2: 500}}, the number of an element and its target, found {node.describe()}"
            return reading.report(node, WRONG_TYPE, message)
        pairs = [
            (self._number(key, reading), self._TARGET.read(value, reading)) for key, value in node.entries.values()
        ]
        if any(INVALID in pair for pair in pairs):
            return INVALID
        return tuple(sorted((one, two) for one, two in pairs if one is not INVALID and two is not INVALID))

    @staticmethod
    def _number(key: ScalarNode, reading: Reading) -> int | Invalid:
        if not re.fullmatch(r"[1-9][0-9]{0,2}", key.text):
            return reading.report(
                key, WRONG_VALUE, f"expected the number of an element, from 1, found {key.describe()}"
            )
        return int(key.text)

    def write(self, value: Any, _writing: Writing) -> Written:
        return {Bare(number): Bare(target) for number, target in value}

    def schema(self) -> Json:
        return {"type": "object", "minProperties": 1, "additionalProperties": self._TARGET.schema()}


def statistics() -> Attribute:
    return Attribute(
        reader=Nullable(reader=Targets(), empty=()),
        doc="Statistics targets of expressions, by their position among the elements; `null`: the default for all.",
        default=UNMANAGED,
        examples=({2: 500},),
    )


def check_statistics(elements: Sequence[IndexElement], values: Values, reading: Reading) -> None:
    """Report targets of elements that are not expressions."""
    expressions = [number for number, one in enumerate(elements, 1) if one.expression is not None]
    for number, _ in values["statistics"] if isinstance(values["statistics"], tuple) else ():
        if number not in expressions:
            message = (
                f"element {number} is not an expression: only expressions have a statistics target of their own"
            )
            hint = f"expressions: {', '.join(map(str, expressions))}" if expressions else None
            reading.report(values.place_of("statistics"), CONFLICT, message, hint)
