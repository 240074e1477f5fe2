"""Extended statistics: estimates about several columns or expressions together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reconciler.kinds.base.expressions import unwrapped
from reconciler.model.definition import Definition
from reconciler.model.effects import Resource, statistics_name
from reconciler.model.facets import Facet, Unmanaged, Wording, declared, remark, unmanaged
from reconciler.model.names import Key, TableName

ALL_KINDS: Final = ("dependencies", "mcv", "ndistinct")
"""The kinds of extended statistics, sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsElement:
    """A column or an expression, exactly one of them."""

    column: str | None = None
    expression: str | None = None


def in_order(elements: Iterable[StatisticsElement]) -> tuple[StatisticsElement, ...]:
    """Sort columns by name, then expressions, without repetition: their order means nothing to the server."""
    return tuple(sorted(set(elements), key=lambda one: (one.column is None, one.column or one.expression or "")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics(Definition):
    """`elements` are in the order of `in_order`. `kinds` are sorted; a single expression has all of them, although
    the server collects none of them. `schema` is None for the schema of the table, `statistics_target` for the
    default."""

    elements: tuple[StatisticsElement, ...] = declared(
        Facet.EXPRESSION, called="columns", wording=Wording(under="columns")
    )
    kinds: tuple[str, ...] = declared(default=ALL_KINDS)
    schema: str | None = declared(Facet.LOOKED_UP | Facet.IN_PLACE | Facet.INCIDENTAL, default=None)
    statistics_target: int | Unmanaged | None = unmanaged(
        Facet.IN_PLACE | Facet.INCIDENTAL | Facet.LATER | Facet.KEPT, called="target"
    )
    comment: str | Unmanaged | None = remark()

    def normalized(self) -> Statistics:
        texts = [unwrapped(text) for text in self.expressions()]
        return self if texts == list(self.expressions()) else self.with_parts(texts)

    def expressions(self) -> tuple[str, ...]:
        return tuple(one.expression for one in self.elements if one.expression is not None)

    def with_parts(self, texts: Sequence[str]) -> Statistics:
        columns = (one for one in self.elements if one.column is not None)
        return replace(self, elements=in_order([*columns, *(StatisticsElement(expression=text) for text in texts)]))

    def must_be_immutable(self) -> bool:
        return False

    def is_evaluated(self) -> bool:
        """ANALYZE evaluates them, as the owner of the table."""
        return False

    def columns(self) -> tuple[str, ...]:
        return tuple(one.column for one in self.elements if one.column is not None)

    def on_table(self, table: TableName) -> Statistics:
        return replace(self, schema=None) if self.schema == table.schema else self

    def holds(self, key: Key) -> Iterable[Resource]:
        return (statistics_name(self.schema or key.schema, key.name),)
