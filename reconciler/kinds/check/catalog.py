"""Reads check constraints. Source: https://www.postgresql.org/docs/current/catalog-pg-constraint.html"""

from __future__ import annotations

from reconciler.kinds.base.catalog import Catalog, NameLookup, Row
from reconciler.kinds.base.constraint_catalog import COLUMNS, ENFORCED, FROM, MERGED
from reconciler.kinds.base.expressions import unwrapped
from reconciler.kinds.check.definition import Check
from reconciler.model.definition import Definition
from reconciler.model.names import Key


def read(row: Row, _names: NameLookup) -> tuple[Key, Definition]:
    key = Key(schema=row.nspname, table=row.relname, kind="check", name=row.conname)
    return key, Check(
        expression=unwrapped(row.expression),
        no_inherit=row.connoinherit,
        validated=row.convalidated,
        enforced=row.enforced,
        comment=row.comment,
    )


CATALOG = Catalog(
    query=f"""
    SELECT {COLUMNS}, {MERGED}, c.connoinherit, c.convalidated, {{enforced}} AS enforced,
           pg_get_expr(c.conbin, c.conrelid) AS expression
      {FROM}
     WHERE c.contype = 'c' AND c.conrelid = ANY (%(tables)s)""",
    read=read,
    relations=(),
    variants={"enforced": ENFORCED},
)
