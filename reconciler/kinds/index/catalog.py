"""Reads indexes that belong to no constraint.

`pg_get_indexdef(oid, n, …)` leaves out opclass, collation, order and nulls, so they are read as well.
Source: https://www.postgresql.org/docs/current/catalog-pg-index.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from reconciler.kinds.expressions import unwrapped
from reconciler.kinds.index.definition import Index, IndexElement, ObjectName, plain_column
from reconciler.kinds.kind import Catalog, Names, Row, Variant
from reconciler.kinds.sql.constraint_catalog import (
    INDEX_IDENTITY,
    MARKS,
    RELOPTIONS,
    index_status,
    parameter_pairs,
    storage_parameters,
)
from reconciler.model.definition import Definition
from reconciler.model.names import Key
from reconciler.model.state import Column

# Bits of pg_index.indoption: catalog/pg_index.h
_DESCENDING = 1
_NULLS_FIRST = 2

# A fixed oid: catalog/pg_collation.dat
_DEFAULT_COLLATION = 100


def read_elements(row: Row, columns: Sequence[Column | None], names: Names) -> Iterator[IndexElement]:
    """The keys of an index, from a row with `ELEMENT_COLUMNS` and the columns that its `indkey` means."""
    classes, collations, options = (
        [int(number) for number in text.split()] for text in (row.indclass, row.indcollation, row.indoption)
    )
    expressions, types = json.loads(row.expressions) if row.expressions else ((), ())
    params = json.loads(row.opclass_params) if row.opclass_params else {}
    for position, column in enumerate(columns[: row.indnkeyatts]):
        option = options[position]
        descending = bool(option & _DESCENDING)
        nulls_first = bool(option & _NULLS_FIRST)
        parameters = params.get(str(position + 1))
        type_oid = column.type_oid if column else types[position]
        opclass = None
        if parameters is not None or not _is_default(
            classes[position], type_oid, names, of_column=column is not None
        ):
            found = names.opclass(classes[position])
            opclass = ObjectName(schema=found.schema, name=found.name, unambiguous=found.unambiguous)
        collation = _collation(collations[position], column, names)
        if column and opclass is None and collation is None and not option:
            yield plain_column(column.name)
            continue
        yield IndexElement(
            column=column.name if column else None,
            expression=None if column else unwrapped(expressions[position]),
            opclass=opclass,
            opclass_params=parameter_pairs(parameters or ()),
            collation=collation,
            descending=descending,
            nulls_first=None if nulls_first == descending else nulls_first,
        )


def _is_default(opclass: int, type_oid: int, names: Names, *, of_column: bool) -> bool:
    """Whether it need not be named. What an index stores of an expression may be of another type than the expression,
    which the catalog does not name then."""
    found = names.opclass(opclass)
    if found.key_type and not of_column:
        return found.default
    return names.is_default_opclass(opclass, type_oid)


def _collation(oid: int, column: Column | None, names: Names) -> ObjectName | None:
    """None for the column's own, or for the database's where it is an expression."""
    if oid == 0 or oid == (column.collation_oid if column else _DEFAULT_COLLATION):
        return None
    schema, name, unambiguous = names.collation(oid)
    return ObjectName(schema=schema, name=name, unambiguous=unambiguous)


def read_include(row: Row, columns: Sequence[Column | None]) -> tuple[str, ...]:
    """The columns that an index holds beside its keys."""
    return tuple(column.name for column in columns[row.indnkeyatts :] if column)


def read_statistics(row: Row) -> tuple[tuple[int, int], ...]:
    """The statistics targets of an index's expressions, from a row with `STATISTICS`."""
    targets = json.loads(row.statistics) if row.statistics else {}
    return tuple(sorted((int(number), target) for number, target in targets.items()))


# The columns before these tell one index from another.
_VALUES = 7


def read(row: Row, names: Names) -> tuple[Key, Definition]:
    key = Key(schema=row.nspname, table=row.relname, kind="index", name=row.index_name)
    columns = names.keys(row.indrelid, row.indkey)
    values = ("index", columns, names.attached(row.indexrelid), row[_VALUES:])
    made = names.made.get(values)
    if made is None:
        made = names.made[values] = _index(row, columns, names)
    return key, made


