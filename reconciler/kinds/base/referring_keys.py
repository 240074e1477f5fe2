"""The foreign keys that refer to the rows of a table: a repair must not delete or change rows by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from psycopg import sql

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.routing import RouteContext
from reconciler.model.definition import Definition, Reference
from reconciler.model.names import Key, TableName, free_name
from reconciler.model.state import LiveState


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferringKey:
    """A foreign key, what it refers to, with all columns, and its own `columns`. `changes_rows`: it deletes or changes
    rows if a row that they refer to is deleted."""

    key: Key
    reference: Reference
    columns: tuple[str, ...]
    changes_rows: bool

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return its own columns, each with the referenced one."""
        return tuple(zip(self.columns, self.reference.columns, strict=False))


def referring_keys(table: TableName, live: LiveState, created: Mapping[Key, Definition]) -> Iterator[ReferringKey]:
    """Yield the foreign keys that refer to the table, its partitions, or its ancestors, also those that the plan
    creates: before a repair, or after it, when rows that refer to a removed row would be orphans."""
    tree = {*live.tree(table), *(one for one in live.tables if table in live.tree(one))}
    found = {**created, **live.objects}
    for key, one in sorted(found.items(), key=lambda item: item[0]):
        reference = one.reference()
        if reference is None or reference.table not in tree or not one.is_enforced():
            continue
        meant = reference._replace(columns=reference.columns or guards.identification(live, reference.table))
        columns = one.referring_columns()
        known = live.tables[table].columns, getattr(live.tables.get(key.table_name), "columns", columns)
        if not (set(meant.columns) <= known[0].keys() and set(columns) <= set(known[1])):
            continue  # the role cannot see these columns, or a primary key is not there yet
        yield ReferringKey(
            key=key,
            reference=meant,
            columns=columns,
            changes_rows=one.changes_referring_rows(),
        )


def referred(one: ReferringKey, alias: str, context: RouteContext) -> ddl.Sql:
    """Return the condition that a row refers to the row `alias` by a foreign key, which compares as the key does."""
    child, name = context.live.tables.get(one.key.table_name), free_name("reconcile_child", {alias})
    return ddl.compose(
        "EXISTS (SELECT FROM {only}{table} AS {name} WHERE {equal})",
        name=ddl.name(name),
        only=ddl.fragment("" if child is not None and child.is_partitioned else "ONLY "),
        table=ddl.relation(one.key.table_name),
        equal=met(one, (alias, name), context),
    )


def met(one: ReferringKey, aliases: tuple[str, str], context: RouteContext) -> ddl.Sql:
    """Return the condition that a row refers to another one. The aliases are those of the row that it refers to, and
    its own."""
    conditions = (_met(one, number, aliases, context) for number, _ in enumerate(one.pairs))
    return ddl.joined(conditions, " AND ")


def _met(one: ReferringKey, number: int, aliases: tuple[str, str], context: RouteContext) -> ddl.Sql:
    own, referenced = one.pairs[number]
    parent, child = sql.Identifier(aliases[0], referenced), sql.Identifier(aliases[1], own)
    if one.reference.period and number == len(one.pairs) - 1:
        return ddl.compose("{parent} OPERATOR(pg_catalog.&&) {child}", parent=parent, child=child)
    comparison = context.comparison(one.reference, referenced, (one.key.table_name, own))
    return comparison.condition(parent, child)
