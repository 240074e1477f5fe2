"""Data checks: read-only counts of rows that would violate a constraint, with samples."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from reconciler.kinds.base.ddl import Sql, compose, fragment, joined, name, relation, statement
from reconciler.model.guard import Guard
from reconciler.model.names import Key, TableName, display
from reconciler.model.rules.data import DUPLICATES
from reconciler.model.rules.hazards import LARGE_KEYS
from reconciler.model.rules.rule import Rule
from reconciler.model.state import LiveState


def identification(live: LiveState, table: TableName) -> tuple[str, ...]:
    """Return the columns that identify rows of the table: its primary key, otherwise the physical place of the
    row."""
    primary_key = live.get(Key(schema=table.schema, table=table.name, kind="primary_key"))
    return primary_key.indexed_columns() if primary_key else ("ctid",)


_STRING = re.compile(r"'(?:[^']|'')*'")
_WORD = re.compile(r'"((?:[^"]|"")+)"|([^\W\d][\w$]*)')
_SHOWN_COLUMNS = 6


def words_in(expression: str) -> set[str]:
    """Return the names and keywords in an expression."""
    words = _WORD.findall(_STRING.sub("''", expression))
    return {quoted.replace('""', '"') or word.lower() for quoted, word in words}


def named_columns(expression: str, live: LiveState, table: TableName) -> tuple[str, ...]:
    """Return the table's columns that the expression names, for samples; those of `identification` if it names
    none."""
    named = words_in(expression)
    known = live.tables.get(table)
    found = tuple(column for column in (known.columns if known is not None else ()) if column in named)
    return found[:_SHOWN_COLUMNS] or identification(live, table)


def labelled(columns: Sequence[str], alias: str) -> Sql:
    """Return SQL text that prints `a=1, b=NULL` for the columns of a row."""
    pieces: list[Sql] = []
    for column in columns:
        label = sql.Literal(("" if not pieces else ", ") + f"{display(column)}=")
        value = compose("coalesce({column}::text, 'NULL')", column=sql.Identifier(alias, column))
        pieces.append(compose("{label} || {value}", label=label, value=value))
    return joined(pieces, " || ")


def row_label(live: LiveState, table: TableName, columns: Sequence[str], alias: str) -> Sql:
    """Return SQL text that prints the offending columns of a row and, in brackets, the columns that identify the
    row."""
    identity = [column for column in identification(live, table) if column not in columns]
    if not identity:
        return labelled(columns, alias)
    return compose(
        "{columns} || ' [' || {identity} || ']'",
        columns=labelled(columns, alias),
        identity=labelled(identity, alias),
    )


def scope(live: LiveState, table: TableName, *, inherits: bool = False) -> Sql:
    """Return the table for a FROM clause: all of a partitioned table; of an inheritance parent only its own rows,
    unless its children inherit the constraint."""
    known = live.tables.get(table)
    whole = known is not None and (known.is_partitioned or (inherits and known.is_inherited))
    return relation(table) if whole else compose("ONLY {table}", table=relation(table))


def rows_guard(
    live: LiveState,
    table: TableName,
    *,
    guard_id: Rule,
    title: str,
    columns: Sequence[str],
    condition: Sql,
    cause: str,
    inherits: bool = False,
    by_value: bool = True,
    remedy: str = "",
    alias: str | None = "r",
) -> Guard:
    """Return the check that no row of `table`, or of its children if they inherit the constraint, satisfies
    `condition`. The condition refers to the table by the alias, or by its name if the alias is None.

    `remedy` is that of the rule if it is empty. Samples show the `columns` of offending rows. With `by_value` they show
    each value once, with its number of rows.
    """
    rows = scope(live, table, inherits=inherits)
    called = rows if alias is None else compose("{rows} AS {alias}", rows=rows, alias=sql.SQL(alias))
    source = compose("FROM {rows} WHERE {condition}", rows=called, condition=condition)
    whole, alias = sql.SQL("*" if alias is None else f"{alias}.*"), alias or table.name
    return Guard(
        id=guard_id,
        title=title,
        count=statement(compose("SELECT count(*) {source}", source=source)),
        sample=statement(
            _values(live, table, columns, source, alias)
            if by_value
            else compose(
                "SELECT {label} {source} ORDER BY 1", label=row_label(live, table, columns, alias), source=source
            )
        ),
        more=statement(compose("SELECT {whole} {source}", whole=whole, source=source)),
        noun="row",
        cause=cause,
        remedy=remedy or guard_id.remedy,
        unchecked_ok=True,
    )


def _values(live: LiveState, table: TableName, columns: Sequence[str], source: Sql, alias: str) -> Sql:
    """Return SQL text that prints `user_id=7 in 3 rows` for each value, the most frequent first; for a single row
    it says which row it is."""
    identity = [column for column in identification(live, table) if column not in columns]
    single = compose("' [' || min(v.which) || ']'") if identity else sql.SQL("''")
    return compose(
        "SELECT v.value || CASE WHEN count(*) = 1 THEN {single} ELSE ' in ' || {number} || ' rows' END "
        "FROM (SELECT {value} AS value, {which} AS which {source}) AS v GROUP BY v.value ORDER BY count(*) DESC, 1",
        single=single,
        number=_grouped("count(*)"),
        value=labelled(columns, alias),
        which=labelled(identity, alias) if identity else sql.SQL("NULL"),
        source=source,
    )


def _grouped(number: str) -> Sql:
    """Return a number as SQL text with separators: `1,500`."""
    return fragment(f"pg_catalog.to_char({number}, 'FM999,999,999,999,999,999')")


def is_present(live: LiveState, table: TableName, column: str) -> str:
    """Return the words that follow a column in the condition that it has a value. For constraints and indexes, a
    row value whose fields are all null counts as a value; IS NOT NULL would test each field."""
    return "IS DISTINCT FROM NULL" if is_row(live, table, column) else "IS NOT NULL"


def is_row(live: LiveState, table: TableName, column: str) -> bool:
    """Whether the type of a column is a row of fields."""
    known = live.tables.get(table)
    return known is not None and column in known.columns and known.columns[column].is_row


def selected_key(key: Sql, where: str | None) -> Sql:
    """Return the key, evaluated only for rows that satisfy the index predicate, whatever the planner's order of
    conditions."""
    return key if where is None else compose("CASE WHEN ({where}) THEN {key} END", where=fragment(where), key=key)


LARGEST_KEY = 2690
"""The most bytes of values that fit into a B-tree index entry of 2,704 bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusableKeys:
    """Conditions, of which each is true for a row that an index cannot hold, and the limit of a key in bytes."""

    conditions: Sequence[Sql]
    most: int


