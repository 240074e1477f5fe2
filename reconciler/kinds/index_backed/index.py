"""An index that belongs to no constraint, or that a key is about to adopt."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from reconciler.kinds.index_backed.definition import ElementIndex
from reconciler.kinds.index_backed.elements import (
    IndexElement,
    elements_qualified_like,
    elements_with,
    normalized_elements,
    with_short_names,
)
from reconciler.model.definition import Definition, Successor
from reconciler.model.facets import Facet, Unmanaged, declared, empty_values, expression, fields_with, index_role
from reconciler.model.index_facts import IndexRole, IndexStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Index(ElementIndex):
    """Keys are distinct only if the index is `unique`; with `nulls_distinct`, NULL equals nothing."""

    elements: tuple[IndexElement, ...] = expression(called="columns")
    unique: bool = declared(Facet.LOOKED_UP, default=False)
    nulls_distinct: bool = True
    replica_identity: bool | Unmanaged = index_role()

    def index_elements(self) -> tuple[IndexElement, ...]:
        return self.elements

    def normalized(self) -> Index:
        if self.where is None and all(element.expression is None for element in self.elements):
            return self
        elements, where = normalized_elements(self.elements), self.normalized_where()
        same = elements == self.elements and where == self.where
        return self if same else replace(self, elements=elements, where=where)

    def qualified_like(self, live: Definition) -> Index:
        if not isinstance(live, Index) or self.elements == live.elements:
            return self
        return replace(self, elements=elements_qualified_like(self.elements, live.elements))

    def features(self) -> tuple[tuple[str, str], ...]:
        return () if self.nulls_distinct else (("nulls_distinct", "nulls_not_distinct"),)

    def indexed_columns(self) -> tuple[str, ...]:
        leading = takewhile(lambda element: element.column is not None, self.elements)
        return () if self.where is not None else tuple(str(element.column) for element in leading)

    def unique_columns(self) -> tuple[str, ...]:
        usable = self.unique and self.status is IndexStatus.VALID
        return self.indexed_columns() if usable and len(self.indexed_columns()) == len(self.elements) else ()

    def comparing_opclasses(self) -> Iterator[tuple[str, str]]:
        named = (one.opclass for one in self.elements if self.unique and one.opclass is not None)
        return ((one.schema, one.name) for one in named if one.schema is not None)

    def opclasses_of_key(self) -> Mapping[str, tuple[str, str]]:
        columns = self.unique_columns()
        named = ((one.column, one.opclass) for one in self.elements if one.column in columns)
        return {
            column: (opclass.schema, opclass.name)
            for column, opclass in named
            if column is not None and opclass is not None and opclass.schema is not None
        }

    def compares_rows(self) -> bool:
        return self.unique

    def as_built(self) -> Index:
        empty = empty_values(type(self))
        later = fields_with(type(self), Facet.LATER | Facet.PARTS)
        return replace(self, **{name: empty[name] for name in later})

    def successor(self) -> Successor:
        return Successor.SWAPPED_INDEX

    def as_index(self) -> Index:
        return self

    def expressions(self) -> tuple[str, ...]:
        return self.parts()

    def with_parts(self, texts: Sequence[str]) -> Index:
        elements, rest = elements_with(self.elements, texts)
        return replace(self, elements=elements, where=rest[0] if rest else None)

    def with_short_names(self, first: Collection[str], unambiguous: Collection[str]) -> Index:
        if not self.looks_up_names():
            return self
        return replace(self, elements=tuple(with_short_names(one, first, unambiguous) for one in self.elements))

    def looks_up_names(self) -> bool:
        return any(element.opclass or element.collation for element in self.elements)

    def is_verbatim(self) -> bool:
        return not self.looks_up_names() and not self.expressions()

    def why_not(self, role: IndexRole) -> Iterator[str]:
        identity = role is IndexRole.REPLICA_IDENTITY
        if identity and not self.unique:
            yield "it is not unique"
        yield from ElementIndex.why_not(self, role)
        if identity and any(element.expression is not None for element in self.elements):
            yield "it has expressions"
