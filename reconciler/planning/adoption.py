"""Decides which constraints adopt a unique index of their name, and which indexes of partitions become parts of that of
the partitioned table. Whether a foreign key or not-null takes over one of a partition is the hook `takes_over`."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reconciler.kinds import key_for, kind_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, enforced_by, given_name
from reconciler.model.definition import Definition, parts_of
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import Key, TableName
from reconciler.model.state import LiveState, LiveTable, by_table
from reconciler.planning.completion import essence, is_replaced, must_be_replaced

ByTable = Mapping[TableName, Mapping[Key, Definition]]
"""Objects by their table."""


def adopted_index(change: Change, live: LiveState) -> Key | None:
    """Return the index that a new constraint adopts. An unfinished build may have left it invalid. The comment of a
    valid one may differ, and what can be altered on the constraint afterwards."""
    after = change.after
    if change.action is not Action.CREATE or change.before is not None or after is None:
        return None
    key = index_of_its_name(change.key, after, live)
    if key is None:
        return None
    found, wanted = live.objects[key], after.as_index()
    bare = found.with_index_status(IndexStatus.VALID).with_roles(frozenset())
    if bare == wanted:
        return key
    whole = found.index_status() is IndexStatus.VALID and not live.tables[key.table_name].is_partitioned
    alterable = whole and wanted is not None and not must_be_replaced(bare, wanted, partitioned=False)
    return key if alterable and type(bare) is type(wanted) else None


def index_of_its_name(key: Key, definition: Definition, live: LiveState) -> Key | None:
    """Return the index of the constraint's name on its table, if such a constraint can adopt indexes."""
    if definition.as_index() in (None, definition):
        return None
    index = key_for(Purpose.IS_INDEX, key.table_name, given_name(key, definition))
    return index if index in live.objects else None


def is_adopted(index: Key, changes: Collection[Change], live: LiveState) -> bool:
    """Whether one of the changes adopts an index."""
    return any(
        change.key.table_name == index.table_name and adopted_index(change, live) == index for change in changes
    )


def taken_over(change: Change, live: LiveState, left: Mapping[Key, Definition]) -> Mapping[Key, Definition]:
    """Return the live objects that the change makes part of its own: the index that a constraint adopts, and objects of
    partitions that become parts of the partitioned table's. They go together with that. `left` are the objects that
    the plan does not drop, as it leaves them: what it alters is altered before."""
    adopted = adopted_index(change, live)
    found = {} if adopted is None else {adopted: live.objects[adopted]}
    after, creates = change.after, change.action is Action.CREATE
    if after is None or not (creates or is_replaced(change, live)):
        return found
    parts = parts_of(after) if creates else {}  # the successor of an index is built, whatever exists
    for table in live.below(change.key.table_name):
        for key, one in live.on(table.name).items():
            if (key in left and _may_become_part(key, change.key, table) and after.takes_over(left[key])) or (
                one.as_index() is not None and parts.get(table.name) == one.given_name(key.name)
            ):
                found[key] = one
    return found


def _may_become_part(key: Key, above: Key, table: LiveTable) -> bool:
    """Whether the table's own object could become the one that it has because of `above`: objects of kinds that are
    copied have the same name; others are not inherited, so only partitions have them."""
    return (key.kind, key.name) == (above.kind, above.name) if kind_of(key).is_copied else table.is_partition


def own_part(
    change: Change, table: LiveTable, name: str, there: ByTable, declared: Collection[Key]
) -> Definition | None:
    """Return the partition's own index of this name that is not attached yet; or the constraint, or an index that the
    constraint can adopt or that enforces it. A constraint adopts no index that is `declared`: it would no longer be
    one by itself.

    An index that replaces another object is built, whatever exists; and so is one that is built on all partitions in
    one transaction.
    """
    key, after = key_for(Purpose.IS_INDEX, table.name, name), change.after
    if change.action is not Action.CREATE or after is None or after.as_index() is None:
        return None
    own = key._replace(kind=change.key.kind, name=name if change.key.name else "")
    on_table = there.get(table.name, {})
    found = on_table.get(own)
    named = found if found is not None and given_name(own, found) == name else None
    candidates: list[tuple[Definition | None, Definition]] = [(named, after)]
    index = None if table.is_partitioned else after.as_index()
    if index is after:
        key_of_its_own = enforced_by(key, on_table)
        if key_of_its_own is not None and not key_of_its_own.is_deferrable():
            candidates.append((key_of_its_own.as_index(), after))
    elif index is not None and key not in declared:
        candidates.append((on_table.get(key), index))
    fitting = (one for one, wanted in candidates if one is not None and essence(one) == essence(wanted))
    return next(fitting, None)


def attachable(objects: Mapping[Key, Definition], live: LiveState) -> ByTable:
    """Return the objects without partitions' constraints whose index is part of a partitioned table's index now. It
    cannot become a part of another one."""
    attached = attached_indexes(live.objects)
    if not attached:
        return by_table(objects)
    names = {key: TableName(schema=key.schema, name=given_name(key, one)) for key, one in live.objects.items()}
    return by_table({key: one for key, one in objects.items() if names.get(key) not in attached})


def attached_indexes(objects: Mapping[Key, Definition]) -> dict[TableName, Key]:
    """Return the indexes that partitions have because of an object of the partitioned table."""
    return {
        TableName(schema=table.schema, name=name): key
        for key, one in objects.items()
        for table, name in parts_of(one).items()
        if table != key.table_name
    }
