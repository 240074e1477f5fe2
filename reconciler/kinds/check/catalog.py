"""Reads check constraints. Source: https://www.postgresql.org/docs/current/catalog-pg-constraint.html"""

from __future__ import annotations

from reconciler.kinds.check.definition import Check
from reconciler.kinds.constraint_catalog import COMMENT, FROM
from reconciler.kinds.kind import Catalog, Row
from reconciler.kinds.sqltext import unwrapped
from reconciler.model.definition import Definition
from reconciler.model.names import Key


def read(row: Row) -> tuple[Key, Definition]:
    key = Key(schema=row["nspname"], table=row["relname"], kind="check", name=row["conname"])
    return key, Check(
        expression=unwrapped(row["expression"]),
        no_inherit=row["connoinherit"],
        validated=row["convalidated"],
        comment=row["comment"],
    )


CATALOG = Catalog(
    query=f"""
    SELECT n.nspname::text, t.relname::text, c.conname::text, c.connoinherit, c.convalidated,
           pg_get_expr(c.conbin, c.conrelid) AS expression, {COMMENT} AS comment
      {FROM}
     WHERE c.contype = 'c' AND c.conrelid = ANY (%(tables)s)""",
    read=read,
)
