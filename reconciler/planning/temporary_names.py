"""Temporary names, and the objects that have them already.

The replacement of an object needs such names for its successor and predecessor. If another object has one, the
change is refused: nothing is removed or renamed because of its name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reconciler.kinds import KINDS, key_for, kind_of, purpose_of
from reconciler.kinds.base import ddl
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, former_key, given_name
from reconciler.model.definition import Definition, Successor, parts_of
from reconciler.model.effects import Resource, constraint_name, relation_name
from reconciler.model.facts.names import NamedConstraint, NamedRelation, NamedStatistics
from reconciler.model.features import has
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import (
    BUILDING_SUFFIX,
    REPLACED_SUFFIX,
    Key,
    TableName,
    display,
    is_temporary,
    temporary_name,
)
from reconciler.model.plan import Refusal
from reconciler.model.route import Expected, Route
from reconciler.model.rules.objects import NAME_TAKEN
from reconciler.model.state import LiveState
from reconciler.planning.completion import is_replaced
from reconciler.planning.inheritance import origins_of
from reconciler.planning.names import TakenNames, in_schema

_KINDS = {kind.contype: kind.id for kind in KINDS if kind.contype}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The owner of a name: its key if it may be an object of ours, its description, and the statement that removes
    it."""

    key: Key | None
    name: str
    what: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """The owners of the names that changes need temporarily."""

    by_name: Mapping[Resource, Holder] = field(default_factory=dict)

    def refusals(self, change: Change, route: Route | None, live: LiveState, major: int) -> Iterator[Refusal]:
        """Return refusals of a change whose temporary names another object has. `route` is the remaining part of
        the route; None if the live state is none of its states."""
        ours = _continued(route)
        held = {name for key in ours if (one := live.get(key)) is not None for name in one.names(key)}
        for name in sorted(needed_names(change, live, major), key=str):
            holder = self.by_name.get(name)
            if holder is None or holder.key in ours or name in held or _is_copy(holder.key, ours, live):
                continue
            if holder.key is None or not _is_built(live.get(holder.key), change.after):
                yield _name_taken(change, holder)


def read_holders(names: TakenNames, changes: Sequence[Change], live: LiveState, major: int) -> Holders:
    """Return the owners of the names that the changes need, if they keep them."""
    needed = {name for change in changes for name in needed_names(change, live, major)}
    return Holders(by_name={name: _holder(name, found) for name, found in names.holders(needed).items()})


def needed_names(change: Change, live: LiveState, major: int) -> set[Resource]:
    """Return the names that a change gives temporarily."""
    key, before, after = change.key, change.before, change.after
    given = {relation_name(table.schema, name) for table, name in parts_of(after).items() if is_temporary(name)}
    given -= {relation_name(table.schema, name) for table, name in parts_of(before).items()}
    if change.action is not Action.DROP and after is not None:
        held = before.names(former_key(change)) if before is not None else set()
        taken = after.names(key) | after.names(former_key(change))
        given |= {one for one in taken - held if is_temporary(one.what)}
    if (
        purpose_of(key) is Purpose.FORBIDS_NULL
        and change.action is Action.CREATE
        and not has("not_null_constraints", major)
    ):
        name = temporary_name(f"{key.table}_{key.name}", BUILDING_SUFFIX)
        return {constraint_name(table, name) for table in live.tree(key.table_name)}
    if change.action is Action.ALTER and before is not None and after is not None:
        return given | (_of_replacement(key, before, after, live) if is_replaced(change, live) else set())
    return given


def _of_replacement(key: Key, before: Definition, after: Definition, live: LiveState) -> set[Resource]:
    partitioned = live.tables[key.table_name].is_partitioned
    successor = after.successor()
    if successor is Successor.NONE:
        return set()
    if successor is Successor.CONSTRAINT:
        name = temporary_name(key.name, BUILDING_SUFFIX)
        reached = live.below(key.table_name) if after.passes_on() else ()
        below = [one.name for one in reached if kind_of(key).is_copied or partitioned]
        return {constraint_name(table, name) for table in (key.table_name, *below)}
    own = given_name(key, after)
    found = {relation_name(key.schema, temporary_name(own, BUILDING_SUFFIX))}
    if successor is Successor.SWAPPED_INDEX:
        found.add(relation_name(key.schema, temporary_name(own, REPLACED_SUFFIX)))
        old = parts_of(before).items()
        found |= {relation_name(table.schema, temporary_name(name, REPLACED_SUFFIX)) for table, name in old}
    elif partitioned:
        found = set()
    new = parts_of(after).items()
    return found | {relation_name(table.schema, temporary_name(name, BUILDING_SUFFIX)) for table, name in new}


def _continued(route: Route | None) -> set[Key]:
    """Return the existing objects that the route expects: it continues from them."""
    first: dict[Key, Expected] = {}
    for state in route.states if route is not None else ():
        for key, expected in state.objects.items():
            first.setdefault(key, expected)
    return {key for key, expected in first.items() if expected is not None}


def _is_copy(key: Key | None, ours: Collection[Key], live: LiveState) -> bool:
    """Whether a partition or child has the object only because of one of ours."""
    return key is not None and key in live.inherited and not set(origins_of(key, live)).isdisjoint(ours)


def _is_built(found: Definition | None, after: Definition | None) -> bool:
    """Whether it is the successor's index, or a partition's part of the successor: a route does not name finished
    parts."""
    if found is None or after is None:
        return False
    wanted = after.as_index()
    if wanted is None or found.as_index() is not found:
        return after.takes_over(found)
    return found.as_built().with_index_status(IndexStatus.VALID) == wanted.as_built().with_index_status(
        IndexStatus.VALID
    )


def _holder(name: Resource, found: NamedRelation | NamedConstraint | NamedStatistics) -> Holder:
    match found, name.place:
        case NamedRelation(), str(schema):
            return _relation(TableName(schema=schema, name=name.what), found)
        case NamedConstraint(), TableName() as table:
            return _constraint(table, name.what, found)
    statement = f"ALTER STATISTICS {ddl.text_of(ddl.relation(in_schema(name)))} RENAME TO …;"
    return Holder(key=None, name=name.what, what=found.described, statement=statement)


def _relation(name: TableName, found: NamedRelation) -> Holder:
    relation = ddl.text_of(ddl.relation(name))
    statement = {
        "i": f"DROP INDEX CONCURRENTLY {relation};",
        "I": f"DROP INDEX {relation};",
    }.get(found.kind, f"ALTER TABLE {relation} RENAME TO …;")
    key = None
    if found.table is not None:
        key = key_for(Purpose.IS_INDEX, found.table, name.name)
    return Holder(key=key, name=name.name, what=found.described, statement=statement)


def _constraint(table: TableName, name: str, found: NamedConstraint) -> Holder:
    relation, constraint = ddl.text_of(ddl.relation(table)), ddl.text_of(ddl.name(name))
    kind = _KINDS.get(found.kind)
    return Holder(
        key=None if kind is None else Key(schema=table.schema, table=table.name, kind=kind, name=name),
        name=name,
        what=found.described,
        statement=f"ALTER TABLE {relation} DROP CONSTRAINT {constraint};",
    )


def _name_taken(change: Change, holder: Holder) -> Refusal:
    return Refusal(
        rule=NAME_TAKEN,
        key=change.key,
        place=change.place,
        cause=f"the change needs the name {display(holder.name)} temporarily, but {holder.what} has it "
        "and is neither the old nor the new object",
        remedy=f"rename it; or, if nobody needs it, run: {holder.statement}",
    )
