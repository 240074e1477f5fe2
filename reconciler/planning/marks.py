"""What one index of a table can be: the one that CLUSTER goes by, and the table's replica identity.

Setting such a mark on one index takes it from another, which is refused unless the file gives that one up. What
PostgreSQL would refuse to mark is refused as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reconciler.kinds import key_for, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, former_key, given_name
from reconciler.model.definition import Definition, has_index
from reconciler.model.index_facts import IndexRole
from reconciler.model.names import Key, display
from reconciler.model.plan import Refusal
from reconciler.model.rules.dependencies import CONFLICT, STILL_REFERENCED
from reconciler.model.state import Declared, LiveState
from reconciler.planning.inheritance import ancestors, passes_on

_MARKS = {
    IndexRole.CLUSTERED: "the index that its table is clustered by",
    IndexRole.REPLICA_IDENTITY: "its table's replica identity",
}


def misplaced_marks(
    changes: Sequence[Change], declared: Mapping[Key, Declared], live: LiveState
) -> Iterator[Refusal]:
    """Refusals of changes that would take a mark from another object, or give it to one that cannot have it."""
    for change in changes:
        if change.after is not None and has_index(change.after):
            for mark in _MARKS:
                if mark not in change.after.roles():
                    continue
                final = final_objects(change.key, changes, live)
                if change.key in final:  # else it goes, and only gives its name up before that
                    yield from _refused(change, mark, declared, final)
        elif purpose_of(change.key) is Purpose.FORBIDS_NULL and change.action is Action.DROP:
            yield from _needed(change, final_objects(change.key, changes, live))


def with_marks_taken(changes: Sequence[Change]) -> list[Change]:
    """The changes, with the drops of objects whose replica identity another one takes before they go."""
    identity = {IndexRole.REPLICA_IDENTITY}
    taken = {one.key.table_name for one in changes if one.after is not None and identity <= one.after.roles()}
    return [
        replace(change, before=change.before.with_roles(change.before.roles() - identity))
        if change.action is Action.DROP and change.before is not None and change.key.table_name in taken
        else change
        for change in changes
    ]


def final_objects(key: Key, changes: Sequence[Change], live: LiveState) -> dict[Key, Definition]:
    """The objects of a key's table when the plan is done."""
    final = dict(live.all_on(key.table_name))
    above = set(ancestors(key.table_name, live))
    passed_on = {
        change.key._replace(schema=key.schema, table=key.table): change.after
        for change in changes
        if change.key.table_name in above
        and purpose_of(change.key) is Purpose.FORBIDS_NULL
        and passes_on(change.after)
    }
    final.update({one: after for one, after in passed_on.items() if after is not None and one not in live.objects})
    ours = [change for change in changes if change.key.table_name == key.table_name]
    for change in ours:
        final.pop(former_key(change), None)
    final.update({change.key: change.after for change in ours if change.after is not None})
    for change in ours:
        if change.action is Action.DROP:
            final.pop(change.key, None)
    return final


def _refused(
    change: Change, mark: IndexRole, declared: Mapping[Key, Declared], final: Mapping[Key, Definition]
) -> Iterator[Refusal]:
    key = change.key
    place = declared[key].place_of(mark) if key in declared else change.place
    others = [] if change.before is not None and mark in change.before.roles() else _holders(mark, key, final)
    for other in others:
        name = display(other.name) if other.name else "the primary key"
        yield Refusal(
            rule=CONFLICT,
            key=key,
            place=place,
            cause=f"{other} is {_MARKS[mark]} now, or is declared to be, and a table has only one",
            remedy=f"declare `{mark}: null` for {name}, or take `{mark}` out here",
        )
    assert change.after is not None
    for reason in (*change.after.why_not(mark), *_nullable(key, change.after, mark, final)):
        yield Refusal(
            rule=CONFLICT,
            key=key,
            place=place,
            cause=f"{key} cannot be {_MARKS[mark]}: {reason}",
            remedy=f"change that in the file, or write `{mark}: null`",
        )


def _holders(mark: IndexRole, key: Key, final: Mapping[Key, Definition]) -> list[Key]:
    """The other objects that have the mark. An index which a constraint of its name takes over is none."""
    return [
        other
        for other, definition in sorted(final.items())
        if mark in definition.roles() and other != key and not _is_taken_over(other, key, final)
    ]


def _is_taken_over(index: Key, key: Key, final: Mapping[Key, Definition]) -> bool:
    name = given_name(key, final[key])
    return purpose_of(index) is Purpose.IS_INDEX and index.kind != key.kind and index.name == name


def _nullable(key: Key, after: Definition, mark: IndexRole, final: Mapping[Key, Definition]) -> Iterator[str]:
    """The columns of a replica identity that may be null."""
    for column in after.key_columns() if mark is IndexRole.REPLICA_IDENTITY else ():
        not_null = final.get(key_for(Purpose.FORBIDS_NULL, key.table_name, column))
        if not_null is None or not not_null.is_validated():
            yield f"column {display(column)} may be null"


def _needed(change: Change, final: Mapping[Key, Definition]) -> Iterator[Refusal]:
    for key, definition in sorted(final.items()):
        if IndexRole.REPLICA_IDENTITY not in definition.roles():
            continue
        if change.key.name in definition.key_columns():
            yield Refusal(
                rule=STILL_REFERENCED,
                key=change.key,
                place=change.place,
                cause=f"{change.key} cannot go: {key} is its table's replica identity, which admits no NULL",
                remedy="take it out of `absent`, or give that index's mark up: `replica_identity: null`",
            )
