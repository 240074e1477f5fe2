"""Expressions that a load evaluates, and that no other server can prove: those that call users' functions, or depend on
the time.

The server that verifies a dump has the names of users' functions, but no bodies. There, a check that calls one accepts
every row; in the database, the function may fail, for example because pg_restore sets an empty search path.
"""

from __future__ import annotations

from reconciler.kinds.base import ddl
from reconciler.model.names import TableName
from reconciler.postgres.calls import Caller
from reconciler.postgres.session import Session, rows

# A NOT VALID check of a table is added after the rows; one of a domain checks each value that is read.
_TREES = """
    WITH RECURSIVE types (oid) AS (
      SELECT a.atttypid FROM pg_attribute a
       WHERE a.attrelid = %(table)s::regclass AND a.attnum > 0 AND NOT a.attisdropped
       UNION
      SELECT next.oid
        FROM types w JOIN pg_type t ON t.oid = w.oid
       CROSS JOIN LATERAL (
         SELECT t.typelem UNION ALL SELECT t.typbasetype
          UNION ALL SELECT a.atttypid FROM pg_attribute a
                     WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
          UNION ALL SELECT g.rngsubtype FROM pg_range g WHERE t.oid IN (g.rngtypid, g.rngmultitypid)
         ) AS next (oid)
       WHERE next.oid <> 0)
    SELECT format('check %%I', c.conname) AS what, c.conbin::text AS tree
      FROM pg_constraint c WHERE c.conrelid = %(table)s::regclass AND c.contype = 'c' AND c.convalidated
     UNION ALL
    SELECT format('domain %%s', c.contypid::regtype), c.conbin::text
      FROM pg_constraint c JOIN types ON types.oid = c.contypid WHERE c.contype = 'c'
     UNION ALL
    SELECT format('generated column %%I', a.attname), d.adbin::text
      FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
     WHERE d.adrelid = %(table)s::regclass AND a.attgenerated <> ''
     UNION ALL
    SELECT format('index %%I', r.relname), concat(i.indexprs::text, i.indpred::text)
      FROM pg_index i JOIN pg_class r ON r.oid = i.indexrelid
     WHERE i.indrelid = %(table)s::regclass AND (i.indexprs IS NOT NULL OR i.indpred IS NOT NULL)
     ORDER BY 1"""

_OF_TIME = frozenset({"now()", "statement_timestamp()", "transaction_timestamp()"})
_KEYWORD = "{SQLVALUEFUNCTION"
"""Begins the node of CURRENT_DATE, CURRENT_USER and the like. Braces in texts have a backslash before them."""


def unproved(session: Session, table: TableName) -> list[str]:
    """Return which expressions of the table cannot be proved, and why. The search path must be `pg_catalog`."""
    caller, found = Caller(), []
    for row in rows(session.connection, _TREES, {"table": ddl.text_of(ddl.relation(table))}):
        calls = caller.calls_of(session, [row["tree"]])
        reasons = {*calls.forbidden(listed_only=True), *({one.signature for one in calls.named} & _OF_TIME)}
        if not reasons and _KEYWORD in row["tree"]:
            reasons = {"the time or the session"}
        if reasons:
            found.append(f"{row['what']} depends on {', '.join(sorted(reasons))}")
    return found
