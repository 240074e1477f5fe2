"""Names that a plan would give and that another object has already.

Constraints share one namespace per table. Indexes, among them those behind constraints, share one per schema with
tables, sequences and views. Statistics share another one per schema.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from reconciler.kinds import KINDS, key_for, kind_for, kind_of, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Change, given_name
from reconciler.model.definition import Definition, parts_of
from reconciler.model.effects import Resource, constraint_name
from reconciler.model.facts import Answers
from reconciler.model.facts.names import WhatHas
from reconciler.model.names import Key, TableName, display
from reconciler.model.plan import Refusal
from reconciler.model.rules.objects import MISPLACED_ABSENT
from reconciler.model.state import Absent, Declared, DesiredState, LiveState
from reconciler.planning import refusals
from reconciler.planning.effects import effects_of
from reconciler.planning.inheritance import ancestors, is_merged, passes_on
from reconciler.planning.names import TakenNames


def find_clashes(
    names: TakenNames, changes: Sequence[Change], declared: Mapping[Key, Declared], live: LiveState, major: int
) -> Iterator[Refusal]:
    """Return refusals of changes that would give a name that another object has and keeps."""
    taken = [(change, _own_names(change, live, major)) for change in changes if change.key in declared]
    holders = names.holders({name for _, given in taken for name in given})
    for change, given in taken:
        by = next((holders[name].described for name in given if name in holders), None)
        if by is None and given:
            by = _on_child(change, live, names.freed)
        if by is not None:
            yield refusals.name_taken(declared[change.key], given_name(change.key, change.after), by)


def _own_names(change: Change, live: LiveState, major: int) -> list[Resource]:
    """Return the names that the change gives to its own object. An inherited object already has its constraint's
    name."""
    if change.after is None:
        return []
    own = given_name(change.key, change.after)
    names = effects_of(change, live, major).takes & change.after.names(change.key)
    inherited = constraint_name(change.key.table_name, own) if change.key in live.inherited else None
    return sorted(one for one in names if one.what == own and one != inherited)


def _on_child(change: Change, live: LiveState, freed: Collection[Resource]) -> str | None:
    """Return the constraint of a child, also one that it inherits from another table, with the name of one that the
    child would inherit. An equal check, or a not-null on the same column, is merged instead."""
    key, after, name = change.key, change.after, given_name(change.key, change.after)
    if not passes_on(after) or not kind_of(key).is_copied:
        return None
    for child in live.below(key.table_name):
        for other, one in live.all_on(child.name).items():
            if (
                not kind_of(other).is_constraint
                or given_name(other, one) != name
                or constraint_name(child.name, name) in freed
            ):
                continue
            merged = other.kind == key.kind and (
                is_merged(one, after)
                if purpose_of(key) is not Purpose.FORBIDS_NULL and change.renamed_from is None
                else other.name == key.name
            )
            if not merged:
                return str(other)
    return None


_INHERITED = "is inherited, and cannot be dropped on its own"
_ON_PARENT = "list it under `absent` of the table that it is inherited from"


def find_misplaced(
    answers: Answers, absents: Sequence[Absent], desired: DesiredState, live: LiveState
) -> Iterator[Refusal]:
    """Return refusals of `absent` entries that name an existing object of another sort.

    `absents` are the entries for which no live object of their section was found. An object that the file declares
    as something else replaces the absent one; an object that the file declares on a parent does not belong to the
    table itself.
    """
    if not absents:
        return
    declared = {
        name
        for key in desired.objects
        for definition in (desired.objects[key].definition, live.get(key))  # the file may leave names to PostgreSQL
        if definition is not None
        for name in _named(key, definition, live)
    }
    absents = [
        absent
        for absent in absents
        if (absent.table, absent.name) not in declared
        and not any((table, absent.name) in declared for table in ancestors(absent.table, live))
    ]
    if not absents:
        return
    indexes = _section_of(Purpose.IS_INDEX)
    wanted = [WhatHas(name=absent.table._replace(name=absent.name)) for absent in absents]
    for absent, held in zip(absents, answers.of(wanted), strict=True):
        constraint = held.constraint_of(absent.table)
        index = held.relation if held.relation is not None and held.relation.table == absent.table else None
        column = _not_null_column(absent, live)
        if column is not None:
            where = f"list {display(column.name)} under `absent: {_section_of(Purpose.FORBIDS_NULL)}`"
            yield _misplaced(absent, f"it is {column}", where)
        elif _names_constraints(absent.section) and constraint is not None:
            yield _misplaced(absent, f"{constraint.described} {_INHERITED}", _ON_PARENT)
        elif _names_constraints(absent.section) and index is not None:
            yield _misplaced(absent, f"{index.described} is not a constraint", f"list it under `absent: {indexes}`")
        elif absent.section == indexes and index is not None and index.enforces:
            what = f"{index.described} belongs to a constraint"
            yield _misplaced(absent, what, f"list it under `absent: {_section_of(Purpose.IDENTIFIES_ROWS)}`")
        elif absent.section == indexes and index is not None:
            yield _misplaced(absent, f"{index.described} {_INHERITED}", _ON_PARENT)
        elif absent.section == _section_of(Purpose.FORBIDS_NULL) and _inherited_not_null(absent) in live.inherited:
            yield _misplaced(absent, f"{_inherited_not_null(absent)} {_INHERITED}", _ON_PARENT)


def _named(key: Key, definition: Definition, live: LiveState) -> Iterator[tuple[TableName, str]]:
    """Return the names by which `absent` may mean an object, and the tables that have it."""
    yield key.table_name, given_name(key, definition)
    yield from parts_of(definition).items()
    if purpose_of(key) is Purpose.FORBIDS_NULL:
        yield key.table_name, key.name
    for column in definition.not_null_columns():
        not_null = key_for(Purpose.FORBIDS_NULL, key.table_name, column)
        yield key.table_name, given_name(not_null, live.get(not_null))


def _not_null_column(absent: Absent, live: LiveState) -> Key | None:
    """Return the not-null whose constraint name is listed under `absent`."""
    if not _names_constraints(absent.section):
        return None
    own = live.all_on(absent.table).items()
    return next(
        (
            key
            for key, one in own
            if purpose_of(key) is Purpose.FORBIDS_NULL and given_name(key, one) == absent.name
        ),
        None,
    )


def _section_of(purpose: Purpose) -> str | None:
    """Return the section of `absent` for the objects of the kind with this purpose."""
    return kind_for(purpose).absent_section


def _names_constraints(section: str) -> bool:
    """Whether a section of `absent` names constraints."""
    named = (kind for kind in KINDS if kind.absent_section == section and kind.purpose is not Purpose.FORBIDS_NULL)
    return any(kind.is_constraint for kind in named)


def _inherited_not_null(absent: Absent) -> Key:
    return key_for(Purpose.FORBIDS_NULL, absent.table, absent.name)


def _misplaced(absent: Absent, cause: str, remedy: str) -> Refusal:
    key = Key(schema=absent.table.schema, table=absent.table.name, kind=absent.section, name=absent.name)
    return Refusal(rule=MISPLACED_ABSENT, key=key, place=absent.place, cause=cause, remedy=remedy)
