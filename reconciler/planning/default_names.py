"""Names for primary keys and not-nulls whose name the file omits: the next names that PostgreSQL would choose, if
the first is taken, or if two are equal after truncation.

Source: ChooseConstraintName in src/backend/catalog/pg_constraint.c, ChooseRelationName in
src/backend/commands/indexcmds.c
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reconciler.kinds import key_for, kind_of, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, given_name
from reconciler.model.definition import has_index, parts_of
from reconciler.model.facts import Answers
from reconciler.model.names import Key, TableName
from reconciler.model.state import DesiredState, LiveState
from reconciler.planning.adoption import adopted_index
from reconciler.planning.inheritance import passes_on
from reconciler.planning.names import TakenNames, given_names
from reconciler.planning.part_names import index_name
from reconciler.planning.target import Target


def with_free_names(
    answers: Answers, changes: Sequence[Change], desired: DesiredState, live: LiveState
) -> list[Change]:
    """Return the changes; those that use PostgreSQL's default name get one that is free at that point."""
    by_key = sorted(changes, key=lambda one: one.key)
    defaulted = {one.key: one for one in by_key if _gives_default_name(one, desired)}
    if not defaulted:
        return list(changes)
    others = [one for one in changes if one is not defaulted.get(one.key)]
    reserved = given_names(others, desired)
    names = TakenNames(answers=answers, freed=Target(others, live).freely_taken)
    named = dict(_named_as_parts(defaulted, changes))
    numbers = dict.fromkeys(defaulted, 0)
    while waiting := [key for key in numbers if key not in named]:
        tried = {key: _numbered(defaulted[key], numbers[key]) for key in waiting}
        taken = _taken(names, list(tried.values()), live)
        for key, change in tried.items():
            places = _places(change, live)
            if not places & reserved and (not places & taken or adopted_index(change, live) is not None):
                named[key] = change
                reserved |= places
            numbers[key] += 1
    return [named[one.key] if one is defaulted.get(one.key) else one for one in changes]


def _named_as_parts(defaulted: Mapping[Key, Change], changes: Sequence[Change]) -> Iterator[tuple[Key, Change]]:
    """Return the primary keys of partitions for which the file names a part of a primary key: they are that part."""
    for whole in changes if defaulted else ():
        if purpose_of(whole.key) is Purpose.IDENTIFIES_ROWS and whole.action is Action.CREATE:
            for table, name in parts_of(whole.after).items():
                key = key_for(Purpose.IDENTIFIES_ROWS, table)
                own = defaulted.get(key)
                if own is not None and own.after is not None:
                    yield key, replace(own, after=own.after.with_name(name))


def _gives_default_name(change: Change, desired: DesiredState) -> bool:
    name = given_name(change.key, change.after)
    if kind_of(change.key).section.name_label is None or change.after is None or not name:
        return False
    declared = desired.objects.get(change.key)
    return (declared is None or declared.definition.leaves_name_open()) and given_name(
        change.key, change.before
    ) != name


def _numbered(change: Change, number: int) -> Change:
    after = change.after
    assert after is not None
    return replace(change, after=after.with_name(kind_of(change.key).section.default_name(change.key, number)))


def _taken(names: TakenNames, changes: Sequence[Change], live: LiveState) -> set[TableName]:
    """Return the taken names. A constraint without an index is not a relation, so relations do not take its name."""
    relations = {place for one in changes if has_index(one.after) for place in _places(one, live)}
    constraints = {place for one in changes if not has_index(one.after) for place in _places(one, live)}
    return names.in_use(relations, of_index=True) | names.in_use(constraints, of_index=False)


def _places(change: Change, live: LiveState) -> set[TableName]:
    """Return where the name must be free: in the schema of the table, and of the tables that inherit a not-null."""
    name, table = given_name(change.key, change.after), change.key.table_name
    tables = (table,) if has_index(change.after) or not passes_on(change.after) else live.tree(table)
    return {index_name(one, name) for one in tables}
