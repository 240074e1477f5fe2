"""Reads what depends on a table that the file drops. Other tables are not read.

Dependencies are edges of pg_depend. Functions with quoted bodies have none; they are found by their source text.
Source: https://www.postgresql.org/docs/current/catalog-pg-depend.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reconciler.kinds.base.catalog import Catalog, NameLookup, Row
from reconciler.kinds.dropped_table.detached import DETACHED_BY, MARK, read_mark
from reconciler.kinds.dropped_table.views import VIEW_DEFINITION
from reconciler.model.definition import Definition
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName
from reconciler.model.retired import CopiedTrigger, DependentOfTable, ParentTable, TableToRetire, TriggerState


def read_dependent(item: dict[str, Any]) -> DependentOfTable:
    whole = item.get("whole")
    schema, table = item.get("view") or (item["schema"], item["table"])
    return DependentOfTable(
        description=str(item["description"]),
        table=TableName(schema=schema, name=table) if schema and table else None,
        foreign_key=Key(kind="foreign_key", **whole) if whole else None,
        is_default=bool(item.get("default")),
    )


def read(row: Row, _names: NameLookup) -> tuple[Key, Definition]:
    key = Key(schema=row.nspname, table=row.relname, kind="dropped_table")
    former_parent, part = read_mark(row.mark), row.part or {}
    parents = tuple(
        ParentTable(
            table=TableName(schema=schema, name=name),
            bound=bound,
            triggers=tuple(CopiedTrigger(name=trigger, state=TriggerState(state)) for trigger, state in triggers),
        )
        for schema, name, bound, triggers in row.parents
    )
    is_detached = former_parent is not None and row.owns_former_parent and not parents
    if is_detached and former_parent is not None:
        parents = (former_parent,)
    pending = bool(part.get("pending"))
    at_once = _why_at_once(part) if part and not pending else ""
    return key, TableToRetire(
        oid=row.oid,
        relkind=row.relkind,
        comment=row.comment,
        indexes=tuple(sorted(row.indexes)),
        sequences=tuple(sorted(row.sequences)),
        dependents=tuple(read_dependent(item) for item in row.dependents),
        mentions=tuple(row.mentions),
        named_by=tuple(row.named_by),
        query=row.query,
        definition=tuple(row.definition or ()),
        parents=parents,
        detaching=is_detached or (bool(part) and not at_once),
        at_once=at_once,
        pending=pending,
        detached=is_detached,
        marked=former_parent is not None,
    )


def _why_at_once(part: Mapping[str, Any]) -> str:
    """Return why the partition cannot be detached concurrently, so that every interrupted attempt can be continued;
    empty if it can."""
    if part["default"]:
        return "the partitioned table has a default partition"
    if not part["owned"]:
        return "its owner does not have the rights of the owner of the partitioned table"
    return ""


_SEQUENCES = """SELECT s.oid, s.relname FROM pg_depend o JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S'
                 WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass
                   AND o.refobjid = t.oid AND o.deptype IN ('a', 'i')"""

# The rule of a view is its query: people drop the view.
_EDGES = f"""SELECT DISTINCT jsonb_build_object(
             'description',
             CASE WHEN r.rulename = '_RETURN'
                  THEN pg_describe_object('pg_class'::regclass, r.ev_class, 0)
                  ELSE pg_describe_object(d.classid, d.objid, d.objsubid) END,
             'schema', coalesce(cn.nspname, hn.nspname, fn.nspname),
             'table', coalesce(ct.relname, ht.relname, ft.relname),
             'default', f.oid IS NOT NULL{{more}}) AS found
        FROM pg_depend d
        LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
        LEFT JOIN pg_constraint c ON d.classid = 'pg_constraint'::regclass AND c.oid = d.objid
        LEFT JOIN pg_class ct ON ct.oid = c.conrelid
        LEFT JOIN pg_namespace cn ON cn.oid = ct.relnamespace
        LEFT JOIN pg_inherits h ON d.classid = 'pg_class'::regclass AND h.inhrelid = d.objid AND h.inhparent = t.oid
        LEFT JOIN pg_class ht ON ht.oid = h.inhrelid
        LEFT JOIN pg_namespace hn ON hn.oid = ht.relnamespace
        LEFT JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid
        LEFT JOIN pg_class ft ON ft.oid = f.adrelid
        LEFT JOIN pg_namespace fn ON fn.oid = ft.relnamespace
       WHERE d.deptype IN ('n', 'a')
         AND ((d.refclassid = 'pg_class'::regclass
               AND (d.refobjid = t.oid OR d.refobjid IN (SELECT q.oid FROM ({_SEQUENCES}) q)))
              OR (d.refclassid = 'pg_type'::regclass
                  AND d.refobjid IN (SELECT y.oid FROM pg_type y WHERE y.oid = t.reltype OR y.typelem = t.reltype)))
         AND r.ev_class IS DISTINCT FROM t.oid
         AND c.conrelid IS DISTINCT FROM t.oid
         AND cn.nspname IS DISTINCT FROM '{ARCHIVE_SCHEMA}'
         AND f.adrelid IS DISTINCT FROM t.oid
         AND NOT EXISTS (SELECT FROM pg_trigger g
                          WHERE d.classid = 'pg_trigger'::regclass AND g.oid = d.objid AND g.tgrelid = t.oid)
         AND NOT EXISTS (SELECT FROM pg_policy p
                          WHERE d.classid = 'pg_policy'::regclass AND p.oid = d.objid AND p.polrelid = t.oid)
         AND NOT EXISTS (SELECT FROM pg_statistic_ext e
                          WHERE d.classid = 'pg_statistic_ext'::regclass AND e.oid = d.objid AND e.stxrelid = t.oid)
         AND NOT EXISTS (SELECT FROM pg_index x
                          WHERE d.classid = 'pg_class'::regclass AND x.indexrelid = d.objid AND x.indrelid = t.oid)
         AND NOT (d.classid = 'pg_class'::regclass
                  AND (d.objid = t.oid OR d.objid IN (SELECT q.oid FROM ({_SEQUENCES}) q)))
       UNION
      SELECT jsonb_build_object('description', 'extension ' || quote_ident(e.extname), 'schema', NULL, 'table', NULL)
        FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
       WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
         AND (d.objid = t.oid OR d.objid IN (SELECT q.oid FROM ({_SEQUENCES}) q))
       UNION
      SELECT jsonb_build_object('description', 'subscription ' || quote_ident(s.subname), 'schema', NULL, 'table', NULL)
        FROM pg_subscription_rel r JOIN pg_subscription s ON s.oid = r.srsubid
       WHERE r.srrelid = t.oid"""

# A generated column depends on other columns of its table; before PostgreSQL 15 by itself.
EDGES = _EDGES.format(more="")
"""The objects outside the table `t` that depend on it, one JSON object each. DROP EXTENSION drops a member wherever
it is. Defaults of tables in the archive can use a sequence of the table, such as those of its former partitions."""

_WHOLE = """WITH RECURSIVE up AS (
                       SELECT c.conname, c.conrelid, c.conparentid
                        UNION ALL
                       SELECT p.conname, p.conrelid, p.conparentid
                         FROM up JOIN pg_constraint p ON p.oid = up.conparentid)
              SELECT jsonb_build_object('schema', un.nspname, 'table', ut.relname, 'name', up.conname)
                FROM up JOIN pg_class ut ON ut.oid = up.conrelid JOIN pg_namespace un ON un.oid = ut.relnamespace
               WHERE up.conparentid = 0"""
"""The constraint `c`, or the one of the partitioned table that it is part of, under another name."""

_VIEW = f"""SELECT jsonb_build_array(vn.nspname, v.relname)
                FROM pg_class v JOIN pg_namespace vn ON vn.oid = v.relnamespace
               WHERE v.oid = r.ev_class AND v.relkind IN ('v', 'm') AND vn.nspname <> '{ARCHIVE_SCHEMA}'"""
"""The view of the rule `r`, which is its query, or one for writes to it. One in the archive is not dropped, and would
still use the table."""

NAMED_EDGES = _EDGES.format(more=f", 'whole', CASE c.contype WHEN 'f' THEN ({_WHOLE}) END, 'view', ({_VIEW})")

# DETACH PARTITION drops these copies, and ATTACH PARTITION creates them again with the state of the parent's trigger.
# Before PostgreSQL 15, each copy is marked as internal. Triggers of foreign keys have other names when they come back.
_TRIGGERS = """SELECT jsonb_build_array(above.tgname, g.tgenabled)
                 FROM pg_trigger g JOIN pg_trigger above ON above.oid = g.tgparentid
                WHERE g.tgrelid = t.oid AND above.tgrelid = p.oid AND g.tgenabled <> above.tgenabled
                  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.oid = g.tgconstraint AND c.contype = 'f')
                ORDER BY above.tgname"""
"""The copies on the partition `t` of triggers of its parent `p` that have another state than those."""

# SQL folds names to lower case. A name may begin or end with a character that is not a letter.
_AS_A_WORD = r"('(?<!\w)' || regexp_replace(t.relname, '(\W)', '\\\1', 'g') || '(?!\w)')"

CATALOG = Catalog(
    query=f"""
    SELECT n.nspname::text, t.relname::text, t.oid::int8, t.relkind::text,
           obj_description(t.oid, 'pg_class') AS comment, {MARK} AS mark,
           ARRAY(SELECT jsonb_build_array(pn.nspname, p.relname, pg_get_expr(t.relpartbound, t.oid),
                                          ARRAY({_TRIGGERS}))
                   FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent
                   JOIN pg_namespace pn ON pn.oid = p.relnamespace
                  WHERE h.inhrelid = t.oid ORDER BY h.inhseqno) AS parents,
           CASE WHEN t.relispartition THEN (
             SELECT jsonb_build_object(
                      'pending', h.inhdetachpending, 'default', o.partdefid <> 0,
                      'owned', pg_has_role(t.relowner, p.relowner, 'USAGE'))
               FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent
               JOIN pg_partitioned_table o ON o.partrelid = p.oid
              WHERE h.inhrelid = t.oid) END AS part,
           EXISTS (SELECT FROM pg_class p JOIN pg_namespace pn ON pn.oid = p.relnamespace
                    WHERE p.relkind = 'p' AND pg_has_role(t.relowner, p.relowner, 'USAGE')
                      AND starts_with({MARK},
                                      concat('{DETACHED_BY}', jsonb_build_array(pn.nspname, p.relname)))
           ) AS owns_former_parent,
           CASE WHEN t.relkind IN ('v', 'm') THEN pg_get_viewdef(t.oid) END AS query,
           CASE WHEN t.relkind IN ('v', 'm') THEN ARRAY({VIEW_DEFINITION}) END AS definition,
           ARRAY(SELECT i.relname::text FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
                  WHERE x.indrelid = t.oid ORDER BY 1) AS indexes,
           ARRAY(SELECT q.relname::text FROM ({_SEQUENCES}) q ORDER BY 1) AS sequences,
           coalesce((
             SELECT jsonb_agg(found ORDER BY found ->> 'description')
               FROM ({NAMED_EDGES}) AS edges
           ), '[]') AS dependents,
           ARRAY(SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
                  WHERE l.lanname NOT IN ('internal', 'c') AND p.pronamespace <> 'pg_catalog'::regnamespace
                    AND p.prosrc ~* {_AS_A_WORD}
                  ORDER BY 1) AS mentions,
           ARRAY(SELECT format('trigger %%I on %%s', g.tgname, g.tgrelid::regclass) FROM pg_trigger g
                  WHERE NOT g.tgisinternal AND g.tgnargs > 0 AND g.tgrelid <> t.oid
                    AND regexp_replace(pg_get_triggerdef(g.oid), '^.* EXECUTE (FUNCTION|PROCEDURE) ', '')
                        ~* {_AS_A_WORD}
                  ORDER BY 1) AS named_by
      FROM pg_class t
      JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE t.oid = ANY (%(tables)s)""",
    read=read,
    relations=(),
)
