"""An index that is not part of a constraint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import TypeVar

from reconciler.kinds.expressions import unwrapped
from reconciler.kinds.index_effects import index_names, index_offers, index_roles, not_nulls
from reconciler.model.definition import (
    UNMANAGED,
    Definition,
    IndexStatus,
    PartitionNames,
    Unmanaged,
    expression,
    observed,
    remade,
    shared,
    unmanaged,
)
from reconciler.model.effects import Resource
from reconciler.model.names import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectName:
    """An operator class or collation. `schema` is None where the file leaves it to the search path.

    `unambiguous`: it was read from a database in which no other schema has one of its name (and access method).
    """

    schema: str | None = None
    name: str
    unambiguous: bool = field(default=False, compare=False, repr=False)


def found_first(name: ObjectName | None, live: ObjectName | None) -> ObjectName | None:
    """The live name, if `name` is the same without a schema and can mean nothing else: `pg_catalog` comes first in each
    search path, and a name may exist once only."""
    if name is None or live is None or name.schema is not None or name.name != live.name:
        return name
    return live if live.schema == "pg_catalog" or live.unambiguous else name


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexElement:
    """One key of an index: a column or an expression, exactly one of them.

    `opclass` and `collation` are None for the type's, or column's, default. `nulls_first` is None for the default
    of the order: last for ascending, first for descending; a live element never holds a redundant value.
    """

    column: str | None = None
    expression: str | None = None
    opclass: ObjectName | None = None
    opclass_params: tuple[tuple[str, str], ...] = ()
    collation: ObjectName | None = None
    descending: bool = False
    nulls_first: bool | None = None


@shared
def plain_column(column: str) -> IndexElement:
    """A column with nothing else said."""
    return IndexElement(column=column)


Element = TypeVar("Element", bound=IndexElement)


def elements_beside(mine: tuple[Element, ...], theirs: tuple[Element, ...]) -> tuple[Element, ...]:
    """`mine`, with the live ones' schemas where names without a schema can only mean those."""
    if len(mine) != len(theirs) or mine == theirs:
        return mine
    return tuple(
        replace(
            one,
            opclass=found_first(one.opclass, live.opclass),
            collation=found_first(one.collation, live.collation),
        )
        for one, live in zip(mine, theirs, strict=True)
    )


def plain_elements(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    """The same, with expressions stripped of white space and parentheses around the whole."""
    return tuple(_plain_element(element) for element in elements)


def _plain_element(element: Element) -> Element:
    expression = None if element.expression is None else unwrapped(element.expression)
    return element if expression == element.expression else remade(element, expression=expression)


def elements_with(
    elements: tuple[Element, ...], texts: Sequence[str]
) -> tuple[tuple[Element, ...], tuple[str, ...]]:
    """The same, with other texts for their expressions, in order; and the texts that are left."""
    left = list(texts)
    new = tuple(one if one.expression is None else replace(one, expression=left.pop(0)) for one in elements)
    return new, tuple(left)


def kept_targets(
    mine: Sequence[IndexElement], theirs: Sequence[IndexElement], targets: tuple[tuple[int, int], ...]
) -> tuple[tuple[int, int], ...]:
    """Statistics targets of the elements `theirs` for the same expressions among `mine`."""
    if mine == theirs:
        return targets
    known = {theirs[number - 1].expression: target for number, target in targets}
    return tuple((n, known[one.expression]) for n, one in enumerate(mine, 1) if one.expression in known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index(Definition):
    """`with_` holds storage parameters as (name, value) pairs; `where` is the predicate, without `WHERE`.

    `statistics` holds (element, target) pairs, sorted; elements count from 1, and only expressions have a target.
    """

    elements: tuple[IndexElement, ...] = expression()
    method: str = "btree"
    unique: bool = False
    nulls_distinct: bool = True
    include: tuple[str, ...] = ()
    where: str | None = expression(default=None)
    with_: tuple[tuple[str, str], ...] | Unmanaged = unmanaged()
    tablespace: str | None | Unmanaged = unmanaged()
    comment: str | None | Unmanaged = unmanaged()
    statistics: tuple[tuple[int, int], ...] | Unmanaged = unmanaged()
    clustered: bool | Unmanaged = unmanaged()
    replica_identity: bool | Unmanaged = unmanaged()
    partitions: PartitionNames | Unmanaged = unmanaged()
    status: IndexStatus = observed(IndexStatus.VALID)

    def plain(self) -> Index:
        if self.where is None and all(element.expression is None for element in self.elements):
            return self
        elements = plain_elements(self.elements)
        where = None if self.where is None else unwrapped(self.where)
        same = elements == self.elements and where == self.where
        return self if same else remade(self, elements=elements, where=where)

    def beside(self, live: Definition) -> Index:
        if not isinstance(live, Index) or self.elements == live.elements:
            return self
        return replace(self, elements=elements_beside(self.elements, live.elements))

    def kept_from(self, live: Definition, name: str) -> object:
        """A statistics target stays with its expression, wherever that stands now. Storage parameters are those of an
        access method."""
        if isinstance(live, Index) and name == "statistics" and live.statistics is not UNMANAGED:
            return kept_targets(self.elements, live.elements, live.statistics)
        if isinstance(live, Index) and name == "with_" and self.method != live.method:
            return ()
        return getattr(live, name)

    def columns(self) -> tuple[str, ...]:
        return tuple(element.column for element in self.elements if element.column is not None) + self.include

    def features(self) -> tuple[tuple[str, str], ...]:
        return () if self.nulls_distinct else (("nulls_distinct", "nulls_not_distinct"),)

    def indexed_columns(self) -> tuple[str, ...]:
        leading = takewhile(lambda element: element.column is not None, self.elements)
        return () if self.where is not None else tuple(str(element.column) for element in leading)

    def unique_columns(self) -> tuple[str, ...]:
        usable = self.unique and self.status is IndexStatus.VALID
        return self.indexed_columns() if usable and len(self.indexed_columns()) == len(self.elements) else ()

    def expressions(self) -> tuple[str, ...]:
        keys = tuple(element.expression for element in self.elements if element.expression is not None)
        return keys if self.where is None else (*keys, self.where)

    def with_parts(self, texts: Sequence[str]) -> Index:
        elements, rest = elements_with(self.elements, texts)
        return replace(self, elements=elements, where=rest[0] if rest else None)

    def looks_up_names(self) -> bool:
        return any(element.opclass or element.collation for element in self.elements)

    def is_verbatim(self) -> bool:
        return not self.looks_up_names() and not self.expressions()

    def holds(self, key: Key) -> Iterable[Resource]:
        yield from index_names(key, key.name, self.partitions)
        yield from index_roles(key, clustered=self.clustered, replica_identity=self.replica_identity)

    def offers(self, key: Key) -> Iterable[Resource]:
        return index_offers(key, key.name, self, self.partitions)

    def relies_on(self, key: Key) -> Iterable[Resource]:
        return not_nulls(key, self) if self.replica_identity is True else ()

    def partition_indexes(self) -> PartitionNames:
        return self.partitions if isinstance(self.partitions, tuple) else ()
