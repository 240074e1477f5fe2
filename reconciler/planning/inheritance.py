"""What happens to objects that a table has only by inheritance."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterator, Mapping, Sequence

from reconciler.kinds import key_for, kind_of, purpose_of, section_for
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, former_key, given_name
from reconciler.model.definition import Definition, Successor, is_in_sync
from reconciler.model.effects import Resource
from reconciler.model.facets import Facet
from reconciler.model.names import Key, TableName, display
from reconciler.model.plan import Refusal
from reconciler.model.rules.dependencies import INHERITED
from reconciler.model.state import Absent, Declared, LiveState
from reconciler.planning.completion import (
    complete,
    differs_only,
    essence,
    is_replaced,
    must_be_replaced,
)


class Inheritance(enum.Enum):
    """The result for an inherited object. `STAYS`: it is inherited unchanged. `FOLLOWS`: it changes to the declared
    definition together with the parents' objects. `DEVIATES`: it changes together with the parents' objects, to
    another definition. `LOST`: the parents drop their object, or another one replaces it that they do not pass on."""

    STAYS = enum.auto()
    FOLLOWS = enum.auto()
    DEVIATES = enum.auto()
    LOST = enum.auto()


def inheritance_of(
    one: Declared, declared: Mapping[Key, Declared], unwanted: Collection[Key], live: LiveState
) -> Inheritance:
    """Return what happens to an inherited object that the file declares on the heir as well."""
    if (
        purpose_of(one.key) is Purpose.FORBIDS_NULL
        and _in_own_primary_key(one.key, declared, live)
        and _can_keep(one.key, live)
    ):
        return Inheritance.STAYS
    origins = origins_of(one.key, live)
    renamed = _renamed(declared, live)
    if not _is_named_by_origin(one.key):
        wanted = {key: declared.get(key, renamed.get(key)) for key in origins if key not in unwanted}
        return _part_of_replaced(one, wanted, live) if origins else Inheritance.STAYS
    if not origins or any(not (key in unwanted or key in declared or key in renamed) for key in origins):
        return Inheritance.STAYS
    kept = {key: declared[key].definition for key in origins if key in declared}
    passed_on = [definition for definition in kept.values() if passes_on(definition)]
    if not passed_on:
        left = any(_leaves_copies(live.objects[key], after) for key, after in kept.items())
        return Inheritance.STAYS if left or _keeps_its_own(one, live) else Inheritance.LOST
    same = all(is_in_sync(one.definition, definition) for definition in passed_on)
    remarked = one.definition.manages(Facet.REMARK)  # which is not inherited
    return Inheritance.FOLLOWS if same and not remarked else Inheritance.STAYS


def _leaves_copies(before: Definition, after: Definition) -> bool:
    """Whether descendants keep their copies as objects of their own: the object stays, and is no longer passed
    on."""
    if not passes_on(before) or passes_on(after):
        return False
    return not must_be_replaced(before, complete(after.normalized(), before), partitioned=False)


def _renamed(declared: Mapping[Key, Declared], live: LiveState) -> Mapping[Key, Declared]:
    """Return the objects that get another name, by their present keys."""
    return {
        one.key._replace(name=one.renamed_from): one
        for one in declared.values()
        if one.renamed_from is not None and one.key not in live.objects
    }


def _part_of_replaced(one: Declared, wanted: Mapping[Key, Declared | None], live: LiveState) -> Inheritance:
    """Return what happens to a partition's part of a foreign key. It has a name of its own, and it goes with a foreign
    key that is dropped or replaced. `wanted` are those that are not dropped, with their declarations."""
    changed: list[Declared] = []
    for key, declaration in wanted.items():
        before = live.objects[key]
        if declaration is None or essence(
            after := complete(declaration.definition.normalized(), before)
        ) == essence(before):
            return Inheritance.STAYS
        replaced = declaration.key != key or must_be_replaced(before, after, partitioned=True)
        if not replaced or declaration.key.name == one.key.name:
            changed.append(declaration)
    if not changed:
        return Inheritance.LOST
    same = all(essence(one.definition) == essence(declaration.definition) for declaration in changed)
    return Inheritance.FOLLOWS if same else Inheritance.DEVIATES


def _keeps_its_own(one: Declared, live: LiveState) -> bool:
    """Whether an inherited not-null becomes the table's own, as declared, when its parents drop theirs."""
    if purpose_of(one.key) is not Purpose.FORBIDS_NULL or not _can_keep(one.key, live):
        return False
    return is_in_sync(one.definition, live.inherited[one.key])


