"""The tables whose row security hides rows from the session's role, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from reconciler.model.names import TableName
from reconciler.postgres.session import Session, rows

_HIDING = """
    SELECT n.nspname::text, c.relname::text, pg_has_role(c.relowner, 'USAGE') AS owned,
           pg_get_userbyid(c.relowner)::text AS owner, o.rolsuper AS superuser
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) AS wanted (schema, name)
      JOIN pg_namespace n ON n.nspname = wanted.schema
      JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
      JOIN pg_roles o ON o.oid = c.relowner
     WHERE row_security_active(c.oid)"""

_BYPASS = "use a role with BYPASSRLS"


def hidden_rows(session: Session, tables: Sequence[TableName]) -> tuple[str, str]:
    """Return the reason why rows of these tables cannot be counted, and the remedy."""
    wanted = {"schemas": [one.schema for one in tables], "names": [one.name for one in tables]}
    role, found = session.server.info.user, rows(session.connection, _HIDING, wanted)
    if not found:
        return f"row security hides rows from role {role}", _BYPASS
    names = [str(TableName(schema=row["nspname"], name=row["relname"])) for row in found]
    remedies = [_remedy(row, role) for row in found]
    return f"row security hides rows of {', '.join(names)} from role {role}", " ".join(
        [f"{_BYPASS}, or run", *dict.fromkeys(filter(None, remedies))] if all(remedies) else [_BYPASS]
    )


def _remedy(row: dict[str, object], role: str) -> str:
    """Return the statement after which the table's policies no longer apply to the role, if there is one."""
    table = sql.Identifier(str(row["nspname"]), str(row["relname"])).as_string(None)
    if row["owned"]:
        return f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
    owner = sql.Identifier(str(row["owner"])).as_string(None)
    return "" if row["superuser"] else f"GRANT {owner} TO {sql.Identifier(role).as_string(None)};"
