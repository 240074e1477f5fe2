"""The constraints of inheritance children that a run validates together with those of their parents."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from reconciler.kinds import kind_of
from reconciler.model.change import Action, Change
from reconciler.model.names import Key
from reconciler.model.plan import Note
from reconciler.model.rules.notes import VALIDATES_CHILDREN
from reconciler.model.state import LiveState

_SHOWN = 5


def validated_below(changes: Sequence[Change], declared: Collection[Key], live: LiveState) -> Iterator[Note]:
    """Return a note for each not-null or check whose validation also reads the rows of children, and validates their
    constraints that are NOT VALID. Those that the file declares are changes of their own."""
    for change in changes:
        if _is_validated_by_run(change) and change.after is not None and change.after.passes_on():
            found = [key for key in _not_valid_below(change.key, live) if key not in declared]
            if found:
                yield Note(rule=VALIDATES_CHILDREN, key=change.key, place=change.place, message=_message(found))


def _is_validated_by_run(change: Change) -> bool:
    """Whether a step validates a constraint of which children have copies."""
    after, before = change.after, change.before
    if after is None or change.action is Action.DROP or not kind_of(change.key).is_copied:
        return False
    return after.is_validated() and not (before is not None and before.is_validated())


def _not_valid_below(key: Key, live: LiveState) -> Iterator[Key]:
    for table in live.below(key.table_name):
        there = key._replace(schema=table.name.schema, table=table.name.name)
        found = live.objects.get(there, live.inherited.get(there))
        if found is not None and not table.is_partition and not found.is_validated():
            yield there


def _message(found: Sequence[Key]) -> str:
    shown = ", ".join(str(one.table_name) for one in found[:_SHOWN])
    more = f" and {len(found) - _SHOWN} more tables" if len(found) > _SHOWN else ""
    return f"its validation also validates that of {shown}{more}, which is NOT VALID there: their rows are read as well"
