"""The constraints that a unique index enforces: what primary keys and unique constraints have in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reconciler.kinds.index_effects import index_names, index_offers, index_roles, not_nulls
from reconciler.model.change import given_name
from reconciler.model.definition import (
    Definition,
    IndexStatus,
    PartitionNames,
    Reference,
    Unmanaged,
    observed,
    unmanaged,
)
from reconciler.model.effects import Resource, constraint_name, unique_key
from reconciler.model.names import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyConstraint(Definition):
    """`key` are the columns; `with_` holds the index's storage parameters as (name, value) pairs.

    With `without_overlaps` the last column is a range: rows that are equal in the others must not overlap in it.
    """

    key: tuple[str, ...]
    without_overlaps: bool = False
    include: tuple[str, ...] = ()
    deferrable: bool = False
    initially_deferred: bool = False
    with_: tuple[tuple[str, str], ...] | Unmanaged = unmanaged()
    tablespace: str | None | Unmanaged = unmanaged()
    comment: str | None | Unmanaged = unmanaged()
    clustered: bool | Unmanaged = unmanaged()
    replica_identity: bool | Unmanaged = unmanaged()
    partitions: PartitionNames | Unmanaged = unmanaged()
    status: IndexStatus = observed(IndexStatus.VALID)

    def kept_from(self, live: Definition, name: str) -> object:
        """Storage parameters are those of an access method, and a key without overlaps has another."""
        if name == "with_" and getattr(live, "without_overlaps", None) != self.without_overlaps:
            return ()
        return getattr(live, name)

    def columns(self) -> tuple[str, ...]:
        return self.key + self.include

    def indexed_columns(self) -> tuple[str, ...]:
        return self.key

    def unique_columns(self) -> tuple[str, ...]:
        """A deferrable key is no target of a foreign key; one without overlaps only of a period."""
        return () if self.deferrable or self.without_overlaps else self.key

    def serves(self, reference: Reference) -> bool:
        if not self.without_overlaps:
            return Definition.serves(self, reference)
        same = set(self.key) == set(reference.columns) and self.key[-1] == reference.columns[-1]
        return reference.period and same and not self.deferrable

    def features(self) -> tuple[tuple[str, str], ...]:
        return (("without_overlaps", "temporal_keys"),) if self.without_overlaps else ()

    def is_deferrable(self) -> bool:
        return self.deferrable

    def holds(self, key: Key) -> Iterable[Resource]:
        name = given_name(key, self)
        yield constraint_name(key.table_name, name)
        yield from index_names(key, name, self.partitions)
        yield from index_roles(key, clustered=self.clustered, replica_identity=self.replica_identity)

    def offers(self, key: Key) -> Iterable[Resource]:
        yield from index_offers(key, given_name(key, self), self, self.partitions)
        if self.without_overlaps and not self.deferrable:
            below = [table for table, _ in self.partitions] if isinstance(self.partitions, tuple) else []
            yield from (unique_key(table, frozenset(self.key), self.key[-1]) for table in (key.table_name, *below))

    def relies_on(self, key: Key) -> Iterable[Resource]:
        return not_nulls(key, self) if self.replica_identity is True else ()

    def partition_indexes(self) -> PartitionNames:
        return self.partitions if isinstance(self.partitions, tuple) else ()
