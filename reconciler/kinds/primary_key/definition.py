"""A primary key. Its identity is its table; the name is an attribute."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.kinds.key_constraint import KeyConstraint
from reconciler.model.definition import Unmanaged, unmanaged


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryKey(KeyConstraint):
    """The columns that tell the table's rows apart."""

    name: str | Unmanaged = unmanaged()

    def not_null_columns(self) -> tuple[str, ...]:
        return self.key
