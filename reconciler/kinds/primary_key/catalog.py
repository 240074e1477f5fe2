"""Reads primary keys. Source: https://www.postgresql.org/docs/current/catalog-pg-constraint.html"""

from __future__ import annotations

from reconciler.kinds.base.catalog import Catalog, NameLookup, Row
from reconciler.kinds.base.constraint_catalog import ATTACHED, COLUMNS, PERIOD
from reconciler.kinds.index_backed.catalog import INDEX_COLUMNS, INDEX_FROM, index_status, read_storage_parameters
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.model.definition import Definition
from reconciler.model.names import Key


def read(row: Row, names: NameLookup) -> tuple[Key, Definition]:
    key = Key(schema=row.nspname, table=row.relname, kind="primary_key")
    return key, PrimaryKey(
        name=row.conname,
        key=names.columns(row.conrelid, row.conkey),
        without_overlaps=row.without_overlaps,
        include=names.columns(row.conrelid, row.indkey)[row.indnkeyatts :],
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
    SELECT {COLUMNS}, {ATTACHED}, {INDEX_COLUMNS}, c.condeferrable, c.condeferred, {{period}} AS without_overlaps
      {INDEX_FROM}
     WHERE c.contype = 'p' AND c.conrelid = ANY (%(tables)s)""",
    read=read,
    variants={"period": PERIOD},
)
