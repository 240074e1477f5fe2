"""Tries the bounds of a partition out on an empty temporary copy of the partitioned table."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import psycopg
from psycopg import sql

from reconciler.model.names import TableName
from reconciler.postgres.copies import originals
from reconciler.postgres.session import Session, one, rolled_back, rows

_COPY, _NEW, _OTHER = "reconcile_bounds", "reconcile_bound", "reconcile_other_bound"

# Comparing values with bounds, and reading them, must call only PostgreSQL's own functions.
_PARTITIONS = """
    SELECT n.nspname::text, c.relname::text, pg_get_expr(c.relpartbound, c.oid) AS bound,
           c.oid = p.partdefid AS is_default
      FROM pg_partitioned_table p
      JOIN pg_inherits h ON h.inhparent = p.partrelid
      JOIN pg_class c ON c.oid = h.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE p.partrelid = to_regclass(%(parent)s) AND NOT h.inhdetachpending AND p.partexprs IS NULL
       AND NOT EXISTS (SELECT FROM unnest(p.partclass::oid[]) AS opclass WHERE opclass >= 16384)
       AND NOT EXISTS (SELECT FROM unnest(p.partattrs::int2[]) AS k (attnum)
                         JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = k.attnum
                         JOIN pg_type t ON t.oid = a.atttypid
                        WHERE t.oid >= 16384 AND t.typtype <> 'e')
     ORDER BY 1, 2"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundsTaken:
    """The obstacles to a partition with some bounds: the partitions that `overlap`, and the `default` one, whose
    rows that satisfy the `condition` would belong to it."""

    overlap: tuple[TableName, ...] = ()
    default: TableName | None = None
    condition: str = ""


def bounds_taken(session: Session, parent: TableName, bound: str) -> BoundsTaken:
    """Return what stands against a partition with these bounds. Nothing is known if the key of the partitions uses
    types, operator classes or expressions of users, or if the role may not create temporary tables."""
    found = rows(session.connection, _PARTITIONS, {"parent": sql.Identifier(*parent).as_string(None)})
    others = [(TableName(schema=row["nspname"], name=row["relname"]), row["bound"]) for row in found]
    if not others:
        return BoundsTaken()
    default = next((name for (name, _), row in zip(others, found, strict=True) if row["is_default"]), None)
    with (
        suppress(psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction),
        rolled_back(session.connection),
    ):
        originals(session, [parent])[parent].copy(session, _COPY)
        _create(session, _NEW, bound)
        overlap = tuple(name for name, other in others if other and not _fits(session, other))
        if default is None or default in overlap:
            return BoundsTaken(overlap=overlap)
        constraint = f"SELECT pg_get_partition_constraintdef('pg_temp.{_NEW}'::regclass) AS text"
        return BoundsTaken(overlap=overlap, default=default, condition=one(session.connection, constraint)["text"])
    return BoundsTaken()


def _create(session: Session, name: str, bound: str) -> None:
    statement = f"CREATE TEMPORARY TABLE {name} PARTITION OF pg_temp.{_COPY} {bound}"
    session.connection.cursor().execute(statement.encode("utf-8", "surrogateescape"), binary=True)


def _fits(session: Session, bound: str) -> bool:
    """Whether there can also be a partition with these bounds."""
    try:
        with session.connection.transaction(force_rollback=True):
            _create(session, _OTHER, bound)
    except psycopg.errors.InvalidObjectDefinition:
        return False
    return True
