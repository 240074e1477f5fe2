"""Names that objects give up before their turn, because others need them first.

A name can be moved in one plan, also in a circle. What has it then gets one of the tool's own for a while, in a change
before its own. If a run dies in between, the next plan goes on from there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from reconciler.kinds.index_backed.definition import IndexBacked
from reconciler.model.change import Action, Change, Difference, given_name, indexes_of
from reconciler.model.definition import Definition, parts_of
from reconciler.model.effects import Resource, Sort
from reconciler.model.names import BUILDING_SUFFIX, REPLACED_SUFFIX, Key, TableName, temporary_name
from reconciler.model.state import LiveState
from reconciler.planning.order import waiting_for_names


def free_for_successors(changes: Sequence[Change]) -> list[Change]:
    """The changes; of unique indexes that go, the names that partitions' indexes have are given up beforehand if
    indexes over the same columns are to have them: those can be made first then, so that there is always one."""
    new: dict[TableName, list[Change]] = {}
    for change in changes:
        if change.action is Action.CREATE and _keys(change.key, change.after):
            new.setdefault(change.key.table_name, []).append(change)
    found: list[Change] = []
    for change in changes:
        if change.action is Action.DROP and any(
            _succeeds(one, change) for one in new.get(change.key.table_name, ())
        ):
            found += _in_two(change)
        else:
            found.append(change)
    return found


def _succeeds(new: Change, old: Change) -> bool:
    assert new.after is not None
    if old.before is None or _keys(new.key, new.after).isdisjoint(_keys(old.key, old.before)):
        return False
    own = TableName(schema=old.key.schema, name=given_name(old.key, old.before))
    wanted = indexes_of(new.key, new.after) & indexes_of(old.key, old.before)
    return bool(wanted) and own not in wanted


def _keys(key: Key, definition: Definition | None) -> set[Resource]:
    """What foreign keys can refer to because of it."""
    offered = definition.offers(key) if definition is not None else ()
    return {one for one in offered if one.sort is Sort.UNIQUE_KEY}


def break_circles(changes: Sequence[Change], live: LiveState, major: int) -> list[Change]:
    """The changes, none of which waits for itself to give up a name. `major` is the server's version."""
    found = list(changes)
    for _ in changes:
        number = _in_circle(found, live, major)
        if number is None:
            break
        found[number : number + 1] = _in_two(found[number])
    return found


def _in_circle(changes: Sequence[Change], live: LiveState, major: int) -> int | None:
    """A change that other ones wait for, and that waits for them, and can be made in two."""
    try:
        TopologicalSorter(waiting_for_names(changes, live, major)).prepare()
    except CycleError as error:
        return next((number for number in error.args[1] if _can_be_two(changes[number])), None)
    return None


def _can_be_two(change: Change) -> bool:
    return change.action is Action.RENAME or (change.action is Action.ALTER and bool(_conflicting(change)))


def _conflicting(change: Change) -> Mapping[TableName, str]:
    """The partitions whose indexes get other names, with those that they have."""
    after = parts_of(change.after)
    return {table: name for table, name in parts_of(change.before).items() if after.get(table) != name}


def _in_two(change: Change) -> list[Change]:
    """A change that gives names up, and the one that goes on from there. An object that is only renamed is found again
    as the successor that it will be; an index of a partition, whose place a successor may take, as the old one."""
    if change.action is Action.RENAME:
        key = change.key._replace(name=temporary_name(change.key.name, BUILDING_SUFFIX))
        return [replace(change, key=key, after=change.before), replace(change, renamed_from=key.name)]
    before, conflicting = change.before, _conflicting(change)
    assert isinstance(before, IndexBacked)
    aside = {table: temporary_name(name, REPLACED_SUFFIX) for table, name in conflicting.items()}
    meanwhile = replace(before, partitions=tuple(sorted({**parts_of(before), **aside}.items())))
    first = Change(
        action=Action.ALTER,
        key=change.key,
        before=before,
        after=meanwhile,
        place=change.place,
        differences=tuple(
            Difference(path=f"partitions.{table}", before=conflicting[table], after=name, place=None)
            for table, name in sorted(aside.items())
        ),
    )
    return [first, replace(change, before=meanwhile)]
