"""The steps that repair the rows that violate an object: after it rejects new ones, and before it is validated.

A batch is two statements in one transaction. The first locks the violating rows, and skips those that others have
locked, so a batch waits for nobody. The second sees everything that was committed before, and changes only locked
rows that still violate the object: a row that refers to them cannot be added in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from psycopg import sql

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.quarantine import Quarantine, quarantine_of
from reconciler.kinds.base.routing import RouteBuilder, RouteContext
from reconciler.model.bound import Parameter
from reconciler.model.hazards import Hazard
from reconciler.model.locks import LockMode
from reconciler.model.names import Key, TableName, display
from reconciler.model.plan import Batch, ExecutionClass, Guard, RepairAction, Statement, Step
from reconciler.model.repair import REFUSED_ROWS, RowAction, RowPolicy
from reconciler.model.rules.data import REFERENCED_ROWS
from reconciler.model.rules.hazards import DATA_LOSS, KEPT_ROWS, REPAIRED_ROWS
from reconciler.model.rules.rule import HazardKind
from reconciler.model.state import LiveState
from reconciler.model.step_id import Verb

PAGE = Parameter(name="page", shown=":page")
"""The number of rows that a batch reads."""

ROWS = Parameter(name="rows", shown=":rows")
"""The most rows that a batch changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violating:
    """The rows to repair: those of the object's table that satisfy the `condition`, which names the table by the
    `alias`. `check` finds them. `emptied` are the columns that `set null` changes; `reads` are the other tables that
    the condition reads. `inherits`: the rows of inheritance children must comply as well. `own` is the column of an
    object that has only one. `hazard` is that of a plan with such rows."""

    condition: ddl.Sql
    alias: str
    check: Guard
    emptied: tuple[str, ...] = ()
    reads: tuple[TableName, ...] = ()
    inherits: bool = False
    own: str = ""
    hazard: HazardKind = REPAIRED_ROWS


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """The repair of the rows that violate the object `key`, by a policy of the file. `quarantine` receives copies,
    if the policy keeps them."""

    key: Key
    policy: RowPolicy
    rows: Violating
    context: RouteContext
    quarantine: Quarantine | None

    def add_to(self, builder: RouteBuilder, of: Key | None = None, rows: Violating | None = None) -> None:
        """Add the steps that create the quarantine table, and that repair the rows. For one partition, `of` is the
        object on it and `rows` are its rows."""
        if self.quarantine is not None:
            self.quarantine.begin(builder, self.context, "ready to repair")
        one = self if rows is None else replace(self, rows=rows)
        builder.then(one._step(of or self.key), "repaired", {})

    def _step(self, of: Key) -> Step:
        tables = _with_rows(of.table_name, self.context.live, inherits=self.rows.inherits)
        action = RepairAction(
            policy=self.policy,
            batches=tuple(self._batch(table) for table in tables),
            check=self.rows.check,
            emptied=self.rows.emptied if self.policy.action is RowAction.SET_NULL else (),
            written=tuple(column for column, _ in self._written()),
        )
        quarantine = () if self.quarantine is None else (self.quarantine.table,)
        lost = [Hazard(kind=DATA_LOSS, detail=f"rows that violate {self.key} are deleted without a copy")]
        return Step(
            id=Verb.REPAIR.of(of),
            title=self._title(of),
            action=action,
            execution=ExecutionClass.BATCHED,
            locks=(
                *ddl.claims(LockMode.ROW_EXCLUSIVE, *tables, *quarantine),
                *ddl.claims(LockMode.ACCESS_SHARE, *(one for one in self.rows.reads if one not in tables)),
            ),
            hazards=tuple(lost) if self.policy.action is RowAction.DELETE else (),
            archives=self.quarantine is not None,
            leaves="complete batches: the next run continues with the rows that are left",
        )

    def _reported(self, guard: Guard) -> Guard:
        """Return the data check of the rows that it changes: what it finds is reported, and does not refuse the
        plan."""
        match self.policy.action:
            case RowAction.QUARANTINE if self.quarantine is not None:
                future = f"to move to {self.quarantine.table}"
            case RowAction.SET_NULL | RowAction.SET:
                future = f"to set {self._values()}"
            case _:
                future = "to delete"
        return replace(guard, hazard=self.rows.hazard, cause=f"{guard.cause}, {future}")

    def _title(self, of: Key) -> str:
        rows = f"rows of {of.table_name} that violate {self.key}"
        match self.policy.action:
            case RowAction.QUARANTINE if self.quarantine is not None:
                return f"move {rows} to {self.quarantine.table}"
            case RowAction.SET_NULL | RowAction.SET:
                return f"set {self._values()} in {rows}"
            case _:
                return f"delete {rows}"

    def _values(self) -> str:
        return ", ".join(f"{display(column)} = {text}" for column, text in self._written())

    def _written(self) -> Iterator[tuple[str, str]]:
        """Yield the columns that get another value, each with its expression."""
        if self.policy.action is RowAction.SET_NULL:
            yield from ((column, "NULL") for column in self.rows.emptied)
        if self.policy.action is RowAction.SET:
            yield from ((column or self.rows.own, text) for column, text in self.policy.values)

    def _batch(self, table: TableName) -> Batch:
        columns = guards.identification(self.context.live, table)
        known = self.context.live.tables[table].columns
        key = () if columns == ("ctid",) else tuple((column, known[column].type) for column in columns)
        return Batch(
            table=table,
            alias=ddl.text_of(ddl.name(self.rows.alias)),
            key=key,
            find=self._find(table, [name for name, _ in key]),
            change=self._change(table),
            as_planned=(_has_columns(table, self.context.live), *self._refers_as_planned(table)),
        )

    def _find(self, table: TableName, key: Sequence[str]) -> Statement:
        alias, columns = ddl.name(self.rows.alias), [self._column(one) for one in key]
        shown = (
            f"{_row(columns)} > (:after)"
            if key
            else ddl.text_of(ddl.compose("{r}.ctid >= :from AND {r}.ctid < :to", r=alias))
        )
        order = (
            ddl.compose("\n     ORDER BY {by} LIMIT ", by=ddl.joined(columns, ", ")) if key else ddl.fragment("")
        )
        last = ddl.fragment("NULL::text[]")
        if key:
            last = ddl.compose(
                "(SELECT ARRAY[{texts}] FROM page AS p ORDER BY {by} LIMIT 1)",
                texts=ddl.joined((ddl.compose("p.{c}::text", c=ddl.name(one)) for one in key), ", "),
                by=ddl.joined((ddl.compose("p.{c} DESC", c=ddl.name(one)) for one in key), ", "),
            )
        return ddl.statement(
            ddl.compose(
                "WITH page AS MATERIALIZED (\n    SELECT {columns}\n      FROM {rows}\n     WHERE ",
                columns=ddl.joined((ddl.compose("{r}.ctid AS reconcile_place", r=alias), *columns), ", "),
                rows=self._only(table),
            ),
            Parameter(name="range", shown=shown),
            order,
            *([PAGE] if key else []),
            ddl.compose(
                "\n), violating AS MATERIALIZED (\n    SELECT {alias}.ctid AS reconcile_place\n"
                "      FROM {rows}\n"
                "     WHERE {alias}.ctid = ANY (ARRAY(SELECT page.reconcile_place FROM page))\n"
                "       AND ({condition})\n     LIMIT ",
                rows=self._only(table),
                alias=alias,
                condition=self.rows.condition,
            ),
            ROWS,
            ddl.compose(
                "\n       FOR UPDATE OF {alias} SKIP LOCKED\n)\n"
                "SELECT (SELECT count(*) FROM page) AS looked_at,\n"
                "       ARRAY(SELECT violating.reconcile_place FROM violating) AS places,\n       {last} AS last",
                alias=alias,
                last=last,
            ),
        )

    def _only(self, table: TableName) -> ddl.Sql:
        """Return the table without tables below it, under the name that the condition uses."""
        rows = ddl.compose("ONLY {table}", table=ddl.relation(table))
        if table.name == self.rows.alias:
            return rows
        return ddl.compose("{rows} AS {alias}", rows=rows, alias=ddl.name(self.rows.alias))

    def _column(self, column: str) -> ddl.Sql:
        return sql.Identifier(self.rows.alias, column)

    def _typed(self, column: str, text: str) -> ddl.Sql:
        """Return a value of the file as UPDATE would read it: NULL and a literal have the type of the column. A cast
        would also shorten a text that is too long for it."""
        return ddl.compose(
            "CASE WHEN true THEN ({value}) ELSE {column} END", value=ddl.fragment(text), column=self._column(column)
        )

    def _change(self, table: TableName) -> Statement:
        parts: list[ddl.Sql | Parameter] = [*self._changed(table)]
        if self.quarantine is not None:
            identity = guards.identification(self.context.live, table)
            parts += [
                ddl.fragment(", kept AS (\n    "),
                *self.quarantine.insert_from("changed", str(self.rows.check.id), identity),
                ddl.fragment("\n    RETURNING 1\n)"),
            ]
        kept = "kept" if self.quarantine is not None else "changed"
        parts.append(
            ddl.fragment(
                f"\nSELECT (SELECT count(*) FROM changed) AS changed, (SELECT count(*) FROM {kept}) AS kept"
            )
        )
        return ddl.statement(*parts)

    def _changed(self, table: TableName) -> Iterator[ddl.Sql]:
        """Yield the expression of WITH that changes the rows and returns them as they were."""
        parts = {
            "rows": self._only(table),
            "alias": ddl.name(self.rows.alias),
            "condition": self._still(),
        }
        if self.policy.removes:
            columns = ddl.joined((self._column(one) for one in self.context.live.tables[table].columns), ", ")
            yield ddl.compose(
                "WITH changed AS (\n    DELETE FROM {rows}\n     WHERE {alias}.ctid = ANY ($1)\n"
                "       AND ({condition})\n RETURNING {columns}\n)",
                **parts,
                columns=columns,
            )
            return
        written = [ddl.name(column) for column, _ in self._written()]
        new = [ddl.name(f"reconcile_new_{number}") for number, _ in enumerate(written, 1)]
        yield ddl.compose(
            "WITH before AS MATERIALIZED (\n    SELECT {alias}.ctid AS reconcile_place, {values}, {alias}.*\n"
            "      FROM {rows}\n     WHERE {alias}.ctid = ANY ($1)\n       AND ({condition})\n"
            "), changed AS (\n    UPDATE {rows} SET {assignments}\n      FROM before\n"
            "     WHERE {alias}.ctid = ANY ($1) AND {alias}.ctid = before.reconcile_place\n RETURNING before.*\n)",
            **parts,
            values=ddl.joined(
                (
                    ddl.compose("{value} AS {name}", value=self._typed(column, text), name=name)
                    for (column, text), name in zip(self._written(), new, strict=True)
                ),
                ", ",
            ),
            assignments=ddl.joined(
                (
                    ddl.compose("{column} = before.{name}", column=column, name=name)
                    for column, name in zip(written, new, strict=True)
                ),
                ", ",
            ),
        )

    def _still(self) -> ddl.Sql:
        """Return the condition, and that no other rows would be deleted or changed with these."""
        kept = (one for one in self._concerned() if one.changes_rows or not self.policy.removes)
        conditions = [
            self.rows.condition,
            *(ddl.compose("NOT {it}", it=_referred(one, self.rows.alias, self.key, self.context)) for one in kept),
        ]
        return ddl.joined((ddl.compose("({one})", one=one) for one in conditions), " AND ")

    def _concerned(self) -> Iterator[_ReferringKey]:
        """Yield the foreign keys that refer to rows that are removed, or to columns that are emptied."""
        written = {column for column, _ in self._written()}
        for one in _referring_keys(self.key, self.context):
            if self.policy.removes or any(parent in written for _, parent in one.pairs):
                yield one

    def guards(self, found: Sequence[Guard]) -> list[Guard]:
        """Return the data checks of a route with this repair, from those without it."""
        return [*map(self._reported, found), *self._referring(), *self._still_violating()]

    def _still_violating(self) -> Iterator[Guard]:
        """Yield the check that new values comply: it replaces columns in a copy of each row."""
        if self.policy.action is not RowAction.SET:
            return
        table, written = self.key.table_name, dict(self._written())
        columns = self.context.live.tables[table].columns
        if not written.keys() <= columns.keys():
            return  # planning refuses it
        shown = ddl.joined(
            (
                ddl.compose(
                    "{value} AS {column}",
                    value=self._typed(one, written[one]) if one in written else self._column(one),
                    column=ddl.name(one),
                )
                for one in columns
            ),
            ", ",
        )
        source = ddl.compose(
            "FROM (SELECT {columns} FROM {rows} WHERE {condition}) AS {alias} WHERE {condition}",
            columns=shown,
            rows=self._everything(),
            condition=self.rows.condition,
            alias=ddl.name(self.rows.alias),
        )
        label = guards.labelled(guards.identification(self.context.live, table), self.rows.alias)
        if guards.identification(self.context.live, table) == ("ctid",):
            label = guards.labelled(tuple(written), self.rows.alias)
        yield replace(
            self.rows.check,
            title=f"{self.rows.check.title}, after {self._values()}",
            count=ddl.statement(ddl.compose("SELECT count(*) {source}", source=source)),
            sample=ddl.statement(ddl.compose("SELECT {label} {source} ORDER BY 1", label=label, source=source)),
            more=ddl.statement(ddl.compose("SELECT * {source}", source=source)),
            cause=f"{self.rows.check.cause}, also after {self._values()}",
            remedy="choose other values",
        )

    def _everything(self) -> ddl.Sql:
        """Return all rows that must comply, under the name that the condition uses."""
        table = self.key.table_name
        rows = guards.scope(self.context.live, table, inherits=self.rows.inherits)
        if table.name == self.rows.alias:
            return rows
        return ddl.compose("{rows} AS {alias}", rows=rows, alias=ddl.name(self.rows.alias))

    def _refers_as_planned(self, table: TableName) -> Iterator[Statement]:
        """Yield a query for whether only the known foreign keys would delete or change rows of other tables."""
        live = self.context.live
        if not self.policy.removes:
            return
        known = [one.key for one in _referring_keys(self.key, self.context) if one.changes_rows]
        rows = [f"({', '.join(map(_text, (one.schema, one.table, one.name)))})" for one in known]
        tables = [one for one in live.tables if table in live.tree(one)]
        yield ddl.statement(
            ddl.compose(
                "SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS c\n"
                "    JOIN pg_catalog.pg_class AS t ON t.oid = c.conrelid\n"
                "    JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace\n"
                "   WHERE c.contype = 'f' AND c.conparentid = 0 AND c.confdeltype IN ('c', 'n', 'd')\n"
                "     AND c.confrelid = ANY (ARRAY[{tables}]::pg_catalog.regclass[])"
                "{known})",
                tables=ddl.joined((ddl.literal(ddl.text_of(ddl.relation(one))) for one in tables), ", "),
                known=ddl.fragment(
                    f"\n     AND (n.nspname, t.relname, c.conname) NOT IN ({', '.join(rows)})" if rows else ""
                ),
            )
        )

    def _referring(self) -> Iterator[Guard]:
        """Yield a check for each of them: no row refers to a row that would go, or get another key."""
        table = self.key.table_name
        for one in self._concerned():
            source = ddl.compose(
                "FROM {rows} WHERE ({condition}) AND {referred}",
                rows=self._everything(),
                condition=self.rows.condition,
                referred=_referred(one, self.rows.alias, self.key, self.context),
            )
            whole = ddl.compose("{alias}.*", alias=ddl.name(self.rows.alias))
            label = guards.labelled(guards.identification(self.context.live, table), self.rows.alias)
            yield Guard(
                id=REFERENCED_ROWS,
                title=f"rows of {table} that would be repaired and that {one.key} refers to",
                count=ddl.statement(ddl.compose("SELECT count(*) {source}", source=source)),
                sample=ddl.statement(ddl.compose("SELECT {label} {source} ORDER BY 1", label=label, source=source)),
                more=ddl.statement(ddl.compose("SELECT {whole} {source}", whole=whole, source=source)),
                noun="row",
                cause=f"to repair in {table} that rows of {one.key.table_name} refer to by {one.key}",
                remedy=REFERENCED_ROWS.remedy,
                unchecked_ok=True,
            )


