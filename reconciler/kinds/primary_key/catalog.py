"""Reads primary keys. Source: https://www.postgresql.org/docs/current/catalog-pg-constraint.html"""

from __future__ import annotations

from reconciler.kinds.constraint_catalog import (
    COMMENT,
    INCLUDE_COLUMNS,
    INDEX_FROM,
    KEY_COLUMNS,
    storage_parameters,
    texts,
)
from reconciler.kinds.kind import Catalog, Row
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.model.definition import Definition
from reconciler.model.names import Key


def read(row: Row) -> tuple[Key, Definition]:
    key = Key(schema=row["nspname"], table=row["relname"], kind="primary_key")
    return key, PrimaryKey(
        name=row["conname"],
        key=texts(row["columns"]),
        include=texts(row["include"]),
        deferrable=row["condeferrable"],
        initially_deferred=row["condeferred"],
        with_=storage_parameters(row["reloptions"]),
        tablespace=row["spcname"],
        comment=row["comment"],
    )


CATALOG = Catalog(
    query=f"""
    SELECT n.nspname::text, t.relname::text, c.conname::text, c.condeferrable, c.condeferred,
           {KEY_COLUMNS} AS columns, {INCLUDE_COLUMNS} AS include,
           i.reloptions, s.spcname::text, {COMMENT} AS comment
      {INDEX_FROM}
     WHERE c.contype = 'p' AND c.conrelid = ANY (%(tables)s)""",
    read=read,
)
