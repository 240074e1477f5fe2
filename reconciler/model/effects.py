"""The effects of changes on what other changes depend on: names, index roles, unique keys, not-nulls …

A definition says what an object holds, offers and relies on while it has that definition. What a change takes,
frees, provides, needs, releases and withdraws is the difference between both sides.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from reconciler.model.names import TableName


class Sort(enum.StrEnum):
    """The sort of a resource. The text completes "needs the …"."""

    RELATION_NAME = "relation name"
    CONSTRAINT_NAME = "constraint name"
    STATISTICS_NAME = "statistics name"
    INDEX_ROLE = "index role"
    INHERITED = "inherited object"
    ENFORCEMENT = "enforcement"
    UNIQUE_KEY = "unique key"
    LEADING_COLUMNS = "index on columns"
    NOT_NULL = "not-null"
    PARTITION_INDEX = "partition's index"
    PARTITION_FOREIGN_KEY = "partition's foreign key"
    CONSTRAINTS = "constraints"
    DETACHMENT = "end of a detachment"
    OBJECT = "object"


class Resource(NamedTuple):
    """One thing that changes take, free, provide, need, release or withdraw.

    `place` is the namespace: a schema for names of relations and statistics, otherwise a table. `what` is a name.
    `columns` are those of a key or index, in any order; then `what` is the last column if that is a range.
    """

    sort: Sort
    place: TableName | str
    what: str = ""
    columns: frozenset[str] = frozenset()

    def __str__(self) -> str:
        columns = f"({', '.join(sorted(self.columns))})" if self.columns else ""
        return f"{self.sort} {self.place}{'.' if self.what else ''}{self.what}{columns}"


def relation_name(schema: str, name: str) -> Resource:
    """Return the name of a table, index, sequence or view. A schema has only one relation with a name."""
    return Resource(Sort.RELATION_NAME, schema, name)


def constraint_name(table: TableName, name: str) -> Resource:
    """Return the name of a constraint. A table has only one constraint with a name."""
    return Resource(Sort.CONSTRAINT_NAME, table, name)


def statistics_name(schema: str, name: str) -> Resource:
    """Return the name of extended statistics. A schema has only one statistics object with a name."""
    return Resource(Sort.STATISTICS_NAME, schema, name)


def unique_key(table: TableName, columns: frozenset[str], period: str = "") -> Resource:
    """Return columns that a foreign key may refer to. `period` is the column that is a range, which rows may cover
    together."""
    return Resource(Sort.UNIQUE_KEY, table, period, columns)


def unique_keys(resources: Iterable[Resource]) -> set[Resource]:
    """Return those that foreign keys may refer to."""
    return {one for one in resources if one.sort is Sort.UNIQUE_KEY}


def with_a_period(key: Resource) -> set[Resource]:
    """Return the keys over the same columns of which one is a range that rows may cover together."""
    return {key._replace(what=column) for column in key.columns} if not key.what else set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What a change does to resources.

    `takes` and `frees` are resources that only one object can have; another change may take what is in `frees`.
    `provides` exists after the change; `withdraws` no longer exists, possibly only while the change is made.
    `needs` must exist before, `prefers` should; `releases` is no longer needed. `keeps` is the part of `withdraws`
    that others need at any time. `uses` is needed as it is before the plan. `avoids` should not exist.
    """

    takes: frozenset[Resource] = frozenset()
    frees: frozenset[Resource] = frozenset()
    provides: frozenset[Resource] = frozenset()
    needs: frozenset[Resource] = frozenset()
    prefers: frozenset[Resource] = frozenset()
    releases: frozenset[Resource] = frozenset()
    withdraws: frozenset[Resource] = frozenset()
    keeps: frozenset[Resource] = frozenset()
    rules_out: frozenset[Resource] = frozenset()
    uses: frozenset[Resource] = frozenset()
    avoids: frozenset[Resource] = frozenset()


NAMES = (Sort.RELATION_NAME, Sort.CONSTRAINT_NAME, Sort.STATISTICS_NAME)
"""Sorts of names in the catalog."""


def schema_of(name: Resource) -> str:
    """Return the schema of the object with the name."""
    return name.place if isinstance(name.place, str) else name.place.schema
