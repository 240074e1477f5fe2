"""Reads foreign keys. Source: https://www.postgresql.org/docs/current/catalog-pg-constraint.html"""

from __future__ import annotations

from reconciler.kinds.foreign_key.definition import Match, ReferentialAction, make_foreign_key
from reconciler.kinds.kind import Catalog, Names, Row, Variant
from reconciler.kinds.sql.constraint_catalog import ATTACHED, COLUMNS, ENFORCED, FROM, PERIOD
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


def read(row: Row, names: Names) -> tuple[Key, Definition]:
    key = Key(schema=row["nspname"], table=row["relname"], kind="foreign_key", name=row["conname"])
    return key, make_foreign_key(
        key=names.columns(row["conrelid"], row["conkey"]),
        ref_table=TableName(schema=row["ref_nspname"], name=row["ref_relname"]),
        ref_columns=names.columns(row["confrelid"], row["confkey"]),
        match=_MATCHES[row["confmatchtype"]],
        on_update=_ACTIONS[row["confupdtype"]],
        on_delete=_ACTIONS[row["confdeltype"]],
        on_delete_columns=names.columns(row["conrelid"], row["on_delete_columns"]),
        period=row["period"],
        deferrable=row["condeferrable"],
        initially_deferred=row["condeferred"],
        validated=row["convalidated"],
        enforced=row["enforced"],
        comment=row["comment"],
    )


CATALOG = Catalog(
    query=f"""
    SELECT {COLUMNS}, {ATTACHED}, c.condeferrable, c.condeferred, c.convalidated,
           c.confmatchtype::text, c.confupdtype::text, c.confdeltype::text, c.confrelid::int8, c.confkey,
           fn.nspname::text AS ref_nspname, f.relname::text AS ref_relname, {{on_delete_columns}} AS on_delete_columns,
           {{enforced}} AS enforced, {{period}} AS period
      {FROM}
      JOIN pg_class f ON f.oid = c.confrelid
      JOIN pg_namespace fn ON fn.oid = f.relnamespace
     WHERE c.contype = 'f'
       AND NOT EXISTS (SELECT FROM pg_constraint above WHERE above.oid = c.conparentid AND above.conrelid = c.conrelid)
       AND (c.conrelid = ANY (%(tables)s){{also}})""",
    also=" OR c.confrelid = ANY (%(tables)s)",
    read=read,
    relations=("conrelid", "confrelid"),
    variants={
        "enforced": ENFORCED,
        "period": PERIOD,
        "on_delete_columns": Variant(
            feature="set_null_columns",
            if_present="c.confdelsetcols",
            otherwise="NULL::int2[]",
        ),
    },
)
