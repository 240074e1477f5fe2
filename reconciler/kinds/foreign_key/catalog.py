"""Reads foreign keys. Source: https://www.postgresql.org/docs/current/catalog-pg-constraint.html"""

from __future__ import annotations

from reconciler.kinds.constraint_catalog import COMMENT, FROM, KEY_COLUMNS, texts
from reconciler.kinds.foreign_key.definition import ForeignKey, Match, ReferentialAction
from reconciler.kinds.kind import Catalog, Row, Variant
from reconciler.model.definition import Definition
from reconciler.model.names import Key, TableName

_ACTIONS = {
    "a": ReferentialAction.NO_ACTION,
    "r": ReferentialAction.RESTRICT,
    "c": ReferentialAction.CASCADE,
    "n": ReferentialAction.SET_NULL,
    "d": ReferentialAction.SET_DEFAULT,
}
_MATCHES = {"s": Match.SIMPLE, "f": Match.FULL}


def _names_of(relation: str, attnums: str) -> str:
    return f"""(SELECT array_agg(a.attname::text ORDER BY k.n)
           FROM unnest({attnums}) WITH ORDINALITY AS k(attnum, n)
           JOIN pg_attribute a ON a.attrelid = {relation} AND a.attnum = k.attnum)"""


def read(row: Row) -> tuple[Key, Definition]:
    key = Key(schema=row["nspname"], table=row["relname"], kind="foreign_key", name=row["conname"])
    return key, ForeignKey(
        key=texts(row["columns"]),
        ref_table=TableName(schema=row["ref_nspname"], name=row["ref_relname"]),
        ref_columns=texts(row["ref_columns"]),
        match=_MATCHES[row["confmatchtype"]],
        on_update=_ACTIONS[row["confupdtype"]],
        on_delete=_ACTIONS[row["confdeltype"]],
        on_delete_columns=texts(row["on_delete_columns"]),
        deferrable=row["condeferrable"],
        initially_deferred=row["condeferred"],
        validated=row["convalidated"],
        comment=row["comment"],
    )


CATALOG = Catalog(
    query=f"""
    SELECT n.nspname::text, t.relname::text, c.conname::text, c.condeferrable, c.condeferred, c.convalidated,
           c.confmatchtype::text, c.confupdtype::text, c.confdeltype::text,
           fn.nspname::text AS ref_nspname, f.relname::text AS ref_relname,
           {KEY_COLUMNS} AS columns,
           {_names_of("c.confrelid", "c.confkey")} AS ref_columns,
           {{on_delete_columns}} AS on_delete_columns,
           {COMMENT} AS comment
      {FROM}
      JOIN pg_class f ON f.oid = c.confrelid
      JOIN pg_namespace fn ON fn.oid = f.relnamespace
     WHERE c.contype = 'f' AND c.conparentid = 0
       AND (c.conrelid = ANY (%(tables)s) OR c.confrelid = ANY (%(tables)s))""",
    read=read,
    variants={
        "on_delete_columns": Variant(
            feature="set_null_columns",
            if_present=_names_of("c.conrelid", "c.confdelsetcols"),
            otherwise="NULL::text[]",
        )
    },
)
