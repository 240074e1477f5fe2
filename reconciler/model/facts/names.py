"""The relations, constraints and statistics that have a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from reconciler.model.effects import Resource, Sort
from reconciler.model.facts import Question
from reconciler.model.names import TableName


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRelation:
    """A relation. `kind` is its `relkind`, `described` the server's description. For an index: the `table` that it
    is on, and whether it `enforces` a constraint."""

    kind: str
    described: str
    table: TableName | None
    enforces: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedConstraint:
    """A constraint of a table, or of a domain (`table` is None). `kind` is its `contype`, `described` the server's
    description."""

    table: TableName | None
    kind: str
    described: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedStatistics:
    """A statistics object. `described` is the server's description."""

    described: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedObjects:
    """The relation, the constraints and the statistics of a schema that have one name."""

    relation: NamedRelation | None = None
    constraints: tuple[NamedConstraint, ...] = ()
    statistics: NamedStatistics | None = None

    def __bool__(self) -> bool:
        return self.relation is not None or bool(self.constraints) or self.statistics is not None

    def having(self, name: Resource) -> NamedRelation | NamedConstraint | NamedStatistics | None:
        """Return the object that has the name in its namespace."""
        if isinstance(name.place, TableName):
            return self.constraint_of(name.place)
        return self.statistics if name.sort is Sort.STATISTICS_NAME else self.relation

    def constraint_of(self, table: TableName) -> NamedConstraint | None:
        return next((one for one in self.constraints if one.table == table), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatHas(Question[NamedObjects]):
    """Which relation, which constraints and which statistics of a schema have this name?"""

    assumed: ClassVar[NamedObjects] = NamedObjects()
    name: TableName
