"""The operators by which PostgreSQL tells whether two values of a type are equal: those of its default B-tree class,
whatever a search path would find."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reconciler.kinds.base.comparison import EQUAL, Comparison, OperatorClass, pair_of
from reconciler.model.state import Column
from reconciler.postgres.session import Session, rows
from reconciler.postgres.trusted_functions import FIRST_USER_OID

# Types of PostgreSQL itself, enums, arrays, ranges and composites have theirs in pg_catalog. Domains have that of their
# base type.
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


def equality_operators(session: Session, types: Collection[int]) -> dict[int, tuple[str, str]]:
    """Schema and name of the operator for each of the types that does not have `pg_catalog.=`."""
    asked = sorted(oid for oid in set(types) if oid >= FIRST_USER_OID)
    found = rows(session.connection, _EQUALITY, {"oids": asked}) if asked else []
    return {row["type"]: (row["schema"], row["name"]) for row in found}


# As ATAddForeignKeyConstraint (src/backend/commands/tablecmds.c) chooses: the operator of the referenced key's family
# for both types, else its own, to whose type the referring column is cast. Of two collations, the referenced column's.
_REFERENCES = """
    WITH RECURSIVE given (n, referenced, referring, coll) AS (
        SELECT n, referenced, referring, coll
          FROM unnest(%(referenced)s::oid[], %(referring)s::oid[], %(collations)s::oid[])
               WITH ORDINALITY AS given (referenced, referring, coll, n)),
    base (start, oid) AS (
        SELECT oid, oid FROM (SELECT referenced AS oid FROM given UNION SELECT referring FROM given) AS asked
        UNION SELECT b.start, t.typbasetype FROM base b JOIN pg_type t ON t.oid = b.oid WHERE t.typbasetype <> 0),
    bottom AS (SELECT b.start, b.oid FROM base b JOIN pg_type t ON t.oid = b.oid WHERE t.typbasetype = 0)
    SELECT g.n::int AS n, n.nspname::text AS schema, o.oprname::text AS name,
           CASE WHEN left_type.oid <> p.oid THEN format_type(o.oprleft, -1) END AS referenced_as,
           CASE WHEN o.oprright <> f.oid THEN format_type(o.oprright, -1) END AS referring_as,
           ln.nspname::text AS collation_schema, l.collname::text AS collation_name
      FROM given g JOIN bottom p ON p.start = g.referenced JOIN bottom f ON f.start = g.referring
      LEFT JOIN pg_collation l ON l.oid = g.coll LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
      LEFT JOIN LATERAL (
        SELECT c.opcfamily, c.opcintype FROM pg_opclass c JOIN pg_am m ON m.oid = c.opcmethod AND m.amname = 'btree'
         WHERE c.opcdefault AND (c.opcintype = p.oid OR EXISTS (
               SELECT FROM pg_cast k WHERE k.castsource = p.oid AND k.casttarget = c.opcintype AND k.castmethod = 'b'
                                       AND k.castcontext = 'i'))
         ORDER BY c.opcintype <> p.oid, c.opcintype LIMIT 1) AS class ON p.oid <> f.oid
      LEFT JOIN LATERAL (
        SELECT a.amopopr FROM pg_amop a
         WHERE a.amopfamily = class.opcfamily AND a.amoplefttype = class.opcintype AND a.amopstrategy = 3
           AND a.amoprighttype IN (f.oid, class.opcintype)
         ORDER BY a.amoprighttype <> f.oid LIMIT 1) AS chosen ON true
      LEFT JOIN pg_operator o ON o.oid = chosen.amopopr
      LEFT JOIN pg_type left_type ON left_type.oid = o.oprleft
      LEFT JOIN pg_namespace n ON n.oid = o.oprnamespace"""


def reference_comparisons(
    session: Session, pairs: Collection[tuple[Column, Column]], equality: Mapping[int, tuple[str, str]]
) -> dict[tuple[int, int, int, int], Comparison]:
    """How foreign keys compare, for each pair of a referenced column and a referring one whose types or collations
    differ, under `pair_of` them. `equality` is what `equality_operators` returns."""
    asked = sorted({pair_of(one, other) for one, other in pairs if pair_of(one, one) != pair_of(one, other)})
    if not asked:
        return {}
    wanted = {
        "referenced": [one[0] for one in asked],
        "referring": [one[2] for one in asked],
        "collations": [one[1] if one[1] and one[3] and one[1] != one[3] else 0 for one in asked],
    }
    return {
        asked[row["n"] - 1]: Comparison(
            operator=(row["schema"], row["name"]) if row["name"] else equality.get(asked[row["n"] - 1][0], EQUAL),
            referenced_as=row["referenced_as"],
            referring_as=row["referring_as"],
            collation=(row["collation_schema"], row["collation_name"]) if row["collation_name"] else None,
        )
        for row in rows(session.connection, _REFERENCES, wanted)
    }


# Nothing can be cast to pseudo-types, such as those of all arrays, enums or ranges. `less` is there if the operator for
# equal values is not that of the default class of the type.
_OPCLASSES = """
    SELECT n.nspname::text AS schema, o.opcname::text AS name,
           CASE WHEN t.typtype <> 'p' THEN format_type(o.opcintype, -1) END AS type,
           ln.nspname::text AS less_schema, l.oprname::text AS less
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) AS wanted (schema, name)
      JOIN pg_namespace n ON n.nspname = wanted.schema
      JOIN pg_opclass o ON o.opcnamespace = n.oid AND o.opcname = wanted.name
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


def operator_classes(session: Session, names: Collection[tuple[str, str]]) -> dict[tuple[str, str], OperatorClass]:
    """How B-tree operator classes (schema and name) compare values."""
    asked = sorted(set(names))
    wanted = {"schemas": [schema for schema, _ in asked], "names": [name for _, name in asked]}
    found = rows(session.connection, _OPCLASSES, wanted) if asked else []
    return {
        (row["schema"], row["name"]): OperatorClass(
            type=row["type"], less=(row["less_schema"], row["less"]) if row["less"] else None
        )
        for row in found
    }
