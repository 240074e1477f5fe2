"""How values of columns are compared and stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import psycopg

from reconciler.model.facts.values import (
    ClassChoice,
    ComparisonOf,
    EqualityOf,
    OperatorChoice,
    OperatorClassOf,
    WideColumnsOf,
)
from reconciler.postgres.session import Session, ask, rows, set_local

# The types of PostgreSQL itself, enums, arrays, ranges and composites have their equality operator in pg_catalog.
# Domains use that of their base type.
_EQUALITY = """
    WITH RECURSIVE base (start, oid) AS (
        SELECT oid, oid FROM unnest(%(oids)s::oid[]) AS given (oid)
        UNION SELECT b.start, t.typbasetype FROM base b JOIN pg_type t ON t.oid = b.oid WHERE t.typbasetype <> 0)
    SELECT b.start::int8 AS type, n.nspname::text AS schema, o.oprname::text AS name
      FROM base b
      JOIN pg_opclass c ON c.opcintype = b.oid AND c.opcdefault
      JOIN pg_am m ON m.oid = c.opcmethod AND m.amname = 'btree'
      JOIN pg_amop a ON a.amopfamily = c.opcfamily AND a.amoplefttype = b.oid AND a.amoprighttype = b.oid
                    AND a.amopstrategy = 3
      JOIN pg_operator o ON o.oid = a.amopopr
      JOIN pg_namespace n ON n.oid = o.oprnamespace"""

# This follows ATAddForeignKeyConstraint (src/backend/commands/tablecmds.c): the operator of the referenced key's
# family for both types, otherwise the key's own operator, to whose type the referring column is cast. The family is
# that of the index's operator class. Of two collations, it uses that of the referenced column. Nothing can be cast to
# pseudo-types.
_COMPARISONS = """
    WITH RECURSIVE given (n, referenced, referring, coll, class_schema, class_name) AS (
        SELECT n, referenced, referring, coll, class_schema, class_name
          FROM unnest(%(referenced)s::oid[], %(referring)s::oid[], %(collations)s::oid[], %(class_schemas)s::text[],
                      %(class_names)s::text[])
               WITH ORDINALITY AS given (referenced, referring, coll, class_schema, class_name, n)),
    base (start, oid) AS (
        SELECT oid, oid FROM (SELECT referenced AS oid FROM given UNION SELECT referring FROM given) AS asked
        UNION SELECT b.start, t.typbasetype FROM base b JOIN pg_type t ON t.oid = b.oid WHERE t.typbasetype <> 0),
    bottom AS (SELECT b.start, b.oid FROM base b JOIN pg_type t ON t.oid = b.oid WHERE t.typbasetype = 0)
    SELECT g.n::int AS number, n.nspname::text AS schema, o.oprname::text AS name,
           CASE WHEN left_type.oid <> p.oid AND left_type.typtype <> 'p' THEN format_type(o.oprleft, -1) END
               AS referenced_as,
           CASE WHEN o.oprright <> f.oid AND right_type.typtype <> 'p' THEN format_type(o.oprright, -1) END
               AS referring_as,
           ln.nspname::text AS collation_schema, l.collname::text AS collation_name
      FROM given g JOIN bottom p ON p.start = g.referenced JOIN bottom f ON f.start = g.referring
      LEFT JOIN pg_collation l ON l.oid = g.coll LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
      LEFT JOIN LATERAL (
        SELECT c.opcfamily, c.opcintype FROM pg_opclass c JOIN pg_am m ON m.oid = c.opcmethod AND m.amname = 'btree'
         WHERE CASE WHEN g.class_name IS NOT NULL
                    THEN c.opcname = g.class_name
                     AND c.opcnamespace = (SELECT s.oid FROM pg_namespace s WHERE s.nspname = g.class_schema)
                    ELSE c.opcdefault AND (c.opcintype = p.oid OR EXISTS (
                         SELECT FROM pg_cast k WHERE k.castsource = p.oid AND k.casttarget = c.opcintype
                                                 AND k.castmethod = 'b' AND k.castcontext = 'i')) END
         ORDER BY c.opcintype <> p.oid, c.opcintype LIMIT 1) AS class
             ON p.oid <> f.oid OR g.class_name IS NOT NULL
      LEFT JOIN LATERAL (
        SELECT a.amopopr FROM pg_amop a
         WHERE a.amopfamily = class.opcfamily AND a.amoplefttype = class.opcintype AND a.amopstrategy = 3
           AND a.amoprighttype IN (f.oid, class.opcintype)
         ORDER BY a.amoprighttype <> f.oid LIMIT 1) AS chosen ON true
      LEFT JOIN pg_operator o ON o.oid = chosen.amopopr
      LEFT JOIN pg_type left_type ON left_type.oid = o.oprleft
      LEFT JOIN pg_type right_type ON right_type.oid = o.oprright
      LEFT JOIN pg_namespace n ON n.oid = o.oprnamespace"""

# Nothing can be cast to pseudo-types, such as anyarray, anyenum or anyrange. `less` is set if the equality operator
# is not that of the default class of the type.
_OPCLASSES = """
    SELECT w.number::int AS number,
           CASE WHEN t.typtype <> 'p' THEN format_type(o.opcintype, -1) END AS type,
           ln.nspname::text AS less_schema, l.oprname::text AS less
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) WITH ORDINALITY AS w (schema, name, number)
      JOIN pg_namespace n ON n.nspname = w.schema
      JOIN pg_opclass o ON o.opcnamespace = n.oid AND o.opcname = w.name
      JOIN pg_am m ON m.oid = o.opcmethod AND m.amname = 'btree'
      JOIN pg_type t ON t.oid = o.opcintype
      LEFT JOIN pg_amop a ON a.amopfamily = o.opcfamily AND a.amoplefttype = o.opcintype
                         AND a.amoprighttype = o.opcintype AND a.amopstrategy = 1 AND NOT EXISTS (
           SELECT FROM pg_opclass d
             JOIN pg_amop theirs ON theirs.amopfamily = d.opcfamily AND theirs.amopstrategy = 3
             JOIN pg_amop mine ON mine.amopfamily = o.opcfamily AND mine.amopstrategy = 3
                              AND mine.amopopr = theirs.amopopr
            WHERE d.opcintype = o.opcintype AND d.opcmethod = o.opcmethod AND d.opcdefault
              AND mine.amoplefttype = o.opcintype AND mine.amoprighttype = o.opcintype)
      LEFT JOIN pg_operator l ON l.oid = a.amopopr
      LEFT JOIN pg_namespace ln ON ln.oid = l.oprnamespace"""

# A value that is too large for an index entry is also too large for a row, and is stored in the TOAST table, unless
# the column's storage prevents that: so a table without TOAST has no such value. 664 characters of a limited type
# fit in any encoding.
_WIDE = """
    SELECT a.attrelid::int8 AS oid, array_agg(a.attname::text) AS names
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.oid = ANY (%(oids)s::oid[]) AND a.attnum > 0 AND NOT a.attisdropped AND a.attlen = -1
       AND NOT (a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype) AND a.atttypmod BETWEEN 4 AND 668)
       AND a.atttypid NOT IN ('numeric'::regtype, 'inet'::regtype, 'cidr'::regtype)
       AND (a.attstorage IN ('p', 'm') OR {stored_apart})
     GROUP BY a.attrelid"""

_STORED_APART = "pg_relation_size(c.reltoastrelid) > 0"
_PATIENCE = "100ms"


def equality_of(
    session: Session, asked: Sequence[EqualityOf]
) -> Callable[[], Mapping[EqualityOf, tuple[str, str] | None]]:
    found = ask(session.connection, _EQUALITY, {"oids": [one.type for one in asked]})
    return lambda: {
        **dict.fromkeys(asked),
        **{EqualityOf(type=row.type): (row.schema, row.name) for row in found()},
    }


def comparisons_of(
    session: Session, asked: Sequence[ComparisonOf]
) -> Callable[[], Mapping[ComparisonOf, OperatorChoice | None]]:
    wanted = {
        "referenced": [one.referenced for one in asked],
        "referring": [one.referring for one in asked],
        "collations": [
            one.referenced_collation
            if one.referenced_collation
            and one.referring_collation
            and one.referenced_collation != one.referring_collation
            else 0
            for one in asked
        ],
        "class_schemas": [one.opclass[0] if one.opclass is not None else None for one in asked],
        "class_names": [one.opclass[1] if one.opclass is not None else None for one in asked],
    }
    found = ask(session.connection, _COMPARISONS, wanted)

    def answers() -> Mapping[ComparisonOf, OperatorChoice | None]:
        known: dict[ComparisonOf, OperatorChoice | None] = dict.fromkeys(asked)
        for row in found():
            known[asked[row.number - 1]] = OperatorChoice(
                operator=(row.schema, row.name) if row.name else None,
                referenced_as=row.referenced_as,
                referring_as=row.referring_as,
                collation=(row.collation_schema, row.collation_name) if row.collation_name else None,
            )
        return known

    return answers


def operator_classes(
    session: Session, asked: Sequence[OperatorClassOf]
) -> Callable[[], Mapping[OperatorClassOf, ClassChoice | None]]:
    wanted = {"schemas": [one.schema for one in asked], "names": [one.name for one in asked]}
    found = ask(session.connection, _OPCLASSES, wanted)

    def answers() -> Mapping[OperatorClassOf, ClassChoice | None]:
        known: dict[OperatorClassOf, ClassChoice | None] = dict.fromkeys(asked)
        for row in found():
            less = (row.less_schema, row.less) if row.less else None
            known[asked[row.number - 1]] = ClassChoice(type=row.type, less=less)
        return known

    return answers


def wide_columns(session: Session, asked: Sequence[WideColumnsOf]) -> Mapping[WideColumnsOf, frozenset[str]]:
    oids = {"oids": sorted({one.table for one in asked})}
    try:
        with session.connection.transaction():
            set_local(session.connection, {"lock_timeout": _PATIENCE})
            found = rows(session.connection, _WIDE.format(stored_apart=_STORED_APART), oids)
    except psycopg.errors.LockNotAvailable:  # another session is rewriting one of them
        found = rows(session.connection, _WIDE.format(stored_apart="true"), oids)
    wide = {row["oid"]: frozenset(row["names"]) for row in found}
    return {one: wide.get(one.table, frozenset()) & set(one.columns) for one in asked}
