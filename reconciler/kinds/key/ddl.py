"""SQL of the constraints that a unique index enforces: primary keys and unique constraints."""

from __future__ import annotations

from dataclasses import replace

from psycopg import sql

from reconciler.kinds.base import ddl
from reconciler.kinds.index_backed.build import set_parameters
from reconciler.kinds.index_backed.partition_tree import renamed_parts
from reconciler.kinds.index_backed.roles import role_locks, set_roles, strongest_on, with_roles_of
from reconciler.kinds.key.definition import KeyConstraint
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key, TableName
from reconciler.model.statement import Statement
from reconciler.model.step import Step
from reconciler.model.step_id import Verb


def key_of_own_index(key: Key, definition: KeyConstraint) -> Key:
    return Key(schema=key.schema, table=key.table, kind="index", name=definition.given_name(key.name))


def deferral_of(definition: KeyConstraint) -> str:
    if not definition.deferrable:
        return ""
    return " DEFERRABLE INITIALLY DEFERRED" if definition.initially_deferred else " DEFERRABLE"


def adopt_index(table: TableName, name: str, definition: KeyConstraint, index: str) -> Statement:
    """Turn an index into a constraint. The index gets the constraint's name."""
    words = ddl.compose(
        "{words} USING INDEX {index}{deferral}",
        words=ddl.fragment(definition.words()),
        index=ddl.name(index),
        deferral=ddl.fragment(deferral_of(definition)),
    )
    return ddl.add_constraint(table, name, words)


def define_key(definition: KeyConstraint) -> ddl.Sql:
    """Return the SQL after `ADD CONSTRAINT name` that also builds the index."""
    parts: list[ddl.Sql] = [ddl.fragment(definition.words())]
    if not definition.nulls_are_distinct():
        parts.append(sql.SQL("NULLS NOT DISTINCT"))
    overlaps = ddl.fragment(" WITHOUT OVERLAPS" if definition.without_overlaps else "")
    parts.append(ddl.compose("({columns}{overlaps})", columns=ddl.names(definition.key), overlaps=overlaps))
    if definition.include:
        parts.append(ddl.compose("INCLUDE ({columns})", columns=ddl.names(definition.include)))
    if isinstance(definition.with_, tuple) and definition.with_:
        parts.append(ddl.compose("WITH ({parameters})", parameters=ddl.parameters(definition.with_)))
    if isinstance(definition.tablespace, str):
        parts.append(ddl.compose("USING INDEX TABLESPACE {name}", name=ddl.name(definition.tablespace)))
    return ddl.compose("{parts}{deferral}", parts=ddl.joined(parts), deferral=ddl.fragment(deferral_of(definition)))


def alter_in_place(key: Key, before: KeyConstraint, after: KeyConstraint, *, partitioned: bool) -> Step | None:
    """Return a step for names, comment, roles and storage parameters, except those that only a build reads or that
    belong to a partitioned index. Return None if there is no difference, or one that needs a new index."""
    reachable = with_roles_of(replace(before, comment=after.comment, partitions=after.partitions), after)
    if not partitioned:
        reachable = replace(reachable, with_=after.with_)
    reachable = reachable.with_name(after.given_name(key.name))
    if reachable != after or (not partitioned and after.needs_rebuild(before)):
        return None
    statements: list[Statement] = []
    locks: tuple[LockClaim, ...] = ()
    old, new = before.given_name(key.name), after.given_name(key.name)
    if before.comment != after.comment:
        statements.append(ddl.comment_on_constraint(key.table_name, old, after.comment))
        locks = ddl.claims(LockMode.ACCESS_SHARE, key.table_name)
    if old != new:
        statements.append(ddl.rename_constraint(key.table_name, old, new))
        locks = ddl.claims(LockMode.ACCESS_EXCLUSIVE, key.table_name)
    if before.with_ != after.with_:
        statements += set_parameters(key.schema, new, before.with_, after.with_)
    statements += renamed_parts(before, after)
    statements += set_roles(key.table_name, new, before, after)
    locks = strongest_on(key.table_name, locks, role_locks(key.table_name, before, after))
    if not statements:
        return None
    return ddl.brief(Verb.ALTER.of(key), f"alter {key}", statements, locks)
