"""Reads not-null constraints: rows of pg_constraint since PostgreSQL 18, `attnotnull` before.

Source: https://www.postgresql.org/docs/current/catalog-pg-constraint.html (contype `n`).
"""

from __future__ import annotations

from reconciler.kinds.base.catalog import Catalog, NameLookup, Row, Variant
from reconciler.kinds.base.constraint_catalog import MERGED
from reconciler.kinds.not_null.definition import NotNull
from reconciler.model.definition import Definition
from reconciler.model.names import Key

_ROWS = f"""
    SELECT n.nspname::text, t.relname::text, c.conrelid::int8, c.conkey[1] AS attnum,
           c.conname::text, c.connoinherit, c.convalidated, d.description AS comment,
           {MERGED}
      FROM pg_constraint c
      JOIN pg_class t ON t.oid = c.conrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
      LEFT JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_constraint'::regclass AND d.objsubid = 0
     WHERE c.contype = 'n' AND c.conrelid = ANY (%(tables)s)"""

_FLAGS = """
    SELECT n.nspname::text, t.relname::text, a.attrelid::int8 AS conrelid, a.attnum,
           NULL::text AS conname, false AS connoinherit, true AS convalidated, NULL::text AS comment,
           EXISTS (SELECT FROM pg_inherits h
                     JOIN pg_attribute p ON p.attrelid = h.inhparent AND p.attname = a.attname AND p.attnotnull
                    WHERE h.inhrelid = a.attrelid) AS inherited
      FROM pg_attribute a
      JOIN pg_class t ON t.oid = a.attrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE a.attnotnull AND a.attnum > 0 AND NOT a.attisdropped AND a.attrelid = ANY (%(tables)s)"""


def read(row: Row, names: NameLookup) -> tuple[Key, Definition]:
    column = names.column(row.conrelid, row.attnum).name
    key = Key(schema=row.nspname, table=row.relname, kind="not_null", name=column)
    return key, NotNull(
        name=row.conname,
        no_inherit=row.connoinherit,
        validated=row.convalidated,
        comment=row.comment,
    )


CATALOG = Catalog(
    query="{rows}",
    read=read,
    variants={"rows": Variant(feature="not_null_constraints", if_present=_ROWS, otherwise=_FLAGS)},
)
