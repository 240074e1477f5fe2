"""A primary key. Its identity is its table; the name is an attribute."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reconciler.kinds.index_backed.effects import not_nulls
from reconciler.kinds.key.definition import KeyConstraint
from reconciler.model.definition import Reference
from reconciler.model.effects import Resource
from reconciler.model.facets import Unmanaged, name_attribute
from reconciler.model.names import Key, TableName, default_name


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryKey(KeyConstraint):
    """The columns that identify the table's rows."""

    name: str | Unmanaged = name_attribute()

    def words(self) -> str:
        return "PRIMARY KEY"

    def given_name(self, key_name: str) -> str:
        return self.name if isinstance(self.name, str) else key_name

    def target(self, table: TableName) -> Reference:
        return Reference(table, self.key, self.without_overlaps)

    def part_name(self, table: TableName, number: int = 0) -> str:
        return default_name(table.name, None, f"pkey{number or ''}")

    def not_null_columns(self) -> tuple[str, ...]:
        return self.key

    def relies_on(self, key: Key) -> Iterable[Resource]:
        return not_nulls(key, self)
