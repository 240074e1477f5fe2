"""Whether the archive can be trusted: its schema belongs to a trusted role, and no other role may create objects in
it.

The owner of a schema may drop every table in it, whoever owns the table.
"""

from __future__ import annotations

from collections.abc import Collection

from psycopg import sql

from reconciler.model.names import ARCHIVE_SCHEMA
from reconciler.postgres.own import ARCHIVE, raising, refuse_if, summary
from reconciler.postgres.session import Session
from reconciler.postgres.trust import GRANTEE, is_trusted

# As for the journal: the problem, and the statement that corrects it.
_PROBLEMS = """
    SELECT format('it belongs to role %I, which is not trusted', pg_get_userbyid(owner.oid)) AS problem,
           format('ALTER SCHEMA %I OWNER TO %I', n.nspname, current_user) AS fix
      FROM pg_namespace n
      JOIN pg_database d ON d.datname = current_database()
     CROSS JOIN LATERAL (SELECT CASE WHEN pg_get_userbyid(n.nspowner) = 'pg_database_owner' THEN d.datdba
                                     ELSE n.nspowner END AS oid) owner
     WHERE n.nspname = {schema} AND NOT {trusted_owner}
     UNION ALL
    SELECT format('%s may create objects in it', grantee.name),
           format('REVOKE CREATE ON SCHEMA %I FROM %s%s', n.nspname, grantee.name,
                  CASE WHEN a.is_grantable THEN ' CASCADE' ELSE '' END)
      FROM pg_namespace n, aclexplode(n.nspacl) a, {grantee}
     WHERE n.nspname = {schema} AND a.privilege_type = 'CREATE' AND a.grantee <> n.nspowner AND NOT {trusted_grantee}"""


def archive_check(given: Collection[str]) -> str:
    """Return the body of a DO statement that fails if the archive exists and cannot be trusted. `given` are the
    trusted roles.

    It runs in each transaction that moves a table there or keeps one there.
    """
    return raising(ARCHIVE, ARCHIVE_SCHEMA, _problems(given))


def archive_summary(given: Collection[str]) -> str:
    """Return a query for `message` and `hint`, which describe the problem of the archive, or are NULL."""
    return summary(ARCHIVE, ARCHIVE_SCHEMA, _problems(given))


def refuse_untrusted_archive(session: Session, given: Collection[str]) -> None:
    """Raise `Refused` if the archive exists and cannot be trusted."""
    refuse_if(session, ARCHIVE, ARCHIVE_SCHEMA, _problems(given))


def _problems(given: Collection[str]) -> str:
    return (
        sql.SQL(_PROBLEMS)
        .format(
            schema=sql.Literal(ARCHIVE_SCHEMA),
            grantee=sql.SQL(GRANTEE),
            trusted_owner=sql.SQL(is_trusted("owner.oid", given)),
            trusted_grantee=sql.SQL(is_trusted("a.grantee", given)),
        )
        .as_string(None)
    )
