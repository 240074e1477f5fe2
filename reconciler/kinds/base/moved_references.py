"""References to rows that leave: the rows that refer to them are changed, so that they refer to the row that stays.

In a batch, the referring rows change after the rows of a key are locked, and before the others leave. Nobody can add a
reference to a locked row in between. The referring rows as they were are kept in the quarantine of the foreign key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from psycopg import sql

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.duplicates import EqualKeys
from reconciler.kinds.base.not_valid import is_in_force, of_not_valid
from reconciler.kinds.base.quarantine import Quarantine
from reconciler.kinds.base.referring_keys import ReferringKey, met, referring_keys
from reconciler.kinds.base.routing import RouteContext
from reconciler.model.bound import Parameter
from reconciler.model.definition import Definition
from reconciler.model.guard import Guard
from reconciler.model.names import Key, TableName, display, free_name
from reconciler.model.rules.data import DUPLICATES, MOVED_REFERENCES
from reconciler.model.rules.hazards import REPAIRED_ROWS
from reconciler.model.state import LiveState
from reconciler.model.step import ReferenceMove

_ALIAS, _CHILD = "reconcile_leaving", "reconcile_child"


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedReference:
    """The rows that refer, by the foreign key `one`, to rows of which an `equal` row stays. `quarantine` receives them
    as they were."""

    one: ReferringKey
    equal: EqualKeys
    context: RouteContext
    quarantine: Quarantine

    @property
    def table(self) -> TableName:
        return self.one.key.table_name

    def tables(self) -> tuple[TableName, ...]:
        """Return the tables that have the referring rows: the table of the foreign key, or its partitions."""
        whole = self.context.live.tables[self.table]
        parts = self.context.live.below(self.table) if whole.is_partitioned else ()
        return tuple(one.name for one in (whole, *parts) if not one.is_partitioned)

    def moves(self, table: TableName, rows: Parameter) -> Iterator[ReferenceMove]:
        """Yield the statements that change the rows that refer to locked rows of `table`, at most `rows` at once."""
        yield from (self._move(table, child, rows) for child in self.tables())

    def _move(self, table: TableName, child: TableName, rows: Parameter) -> ReferenceMove:
        parts = {
            "child": ddl.relation(child),
            "pairs": self.equal.pairs(_ALIAS, self._referenced(), self._kept(), table),
            "met": self._met(),
        }
        find = ddl.statement(
            ddl.compose(
                "SELECT ARRAY(\n    SELECT reconcile_child.ctid\n      FROM ONLY {child} AS reconcile_child\n"
                "     WHERE EXISTS (SELECT FROM ({pairs}) AS reconcile_leaving WHERE {met})\n     LIMIT ",
                **parts,
            ),
            rows,
            ddl.fragment("\n       FOR UPDATE OF reconcile_child SKIP LOCKED\n) AS places"),
        )
        columns = self.context.live.tables[child].columns
        place, wrote = ddl.name(free_name("reconcile_place", columns)), free_name("reconcile_wrote", columns)
        new = [free_name(f"reconcile_new_{number}", columns) for number, _ in enumerate(self.one.columns, 1)]
        change = ddl.compose(
            "WITH reconcile_before AS MATERIALIZED (\n"
            "    SELECT reconcile_child.ctid AS {place}, {values}, reconcile_child.*\n"
            "      FROM ONLY {child} AS reconcile_child\n      JOIN ({pairs}) AS reconcile_leaving ON {met}\n"
            "     WHERE reconcile_child.ctid OPERATOR(pg_catalog.=) ANY ($2)\n"
            "), changed AS (\n    UPDATE ONLY {child} AS reconcile_child SET {assignments}\n"
            "      FROM reconcile_before\n"
            "     WHERE reconcile_child.ctid OPERATOR(pg_catalog.=) ANY ($2)\n"
            "       AND reconcile_child.ctid OPERATOR(pg_catalog.=) reconcile_before.{place}\n"
            " RETURNING reconcile_before.*, {wrote} AS {wrote_name}\n), kept AS (\n    ",
            **parts,
            wrote=ddl.object_of((one, ddl.output_form(sql.Identifier(_CHILD, one))) for one in self.one.columns),
            wrote_name=ddl.name(wrote),
            place=place,
            values=ddl.joined(
                (
                    ddl.compose("{kept} AS {new}", kept=sql.Identifier(_ALIAS, kept), new=ddl.name(name))
                    for kept, name in zip(self._kept(), new, strict=True)
                ),
                ", ",
            ),
            assignments=ddl.joined(
                (
                    ddl.compose("{column} = reconcile_before.{new}", column=ddl.name(column), new=ddl.name(name))
                    for column, name in zip(self.one.columns, new, strict=True)
                ),
                ", ",
            ),
        )
        identity = self.context.row_keys.get(child) or guards.identification(self.context.live, child)
        kept = self.quarantine.insert_from("changed", child, str(DUPLICATES), identity, wrote)
        counts = ddl.fragment(
            "\n    RETURNING 1\n)\nSELECT (SELECT pg_catalog.count(*) FROM changed) AS changed,\n"
            "       (SELECT pg_catalog.count(*) FROM kept) AS kept"
        )
        return ReferenceMove(table=child, find=find, change=ddl.statement(change, *kept, counts))

    def reported(self) -> Guard:
        """Return the check for the rows that will refer to another row."""
        rows = guards.scope(self.context.live, self.table)
        source = ddl.compose(
            "FROM {rows} AS reconcile_child WHERE EXISTS (SELECT FROM ({pairs}) AS reconcile_leaving WHERE {met})",
            rows=rows,
            pairs=self._all_pairs(),
            met=self._met(),
        )
        label = guards.row_label(self.context.live, self.table, self.one.columns, _CHILD)
        return Guard(
            id=MOVED_REFERENCES,
            title=f"rows of {self.table} that refer to duplicates by {self.one.key}",
            count=ddl.statement(ddl.compose("SELECT count(*) {source}", source=source)),
            sample=ddl.statement(ddl.compose("SELECT {label} {source} ORDER BY 1", label=label, source=source)),
            more=ddl.statement(ddl.compose("SELECT reconcile_child.* {source}", source=source)),
            noun="row",
            cause=f"in {self.table} to refer to the row that stays instead of a duplicate, by {self.one.key}",
            remedy=REPAIRED_ROWS.remedy,
            unchecked_ok=True,
            hazard=REPAIRED_ROWS,
        )

    def broken(self) -> Iterator[Guard]:
        """Yield a check for each CHECK that may read the columns of the foreign key, before and after the plan, and for
        each constraint that is NOT VALID: no row that refers to another row than before violates it."""
        for table in self.context.live.tree(self.table):
            for condition, key in self._conditions(table).items():
                found = self._violating(table, key, condition)
                not_valid = condition in self.context.not_valid.get(key, ())
                yield of_not_valid(found, key, self.context) if not_valid else found

    def _conditions(self, table: TableName) -> Mapping[str, Key]:
        """Return the conditions of the table itself; those that it inherits are those of its ancestors."""
        live, not_valid = self.context.live, self.context.not_valid
        planned = {key: one for key, one in self.context.target.items() if key.table_name == table}
        own = live.all_on(table) if table == self.table else live.on(table)
        found = {one: key for key in {**planned, **own} for one in not_valid.get(key, ())}
        for key, definition in (*planned.items(), *own.items()):
            if definition.as_index() is not None or not definition.is_enforced():
                continue
            if not is_in_force(key, definition, self.context):
                continue
            for condition in definition.conditions():
                # An expression may use the name of the table for the whole row.
                if guards.words_in(condition) & {*self._changed(table), table.name}:
                    found.setdefault(condition, key)
        return found

    def _changed(self, table: TableName) -> set[str]:
        """Return the columns that change: those of the foreign key, and those generated from them."""
        own = {*self.one.columns}
        return own | {one for one, text in self.context.generated.get(table, ()) if guards.words_in(text) & own}

    def _violating(self, table: TableName, key: Key, condition: str) -> Guard:
        known = self.context.live.tables[table].columns
        marker = free_name("reconcile_moved", known)
        source = ddl.compose(
            "FROM {rows} WHERE {marker} AND NOT ({condition})",
            rows=self.rows_after(marker, table),
            marker=ddl.name(marker),
            condition=ddl.fragment(condition),
        )
        label = guards.row_label(self.context.live, table, self.one.columns, table.name)
        return Guard(
            id=MOVED_REFERENCES,
            title=f"rows of {table} that would violate {key}, once they refer to the rows that stay",
            count=ddl.statement(ddl.compose("SELECT count(*) {source}", source=source)),
            sample=ddl.statement(ddl.compose("SELECT {label} {source} ORDER BY 1", label=label, source=source)),
            more=ddl.statement(ddl.compose("SELECT * {source}", source=source)),
            noun="row",
            cause=f"in {table} would violate {key}, once references move to the rows that stay",
            remedy=MOVED_REFERENCES.remedy,
            unchecked_ok=True,
        )

    def rows_after(self, moved: str, table: TableName) -> ddl.Sql:
        """Return the rows of the table, or of one below it, as they will be, with its name, for a FROM clause. The
        column `moved` is true for rows that refer to another row than before."""
        live = self.context.live
        known = live.tables[table].columns
        new = dict(zip(self.one.columns, self._kept(), strict=True))
        values = (
            ddl.compose(
                "CASE WHEN reconcile_leaving.{first} IS NOT NULL THEN reconcile_leaving.{new}::{type}\n"
                "       ELSE reconcile_child.{column} END AS {column}",
                first=ddl.name(self._kept()[0]),
                new=ddl.name(new[name]),
                type=ddl.fragment(column.type),
                column=ddl.name(name),
            )
            if name in new
            else sql.Identifier(_CHILD, name)
            for name, column in known.items()
        )
        rows = ddl.compose(
            "(SELECT {values}, reconcile_leaving.{first} IS NOT NULL AS {moved}\n"
            "   FROM {rows} AS reconcile_child LEFT JOIN ({pairs}) AS reconcile_leaving ON {met}) AS {name}",
            values=ddl.joined(values, ", "),
            first=ddl.name(self._kept()[0]),
            moved=ddl.name(moved),
            rows=guards.scope(live, table),
            pairs=self._all_pairs(),
            met=self._met(),
            name=ddl.name(table.name),
        )
        generated = dict(self.context.generated.get(table, ()))
        if not generated:
            return rows
        again = (
            ddl.compose("({text}) AS {column}", text=ddl.fragment(generated[one]), column=ddl.name(one))
            if one in generated
            else ddl.name(one)
            for one in (*known, moved)
        )
        return ddl.compose(
            "(SELECT {columns} FROM {rows}) AS {name}",
            columns=ddl.joined(again, ", "),
            rows=rows,
            name=ddl.name(table.name),
        )

    def _all_pairs(self) -> ddl.Sql:
        return self.equal.pairs(_ALIAS, self._referenced(), self._kept(), None)

    def _referenced(self) -> tuple[str, ...]:
        return tuple(column for _, column in self.one.pairs)

    def _kept(self) -> tuple[str, ...]:
        """Return the names of the values of the row that stays."""
        known = self.context.live.tables[self.equal.table].columns
        return tuple(free_name(f"reconcile_kept_{number}", known) for number, _ in enumerate(self.one.pairs, 1))

    def _met(self) -> ddl.Sql:
        return met(self.one, (_ALIAS, _CHILD), self.context)


def why_it_stays(one: ReferringKey, table: TableName, context: RouteContext) -> str:
    """Return why rows that refer to a row of `table` cannot be changed to refer to another one, empty if they can:
    another object depends on their columns in a way that an UPDATE of a single table could violate or pass on."""
    live, name = context.live, one.key.table_name
    child, written = live.tables.get(name), set(one.columns)
    if child is None:
        return f"{name} is not known"
    if not child.owned:
        return f"the role does not own {name}"
    if one.reference.period:
        return "the foreign key has a period"
    if {*live.tree(child.name)} & {*live.tree(table)} or table in live.tree(name):
        return "the table refers to itself"
    nullable = [column for column in one.reference.columns if not _never_null(table, column, context)]
    if nullable:
        return f"{display(nullable[0])} of {table} can be NULL"
    generated = [column for column in one.columns if child.columns[column].generated]
    if generated:
        return f"{display(generated[0])} of {name} is a generated column"
    for other in referring_keys(name, live, context.created):
        if written & set(other.reference.columns):
            return f"{other.key} refers to the same columns of {name}"
    if any(None in key or written & set(key) for key in _partition_keys(name, live)):
        return f"its columns, or an expression, decide the partition of a row of {name}"
    for key, definition in live.all_on(name).items():
        if _excludes(definition, written):
            return f"{key} compares these columns of rows"
    return ""


def _never_null(table: TableName, column: str, context: RouteContext) -> bool:
    """Whether the column has no NULL any more when the rows are repaired: not-nulls of the plan come first."""
    forbids = context.no_nulls.get(table, {}).get(column)
    return forbids is not None and forbids not in context.not_valid


def _partition_keys(table: TableName, live: LiveState) -> Iterator[tuple[str | None, ...]]:
    """Yield the partition keys of the table, and of its partitioned ancestors and descendants."""
    for one in live.tables.values():
        if one.name in live.tree(table) or table in live.tree(one.name):
            yield one.partition_key


def _excludes(definition: Definition, written: set[str]) -> bool:
    """Whether it compares rows by one of these columns in another way than for equality."""
    named = set(definition.columns())
    return definition.compares_rows() and definition.as_index() is None and (not named or bool(named & written))
