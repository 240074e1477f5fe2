"""Indexes of partitions that belong to an index of the partitioned table and also enforce a constraint of the
partition itself. PostgreSQL allows such indexes, but then cannot drop one owner without the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reconciler.kinds import kind_of, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, given_name, indexes_of
from reconciler.model.definition import Definition, has_index
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Refusal
from reconciler.model.rules.dependencies import PARTITIONED_TABLE
from reconciler.model.state import LiveState
from reconciler.planning.adoption import attached_indexes
from reconciler.planning.completion import essence, is_replaced
from reconciler.planning.inheritance import ancestors


def shared_indexes(changes: Sequence[Change], live: LiveState) -> Iterator[Refusal]:
    """Return refusals of changes that would have to split such an index, or to create one."""
    if not any(table.is_partition for table in live.tables.values()):
        return
    wholes, owners = attached_indexes(live.objects), _own(live.objects, live)
    made = {one.key: one.after for one in changes if one.after is not None and one.action is Action.CREATE}
    coming = _own(made, live)
    for change in changes:
        if change.action is Action.DROP or is_replaced(change, live):
            for index in sorted(indexes_of(change.key, change.before) & wholes.keys() & owners.keys()):
                if wholes[index].kind != owners[index].kind:
                    yield _refusal(change, index, wholes[index], owners[index])
        for index in sorted(wholes.keys() & owners.keys()) if change.action is Action.CREATE else ():
            if _would_have_two(change, owners[index], live):
                yield _refusal(change, index, wholes[index], owners[index], _TO_DETACH)
        if change.action is not Action.DROP:
            whole = {change.key: change.after} if change.after is not None else {}
            for index in sorted(attached_indexes(whole).keys() & coming.keys()):
                if change.key.kind != coming[index].kind and not _can_be_both(change, made[coming[index]]):
                    yield _refusal(change, index, change.key, coming[index])


def _own(objects: Mapping[Key, Definition], live: LiveState) -> dict[TableName, Key]:
    """Return the indexes that enforce partitions' own constraints."""
    return {
        TableName(schema=key.schema, name=given_name(key, one)): key
        for key, one in objects.items()
        if has_index(one) and kind_of(key).is_constraint and live.tables[key.table_name].is_partition
    }


def _would_have_two(change: Change, own: Key, live: LiveState) -> bool:
    """Whether the partition would get a second primary key: the index of its own one has another owner, and so
    cannot become part of the partitioned table's primary key."""
    only = purpose_of(change.key) is Purpose.IDENTIFIES_ROWS and own.kind == change.key.kind
    return only and change.key.table_name in ancestors(own.table_name, live)


def _can_be_both(whole: Change, key: Definition) -> bool:
    """Whether the index of a partition's own key can become a part of the partitioned table's new index."""
    index = key.as_index()
    if whole.action is not Action.CREATE or whole.after is None or index is None or key.is_deferrable():
        return False
    return essence(index) == essence(whole.after)


_TO_DECLARE = "declare the constraint on the partitioned table, or give the partition's index another name"
_TO_DETACH = "detach the partition, drop that index of the partitioned table, and attach the partition again"


def _refusal(change: Change, index: TableName, whole: Key, own: Key, remedy: str = _TO_DECLARE) -> Refusal:
    return Refusal(
        rule=PARTITIONED_TABLE,
        key=change.key,
        place=change.place,
        cause=f"index {index} belongs, or would belong, to {whole}, and also enforces {own}: PostgreSQL cannot drop "
        "or replace one of them and keep its index",
        remedy=remedy,
    )
