"""Reads exclusion constraints. Source: https://www.postgresql.org/docs/current/catalog-pg-constraint.html"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields

from reconciler.kinds.base.catalog import Catalog, NameLookup, Row
from reconciler.kinds.base.constraint_catalog import ATTACHED, COLUMNS
from reconciler.kinds.base.expressions import unwrapped
from reconciler.kinds.exclusion.definition import ExcludedElement, Exclusion
from reconciler.kinds.index_backed.catalog import (
    ELEMENT_COLUMNS,
    INDEX_FROM,
    INDEX_IDENTITY,
    RELOPTIONS,
    STATISTICS,
    index_status,
    read_elements,
    read_include,
    read_statistics,
    read_storage_parameters,
)
from reconciler.kinds.index_backed.elements import IndexElement, ObjectName
from reconciler.model.definition import Definition
from reconciler.model.names import Key
from reconciler.model.state import Column


def _excluded(row: Row, columns: Sequence[Column | None], names: NameLookup) -> Iterator[ExcludedElement]:
    elements = read_elements(row, columns, names)
    for element, (schema, operator) in zip(elements, json.loads(row.operators), strict=True):
        same = {one.name: getattr(element, one.name) for one in fields(IndexElement)}
        yield ExcludedElement(**same, operator=ObjectName(schema=schema, name=operator))


def read(row: Row, names: NameLookup) -> tuple[Key, Definition]:
    key = Key(schema=row.nspname, table=row.relname, kind="exclusion", name=row.conname)
    columns = names.keys(row.conrelid, row.indkey)
    return key, Exclusion(
        excluded=tuple(_excluded(row, columns, names)),
        method=row.amname,
        where=None if row.predicate is None else unwrapped(row.predicate),
        include=read_include(row, columns),
        deferrable=row.condeferrable,
        initially_deferred=row.condeferred,
        with_=read_storage_parameters(row.reloptions),
        tablespace=row.spcname,
        comment=row.comment,
        partitions=names.attached(row.indexrelid),
        status=index_status(row),
        statistics=read_statistics(row),
        clustered=row.indisclustered,
    )


CATALOG = Catalog(
    query=f"""
    SELECT {COLUMNS}, {ATTACHED}, {INDEX_IDENTITY}, {ELEMENT_COLUMNS}, am.amname::text, {RELOPTIONS}, s.spcname::text,
           c.condeferrable, c.condeferred, x.indisclustered, {STATISTICS},
           to_json(ARRAY(SELECT ARRAY[m.nspname::text, o.oprname::text]
                   FROM unnest(c.conexclop) WITH ORDINALITY AS e(oid, n)
                   JOIN pg_operator o ON o.oid = e.oid
                   JOIN pg_namespace m ON m.oid = o.oprnamespace
                  ORDER BY e.n))::text AS operators
      {INDEX_FROM}
      JOIN pg_am am ON am.oid = i.relam
     WHERE c.contype = 'x' AND c.conrelid = ANY (%(tables)s)""",
    read=read,
)
