"""How foreign keys are made and changed, and how orphans are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from psycopg import sql

from reconciler.kinds.foreign_key.definition import ForeignKey, Match, ReferentialAction
from reconciler.kinds.sql import ddl, guards
from reconciler.kinds.sql.routing import Surroundings
from reconciler.kinds.sql.validated_constraint import Constraint, Traits, route
from reconciler.model.change import Change
from reconciler.model.definition import Definition
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key, TableName, display
from reconciler.model.plan import Guard, Route, Statement


def _deferral(after: ForeignKey) -> str:
    if not after.deferrable:
        return "NOT DEFERRABLE"
    return "DEFERRABLE INITIALLY DEFERRED" if after.initially_deferred else "DEFERRABLE INITIALLY IMMEDIATE"


def _define(after: Constraint) -> ddl.Sql:
    assert isinstance(after, ForeignKey)
    parts = [
        ddl.compose(
            "FOREIGN KEY ({key}) REFERENCES {table} ({columns})",
            key=ddl.names(after.key),
            table=ddl.relation(after.ref_table),
            columns=ddl.names(after.ref_columns),
        )
    ]
    if after.match is Match.FULL:
        parts.append(sql.SQL("MATCH FULL"))
    if after.on_update is not ReferentialAction.NO_ACTION:
        parts.append(ddl.fragment(f"ON UPDATE {after.on_update.upper()}"))
    if after.on_delete is not ReferentialAction.NO_ACTION:
        parts.append(ddl.fragment(f"ON DELETE {after.on_delete.upper()}"))
    if after.on_delete_columns:
        parts.append(ddl.compose("({columns})", columns=ddl.names(after.on_delete_columns)))
    if after.deferrable:
        parts.append(ddl.fragment(_deferral(after)))
    return ddl.joined(parts)


def _both(key: Key, after: Constraint, mode: LockMode) -> tuple[LockClaim, ...]:
    assert isinstance(after, ForeignKey)
    return ddl.claims(mode, key.table_name, after.ref_table)


def _adding(key: Key, after: Constraint) -> tuple[LockClaim, ...]:
    return _both(key, after, LockMode.SHARE_ROW_EXCLUSIVE)


def _dropping(key: Key, after: Constraint) -> tuple[LockClaim, ...]:
    return _both(key, after, LockMode.ACCESS_EXCLUSIVE)


def _validating(key: Key, after: Constraint) -> tuple[LockClaim, ...]:
    assert isinstance(after, ForeignKey)
    return (
        LockClaim(table=key.table_name, mode=LockMode.SHARE_UPDATE_EXCLUSIVE),
        LockClaim(table=after.ref_table, mode=LockMode.ROW_SHARE),
    )


def _orphans(key: Key, after: ForeignKey, around: Surroundings) -> Guard:
    """Rows whose key stands in no row of the referenced table. A key with NULLs refers to nothing under MATCH
    SIMPLE; under MATCH FULL it must be NULL as a whole."""
    present = ddl.joined((ddl.compose("r.{c} IS NOT NULL", c=ddl.name(column)) for column in after.key), " AND ")
    equal = ddl.joined(
        (
            ddl.compose("p.{parent} = r.{child}", parent=ddl.name(parent), child=ddl.name(child))
            for parent, child in zip(after.ref_columns, after.key, strict=True)
        ),
        " AND ",
    )
    condition = ddl.compose(
        "{present} AND NOT EXISTS (SELECT FROM ONLY {parent} AS p WHERE {equal})",
        present=present,
        parent=ddl.relation(after.ref_table),
        equal=equal,
    )
    if after.match is Match.FULL and len(after.key) > 1:
        some = ddl.joined((ddl.compose("r.{c} IS NOT NULL", c=ddl.name(column)) for column in after.key), " OR ")
        missing = ddl.joined((ddl.compose("r.{c} IS NULL", c=ddl.name(column)) for column in after.key), " OR ")
        condition = ddl.compose(
            "({condition}) OR (({some}) AND ({missing}))", condition=condition, some=some, missing=missing
        )
    target = f"{after.ref_table}({', '.join(map(display, after.ref_columns))})"
    return guards.rows_guard(
        around.live,
        key.table_name,
        guard_id="orphans",
        title=f"orphans of {display(key.name)}: rows of {key.table_name} that refer to no row of {after.ref_table}",
        columns=after.key,
        condition=condition,
        cause=f"of {key.table_name} without a row in {target}",
        remedy="add the missing rows, or correct or delete the orphans, then plan again",
    )


def _guards(key: Key, after: Constraint, around: Surroundings) -> Sequence[Guard]:
    assert isinstance(after, ForeignKey)
    return [_orphans(key, after, around)]


def _in_place(change: Change) -> tuple[tuple[Statement, ...], tuple[LockClaim, ...]] | None:
    """A comment and deferrability can be altered; everything else needs a successor."""
    key, after = change.key, change.after
    assert isinstance(after, ForeignKey)
    paths = {difference.path for difference in change.differences}
    if not paths <= {"comment", "deferrable", "initially_deferred"}:
        return None
    statements, locks = [], ddl.claims(LockMode.ACCESS_SHARE, key.table_name)
    if paths & {"deferrable", "initially_deferred"}:
        action = ddl.compose(
            "ALTER CONSTRAINT {name} {deferral}", name=ddl.name(key.name), deferral=ddl.fragment(_deferral(after))
        )
        statements.append(ddl.alter_table(key.table_name, action))
        locks = ddl.claims(LockMode.ACCESS_EXCLUSIVE, key.table_name)
    if "comment" in paths:
        statements.append(ddl.comment_on_constraint(key.table_name, key.name, after.comment))
    return tuple(statements), locks


TRAITS = Traits(
    define=_define,
    add_locks=_adding,
    validate_locks=_validating,
    drop_locks=_dropping,
    guards=_guards,
    alter_in_place=_in_place,
)


class ForeignKeyRouter:
    def route(self, change: Change, around: Surroundings) -> Route:
        return route(TRAITS, change, around)

    def probe(self, key: Key, definition: Definition, copies: Mapping[TableName, TableName]) -> Sequence[Statement]:
        """The server judges whether the types match. The copy of the referenced table is given the unique key."""
        assert isinstance(definition, ForeignKey)
        parent = copies[definition.ref_table]
        on_copy = replace(definition, ref_table=parent)
        unique = ddl.compose("ADD UNIQUE ({columns})", columns=ddl.names(definition.ref_columns))
        return [
            ddl.alter_table(parent, unique),
            ddl.add_constraint(copies[key.table_name], key.name, _define(on_copy)),
        ]


ROUTER = ForeignKeyRouter()
