"""Objects that PostgreSQL does not allow together. It would reject them only during the run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.kinds import key_for, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change
from reconciler.model.names import Key, display
from reconciler.model.plan import Refusal
from reconciler.model.rules.dependencies import CONFLICT, PARTITIONED_TABLE
from reconciler.model.state import LiveState
from reconciler.planning.completion import is_replaced
from reconciler.planning.target import Target


def incompatible(changes: Sequence[Change], live: LiveState, target: Target) -> Iterator[Refusal]:
    """Return a refusal for each object that is made, and that PostgreSQL rejects because of another object that exists
    after the plan."""
    for change in changes:
        if change.action is Action.CREATE or is_replaced(change, live):
            yield from _ruled_out_below(change, live, target)
            yield from _not_inherited(change, target)


def _ruled_out_below(change: Change, live: LiveState, target: Target) -> Iterator[Refusal]:
    """Report foreign keys that partitions have for themselves: PostgreSQL would make one that refers to the same
    columns a part of the new one, but rejects that if only one of them is enforced."""
    after = change.after
    reference = after.reference() if after is not None else None
    if after is None or reference is None:
        return
    for part in live.below(change.key.table_name):
        if not part.is_partition:
            continue  # inheritance children have foreign keys of their own only
        ruled_out = set(after.rules_out(change.key._replace(schema=part.name.schema, table=part.name.name)))
        for key in live.on(part.name):
            own = target.own.get(key)
            if own is not None and own.reference() == reference and ruled_out.intersection(own.offers(key)):
                cause = f"{change.key}: {key} has the same columns, and only one of them is enforced"
                yield _refusal(
                    change, cause, f"give both the same `enforced`, or list that one under `absent` of {part.name}"
                )


def _not_inherited(change: Change, target: Target) -> Iterator[Refusal]:
    """Report columns of a new primary key whose not-null is not inherited."""
    if purpose_of(change.key) is not Purpose.IDENTIFIES_ROWS or change.after is None:
        return
    for column in change.after.key_columns():
        key: Key = key_for(Purpose.FORBIDS_NULL, change.key.table_name, column)
        not_null = target.own.get(key)
        if not_null is not None and not not_null.passes_on():
            cause = (
                f"{change.key}: PostgreSQL rejects the column {display(column)}, because children do not inherit "
            )
            cause += "its not-null (`no_inherit: true`)"
            yield _refusal(change, cause, "omit `no_inherit`")


def _refusal(change: Change, cause: str, remedy: str) -> Refusal:
    return Refusal(
        rule=CONFLICT if purpose_of(change.key) is Purpose.IDENTIFIES_ROWS else PARTITIONED_TABLE,
        key=change.key,
        place=change.place,
        cause=cause,
        remedy=remedy,
    )
