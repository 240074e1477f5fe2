"""An exclusion constraint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reconciler.kinds.expressions import unwrapped
from reconciler.kinds.index.definition import (
    IndexElement,
    ObjectName,
    elements_beside,
    elements_with,
    found_first,
    kept_targets,
    plain_elements,
)
from reconciler.kinds.index_effects import index_names, index_offers, index_roles
from reconciler.model.definition import (
    UNMANAGED,
    Definition,
    IndexStatus,
    PartitionNames,
    Unmanaged,
    expression,
    observed,
    unmanaged,
)
from reconciler.model.effects import Resource, constraint_name
from reconciler.model.names import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedElement(IndexElement):
    """An element of the index, and the operator by which two rows are compared."""

    operator: ObjectName


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion(Definition):
    """No two rows (that satisfy `where`) may have all their `excluded` elements true under their operators.

    `with_` and `statistics` are those of the index, as `Index` has them. It cannot be a replica identity.
    """

    excluded: tuple[ExcludedElement, ...] = expression()
    method: str = "btree"
    where: str | None = expression(default=None)
    include: tuple[str, ...] = ()
    deferrable: bool = False
    initially_deferred: bool = False
    with_: tuple[tuple[str, str], ...] | Unmanaged = unmanaged()
    tablespace: str | None | Unmanaged = unmanaged()
    comment: str | None | Unmanaged = unmanaged()
    statistics: tuple[tuple[int, int], ...] | Unmanaged = unmanaged()
    clustered: bool | Unmanaged = unmanaged()
    partitions: PartitionNames | Unmanaged = unmanaged()
    status: IndexStatus = observed(IndexStatus.VALID)

    def plain(self) -> Exclusion:
        return replace(
            self,
            excluded=plain_elements(self.excluded),
            where=None if self.where is None else unwrapped(self.where),
        )

    def beside(self, live: Definition) -> Exclusion:
        if not isinstance(live, Exclusion) or len(self.excluded) != len(live.excluded):
            return self
        excluded = tuple(
            replace(mine, operator=found_first(mine.operator, theirs.operator) or mine.operator)
            for mine, theirs in zip(elements_beside(self.excluded, live.excluded), live.excluded, strict=True)
        )
        return replace(self, excluded=excluded)

    def kept_from(self, live: Definition, name: str) -> object:
        """A statistics target stays with its expression, wherever that stands now. Storage parameters are those of an
        access method."""
        if isinstance(live, Exclusion) and name == "statistics" and live.statistics is not UNMANAGED:
            return kept_targets(self.excluded, live.excluded, live.statistics)
        if isinstance(live, Exclusion) and name == "with_" and self.method != live.method:
            return ()
        return getattr(live, name)

    def columns(self) -> tuple[str, ...]:
        return tuple(one.column for one in self.excluded if one.column is not None) + self.include

    def expressions(self) -> tuple[str, ...]:
        """The elements compared with themselves, so that the server judges the operators as well; the predicate."""
        compared = tuple(_compared(one) for one in self.excluded)
        return compared if self.where is None else (*compared, self.where)

    def parts(self) -> tuple[str, ...]:
        elements = tuple(one.expression for one in self.excluded if one.expression is not None)
        return elements if self.where is None else (*elements, self.where)

    def with_parts(self, texts: Sequence[str]) -> Exclusion:
        excluded, rest = elements_with(self.excluded, texts)
        return replace(self, excluded=excluded, where=rest[0] if rest else None)

    def looks_up_names(self) -> bool:
        return True

    def is_verbatim(self) -> bool:
        """Operators are always looked up."""
        return False

    def written_expressions(self) -> Iterator[tuple[str, str]]:
        """The expressions of the file, each with its attribute."""
        for one in self.excluded:
            if one.expression is not None:
                yield "elements", one.expression
        if self.where is not None:
            yield "where", self.where

    def is_deferrable(self) -> bool:
        return self.deferrable

    def holds(self, key: Key) -> Iterable[Resource]:
        yield constraint_name(key.table_name, key.name)
        yield from index_names(key, key.name, self.partitions)
        yield from index_roles(key, clustered=self.clustered)

    def offers(self, key: Key) -> Iterable[Resource]:
        return index_offers(key, key.name, self, self.partitions)

    def partition_indexes(self) -> PartitionNames:
        return self.partitions if isinstance(self.partitions, tuple) else ()


def _compared(element: ExcludedElement) -> str:
    value = _quoted(element.column) if element.column is not None else element.expression
    schema = f"{_quoted(element.operator.schema)}." if element.operator.schema is not None else ""
    return f"({value}) OPERATOR({schema}{element.operator.name}) ({value})"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
