"""A unique constraint."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.definition import Definition, Unmanaged, unmanaged


@dataclass(frozen=True, slots=True, kw_only=True)
class Unique(Definition):
    """`key` are the columns; `with_` holds the index's storage parameters as sorted (name, value) pairs."""

    key: tuple[str, ...]
    include: tuple[str, ...] = ()
    nulls_distinct: bool = True
    deferrable: bool = False
    initially_deferred: bool = False
    with_: tuple[tuple[str, str], ...] | Unmanaged = unmanaged()
    tablespace: str | None | Unmanaged = unmanaged()
    comment: str | None | Unmanaged = unmanaged()

    def columns(self) -> tuple[str, ...]:
        return self.key + self.include

    def indexed_columns(self) -> tuple[str, ...]:
        return self.key

    def unique_columns(self) -> tuple[str, ...]:
        return () if self.deferrable else self.key

    def features(self) -> tuple[tuple[str, str], ...]:
        return () if self.nulls_distinct else (("nulls_distinct", "nulls_not_distinct"),)
