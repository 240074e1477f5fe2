"""Rows with equal keys: which of them stays, and how the others are found.

The server groups and sorts the rows, so two keys are equal exactly if they are equal for the index. A batch ranks the
rows that it has locked once more: a row leaves only if a row of the same key that stays is locked as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from psycopg import sql

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.guards import UniqueKey
from reconciler.model.bound import Parameter
from reconciler.model.guard import Guard
from reconciler.model.names import TableName, display
from reconciler.model.repair import KeptRow
from reconciler.model.rules.data import TIED_DUPLICATES
from reconciler.model.state import LiveState
from reconciler.model.statement import Statement

OTHERS = Parameter(name="others", shown=":others")
"""The places of rows to repair, as an array."""

KEPT = Parameter(name="kept", shown=":kept")
"""The places of the rows that stay, as an array."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualKeys:
    """The rows of `table` with equal keys `unique`, which the object `name` would reject, among those that satisfy
    `where`. Of each key, the row `kept` stays."""

    live: LiveState
    table: TableName
    name: str
    unique: tuple[UniqueKey, ...]
    nulls_distinct: bool
    where: str | None
    kept: KeptRow

    def check(self) -> Guard:
        """Return the check that no two rows have equal keys."""
        return guards.duplicates_guard(
            self.live, self.table, self.name, self.unique, nulls_distinct=self.nulls_distinct, where=self.where
        )

    def outranked(self, alias: str) -> ddl.Sql:
        """Return the condition that a row `alias` of the table has a key of which another row stays."""
        return ddl.compose(
            "EXISTS (SELECT FROM ({ranked}) AS reconcile_ranked\n"
            "     WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1\n"
            "       AND reconcile_ranked.reconcile_place OPERATOR(pg_catalog.=) {alias}.ctid\n"
            "       AND reconcile_ranked.reconcile_table OPERATOR(pg_catalog.=) {alias}.tableoid)",
            ranked=self._ranked(guards.scope(self.live, self.table)),
            alias=ddl.name(alias),
        )

    def outranked_among_locked(self, table: TableName, alias: str) -> ddl.Sql:
        """Return the condition that a row of `table` has a key of which another row at the places `$1` stays."""
        return ddl.compose(
            "{alias}.ctid OPERATOR(pg_catalog.=) ANY (ARRAY(\n"
            "         SELECT reconcile_ranked.reconcile_place FROM ({ranked}) AS reconcile_ranked\n"
            "          WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1))",
            ranked=self._ranked_among_locked(table),
            alias=ddl.name(alias),
        )

    def _ranked_among_locked(self, table: TableName) -> ddl.Sql:
        at_places = ddl.compose("{name}.ctid OPERATOR(pg_catalog.=) ANY ($1)", name=ddl.name(self.table.name))
        return self._ranked(self._only(table), at_places)

    def listing(self, table: TableName) -> Statement:
        """Return the query for the places of the rows of `table` to repair, and of the rows that stay for them. Rows
        that tie are listed as well; a batch does not change them. The server computes only what a query uses, and
        ranks would take longer."""
        return ddl.statement(
            ddl.compose(
                "SELECT reconcile_ranked.reconcile_place::pg_catalog.text AS other,\n"
                "       reconcile_ranked.reconcile_first::pg_catalog.text AS kept\n"
                "  FROM ({ranked}) AS reconcile_ranked\n"
                " WHERE reconcile_ranked.reconcile_first OPERATOR(pg_catalog.<>) reconcile_ranked.reconcile_place\n"
                " ORDER BY reconcile_ranked.reconcile_place",
                ranked=self._ranked(self._only(table)),
            )
        )

    def pairs(self, alias: str, columns: Sequence[str], kept: Sequence[str], locked: TableName | None) -> ddl.Sql:
        """Return a query for the `columns` of each row that leaves, and for those of the row that stays, under the
        names `kept`: of all rows, or of those of the table `locked` at the places `$1`."""
        rows = guards.scope(self.live, self.table) if locked is None else _only(locked)
        ranked = self._ranked(rows) if locked is None else self._ranked_among_locked(locked)
        values = (
            *(sql.Identifier(alias, one) for one in columns),
            *(
                ddl.compose("reconcile_kept.{one} AS {name}", one=ddl.name(one), name=ddl.name(name))
                for one, name in zip(columns, kept, strict=True)
            ),
        )
        return ddl.compose(
            "SELECT {values}\n"
            "       FROM ({ranked}) AS reconcile_ranked\n"
            "       JOIN {rows} AS {alias} ON {alias}.ctid OPERATOR(pg_catalog.=) reconcile_ranked.reconcile_place\n"
            "        AND {alias}.tableoid OPERATOR(pg_catalog.=) reconcile_ranked.reconcile_table\n"
            "       JOIN {rows} AS reconcile_kept\n"
            "         ON reconcile_kept.ctid OPERATOR(pg_catalog.=) reconcile_ranked.reconcile_first\n"
            "        AND reconcile_kept.tableoid OPERATOR(pg_catalog.=) reconcile_ranked.reconcile_table\n"
            "      WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1",
            values=ddl.joined(values, ", "),
            ranked=ranked,
            rows=rows,
            alias=ddl.name(alias),
        )

    def find(self, table: TableName, alias: str) -> Statement:
        """Return the statement that locks the rows at some places, if no other session has locked them. Rows that stay
        are neither removed nor changed until the end of the batch; foreign keys may still refer to them."""
        parts = {"r": ddl.name(alias), "table": ddl.relation(table)}
        begin = ddl.compose(
            "ARRAY(\n    SELECT {r}.ctid FROM ONLY {table} AS {r}\n     WHERE {r}.ctid OPERATOR(pg_catalog.=) ANY (",
            **parts,
        )
        end = "::pg_catalog.tid[])\n       FOR {mode} OF {r} SKIP LOCKED\n)"
        return ddl.statement(
            ddl.compose("SELECT {begin}", begin=begin),
            OTHERS,
            ddl.compose(
                f"{end} OPERATOR(pg_catalog.||) {{begin}}", mode=ddl.fragment("UPDATE"), begin=begin, **parts
            ),
            KEPT,
            ddl.compose(f"{end} AS places", mode=ddl.fragment("SHARE"), **parts),
        )

    def ties(self) -> Iterator[Guard]:
        """Yield the check that `by` selects one row of each key; a primary key decides between equal rows."""
        if self._identified():
            return
        source = ddl.compose(
            "FROM ({ranked}) AS reconcile_ranked WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.=) 1 "
            "AND reconcile_ranked.reconcile_number OPERATOR(pg_catalog.=) 2",
            ranked=self._ranked(guards.scope(self.live, self.table), shown=guards.key_label(self._keys())),
        )
        by = ", ".join(map(display, self.kept.by))
        yield Guard(
            id=TIED_DUPLICATES,
            title=f"duplicate keys of {display(self.name)} in {self.table} for which `by` does not select one row",
            count=ddl.statement(ddl.compose("SELECT count(*) {source}", source=source)),
            sample=ddl.statement(
                ddl.compose("SELECT reconcile_ranked.reconcile_label {source} ORDER BY 1", source=source)
            ),
            more=ddl.statement(ddl.compose("SELECT reconcile_ranked.reconcile_label {source}", source=source)),
            noun="duplicate key",
            cause=f"in {self.table}, which has no primary key: several rows come first by {by}",
            remedy=TIED_DUPLICATES.remedy,
            unchecked_ok=True,
        )

    def stays(self, alias: str) -> ddl.Sql:
        """Return the condition that a row `alias` of the table is the one that stays of several rows with its key."""
        return ddl.compose(
            "EXISTS (SELECT FROM ({ranked}) AS reconcile_ranked\n"
            "     WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1\n"
            "       AND reconcile_ranked.reconcile_first OPERATOR(pg_catalog.=) {alias}.ctid\n"
            "       AND reconcile_ranked.reconcile_table OPERATOR(pg_catalog.=) {alias}.tableoid)",
            ranked=self._ranked(guards.scope(self.live, self.table)),
            alias=ddl.name(alias),
        )

    def missing(self) -> tuple[str, ...]:
        """Return the columns that decide which row stays and that the table does not have."""
        return tuple(one for one in self.kept.by if one not in self.live.tables[self.table].columns)

    def _identified(self) -> bool:
        return guards.identification(self.live, self.table) != ("ctid",)

    def _keys(self) -> list[ddl.Sql]:
        return [guards.selected_key(one.value, self.where) for one in self.unique]

    def _ranked(self, rows: ddl.Sql, condition: ddl.Sql | None = None, *, shown: ddl.Sql | None = None) -> ddl.Sql:
        """Return a query that ranks the rows of each key: the row that stays has rank 1. The expressions of the key
        name the table, so `rows` has its name."""
        name = ddl.name(self.table.name)
        conditions = [] if condition is None else [condition]
        conditions += guards.compared_rows(self.unique, nulls_distinct=self.nulls_distinct, where=self.where)
        numbered = "pg_catalog.row_number() OVER reconcile_key AS reconcile_number"
        shown = (
            ddl.fragment("")
            if shown is None
            else ddl.compose(f", {numbered}, {{shown}} AS reconcile_label", shown=shown)
        )
        return ddl.compose(
            "SELECT {name}.tableoid AS reconcile_table, {name}.ctid AS reconcile_place,\n"
            "            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,\n"
            "            pg_catalog.first_value({name}.ctid) OVER reconcile_key AS reconcile_first{shown}\n"
            "       FROM {rows}{where}\n"
            "     WINDOW reconcile_key AS (PARTITION BY {keys} ORDER BY {order} ROWS UNBOUNDED PRECEDING)",
            name=name,
            rows=rows,
            shown=shown,
            where=ddl.compose("\n      WHERE {all}", all=ddl.joined(conditions, " AND "))
            if conditions
            else ddl.fragment(""),
            keys=ddl.joined(self._keys(), ", "),
            order=ddl.joined(self._order(), ", "),
        )

    def _order(self) -> Iterator[ddl.Sql]:
        """Yield the order of rows within a key. PARTITION BY uses the equality of an operator in ORDER BY instead of
        the type's own.

        Source: transformWindowDefinitions (src/backend/parser/parse_clause.c)
        """
        for key, one in zip(self._keys(), self.unique, strict=True):
            if one.less is not None:
                yield guards.using(key, one.less)
        direction = "DESC NULLS LAST" if self.kept.newest else "ASC NULLS FIRST"
        identity = guards.identification(self.live, self.table) if self._identified() else ()
        for column in dict.fromkeys((*self.kept.by, *identity)):
            yield ddl.compose(f"{{column}} {direction}", column=sql.Identifier(self.table.name, column))

    def _only(self, table: TableName) -> ddl.Sql:
        if table.name == self.table.name:
            return _only(table)
        return ddl.compose("{rows} AS {name}", rows=_only(table), name=ddl.name(self.table.name))


def _only(table: TableName) -> ddl.Sql:
    return ddl.compose("ONLY {table}", table=ddl.relation(table))