def _index(row: Row, columns: Sequence[Column | None], names: Names) -> Index:
    return Index(
        elements=tuple(read_elements(row, columns, names)),
        method=row.amname,
        unique=row.indisunique,
        nulls_distinct=not row.nulls_not_distinct,
        include=read_include(row, columns),
        where=None if row.predicate is None else unwrapped(row.predicate),
        with_=storage_parameters(row.reloptions),
        tablespace=row.spcname,
        comment=row.comment,
        statistics=read_statistics(row),
        clustered=row.indisclustered,
        replica_identity=row.replica_identity,
        partitions=names.attached(row.indexrelid),
        status=index_status(row),
    )


# What `read_elements` reads, of the index `x`; and the predicate. Few have parameters: those are found once for all.
ELEMENT_COLUMNS = """x.indnkeyatts, x.indkey::text, x.indclass::text, x.indcollation::text, x.indoption::text,
           CASE WHEN x.indexprs IS NOT NULL
                THEN (SELECT json_build_array(
                                 json_agg(CASE WHEN k.attnum = 0
                                               THEN pg_get_indexdef(x.indexrelid, k.n::int, false) END ORDER BY k.n),
                                 json_agg(e.atttypid::int8 ORDER BY k.n))::text
                        FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k(attnum, n)
                        JOIN pg_attribute e ON e.attrelid = x.indexrelid AND e.attnum = k.n) END AS expressions,
           CASE WHEN x.indexrelid = ANY (ARRAY(SELECT a.attrelid FROM pg_attribute a
                                                 JOIN pg_index y ON y.indexrelid = a.attrelid
                                                WHERE y.indrelid = ANY (%(tables)s) AND a.attoptions IS NOT NULL))
                THEN (SELECT jsonb_object_agg(a.attnum, to_jsonb(a.attoptions))::text FROM pg_attribute a
                       WHERE a.attrelid = x.indexrelid AND a.attoptions IS NOT NULL) END AS opclass_params,
           CASE WHEN x.indpred IS NOT NULL THEN pg_get_expr(x.indpred, x.indrelid) END AS predicate"""

STATISTICS = """CASE WHEN x.indexprs IS NOT NULL
                THEN (SELECT jsonb_object_agg(a.attnum, a.attstattarget)::text FROM pg_attribute a
                       WHERE a.attrelid = x.indexrelid AND a.attstattarget >= 0) END AS statistics"""

# A running CREATE INDEX CONCURRENTLY has a row in the progress view, without the index for a role that may not see it.
# A running DROP INDEX CONCURRENTLY shows in its lock on the index alone, which every role sees.
CATALOG = Catalog(
    query=f"""
    SELECT n.nspname::text, t.relname::text, i.relname::text AS index_name, i.relispartition AS inherited,
           x.indrelid::int8, {INDEX_IDENTITY}, am.amname::text, x.indisunique, {{nulls}} AS nulls_not_distinct,
           {ELEMENT_COLUMNS},
           {STATISTICS}, {RELOPTIONS}, s.spcname::text, d.description AS comment, {MARKS},
           CASE WHEN NOT (x.indisvalid AND x.indisready) AND i.relkind = 'i'
                THEN (SELECT b.pid FROM pg_stat_progress_create_index b
                       WHERE b.datid = (SELECT oid FROM pg_database WHERE datname = current_database())
                         AND (b.index_relid = i.oid OR b.index_relid IS NULL)
                       UNION ALL
                      SELECT l.pid FROM pg_locks l
                       WHERE l.locktype = 'relation' AND l.relation = i.oid AND l.granted
                         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                         AND l.mode IN ('ShareUpdateExclusiveLock', 'AccessExclusiveLock')
                       LIMIT 1) END AS builder
      FROM pg_index x
      JOIN pg_class i ON i.oid = x.indexrelid
      JOIN pg_class t ON t.oid = x.indrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
      JOIN pg_am am ON am.oid = i.relam
      LEFT JOIN pg_tablespace s ON s.oid = i.reltablespace
      LEFT JOIN pg_description d ON d.objoid = i.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0
     WHERE x.indrelid = ANY (%(tables)s)
       AND NOT EXISTS (SELECT FROM pg_constraint c
                        WHERE c.conindid = x.indexrelid AND c.conrelid = x.indrelid
                          AND c.contype IN ('p', 'u', 'x'))""",
    read=read,
    relations=("indrelid",),
    variants={
        "nulls": Variant(feature="nulls_not_distinct", if_present="x.indnullsnotdistinct", otherwise="false")
    },
)
