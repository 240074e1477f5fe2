"""The statements of a batch that brings rows back: which rows, and one statement that moves them.

Names are looked up in the search path of the file while rows are moved, for the functions of checks and triggers. All
other objects are named with their schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from psycopg import sql

from reconciler.kinds.base import ddl
from reconciler.restoring.home import HomeTable
from reconciler.restoring.quarantined import QuarantinedRows, of_run, was_in, written, wrote

_TAKEN = """WITH taken AS (
    DELETE FROM ONLY {table} AS q WHERE q.ctid OPERATOR(pg_catalog.=) ANY ($1) RETURNING q.*
), put AS (
    {put}
    RETURNING 1
)
SELECT (SELECT pg_catalog.count(*) FROM taken) AS taken, (SELECT pg_catalog.count(*) FROM put) AS put"""


def find_rows(quarantined: QuarantinedRows, home: HomeTable, first: int, size: int) -> str:
    """Return the query that locks the rows on `size` pages, and returns their places in the quarantine."""
    return ddl.text_of(
        ddl.compose(
            "WITH found AS MATERIALIZED (\n    SELECT q.ctid AS place FROM ONLY {table} AS q\n"
            "     WHERE q.ctid >= {first} AND q.ctid < {end} AND {same} AND {whole}\n"
            "       FOR UPDATE OF q SKIP LOCKED\n)\nSELECT ARRAY(SELECT found.place FROM found)",
            table=ddl.relation(quarantined.table),
            first=ddl.literal(f"({first},0)"),
            end=ddl.literal(f"({first + size},0)"),
            same=same_group(quarantined),
            whole=_nulls(home.gone),
        )
    )


def rows_left(quarantined: QuarantinedRows) -> str:
    """Return the query for the number of these rows."""
    return ddl.text_of(
        ddl.compose(
            "SELECT count(*) AS count FROM ONLY {table} AS q WHERE {same}",
            table=ddl.relation(quarantined.table),
            same=same_group(quarantined),
        )
    )


def lossy_rows(quarantined: QuarantinedRows, home: HomeTable) -> str:
    """Return the query for the number of rows with a value in a column that the table no longer has."""
    return ddl.text_of(
        ddl.compose(
            "SELECT count(*) AS count FROM ONLY {table} AS q WHERE {same} AND NOT ({whole})",
            table=ddl.relation(quarantined.table),
            same=same_group(quarantined),
            whole=_nulls(home.gone),
        )
    )


def same_group(quarantined: QuarantinedRows) -> ddl.Sql:
    """Return the condition that a row `q` belongs to these rows."""
    return ddl.compose(
        "{was_in} = {place} AND {written} = ARRAY[{columns}]::text[] AND {run}",
        was_in=was_in(quarantined),
        place=ddl.literal(quarantined.was_in),
        written=written(quarantined),
        columns=ddl.joined((ddl.literal(one) for one in quarantined.written), ", "),
        run=of_run(quarantined),
    )


def _nulls(columns: Iterable[str]) -> ddl.Sql:
    conditions = [ddl.compose("q.{column} IS NULL", column=ddl.name(one)) for one in columns]
    return ddl.joined(conditions, " AND ") if conditions else ddl.fragment("true")


def move_rows(quarantined: QuarantinedRows, home: HomeTable, shape: Mapping[str, str]) -> str:
    """Return the statement that moves the rows at the places `$1`. `shape` are the types in which a new quarantine
    would keep the columns of the table."""
    kept = dict(quarantined.pairs)
    columns = [(column, type_) for column, type_ in home.columns if column in kept]
    if quarantined.written:
        columns = [(column, type_) for column, type_ in columns if column in quarantined.written]
    values, source = _values(columns, kept, shape)
    put = _update if quarantined.written else _insert
    return ddl.text_of(
        ddl.compose(
            _TAKEN,
            table=ddl.relation(quarantined.table),
            put=put(quarantined, home, [column for column, _ in columns], values, source),
        )
    )


def _values(
    columns: Sequence[tuple[str, str]], kept: Mapping[str, str], shape: Mapping[str, str]
) -> tuple[list[ddl.Sql], ddl.Sql]:
    """Return the values of the columns in the types of the table, and the rows that they are read from.

    A value that the quarantine keeps as text, or in another type, is read by the input function of the column's type. A
    cast would call a function that a user declared for it, or cut a text that is too long.
    """
    values, texts, types, whole = [], [], [], []
    for column, type_ in columns:
        value = sql.Identifier("q", column)
        if kept[column] == shape[column] != "text":
            values.append(ddl.compose("{value}", value=value))
        elif shape[column] in ("json", "jsonb"):
            cast = ddl.fragment(f"pg_catalog.{shape[column]}")
            values.append(ddl.compose("({text})::{cast}", text=ddl.output_form(value), cast=cast))
        else:
            values.append(ddl.compose("typed.{column}", column=ddl.name(column)))
            texts.append(ddl.compose("{text} AS {column}", text=ddl.output_form(value), column=ddl.name(column)))
            types.append(ddl.compose("{column} {type}", column=ddl.name(column), type=ddl.fragment(type_)))
            whole.append(_is_whole(value, sql.Identifier("typed", column), kept[column]))
    if not texts:
        return values, ddl.fragment("taken AS q")
    source = ddl.compose(
        "taken AS q CROSS JOIN LATERAL (SELECT {texts}) AS texts\n"
        "      CROSS JOIN LATERAL pg_catalog.json_to_record(pg_catalog.row_to_json(texts)) AS typed ({types})\n"
        "     WHERE {whole}",
        texts=ddl.joined(texts, ", "),
        types=ddl.joined(types, ", "),
        whole=ddl.joined(whole, " AND "),
    )
    return values, source


def _is_whole(value: ddl.Sql, read: ddl.Sql, kept: str) -> ddl.Sql:
    """Return the condition that the type of the column has not rounded or cut a value: read back in the type of the
    quarantine, it is the same."""
    back = ddl.compose("({text})::{kept}", text=ddl.output_form(read), kept=ddl.fragment(kept))
    return ddl.compose(
        "({value} IS NULL OR {back} OPERATOR(pg_catalog.=) {same})",
        value=value,
        back=ddl.output_form(back),
        same=ddl.output_form(value),
    )


def _insert(
    _quarantined: QuarantinedRows,
    home: HomeTable,
    columns: Sequence[str],
    values: Sequence[ddl.Sql],
    source: ddl.Sql,
) -> ddl.Sql:
    return ddl.compose(
        "INSERT INTO {target} ({columns}) OVERRIDING SYSTEM VALUE\n    SELECT {values}\n      FROM {source}",
        target=ddl.relation(home.name),
        columns=ddl.names(columns),
        values=ddl.joined(values, ", "),
        source=source,
    )


def _update(
    quarantined: QuarantinedRows,
    home: HomeTable,
    columns: Sequence[str],
    values: Sequence[ddl.Sql],
    source: ddl.Sql,
) -> ddl.Sql:
    """Return the UPDATE of the rows that still have what the repair wrote."""
    own = [ddl.name(f"value_{number}") for number, _ in enumerate(columns)]
    return ddl.compose(
        "UPDATE {only}{target} AS reconcile_row SET {assignments}\n      FROM (SELECT {values}, q.{key} AS key,"
        " {wrote} AS wrote\n              FROM {source}) AS old\n     WHERE {same}",
        only=ddl.fragment("" if home.partitioned else "ONLY "),
        target=ddl.relation(home.name),
        assignments=ddl.joined(
            (
                ddl.compose("{column} = old.{own}", column=ddl.name(column), own=name)
                for column, name in zip(columns, own, strict=True)
            ),
            ", ",
        ),
        values=ddl.joined(
            (ddl.compose("{value} AS {own}", value=one, own=name) for one, name in zip(values, own, strict=True)),
            ", ",
        ),
        key=ddl.name(quarantined.own["reconcile_key"]),
        wrote=wrote(quarantined),
        source=source,
        same=ddl.joined(_same_row(quarantined, home), "\n       AND "),
    )


def _same_row(quarantined: QuarantinedRows, home: HomeTable) -> Iterator[ddl.Sql]:
    """Yield the conditions that a row has the key of the one that was kept, and what the repair wrote."""
    for column, type_ in home.key:
        value = sql.Identifier("reconcile_row", column)
        found = ddl.compose(
            "old.{source} OPERATOR(pg_catalog.->>) {column}",
            source=ddl.fragment("wrote" if column in quarantined.written else "key"),
            column=ddl.literal(column),
        )
        if type_ is None:
            yield ddl.compose("{value} OPERATOR(pg_catalog.=) ({found})", value=ddl.output_form(value), found=found)
        else:
            yield ddl.compose(
                "{value} OPERATOR(pg_catalog.=) ({found})::{type}",
                value=value,
                found=found,
                type=ddl.fragment(type_),
            )
    for column in quarantined.written:
        yield ddl.compose(
            "{value} IS NOT DISTINCT FROM (old.wrote OPERATOR(pg_catalog.->>) {column})",
            value=ddl.output_form(sql.Identifier("reconcile_row", column)),
            column=ddl.literal(column),
        )
