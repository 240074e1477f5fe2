"""What belongs to a table, and is not in a dump of it alone: extended statistics.

A restore creates them again with these statements. A published table is not archived, so there are no memberships in
publications. Source: https://www.postgresql.org/docs/current/app-pgdump.html
"""

from __future__ import annotations

from reconciler.kinds.base import ddl
from reconciler.model.names import TableName
from reconciler.postgres.session import Session, rows

_OWNER = "format('ALTER STATISTICS %%I.%%I OWNER TO %%I', n.nspname, s.stxname, pg_get_userbyid(s.stxowner))"
_STATISTICS = f"""
    SELECT s.oid::int8 AS oid, pg_get_statisticsobjdef(s.oid) AS created, {_OWNER} AS owner,
           CASE WHEN coalesce(s.stxstattarget, -1) >= 0
                THEN format('ALTER STATISTICS %%I.%%I SET STATISTICS %%s', n.nspname, s.stxname, s.stxstattarget)
                END AS target,
           format('COMMENT ON STATISTICS %%I.%%I IS %%L', n.nspname, s.stxname,
                  obj_description(s.oid, 'pg_statistic_ext')) AS comment,
           obj_description(s.oid, 'pg_statistic_ext') IS NOT NULL AS commented
      FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
     WHERE s.stxrelid = %(table)s::regclass ORDER BY 1"""


def beside(session: Session, table: TableName) -> tuple[str, ...]:
    """Return the statements, in order. The search path must be `pg_catalog`."""
    name = {"table": ddl.text_of(ddl.relation(table))}
    found: list[str] = []
    for row in rows(session.connection, _STATISTICS, name):
        found += [row["created"], row["owner"], *([row["target"]] if row["target"] else [])]
        found += [row["comment"]] if row["commented"] else []
    return tuple(found)
