"""The functions that answer the questions of each type."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reconciler.model.facts import Question
from reconciler.model.facts.carried import DetailsOfConstraint, DetailsOfIndex
from reconciler.model.facts.data import DataCheck
from reconciler.model.facts.dependents import (
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
from reconciler.model.facts.dumps import UnprovedInDump
from reconciler.model.facts.event_triggers import EventTriggersOfCommands
from reconciler.model.facts.journal import LastChanged, ReplacementsOf, RowsLeftBefore, UnfinishedBuild
from reconciler.model.facts.meaning import MeaningOf
from reconciler.model.facts.names import WhatHas
from reconciler.model.facts.new_tables import PublicationsOfNewTables
from reconciler.model.facts.reach import GeneratedColumns, ReachOf
from reconciler.model.facts.rights import (
    AccessToJournal,
    Holds,
    MayExecute,
    ObjectionToArchive,
    ObjectionToJournal,
    OwnerOf,
    UnusableInCopy,
)
from reconciler.model.facts.state import StateOf
from reconciler.model.facts.usage import UsageOf
from reconciler.model.facts.values import (
    ComparisonOf,
    EqualityOf,
    OperatorClassOf,
    PublicationsOf,
    WideColumnsOf,
)
from reconciler.postgres.data_checks import DataChecker
from reconciler.postgres.facts import (
    carried,
    data,
    dependents,
    dumps,
    event_triggers,
    journal,
    meaning,
    names,
    publications,
    reach,
    rights,
    state,
    usage,
    values,
)
from reconciler.postgres.session import Session

Asked = Sequence[Any]
AnswersByQuestion = Mapping[Any, Any]

SENT: Mapping[type[Question[Any]], Callable[[Session, Asked], Callable[[], AnswersByQuestion]]] = {
    AccessToJournal: rights.access_to_journal,
    ComparisonOf: values.comparisons_of,
    DependentsOf: dependents.dependent_objects,
    DetailsOfConstraint: carried.details_of_constraints,
    DetailsOfIndex: carried.details_of_indexes,
    EqualityOf: values.equality_of,
    EventTriggersOfCommands: event_triggers.event_triggers_of_commands,
    FunctionsNaming: dependents.functions_naming,
    GeneratedColumns: reach.columns_with_expressions,
    Holds: rights.held,
    IndexesByAge: dependents.indexes_by_age,
    InheritedFrom: dependents.inherited_from,
    LastChanged: journal.last_changes,
    MayExecute: rights.may_execute,
    ObjectionToArchive: rights.objections_to_archive,
    ObjectionToJournal: rights.objections_to_journal,
    OwnerOf: rights.owners,
    PartitionsBeingDetached: dependents.being_detached,
    PartsOf: dependents.attached_parts,
    PublicationsOf: publications.publications_of,
    PublicationsOfNewTables: publications.publications_of_new_tables,
    ReachOf: reach.reach_of_repairs,
    ReferencesTo: dependents.references_to,
    RoleOf: dependents.roles_of,
    Tablespaces: dependents.tablespaces,
    OperatorClassOf: values.operator_classes,
    UnusableInCopy: rights.unusable_in_copy,
    WhatHas: names.what_has,
    WholeOf: dependents.wholes_of,
}
"""Functions that send their queries, and return a function that reads the answers."""

ALONE: Mapping[type[Question[Any]], Callable[[Session, Asked], AnswersByQuestion]] = {
    ReplacementsOf: journal.replacements_of,
    RowsLeftBefore: journal.rows_left_before,
    StateOf: state.states_of,
    UnfinishedBuild: journal.unfinished_builds,
    UnprovedInDump: dumps.unproved_in_dumps,
    UsageOf: usage.usages_of,
    WideColumnsOf: values.wide_columns,
}
"""Functions that need a transaction of their own, or read one answer after the other."""

GUARDED: Mapping[type[Question[Any]], Callable[[Session, DataChecker, Asked], AnswersByQuestion]] = {
    DataCheck: data.findings_of,
    MeaningOf: meaning.meanings_of,
}
"""Functions that evaluate expressions in the file, as far as that is allowed."""
