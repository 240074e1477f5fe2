"""Not-nulls that cannot be dropped: primary keys need them, ancestors pass them on, or they belong to identity
columns or to the replica identities of descendants, which would lose theirs as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reconciler.kinds import key_for, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change
from reconciler.model.definition import Definition
from reconciler.model.effects import Resource, Sort
from reconciler.model.facts import Answers
from reconciler.model.facts.dependents import RoleOf
from reconciler.model.names import Key, TableName, display
from reconciler.model.plan import Refusal
from reconciler.model.rules.dependencies import INHERITED, STILL_REFERENCED
from reconciler.model.state import LiveState
from reconciler.planning.index_roles import identifying
from reconciler.planning.inheritance import ancestors
from reconciler.planning.target import Target


def without_needed(changes: Sequence[Change], live: LiveState) -> tuple[list[Change], list[Refusal]]:
    """Return the changes without drops of not-nulls that, after the plan, a primary key needs or an ancestor
    passes on; and refusals of these drops."""
    if not any(map(_drops_not_null, changes)):
        return list(changes), []
    target = Target(changes, live)
    refused = {n: one for n, change in enumerate(changes) if (one := _objection(change, target, live)) is not None}
    return [change for n, change in enumerate(changes) if n not in refused], list(refused.values())


def _drops_not_null(change: Change) -> bool:
    return purpose_of(change.key) is Purpose.FORBIDS_NULL and change.action is Action.DROP


def _objection(change: Change, target: Target, live: LiveState) -> Refusal | None:
    if not _drops_not_null(change):
        return None
    key = change.key
    holder = _kept_by(change, target, live)
    if holder is not None:
        which = "the primary key" if holder == key.table_name else f"the primary key of partition {holder}"
        return Refusal(
            rule=STILL_REFERENCED,
            key=key,
            place=change.place,
            cause=f"{key} cannot be dropped: the column is part of {which}",
            remedy="remove it from `absent`, or drop the primary key first",
        )
    above = next((one for one in ancestors(key.table_name, live) if _passes_on(one, key.name, target)), None)
    if above is not None:
        return Refusal(
            rule=INHERITED,
            key=key,
            place=change.place,
            cause=f"{key} cannot be dropped: {above} has it after the plan, and {key.table_name} inherits it",
            remedy=f"remove it from `absent`, or list it under `absent` of {above} as well",
        )
    return None


def _kept_by(change: Change, target: Target, live: LiveState) -> TableName | None:
    """Return the table whose primary key needs the not-null after the plan. Before PostgreSQL 18, where not-nulls
    have no names, a partition loses it together with the partitioned table in any case."""
    table, column = change.key.table_name, change.key.name
    if _in_primary_key(table, column, target.objects):
        return table
    if not live.tables[table].is_partitioned or (change.before and change.before.given_name(column)):
        return None
    below = (one.name for one in live.below(table))
    return next((one for one in below if _stays_in_primary_key(one, column, target, live)), None)


def _stays_in_primary_key(table: TableName, column: str, target: Target, live: LiveState) -> bool:
    """Whether a primary key of the table itself has the column, now and after the plan."""
    return all(_in_primary_key(table, column, objects) for objects in (live.objects, target.objects))


def _in_primary_key(table: TableName, column: str, objects: Mapping[Key, Definition]) -> bool:
    found = objects.get(key_for(Purpose.IDENTIFIES_ROWS, table))
    return found is not None and column in found.indexed_columns()


def _passes_on(table: TableName, column: str, target: Target) -> bool:
    """Whether a column has a not-null after the plan that descendants inherit."""
    found = target.objects.get(key_for(Purpose.FORBIDS_NULL, table, column))
    own = found is not None and found.passes_on()
    return own or _in_primary_key(table, column, target.objects)


def kept_not_nulls(answers: Answers, changes: Sequence[Change], live: LiveState) -> Iterator[Refusal]:
    """Return a refusal for each not-null that cannot be dropped. `index_roles` handles a table's own replica
    identity."""
    target = Target(changes, live)
    drops = list(filter(_drops_not_null, changes))
    reached = [(one, table) for one in drops for table in _losing(one, target, live)]
    own = {one.key.table_name for one in drops}
    roles = answers.of(RoleOf(table=live.tables[table].oid, column=one.key.name) for one, table in reached)
    for (change, reached_table), role in zip(reached, roles, strict=True):
        if role is None or not (role.identity or (role.identifies and reached_table not in own)):
            continue
        table, column = role.table, display(change.key.name)
        needed = Resource(Sort.NOT_NULL, table, change.key.name)
        if not role.identity and not identifying(needed, target):
            continue
        yield Refusal(
            rule=STILL_REFERENCED,
            key=change.key,
            place=change.place,
            cause=f"{change.key} cannot be dropped: {column} is an identity column of {table}, which does not "
            "allow NULL"
            if role.identity
            else f"{change.key} cannot be dropped: {column} is part of the replica identity of {table}, which "
            "does not allow NULL",
            remedy="remove it from `absent`, or "
            + (
                "run ALTER TABLE … ALTER COLUMN … DROP IDENTITY first"
                if role.identity
                else "give the table another replica identity first"
            ),
        )


def _losing(change: Change, target: Target, live: LiveState) -> Iterator[TableName]:
    """Return the table, and the descendants that lose the not-null with it: those that inherit it, and have no primary
    key of their own that keeps it."""
    yield change.key.table_name
    below = [one.name for one in live.below(change.key.table_name)]
    keeping = (one for one in below if _stays_in_primary_key(one, change.key.name, target, live))
    kept = {table for one in keeping for table in live.tree(one)}
    for table in below:
        if table not in kept and change.key._replace(schema=table.schema, table=table.name) in live.inherited:
            yield table
