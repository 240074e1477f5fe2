"""Roles that one index of a table can have: CLUSTER goes by it, or logical replication tells rows apart by it.

Giving a role to one index takes it from the one that had it. An exclusion constraint's is never the identity.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from reconciler.kinds.base import ddl
from reconciler.kinds.index_backed.definition import IndexBacked
from reconciler.model.index_facts import IndexRole
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Statement, Step
from reconciler.model.step_id import Verb

M = TypeVar("M", bound=IndexBacked)


def _identity(definition: IndexBacked) -> bool:
    return IndexRole.REPLICA_IDENTITY in definition.roles()


def without_roles(definition: M) -> M:
    """The definition as an index has it that was just built."""
    return definition.with_roles(frozenset())


def with_roles_of(definition: M, other: IndexBacked) -> M:
    """The definition with the roles of another one."""
    return definition.with_roles(other.roles())


def has_roles(definition: IndexBacked) -> bool:
    return bool(definition.roles())


def set_roles(table: TableName, index: str, before: IndexBacked, after: IndexBacked) -> list[Statement]:
    """Statements that give an index the roles of `after`, if it has those of `before`."""
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
    """Statements that give a new index its roles, and take from the table what only its predecessor was to have.

    With them comes the definition from which they start, as `role_locks` wants it.
    """
    # A table would keep an identity that goes by an index which is gone, and its rows could not be changed any more.
    start = after.with_roles((before.roles() - after.roles()) & {IndexRole.REPLICA_IDENTITY})
    return set_roles(table, index, start, after), start


def left_behind(before: M, after: M) -> M:
    """The predecessor once `hand_over_roles` has been carried out."""
    return before.with_roles((before.roles() - after.roles()) & {IndexRole.CLUSTERED})


def give_up_identity(table: TableName, before: IndexBacked) -> list[Statement]:
    """The statement that must come before an index goes, if it is its table's replica identity: see above."""
    return set_roles(table, "", before, before.with_roles(before.roles() - {IndexRole.REPLICA_IDENTITY}))


def role_locks(table: TableName, before: IndexBacked, after: IndexBacked) -> tuple[LockClaim, ...]:
    """What `set_roles` takes."""
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


def strongest(table: TableName, *claims: Sequence[LockClaim]) -> tuple[LockClaim, ...]:
    """One claim on the table instead of several."""
    order = list(LockMode)
    modes = [claim.mode for some in claims for claim in some]
    return ddl.claims(max(modes, key=order.index), table) if modes else ()
