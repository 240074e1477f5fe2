"""Which foreign keys depend on which indexes."""

from __future__ import annotations

from reconciler.model.facts.references import IndexesOfReferences, ReferencedIndex
from reconciler.model.names import Key, TableName
from reconciler.postgres.session import Session, rows

_REFERENCES = """
    SELECT fn.nspname::text AS ref_schema, f.relname::text AS ref_table, i.relname::text AS index,
           n.nspname::text AS schema, t.relname::text AS "table", c.conname::text AS name
      FROM pg_constraint c
      JOIN pg_class i ON i.oid = c.conindid
      JOIN pg_class f ON f.oid = c.confrelid
      JOIN pg_namespace fn ON fn.oid = f.relnamespace
      JOIN pg_class t ON t.oid = c.conrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE c.contype = 'f' AND c.conparentid = 0 AND c.confrelid = ANY (%(tables)s)"""


def indexes_of_references(session: Session, question: IndexesOfReferences) -> tuple[ReferencedIndex, ...]:
    found = rows(session.connection, _REFERENCES, {"tables": list(question.tables)})
    return tuple(
        ReferencedIndex(
            table=TableName(schema=row["ref_schema"], name=row["ref_table"]),
            index=row["index"],
            foreign_key=Key(schema=row["schema"], table=row["table"], kind="foreign_key", name=row["name"]),
        )
        for row in found
    )
