"""The elements of an index: columns and expressions, each with everything that decides their order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from reconciler.kinds.base.expressions import unwrapped
from reconciler.model.facets import Facet, Wording, declared


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectName:
    """An operator class or collation. `schema` is None if the file gives none; then the name is found in the search
    path.

    `unambiguous`: the name was read from a database where no other schema has one of this name (and access method).
    """

    schema: str | None = None
    name: str
    unambiguous: bool = field(default=False, compare=False, repr=False)


def found_first(name: ObjectName | None, live: ObjectName | None) -> ObjectName | None:
    """Return the live name, if `name` is the same without a schema and can only mean that one: `pg_catalog` is
    first in each search path, and a name may exist only once."""
    if name is None or live is None or name.schema is not None or name.name != live.name:
        return name
    return live if live.schema == "pg_catalog" or live.unambiguous else name


_ORDER = Wording(path="order", values={False: "asc", True: "desc"})
_NULLS = Wording(path="nulls", values={False: "last", True: "first", None: "default"})


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexElement:
    """One key of an index: exactly one of a column and an expression.

    `opclass` and `collation` are None for the default of the type or column. `nulls_first` is None for the default
    of the order: last for ascending, first for descending. A live element never has a redundant value.
    """

    column: str | None = None
    expression: str | None = None
    opclass: ObjectName | None = None
    opclass_params: tuple[tuple[str, str], ...] = declared(Facet.PAIRS, default=())
    collation: ObjectName | None = None
    descending: bool = declared(default=False, wording=_ORDER)
    nulls_first: bool | None = declared(default=None, wording=_NULLS)

    def names(self) -> Iterator[ObjectName]:
        """Return the operator class and the collation that it names."""
        yield from (one for one in (self.opclass, self.collation) if one is not None)


def plain_column(column: str) -> IndexElement:
    """Return an element for a column with no further property."""
    return IndexElement(column=column)


SomeElement = TypeVar("SomeElement", bound=IndexElement)


def short_name(name: ObjectName | None, first: Collection[str], unambiguous: Collection[str]) -> ObjectName | None:
    """Return a name without its schema, if the file's search path finds it: PostgreSQL's own schema is first, then
    those of the table and public, provided that the name exists in only one schema."""
    if name is None:
        return None
    found = name.schema in first or (name.unambiguous and name.schema in unambiguous)
    return ObjectName(name=name.name) if found else name


def with_short_names(element: SomeElement, first: Collection[str], unambiguous: Collection[str]) -> SomeElement:
    opclass, collation = (short_name(one, first, unambiguous) for one in (element.opclass, element.collation))
    return replace(element, opclass=opclass, collation=collation)


def elements_qualified_like(
    mine: tuple[SomeElement, ...], theirs: tuple[SomeElement, ...]
) -> tuple[SomeElement, ...]:
    """Return `mine`, with the live elements' schemas for names without a schema that can only mean those."""
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


def normalized_elements(elements: tuple[SomeElement, ...]) -> tuple[SomeElement, ...]:
    """Return the same elements, with expressions stripped of surrounding white space and parentheses."""
    return tuple(_normalized_element(element) for element in elements)


def _normalized_element(element: SomeElement) -> SomeElement:
    expression = None if element.expression is None else unwrapped(element.expression)
    return element if expression == element.expression else replace(element, expression=expression)


def elements_with(
    elements: tuple[SomeElement, ...], texts: Sequence[str]
) -> tuple[tuple[SomeElement, ...], tuple[str, ...]]:
    """Return the same elements with other texts for their expressions, in order; and the remaining texts."""
    left = list(texts)
    new = tuple(one if one.expression is None else replace(one, expression=left.pop(0)) for one in elements)
    return new, tuple(left)


def kept_targets(
    mine: Sequence[IndexElement], theirs: Sequence[IndexElement], targets: tuple[tuple[int, int], ...]
) -> tuple[tuple[int, int], ...]:
    """Return the statistics targets of the elements `theirs` for the same expressions among `mine`."""
    if mine == theirs:
        return targets
    known = {theirs[number - 1].expression: target for number, target in targets}
    return tuple((n, known[one.expression]) for n, one in enumerate(mine, 1) if one.expression in known)
