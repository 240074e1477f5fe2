"""Reads extended statistics. Source: https://www.postgresql.org/docs/current/catalog-pg-statistic-ext.html"""

from __future__ import annotations

import json
from typing import Final

from reconciler.kinds.base.catalog import Catalog, NameLookup, Row
from reconciler.kinds.base.expressions import unwrapped
from reconciler.kinds.statistics.definition import ALL_KINDS, Statistics, StatisticsElement, in_order
from reconciler.model.definition import Definition
from reconciler.model.names import Key

_KINDS: Final = {"d": "ndistinct", "f": "dependencies", "m": "mcv"}
"""The letters of `stxkind`. `e` is present if there are expressions."""


def read(row: Row, names: NameLookup) -> tuple[Key, Definition]:
    key = Key(schema=row.nspname, table=row.relname, kind="statistics", name=row.stxname)
    columns = (StatisticsElement(column=name) for name in names.columns(row.stxrelid, row.stxkeys))
    texts = json.loads(row.expressions) if row.expressions else []
    expressions = (StatisticsElement(expression=unwrapped(text)) for text in texts)
    kinds = tuple(sorted(_KINDS[letter] for letter in row.stxkind if letter in _KINDS))
    return key, Statistics(
        elements=in_order([*columns, *expressions]),
        kinds=kinds or ALL_KINDS,
        schema=row.schema,
        statistics_target=row.stxstattarget,
        comment=row.comment,
    )


# The default target is -1 before version 17.
CATALOG = Catalog(
    query="""
    SELECT n.nspname::text, t.relname::text, s.stxname::text, s.stxrelid::int8, s.stxkeys::text,
           array_to_string(s.stxkind, '') AS stxkind, nullif(s.stxstattarget, -1)::int AS stxstattarget,
           CASE WHEN s.stxexprs IS NOT NULL
                THEN to_json(pg_get_statisticsobjdef_expressions(s.oid))::text END AS expressions,
           nullif(o.nspname, n.nspname)::text AS schema, d.description AS comment
      FROM pg_statistic_ext s
      JOIN pg_class t ON t.oid = s.stxrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
      JOIN pg_namespace o ON o.oid = s.stxnamespace
      LEFT JOIN pg_description d ON d.objoid = s.oid AND d.classoid = 'pg_statistic_ext'::regclass AND d.objsubid = 0
     WHERE s.stxrelid = ANY (%(tables)s)""",
    read=read,
    relations=("stxrelid",),
)
