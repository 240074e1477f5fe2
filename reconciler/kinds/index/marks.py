"""Marks that one index of a table can have: CLUSTER goes by it, or logical replication tells rows apart by it.

Setting a mark on one index takes it from the one that had it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from reconciler.kinds.index.definition import Index
from reconciler.kinds.key_constraint import KeyConstraint
from reconciler.kinds.sql import ddl
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Statement, Step

Marked = Index | KeyConstraint
M = TypeVar("M", Index, KeyConstraint)


def unmarked(definition: M) -> M:
    """The definition as an index has it that was just built."""
    return replace(definition, clustered=False, replica_identity=False)


def marked_as(definition: M, other: Marked) -> M:
    """The definition with the marks of another one."""
    return replace(definition, clustered=other.clustered, replica_identity=other.replica_identity)


def is_marked(definition: Marked) -> bool:
    return definition.clustered is True or definition.replica_identity is True


def cluster(table: TableName, index: str | None) -> Statement:
    """The statement by which CLUSTER goes by an index, or by none."""
    if index is None:
        return ddl.alter_table(table, ddl.fragment("SET WITHOUT CLUSTER"))
    return ddl.alter_table(table, ddl.compose("CLUSTER ON {index}", index=ddl.name(index)))


def set_marks(table: TableName, index: str, before: Marked, after: Marked) -> list[Statement]:
    """Statements that give an index the marks of `after`, if it has those of `before`."""
    statements = [cluster(table, index if after.clustered else None)] if before.clustered != after.clustered else []
    if before.replica_identity != after.replica_identity:
        action = ddl.compose("REPLICA IDENTITY USING INDEX {index}", index=ddl.name(index))
        statements.append(
            ddl.alter_table(table, action if after.replica_identity else ddl.fragment("REPLICA IDENTITY DEFAULT"))
        )
    return statements


def hand_over_marks(table: TableName, index: str, before: Marked, after: Marked) -> tuple[list[Statement], Marked]:
    """Statements that give a new index its marks, and take from the table what only its predecessor was to have.

    With them comes the definition from which they start, as `mark_locks` wants it.
    """
    # A table would keep an identity that goes by an index which is gone, and its rows could not be changed any more.
    start = replace(
        after, clustered=False, replica_identity=before.replica_identity is True and not after.replica_identity
    )
    return set_marks(table, index, start, after), start


def give_up_identity(table: TableName, before: Marked) -> list[Statement]:
    """The statement that must come before an index goes, if it is its table's replica identity: see above."""
    return set_marks(table, "", before, replace(before, replica_identity=False))


def mark_locks(table: TableName, before: Marked, after: Marked) -> tuple[LockClaim, ...]:
    """What `set_marks` takes."""
    if before.replica_identity != after.replica_identity:
        return ddl.claims(LockMode.ACCESS_EXCLUSIVE, table)
    if before.clustered != after.clustered:
        return ddl.claims(LockMode.SHARE_UPDATE_EXCLUSIVE, table)
    return ()


def mark_step(key: Key, index: str, before: Marked, after: Marked) -> Step:
    what = {
        "CLUSTER mark": before.clustered != after.clustered,
        "replica identity": before.replica_identity != after.replica_identity,
    }
    title = f"set the {' and '.join(word for word, changes in what.items() if changes)} of {key}"
    return ddl.brief(
        f"mark {key}",
        title,
        set_marks(key.table_name, index, before, after),
        mark_locks(key.table_name, before, after),
    )


def strongest(table: TableName, *claims: Sequence[LockClaim]) -> tuple[LockClaim, ...]:
    """One claim on the table instead of several."""
    order = list(LockMode)
    modes = [claim.mode for some in claims for claim in some]
    return ddl.claims(max(modes, key=order.index), table) if modes else ()
