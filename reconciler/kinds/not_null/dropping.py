"""How a not-null is dropped, and which descendants lose or keep theirs."""

from __future__ import annotations

from reconciler.kinds.base import ddl
from reconciler.kinds.base.routing import RouteContext
from reconciler.kinds.not_null.definition import NotNull
from reconciler.model.definition import is_in_sync
from reconciler.model.features import has
from reconciler.model.names import Key, TableName
from reconciler.model.statement import Statement


def dropping(key: Key, before: NotNull, context: RouteContext) -> list[Statement]:
    """Return the statements. Descendants lose it as well, except for those that need it."""
    drop = "DROP NOT NULL"
    below = [] if before.no_inherit else [one.name for one in context.live.below(key.table_name)]
    if has("not_null_constraints", context.major):
        own = [alter_column(_on(name, key), "SET NOT NULL") for name in below if _needs_it(name, key.name, context)]
        left = _partitions_that_have_it(key, before, context)
        return [*own, alter_column(key, drop), *(alter_column(_on(name, key), drop) for name in left)]
    kept = _kept_below(key, context)
    if not kept or context.live.tables[key.table_name].is_partitioned:
        return [alter_column(key, drop)]
    return [alter_column(_on(name, key), drop, only=True) for name in (key.table_name, *below) if name not in kept]


def lost_below(key: Key, context: RouteContext) -> str:
    """Return the warning that not-nulls of descendants are dropped as well: before PostgreSQL 18, nothing tells those
    that the tables have for themselves from inherited ones."""
    if has("not_null_constraints", context.major):
        return ""
    kept = _kept_below(key, context)
    lost = [one for one in context.live.below(key.table_name) if one.name not in kept]
    if not lost:
        return ""
    tables = str(lost[0].name) if len(lost) == 1 else f"{len(lost)} descendants"
    return f", and that of {tables}, inherited or not: declare it there as well to keep it"


def _kept_below(key: Key, context: RouteContext) -> set[TableName]:
    """Return the descendants that keep the not-null: those that need it, and those that inherit it from these."""
    below = [one.name for one in context.live.below(key.table_name)]
    needing = [name for name in below if _needs_it(name, key.name, context)]
    return {table for name in needing for table in context.live.tree(name)}


def _partitions_that_have_it(key: Key, before: NotNull, context: RouteContext) -> list[TableName]:
    """Return the partitions on which PostgreSQL may leave an inherited not-null: once a partition has a primary
    key, it counts as the definer. A not-null with another name belongs to the partition itself, and stays."""
    if not context.live.tables[key.table_name].is_partitioned or not has("not_null_constraints", context.major):
        return []
    below = (one.name for one in context.live.below(key.table_name))
    return [
        name
        for name in below
        if _inherited_name(name, key.name, context) == before.name and not _needs_it(name, key.name, context)
    ]


def _inherited_name(table: TableName, column: str, context: RouteContext) -> object:
    found = context.live.inherited.get(Key(schema=table.schema, table=table.name, kind="not_null", name=column))
    return found.name if isinstance(found, NotNull) else None


def _needs_it(table: TableName, column: str, context: RouteContext) -> bool:
    """Whether a descendant keeps the not-null: as declared, or for its own primary key, live or declared. It gets a
    not-null of its own if the inherited one is NOT VALID, which cannot serve a primary key, or not as declared."""
    key = Key(schema=table.schema, table=table.name, kind="primary_key")
    own = key._replace(kind="not_null", name=column)
    found, own_declared = context.live.get(own), context.declared.get(own)
    if found is not None and not found.is_validated():
        return False
    if (
        own_declared is not None
        and own in context.live.inherited
        and is_in_sync(own_declared.definition, context.live.inherited[own])
    ):
        return True
    declared = context.declared.get(key)
    keys = (context.live.objects.get(key), declared.definition if declared is not None else None)
    return any(one is not None and column in one.indexed_columns() for one in keys)


def _on(table: TableName, key: Key) -> Key:
    return key._replace(schema=table.schema, table=table.name)


def alter_column(key: Key, action: str, *, only: bool = False) -> Statement:
    words = ddl.compose("ALTER COLUMN {column} {action}", column=ddl.name(key.name), action=ddl.fragment(action))
    return ddl.alter_table(key.table_name, words, only=only)
