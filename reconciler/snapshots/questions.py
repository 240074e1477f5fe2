"""All questions that plans may ask about the tables of a snapshot, and whose answers may differ from the usual
ones.

Planning asks about names, objects, columns and types. This module lists the questions about the existing ones; a
question about a missing one gets the usual answer. Questions about privileges are not included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from reconciler.kinds import key_for, kind_of, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import given_name, indexes_of
from reconciler.model.definition import Definition, has_index
from reconciler.model.facts import Question
from reconciler.model.facts.carried import DetailsOfConstraint, DetailsOfIndex
from reconciler.model.facts.dependents import (
    CatalogObject,
    DependentsOf,
    FunctionsNaming,
    IndexesByAge,
    InheritedFrom,
    PartitionsBeingDetached,
    PartsOf,
    ReferencesTo,
    RoleOf,
    Tablespaces,
    WholeOf,
)
from reconciler.model.facts.event_triggers import EventTriggersOfCommands
from reconciler.model.facts.journal import LastChanged, ReplacementsOf, UnfinishedBuild
from reconciler.model.facts.names import WhatHas
from reconciler.model.facts.new_tables import PublicationsOfNewTables
from reconciler.model.facts.reach import GeneratedColumns, ReachOf, RowEvent
from reconciler.model.facts.values import (
    FIRST_USER_OID,
    ComparisonOf,
    EqualityOf,
    OperatorChoice,
    OperatorClassOf,
    PublicationsOf,
    WideColumnsOf,
)
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import Key, TableName, is_temporary
from reconciler.model.plan import JournalAt
from reconciler.model.state import LiveState, LiveTable

NO_OPERATOR = OperatorChoice(operator=None, referenced_as=None, referring_as=None, collation=None)


def usual_answer(question: Question[Any]) -> Any:
    """Return the answer to a question that a snapshot does not contain. There is none for types that cannot be
    compared."""
    return NO_OPERATOR if isinstance(question, ComparisonOf) else question.assumed


def normal(question: Question[Any]) -> Question[Any]:
    """Return the question in the form that snapshots store: without the names of roles, and for all columns of a
    table."""
    if isinstance(question, UnfinishedBuild | ReplacementsOf):
        return replace(question, journal=JournalAt(schema=question.journal.schema))
    if isinstance(question, WideColumnsOf):
        return replace(question, columns=())
    return question


def questions_about(
    live: LiveState, names: Iterable[TableName], opclasses: Iterable[TableName], journal: JournalAt
) -> Iterator[Question[Any]]:
    """Return the questions about these tables and their objects. `names` are all names in their schemas."""
    yield PartitionsBeingDetached()
    yield Tablespaces()
    yield EventTriggersOfCommands()
    yield PublicationsOfNewTables(journal=journal)
    yield from (WhatHas(name=name) for name in names)
    yield from (OperatorClassOf(schema=one.schema, name=one.name) for one in opclasses)
    yield from _about_types(live)
    for table in live.tables.values():
        yield from _about_table(table)
    objects = {key: one for key, one in {**live.objects, **live.inherited}.items() if key.table_name in live.tables}
    with_remnants = {key.table_name for key, one in objects.items() if is_temporary(given_name(key, one))}
    for key, one in objects.items():
        yield from _about_object(key, one, journal)
        # The columns of rows that a repair keeps are in the state as well, without a name and a kind.
        if given_name(key, one) and live.tables[key.table_name].parents and kind_of(key).is_copied:
            yield InheritedFrom(table=key.table_name, constraint=given_name(key, one))
        if has_index(one) and live.tables[key.table_name].is_partition:
            yield WholeOf(index=TableName(schema=key.schema, name=given_name(key, one)))
        if key.table_name in with_remnants:
            yield ReplacementsOf(journal=journal, object=key)


def _about_types(live: LiveState) -> Iterator[Question[Any]]:
    columns = [column for table in live.tables.values() for column in table.columns.values()]
    yield from (EqualityOf(type=oid) for oid in sorted({one.type_oid for one in columns}) if oid >= FIRST_USER_OID)
    pairs = sorted({(one.type_oid, one.collation_oid) for one in columns})
    for referenced in pairs:
        for referring in pairs:
            if referenced != referring:
                yield ComparisonOf(
                    referenced=referenced[0],
                    referenced_collation=referenced[1],
                    referring=referring[0],
                    referring_collation=referring[1],
                )


def _about_table(table: LiveTable) -> Iterator[Question[Any]]:
    yield ReferencesTo(table=table.oid)
    yield IndexesByAge(table=table.oid)
    yield PublicationsOf(table=table.oid)
    yield PartsOf(table=table.name)
    yield from (ReachOf(table=table.name, event=event) for event in RowEvent)
    if any(column.generated for column in table.columns.values()):
        yield GeneratedColumns(table=table.name)
    yield WideColumnsOf(table=table.oid, columns=tuple(sorted(table.columns)))
    yield from (RoleOf(table=table.oid, column=column) for column in table.columns)


def _about_object(key: Key, one: Definition, journal: JournalAt) -> Iterator[Question[Any]]:
    name = given_name(key, one)
    for index in sorted(indexes_of(key, one)):
        yield DetailsOfIndex(index=index)
    if not name:
        return
    is_index = purpose_of(key) is Purpose.IS_INDEX
    yield DependentsOf(object=CatalogObject(table=key.table_name, name=name, is_index=is_index))
    if kind_of(key).is_constraint:
        yield DetailsOfConstraint(table=key.table_name, name=name)
        yield FunctionsNaming(constraint=name)
    as_index = key_for(Purpose.IS_INDEX, key.table_name, name)
    if one.index_status() not in (None, IndexStatus.VALID):
        yield UnfinishedBuild(journal=journal, index=as_index)
    if is_temporary(name):
        yield UnfinishedBuild(journal=journal, index=as_index)
        yield LastChanged(object=CatalogObject(table=key.table_name, name=name, is_index=is_index))
