"""Indexes of partitions that belong to an index of the partitioned table and also to an object of the partition
itself. PostgreSQL allows such indexes: they have one name, and it cannot drop one owner without the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from reconciler.kinds import kind_of, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, former_key, given_name, indexes_of
from reconciler.model.definition import Definition, has_index, parts_of
from reconciler.model.facets import Facet
from reconciler.model.facts import Answers
from reconciler.model.facts.dependents import WholeOf
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Refusal
from reconciler.model.rules.dependencies import PARTITIONED_TABLE
from reconciler.model.state import Declared, LiveState
from reconciler.planning.adoption import attached_indexes
from reconciler.planning.completion import differs_only, is_replaced
from reconciler.planning.inheritance import ancestors


def with_one_name(
    changes: Sequence[Change], declared: Mapping[Key, Declared], live: LiveState
) -> tuple[list[Change], list[Refusal]]:
    """Return the changes, each rename of a shared index once; and refusals of changes that would give it two names,
    or rename it while they change another owner."""
    if not any(table.is_partition for table in live.tables.values()):
        return list(changes), []
    owners = {index: found for index, found in _owners(live).items() if len(found) > 1}
    kept = _renamed_once(changes) if owners else list(changes)
    by_former = {former_key(change): change for change in kept}
    return kept, [
        refusal for index, found in owners.items() for refusal in _naming(index, found, by_former, declared, live)
    ]


class _Owner(NamedTuple):
    """An object to which an index belongs, and the table of the index."""

    key: Key
    table: TableName

    def declared_name(self, key: Key, declared: Mapping[Key, Declared], live: LiveState) -> str | None:
        """Return the name that the file gives the index of the object, whose key is `key` after the plan. A part of
        another name than an inherited object is another object."""
        if key not in declared:
            return None
        definition = declared[key].definition
        if self.table != self.key.table_name:
            return parts_of(definition).get(self.table)
        by_name = self.key in live.inherited and key.name
        return None if by_name or definition.leaves_name_open() else given_name(key, definition)


def _owners(live: LiveState) -> Mapping[TableName, list[_Owner]]:
    """Return the owners of each index: objects of its table, also inherited ones, and of ancestors."""
    found: dict[TableName, list[_Owner]] = defaultdict(list)
    for key, one in chain(live.objects.items(), live.inherited.items()):
        if has_index(one):
            for table, name in {**parts_of(one), key.table_name: given_name(key, one)}.items():
                found[TableName(schema=table.schema, name=name)].append(_Owner(key, table))
    return found


def have_one_index(one: Change, other: Change, table: TableName, live: LiveState) -> bool:
    """Whether two changed objects own the same index on a table, and keep it."""
    names = {_index_on(table, former_key(change), change.before) for change in (one, other)}
    return len(names) == 1 and None not in names and not (is_replaced(one, live) or is_replaced(other, live))


def _index_on(table: TableName, key: Key, definition: Definition | None) -> str | None:
    if definition is None or not has_index(definition):
        return None
    return given_name(key, definition) if table == key.table_name else parts_of(definition).get(table)


def _renamed_once(changes: Sequence[Change]) -> list[Change]:
    """Return the changes without those that only rename indexes, if other changes rename these in the same way."""
    kept = list(changes)
    for change in sorted(changes, key=lambda one: one.action is Action.RENAME):
        renamed = _renamed(change)
        others = {pair for one in kept if one != change for pair in _renamed(one).items()}
        if renamed and _only_renames(change) and others >= renamed.items():
            kept = [one for one in kept if one != change]
    return kept


def _renamed(change: Change) -> Mapping[TableName, str]:
    """Return the new names of the indexes that the change renames."""
    if change.before is None or change.after is None or change.action not in (Action.ALTER, Action.RENAME):
        return {}
    former, old, new = former_key(change), parts_of(change.before), parts_of(change.after)
    names = {table: (old[table], name) for table, name in new.items() if table in old}
    names[former.table_name] = given_name(former, change.before), given_name(change.key, change.after)
    return {
        TableName(schema=table.schema, name=before): after
        for table, (before, after) in names.items()
        if before != after
    }


def _only_renames(change: Change) -> bool:
    before, after = change.before, change.after
    return before is not None and after is not None and differs_only(before, after, Facet.NAME | Facet.PARTS)


def _naming(
    index: TableName,
    owners: Sequence[_Owner],
    changes: Mapping[Key, Change],
    declared: Mapping[Key, Declared],
    live: LiveState,
) -> Iterator[Refusal]:
    """Return a refusal of a new name of a shared index, if the file gives another one, or if the plan also changes
    another owner."""
    changed = [changes[one.key] for one in owners if one.key in changes]
    first = next((change for change in changed if index in _renamed(change)), None)
    if first is None or any(one.action is Action.DROP or is_replaced(one, live) for one in changed):
        return
    new = _renamed(first)[index]
    for owner in owners:
        change = changes.get(owner.key)
        key = owner.key if change is None else change.key
        declared_name = owner.declared_name(key, declared, live)
        if declared_name not in (None, new):
            cause = f"the file names it {new} here and {declared_name} at {declared[key].place}"
            yield _refusal(first, index, first.key, key, cause, _TO_AGREE)
        elif change is not None and change != first:
            cause = "this plan would rename the index and change both of them"
            yield _refusal(first, index, first.key, key, cause, _TO_WAIT)


def shared_indexes(changes: Sequence[Change], live: LiveState) -> Iterator[Refusal]:
    """Return refusals of changes that would have to drop or replace one owner of such an index, or that would give
    its table a second primary key."""
    if not any(table.is_partition for table in live.tables.values()):
        return
    wholes, owners = attached_indexes(live.objects), _own(live.objects, live)
    for change in changes:
        if change.action is Action.DROP or is_replaced(change, live):
            for index in sorted(indexes_of(change.key, change.before) & wholes.keys() & owners.keys()):
                if wholes[index].kind != owners[index].kind:
                    yield _refusal(change, index, wholes[index], owners[index], _ONE_INDEX, _TO_DECLARE)
        for index in sorted(wholes.keys() & owners.keys()) if change.action is Action.CREATE else ():
            if _would_have_two(change, owners[index], live):
                yield _refusal(change, index, wholes[index], owners[index], _ONE_INDEX, _TO_DETACH)


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


def attached_above(answers: Answers, changes: Sequence[Change], live: LiveState) -> Iterator[Refusal]:
    """Return refusals of changes that would drop or replace a partition's constraint, if its index belongs to an
    index of a partitioned table that the file does not name."""
    known = {table.oid for table in live.tables.values()}
    owned = [
        (change, index)
        for change in changes
        if change.action is Action.DROP or is_replaced(change, live)
        if (table := live.tables.get(change.key.table_name)) is not None
        if table.is_partition and not known.issuperset(table.parents) and kind_of(change.key).is_constraint
        if (own := live.objects.get(former_key(change))) is not None and has_index(own)
        for index in [TableName(schema=change.key.schema, name=given_name(former_key(change), own))]
    ]
    wholes = answers.of(WholeOf(index=index) for _, index in owned)
    for (change, index), whole in zip(owned, wholes, strict=True):
        if whole is not None:
            yield _refusal(change, index, whole, former_key(change), _ONE_INDEX, _TO_DECLARE)


_TO_AGREE = "write the same name in both places, or omit it under `partitions`"
_TO_WAIT = "apply the new name first, then the other changes"
_ONE_INDEX = "PostgreSQL cannot drop or replace one of them and keep its index"
_TO_DECLARE = "declare the constraint on the partitioned table, or give the partition's index another name"
_TO_DETACH = "detach the partition, drop that index of the partitioned table, and attach the partition again"


def _refusal(change: Change, index: TableName, whole: Key | str, own: Key, cause: str, remedy: str) -> Refusal:
    return Refusal(
        rule=PARTITIONED_TABLE,
        key=change.key,
        place=change.place,
        cause=f"index {index} belongs to {whole} and to {own}: {cause}",
        remedy=remedy,
    )