def waits(key: Key, context: RouteContext) -> bool:
    """Whether the object stays NOT VALID while rows violate it."""
    declared = context.declared.get(key)
    return declared is not None and declared.rows.waits


def waiting(guard: Guard, hazard: HazardKind) -> Guard:
    """Return the data check of rows that stay, for the object that is about to reject new ones."""
    return replace(guard, hazard=KEPT_ROWS if hazard is REPAIRED_ROWS else hazard)


def _text(text: str) -> str:
    return ddl.text_of(ddl.literal(text))


def _row(columns: Sequence[ddl.Sql]) -> str:
    return ddl.text_of(ddl.compose("({columns})", columns=ddl.joined(columns, ", ")))


def repair_of(key: Key, context: RouteContext, rows: Callable[[], Violating | None]) -> Repair | None:
    """Return the repair that the file declares for the rows that violate the object; None if there is none."""
    declared = context.declared.get(key)
    policy = declared.rows if declared is not None else REFUSED_ROWS
    violating = rows() if policy.repairs else None
    if violating is None:
        return None
    quarantine = quarantine_of(key, context) if policy.keeps_copies else None
    return Repair(key=key, policy=policy, rows=violating, context=context, quarantine=quarantine)


def _with_rows(table: TableName, live: LiveState, *, inherits: bool) -> tuple[TableName, ...]:
    """Return the table, or the partitions with rows; with the inheritance children if they comply as well."""
    whole = live.tables[table]
    below = live.below(table) if whole.is_partitioned or inherits else ()
    return tuple(one.name for one in (whole, *below) if not one.is_partitioned)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReferringKey:
    """A foreign key that refers to the table: (referring, referenced) columns."""

    key: Key
    pairs: tuple[tuple[str, str], ...]
    table: TableName
    changes_rows: bool


def _referring_keys(of: Key, context: RouteContext) -> Iterator[_ReferringKey]:
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
        yield _ReferringKey(
            key=key,
            pairs=pairs,
            table=reference.table,
            changes_rows=one.changes_referring_rows(),
        )


def _referred(one: _ReferringKey, alias: str, of: Key, context: RouteContext) -> ddl.Sql:
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
