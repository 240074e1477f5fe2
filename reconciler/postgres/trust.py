"""Which roles are trusted: superusers, the connected role, and those that the operator names. A file cannot name
any.

The owner of a table, function or schema decides which code runs when it is used, and a superuser's session runs
that code as the superuser.
"""

from __future__ import annotations

from collections.abc import Collection

from psycopg import sql

_TRUSTED = """EXISTS (SELECT FROM pg_roles trusted WHERE trusted.oid = {role}
                 AND (trusted.rolsuper OR trusted.rolname = current_user OR trusted.rolname = ANY ({given})))"""

GRANTEE = """LATERAL (SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
                                   AS name) grantee"""
"""For FROM, after `aclexplode(…) a`: the grantee of the privilege, as SQL writes it."""


def is_trusted(role: str, given: Collection[str]) -> str:
    """Return an SQL condition: whether the role whose oid the SQL expression `role` returns is trusted. PUBLIC, 0,
    is not.

    `given` are the names of the roles that the operator trusts. The search path must be `pg_catalog`, and the query
    must have no parameters: a name may contain a percent sign.
    """
    names = sql.SQL("ARRAY[{}]::text[]").format(sql.SQL(", ").join(map(sql.Literal, sorted(given))))
    return sql.SQL(_TRUSTED).format(role=sql.SQL(role), given=names).as_string(None)
