"""Which relations and constraints have certain names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reconciler.model.facts import Question
from reconciler.model.names import TableName


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRelation:
    """A relation. `kind` is its `relkind`, `described` what the server calls it. Of an index: the `table` that it is
    on, and whether it `enforces` a constraint."""

    name: TableName
    kind: str
    described: str
    table: TableName | None
    enforces: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedConstraint:
    """A constraint of a table, or of a domain (`table` is None). `kind` is its `contype`, `described` what the server
    calls it."""

    schema: str
    name: str
    table: TableName | None
    kind: str
    described: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedObjects:
    """All relations and constraints that have certain names."""

    relations: tuple[NamedRelation, ...] = ()
    constraints: tuple[NamedConstraint, ...] = ()

    def by_relation(self) -> dict[TableName, NamedRelation]:
        return {one.name: one for one in self.relations}

    def by_table(self) -> dict[tuple[TableName, str], NamedConstraint]:
        """The constraints of tables by table and name."""
        return {(one.table, one.name): one for one in self.constraints if one.table is not None}

    def constraint_names(self) -> set[TableName]:
        """Schemas and names of the constraints. PostgreSQL chooses none of them for another constraint."""
        return {TableName(schema=one.schema, name=one.name) for one in self.constraints}

    def all_names(self) -> set[TableName]:
        """Schemas and names of the relations, and of the constraints, since an index may get the name of one."""
        return {one.name for one in self.relations} | self.constraint_names()


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatHasNames(Question[NamedObjects]):
    """Which relations and constraints have these schemas and names?"""

    names: tuple[TableName, ...]


def what_has(names: Iterable[TableName]) -> WhatHasNames:
    return WhatHasNames(names=tuple(sorted(set(names))))
