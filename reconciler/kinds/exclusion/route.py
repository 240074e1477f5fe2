"""How exclusion constraints are made and changed, and how rows that conflict are found.

PostgreSQL has no online way: ADD CONSTRAINT builds the index under ACCESS EXCLUSIVE, so the build is a gated hazard
unless the table is known to be small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from psycopg import sql

from reconciler.kinds.exclusion.definition import ExcludedElement, Exclusion
from reconciler.kinds.index.build import element_sql, keys_of, predecessor, successor
from reconciler.kinds.index.definition import ObjectName
from reconciler.kinds.index.marks import cluster
from reconciler.kinds.index.route import set_parameters
from reconciler.kinds.sql import ddl, guards
from reconciler.kinds.sql.routing import RouteBuilder, Surroundings
from reconciler.kinds.sql.validated_constraint import drop_step, rename
from reconciler.model.change import Action, Change
from reconciler.model.definition import UNMANAGED, Definition
from reconciler.model.hazards import BLOCKING_BUILD, CONSTRAINT_DROPPED, Hazard
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key, TableName, display
from reconciler.model.plan import ExecutionClass, Guard, Like, Route, Statement, Step


def _as_exclusion(definition: Definition | None) -> Exclusion:
    assert isinstance(definition, Exclusion)
    return definition


def _operator(name: ObjectName) -> ddl.Sql:
    """An operator's name consists of symbols alone, so it is never quoted."""
    bare = ddl.fragment(name.name)
    if name.schema is not None:
        bare = ddl.compose("{schema}.{name}", schema=ddl.name(name.schema), name=bare)
    return ddl.compose("OPERATOR({name})", name=bare)


def _element(element: ExcludedElement) -> ddl.Sql:
    return ddl.compose("{key} WITH {operator}", key=element_sql(element), operator=_operator(element.operator))


def _define(after: Exclusion) -> ddl.Sql:
    """The SQL after `ADD CONSTRAINT name`."""
    parts = [
        ddl.compose(
            "EXCLUDE USING {method} ({elements})",
            method=ddl.name(after.method),
            elements=ddl.joined(map(_element, after.excluded), ", "),
        )
    ]
    if after.include:
        parts.append(ddl.compose("INCLUDE ({columns})", columns=ddl.names(after.include)))
    if isinstance(after.with_, tuple) and after.with_:
        parts.append(ddl.compose("WITH ({parameters})", parameters=ddl.parameters(after.with_)))
    if isinstance(after.tablespace, str):
        parts.append(ddl.compose("USING INDEX TABLESPACE {name}", name=ddl.name(after.tablespace)))
    if after.where is not None:
        parts.append(ddl.compose("WHERE ({where})", where=ddl.fragment(after.where)))
    if after.deferrable:
        parts.append(sql.SQL("DEFERRABLE INITIALLY DEFERRED" if after.initially_deferred else "DEFERRABLE"))
    return ddl.joined(parts)


def _exclusive(key: Key) -> tuple[LockClaim, ...]:
    return ddl.claims(LockMode.ACCESS_EXCLUSIVE, key.table_name)


def _hazards(key: Key, around: Surroundings) -> tuple[Hazard, ...]:
    """None if the table is known to be small. One that was never analysed may have any size."""
    rows = around.live.tables[key.table_name].rows
    if 0 <= rows < around.policy.small_table_rows:
        return ()
    size = f"has about {rows:,} rows" if rows >= 0 else "was never analysed, so its size is not known"
    return (Hazard(kind=BLOCKING_BUILD, detail=f"{key}: {key.table_name} {size}"),)


def _build_step(key: Key, after: Exclusion, around: Surroundings) -> Step:
    statements = [ddl.add_constraint(key.table_name, key.name, _define(after))]
    if after.comment is not None:
        statements.append(ddl.comment_on_constraint(key.table_name, key.name, after.comment))
    if after.clustered is True:
        statements.append(cluster(key.table_name, key.name))
    return Step(
        id=f"build {key}",
        title=f"build {key}",
        statements=tuple(statements),
        execution=ExecutionClass.SCAN,
        locks=_exclusive(key),
        hazards=_hazards(key, around),
        leaves=ddl.NOTHING_LEFT,
    )


def _conflicts(key: Key, after: Exclusion, around: Surroundings) -> Guard:
    """Rows that the constraint would not allow beside another one. A row with a NULL among its keys conflicts with
    none."""
    table = key.table_name
    names = [ddl.name(f"k{n}") for n in range(1, len(after.excluded) + 1)]
    keys = ddl.joined(
        (
            ddl.compose("{key} AS {name}", key=one, name=name)
            for one, name in zip(keys_of(after.excluded), names, strict=True)
        ),
        ", ",
    )
    values = ddl.joined(keys_of(after.excluded), ", ")
    where = ddl.compose(" AND ({where})", where=ddl.fragment(after.where)) if after.where else sql.SQL("")
    condition = ddl.compose("pg_catalog.num_nulls({values}) = 0{where}", values=values, where=where)
    label = guards.row_label(around.live, table, _told_columns(after, around, table), "r")

    def compared(more: ddl.Sql) -> ddl.Sql:
        return ddl.compose(
            "SELECT r.ctid AS place, {keys}{more} FROM ONLY {table} AS r WHERE {condition}",
            keys=keys,
            more=more,
            table=ddl.relation(table),
            condition=condition,
        )

    both = ddl.joined(
        (
            ddl.compose("a.{name} {operator} b.{name}", name=name, operator=_operator(one.operator))
            for one, name in zip(after.excluded, names, strict=True)
        ),
        " AND ",
    )

    def source(more: ddl.Sql) -> ddl.Sql:
        return ddl.compose(
            "FROM ({one}) AS a WHERE EXISTS (SELECT FROM ({other}) AS b WHERE b.place <> a.place AND {both})",
            one=compared(more),
            other=compared(sql.SQL("")),
            both=both,
        )

    return Guard(
        id="conflicts",
        title=f"rows of {table} that conflict under {display(key.name)}",
        count=ddl.statement(ddl.compose("SELECT count(*) {source}", source=source(sql.SQL("")))),
        sample=ddl.statement(
            ddl.compose(
                "SELECT a.label {source} ORDER BY 1 LIMIT {limit}",
                source=source(ddl.compose(", {label} AS label", label=label)),
                limit=sql.Literal(guards.SAMPLES),
            )
        ),
        more=ddl.statement(
            ddl.compose(
                "SELECT r.* FROM ONLY {table} AS r WHERE r.ctid IN (SELECT a.place {source})",
                table=ddl.relation(table),
                source=source(sql.SQL("")),
            )
        ),
        noun="row",
        cause=f"of {table} that conflict with another one, which {display(key.name)} would not allow",
        remedy="change or delete the conflicting rows, then plan again",
        unchecked_ok=True,
    )


