"""How a foreign key compares two columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from psycopg import sql

from reconciler.kinds.base import ddl
from reconciler.model.names import TableName
from reconciler.model.state import Column

EQUAL = ("pg_catalog", "=")
"""The operator for equal values of nearly every type: schema and name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorClassOrder:
    """How a B-tree operator class compares. `type` is the type of its values, as `format_type` prints it (None if
    nothing can be cast to it). `less` is its `<` (schema and name) if it treats other values as equal than its type
    does."""

    type: str | None
    less: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueComparison:
    """The operator (schema and name) of the comparison, the types that the columns are cast to first, as
    `format_type` prints them, and the collation (schema and name)."""

    operator: tuple[str, str]
    referenced_as: str | None = None
    referring_as: str | None = None
    collation: tuple[str, str] | None = None

    def condition(self, referenced: ddl.Sql, referring: ddl.Sql) -> ddl.Sql:
        """Return the condition that both are equal."""
        schema, name = self.operator
        right = _as(referring, self.referring_as)
        if self.collation is not None:
            right = ddl.compose("{value} COLLATE {name}", value=right, name=sql.Identifier(*self.collation))
        return ddl.compose(
            "{left} OPERATOR({schema}.{operator}) {right}",
            left=_as(referenced, self.referenced_as),
            schema=ddl.name(schema),
            operator=ddl.fragment(name),
            right=right,
        )


def _as(value: ddl.Sql, type_name: str | None) -> ddl.Sql:
    return value if type_name is None else ddl.compose("{value}::{type}", value=value, type=ddl.fragment(type_name))


class ColumnPair(NamedTuple):
    """Everything that decides how a foreign key compares two columns: the oids of their types and collations, and
    the operator class (schema and name) of the referenced index, if it is not the default."""

    referenced: int
    referenced_collation: int
    referring: int
    referring_collation: int
    opclass: tuple[str, str] | None = None


def pair_of(referenced: Column, referring: Column, opclass: tuple[str, str] | None = None) -> ColumnPair:
    return ColumnPair(
        referenced.type_oid, referenced.collation_oid, referring.type_oid, referring.collation_oid, opclass
    )


OpclassesByKey = Mapping[tuple[TableName, frozenset[str]], Mapping[str, tuple[str, str]]]
"""The operator classes (schema and name) of the columns of unique keys, if they are not the default."""
