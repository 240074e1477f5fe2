"""The state after the changes of a plan. Everything that needs this state asks it here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from reconciler.kinds import kind_of
from reconciler.model.change import Action, Change, former_key, given_name, passed_through
from reconciler.model.definition import Definition
from reconciler.model.effects import Resource
from reconciler.model.index_facts import IndexRole
from reconciler.model.names import Key, TableName
from reconciler.model.state import LiveState, by_table
from reconciler.planning.adoption import adopted_index
from reconciler.planning.effects import is_replaced
from reconciler.planning.inheritance import ancestors


class Target:
    """Every object that exists after the plan, with those that tables inherit.

    `changes` are all changes of the plan, and `live` is the state before it.
    """

    def __init__(self, changes: Iterable[Change], live: LiveState) -> None:
        self._changes = list(changes)
        self._live = live

    @cached_property
    def objects(self) -> Mapping[Key, Definition]:
        """Return the objects of tables, including inherited ones."""
        found = {**self._live.inherited, **self._live.objects}
        for change in self._changes:
            for key in _gone(change, self._live):
                found.pop(key, None)
        in_between = set(map(id, passed_through(self._changes)))
        for change in self._changes:
            if id(change) in in_between:
                continue  # another change of the same object continues from it
            if change.action is not Action.DROP and change.after is not None:
                found[change.key] = change.after
                for key in _passed_on(change, self._live):
                    found.setdefault(key, change.after)
                found.update(_parts(change, change.after, self._live))
        return found

    @cached_property
    def _on(self) -> Mapping[TableName, Mapping[Key, Definition]]:
        return by_table(self.objects)

    def on(self, table: TableName) -> Mapping[Key, Definition]:
        """Return the objects of one table, including inherited ones."""
        return self._on.get(table, {})

    def offering(self, resource: Resource) -> list[Key]:
        """Return the objects that offer a unique key or a not-null of a table: its own, and those of tables above."""
        assert isinstance(resource.place, TableName)
        tables = (resource.place, *ancestors(resource.place, self._live))
        return [key for table in tables for key, one in self.on(table).items() if resource in one.offers(key)]

    @cached_property
    def _relies_on(self) -> Mapping[Resource, list[Key]]:
        return _by_resource((key, one.relies_on(key)) for key, one in self.objects.items())

    def relying_on(self, resource: Resource) -> list[Key]:
        """Return the objects that need the resource."""
        return self._relies_on.get(resource, [])


def _by_resource(found: Iterable[tuple[Key, Iterable[Resource]]]) -> Mapping[Resource, list[Key]]:
    by: dict[Resource, list[Key]] = {}
    for key, resources in found:
        for resource in resources:
            by.setdefault(resource, []).append(key)
    return by


def _gone(change: Change, live: LiveState) -> Iterator[Key]:
    """Return the objects that no longer exist, or changed: the object, its parts on partitions, the index that it
    adopts."""
    former = former_key(change)
    yield former
    if change.before is not None:
        for table, name in change.before.partition_indexes():
            yield from (key for key, one in live.all_on(table).items() if _is_part(key, one, name, live))
        if change.before.passes_on():
            yield from _below(former, live)
    adopted = adopted_index(change, live)
    if adopted is not None:
        yield adopted


def _parts(change: Change, after: Definition, live: LiveState) -> Iterator[tuple[Key, Definition]]:
    """Return the objects that partitions have because of the object. A rebuilt part keeps only its table's replica
    identity."""
    before = dict(change.before.partition_indexes()) if change.before is not None else {}
    rebuilt = is_replaced(change, live)
    for table, name in after.partition_indexes():
        key = change.key._replace(schema=table.schema, table=table.name, name=name if change.key.name else "")
        old = _part_of(table, before[table], live) if table in before else live.objects.get(key)
        if old is None or rebuilt:
            identity = {IndexRole.REPLICA_IDENTITY} & old.roles() if old is not None else frozenset[IndexRole]()
            old = after.with_name(name).with_part_names(()).with_roles(frozenset(identity))
        yield key, old


def _part_of(table: TableName, name: str, live: LiveState) -> Definition | None:
    return next((one for key, one in live.all_on(table).items() if _is_part(key, one, name, live)), None)


def _is_part(key: Key, definition: Definition, name: str, live: LiveState) -> bool:
    return key in live.inherited and given_name(key, definition) == name


def _below(key: Key, live: LiveState) -> Iterator[Key]:
    """Return the copies of an object in tables below. Indexes are named on each partition, and not inherited by
    name."""
    for table in live.below(key.table_name):
        one = key._replace(schema=table.name.schema, table=table.name.name)
        if one in live.inherited:
            yield one


def _passed_on(change: Change, live: LiveState) -> Iterator[Key]:
    if not kind_of(change.key).is_copied or change.after is None or not change.after.passes_on():
        return
    for table in live.below(change.key.table_name):
        yield change.key._replace(schema=table.name.schema, table=table.name.name)
