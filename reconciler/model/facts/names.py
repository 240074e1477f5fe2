"""Which relations and constraints have a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from reconciler.model.facts import Question
from reconciler.model.names import TableName


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRelation:
    """A relation. `kind` is its `relkind`, `described` what the server calls it. Of an index: the `table` that it is
    on, and whether it `enforces` a constraint."""

    kind: str
    described: str
    table: TableName | None
    enforces: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedConstraint:
    """A constraint of a table, or of a domain (`table` is None). `kind` is its `contype`, `described` what the server
    calls it."""

    table: TableName | None
    kind: str
    described: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedObjects:
    """The relation and the constraints of a schema that have one name."""

    relation: NamedRelation | None = None
    constraints: tuple[NamedConstraint, ...] = ()

    def __bool__(self) -> bool:
        return self.relation is not None or bool(self.constraints)

    def constraint_of(self, table: TableName) -> NamedConstraint | None:
        return next((one for one in self.constraints if one.table == table), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatHas(Question[NamedObjects]):
    """Which relation and which constraints of a schema have this name?"""

    assumed: ClassVar[NamedObjects] = NamedObjects()
    name: TableName
