"""Constraints whose index cannot be built online: exclusion constraints, and keys without overlaps.

ADD CONSTRAINT builds the index under ACCESS EXCLUSIVE, so the build is a gated hazard unless the table is known to
be small. Nobody can write during the build, so the replaced constraint is dropped in the same transaction: a
constraint is in force at any time, and no successor has to be cleaned up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from psycopg import sql

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.partitions import is_partitioned, partitions_of
from reconciler.kinds.base.routing import RouteBuilder, RouteContext
from reconciler.kinds.index_backed.partition_tree import as_declared
from reconciler.kinds.validated.dependents import dependents_of
from reconciler.model.change import Change
from reconciler.model.guard import Guard
from reconciler.model.hazards import Hazard
from reconciler.model.limits import ExecutionClass
from reconciler.model.locks import LockMode
from reconciler.model.names import Key, TableName, display
from reconciler.model.route import Route
from reconciler.model.rules.data import CONFLICTS
from reconciler.model.rules.hazards import BLOCKING_BUILD
from reconciler.model.statement import Statement
from reconciler.model.step import SqlAction, Step
from reconciler.model.step_id import Verb


def hazards(key: Key, context: RouteContext) -> tuple[Hazard, ...]:
    """Return the hazards; none if the table is known to be small. A table that was never analyzed may have any
    size."""
    tables = partitions_of(key.table_name, context.live)
    sizes = [table.rows for name in tables if not (table := context.live.tables[name]).is_partitioned]
    rows = -1 if -1 in sizes else sum(sizes)
    if 0 <= rows < context.policy.small_table_rows:
        return ()
    size = f"has about {rows:,} rows" if rows >= 0 else "was never analyzed, so its size is not known"
    return (Hazard(kind=BLOCKING_BUILD, detail=f"{key}: {key.table_name} {size}"),)


def build_route(
    change: Change,
    context: RouteContext,
    *,
    statements: Sequence[Statement],
    checks: Sequence[Guard],
) -> Route:
    """Return a route with one step from the live state to the declared one: `statements` build it, in one
    transaction.

    Foreign keys that depend on it are dropped and added again in the same transaction, and validated afterwards.
    """
    key = change.key
    step = Step(
        id=Verb.BUILD.of(key),
        title=f"build {key}" if change.before is None else f"rebuild {key}",
        action=SqlAction(statements=tuple(statements)),
        execution=ExecutionClass.SCAN,
        locks=ddl.claims(LockMode.ACCESS_EXCLUSIVE, *partitions_of(key.table_name, context.live)),
        hazards=hazards(key, context),
        leaves=ddl.NOTHING_LEFT,
    )
    if change.before is not None and change.after is not None:
        step = step.replacing(key, change.before, change.after)
    dependents = dependents_of(change, context, moving=True)
    start = "absent" if change.before is None else "as it is"
    builder = RouteBuilder(start, {key: change.before, **dependents.live})
    after = as_declared(change.after) if is_partitioned(context, key.table_name) and change.after else change.after
    builder.then(dependents.readding(step), "as declared", {key: after, **dependents.unchecked})
    return dependents.validate(builder).build(change, guards=[*checks, *dependents.guards])


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedValue:
    """One comparison of two rows: an expression over a row, and the operator.

    `null_equal`: two NULLs compare as true; otherwise a row with NULL conflicts with none.
    """

    value: ddl.Sql
    operator: ddl.Sql
    null_equal: bool = False


def conflicts(
    table: TableName,
    constraint: str,
    compared: Sequence[ComparedValue],
    context: RouteContext,
    *,
    shown_columns: Sequence[str],
    where: str | None = None,
) -> Guard:
    """Return the check for rows that conflict with another row under the constraint. A sample shows the
    `shown_columns`."""
    scope = guards.scope(context.live, table)
    compared = [replace(one, value=guards.selected_key(one.value, where)) for one in compared]
    conflicting = _conflicting(scope, ddl.name(table.name), compared, where)
    label = ddl.compose(
        ", {label} AS label", label=guards.row_label(context.live, table, shown_columns, table.name)
    )
    return Guard(
        id=CONFLICTS,
        title=f"rows of {table} that conflict under {display(constraint)}",
        count=ddl.statement(ddl.compose("SELECT count(*) {rows}", rows=conflicting(sql.SQL("")))),
        sample=ddl.statement(ddl.compose("SELECT a.label {rows} ORDER BY 1", rows=conflicting(label))),
        more=ddl.statement(
            ddl.compose(
                "SELECT r.* FROM {table} AS r WHERE (r.tableoid, r.ctid)::text IN (SELECT a.place {rows})",
                table=scope,
                rows=conflicting(sql.SQL("")),
            )
        ),
        noun="row",
        cause=f"in {table} would conflict with other rows under {display(constraint)}",
        remedy=CONFLICTS.remedy,
        unchecked_ok=True,
    )


def _conflicting(
    scope: ddl.Sql, table: ddl.Sql, compared: Sequence[ComparedValue], where: str | None
) -> Callable[[ddl.Sql], ddl.Sql]:
    """Return a function that gives the FROM clause of the rows `a` that conflict with another row, each with its
    place, the compared values, and the columns given as argument."""
    names = [ddl.name(f"k{n}") for n in range(1, len(compared) + 1)]
    named = list(zip(compared, names, strict=True))
    keys = ddl.joined([ddl.compose("{value} AS {name}", value=one.value, name=name) for one, name in named], ", ")
    both = ddl.joined([_both(one, name) for one, name in named], " AND ")
    condition = _condition(compared, where)

    def rows(more: ddl.Sql) -> ddl.Sql:
        return ddl.compose(
            "SELECT ({table}.tableoid, {table}.ctid)::text AS place, {keys}{more} FROM {scope}{condition}",
            table=table,
            keys=keys,
            more=more,
            scope=scope,
            condition=condition,
        )

    def conflicting(more: ddl.Sql) -> ddl.Sql:
        return ddl.compose(
            "FROM ({one}) AS a WHERE EXISTS (SELECT FROM ({other}) AS b WHERE b.place <> a.place AND {both})",
            one=rows(more),
            other=rows(sql.SQL("")),
            both=both,
        )

    return conflicting


def _condition(compared: Sequence[ComparedValue], where: str | None) -> ddl.Sql:
    """Return the WHERE clause that selects the rows that can conflict."""
    strict = [one.value for one in compared if not one.null_equal]
    conditions = []
    if strict:
        conditions.append(ddl.compose("pg_catalog.num_nulls({values}) = 0", values=ddl.joined(strict, ", ")))
    if where is not None:
        conditions.append(ddl.compose("({where})", where=ddl.fragment(where)))
    return ddl.compose(" WHERE {all}", all=ddl.joined(conditions, " AND ")) if conditions else sql.SQL("")


def _both(one: ComparedValue, name: ddl.Sql) -> ddl.Sql:
    """Return the condition that the rows `a` and `b` conflict in this comparison."""
    condition = ddl.compose("a.{name} {operator} b.{name}", name=name, operator=one.operator)
    if not one.null_equal:
        return condition
    return ddl.compose("({same} OR (a.{name} IS NULL AND b.{name} IS NULL))", same=condition, name=name)
