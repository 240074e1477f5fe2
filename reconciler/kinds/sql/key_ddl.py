"""SQL of the constraints that are an index: primary keys and unique constraints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from psycopg import sql

from reconciler.kinds.index.build import set_parameters
from reconciler.kinds.index.definition import Index, IndexElement
from reconciler.kinds.index.marks import mark_locks, marked_as, set_marks, strongest
from reconciler.kinds.index.parameters import need_rebuild
from reconciler.kinds.key_constraint import KeyConstraint
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.kinds.sql import ddl
from reconciler.kinds.sql.partition_tree import renamed_parts
from reconciler.kinds.unique.definition import Unique
from reconciler.model.definition import UNMANAGED, Definition
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Statement, Step
from reconciler.model.step_id import Verb


def name_of(key: Key, definition: KeyConstraint) -> str:
    """The constraint's name; a primary key carries it as an attribute."""
    return str(definition.name) if isinstance(definition, PrimaryKey) else key.name


def index_key(key: Key, definition: KeyConstraint) -> Key:
    return Key(schema=key.schema, table=key.table, kind="index", name=name_of(key, definition))


def enforced_by(index: Key, objects: Mapping[Key, Definition]) -> KeyConstraint | None:
    """The key of the index's own table that it enforces."""
    for kind, name in (("primary_key", ""), ("unique", index.name)):
        key = index._replace(kind=kind, name=name)
        found = objects.get(key)
        if isinstance(found, KeyConstraint) and name_of(key, found) == index.name:
            return found
    return None


def index_of(definition: KeyConstraint) -> Index:
    """The unique index that enforces the constraint, as it is before the constraint adopts it."""
    return Index(
        elements=tuple(IndexElement(column=column) for column in definition.key),
        unique=True,
        nulls_distinct=nulls_are_distinct(definition),
        include=definition.include,
        with_=() if definition.with_ is UNMANAGED else definition.with_,
        tablespace=None if definition.tablespace is UNMANAGED else definition.tablespace,
        comment=None,
        statistics=(),
        clustered=False,
        replica_identity=False,
        partitions=(),
    )


def nulls_are_distinct(definition: KeyConstraint) -> bool:
    return definition.nulls_distinct if isinstance(definition, Unique) else True


def words_of(definition: KeyConstraint) -> str:
    return "PRIMARY KEY" if isinstance(definition, PrimaryKey) else "UNIQUE"


def deferral_of(definition: KeyConstraint) -> str:
    if not definition.deferrable:
        return ""
    return " DEFERRABLE INITIALLY DEFERRED" if definition.initially_deferred else " DEFERRABLE"


def adopt(table: TableName, name: str, definition: KeyConstraint, index: str) -> Statement:
    """Make a constraint of an index, which gets the constraint's name."""
    words = ddl.compose(
        "{words} USING INDEX {index}{deferral}",
        words=ddl.fragment(words_of(definition)),
        index=ddl.name(index),
        deferral=ddl.fragment(deferral_of(definition)),
    )
    return ddl.add_constraint(table, name, words)


def define_key(definition: KeyConstraint) -> ddl.Sql:
    """The SQL after `ADD CONSTRAINT name` that makes the index as well."""
    parts: list[ddl.Sql] = [ddl.fragment(words_of(definition))]
    if not nulls_are_distinct(definition):
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
    """A step for names, comment, marks and storage parameters, though not those of a partitioned index or of the
    build; None where anything else differs, which needs a new index, or nothing."""
    reachable = marked_as(replace(before, comment=after.comment, partitions=after.partitions), after)
    if not partitioned:
        reachable = replace(reachable, with_=after.with_)
    if isinstance(reachable, PrimaryKey) and isinstance(after, PrimaryKey):
        reachable = replace(reachable, name=after.name)
    if reachable != after or (not partitioned and need_rebuild(before, after)):
        return None
    statements: list[Statement] = []
    locks: tuple[LockClaim, ...] = ()
    old, new = name_of(key, before), name_of(key, after)
    if before.comment != after.comment:
        statements.append(ddl.comment_on_constraint(key.table_name, old, after.comment))
        locks = ddl.claims(LockMode.ACCESS_SHARE, key.table_name)
    if old != new:
        statements.append(ddl.rename_constraint(key.table_name, old, new))
        locks = ddl.claims(LockMode.ACCESS_EXCLUSIVE, key.table_name)
    if before.with_ != after.with_:
        statements += set_parameters(key.schema, new, before.with_, after.with_)
    statements += renamed_parts(before, after)
    statements += set_marks(key.table_name, new, before, after)
    locks = strongest(key.table_name, locks, mark_locks(key.table_name, before, after))
    if not statements:
        return None
    return ddl.brief(Verb.ALTER.of(key), f"alter {key}", statements, locks)
