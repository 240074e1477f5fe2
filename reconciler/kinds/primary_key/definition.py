"""A primary key. Its identity is its table; the name is an attribute."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reconciler.kinds.index_effects import not_nulls
from reconciler.kinds.key_constraint import KeyConstraint
from reconciler.model.definition import Unmanaged, unmanaged
from reconciler.model.effects import Resource
from reconciler.model.names import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryKey(KeyConstraint):
    """The columns that tell the table's rows apart."""

    name: str | Unmanaged = unmanaged()

    def not_null_columns(self) -> tuple[str, ...]:
        return self.key

    def relies_on(self, key: Key) -> Iterable[Resource]:
        return not_nulls(key, self)
