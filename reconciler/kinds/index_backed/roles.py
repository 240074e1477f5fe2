"""Roles that one index of a table can have: CLUSTER uses it, or it is the replica identity.

Giving a role to one index removes it from the index that had it. An exclusion constraint's index is never the
replica identity.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from reconciler.kinds.base import ddl
from reconciler.kinds.index_backed.definition import IndexBacked
from reconciler.model.index_facts import IndexRole
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key, TableName
from reconciler.model.statement import Statement
from reconciler.model.step import Step
from reconciler.model.step_id import Verb

M = TypeVar("M", bound=IndexBacked)


def _identity(definition: IndexBacked) -> bool:
    return IndexRole.REPLICA_IDENTITY in definition.roles()


def without_roles(definition: M) -> M:
    """Return the definition as a newly built index has it, without roles."""
    return definition.with_roles(frozenset())


def with_roles_of(definition: M, other: IndexBacked) -> M:
    """Return the definition with the roles of another one."""
    return definition.with_roles(other.roles())


def has_roles(definition: IndexBacked) -> bool:
    return bool(definition.roles())


def set_roles(table: TableName, index: str, before: IndexBacked, after: IndexBacked) -> list[Statement]:
    """Return statements that change an index's roles from those of `before` to those of `after`."""
    statements = []
    if before.clustered != after.clustered:
        action = ddl.compose("CLUSTER ON {index}", index=ddl.name(index))
        statements.append(
            ddl.alter_table(table, action if after.clustered else ddl.fragment("SET WITHOUT CLUSTER"))
        )
    if _identity(before) != _identity(after):
        action = ddl.compose("REPLICA IDENTITY USING INDEX {index}", index=ddl.name(index))
        statements.append(
            ddl.alter_table(table, action if _identity(after) else ddl.fragment("REPLICA IDENTITY DEFAULT"))
        )
    return statements


def hand_over_roles(
    table: TableName, index: str, before: IndexBacked, after: IndexBacked
) -> tuple[list[Statement], IndexBacked]:
    """Return statements that give a new index its roles, and remove from the table the roles that only its
    predecessor should have.

    The second value is the definition from which they start, as `role_locks` needs it.
    """
    # A table would keep a replica identity that names a dropped index, and its rows could not be updated or deleted
    # any more.
    start = after.with_roles((before.roles() - after.roles()) & {IndexRole.REPLICA_IDENTITY})
    return set_roles(table, index, start, after), start


def left_behind(before: M, after: M) -> M:
    """Return the predecessor after `hand_over_roles`."""
    return before.with_roles((before.roles() - after.roles()) & {IndexRole.CLUSTERED})


def give_up_identity(table: TableName, before: IndexBacked) -> list[Statement]:
    """Return the statement that must precede the drop of an index that is its table's replica identity, for the
    reason above."""
    return set_roles(table, "", before, before.with_roles(before.roles() - {IndexRole.REPLICA_IDENTITY}))


def role_locks(table: TableName, before: IndexBacked, after: IndexBacked) -> tuple[LockClaim, ...]:
    """Return the locks of `set_roles`."""
    if _identity(before) != _identity(after):
        return ddl.claims(LockMode.ACCESS_EXCLUSIVE, table)
    if before.clustered != after.clustered:
        return ddl.claims(LockMode.SHARE_UPDATE_EXCLUSIVE, table)
    return ()


def role_step(key: Key, index: str, before: IndexBacked, after: IndexBacked) -> Step:
    what = {
        "CLUSTER mark": before.clustered != after.clustered,
        "replica identity": _identity(before) != _identity(after),
    }
    title = f"set the {' and '.join(word for word, changes in what.items() if changes)} of {key}"
    return ddl.brief(
        Verb.MARK.of(key),
        title,
        set_roles(key.table_name, index, before, after),
        role_locks(key.table_name, before, after),
    )


def strongest_on(table: TableName, *claims: Sequence[LockClaim]) -> tuple[LockClaim, ...]:
    """Replace several claims on the table by the strongest."""
    order = list(LockMode)
    modes = [claim.mode for some in claims for claim in some]
    return ddl.claims(max(modes, key=order.index), table) if modes else ()
