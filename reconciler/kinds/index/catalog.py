"""Reads indexes that belong to no constraint.

`pg_get_indexdef(oid, n, …)` leaves out opclass, collation, order and nulls, so they are read as well.
Source: https://www.postgresql.org/docs/current/catalog-pg-index.html
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.kinds.constraint_catalog import storage_parameters
from reconciler.kinds.index.definition import Index, IndexElement, IndexStatus, ObjectName
from reconciler.kinds.kind import Catalog, Row, Variant
from reconciler.kinds.sqltext import unwrapped
from reconciler.model.definition import Definition
from reconciler.model.names import Key

# Bits of pg_index.indoption: catalog/pg_index.h
_DESCENDING = 1
_NULLS_FIRST = 2


def _elements(row: Row) -> Iterator[IndexElement]:
    for position in range(row["indnkeyatts"]):
        option = row["indoption"][position]
        descending = bool(option & _DESCENDING)
        nulls_first = bool(option & _NULLS_FIRST)
        expression = row["expressions"][position]
        opclass = row["opclasses"][position]
        collation = row["collations"][position]
        yield IndexElement(
            column=row["columns"][position],
            expression=None if expression is None else unwrapped(expression),
            opclass=None if opclass is None else ObjectName(schema=opclass[0], name=opclass[1]),
            opclass_params=storage_parameters(row["opclass_params"][position]),
            collation=None if collation is None else ObjectName(schema=collation[0], name=collation[1]),
            descending=descending,
            nulls_first=None if nulls_first == descending else nulls_first,
        )


def _status(row: Row) -> IndexStatus:
    if row["indisvalid"] and row["indisready"]:
        return IndexStatus.VALID
    return IndexStatus.BUILDING if row["builder"] else IndexStatus.INVALID


def read(row: Row) -> tuple[Key, Definition]:
    key = Key(schema=row["nspname"], table=row["relname"], kind="index", name=row["index_name"])
    return key, Index(
        elements=tuple(_elements(row)),
        method=row["amname"],
        unique=row["indisunique"],
        nulls_distinct=not row["nulls_not_distinct"],
        include=tuple(row["columns"][row["indnkeyatts"] :]),
        where=None if row["predicate"] is None else unwrapped(row["predicate"]),
        with_=storage_parameters(row["reloptions"]),
        tablespace=row["spcname"],
        comment=row["comment"],
        status=_status(row),
    )


CATALOG = Catalog(
    query="""
    SELECT n.nspname::text, t.relname::text, i.relname::text AS index_name, am.amname::text,
           x.indisunique, x.indisvalid, x.indisready, x.indnkeyatts, {nulls} AS nulls_not_distinct,
           x.indoption::int2[]::int[] AS indoption,
           e.columns, e.expressions, e.opclasses, e.opclass_params, e.collations,
           pg_get_expr(x.indpred, x.indrelid) AS predicate,
           i.reloptions, s.spcname::text, obj_description(i.oid, 'pg_class') AS comment,
           CASE WHEN NOT (x.indisvalid AND x.indisready)
                THEN (SELECT b.pid FROM pg_stat_progress_create_index b
                       WHERE b.datid = (SELECT oid FROM pg_database WHERE datname = current_database())
                         AND (b.index_relid = i.oid OR b.index_relid IS NULL)
                       LIMIT 1) END AS builder
      FROM pg_index x
      JOIN pg_class i ON i.oid = x.indexrelid
      JOIN pg_class t ON t.oid = x.indrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
      JOIN pg_am am ON am.oid = i.relam
      LEFT JOIN pg_tablespace s ON s.oid = i.reltablespace
     CROSS JOIN LATERAL (
           SELECT array_agg(a.attname::text ORDER BY k.n) AS columns,
                  array_agg(CASE WHEN k.attnum = 0 THEN pg_get_indexdef(x.indexrelid, k.n::int, false) END
                            ORDER BY k.n) AS expressions,
                  array_agg(CASE WHEN NOT o.opcdefault OR p.attoptions IS NOT NULL
                                   OR o.opcintype = 'bpchar'::regtype
                                      AND coalesce(a.atttypid, p.atttypid) <> 'bpchar'::regtype
                                 THEN jsonb_build_array(opn.nspname, o.opcname) END ORDER BY k.n) AS opclasses,
                  array_agg(to_jsonb(p.attoptions) ORDER BY k.n) AS opclass_params,
                  array_agg(CASE WHEN x.indcollation[k.n - 1] <> 0
                                  AND x.indcollation[k.n - 1] <> coalesce(a.attcollation, ty.typcollation)
                                 THEN jsonb_build_array(cn.nspname, co.collname) END ORDER BY k.n) AS collations
             FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k(attnum, n)
             LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum AND k.attnum <> 0
             LEFT JOIN pg_attribute p ON p.attrelid = x.indexrelid AND p.attnum = k.n
             LEFT JOIN pg_type ty ON ty.oid = p.atttypid
             LEFT JOIN pg_opclass o ON o.oid = x.indclass[k.n - 1]
             LEFT JOIN pg_namespace opn ON opn.oid = o.opcnamespace
             LEFT JOIN pg_collation co ON co.oid = x.indcollation[k.n - 1]
             LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace) e
     WHERE x.indrelid = ANY (%(tables)s)
       AND NOT EXISTS (SELECT FROM pg_constraint c
                        WHERE c.conindid = x.indexrelid AND c.conrelid = x.indrelid AND c.contype IN ('p', 'u', 'x'))""",
    read=read,
    variants={
        "nulls": Variant(feature="nulls_not_distinct", if_present="x.indnullsnotdistinct", otherwise="false")
    },
)
