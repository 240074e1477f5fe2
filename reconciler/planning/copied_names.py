"""Names that two changes of a plan give to two constraints of a table, of which it inherits at least one; and new
names of a constraint that a table inherits from two parents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from reconciler.kinds import kind_of, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, former_key, given_name
from reconciler.model.definition import Definition, parts_of
from reconciler.model.effects import Resource, Sort, constraint_name
from reconciler.model.names import Key, display
from reconciler.model.plan import Refusal
from reconciler.model.rules.dependencies import INHERITED
from reconciler.model.rules.objects import NAME_TAKEN
from reconciler.model.state import LiveState
from reconciler.planning.completion import is_replaced
from reconciler.planning.inheritance import is_merged, passes_on


class _Gift(NamedTuple):
    """A change gives a name to a constraint of a table. `inherited`: it is the change of an ancestor."""

    change: Change
    inherited: bool


def inherited_twice(changes: Sequence[Change], live: LiveState) -> Iterator[Refusal]:
    """Return refusals of changes that give a constraint of a table a name that the table inherits because of another
    change."""
    gifts: dict[Resource, list[_Gift]] = {}
    for change in changes:
        own = _new_names(change, change.key)
        for name in own:
            gifts.setdefault(name, []).append(_Gift(change, inherited=False))
        for name in _passed_on(change, live):
            if name not in own:
                gifts.setdefault(name, []).append(_Gift(change, inherited=True))
    seen = set[tuple[Key, Key]]()
    for name, given in gifts.items():
        for first, second in combinations(sorted(given, key=lambda one: one.inherited), 2):
            both = first.change.key, second.change.key
            if second.inherited and both not in seen and not _is_one(first, second):
                seen.add(both)
                yield _refusal(name, first.change, second.change)


def renamed_for_one_parent(changes: Sequence[Change], live: LiveState) -> Iterator[Refusal]:
    """Return refusals of renames of checks and not-nulls that a descendant also inherits from another parent:
    PostgreSQL renames all of them or none."""
    for change in changes:
        former, before = former_key(change), change.before
        if not kind_of(change.key).is_copied or not passes_on(before) or before is None or change.after is None:
            continue
        renamed = given_name(former, before) != given_name(change.key, change.after)
        if not renamed or change.action is Action.DROP or is_replaced(change, live):
            continue
        tree = {live.tables[name].oid: name for name in live.tree(change.key.table_name)}
        others = {table.oid: table.name for table in live.tables.values() if table.oid not in tree}
        for table in live.below(change.key.table_name):
            for parent in filter(None, map(others.get, table.parents)):
                other = former._replace(schema=parent.schema, table=parent.name)
                if passes_on(live.get(other)):
                    yield Refusal(
                        rule=INHERITED,
                        key=change.key,
                        place=change.place,
                        cause=f"{table.name} inherits it also from {parent}, so PostgreSQL cannot rename it",
                        remedy=f"keep the name {display(given_name(former, before))}",
                    )


def _new_names(change: Change, key: Key) -> set[Resource]:
    """Return the names of constraints that a definition has under a key after the change and not before."""
    if change.after is None:
        return set()
    former = key._replace(name=former_key(change).name)
    before = change.before.names(former) if change.before is not None else set()
    return {one for one in change.after.names(key) - before if one.sort is Sort.CONSTRAINT_NAME}


def _passed_on(change: Change, live: LiveState) -> Iterator[Resource]:
    """Return the names that constraints of descendants get because of the change. A rename leaves the names of a
    foreign key's parts."""
    kind, after = kind_of(change.key), change.after
    if after is None or not kind.is_constraint:
        return
    if kind.has_index:
        for table, name in parts_of(after).items() - parts_of(change.before).items():
            yield constraint_name(table, name)
    elif kind.is_copied and passes_on(after):
        for one in live.below(change.key.table_name):
            own = change.key._replace(schema=one.name.schema, table=one.name.name)
            yield from _new_names(change if passes_on(change.before) else _as_new(change), own)
    elif not kind.is_copied and (change.action is Action.CREATE or is_replaced(change, live)):
        name = given_name(change.key, after)
        yield from (constraint_name(one.name, name) for one in live.below(change.key.table_name))


def _as_new(change: Change) -> Change:
    return Change(action=Action.CREATE, key=change.key, before=None, after=change.after, place=change.place)


def _is_one(own: _Gift, other: _Gift) -> bool:
    """Whether the two are one constraint, or one index."""
    mine, theirs = kind_of(own.change.key), kind_of(other.change.key)
    if mine.has_index and theirs.has_index:
        return True  # the names of indexes are compared elsewhere
    if mine is not theirs:
        return False
    if not mine.is_copied:
        return own.inherited  # PostgreSQL gives parts of two foreign keys two names
    if purpose_of(own.change.key) is Purpose.FORBIDS_NULL:
        return own.change.key.name == other.change.key.name
    former = {one.change.renamed_from for one in (own, other) if one.change.action is Action.RENAME}
    return len(former) < 2 and _is_merged(own.change.after, other.change.after)


def _is_merged(own: Definition | None, inherited: Definition | None) -> bool:
    return own is not None and is_merged(own, inherited)


def _refusal(name: Resource, own: Change, other: Change) -> Refusal:
    return Refusal(
        rule=NAME_TAKEN,
        key=own.key,
        place=own.place,
        cause=f"{name.place} would have two constraints with the name {display(name.what)}: it also inherits that of "
        f"{other.key} ({other.place})",
        remedy="give one of them another name",
    )
