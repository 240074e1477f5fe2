"""A unique constraint."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.definition import Definition, Unmanaged, unmanaged


@dataclass(frozen=True, slots=True, kw_only=True)
class Unique(Definition):
    """`with_` holds the index's storage parameters as sorted (name, value) pairs."""

    columns: tuple[str, ...]
    include: tuple[str, ...] = ()
    nulls_distinct: bool = True
    deferrable: bool = False
    initially_deferred: bool = False
    with_: tuple[tuple[str, str], ...] | Unmanaged = unmanaged()
    tablespace: str | None | Unmanaged = unmanaged()
    comment: str | None | Unmanaged = unmanaged()
