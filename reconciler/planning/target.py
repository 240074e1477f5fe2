"""The state after the changes of a plan. Everything that needs this state asks it here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property

from reconciler.kinds import kind_of, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, continued, former_key, given_name
from reconciler.model.definition import Definition, parts_of
from reconciler.model.effects import Resource
from reconciler.model.index_facts import IndexRole
from reconciler.model.names import Key, TableName
from reconciler.model.state import LiveState, by_table
from reconciler.planning.adoption import adopted_index
from reconciler.planning.completion import is_replaced
from reconciler.planning.inheritance import ancestors, changed_below, freed_below


class Target:
    """Every object that exists after the plan, with those that tables inherit.

    `changes` are all changes of the plan, and `live` is the state before it.
    """

    def __init__(self, changes: Iterable[Change], live: LiveState) -> None:
        self._changes = list(changes)
        self._live = live

    @cached_property
    def own(self) -> Mapping[Key, Definition]:
        """Return the objects of tables without inherited ones. Some may become parts of an ancestor's object."""
        found = dict(self._live.objects)
        for change in self._changes:
            for key in _gone(change, self._live):
                found.pop(key, None)
        return {**found, **{change.key: after for change, after in self._made}}

    @cached_property
    def objects(self) -> Mapping[Key, Definition]:
        """Return the objects of tables, including inherited ones."""
        inherited = dict(self._live.inherited)
        for change in self._changes:
            for key in _gone(change, self._live):
                inherited.pop(key, None)
        found = {**inherited, **self.own}
        for change, after in self._made:
            for key in _passed_on(change, self._live):
                found.setdefault(key, after)
            found.update(_parts(change, after, self.own, self._live))
        return found

    @cached_property
    def _made(self) -> Sequence[tuple[Change, Definition]]:
        """Return the changes that do not drop their object, with the definition after them. Of several changes of one
        object, only the last one counts."""
        first = {number for number, _ in continued(self._changes)}
        made = (change for number, change in enumerate(self._changes) if number not in first)
        return [(one, one.after) for one in made if one.action is not Action.DROP and one.after is not None]

    @cached_property
    def freed(self) -> Set[Resource]:
        """Return the names that objects have before the plan and free. Other objects can take them."""
        later = {number for _, number in continued(self._changes)}
        begun = (change for number, change in enumerate(self._changes) if number not in later)
        return {name for change in begun for name in _freed(change, self._live)}

    @property
    def freely_taken(self) -> Set[Resource]:
        """Return those of these names that can be chosen freely. A table on which other objects depend frees its
        names only when they are changed, which may depend on the chooser."""
        tables = [one for one in self._changes if purpose_of(one.key) is Purpose.DROPS_TABLE and one.before]
        late = {one.key for one in tables if one.before is not None and any(one.before.dependent_tables())}
        freed = Target([one for one in self._changes if one.key not in late], self._live).freed
        own = {key for one in tables if one.key not in late for key in self._live.on(one.key.table_name)}
        return {*freed, *(name for key in own for name in self._live.objects[key].names(key))}

    @cached_property
    def _new(self) -> Mapping[TableName, Mapping[Key, Definition]]:
        keys = self.objects.keys() - self._live.objects.keys() - self._live.inherited.keys()
        return by_table({key: self.objects[key] for key in sorted(keys)})

    def on(self, table: TableName) -> Mapping[Key, Definition]:
        """Return the objects of one table, including inherited ones."""
        keys = (*self._live.all_on(table), *self._new.get(table, ()))
        return {key: self.objects[key] for key in keys if key in self.objects}

    def offering(self, resource: Resource) -> list[Key]:
        """Return the objects that offer a unique key or a not-null of a table: its own, and those of ancestors."""
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
    offering: dict[Resource, list[Key]] = {}
    for key, resources in found:
        for resource in resources:
            offering.setdefault(resource, []).append(key)
    return offering


def _freed(change: Change, live: LiveState) -> Iterator[Resource]:
    """Return the names that the object frees, and those that its copies and parts on descendants free."""
    if change.before is None:
        return
    after = change.after
    kept = after.names(change.key) if after is not None else set()
    yield from change.before.names(former_key(change)) - kept
    yield from freed_below(change, live)
    for table, name in parts_of(change.before).items() - parts_of(after).items():
        part = _part_of(table, name, live)  # that of a constraint is a constraint
        yield from live.inherited[part].names(part) - kept if part is not None else ()


def _gone(change: Change, live: LiveState) -> Iterator[Key]:
    """Return the objects that no longer exist, or changed: the object, its parts on partitions, the index that it
    adopts."""
    former = former_key(change)
    yield former
    if change.before is not None:
        for table, name in change.before.partition_indexes():
            yield from (key for key, one in live.all_on(table).items() if _is_part(key, one, name, live))
        yield from changed_below(change, live)
    adopted = adopted_index(change, live)
    if adopted is not None:
        yield adopted


def _parts(
    change: Change, after: Definition, own: Mapping[Key, Definition], live: LiveState
) -> Iterator[tuple[Key, Definition]]:
    """Return the objects that partitions have because of the object. A rebuilt part keeps only its table's replica
    identity."""
    before, rebuilt = parts_of(change.before), is_replaced(change, live)
    for table, name in after.partition_indexes():
        key = change.key._replace(schema=table.schema, table=table.name, name=name if change.key.name else "")
        former = _part_of(table, before[table], live) if table in before else None
        old = own.get(key) if former is None else own.get(former) or live.inherited[former]
        if old is None or rebuilt:
            identity = {IndexRole.REPLICA_IDENTITY} & old.roles() if old is not None else frozenset[IndexRole]()
            yield key, after.with_name(name).with_part_names(()).with_roles(frozenset(identity))
        else:
            # A part may be of another kind than the object of the partitioned table.
            yield (former if former is not None and before[table] == name else key), old


def _part_of(table: TableName, name: str, live: LiveState) -> Key | None:
    return next((key for key, one in live.all_on(table).items() if _is_part(key, one, name, live)), None)


def _is_part(key: Key, definition: Definition, name: str, live: LiveState) -> bool:
    return key in live.inherited and given_name(key, definition) == name


def _passed_on(change: Change, live: LiveState) -> Iterator[Key]:
    if not kind_of(change.key).is_copied or change.after is None or not change.after.passes_on():
        return
    for table in live.below(change.key.table_name):
        yield change.key._replace(schema=table.name.schema, table=table.name.name)
