"""Reads indexes that belong to no constraint.

`pg_get_indexdef(oid, n, …)` omits opclass, collation, order and nulls, so they are read separately. Source:
https://www.postgresql.org/docs/current/catalog-pg-index.html
"""

from __future__ import annotations

from collections.abc import Sequence

from reconciler.kinds.base.catalog import Catalog, NameLookup, Row, Variant
from reconciler.kinds.base.expressions import unwrapped
from reconciler.kinds.index_backed.catalog import (
    ELEMENT_COLUMNS,
    INDEX_IDENTITY,
    MARKS,
    RELOPTIONS,
    STATISTICS,
    index_status,
    read_elements,
    read_include,
    read_statistics,
    read_storage_parameters,
)
from reconciler.kinds.index_backed.index import Index
from reconciler.model.definition import Definition
from reconciler.model.names import Key
from reconciler.model.state import Column

# The columns before these identify an index.
_VALUES = 7


def read(row: Row, names: NameLookup) -> tuple[Key, Definition]:
    key = Key(schema=row.nspname, table=row.relname, kind="index", name=row.index_name)
    columns = names.keys(row.indrelid, row.indkey)
    values = ("index", columns, names.attached(row.indexrelid), row[_VALUES:])
    made = names.made.get(values)
    if made is None:
        made = names.made[values] = _index(row, columns, names)
    return key, made


def _index(row: Row, columns: Sequence[Column | None], names: NameLookup) -> Index:
    return Index(
        elements=tuple(read_elements(row, columns, names)),
        method=row.amname,
        unique=row.indisunique,
        nulls_distinct=not row.nulls_not_distinct,
        include=read_include(row, columns),
        where=None if row.predicate is None else unwrapped(row.predicate),
        with_=read_storage_parameters(row.reloptions),
        tablespace=row.spcname,
        comment=row.comment,
        statistics=read_statistics(row),
        clustered=row.indisclustered,
        replica_identity=row.replica_identity,
        partitions=names.attached(row.indexrelid),
        status=index_status(row),
    )


# A running CREATE INDEX CONCURRENTLY has a row in the progress view, but without the index for a role that may not
# see it. A running DROP INDEX CONCURRENTLY shows only in its lock on the index, which every role sees.
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
