"""Reads foreign keys. Source: https://www.postgresql.org/docs/current/catalog-pg-constraint.html"""

from __future__ import annotations

from reconciler.kinds.base.catalog import Catalog, NameLookup, Row, Variant
from reconciler.kinds.base.constraint_catalog import ATTACHED, COMMENT, ENFORCED, FROM, IDENTITY, PERIOD
from reconciler.kinds.foreign_key.definition import ForeignKey, Match, ReferentialAction
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


# The columns before these identify a foreign key.
_VALUES = 8


def read(row: Row, names: NameLookup) -> tuple[Key, Definition]:
    key = Key(schema=row.nspname, table=row.relname, kind="foreign_key", name=row.conname)
    columns, ref_columns = names.columns(row.conrelid, row.conkey), names.columns(row.confrelid, row.confkey)
    values = ("foreign_key", columns, ref_columns, row.on_delete_columns and row.conrelid, row[_VALUES:])
    made = names.made.get(values)
    if made is None:
        made = names.made[values] = _foreign_key(row, columns, ref_columns, names)
    return key, made


def _foreign_key(row: Row, columns: tuple[str, ...], ref_columns: tuple[str, ...], names: NameLookup) -> ForeignKey:
    return ForeignKey(
        key=columns,
        ref_table=TableName(schema=row.ref_nspname, name=row.ref_relname),
        ref_columns=ref_columns,
        match=_MATCHES[row.confmatchtype],
        on_update=_ACTIONS[row.confupdtype],
        on_delete=_ACTIONS[row.confdeltype],
        on_delete_columns=names.columns(row.conrelid, row.on_delete_columns),
        period=row.period,
        deferrable=row.condeferrable,
        initially_deferred=row.condeferred,
        validated=row.convalidated,
        enforced=row.enforced,
        comment=row.comment,
    )


CATALOG = Catalog(
    query=f"""
    SELECT {IDENTITY}, {ATTACHED}, c.confrelid::int8, c.confkey::text, {COMMENT},
           c.condeferrable, c.condeferred, c.convalidated,
           c.confmatchtype::text, c.confupdtype::text, c.confdeltype::text,
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
            if_present="c.confdelsetcols::text",
            otherwise="NULL::text",
        ),
    },
)
