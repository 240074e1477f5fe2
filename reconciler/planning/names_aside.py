"""Names that objects release before their own change, because other changes need them first.

A name can move to another object in one plan, also in a circle. The object that has it gets a temporary name, in a
change before its own. If a run dies in between, the next plan continues from there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from reconciler.model.change import Action, Change, Difference, given_name, indexes_of
from reconciler.model.definition import Definition, parts_of
from reconciler.model.effects import NAMES, Resource, unique_keys
from reconciler.model.names import BUILDING_SUFFIX, REPLACED_SUFFIX, Key, TableName, is_temporary, temporary_name
from reconciler.model.state import LiveState
from reconciler.planning.completion import must_be_replaced
from reconciler.planning.order import Graph, graph_of


def free_for_successors(changes: Sequence[Change]) -> list[Change]:
    """Return the changes. If unique indexes are dropped and indexes over the same columns get the names of their
    partitions' indexes, those names are released first, so that the new indexes are built first and there is always
    one."""
    new: dict[TableName, list[Change]] = {}
    for change in changes:
        if change.action is Action.CREATE and _keys(change.key, change.after):
            new.setdefault(change.key.table_name, []).append(change)
    found: list[Change] = []
    for change in changes:
        if change.action is Action.DROP and any(
            _succeeds(one, change) for one in new.get(change.key.table_name, ())
        ):
            found += in_two(change)
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
    """Return what foreign keys can refer to because of the object."""
    return unique_keys(definition.offers(key)) if definition is not None else set()


def break_circles(changes: Sequence[Change], live: LiveState, major: int) -> list[Change]:
    """Return changes of which none waits for itself because of a name. `major` is the server's version."""
    found = list(changes)
    for _ in changes:
        change = _in_circle(graph_of(found, live, major))
        if change is None:
            break
        found = [one for other in found for one in (in_two(other) if other == change else (other,))]
    return found


def _in_circle(graph: Graph) -> Change | None:
    """Return a change in a circle of changes that wait for each other's names, if it can be split in two;
    preferably one that releases its own name temporarily."""
    circle = graph.circle()
    waiting = [
        graph.changes[later]
        for first, later in pairwise(circle)
        if (what := graph.needs[later][first].resource) is not None and what.sort in NAMES
    ]
    able = sorted(filter(_can_be_two, waiting), key=lambda one: one.action is Action.CREATE)
    return able[0] if able else None


def _can_be_two(change: Change) -> bool:
    if change.action is Action.CREATE:
        return can_be_made_aside(change)
    return change.action is Action.RENAME or (
        change.action is Action.ALTER and (bool(_conflicting(change)) or _moves(change))
    )


def can_be_made_aside(change: Change) -> bool:
    """Whether a new object can have another name temporarily: not if its name is an attribute."""
    if change.before is not None or change.after is None or not change.key.name:
        return False
    return change.after.with_name("") == change.after and not is_temporary(change.key.name)


def _moves(change: Change) -> bool:
    """Whether the object moves to another schema. As it is, it can have another name until it is there."""
    key, before, after = change.key, change.before, change.after
    if before is None or after is None or is_temporary(key.name) or after.with_name("") != after:
        return False
    return before.names(key) != after.names(key)


def _conflicting(change: Change) -> Mapping[TableName, str]:
    """Return the partitions whose indexes get other names, with their current names."""
    after = parts_of(change.after)
    return {table: name for table, name in parts_of(change.before).items() if after.get(table) != name}


def in_two(change: Change) -> list[Change]:
    """Split a change: the first part releases names, or works without one; the others continue from there. An
    object that is only renamed or moved, or new, is then found as its own successor; an index of a partition, which
    a successor may replace, as the old one. One that moves and is replaced is dropped first, and created again."""
    if change.action is Action.CREATE:
        key, after = change.key._replace(name=temporary_name(change.key.name, BUILDING_SUFFIX)), change.after
        given = Change(
            action=Action.RENAME,
            key=change.key,
            before=after,
            after=after,
            place=change.place,
            renamed_from=key.name,
            continues=True,
        )
        return [replace(change, key=key), given]
    if change.action is Action.RENAME:
        key = change.key._replace(name=temporary_name(change.key.name, BUILDING_SUFFIX))
        return [
            replace(change, key=key, after=change.before),
            replace(change, renamed_from=key.name, continues=True),
        ]
    before, conflicting = change.before, _conflicting(change)
    assert before is not None
    if not conflicting and change.after is not None and must_be_replaced(before, change.after, partitioned=False):
        gone = replace(change, action=Action.DROP, after=None, differences=())
        return [gone, replace(change, action=Action.CREATE, before=None, differences=(), continues=False)]
    if not conflicting:
        key = change.key._replace(name=temporary_name(change.key.name, BUILDING_SUFFIX))
        aside = Change(
            action=Action.RENAME,
            key=key,
            before=before,
            after=before,
            place=change.place,
            renamed_from=change.key.name,
            continues=change.continues,
        )
        return [aside, replace(change, renamed_from=key.name, continues=True)]
    names = {table: temporary_name(name, REPLACED_SUFFIX) for table, name in conflicting.items()}
    interim = before.with_part_names(tuple(sorted({**parts_of(before), **names}.items())))
    first = Change(
        action=Action.ALTER,
        key=change.key,
        before=before,
        after=interim,
        place=change.place,
        differences=tuple(
            Difference(path=f"partitions.{table}", before=conflicting[table], after=name, place=None)
            for table, name in sorted(names.items())
        ),
        continues=change.continues,
    )
    return [first, replace(change, before=interim, continues=True)]
