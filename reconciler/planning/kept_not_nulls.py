"""Not-nulls that PostgreSQL does not drop: those of identity columns, and those of the replica identities of tables
below, which would lose theirs as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.kinds import purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change
from reconciler.model.effects import Resource, Sort
from reconciler.model.facts import Answers
from reconciler.model.facts.dependents import RoleOf
from reconciler.model.names import TableName, display
from reconciler.model.plan import Refusal
from reconciler.model.rules.dependencies import STILL_REFERENCED
from reconciler.model.state import LiveState
from reconciler.planning.index_roles import identifying
from reconciler.planning.target import Target


def kept_not_nulls(answers: Answers, changes: Sequence[Change], live: LiveState) -> Iterator[Refusal]:
    """A refusal for each not-null that cannot be dropped. Of a table's own replica identity, `index_roles` knows."""
    target = Target(changes, live)
    drops = [one for one in changes if purpose_of(one.key) is Purpose.FORBIDS_NULL and one.action is Action.DROP]
    reached = [(one, table) for one in drops for table in _losing(one, live)]
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
            cause=f"{change.key} cannot go: {column} is an identity column of {table}, which admits no NULL"
            if role.identity
            else f"{change.key} cannot go: {column} is part of the replica identity of {table}, which admits no NULL",
            remedy="take it out of `absent`, or "
            + (
                "run ALTER TABLE … ALTER COLUMN … DROP IDENTITY first" if role.identity else "give it another first"
            ),
        )


def _losing(change: Change, live: LiveState) -> Iterator[TableName]:
    """The table, and those below it that have the not-null because of it."""
    yield change.key.table_name
    for table in live.below(change.key.table_name):
        if change.key._replace(schema=table.name.schema, table=table.name.name) in live.inherited:
            yield table.name
