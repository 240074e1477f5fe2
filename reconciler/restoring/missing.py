"""Tables that an undo needs, and that are in the archive."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from reconciler.model.names import TableName
from reconciler.model.plan import Refusal
from reconciler.model.rules.objects import MISSING_TABLE
from reconciler.model.state import DesiredState


def lacks_tables(refusals: Sequence[Refusal]) -> bool:
    return any(one.rule == MISSING_TABLE for one in refusals)


def to_restore(
    refusals: Sequence[Refusal], desired: DesiredState, archived: Collection[TableName]
) -> tuple[Refusal, ...]:
    """Return the refusals. The remedy for a missing table that is in the archive is to restore it: an undo has no file
    to correct."""
    return tuple(_to_restore(one, desired, archived) if one.rule == MISSING_TABLE else one for one in refusals)


def _to_restore(refusal: Refusal, desired: DesiredState, archived: Collection[TableName]) -> Refusal:
    key = refusal.key
    if key is None:
        return refusal
    declared = desired.objects.get(key)
    reference = declared.definition.reference() if declared is not None else None
    table = key.table_name if reference is None else reference.table
    if table in archived:
        remedy = f"it is in the archive: run `reconcile restore {table}` first, then undo this run again"
    else:
        remedy = "create it again first, with your migrations; then undo this run again"
    return replace(refusal, remedy=remedy)
