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

_MOVED = """WITH taken AS (
    DELETE FROM ONLY {table} AS q WHERE q.ctid OPERATOR(pg_catalog.=) ANY ($1) RETURNING q.*
), kept AS (
    SELECT {values}
      FROM {source}
), put AS (
    {put}
    RETURNING {returned}
)
SELECT (SELECT pg_catalog.count(*) FROM taken) AS taken, (SELECT pg_catalog.count(*) FROM put) AS put{checked}"""

# Each row that was put has the values of one that was kept. `changed` is a column that differs; if there is only one
# row, it is one that a trigger has changed.
_CHECKED = """,
       (SELECT c.name
          FROM (SELECT put.texts FROM put EXCEPT ALL SELECT {texts} FROM kept) AS other (texts)
          CROSS JOIN kept
          CROSS JOIN LATERAL ROWS FROM (
            pg_catalog.unnest(ARRAY[{names}]::pg_catalog.text[]), pg_catalog.unnest(other.texts),
            pg_catalog.unnest({texts})) AS c (name, put, kept)
         WHERE c.put IS DISTINCT FROM c.kept LIMIT 1) AS changed,
       ARRAY(SELECT put.home FROM put) AS homes, ARRAY(SELECT put.place FROM put) AS places"""


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
    would keep the columns of the table. If triggers fire, its result has also the places of the rows, and `changed`, a
    column in which a row differs from what was kept."""
    kept = dict(quarantined.pairs)
    pairs = [(column, type_) for column, type_ in home.columns if column in kept]
    if quarantined.written:
        pairs = [(column, type_) for column, type_ in pairs if column in quarantined.written]
    values, source = _values(pairs, kept, shape)
    columns = {column: sql.Identifier("kept", f"value_{number}") for number, (column, _) in enumerate(pairs)}
    key = quarantined.own["reconcile_key"]
    named = [
        ddl.compose("{value} AS {own}", value=value, own=ddl.name(f"value_{number}"))
        for number, value in enumerate(values)
    ]
    if quarantined.written:
        named.append(ddl.compose("q.{key} AS key, {wrote} AS wrote", key=ddl.name(key), wrote=wrote(quarantined)))
    put = _update if quarantined.written else _insert
    return ddl.text_of(
        ddl.compose(
            _MOVED,
            table=ddl.relation(quarantined.table),
            values=ddl.joined(named, ", "),
            source=source,
            put=put(quarantined, home, columns),
            **_checks(quarantined, home, columns),
        )
    )


def _checks(quarantined: QuarantinedRows, home: HomeTable, columns: Mapping[str, ddl.Sql]) -> dict[str, ddl.Sql]:
    """Return what the statement `returned`, and the expressions by which it is `checked`, if a trigger can change it:
    the output forms of the values, and which row has them."""
    if not home.triggers:
        return {"returned": ddl.fragment("1"), "checked": ddl.fragment("")}
    key = [ddl.output_form(sql.Identifier("kept", "key"))] if quarantined.written else []
    put = [*(ddl.output_form(sql.Identifier("reconcile_row", column)) for column in columns), *key]
    kept = [*map(ddl.output_form, columns.values()), *key]
    names = [*columns, *(quarantined.own["reconcile_key"] for _ in key)]
    return {
        "returned": ddl.compose(
            "reconcile_row.tableoid AS home, reconcile_row.ctid AS place, {texts} AS texts", texts=_texts(put)
        ),
        "checked": ddl.compose(_CHECKED, texts=_texts(kept), names=ddl.joined(map(ddl.literal, names), ", ")),
    }


def _texts(values: Iterable[ddl.Sql]) -> ddl.Sql:
    return ddl.compose("ARRAY[{values}]::pg_catalog.text[]", values=ddl.joined(values, ", "))


def rows_there(home: HomeTable) -> str:
    """Return the query for the number of rows that are still at the places `$2` in the tables with the oids `$1`."""
    return ddl.text_of(
        ddl.compose(
            "SELECT count(*) FROM {only}{table} AS reconcile_row\n"
            "  JOIN ROWS FROM (unnest($1), unnest($2)) AS put (home, place)\n"
            "    ON reconcile_row.tableoid = put.home AND reconcile_row.ctid = put.place",
            only=_only(home),
            table=ddl.relation(home.name),
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


def _insert(_quarantined: QuarantinedRows, home: HomeTable, columns: Mapping[str, ddl.Sql]) -> ddl.Sql:
    return ddl.compose(
        "INSERT INTO {target} AS reconcile_row ({columns}) OVERRIDING SYSTEM VALUE\n    SELECT {values} FROM kept",
        target=ddl.relation(home.name),
        columns=ddl.names(columns),
        values=ddl.joined(columns.values(), ", "),
    )


def _update(quarantined: QuarantinedRows, home: HomeTable, columns: Mapping[str, ddl.Sql]) -> ddl.Sql:
    """Return the UPDATE of the rows that still have what the repair wrote."""
    assignments = (
        ddl.compose("{column} = {value}", column=ddl.name(column), value=value) for column, value in columns.items()
    )
    return ddl.compose(
        "UPDATE {only}{target} AS reconcile_row SET {assignments}\n      FROM kept\n     WHERE {same}",
        only=_only(home),
        target=ddl.relation(home.name),
        assignments=ddl.joined(assignments, ", "),
        same=ddl.joined(_same_row(quarantined, home), "\n       AND "),
    )


def _only(home: HomeTable) -> ddl.Sql:
    return ddl.fragment("" if home.partitioned else "ONLY ")


def _same_row(quarantined: QuarantinedRows, home: HomeTable) -> Iterator[ddl.Sql]:
    """Yield the conditions that a row has the key of the one that was kept, and what the repair wrote."""
    for column, type_ in home.key:
        value = sql.Identifier("reconcile_row", column)
        found = ddl.compose(
            "kept.{source} OPERATOR(pg_catalog.->>) {column}",
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
            "{value} IS NOT DISTINCT FROM (kept.wrote OPERATOR(pg_catalog.->>) {column})",
            value=ddl.output_form(sql.Identifier("reconcile_row", column)),
            column=ddl.literal(column),
        )
