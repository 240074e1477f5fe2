"""The constraints that a unique index enforces: what primary keys and unique constraints have in common."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.definition import Definition, IndexStatus, PartitionNames, Unmanaged, observed, unmanaged


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyConstraint(Definition):
    """`key` are the columns; `with_` holds the index's storage parameters as sorted (name, value) pairs."""

    key: tuple[str, ...]
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

    def columns(self) -> tuple[str, ...]:
        return self.key + self.include

    def indexed_columns(self) -> tuple[str, ...]:
        return self.key

    def unique_columns(self) -> tuple[str, ...]:
        """A deferrable key is no target of a foreign key."""
        return () if self.deferrable else self.key
