"""Whether a partition is being detached concurrently, or that was interrupted."""

from __future__ import annotations

from reconciler.kinds.base import ddl
from reconciler.model.names import TableName
from reconciler.postgres.session import Session, rows

_PENDING = """SELECT i.inhdetachpending AS pending
                FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class t ON t.oid = i.inhrelid
                JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
               WHERE n.nspname = {schema} AND t.relname = {name}"""


def detach_pending_query(table: TableName) -> str:
    """Return the query for whether the partition waits for the end of its detachment. It has no row if the table is no
    partition."""
    words = " ".join(_PENDING.split())
    return ddl.text_of(ddl.compose(words, schema=ddl.literal(table.schema), name=ddl.literal(table.name)))


def detach_pending(session: Session, table: TableName) -> bool | None:
    """Return what the query finds; None if the table is no partition any more."""
    found = rows(session.connection, detach_pending_query(table))
    return bool(found[0]["pending"]) if found else None
