"""The operators by which PostgreSQL tells whether two values of a type are equal: those of its default B-tree class,
whatever a search path would find."""

from __future__ import annotations

from collections.abc import Collection

from reconciler.postgres.session import Session, rows
from reconciler.postgres.trusted_functions import FIRST_USER_OID

# Types of PostgreSQL itself, enums, arrays, ranges and composites have theirs in pg_catalog. Domains have that of their
# base type.
_EQUALITY = """
    WITH RECURSIVE base (start, oid) AS (
        SELECT oid, oid FROM unnest(%(oids)s::oid[]) AS given (oid)
        UNION SELECT b.start, t.typbasetype FROM base b JOIN pg_type t ON t.oid = b.oid WHERE t.typbasetype <> 0)
    SELECT b.start::int8 AS type, n.nspname::text AS schema, o.oprname::text AS name
      FROM base b
      JOIN pg_opclass c ON c.opcintype = b.oid AND c.opcdefault
      JOIN pg_am m ON m.oid = c.opcmethod AND m.amname = 'btree'
      JOIN pg_amop a ON a.amopfamily = c.opcfamily AND a.amoplefttype = b.oid AND a.amoprighttype = b.oid
                    AND a.amopstrategy = 3
      JOIN pg_operator o ON o.oid = a.amopopr
      JOIN pg_namespace n ON n.oid = o.oprnamespace"""


def equality_operators(session: Session, types: Collection[int]) -> dict[int, tuple[str, str]]:
    """Schema and name of the operator for each of the types that does not have `pg_catalog.=`."""
    asked = sorted(oid for oid in set(types) if oid >= FIRST_USER_OID)
    found = rows(session.connection, _EQUALITY, {"oids": asked}) if asked else []
    return {row["type"]: (row["schema"], row["name"]) for row in found}
