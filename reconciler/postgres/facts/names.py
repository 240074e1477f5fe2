"""The relations, constraints and statistics that have a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reconciler.model.facts.names import NamedConstraint, NamedObjects, NamedRelation, NamedStatistics, WhatHas
from reconciler.model.names import TableName
from reconciler.postgres.session import Session, ask

_RELATIONS = """
    SELECT w.number::int AS number, c.relkind::text AS kind, t.relname::text AS "table",
           pg_describe_object('pg_class'::regclass, c.oid, 0) AS described,
           EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x')) AS enforces
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) WITH ORDINALITY AS w (schema, name, number)
      JOIN pg_namespace n ON n.nspname = w.schema
      JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
      LEFT JOIN pg_index x ON x.indexrelid = c.oid
      LEFT JOIN pg_class t ON t.oid = x.indrelid"""

_CONSTRAINTS = """
    SELECT w.number::int AS number, t.relname::text AS "table", c.contype::text AS kind,
           pg_describe_object('pg_constraint'::regclass, c.oid, 0) AS described
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) WITH ORDINALITY AS w (schema, name, number)
      JOIN pg_namespace n ON n.nspname = w.schema
      JOIN pg_constraint c ON c.connamespace = n.oid AND c.conname = w.name
      LEFT JOIN pg_class t ON t.oid = c.conrelid"""

_STATISTICS = """
    SELECT w.number::int AS number, pg_describe_object('pg_statistic_ext'::regclass, s.oid, 0) AS described
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) WITH ORDINALITY AS w (schema, name, number)
      JOIN pg_namespace n ON n.nspname = w.schema
      JOIN pg_statistic_ext s ON s.stxnamespace = n.oid AND s.stxname = w.name"""


def what_has(session: Session, asked: Sequence[WhatHas]) -> Callable[[], Mapping[WhatHas, NamedObjects]]:
    wanted = {"schemas": [one.name.schema for one in asked], "names": [one.name.name for one in asked]}
    relations = ask(session.connection, _RELATIONS, wanted)
    constraints = ask(session.connection, _CONSTRAINTS, wanted)
    statistics = ask(session.connection, _STATISTICS, wanted)

    def answers() -> Mapping[WhatHas, NamedObjects]:
        having: dict[WhatHas, NamedRelation] = {}
        for row in relations():
            one = asked[row.number - 1]
            table = _table(one.name.schema, row.table)
            having[one] = NamedRelation(kind=row.kind, described=row.described, table=table, enforces=row.enforces)
        constrained: dict[WhatHas, list[NamedConstraint]] = {}
        for row in constraints():
            one = asked[row.number - 1]
            table = _table(one.name.schema, row.table)
            found = NamedConstraint(table=table, kind=row.kind, described=row.described)
            constrained.setdefault(one, []).append(found)
        estimated = {asked[row.number - 1]: NamedStatistics(described=row.described) for row in statistics()}
        return {
            one: NamedObjects(
                relation=having.get(one),
                constraints=tuple(constrained.get(one, ())),
                statistics=estimated.get(one),
            )
            for one in asked
        }

    return answers


def _table(schema: str, name: str | None) -> TableName | None:
    """Return the table. Indexes and constraints are in the schemas of their tables."""
    return None if name is None else TableName(schema=schema, name=name)
