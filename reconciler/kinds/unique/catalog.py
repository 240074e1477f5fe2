"""Reads unique constraints. Source: https://www.postgresql.org/docs/current/catalog-pg-constraint.html"""

from __future__ import annotations

from reconciler.kinds.constraint_catalog import (
    COMMENT,
    INCLUDE_COLUMNS,
    INDEX_FROM,
    KEY_COLUMNS,
    storage_parameters,
    texts,
)
from reconciler.kinds.kind import Catalog, Row, Variant
from reconciler.kinds.unique.definition import Unique
from reconciler.model.definition import Definition
from reconciler.model.names import Key


def read(row: Row) -> tuple[Key, Definition]:
    key = Key(schema=row["nspname"], table=row["relname"], kind="unique", name=row["conname"])
    return key, Unique(
        key=texts(row["columns"]),
        include=texts(row["include"]),
        nulls_distinct=not row["nulls_not_distinct"],
        deferrable=row["condeferrable"],
        initially_deferred=row["condeferred"],
        with_=storage_parameters(row["reloptions"]),
        tablespace=row["spcname"],
        comment=row["comment"],
    )


CATALOG = Catalog(
    query=f"""
    SELECT n.nspname::text, t.relname::text, c.conname::text, c.condeferrable, c.condeferred,
           {KEY_COLUMNS} AS columns, {INCLUDE_COLUMNS} AS include, {{nulls}} AS nulls_not_distinct,
           i.reloptions, s.spcname::text, {COMMENT} AS comment
      {INDEX_FROM}
     WHERE c.contype = 'u' AND c.conrelid = ANY (%(tables)s)""",
    read=read,
    variants={
        "nulls": Variant(feature="nulls_not_distinct", if_present="x.indnullsnotdistinct", otherwise="false")
    },
)