def _told_columns(after: Exclusion, around: Surroundings, table: TableName) -> Sequence[str]:
    named = dict.fromkeys(one.column for one in after.excluded if one.column is not None)
    return list(named) or guards.identification(around.live, table)


def _create(change: Change, around: Surroundings) -> Route:
    key, after = change.key, _as_exclusion(change.after)
    builder = RouteBuilder("absent", {key: None}).then(_build_step(key, after, around), "as declared", {key: after})
    return builder.build(change, guards=[_conflicts(key, after, around)])


def _drop(change: Change) -> Route:
    key = change.key
    builder = RouteBuilder("present", {key: Like()}).then(drop_step(key, _exclusive(key)), "absent", {key: None})
    return builder.build(change, hazards=[Hazard(kind=CONSTRAINT_DROPPED, detail=str(key))])


def _in_place(key: Key, before: Exclusion, after: Exclusion) -> Step | None:
    """Comment, storage parameters and mark can be altered; everything else needs a successor."""
    if replace(before, comment=after.comment, with_=after.with_, clustered=after.clustered) != after:
        return None
    statements: list[Statement] = []
    locks: tuple[LockClaim, ...] = ()
    if before.comment != after.comment:
        statements.append(ddl.comment_on_constraint(key.table_name, key.name, after.comment))
        locks = ddl.claims(LockMode.ACCESS_SHARE, key.table_name)
    if before.with_ != after.with_:
        statements += set_parameters(key.schema, key.name, before.with_, after.with_)
    if before.clustered != after.clustered:
        statements.append(cluster(key.table_name, key.name if after.clustered else None))
        locks = ddl.claims(LockMode.SHARE_UPDATE_EXCLUSIVE, key.table_name)
    return ddl.brief(f"alter {key}", f"alter {key}", statements, locks)


def _alter(change: Change, around: Surroundings) -> Route:
    key, before, after = change.key, _as_exclusion(change.before), _as_exclusion(change.after)
    if before == after:
        return _tidy(change, around)
    step = _in_place(key, before, after)
    if step is not None:
        return RouteBuilder("as it is", {key: before}).then(step, "as declared", {key: after}).build(change)
    return _replace(change, before, after, around)


def _replace(change: Change, before: Exclusion, after: Exclusion, around: Surroundings) -> Route:
    """The old constraint enforces until its successor is complete; both change places in one short transaction."""
    key, new = change.key, successor(change.key)
    builder = RouteBuilder("as it is", {key: before, new: None})
    unmarked = replace(after, clustered=False)
    builder.then(_build_step(new, unmarked, around), "successor built", {new: unmarked})
    swap = ddl.brief(
        f"replace {key}",
        f"replace {key} by its successor",
        [
            ddl.drop_constraint(key.table_name, key.name),
            ddl.rename_constraint(key.table_name, new.name, key.name),
            *([cluster(key.table_name, key.name)] if after.clustered else []),
        ],
        _exclusive(key),
    )
    builder.then(swap, "as declared", {key: after, new: None})
    return builder.build(change, guards=[_conflicts(key, after, around)])


def _tidy(change: Change, around: Surroundings) -> Route:
    """Remove what an abandoned replacement left behind under a name of the tool's own."""
    leftovers = [key for key in (successor(change.key), predecessor(change.key)) if key in around.live.objects]
    builder = RouteBuilder("leftover", {change.key: change.after, **{key: Like() for key in leftovers}})
    for leftover in leftovers:
        builder.then(drop_step(leftover, _exclusive(leftover)), "tidy", {leftover: None})
    return builder.build(change)


class ExclusionRouter:
    def route(self, change: Change, around: Surroundings) -> Route:
        match change.action:
            case Action.CREATE:
                return _create(change, around)
            case Action.RENAME:
                return rename(change)
            case Action.DROP:
                return _drop(change)
            case Action.ALTER | Action.VALIDATE:
                return _alter(change, around)

    def probe(self, key: Key, definition: Definition, copies: Mapping[TableName, TableName]) -> Sequence[Statement]:
        on_copy = replace(_as_exclusion(definition), tablespace=UNMANAGED)
        return [ddl.add_constraint(copies[key.table_name], key.name, _define(on_copy))]


ROUTER = ExclusionRouter()
