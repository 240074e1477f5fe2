"""The statements of a batch: which rows it finds, and what it does with them.

A batch is two statements in one transaction. The first locks the violating rows, and skips those that others have
locked, so a batch waits for nobody. The second sees everything that was committed before, and changes only locked
rows that still violate the object: a row that refers to them cannot be added in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from psycopg import sql

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.duplicates import EqualKeys
from reconciler.kinds.base.moved_references import MovedReference
from reconciler.kinds.base.quarantine import Quarantine
from reconciler.kinds.base.referring_keys import ReferringKey, referred, referring_keys
from reconciler.kinds.base.routing import RouteContext
from reconciler.model.bound import Parameter
from reconciler.model.guard import Guard
from reconciler.model.names import Key, TableName, free_name
from reconciler.model.repair import RowAction, RowPolicy
from reconciler.model.rules.hazards import REPAIRED_ROWS
from reconciler.model.rules.rule import HazardKind
from reconciler.model.state import LiveState
from reconciler.model.statement import Statement
from reconciler.model.step import Batch

FIRST, END = Parameter(name="first", shown=":first"), Parameter(name="end", shown=":end")
"""The pages of a batch: places such as `'(8,0)'`, of which the last one is not in the batch any more."""

ROWS = Parameter(name="rows", shown=":rows")
"""The most rows that a batch changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violating:
    """The rows to repair: those of the object's table that satisfy the `condition`, which names the table by the
    `alias`. `check` finds them. `emptied` are the columns that `set null` changes; `reads` are the other tables that
    the condition reads. `inherits`: the rows of inheritance children must comply as well. `own` is the column of an
    object that has only one. `hazard` is that of a plan with such rows. `equal` is set if rows violate the object
    together, because their keys are equal."""

    condition: ddl.Sql
    alias: str
    check: Guard
    emptied: tuple[str, ...] = ()
    reads: tuple[TableName, ...] = ()
    inherits: bool = False
    own: str = ""
    hazard: HazardKind = REPAIRED_ROWS
    equal: EqualKeys | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChanges:
    """What happens to the rows that violate the object `key`, by a policy of the file. `quarantine` receives copies,
    if the policy keeps them. `moved` are the references that move to rows that stay."""

    key: Key
    policy: RowPolicy
    rows: Violating
    context: RouteContext
    quarantine: Quarantine | None
    moved: tuple[MovedReference, ...] = ()

    def written(self) -> Iterator[tuple[str, str]]:
        """Yield the columns that get another value, each with its expression."""
        if self.policy.action is RowAction.SET_NULL:
            yield from ((column, "NULL") for column in self.rows.emptied)
        if self.policy.action is RowAction.SET:
            yield from ((column or self.rows.own, text) for column, text in self.policy.values)

    def batch(self, table: TableName) -> Batch:
        equal, alias, live = self.rows.equal, self.rows.alias, self.context.live
        referring = tuple(one for moved in self.moved for one in moved.tables())
        return Batch(
            table=table,
            find=self._find(table) if equal is None else equal.find(table, alias),
            change=self._change(table),
            as_planned=(
                _has_columns(table, live),
                self._refers_as_planned(table),
                *(_has_columns(one, live) for one in referring),
                *(one.still_sound() for one in self.quarantines),
            ),
            also_locked=(*referring, *(one.table for one in self.quarantines)),
            listing=None if equal is None else equal.listing(table),
            moves=tuple(move for one in self.moved for move in one.moves(table, ROWS)),
        )

    @property
    def quarantines(self) -> tuple[Quarantine, ...]:
        """Return the tables that receive rows."""
        own = () if self.quarantine is None else (self.quarantine,)
        return (*own, *(one.quarantine for one in self.moved))

    def _find(self, table: TableName) -> Statement:
        parts = {"alias": ddl.name(self.rows.alias), "rows": self._only(table), "condition": self.rows.condition}
        return ddl.statement(
            ddl.compose(
                "SELECT ARRAY(\n    SELECT {alias}.ctid\n      FROM {rows}\n"
                "     WHERE {alias}.ctid OPERATOR(pg_catalog.>=) ",
                **parts,
            ),
            FIRST,
            ddl.compose(" AND {alias}.ctid OPERATOR(pg_catalog.<) ", **parts),
            END,
            ddl.compose("\n       AND ({condition})\n     LIMIT ", **parts),
            ROWS,
            ddl.compose("\n       FOR UPDATE OF {alias} SKIP LOCKED\n) AS places", **parts),
        )

    def _only(self, table: TableName) -> ddl.Sql:
        """Return the table without its descendants, under the name that the condition uses."""
        rows = ddl.compose("ONLY {table}", table=ddl.relation(table))
        if table.name == self.rows.alias:
            return rows
        return ddl.compose("{rows} AS {alias}", rows=rows, alias=ddl.name(self.rows.alias))

    def everything(self, table: TableName) -> ddl.Sql:
        """Return all rows that must comply, under the name that the condition uses."""
        rows = guards.scope(self.context.live, table, inherits=self.rows.inherits)
        if table.name == self.rows.alias:
            return rows
        return ddl.compose("{rows} AS {alias}", rows=rows, alias=ddl.name(self.rows.alias))

    def those(self, table: TableName, condition: ddl.Sql) -> ddl.Sql:
        """Return those of the rows that satisfy a condition, which may use the name of the table."""
        return ddl.compose(
            "(SELECT * FROM {rows} WHERE {condition}) AS {alias}",
            rows=guards.scope(self.context.live, table, inherits=self.rows.inherits),
            condition=condition,
            alias=ddl.name(self.rows.alias),
        )

    def _own_name(self, table: TableName, name: str) -> str:
        """Return a name that no column of the table has."""
        return free_name(name, self.context.live.tables[table].columns)

    def column(self, column: str) -> ddl.Sql:
        return sql.Identifier(self.rows.alias, column)

    def typed(self, column: str, text: str) -> ddl.Sql:
        """Return a value of the file as UPDATE would read it: NULL and a literal have the type of the column. A cast
        would also shorten a text that is too long for it."""
        return ddl.compose(
            "CASE WHEN true THEN ({value}) ELSE {column} END", value=ddl.fragment(text), column=self.column(column)
        )

    def _change(self, table: TableName) -> Statement:
        parts: list[ddl.Sql | Parameter] = [*self._changed(table)]
        if self.quarantine is not None:
            identity = self.context.row_keys.get(table) or guards.identification(self.context.live, table)
            wrote = None if self.policy.removes else self._own_name(table, "reconcile_wrote")
            parts += [
                ddl.fragment(", kept AS (\n    "),
                *self.quarantine.insert_from("changed", table, str(self.rows.check.id), identity, wrote),
                ddl.fragment("\n    RETURNING 1\n)"),
            ]
        kept = "kept" if self.quarantine is not None else "changed"
        parts.append(
            ddl.fragment(
                f"\nSELECT (SELECT pg_catalog.count(*) FROM changed) AS changed,\n"
                f"       (SELECT pg_catalog.count(*) FROM {kept}) AS kept"
            )
        )
        return ddl.statement(*parts)

    def _changed(self, table: TableName) -> Iterator[ddl.Sql]:
        """Yield the expression of WITH that changes the rows and returns them as they were."""
        parts = {
            "rows": self._only(table),
            "alias": ddl.name(self.rows.alias),
            "condition": self._still(table),
        }
        if self.policy.removes:
            columns = ddl.joined((self.column(one) for one in self.context.live.tables[table].columns), ", ")
            # The condition of equal keys has only rows at these places. Comparing both lists would take too long.
            places = "" if self.rows.equal else "{alias}.ctid OPERATOR(pg_catalog.=) ANY ($1)\n       AND "
            yield ddl.compose(
                "WITH changed AS (\n    DELETE FROM {rows}\n     WHERE "
                f"{places}({{condition}})\n RETURNING {{columns}}\n)",
                **parts,
                columns=columns,
            )
            return
        written = [ddl.name(column) for column, _ in self.written()]
        before = ddl.name(free_name("reconcile_before", {self.rows.alias}))
        new = [ddl.name(self._own_name(table, f"reconcile_new_{number}")) for number, _ in enumerate(written, 1)]
        yield ddl.compose(
            "WITH {before} AS MATERIALIZED (\n    SELECT {alias}.ctid AS {place}, {values}, {alias}.*\n"
            "      FROM {rows}\n     WHERE {alias}.ctid OPERATOR(pg_catalog.=) ANY ($1)\n       AND ({condition})\n"
            "), changed AS (\n    UPDATE {rows} SET {assignments}\n      FROM {before}\n"
            "     WHERE {alias}.ctid OPERATOR(pg_catalog.=) ANY ($1)\n"
            "       AND {alias}.ctid OPERATOR(pg_catalog.=) {before}.{place}\n"
            " RETURNING {before}.*, {wrote} AS {wrote_name}\n)",
            **parts,
            before=before,
            wrote=ddl.object_of((column, ddl.output_form(self.column(column))) for column, _ in self.written()),
            wrote_name=ddl.name(self._own_name(table, "reconcile_wrote")),
            place=ddl.name(self._own_name(table, "reconcile_place")),
            values=ddl.joined(
                (
                    ddl.compose("{value} AS {name}", value=self.typed(column, text), name=name)
                    for (column, text), name in zip(self.written(), new, strict=True)
                ),
                ", ",
            ),
            assignments=ddl.joined(
                (
                    ddl.compose("{column} = {before}.{name}", column=column, before=before, name=name)
                    for column, name in zip(written, new, strict=True)
                ),
                ", ",
            ),
        )

    def _still(self, table: TableName) -> ddl.Sql:
        """Return the condition, and that no other rows would be deleted or changed with these."""
        kept = (one for one in self.concerned() if one.changes_rows or self.moved or not self.policy.removes)
        equal = self.rows.equal
        conditions = [
            self.rows.condition if equal is None else equal.outranked_among_locked(table, self.rows.alias),
            *(ddl.compose("NOT {it}", it=referred(one, self.rows.alias, self.context)) for one in kept),
        ]
        return ddl.joined((ddl.compose("({one})", one=one) for one in conditions), " AND ")

    def concerned(self) -> Iterator[ReferringKey]:
        """Yield the foreign keys that refer to rows that are removed, or to columns that change: those that are
        written, and generated ones, which may depend on them."""
        columns = self.context.live.tables[self.key.table_name].columns.values()
        changed = {column for column, _ in self.written()} | {one.name for one in columns if one.generated}
        for one in self._referring_keys():
            if self.policy.removes or not changed.isdisjoint(one.reference.columns):
                yield one

    def _referring_keys(self) -> Iterator[ReferringKey]:
        live, created = self.context.live, self.context.created
        for one in referring_keys(self.key.table_name, live, created):
            # A new foreign key to the object itself is created after it, and its rows refer to the row that stays.
            own = created.get(self.key) if one.key not in live.objects and self.rows.equal is not None else None
            if own is None or one.reference.table != self.key.table_name or not own.serves(one.reference):
                yield one

    def _refers_as_planned(self, table: TableName) -> Statement:
        """Return a query for whether only the known foreign keys would delete or change rows of other tables."""
        live = self.context.live
        known = [one.key for one in self._referring_keys()]
        rows = [f"({', '.join(map(_text, (one.schema, one.table, one.name)))})" for one in known]
        tables = [one for one in live.tables if table in live.tree(one)]
        return ddl.statement(
            ddl.compose(
                "SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS c\n"
                "    JOIN pg_catalog.pg_class AS t ON t.oid = c.conrelid\n"
                "    JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace\n"
                "   WHERE c.contype = 'f' AND c.conparentid = 0 AND {action} IN ('c', 'n', 'd')\n"
                "     AND c.confrelid = ANY (ARRAY[{tables}]::pg_catalog.regclass[])"
                "{known})",
                action=ddl.fragment("c.confdeltype" if self.policy.removes else "c.confupdtype"),
                tables=ddl.joined((ddl.literal(ddl.text_of(ddl.relation(one))) for one in tables), ", "),
                known=ddl.fragment(
                    f"\n     AND (n.nspname, t.relname, c.conname) NOT IN ({', '.join(rows)})" if rows else ""
                ),
            )
        )


def _text(text: str) -> str:
    return ddl.text_of(ddl.literal(text))


def _has_columns(table: TableName, live: LiveState) -> Statement:
    """Return a query for whether the table has exactly the columns of the plan: a row moves as a whole."""
    columns = sorted((column.name, column.type) for column in live.tables[table].columns.values())
    wanted = ddl.joined(
        (ddl.literal(one) for pair in columns for one in pair),
        ", ",
    )
    return ddl.statement(
        ddl.compose(
            "SELECT ARRAY[{wanted}]::text[] = ARRAY(\n"
            "    SELECT pair.one FROM pg_catalog.pg_attribute AS a,\n"
            "           LATERAL (VALUES (1, a.attname::text), (2, pg_catalog.format_type(a.atttypid, a.atttypmod)))"
            " AS pair (n, one)\n"
            "     WHERE a.attrelid = {table}::pg_catalog.regclass AND a.attnum > 0 AND NOT a.attisdropped\n"
            '     ORDER BY a.attname::text COLLATE "C", pair.n)',
            wanted=wanted,
            table=ddl.literal(ddl.text_of(ddl.relation(table))),
        )
    )
