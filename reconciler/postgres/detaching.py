"""Whether a partition is being detached concurrently, or that was interrupted; and what interrupted runs have left."""

from __future__ import annotations

from reconciler.kinds.base import ddl
from reconciler.kinds.dropped_table.detached import DETACHED_BY
from reconciler.model.names import TableName
from reconciler.model.retired import DetachmentState, UnfinishedDetachment
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
    """Return what the query finds; None if the table is not a partition any more."""
    found = rows(session.connection, detach_pending_query(table))
    return bool(found[0]["pending"]) if found else None


_UNFINISHED = f"""
    SELECT n.nspname::text AS schema, t.relname::text AS name, pn.nspname::text AS parent_schema,
           p.relname::text AS parent,
           coalesce((SELECT CASE WHEN h.inhdetachpending THEN 'pending' ELSE 'attached' END
                       FROM pg_inherits h WHERE h.inhrelid = t.oid LIMIT 1), 'detached') AS state
      FROM pg_description d JOIN pg_type y ON y.oid = d.objoid
      JOIN pg_class t ON t.oid = y.typrelid AND t.relkind IN ('r', 'p') JOIN pg_namespace n ON n.oid = t.relnamespace
      JOIN pg_class p ON p.relkind = 'p' AND pg_has_role(t.relowner, p.relowner, 'USAGE')
      JOIN pg_namespace pn ON pn.oid = p.relnamespace
       AND starts_with(d.description, concat('{DETACHED_BY}', jsonb_build_array(pn.nspname, p.relname)))
     WHERE d.classoid = 'pg_type'::regclass AND starts_with(d.description, '{DETACHED_BY}')
     ORDER BY 1, 2"""


def unfinished_detachments(session: Session) -> list[UnfinishedDetachment]:
    """Return the partitions with the mark that a run writes before it detaches them, if their owner could attach them
    to the parent that it names."""
    return [
        UnfinishedDetachment(
            table=TableName(schema=row["schema"], name=row["name"]),
            parent=TableName(schema=row["parent_schema"], name=row["parent"]),
            state=DetachmentState(row["state"]),
        )
        for row in rows(session.connection, _UNFINISHED)
    ]