def _can_keep(column: Key, live: LiveState) -> bool:
    """Whether a table can keep its not-null when its parents drop theirs. One that is NOT VALID cannot serve a primary
    key; and before PostgreSQL 18, where not-nulls have no names, a partition keeps
    none."""
    found = live.get(column)
    if found is not None and not found.is_validated():
        return False
    return not live.tables[column.table_name].is_partition or given_name(column, found) != ""


def _in_own_primary_key(column: Key, declared: Mapping[Key, Declared], live: LiveState) -> bool:
    key = key_for(Purpose.IDENTIFIES_ROWS, column.table_name)
    declaration, found = declared.get(key), live.objects.get(key)
    keys = (declaration.definition if declaration is not None else None, found)
    return any(one is not None and column.name in one.indexed_columns() for one in keys)


def passes_on(definition: Definition | None) -> bool:
    """Whether descendants inherit it."""
    return definition is not None and definition.passes_on()


def is_merged(own: Definition, inherited: Definition | None) -> bool:
    """Whether PostgreSQL merges a child's own check with an inherited one of the same name."""
    if inherited is None or not passes_on(own) or own.expressions() != inherited.expressions():
        return False
    return own.is_enforced() or not inherited.is_enforced()


def as_own_object(one: Declared, inherited: Definition) -> Definition:
    """Return the declaration for an heir that loses the inherited object: with PostgreSQL's name, if the file gives
    none."""
    definition = one.definition.normalized()
    if not definition.leaves_name_open() or not inherited.given_name(one.key.name):
        return definition
    return definition.with_name(kind_of(one.key).section.default_name(one.key))


def _is_named_by_origin(key: Key) -> bool:
    """Whether an inherited object has the name of the object that it is inherited from. A partition's part of a foreign
    key may have any name."""
    return kind_of(key).is_copied or kind_of(key).has_index


def origins_of(key: Key, live: LiveState) -> list[Key]:
    """Return the objects of ancestors from which a table has an inherited object."""
    above = list(ancestors(key.table_name, live))
    named = [key._replace(schema=table.schema, table=table.name) for table in above]
    if _is_named_by_origin(key):
        return [one for one in named if one in live.objects]
    equal = [
        one
        for table in above
        for one, found in live.on(table).items()
        if one.kind == key.kind and essence(found) == essence(live.inherited[key])
    ]
    return [one for one in equal if one in named] or equal


def inheriting(key: Key, live: LiveState) -> Iterator[Key]:
    """Return the objects that descendants have only because of an object."""
    for table in live.below(key.table_name):
        if _is_named_by_origin(key):
            own = key._replace(schema=table.name.schema, table=table.name.name)
            found = [own] if own in live.inherited else []
        else:
            inherited = live.inherited_on(table.name)
            found = [one for one in inherited if one.kind == key.kind and key in origins_of(one, live)]
        yield from found


def leaves_copies(change: Change) -> bool:
    """Whether descendants keep their copies of the object as objects of their own."""
    before, after = change.before, change.after
    altered = change.action is Action.ALTER and before is not None and after is not None
    return altered and before is not None and after is not None and _leaves_copies(before, after)


def wanted_below(changes: Sequence[Change], absents: Sequence[Absent], live: LiveState) -> Iterator[Refusal]:
    """Return refusals of `absent` entries for copies that descendants keep as objects of their own."""
    left = {
        key: change for change in changes if leaves_copies(change) for key in inheriting(former_key(change), live)
    }
    for absent in absents if left else ():
        for key, change in left.items():
            named = absent.name in (key.name, given_name(key, live.inherited[key]))
            if key.table_name == absent.table and kind_of(key).absent_section == absent.section and named:
                yield Refusal(
                    rule=INHERITED,
                    key=key,
                    place=absent.place,
                    cause=f"{key} is inherited from {change.key}: it becomes an object of {key.table_name} itself with "
                    "this plan, and can only be dropped afterwards",
                    remedy="remove it from `absent`, apply, then add it again",
                )


