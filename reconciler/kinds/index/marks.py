"""Marks that one index of a table can have: CLUSTER goes by it, or logical replication tells rows apart by it.

Setting a mark on one index takes it from the one that had it. An exclusion constraint's is never the identity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from reconciler.kinds.exclusion.definition import Exclusion
from reconciler.kinds.index.definition import Index
from reconciler.kinds.key_constraint import KeyConstraint
from reconciler.kinds.sql import ddl
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Statement, Step
from reconciler.model.step_id import Verb

Identifying = Index | KeyConstraint
Marked = Identifying | Exclusion
M = TypeVar("M", Index, KeyConstraint)


def _identity(definition: Marked) -> bool:
    return not isinstance(definition, Exclusion) and definition.replica_identity is True


def unmarked(definition: M) -> M:
    """The definition as an index has it that was just built."""
    return replace(definition, clustered=False, replica_identity=False)


def marked_as(definition: M, other: Identifying) -> M:
    """The definition with the marks of another one."""
    return replace(definition, clustered=other.clustered, replica_identity=other.replica_identity)


def is_marked(definition: Marked) -> bool:
    return definition.clustered is True or _identity(definition)


def set_marks(table: TableName, index: str, before: Marked, after: Marked) -> list[Statement]:
    """Statements that give an index the marks of `after`, if it has those of `before`."""
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


def hand_over_marks(
    table: TableName, index: str, before: Identifying, after: Identifying
) -> tuple[list[Statement], Identifying]:
    """Statements that give a new index its marks, and take from the table what only its predecessor was to have.

    With them comes the definition from which they start, as `mark_locks` wants it.
    """
    # A table would keep an identity that goes by an index which is gone, and its rows could not be changed any more.
    start = replace(after, clustered=False, replica_identity=_identity(before) and not _identity(after))
    return set_marks(table, index, start, after), start


def left_behind(before: M, after: M) -> M:
    """The predecessor once `hand_over_marks` has been carried out."""
    clustered = before.clustered is True and after.clustered is not True
    return replace(before, clustered=clustered, replica_identity=False)


def give_up_identity(table: TableName, before: Identifying) -> list[Statement]:
    """The statement that must come before an index goes, if it is its table's replica identity: see above."""
    return set_marks(table, "", before, replace(before, replica_identity=False))


def mark_locks(table: TableName, before: Marked, after: Marked) -> tuple[LockClaim, ...]:
    """What `set_marks` takes."""
    if _identity(before) != _identity(after):
        return ddl.claims(LockMode.ACCESS_EXCLUSIVE, table)
    if before.clustered != after.clustered:
        return ddl.claims(LockMode.SHARE_UPDATE_EXCLUSIVE, table)
    return ()


def mark_step(key: Key, index: str, before: Marked, after: Marked) -> Step:
    what = {
        "CLUSTER mark": before.clustered != after.clustered,
        "replica identity": _identity(before) != _identity(after),
    }
    title = f"set the {' and '.join(word for word, changes in what.items() if changes)} of {key}"
    return ddl.brief(
        Verb.MARK.of(key),
        title,
        set_marks(key.table_name, index, before, after),
        mark_locks(key.table_name, before, after),
    )


def strongest(table: TableName, *claims: Sequence[LockClaim]) -> tuple[LockClaim, ...]:
    """One claim on the table instead of several."""
    order = list(LockMode)
    modes = [claim.mode for some in claims for claim in some]
    return ddl.claims(max(modes, key=order.index), table) if modes else ()
