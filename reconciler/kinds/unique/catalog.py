"""Reads unique constraints. Source: https://www.postgresql.org/docs/current/catalog-pg-constraint.html"""

from __future__ import annotations

from reconciler.kinds.base.catalog import Catalog, NameLookup, Row, Variant
from reconciler.kinds.base.constraint_catalog import ATTACHED, COLUMNS, PERIOD
from reconciler.kinds.index_backed.catalog import INDEX_COLUMNS, INDEX_FROM, index_status, read_storage_parameters
from reconciler.kinds.unique.definition import Unique
from reconciler.model.definition import Definition
from reconciler.model.names import Key


def read(row: Row, names: NameLookup) -> tuple[Key, Definition]:
    key = Key(schema=row.nspname, table=row.relname, kind="unique", name=row.conname)
    return key, Unique(
        key=names.columns(row.conrelid, row.conkey),
        without_overlaps=row.without_overlaps,
        include=names.columns(row.conrelid, row.indkey)[row.indnkeyatts :],
        nulls_distinct=not row.nulls_not_distinct,
        deferrable=row.condeferrable,
        initially_deferred=row.condeferred,
        with_=read_storage_parameters(row.reloptions),
        tablespace=row.spcname,
        comment=row.comment,
        clustered=row.indisclustered,
        replica_identity=row.replica_identity,
        partitions=names.attached(row.indexrelid),
        status=index_status(row),
    )


CATALOG = Catalog(
    query=f"""
    SELECT {COLUMNS}, {ATTACHED}, {INDEX_COLUMNS}, c.condeferrable, c.condeferred,
           {{nulls}} AS nulls_not_distinct, {{period}} AS without_overlaps
      {INDEX_FROM}
     WHERE c.contype = 'u' AND c.conrelid = ANY (%(tables)s)""",
    read=read,
    variants={
        "period": PERIOD,
        "nulls": Variant(feature="nulls_not_distinct", if_present="x.indnullsnotdistinct", otherwise="false"),
    },
)
