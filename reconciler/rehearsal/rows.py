"""Fills rebuilt tables with made-up rows that respect the constraints that exist, and those that a plan will add.

Every column gets a value. A foreign key takes a row of the table that it refers to, so tables are filled after those
that they refer to. A row that violates a constraint all the same, often a check, is tried again with NULL where that is
allowed; then it is left out and counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg
from psycopg import sql

from reconciler.kinds import purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.definition import Definition, Reference, has_index
from reconciler.model.limits import milliseconds
from reconciler.model.names import TableName
from reconciler.model.rehearsal import RowsMade
from reconciler.model.state import DesiredState, LiveState, LiveTable
from reconciler.postgres.own import do
from reconciler.postgres.session import Session, one, rows, search_path_text, send, set_local
from reconciler.rehearsal.values import NUMBER, ColumnType, types_of

MOST_ROWS = 1_000
"""The largest number of rows of each table: a row is chosen by counting the rows before it."""
_LONGEST = timedelta(seconds=60)
"""The time limit of the rows of one table."""

_EXISTING = """
    SELECT n.nspname::text AS schema, c.relname::text AS name, c.oid::int8 AS oid, c.relkind::text AS kind
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition AND n.nspname !~ '^pg_|^information_schema'
     ORDER BY 1, 2"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """A foreign key: its columns, and those that it refers to, in the same order."""

    columns: tuple[str, ...]
    target: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filling:
    """The rules of the rows of one table. `required` are the columns that are never NULL."""

    table: LiveTable
    oid: int
    required: frozenset[str]
    links: tuple[_Link, ...]
    conditions: tuple[str, ...]


def make_rows(session: Session, live: LiveState, declared: DesiredState, number: int) -> int:
    """Insert made-up rows, for each table at most this number; return how many were rejected."""
    existing = {TableName(schema=row["schema"], name=row["name"]): row["oid"] for row in _existing(session)}
    fillings = [
        _Filling(
            table=table,
            oid=existing[name],
            required=frozenset(_required(table, live, declared)),
            links=tuple(_links(name, live, declared)),
            conditions=tuple(_conditions(name, declared)),
        )
        for name, table in live.tables.items()
        if name in existing and table.relkind != "m"
    ]
    types = types_of(session, existing.values())
    path = declared.policy.path_for
    return sum(_fill(session, one, types, number, path(one.table.name.schema)) for one in _in_order(fillings))


def _existing(session: Session) -> list[dict[str, Any]]:
    return rows(session.connection, _EXISTING)


def _definitions(table: TableName, live: LiveState, declared: DesiredState) -> Iterator[Definition]:
    yield from live.all_on(table).values()
    yield from (one.definition for one in declared.on(table).values())


def _links(table: TableName, live: LiveState, declared: DesiredState) -> Iterator[_Link]:
    links: dict[tuple[str, ...], _Link] = {}
    for definition in _definitions(table, live, declared):
        target, columns = definition.reference(), definition.referring_columns()
        if target is not None and len(target.columns) == len(columns):
            links.setdefault(columns, _Link(columns=columns, target=target))
    yield from links.values()


def _required(table: LiveTable, live: LiveState, declared: DesiredState) -> Iterator[str]:
    """Yield the columns that are, or will be, NOT NULL, and those of keys."""
    yield from (column.name for column in table.columns.values() if column.not_null)
    yield from (key.name for key in declared.on(table.name) if purpose_of(key) is Purpose.FORBIDS_NULL)
    for definition in _definitions(table.name, live, declared):
        yield from (*definition.not_null_columns(), *definition.unique_columns(), *definition.referring_columns())


def _conditions(table: TableName, declared: DesiredState) -> Iterator[str]:
    """Yield the declared checks. Those that exist reject rows by themselves."""
    for one_declared in declared.on(table).values():
        if not has_index(one_declared.definition):
            yield from one_declared.definition.conditions()


def _in_order(fillings: Collection[_Filling]) -> Iterator[_Filling]:
    """Yield tables after those that they refer to, as far as possible."""
    left = {one.table.name: one for one in fillings}
    while left:
        waiting = {name: {link.target.table for link in one.links} - {name} for name, one in left.items()}
        ready = [name for name, targets in waiting.items() if not targets & left.keys()]
        for name in ready or [min(left, key=lambda each: len(waiting[each] & left.keys()))]:
            yield left.pop(name)


def _fill(
    session: Session,
    filling: _Filling,
    types: Mapping[tuple[int, str], ColumnType],
    number: int,
    path: Sequence[str],
) -> int:
    """Fill one table; return the number of rejected rows."""
    columns = [one.name for _, one in sorted(filling.table.attnums.items()) if not one.generated]
    known = {name: types[filling.oid, name] for name in columns if (filling.oid, name) in types}
    values = {name: type_.value() for name, type_ in known.items()}
    for link in filling.links:
        if link.target.table == filling.table.name:
            values.update(zip(link.columns, [values.get(to, "NULL") for to in link.target.columns], strict=True))
    linked = [link for link in filling.links if link.target.table != filling.table.name]
    for at, link in enumerate(linked):
        values.update({column: f"link_{at}.c{i}" for i, column in enumerate(link.columns)})
    fewer = {
        name: value if name in filling.required else f"NULL::{known[name].written}"
        for name, value in values.items()
    }
    block = _block(filling, values, fewer, linked, number)
    try:
        with session.connection.transaction():
            limit = {"statement_timeout": milliseconds(_LONGEST), "search_path": search_path_text(path)}
            set_local(session.connection, limit)
            send(session.connection, do(block))
            counted = one(session.connection, "SELECT pg_catalog.current_setting('reconcile.rejected') AS rejected")
            return int(counted["rejected"])
    except psycopg.Error:
        if session.connection.closed:
            raise
        return number


def _block(
    filling: _Filling, values: Mapping[str, str], fewer: Mapping[str, str], links: Sequence[_Link], number: int
) -> str:
    """Return the block that inserts rows with all values, or, where that fails, with fewer."""
    lines = ["#variable_conflict use_column", "DECLARE", "  rejected int := 0;", "  inserted int;"]
    lines += [f"  link_{at} record;" for at in range(len(links))]
    lines += [
        f"  rows_{at} bigint := (SELECT count(*) FROM {_name(link.target.table)});" for at, link in enumerate(links)
    ]
    lines += ["BEGIN", f"  FOR {NUMBER} IN 1..{number} LOOP", "    BEGIN"]
    for at, link in enumerate(links):
        chosen = ", ".join(f"{_identifier(column)} AS c{i}" for i, column in enumerate(link.target.columns))
        lines.append(
            f"      SELECT {chosen} INTO link_{at} FROM {_name(link.target.table)} "
            f"OFFSET ({NUMBER} - 1) % greatest(rows_{at}, 1) LIMIT 1;"
        )
    lines += [
        *_insertion(filling, values),
        "    EXCEPTION WHEN OTHERS THEN",
        "      inserted := 0;",
        "    END;",
        "    IF inserted = 0 THEN",
        "      BEGIN",
        *_insertion(filling, fewer),
        "      EXCEPTION WHEN OTHERS THEN",
        "        inserted := 0;",
        "      END;",
        "    END IF;",
        "    rejected := rejected + 1 - inserted;",
        "  END LOOP;",
        "  PERFORM pg_catalog.set_config('reconcile.rejected', rejected::pg_catalog.text, true);",
        "END",
    ]
    return "\n".join(lines)


def _insertion(filling: _Filling, values: Mapping[str, str]) -> Iterator[str]:
    table, columns = _name(filling.table.name), ", ".join(_identifier(name) for name in values)
    made = ", ".join(f"{value} AS {_identifier(name)}" for name, value in values.items())
    condition = " AND ".join(f"(({text}\n) IS NOT FALSE)" for text in filling.conditions) or "true"
    yield f"      INSERT INTO {table} ({columns}) SELECT * FROM (SELECT {made}) AS made WHERE {condition};"
    yield "      GET DIAGNOSTICS inserted = ROW_COUNT;"


def _name(table: TableName) -> str:
    return sql.Identifier(*table).as_string(None)


def _identifier(name: str) -> str:
    return sql.Identifier(name).as_string(None)


def without_rows(session: Session, tables: Iterable[TableName]) -> None:
    """Remove the rows of these tables, and of those that refer to them."""
    for table in tables:
        send(session.connection, f"TRUNCATE {_name(table)} CASCADE")


def rows_made(session: Session, asked: int, rejected: int) -> RowsMade:
    """Count the rows that the tables have now."""
    counts: dict[TableName, int] = {}
    for found in _existing(session):
        name = TableName(schema=found["schema"], name=found["name"])
        only = "" if found["kind"] == "p" else "ONLY "
        counts[name] = one(session.connection, f"SELECT count(*) AS number FROM {only}{_name(name)}")["number"]
    empty = tuple(str(name) for name, count in counts.items() if not count)
    return RowsMade(asked=asked, made=sum(counts.values()), rejected=rejected, empty=empty)
