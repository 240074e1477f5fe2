"""An exclusion constraint."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reconciler.kinds.index_backed.definition import ElementIndex
from reconciler.kinds.index_backed.elements import (
    IndexElement,
    ObjectName,
    elements_qualified_like,
    elements_with,
    found_first,
    normalized_elements,
    short_name,
    with_short_names,
)
from reconciler.model.definition import Definition
from reconciler.model.effects import Resource, constraint_name
from reconciler.model.facets import expression
from reconciler.model.names import Key, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedElement(IndexElement):
    """An element of the index, and the operator by which two rows are compared."""

    operator: ObjectName

    def names(self) -> Iterator[ObjectName]:
        yield from IndexElement.names(self)
        yield self.operator


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion(ElementIndex):
    """No two rows (that satisfy `where`) may match in all `excluded` elements under their operators.

    Its index cannot be a replica identity.
    """

    excluded: tuple[ExcludedElement, ...] = expression(called="elements")
    deferrable: bool = False
    initially_deferred: bool = False

    def index_elements(self) -> tuple[IndexElement, ...]:
        return self.excluded

    @property
    def feature_to_attach(self) -> str:
        return "attachable_exclusions"

    def name_label(self) -> str:
        return "excl"

    def holds(self, key: Key) -> Iterable[Resource]:
        yield constraint_name(key.table_name, key.name)
        yield from ElementIndex.holds(self, key)

    def compares_rows(self) -> bool:
        return True

    def features_if_partitioned(self) -> tuple[tuple[str, str], ...]:
        return (("elements", "partitioned_exclusions"),)

    def is_deferrable(self) -> bool:
        return self.deferrable

    def normalized(self) -> Exclusion:
        return replace(self, excluded=normalized_elements(self.excluded), where=self.normalized_where())

    def qualified_like(self, live: Definition) -> Exclusion:
        if not isinstance(live, Exclusion) or len(self.excluded) != len(live.excluded):
            return self
        excluded = tuple(
            replace(mine, operator=found_first(mine.operator, theirs.operator) or mine.operator)
            for mine, theirs in zip(
                elements_qualified_like(self.excluded, live.excluded), live.excluded, strict=True
            )
        )
        return replace(self, excluded=excluded)

    def expressions(self) -> tuple[str, ...]:
        """Return the elements compared with themselves, so that the server checks the operators as well, and the
        predicate."""
        compared = tuple(_compared(one) for one in self.excluded)
        return compared if self.where is None else (*compared, self.where)

    def with_parts(self, texts: Sequence[str]) -> Exclusion:
        excluded, rest = elements_with(self.excluded, texts)
        return replace(self, excluded=excluded, where=rest[0] if rest else None)

    def with_short_names(self, first: Collection[str], unambiguous: Collection[str]) -> Exclusion:
        excluded = tuple(
            replace(
                with_short_names(one, first, unambiguous),
                operator=short_name(one.operator, first, unambiguous) or one.operator,
            )
            for one in self.excluded
        )
        return replace(self, excluded=excluded)

    def looks_up_names(self) -> bool:
        return True

    def is_verbatim(self) -> bool:
        """Operators are always looked up."""
        return False

    def written_expressions(self) -> Iterator[tuple[str, str]]:
        """Return the expressions in the file, each with its attribute."""
        for one in self.excluded:
            if one.expression is not None:
                yield "elements", one.expression
        if self.where is not None:
            yield "where", self.where


def _compared(element: ExcludedElement) -> str:
    value = quoted(element.column) if element.column is not None else element.expression
    schema = f"{quoted(element.operator.schema)}." if element.operator.schema is not None else ""
    return f"({value}) OPERATOR({schema}{element.operator.name}) ({value})"
