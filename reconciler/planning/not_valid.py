"""Constraints that are NOT VALID while a plan repairs rows.

PostgreSQL checks each check and not-null of a row whenever it is updated, also those over columns that do not change.
So a repair cannot set columns of a row that violates one of them. A foreign key is checked only if its columns change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reconciler.kinds import purpose_of
from reconciler.kinds.base.guards import words_in
from reconciler.kinds.base.referring_keys import referring_keys
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, former_key
from reconciler.model.definition import Definition, has_index
from reconciler.model.names import Key, TableName, quoted
from reconciler.model.repair import RowAction
from reconciler.model.route import Route
from reconciler.model.state import Declared, LiveState

Conditions = tuple[str, ...]
"""What a constraint requires of each row, as SQL."""


def not_valid_before(live: LiveState) -> Mapping[Key, Conditions]:
    """Return the checks and not-nulls that are NOT VALID before the plan."""
    known = (*live.inherited.items(), *live.objects.items())
    return {key: found for key, one in known if not one.is_validated() and (found := _conditions(key, one))}


def not_valid_after(
    found: Mapping[Key, Conditions], route: Route, declared: Mapping[Key, Declared], live: LiveState
) -> Mapping[Key, Conditions]:
    """Return those that are NOT VALID after the route, from those before it."""
    change = route.change
    left = _left(change, declared)
    gone = {change.key, former_key(change), *(key for key, one in route.states[-1].objects.items() if one is None)}
    gone |= {key for key in found if _copied_from(gone, key, live)}
    if not left and gone.isdisjoint(found):
        return found
    return {**{key: one for key, one in found.items() if key not in gone}, **({change.key: left} if left else {})}


def _copied_from(keys: set[Key], key: Key, live: LiveState) -> bool:
    """Whether the object is the copy, on a partition or inheritance child, of one of these."""
    return key in live.inherited and any(
        (one.kind, one.name) == (key.kind, key.name) and key.table_name in live.tree(one.table_name) for one in keys
    )


def _left(change: Change, declared: Mapping[Key, Declared]) -> Conditions:
    """Return the conditions of the object if the change leaves it NOT VALID, or may do so."""
    if change.after is None or change.action is Action.DROP:
        return ()
    one = declared.get(change.key)
    waits = change.action is not Action.RENAME and one is not None and one.rows.waits
    return _conditions(change.key, change.after) if waits or not change.after.is_validated() else ()


def _conditions(key: Key, definition: Definition) -> Conditions:
    if not definition.is_enforced() or has_index(definition):
        return ()
    if purpose_of(key) is Purpose.FORBIDS_NULL:
        return (f"{quoted(key.name)} IS DISTINCT FROM NULL",)
    return definition.conditions()


def updated_tables(
    changes: Sequence[Change], declared: Mapping[Key, Declared], live: LiveState
) -> Mapping[Key, Sequence[TableName]]:
    """Return the tables, with those below, in whose rows the repair of each change sets columns: those of its object,
    or those of foreign keys whose rows will refer to the row that stays."""
    found: dict[Key, Sequence[TableName]] = {}
    created = {one.key: one.after for one in changes if one.after is not None}
    for key in (change.key for change in changes):
        rows = declared[key].rows if key in declared else None
        if rows is None or not rows.repairs or key.table_name not in live.tables:
            continue
        if not rows.removes:
            found[key] = live.tree(key.table_name)
        elif rows.kept is not None and rows.kept.moves_references:
            referring = {one.key.table_name for one in referring_keys(key.table_name, live, created)}
            found[key] = [below for table in sorted(referring & live.tables.keys()) for below in live.tree(table)]
    return found


class Before(NamedTuple):
    """The change of `first` is made before that of `later`, if no effect of theirs demands another order: `cause` is
    a constraint that is, or would be, NOT VALID while rows are updated, or whose repair also finds updated rows."""

    first: Key
    later: Key
    cause: Key


def with_rows_to_update(
    changes: Sequence[Change],
    declared: Mapping[Key, Declared],
    live: LiveState,
    updated: Mapping[Key, Sequence[TableName]],
) -> Iterator[Before]:
    """Yield the order of repairs that set columns and constraints of the same rows. A constraint that is NOT VALID, and
    will not be after its change, is changed first; one that becomes NOT VALID is changed last. So is a new one
    that reads new values and repairs rows: they may violate it."""
    repairs: defaultdict[TableName, list[Key]] = defaultdict(list)
    for key, tables in updated.items():
        for table in tables:
            repairs[table].append(key)
    if not repairs:
        return
    before = not_valid_before(live)
    by_key = {change.key: change for change in changes}
    for change in changes:
        blocks, will_block = former_key(change) in before, bool(_left(change, declared))
        if blocks and will_block:
            continue
        others = {key: None for table in live.tree(change.key.table_name) for key in repairs.get(table, ())}
        for other in others:
            reads = blocks or will_block or _is_repaired_after(change, by_key[other], declared)
            if other != change.key and reads:
                first, later = (change.key, other) if blocks else (other, change.key)
                yield Before(first, later, change.key)


def _is_repaired_after(change: Change, other: Change, declared: Mapping[Key, Declared]) -> bool:
    """Whether a new constraint is added, and its rows repaired, after the other's repair has set columns: it reads
    these, and neither sets them itself nor columns that the other one reads."""
    one, set_before, set_after = declared.get(change.key), _set(other, declared), _set(change, declared)
    if change.before is not None or one is None or not one.rows.repairs or not set_before.isdisjoint(set_after):
        return False
    return not set_before.isdisjoint(_read(change)) and set_after.isdisjoint(_read(other))


def _set(change: Change, declared: Mapping[Key, Declared]) -> set[str]:
    """Return the columns of its own table that the repair of a change sets."""
    rows, after = declared[change.key].rows if change.key in declared else None, change.after
    if rows is None or after is None:
        return set()
    if rows.action is RowAction.SET_NULL:
        return set(after.referring_columns())
    return {column or change.key.name for column, _ in rows.values} if rows.action is RowAction.SET else set()


def _read(change: Change) -> set[str]:
    """Return the names in what a constraint requires of each row."""
    conditions = _conditions(change.key, change.after) if change.after is not None else ()
    return {word for condition in conditions for word in words_in(condition)}
