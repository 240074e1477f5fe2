"""Properties in the catalog of objects that will be replaced, which no definition has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any

from reconciler.model.facts.carried import (
    DetailsOfConstraint,
    DetailsOfIndex,
    KnownComment,
    KnownConstraint,
    KnownIndex,
    KnownTrigger,
)
from reconciler.model.names import TableName
from reconciler.model.retired import TriggerState
from reconciler.postgres.facts.grouping import grouped
from reconciler.postgres.session import Session, ask

_INDEXES = """
    SELECT w.number::int AS number, d.description AS comment, i.reloptions, s.spcname::text AS tablespace,
           x.indisclustered AS clustered, x.indisreplident AND t.relreplident = 'i' AS replica_identity,
           ARRAY(SELECT e.extname::text
                   FROM pg_depend p JOIN pg_extension e ON e.oid = p.refobjid
                  WHERE p.classid = 'pg_class'::regclass AND p.objid = i.oid AND p.objsubid = 0
                    AND p.refclassid = 'pg_extension'::regclass AND p.deptype = 'x' ORDER BY 1) AS extensions,
           ARRAY(SELECT a.attname::text FROM pg_attribute a
                  WHERE a.attrelid = i.oid AND a.attnum > 0 ORDER BY a.attnum) AS columns
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) WITH ORDINALITY AS w(schema, name, number)
      JOIN pg_namespace n ON n.nspname = w.schema
      JOIN pg_class i ON i.relnamespace = n.oid AND i.relname = w.name
      JOIN pg_index x ON x.indexrelid = i.oid
      JOIN pg_class t ON t.oid = x.indrelid
      LEFT JOIN pg_tablespace s ON s.oid = i.reltablespace
      LEFT JOIN pg_description d ON d.objoid = i.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0"""

# Constraints with those of partitions, and with those that PostgreSQL created for referenced partitions.
_TREE = """
    WITH RECURSIVE tree AS (
      SELECT w.number::int AS number, c.oid, c.oid AS root, c.conrelid AS of_root
        FROM unnest(%(schemas)s::text[], %(tables)s::text[], %(names)s::text[])
             WITH ORDINALITY AS w(schema, "table", name, number)
        JOIN pg_namespace n ON n.nspname = w.schema
        JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = w."table"
        JOIN pg_constraint c ON c.conrelid = t.oid AND c.conname = w.name
       UNION ALL
      SELECT tree.number, c.oid, tree.root, tree.of_root FROM tree JOIN pg_constraint c ON c.conparentid = tree.oid
    )"""
_TRIGGERS = f"""{_TREE}
    SELECT DISTINCT tree.number, n.nspname::text AS schema, r.relname::text AS "table", g.tgtype::int AS type,
           p.proname IN ('RI_FKey_check_ins', 'RI_FKey_check_upd') AS checks, g.tgenabled::text AS enabled
      FROM tree
      JOIN pg_trigger g ON g.tgconstraint = tree.oid
      JOIN pg_class r ON r.oid = g.tgrelid
      JOIN pg_namespace n ON n.oid = r.relnamespace
      JOIN pg_proc p ON p.oid = g.tgfoid
     WHERE g.tgenabled <> 'O'
     ORDER BY 1, 2, 3, 4, 5"""
_COMMENTS = f"""{_TREE}
    SELECT tree.number, n.nspname::text AS schema, r.relname::text AS "table", c.conrelid = tree.of_root AS internal,
           c.conname::text AS name, d.description AS comment
      FROM tree
      JOIN pg_constraint c ON c.oid = tree.oid
      JOIN pg_class r ON r.oid = c.conrelid
      JOIN pg_namespace n ON n.oid = r.relnamespace
      JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_constraint'::regclass AND d.objsubid = 0
     WHERE tree.oid <> tree.root
     ORDER BY 1, 2, 3, 5"""
# Children that inherit a check have it under the same name.
_INHERITED_COMMENTS = """
    WITH RECURSIVE below AS (
      SELECT w.number::int AS number, c.conname, c.conrelid
        FROM unnest(%(schemas)s::text[], %(tables)s::text[], %(names)s::text[])
             WITH ORDINALITY AS w(schema, "table", name, number)
        JOIN pg_namespace n ON n.nspname = w.schema
        JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = w."table"
        JOIN pg_constraint c ON c.conrelid = t.oid AND c.conname = w.name AND c.contype = 'c'
       UNION
      SELECT below.number, below.conname, h.inhrelid FROM below JOIN pg_inherits h ON h.inhparent = below.conrelid
    )
    SELECT below.number, n.nspname::text AS schema, r.relname::text AS "table", false AS internal,
           c.conname::text AS name, d.description AS comment
      FROM below
      JOIN pg_constraint c ON c.conrelid = below.conrelid AND c.conname = below.conname AND c.coninhcount > 0
      JOIN pg_class r ON r.oid = c.conrelid
      JOIN pg_namespace n ON n.oid = r.relnamespace
      JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_constraint'::regclass AND d.objsubid = 0
     ORDER BY 1, 2, 3"""


def details_of_indexes(
    session: Session, asked: Sequence[DetailsOfIndex]
) -> Callable[[], Mapping[DetailsOfIndex, KnownIndex | None]]:
    wanted = {"schemas": [one.index.schema for one in asked], "names": [one.index.name for one in asked]}
    found = ask(session.connection, _INDEXES, wanted)

    def answers() -> Mapping[DetailsOfIndex, KnownIndex | None]:
        known: dict[DetailsOfIndex, KnownIndex | None] = dict.fromkeys(asked)
        for row in found():
            known[asked[row.number - 1]] = KnownIndex(
                comment=row.comment,
                parameters=tuple(row.reloptions or ()),
                tablespace=row.tablespace,
                clustered=row.clustered,
                replica_identity=row.replica_identity,
                extensions=tuple(row.extensions),
                columns=tuple(row.columns),
            )
        return known

    return answers


def details_of_constraints(
    session: Session, asked: Sequence[DetailsOfConstraint]
) -> Callable[[], Mapping[DetailsOfConstraint, KnownConstraint]]:
    wanted = {
        "schemas": [one.table.schema for one in asked],
        "tables": [one.table.name for one in asked],
        "names": [one.name for one in asked],
    }
    triggers, comments, inherited = (
        ask(session.connection, query, wanted) for query in (_TRIGGERS, _COMMENTS, _INHERITED_COMMENTS)
    )

    def answers() -> Mapping[DetailsOfConstraint, KnownConstraint]:
        with_triggers = grouped(asked, ((asked[row.number - 1], _trigger(row)) for row in triggers()))
        rows = chain(comments(), inherited())
        with_comments = grouped(asked, ((asked[row.number - 1], _comment(row)) for row in rows))
        return {one: KnownConstraint(triggers=with_triggers[one], comments=with_comments[one]) for one in asked}

    return answers


def _trigger(row: Any) -> KnownTrigger:
    return KnownTrigger(table=_table(row), type=row.type, checks=row.checks, state=TriggerState(row.enabled))


def _comment(row: Any) -> KnownComment:
    return KnownComment(table=_table(row), name=row.name, internal=row.internal, comment=row.comment)


def _table(row: Any) -> TableName:
    return TableName(schema=row.schema, name=row.table)
