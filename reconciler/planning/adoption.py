"""Decides which constraints adopt a unique index of their name. No other place decides that."""

from __future__ import annotations

from collections.abc import Collection

from reconciler.kinds import key_for
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, given_name
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import Key
from reconciler.model.state import LiveState


def adopted_index(change: Change, live: LiveState) -> Key | None:
    """Return the index that a new constraint adopts. An unfinished build may have left it invalid."""
    after = change.after
    if change.action is not Action.CREATE or change.before is not None or after is None:
        return None
    wanted = after.as_index()
    if wanted is None or wanted is after:
        return None
    key = key_for(Purpose.IS_INDEX, change.key.table_name, given_name(change.key, after))
    found = live.objects.get(key)
    bare = None if found is None else found.with_index_status(IndexStatus.VALID).with_roles(frozenset())
    return key if bare == wanted else None


def is_adopted(index: Key, changes: Collection[Change], live: LiveState) -> bool:
    """Whether one of the changes adopts an index."""
    return any(
        change.key.table_name == index.table_name and adopted_index(change, live) == index for change in changes
    )
