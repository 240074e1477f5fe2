"""Which relations and constraints have certain names."""

from __future__ import annotations

from reconciler.model.facts.names import NamedConstraint, NamedObjects, NamedRelation, WhatHasNames
from reconciler.model.names import TableName
from reconciler.postgres.session import Session, ask, pipelined

_RELATIONS = """
    SELECT n.nspname::text AS schema, c.relname::text AS name, c.relkind::text AS kind, t.relname::text AS "table",
           pg_describe_object('pg_class'::regclass, c.oid, 0) AS described,
           EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x')) AS enforces
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) AS wanted (schema, name)
      JOIN pg_namespace n ON n.nspname = wanted.schema
      JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
      LEFT JOIN pg_index x ON x.indexrelid = c.oid
      LEFT JOIN pg_class t ON t.oid = x.indrelid"""

_CONSTRAINTS = """
    SELECT n.nspname::text AS schema, c.conname::text AS name, t.relname::text AS "table", c.contype::text AS kind,
           pg_describe_object('pg_constraint'::regclass, c.oid, 0) AS described
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) AS wanted (schema, name)
      JOIN pg_namespace n ON n.nspname = wanted.schema
      JOIN pg_constraint c ON c.connamespace = n.oid AND c.conname = wanted.name
      LEFT JOIN pg_class t ON t.oid = c.conrelid"""


def what_has_names(session: Session, question: WhatHasNames) -> NamedObjects:
    """Indexes and constraints are in the schemas of their tables."""
    if not question.names:
        return NamedObjects()
    wanted = {
        "schemas": [name.schema for name in question.names],
        "names": [name.name for name in question.names],
    }
    with pipelined(session.connection):
        relations = ask(session.connection, _RELATIONS, wanted)
        constraints = ask(session.connection, _CONSTRAINTS, wanted)
    return NamedObjects(
        relations=tuple(
            NamedRelation(
                name=TableName(schema=row.schema, name=row.name),
                kind=row.kind,
                described=row.described,
                table=_table(row.schema, row.table),
                enforces=row.enforces,
            )
            for row in relations()
        ),
        constraints=tuple(
            NamedConstraint(
                schema=row.schema,
                name=row.name,
                table=_table(row.schema, row.table),
                kind=row.kind,
                described=row.described,
            )
            for row in constraints()
        ),
    )


def _table(schema: str, name: str | None) -> TableName | None:
    return None if name is None else TableName(schema=schema, name=name)
