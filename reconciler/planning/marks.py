"""What one index of a table can be: the one that CLUSTER goes by, and the table's replica identity.

Setting such a mark on one index takes it from another, which is refused unless the file gives that one up. What
PostgreSQL would refuse to mark is refused as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reconciler.kinds.exclusion.definition import Exclusion
from reconciler.kinds.index_backed.definition import IndexBacked
from reconciler.kinds.index_backed.index import Index
from reconciler.kinds.key.definition import KeyConstraint
from reconciler.kinds.not_null.definition import NotNull
from reconciler.model.change import Action, Change, former_key, given_name
from reconciler.model.definition import Definition
from reconciler.model.names import Key, display
from reconciler.model.plan import Refusal
from reconciler.model.rules.dependencies import CONFLICT, STILL_REFERENCED
from reconciler.model.state import Declared, LiveState
from reconciler.planning.inheritance import ancestors, passes_on

_MARKS = {
    "clustered": "the index that its table is clustered by",
    "replica_identity": "its table's replica identity",
}

_NEVER_CLUSTERED = ("hash", "gin", "brin", "spgist")


def misplaced_marks(
    changes: Sequence[Change], declared: Mapping[Key, Declared], live: LiveState
) -> Iterator[Refusal]:
    """Refusals of changes that would take a mark from another object, or give it to one that cannot have it."""
    for change in changes:
        if isinstance(change.after, IndexBacked):
            for mark in _MARKS:
                if getattr(change.after, mark, False) is not True:
                    continue
                final = final_objects(change.key, changes, live)
                if change.key in final:  # else it goes, and only gives its name up before that
                    yield from _refused(change, mark, declared, final)
        elif change.key.kind == "not_null" and change.action is Action.DROP:
            yield from _needed(change, final_objects(change.key, changes, live))


def with_marks_taken(changes: Sequence[Change]) -> list[Change]:
    """The changes, with the drops of objects whose replica identity another one takes before they go."""
    taken = {
        change.key.table_name for change in changes if getattr(change.after, "replica_identity", False) is True
    }
    return [
        replace(change, before=replace(change.before, replica_identity=False))
        if change.action is Action.DROP
        and isinstance(change.before, Index | KeyConstraint)
        and change.key.table_name in taken
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
        if change.key.table_name in above and change.key.kind == "not_null" and passes_on(change.after)
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
    change: Change, mark: str, declared: Mapping[Key, Declared], final: Mapping[Key, Definition]
) -> Iterator[Refusal]:
    key = change.key
    place = declared[key].place_of(mark) if key in declared else change.place
    others = [] if getattr(change.before, mark, False) is True else _holders(mark, key, final)
    for other in others:
        name = display(other.name) if other.name else "the primary key"
        yield Refusal(
            rule=CONFLICT,
            key=key,
            place=place,
            cause=f"{other} is {_MARKS[mark]} now, or is declared to be, and a table has only one",
            remedy=f"declare `{mark}: null` for {name}, or take `{mark}` out here",
        )
    assert isinstance(change.after, IndexBacked)
    reasons = _unclusterable(change.after) if mark == "clustered" else _no_identity(key, change.after, final)
    for reason in reasons:
        yield Refusal(
            rule=CONFLICT,
            key=key,
            place=place,
            cause=f"{key} cannot be {_MARKS[mark]}: {reason}",
            remedy=f"change that in the file, or write `{mark}: null`",
        )


def _holders(mark: str, key: Key, final: Mapping[Key, Definition]) -> list[Key]:
    """The other objects that have the mark. An index which a constraint of its name takes over is none."""
    return [
        other
        for other, definition in sorted(final.items())
        if getattr(definition, mark, False) is True and other != key and not _is_taken_over(other, key, final)
    ]


def _is_taken_over(index: Key, key: Key, final: Mapping[Key, Definition]) -> bool:
    name = given_name(key, final[key])
    return index.kind == "index" != key.kind and index.name == name


def _unclusterable(after: IndexBacked) -> Iterator[str]:
    if isinstance(after, Index | Exclusion) and after.where is not None:
        yield "it is partial"
    if isinstance(after, Index | Exclusion) and after.method in _NEVER_CLUSTERED:
        yield f"a {after.method} index has no order"


def _no_identity(key: Key, after: IndexBacked, final: Mapping[Key, Definition]) -> Iterator[str]:
    if isinstance(after, Index):
        if not after.unique:
            yield "it is not unique"
        if after.where is not None:
            yield "it is partial"
        if any(element.expression is not None for element in after.elements):
            yield "it has expressions"
    elif isinstance(after, KeyConstraint) and after.deferrable:
        yield "it is deferrable"
    for column in _columns(after):
        not_null = final.get(key._replace(kind="not_null", name=column))
        if not isinstance(not_null, NotNull) or not not_null.validated:
            yield f"column {display(column)} may be null"


def _columns(definition: IndexBacked) -> tuple[str, ...]:
    if isinstance(definition, Index):
        return tuple(element.column for element in definition.elements if element.column is not None)
    return definition.key if isinstance(definition, KeyConstraint) else ()


def _needed(change: Change, final: Mapping[Key, Definition]) -> Iterator[Refusal]:
    for key, definition in sorted(final.items()):
        if not isinstance(definition, Index | KeyConstraint) or definition.replica_identity is not True:
            continue
        if change.key.name in _columns(definition):
            yield Refusal(
                rule=STILL_REFERENCED,
                key=change.key,
                place=change.place,
                cause=f"{change.key} cannot go: {key} is its table's replica identity, which admits no NULL",
                remedy="take it out of `absent`, or give that index's mark up: `replica_identity: null`",
            )
