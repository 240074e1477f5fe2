"""What a restore gives a table that pg_restore does not: its owner's rights, grants, and extended statistics.

Grants are not left to pg_restore, because they belong to the owner, and the owner may not create tables in the archive:
the table gets its owner after it was loaded. Extended statistics are not in a dump of one table. A published table is
not archived, so there are no memberships in publications. Source: https://www.postgresql.org/docs/current/app-pgdump.html
"""

from __future__ import annotations

from reconciler.kinds.base import ddl
from reconciler.model.names import TableName
from reconciler.postgres.session import Session, one, rows

_OWNER = "SELECT pg_get_userbyid(c.relowner)::text AS name FROM pg_class c WHERE c.oid = %(table)s::regclass"

_RELATIONS = """
    relations AS (
      SELECT c.oid, c.relacl, c.relowner, c.oid::regclass::text AS name,
             CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS sort,
             CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char" AS letter
        FROM pg_class c
       WHERE c.oid = %(table)s::regclass
          OR (c.relkind = 'S' AND EXISTS (
               SELECT FROM pg_depend o
                WHERE o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.refclassid = 'pg_class'::regclass
                  AND o.refobjid = %(table)s::regclass AND o.deptype IN ('a', 'i'))))"""

# The owner may lack privileges that an owner has by default; others have those that they were granted.
_GRANTS = f"""
    WITH {_RELATIONS},
    granted AS (
      SELECT r.sort, r.name, r.relowner, '' AS columns, a.grantee, a.privilege_type, a.is_grantable
        FROM relations r CROSS JOIN aclexplode(r.relacl) AS a
       UNION ALL
      SELECT r.sort, r.name, r.relowner, format(' (%%I)', c.attname), a.grantee, a.privilege_type, a.is_grantable
        FROM relations r JOIN pg_attribute c ON c.attrelid = r.oid AND NOT c.attisdropped
       CROSS JOIN aclexplode(c.attacl) AS a)
    SELECT 1 AS turn, format('REVOKE %%s ON %%s %%s FROM %%I', d.privilege_type, r.sort, r.name,
                             pg_get_userbyid(r.relowner)) AS statement
      FROM relations r CROSS JOIN aclexplode(acldefault(r.letter, r.relowner)) AS d
     WHERE r.relacl IS NOT NULL
       AND NOT EXISTS (SELECT FROM aclexplode(r.relacl) AS a
                        WHERE a.grantee = r.relowner AND a.privilege_type = d.privilege_type)
     UNION ALL
    SELECT 2, format('GRANT %%s%%s ON %%s %%s TO %%s%%s', g.privilege_type, g.columns, g.sort, g.name,
                     CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
                     CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
      FROM granted g WHERE g.grantee <> g.relowner
     ORDER BY 1, 2"""

_STATISTICS = """
    SELECT s.oid::int8 AS oid, pg_get_statisticsobjdef(s.oid) AS created,
           format('ALTER STATISTICS %%I.%%I OWNER TO %%I', n.nspname, s.stxname,
                  pg_get_userbyid(s.stxowner)) AS owner,
           CASE WHEN coalesce(s.stxstattarget, -1) >= 0
                THEN format('ALTER STATISTICS %%I.%%I SET STATISTICS %%s', n.nspname, s.stxname, s.stxstattarget)
                END AS target,
           format('COMMENT ON STATISTICS %%I.%%I IS %%L', n.nspname, s.stxname,
                  obj_description(s.oid, 'pg_statistic_ext')) AS comment,
           obj_description(s.oid, 'pg_statistic_ext') IS NOT NULL AS commented
      FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
     WHERE s.stxrelid = %(table)s::regclass ORDER BY 1"""


def owner_of(session: Session, table: TableName) -> str:
    """Return the role that owns the table."""
    return str(one(session.connection, _OWNER, {"table": ddl.text_of(ddl.relation(table))})["name"])


def statements_after_load(session: Session, table: TableName) -> tuple[str, ...]:
    """Return the statements, in order. The search path must be `pg_catalog`."""
    name = {"table": ddl.text_of(ddl.relation(table))}
    found: list[str] = [row["statement"] for row in rows(session.connection, _GRANTS, name)]
    for row in rows(session.connection, _STATISTICS, name):
        found += [row["created"], row["owner"], *([row["target"]] if row["target"] else [])]
        found += [row["comment"]] if row["commented"] else []
    return tuple(found)