def larger(size: Sql, most: int) -> Sql:
    return compose("{size} > {most}", size=size, most=sql.SQL(str(most)))


def size_of(keys: Sequence[Sql], where: str | None) -> Sql:
    """Return the bytes of the keys of a row together."""
    return joined(
        [compose("coalesce(pg_column_size({key}), 0)", key=selected_key(key, where)) for key in keys], " + "
    )


def unusable_keys_guard(
    live: LiveState, table: TableName, object_name: str, unusable: UnusableKeys, *, where: str | None
) -> Guard:
    """Return the check that the index expressions can be computed for each row of the index, and that no entry is too
    large."""
    found = joined(unusable.conditions, " OR ")
    if len(unusable.conditions) > 1:
        found = compose("({any})", any=found)
    conditions = [found] if where is None else [compose("({where})", where=fragment(where)), found]
    source = compose("FROM {rows} WHERE {all}", rows=scope(live, table), all=joined(conditions, " AND "))
    label = row_label(live, table, identification(live, table), table.name)
    return Guard(
        id=LARGE_KEYS,
        title=f"keys of {display(object_name)} on {table} that cannot be computed or are too large",
        count=statement(compose("SELECT count(*) {source}", source=source)),
        sample=statement(compose("SELECT {label} {source} ORDER BY 1", label=label, source=source)),
        more=statement(compose("SELECT * {source}", source=source)),
        noun="row",
        cause=f"in {table} with a key of more than {unusable.most:,} bytes in {display(object_name)}",
        remedy=LARGE_KEYS.remedy,
        unchecked_ok=True,
        hazard=LARGE_KEYS,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UniqueKey:
    """A key whose values are unique. `present` are the words that follow it in the condition that it has a value.
    `less` is the operator (schema and name) that orders its values, if its equality is not that of its type."""

    value: Sql
    present: str
    less: tuple[str, str] | None = None


def duplicates_guard(
    live: LiveState,
    table: TableName,
    object_name: str,
    unique: Sequence[UniqueKey],
    *,
    nulls_distinct: bool,
    where: str | None = None,
    rows: Sql | None = None,
    having: Sql | None = None,
) -> Guard:
    """Return the check that no two rows (that satisfy `where`) have equal keys. Keys are expressions over the
    table's columns. `rows` are those of the table unless given, and `having` is a condition for each key."""
    keys = [selected_key(key.value, where) for key in unique]
    conditions = compared_rows(unique, nulls_distinct=nulls_distinct, where=where)
    filtered = compose("WHERE {all}", all=joined(conditions, " AND ")) if conditions else sql.SQL("")
    groups = compose(
        "SELECT {keys}, count(*) AS rows FROM {rows} {filtered} "
        "GROUP BY {positions} HAVING count(*) > 1{having}{order}",
        keys=joined(
            (compose("{key} AS {alias}", key=key, alias=name(f"k{n}")) for n, key in enumerate(keys, 1)), ", "
        ),
        rows=scope(live, table) if rows is None else rows,
        having=sql.SQL("") if having is None else compose(" AND {having}", having=having),
        filtered=filtered,
        positions=joined((sql.SQL(str(n)) for n in range(1, len(keys) + 1)), ", "),
        order=_order(unique),
    )
    label = key_label([sql.Identifier("d", f"k{n}") for n in range(1, len(keys) + 1)])
    return Guard(
        id=DUPLICATES,
        title=f"duplicate keys in {table} that would violate {display(object_name)}",
        count=statement(compose("SELECT count(*) FROM ({groups}) AS d", groups=groups)),
        sample=statement(
            compose(
                "SELECT '(' || {label} || ') in ' || {number} || ' rows' FROM ({groups}) AS d ORDER BY 1",
                label=label,
                number=_grouped("d.rows"),
                groups=groups,
            )
        ),
        more=statement(groups),
        noun="duplicate key",
        cause=f"in {table} would violate {display(object_name)}",
        remedy=DUPLICATES.remedy,
        unchecked_ok=True,
    )


def compared_rows(unique: Sequence[UniqueKey], *, nulls_distinct: bool, where: str | None) -> list[Sql]:
    """Return the conditions for the rows whose keys a unique index compares."""
    conditions = [
        compose("({key}) {present}", key=selected_key(one.value, where), present=fragment(one.present))
        for one in unique
        if nulls_distinct
    ]
    return conditions if where is None else [*conditions, compose("({where})", where=fragment(where))]


def key_label(keys: Sequence[Sql]) -> Sql:
    """Return SQL text that prints the values of a key: `7, USD`."""
    return joined((compose("coalesce({key}::text, 'NULL')", key=key) for key in keys), " || ', ' || ")


def using(key: Sql, less: tuple[str, str]) -> Sql:
    """Return an item of ORDER BY that sorts by the operator (schema and name)."""
    return compose(
        "{key} USING OPERATOR({schema}.{operator})", key=key, schema=name(less[0]), operator=fragment(less[1])
    )


def _order(unique: Sequence[UniqueKey]) -> Sql:
    """GROUP BY uses the equality of the operator in ORDER BY instead of the type's own.

    Source: transformGroupClause (src/backend/parser/parse_clause.c)
    """
    by = [using(sql.SQL(str(n)), key.less) for n, key in enumerate(unique, 1) if key.less is not None]
    return compose(" ORDER BY {by}", by=joined(by, ", ")) if by else sql.SQL("")
