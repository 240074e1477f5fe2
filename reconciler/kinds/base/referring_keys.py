"""The foreign keys that refer to the rows of a table: a repair must not delete or change rows by them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from psycopg import sql

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.routing import RouteContext
from reconciler.model.names import Key, TableName


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferringKey:
    """A foreign key that refers to the table: (referring, referenced) columns."""

    key: Key
    pairs: tuple[tuple[str, str], ...]
    table: TableName
    changes_rows: bool


def referring_keys(of: Key, context: RouteContext) -> Iterator[ReferringKey]:
    """Yield the foreign keys that refer to the table, its partitions, or the tables above it, also those of the file
    that may be created before the repair."""
    live = context.live
    tree = {*live.tree(of.table_name), *(one for one in live.tables if of.table_name in live.tree(one))}
    found = {**{key: one.definition for key, one in context.declared.items()}, **live.objects}
    for key, one in sorted(found.items(), key=lambda item: item[0]):
        reference = one.reference()
        if reference is None or reference.table not in tree or not one.is_enforced():
            continue
        columns = reference.columns or guards.identification(live, reference.table)
        known = live.tables[of.table_name].columns, getattr(live.tables.get(key.table_name), "columns", None)
        pairs = tuple(zip(one.referring_columns(), columns, strict=False))
        if any(
            parent not in known[0] or (known[1] is not None and child not in known[1]) for child, parent in pairs
        ):
            continue  # planning refuses a declared key whose columns do not exist
        yield ReferringKey(
            key=key,
            pairs=pairs,
            table=reference.table,
            changes_rows=one.changes_referring_rows(),
        )


def referred(one: ReferringKey, alias: str, of: Key, context: RouteContext) -> ddl.Sql:
    """Return the condition that a row refers to the row `alias` by a foreign key."""
    child = context.live.tables.get(one.key.table_name)
    whole = child is not None and child.is_partitioned
    equal = ddl.joined(
        (
            ddl.compose(
                "{parent} {equals} reconcile_child.{child}",
                parent=sql.Identifier(alias, parent),
                equals=context.equals(of.table_name, parent),
                child=ddl.name(child),
            )
            for child, parent in one.pairs
        ),
        " AND ",
    )
    return ddl.compose(
        "EXISTS (SELECT FROM {only}{table} AS reconcile_child WHERE {equal})",
        only=ddl.fragment("" if whole else "ONLY "),
        table=ddl.relation(one.key.table_name),
        equal=equal,
    )
