"""Names: which are taken when the changes of a plan are made, and which are given. Whoever chooses a name asks here.

Which names get free is decided by the target of the plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from reconciler.model.change import Change
from reconciler.model.definition import has_index
from reconciler.model.effects import Resource, Sort, constraint_name, relation_name, schema_of, statistics_name
from reconciler.model.facts import Answers
from reconciler.model.facts.names import NamedConstraint, NamedObjects, NamedRelation, NamedStatistics, WhatHas
from reconciler.model.names import TableName
from reconciler.model.state import DesiredState


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenNames:
    """The names of the server's objects. `freed` are the names that their objects give up."""

    answers: Answers
    freed: Set[Resource]

    def holders(
        self, names: Collection[Resource]
    ) -> Mapping[Resource, NamedRelation | NamedConstraint | NamedStatistics]:
        """Return the object that has each of these names and keeps it. Other names are missing in the result."""
        wanted = sorted(set(names) - self.freed, key=str)
        held = self.answers.of(WhatHas(name=in_schema(one)) for one in wanted)
        found = ((name, objects.having(name)) for name, objects in zip(wanted, held, strict=True))
        return {name: one for name, one in found if one is not None}

    def in_use(self, names: Collection[TableName], *, of_index: bool) -> set[TableName]:
        """Return the names that PostgreSQL does not choose: a constraint on any table of the schema has them and keeps
        them, or, for a name of an index, another relation."""
        held = self.answers.of(WhatHas(name=name) for name in names)
        return {
            name
            for name, objects in zip(names, held, strict=True)
            if not self.freed >= set(_held(name, objects, of_index=of_index))
        }


def _held(name: TableName, objects: NamedObjects, *, of_index: bool) -> Iterator[Resource]:
    """Return the name in each namespace in which an object has it. Constraints of domains never give it up."""
    for one in objects.constraints:
        domain = Resource(Sort.CONSTRAINT_NAME, name.schema, name.name)
        yield domain if one.table is None else constraint_name(one.table, name.name)
    if of_index and objects.relation is not None:
        yield relation_name(name.schema, name.name)
    if of_index and objects.statistics is not None:
        yield statistics_name(name.schema, name.name)


def in_schema(name: Resource) -> TableName:
    """Return the name as that of a relation in its schema."""
    return TableName(schema=schema_of(name), name=name.what)


def given_names(changes: Iterable[Change], desired: DesiredState) -> set[TableName]:
    """Return the names that changes give to indexes and constraints, and those of the indexes that the file declares.
    Nothing else may choose one of them."""
    given = ((one.key, one.after) for one in changes if one.after is not None)
    declared = ((key, one.definition) for key, one in desired.objects.items() if has_index(one.definition))
    found = (name for key, one in (*given, *declared) for name in one.names(key))
    return {in_schema(name) for name in found if name.sort is not Sort.STATISTICS_NAME}
