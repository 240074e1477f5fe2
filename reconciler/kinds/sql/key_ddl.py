"""SQL of the constraints that a unique index enforces: primary keys and unique constraints."""

from __future__ import annotations

from psycopg import sql

from reconciler.kinds.index.definition import Index, IndexElement
from reconciler.kinds.key_constraint import KeyConstraint
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.kinds.sql import ddl
from reconciler.kinds.unique.definition import Unique
from reconciler.model.definition import UNMANAGED
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Statement


def name_of(key: Key, definition: KeyConstraint) -> str:
    """The constraint's name; a primary key carries it as an attribute."""
    return str(definition.name) if isinstance(definition, PrimaryKey) else key.name


def index_key(key: Key, definition: KeyConstraint) -> Key:
    return Key(schema=key.schema, table=key.table, kind="index", name=name_of(key, definition))


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
    parts.append(ddl.compose("({columns})", columns=ddl.names(definition.key)))
    if definition.include:
        parts.append(ddl.compose("INCLUDE ({columns})", columns=ddl.names(definition.include)))
    if isinstance(definition.with_, tuple) and definition.with_:
        parts.append(ddl.compose("WITH ({parameters})", parameters=ddl.parameters(definition.with_)))
    if isinstance(definition.tablespace, str):
        parts.append(ddl.compose("USING INDEX TABLESPACE {name}", name=ddl.name(definition.tablespace)))
    return ddl.compose("{parts}{deferral}", parts=ddl.joined(parts), deferral=ddl.fragment(deferral_of(definition)))
