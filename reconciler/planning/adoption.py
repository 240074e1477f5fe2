"""Constraints that make a unique index of their name their own: the one place that decides which do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from reconciler.kinds.index_backed.index import Index
from reconciler.kinds.index_backed.roles import unmarked
from reconciler.kinds.key.definition import KeyConstraint
from reconciler.model.change import Action, Change, given_name
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import Key
from reconciler.model.state import LiveState


def adopted_index(change: Change, live: LiveState) -> Key | None:
    """The very index that a new constraint takes over, maybe left invalid by a dead build."""
    after = change.after
    if change.action is not Action.CREATE or change.before is not None or not isinstance(after, KeyConstraint):
        return None
    if after.without_overlaps:
        return None  # PostgreSQL has no USING INDEX for it
    key = change.key._replace(kind="index", name=given_name(change.key, after))
    found = live.objects.get(key)
    if not isinstance(found, Index) or unmarked(replace(found, status=IndexStatus.VALID)) != after.own_index():
        return None
    return key


def is_adopted(index: Key, changes: Collection[Change], live: LiveState) -> bool:
    """Whether one of the changes takes over an index."""
    return any(
        change.key.table_name == index.table_name and adopted_index(change, live) == index for change in changes
    )
