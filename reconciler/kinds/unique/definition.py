"""A unique constraint."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.kinds.key.definition import KeyConstraint


@dataclass(frozen=True, slots=True, kw_only=True)
class Unique(KeyConstraint):
    """Columns of which no two rows may have equal values; with `nulls_distinct`, NULL equals nothing."""

    nulls_distinct: bool = True

    def words(self) -> str:
        return "UNIQUE"

    def nulls_are_distinct(self) -> bool:
        return self.nulls_distinct

    def features(self) -> tuple[tuple[str, str], ...]:
        nulls = () if self.nulls_distinct else (("nulls_distinct", "nulls_not_distinct"),)
        return (*KeyConstraint.features(self), *nulls)