def changed_below(change: Change, live: LiveState) -> Iterator[Key]:
    """Return the objects that descendants have only because of an object, and that are dropped or changed with it."""
    if not passes_on(change.before) or leaves_copies(change):
        return
    gone = change.action is Action.DROP or is_replaced(change, live)
    if gone or _is_named_by_origin(change.key):
        yield from inheriting(former_key(change), live)


def freed_below(change: Change, live: LiveState) -> Iterator[Resource]:
    """Return the names that descendants have because of the object, and that it frees there."""
    for key in changed_below(change, live):
        now = change.key._replace(schema=key.schema, table=key.table)
        yield from live.inherited[key].names(key) - (change.after.names(now) if change.after is not None else set())


def ancestors(table: TableName, live: LiveState) -> Iterator[TableName]:
    """Return all known ancestors of a table."""
    known = live.tables.get(table)
    if known is None or not known.parents:
        return
    by_oid = {one.oid: one for one in live.tables.values()}
    waiting, seen = list(known.parents), set[int]()
    while waiting:
        oid = waiting.pop()
        if oid in by_oid and oid not in seen:
            seen.add(oid)
            yield by_oid[oid].name
            waiting.extend(by_oid[oid].parents)


def redefined_below(changes: Sequence[Change], live: LiveState) -> Iterator[Refusal]:
    """Return refusals of changes of a check that descendants also have by themselves: its successor cannot take
    the name while they have it, and they cannot drop it while it is inherited."""
    dropped = {change.key for change in changes if change.action is Action.DROP}
    for change in changes:
        if not _is_copied(change) or change.action is not Action.ALTER or _is_remark(change):
            continue
        for table in live.below(change.key.table_name):
            own = change.key._replace(schema=table.name.schema, table=table.name.name)
            if own in live.objects and (passes_on(change.before) or own not in dropped):
                yield Refusal(
                    rule=INHERITED,
                    key=change.key,
                    place=change.place,
                    cause=f"{own} belongs to the table itself, and would be inherited as well",
                    remedy=f"declare the new one under another name, with {display(own.name)} under `absent` of both",
                )


def kept_below(changes: Sequence[Change], live: LiveState) -> Iterator[Refusal]:
    """Return refusals of not-nulls that descendants would inherit and have, or get, with NO INHERIT: PostgreSQL does
    not merge those."""
    dropped = {change.key for change in changes if change.action is Action.DROP}
    new = {change.key: change.after for change in changes if change.before is None}
    for change in changes:
        forbids_null = purpose_of(change.key) is Purpose.FORBIDS_NULL
        if not forbids_null or not passes_on(change.after) or passes_on(change.before):
            continue
        for table in live.below(change.key.table_name):
            own = change.key._replace(schema=table.name.schema, table=table.name.name)
            found = live.objects.get(own, new.get(own))
            if found is not None and not found.passes_on() and own not in dropped:
                yield Refusal(
                    rule=INHERITED,
                    key=change.key,
                    place=change.place,
                    cause=f"{own} has NO INHERIT, and PostgreSQL does not allow such a not-null to be inherited "
                    "as well",
                    remedy=f"declare `{section_for(Purpose.FORBIDS_NULL)}: {{{display(own.name)}: "
                    f"{{no_inherit: false}}}}` under {own.table_name} and apply that first",
                )


def _is_copied(change: Change) -> bool:
    """Whether descendants get a copy of the object under the same name."""
    succeeded = change.after is not None and change.after.successor() is Successor.CONSTRAINT
    return kind_of(change.key).is_copied and succeeded and passes_on(change.after)


def _is_remark(change: Change) -> bool:
    before, after = change.before, change.after
    return before is None or after is None or differs_only(before, after, Facet.REMARK | Facet.VALIDITY)
