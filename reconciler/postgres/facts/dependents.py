"""Objects that depend on what a plan drops or replaces, and objects that belong to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reconciler.model.facts.dependents import (
    ColumnRole,
    DependentsOf,
    Detaching,
    FunctionsNaming,
    IndexesByAge,
    InheritedFrom,
    PartitionsBeingDetached,
    PartsOf,
    ReferencedIndex,
    ReferencesTo,
    RoleOf,
    Tablespaces,
    WholeOf,
)
from reconciler.model.names import Key, TableName, display
from reconciler.postgres.facts.grouping import grouped
from reconciler.postgres.session import Session, ask

_REFERENCES = """
    SELECT c.confrelid::int8 AS referenced, i.relname::text AS index_name,
           n.nspname::text AS schema, t.relname::text AS "table", c.conname::text AS name
      FROM pg_constraint c
      JOIN pg_class i ON i.oid = c.conindid
      JOIN pg_class t ON t.oid = c.conrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE c.contype = 'f' AND c.conparentid = 0 AND c.confrelid = ANY (%(tables)s)"""

# PostgreSQL goes through indexes by oid to find that of a foreign key.
_BY_AGE = """
    SELECT x.indrelid::int8 AS "table", i.relname::text AS name
      FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
     WHERE x.indrelid = ANY (%(tables)s) ORDER BY x.indexrelid"""

# Constraints with those of partitions, and indexes with their partitions' indexes.
_DEPENDENTS = """
    WITH RECURSIVE wanted AS (
      SELECT w.number::int AS number, n.oid AS schema, w."table", w.name, w.is_index
        FROM unnest(%(schemas)s::text[], %(tables)s::text[], %(names)s::text[], %(indexes)s::bool[])
             WITH ORDINALITY AS w (schema, "table", name, is_index, number)
        JOIN pg_namespace n ON n.nspname = w.schema
    ), constraints AS (
      SELECT w.number, c.oid, c.conindid
        FROM wanted w JOIN pg_class t ON t.relnamespace = w.schema AND t.relname = w."table"
        JOIN pg_constraint c ON c.conrelid = t.oid AND c.conname = w.name
       WHERE NOT w.is_index
       UNION SELECT a.number, c.oid, c.conindid FROM constraints a JOIN pg_constraint c ON c.conparentid = a.oid
    ), indexes AS (
      SELECT w.number, i.oid FROM wanted w JOIN pg_class i ON i.relnamespace = w.schema AND i.relname = w.name
       WHERE w.is_index
       UNION SELECT a.number, h.inhrelid FROM indexes a JOIN pg_inherits h ON h.inhparent = a.oid
    ), taken AS (
      SELECT number, 'pg_constraint'::regclass AS class, oid FROM constraints
       UNION SELECT c.number, 'pg_class'::regclass, c.conindid
        FROM constraints c JOIN pg_constraint k ON k.oid = c.oid AND k.contype IN ('p', 'u', 'x')
       UNION SELECT number, 'pg_class'::regclass, oid FROM indexes)
    SELECT DISTINCT taken.number,
           CASE WHEN v.rulename = '_RETURN' THEN pg_describe_object('pg_class'::regclass, v.ev_class, 0)
                ELSE pg_describe_object(d.classid, d.objid, d.objsubid) END AS what
      FROM taken
      JOIN pg_depend d ON d.refclassid = taken.class AND d.refobjid = taken.oid AND d.deptype = 'n'
      LEFT JOIN pg_rewrite v ON d.classid = 'pg_rewrite'::regclass AND v.oid = d.objid
     WHERE d.classid <> 'pg_constraint'::regclass
       AND NOT EXISTS (SELECT FROM taken other WHERE other.class = d.classid AND other.oid = d.objid)
     ORDER BY 1, 2"""

_MENTIONS = r"""
    WITH naming AS MATERIALIZED (
      SELECT p.oid, p.prosrc
        FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang AND l.lanname NOT IN ('internal', 'c')
       WHERE p.pronamespace <> 'pg_catalog'::regnamespace AND p.prosrc ~* '\mON\s+CONSTRAINT\M')
    SELECT w.number::int AS number, n.oid::regprocedure::text AS function
      FROM unnest(%(names)s::text[]) WITH ORDINALITY AS w (name, number)
      JOIN naming n
        ON n.prosrc ~* ('\mON\s+CONSTRAINT\s+"?' || regexp_replace(w.name, '(\W)', '\\\1', 'g') || '"?(?!\w)')
     ORDER BY 1, 2"""

# Objects that belong to a table. Its indexes and constraints are named in the steps.
_PARTS = """
    SELECT w.number::int AS number, pg_describe_object(d.classid, d.objid, d.objsubid) AS what
      FROM unnest(%(schemas)s::text[], %(tables)s::text[]) WITH ORDINALITY AS w (schema, "table", number)
      JOIN pg_namespace n ON n.nspname = w.schema
      JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = w."table"
      JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid AND d.deptype IN ('a', 'i')
      LEFT JOIN pg_trigger g ON d.classid = 'pg_trigger'::regclass AND g.oid = d.objid
      LEFT JOIN pg_class s ON d.classid = 'pg_class'::regclass AND s.oid = d.objid
     WHERE d.classid IN ('pg_policy'::regclass, 'pg_statistic_ext'::regclass) OR NOT g.tgisinternal OR s.relkind = 'S'
        OR (d.classid = 'pg_rewrite'::regclass AND t.relkind = 'r')
     GROUP BY 1, 2 ORDER BY 1, 2"""

_ROLES = """
    SELECT w.number::int AS number, n.nspname::text AS schema, t.relname::text AS "table",
           a.attidentity <> '' AS identity,
           t.relreplident = 'i' AND EXISTS (
             SELECT FROM pg_index i WHERE i.indrelid = t.oid AND i.indisreplident AND a.attnum = ANY (i.indkey::int2[]))
           AS identifies
      FROM unnest(%(tables)s::oid[], %(columns)s::text[]) WITH ORDINALITY AS w (table_oid, column_name, number)
      JOIN pg_class t ON t.oid = w.table_oid
      JOIN pg_namespace n ON n.oid = t.relnamespace
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = w.column_name"""

_DETACHING = """
    SELECT n.nspname::text AS schema, t.relname::text AS name, pn.nspname::text AS parent_schema,
           p.relname::text AS parent
      FROM pg_inherits i
      JOIN pg_class t ON t.oid = i.inhrelid JOIN pg_namespace n ON n.oid = t.relnamespace
      JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
     WHERE i.inhdetachpending"""

_WHOLES = """
    SELECT w.number::int AS number, pn.nspname::text AS schema, p.relname::text AS "table", i.relname::text AS name,
           CASE WHEN EXISTS (SELECT FROM pg_constraint c
                              WHERE c.conindid = i.oid AND c.conrelid = p.oid AND c.contype IN ('p', 'u', 'x'))
                THEN 'constraint' ELSE 'index' END AS sort
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) WITH ORDINALITY AS w (schema, name, number)
      JOIN pg_namespace n ON n.nspname = w.schema
      JOIN pg_class part ON part.relnamespace = n.oid AND part.relname = w.name AND part.relkind IN ('i', 'I')
      JOIN pg_inherits h ON h.inhrelid = part.oid
      JOIN pg_class i ON i.oid = h.inhparent
      JOIN pg_index x ON x.indexrelid = i.oid
      JOIN pg_class p ON p.oid = x.indrelid
      JOIN pg_namespace pn ON pn.oid = p.relnamespace"""

_INHERITED_FROM = """
    SELECT w.number::int AS number, pn.nspname::text AS schema, p.relname::text AS name
      FROM unnest(%(schemas)s::text[], %(tables)s::text[], %(names)s::text[])
           WITH ORDINALITY AS w (schema, "table", name, number)
      JOIN pg_namespace n ON n.nspname = w.schema
      JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = w."table"
      JOIN pg_constraint c ON c.conrelid = t.oid AND c.conname = w.name AND c.contype IN ('c', 'n')
                          AND c.coninhcount > 0
      JOIN pg_inherits h ON h.inhrelid = t.oid
      JOIN pg_class p ON p.oid = h.inhparent
      JOIN pg_namespace pn ON pn.oid = p.relnamespace
     WHERE EXISTS (SELECT FROM pg_constraint a
                    WHERE a.conrelid = p.oid AND a.contype = c.contype AND NOT a.connoinherit
                      AND (c.contype = 'n' OR a.conname = c.conname)
                      AND (c.contype = 'c' OR (SELECT attname FROM pg_attribute
                                                WHERE attrelid = p.oid AND attnum = a.conkey[1])
                                            = (SELECT attname FROM pg_attribute
                                                WHERE attrelid = t.oid AND attnum = c.conkey[1])))
     ORDER BY h.inhseqno"""

_TABLESPACES = "SELECT spcname::text AS name FROM pg_tablespace"


def references_to(
    session: Session, asked: Sequence[ReferencesTo]
) -> Callable[[], Mapping[ReferencesTo, tuple[ReferencedIndex, ...]]]:
    found = ask(session.connection, _REFERENCES, {"tables": [one.table for one in asked]})

    def answers() -> Mapping[ReferencesTo, tuple[ReferencedIndex, ...]]:
        pairs = []
        for row in found():
            key = Key(schema=row.schema, table=row.table, kind="foreign_key", name=row.name)
            pairs.append(
                (ReferencesTo(table=row.referenced), ReferencedIndex(index=row.index_name, foreign_key=key))
            )
        return grouped(asked, pairs)

    return answers


def indexes_by_age(
    session: Session, asked: Sequence[IndexesByAge]
) -> Callable[[], Mapping[IndexesByAge, tuple[str, ...]]]:
    found = ask(session.connection, _BY_AGE, {"tables": [one.table for one in asked]})
    return lambda: grouped(asked, ((IndexesByAge(table=row.table), row.name) for row in found()))


def dependent_objects(
    session: Session, asked: Sequence[DependentsOf]
) -> Callable[[], Mapping[DependentsOf, tuple[str, ...]]]:
    objects = [one.object for one in asked]
    wanted = {
        "schemas": [one.table.schema for one in objects],
        "tables": [one.table.name for one in objects],
        "names": [one.name for one in objects],
        "indexes": [one.is_index for one in objects],
    }
    found = ask(session.connection, _DEPENDENTS, wanted)
    return lambda: grouped(asked, ((asked[row.number - 1], row.what) for row in found()))


def functions_naming(
    session: Session, asked: Sequence[FunctionsNaming]
) -> Callable[[], Mapping[FunctionsNaming, tuple[str, ...]]]:
    found = ask(session.connection, _MENTIONS, {"names": [one.constraint for one in asked]})
    return lambda: grouped(asked, ((asked[row.number - 1], row.function) for row in found()))


def attached_parts(session: Session, asked: Sequence[PartsOf]) -> Callable[[], Mapping[PartsOf, tuple[str, ...]]]:
    wanted = {"schemas": [one.table.schema for one in asked], "tables": [one.table.name for one in asked]}
    found = ask(session.connection, _PARTS, wanted)
    return lambda: grouped(asked, ((asked[row.number - 1], row.what) for row in found()))


def roles_of(session: Session, asked: Sequence[RoleOf]) -> Callable[[], Mapping[RoleOf, ColumnRole | None]]:
    wanted = {"tables": [one.table for one in asked], "columns": [one.column for one in asked]}
    found = ask(session.connection, _ROLES, wanted)

    def answers() -> Mapping[RoleOf, ColumnRole | None]:
        known: dict[RoleOf, ColumnRole | None] = dict.fromkeys(asked)
        for row in found():
            table = TableName(schema=row.schema, name=row.table)
            role = ColumnRole(table=table, identity=row.identity, identifies=row.identifies)
            known[asked[row.number - 1]] = role
        return known

    return answers


def being_detached(
    session: Session, asked: Sequence[PartitionsBeingDetached]
) -> Callable[[], Mapping[PartitionsBeingDetached, tuple[Detaching, ...]]]:
    found = ask(session.connection, _DETACHING)

    def answers() -> Mapping[PartitionsBeingDetached, tuple[Detaching, ...]]:
        pending = tuple(
            Detaching(
                partition=TableName(schema=row.schema, name=row.name),
                parent=TableName(schema=row.parent_schema, name=row.parent),
            )
            for row in found()
        )
        return dict.fromkeys(asked, pending)

    return answers


def inherited_from(
    session: Session, asked: Sequence[InheritedFrom]
) -> Callable[[], Mapping[InheritedFrom, tuple[TableName, ...]]]:
    wanted = {
        "schemas": [one.table.schema for one in asked],
        "tables": [one.table.name for one in asked],
        "names": [one.constraint for one in asked],
    }
    found = ask(session.connection, _INHERITED_FROM, wanted)
    return lambda: grouped(
        asked, ((asked[row.number - 1], TableName(schema=row.schema, name=row.name)) for row in found())
    )


def wholes_of(session: Session, asked: Sequence[WholeOf]) -> Callable[[], Mapping[WholeOf, str | None]]:
    wanted = {"schemas": [one.index.schema for one in asked], "names": [one.index.name for one in asked]}
    found = ask(session.connection, _WHOLES, wanted)

    def answers() -> Mapping[WholeOf, str | None]:
        known: dict[WholeOf, str | None] = dict.fromkeys(asked)
        for row in found():
            table = TableName(schema=row.schema, name=row.table)
            known[asked[row.number - 1]] = f"{row.sort} {display(row.name)} on {table}"
        return known

    return answers


def tablespaces(
    session: Session, asked: Sequence[Tablespaces]
) -> Callable[[], Mapping[Tablespaces, tuple[str, ...]]]:
    found = ask(session.connection, _TABLESPACES)
    return lambda: dict.fromkeys(asked, tuple(row.name for row in found()))
