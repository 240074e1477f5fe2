"""Reads what the catalog knows of objects that are about to be replaced, and no definition holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reconciler.model.names import TableName
from reconciler.postgres.session import Session, rows

_INDEXES = """
    SELECT w.number::int, d.description AS comment, i.reloptions, s.spcname::text AS tablespace,
           x.indisclustered AS clustered, x.indisreplident AND t.relreplident = 'i' AS replica_identity,
           ARRAY(SELECT e.extname::text
                   FROM pg_depend p JOIN pg_extension e ON e.oid = p.refobjid
                  WHERE p.classid = 'pg_class'::regclass AND p.objid = i.oid AND p.objsubid = 0
                    AND p.refclassid = 'pg_extension'::regclass AND p.deptype = 'x' ORDER BY 1) AS extensions,
           ARRAY(SELECT a.attname::text FROM pg_attribute a
                  WHERE a.attrelid = i.oid AND a.attnum > 0 ORDER BY a.attnum) AS columns
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) WITH ORDINALITY AS w(schema, name, number)
      JOIN pg_namespace n ON n.nspname = w.schema
      JOIN pg_class i ON i.relnamespace = n.oid AND i.relname = w.name
      JOIN pg_index x ON x.indexrelid = i.oid
      JOIN pg_class t ON t.oid = x.indrelid
      LEFT JOIN pg_tablespace s ON s.oid = i.reltablespace
      LEFT JOIN pg_description d ON d.objoid = i.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0"""

# Constraints with what partitions have of them, or has been made of them for referenced partitions.
_TREE = """
    WITH RECURSIVE tree AS (
      SELECT w.number::int AS number, c.oid, c.oid AS root, c.conrelid AS of_root
        FROM unnest(%(schemas)s::text[], %(tables)s::text[], %(names)s::text[])
             WITH ORDINALITY AS w(schema, "table", name, number)
        JOIN pg_namespace n ON n.nspname = w.schema
        JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = w."table"
        JOIN pg_constraint c ON c.conrelid = t.oid AND c.conname = w.name
       UNION ALL
      SELECT tree.number, c.oid, tree.root, tree.of_root FROM tree JOIN pg_constraint c ON c.conparentid = tree.oid
    )"""
_TRIGGERS = f"""{_TREE}
    SELECT DISTINCT tree.number, n.nspname::text AS schema, r.relname::text AS "table", g.tgtype::int AS type,
           p.proname IN ('RI_FKey_check_ins', 'RI_FKey_check_upd') AS checks, g.tgenabled::text AS enabled
      FROM tree
      JOIN pg_trigger g ON g.tgconstraint = tree.oid
      JOIN pg_class r ON r.oid = g.tgrelid
      JOIN pg_namespace n ON n.oid = r.relnamespace
      JOIN pg_proc p ON p.oid = g.tgfoid
     WHERE g.tgenabled <> 'O'
     ORDER BY 1, 2, 3, 4, 5"""
_COMMENTS = f"""{_TREE}
    SELECT tree.number, n.nspname::text AS schema, r.relname::text AS "table", c.conrelid = tree.of_root AS internal,
           c.conname::text AS name, d.description AS comment
      FROM tree
      JOIN pg_constraint c ON c.oid = tree.oid
      JOIN pg_class r ON r.oid = c.conrelid
      JOIN pg_namespace n ON n.oid = r.relnamespace
      JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_constraint'::regclass AND d.objsubid = 0
     WHERE tree.oid <> tree.root
     ORDER BY 1, 2, 3, 5"""
# Children that inherit a check have it under the same name.
_INHERITED_COMMENTS = """
    WITH RECURSIVE below AS (
      SELECT w.number::int AS number, c.conname, c.conrelid
        FROM unnest(%(schemas)s::text[], %(tables)s::text[], %(names)s::text[])
             WITH ORDINALITY AS w(schema, "table", name, number)
        JOIN pg_namespace n ON n.nspname = w.schema
        JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = w."table"
        JOIN pg_constraint c ON c.conrelid = t.oid AND c.conname = w.name AND c.contype = 'c'
       UNION
      SELECT below.number, below.conname, h.inhrelid FROM below JOIN pg_inherits h ON h.inhparent = below.conrelid
    )
    SELECT below.number, n.nspname::text AS schema, r.relname::text AS "table", false AS internal,
           c.conname::text AS name, d.description AS comment
      FROM below
      JOIN pg_constraint c ON c.conrelid = below.conrelid AND c.conname = below.conname AND c.coninhcount > 0
      JOIN pg_class r ON r.oid = c.conrelid
      JOIN pg_namespace n ON n.oid = r.relnamespace
      JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_constraint'::regclass AND d.objsubid = 0
     ORDER BY 1, 2, 3"""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIndex:
    """`columns` are the names of its columns, `extensions` those that it depends on (ALTER INDEX … DEPENDS ON)."""

    comment: str | None
    parameters: tuple[str, ...]
    tablespace: str | None
    clustered: bool
    replica_identity: bool
    extensions: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTrigger:
    """A trigger that enforces a constraint and is not in its ordinary state: `type` and `enabled` as `tgtype` and
    `tgenabled`. `checks`: it looks at the referring rows."""

    table: TableName
    type: int
    checks: bool
    enabled: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownComment:
    """The comment of what a partition or child has of a constraint. `internal`: of what PostgreSQL made on the same
    table, for a partition of the referenced one."""

    table: TableName
    name: str
    internal: bool
    comment: str


@dataclass(slots=True, kw_only=True)
class KnownConstraint:
    """What is known of one constraint."""

    triggers: list[KnownTrigger] = field(default_factory=list)
    comments: list[KnownComment] = field(default_factory=list)


Constraint = tuple[TableName, str]
"""A constraint by its table and name."""


def read_indexes(session: Session, indexes: Sequence[TableName]) -> dict[TableName, KnownIndex]:
    """What is known of these indexes, those that are there."""
    parameters = {"schemas": [one.schema for one in indexes], "names": [one.name for one in indexes]}
    return {
        indexes[row["number"] - 1]: KnownIndex(
            comment=row["comment"],
            parameters=tuple(row["reloptions"] or ()),
            tablespace=row["tablespace"],
            clustered=row["clustered"],
            replica_identity=row["replica_identity"],
            extensions=tuple(row["extensions"]),
            columns=tuple(row["columns"]),
        )
        for row in (rows(session.connection, _INDEXES, parameters) if indexes else ())
    }


def read_constraints(session: Session, constraints: Sequence[Constraint]) -> Mapping[Constraint, KnownConstraint]:
    """What is known of these constraints."""
    known = {one: KnownConstraint() for one in constraints}
    parameters: dict[str, Any] = {
        "schemas": [table.schema for table, _ in constraints],
        "tables": [table.name for table, _ in constraints],
        "names": [name for _, name in constraints],
    }

    def found(query: str) -> Sequence[tuple[KnownConstraint, dict[str, Any]]]:
        answer = rows(session.connection, query, parameters) if constraints else ()
        return [(known[constraints[row["number"] - 1]], row) for row in answer]

    for one, row in found(_TRIGGERS):
        one.triggers.append(
            KnownTrigger(table=_table(row), type=row["type"], checks=row["checks"], enabled=row["enabled"])
        )
    for query in (_COMMENTS, _INHERITED_COMMENTS):
        for one, row in found(query):
            one.comments.append(
                KnownComment(table=_table(row), name=row["name"], internal=row["internal"], comment=row["comment"])
            )
    return known


def may_set_triggers(session: Session) -> bool:
    """Whether the role may change the state of triggers that PostgreSQL made: only superusers may."""
    answer = rows(session.connection, "SELECT current_setting('is_superuser') = 'on' AS superuser", {})
    return bool(next(iter(answer))["superuser"])


def _table(row: Mapping[str, Any]) -> TableName:
    return TableName(schema=row["schema"], name=row["table"])
