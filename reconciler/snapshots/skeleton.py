"""Objects other than tables that expressions and columns may name: types, functions, operators, collations, by
their names only.

Functions have a signature and no body. PostgreSQL's own objects, and those of extensions that the embedded server
has, are not listed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reconciler.model.facts.values import FIRST_USER_OID
from reconciler.model.names import TableName
from reconciler.model.state import LiveTable
from reconciler.postgres.session import Session, rows
from reconciler.postgres.trust import is_trusted

BROUGHT = frozenset(
    {
        "bloom", "btree_gin", "btree_gist", "citext", "cube", "dict_int", "dict_xsyn", "earthdistance",
        "fuzzystrmatch", "hstore", "intagg", "intarray", "isn", "ltree", "pg_trgm", "seg", "tablefunc", "unaccent",
        "vector",
    }
)  # fmt: skip
"""The extensions that the embedded server creates. None of them reads files, or connects to anything."""

_AS_READ_OF_OTHERS = ("kind", "method", "is_implicit", "is_of_user")
_AS_READ = ("result", "volatility", "strict", "returns_set", "variadic", "defaults", "trusted", "extension")

QualifiedName = TableName
"""The schema and name of any object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserType:
    """`kind` is its `typtype`. An enum has `labels`, a domain a `base`, a composite type `attributes`, a range a
    `base`: the type of its bounds. `extension` is the extension that it belongs to, or empty."""

    name: QualifiedName
    kind: str
    labels: tuple[str, ...] = ()
    base: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    extension: str = ""

    @property
    def is_stood_in(self) -> bool:
        """Whether another type with its name is created: its own functions are written in C."""
        return self.kind == "b"


@dataclass(frozen=True, slots=True, kw_only=True)
class UserFunction:
    """A function that expressions may call. Types are as `format_type` prints them. The last `defaults` of its
    arguments can be omitted. `trusted`: a role that the operator trusts owns it."""

    name: QualifiedName
    arguments: tuple[str, ...]
    result: str
    volatility: str
    strict: bool = False
    returns_set: bool = False
    variadic: bool = False
    defaults: int = 0
    trusted: bool = False
    extension: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserOperator:
    """An operator and its function. A prefix operator has no `left`."""

    name: QualifiedName
    left: str | None
    right: str
    function: QualifiedName


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherObject:
    """An operator class, access method, cast, or text search dictionary of a user or an extension. It is never created:
    only its name is known.

    `kind` is the word for it. `types` are that of an operator class, and source and target of a cast, without schemas.
    `method` is the access method of an operator class. `is_implicit` and `is_of_user` are about a cast: whether it
    is found without being written, and whether its source is not a type of PostgreSQL.
    """

    kind: str
    name: QualifiedName
    types: tuple[str, ...] = ()
    method: str = ""
    is_implicit: bool = False
    is_of_user: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PartitionKey:
    """`strategy` is pg_partitioned_table's letter. Each part of the key has an operator class, and may have a
    collation."""

    strategy: str
    parts: tuple[tuple[QualifiedName, QualifiedName | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """`extensions` are names with the schema of each. `collations` are by their oid, `locales` the names of those of
    the operating system. `builtin` are the oids of the functions of the server's own version."""

    schemas: tuple[str, ...] = ()
    extensions: tuple[tuple[str, str], ...] = ()
    types: tuple[UserType, ...] = ()
    functions: tuple[UserFunction, ...] = ()
    operators: tuple[UserOperator, ...] = ()
    collations: Mapping[int, QualifiedName] = field(default_factory=dict)
    configurations: tuple[QualifiedName, ...] = ()
    partition_keys: Mapping[QualifiedName, PartitionKey] = field(default_factory=dict)
    builtin: tuple[int, ...] = ()
    others: tuple[OtherObject, ...] = ()
    locales: tuple[str, ...] = ()


_EXTENSION = """(SELECT e.extname::text FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
                  WHERE d.classid = '{class}'::regclass AND d.objid = {oid} AND d.objsubid = 0
                    AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e')"""

_SCHEMAS = """
    SELECT n.nspname::text AS name FROM pg_namespace n
     WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1"""

_EXTENSIONS = """
    SELECT e.extname::text AS name, n.nspname::text AS schema
      FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
     WHERE e.extname <> 'plpgsql' ORDER BY e.oid"""

# Types in the schemas, and those that columns, or these types, consist of.
_TYPES = f"""
    WITH RECURSIVE wanted (oid) AS (
      SELECT t.oid FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
        LEFT JOIN pg_class c ON c.oid = t.typrelid
       WHERE n.nspname = ANY (%(schemas)s) AND t.typtype IN ('b', 'd', 'e', 'r', 'c')
         AND (t.typrelid = 0 OR c.relkind = 'c')
         AND NOT EXISTS (SELECT FROM pg_type element WHERE element.typarray = t.oid)
       UNION
      SELECT given.oid FROM unnest(%(types)s::oid[]) AS given (oid)
       UNION
      SELECT next.oid FROM wanted w JOIN pg_type t ON t.oid = w.oid
       CROSS JOIN LATERAL (
         SELECT t.typelem UNION ALL SELECT t.typbasetype
          UNION ALL SELECT a.atttypid FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'c'
                     WHERE c.oid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
          UNION ALL SELECT g.rngsubtype FROM pg_range g WHERE t.oid IN (g.rngtypid, g.rngmultitypid)
         ) AS next (oid)
       WHERE next.oid <> 0)
    SELECT n.nspname::text AS schema, t.typname::text AS name, t.typtype::text AS kind,
           ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS labels,
           CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod)
                          WHEN 'r' THEN (SELECT format_type(g.rngsubtype, NULL) FROM pg_range g
                                          WHERE g.rngtypid = t.oid)
                ELSE '' END AS base,
           ARRAY(SELECT ARRAY[a.attname::text, format_type(a.atttypid, a.atttypmod)] FROM pg_attribute a
                  WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
                  ORDER BY a.attnum) AS attributes,
           coalesce({_EXTENSION.format(**{"class": "pg_type"}, oid="t.oid")}, '') AS extension
      FROM wanted w JOIN pg_type t ON t.oid = w.oid JOIN pg_namespace n ON n.oid = t.typnamespace
      LEFT JOIN pg_class c ON c.oid = t.typrelid
     WHERE t.oid >= {FIRST_USER_OID} AND t.typtype IN ('b', 'd', 'e', 'r', 'c') AND (t.typrelid = 0 OR c.relkind = 'c')
       AND NOT EXISTS (SELECT FROM pg_type element WHERE element.typarray = t.oid)
     ORDER BY t.oid"""

# A function with a pseudo-type of the server as argument or result, such as a trigger function, cannot be in an
# expression.
_FUNCTIONS = """
    SELECT n.nspname::text AS schema, p.proname::text AS name,
           ARRAY(SELECT format_type(a.type, NULL)
                   FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a (type, n) ORDER BY a.n) AS arguments,
           format_type(p.prorettype, NULL) AS result, p.provolatile::text AS volatility, p.proisstrict AS strict,
           p.proretset AS returns_set, p.provariadic <> 0 AS variadic, p.pronargdefaults::int AS defaults,
           {trusted} AS trusted, coalesce({extension}, '') AS extension
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE p.oid >= {first} AND p.prokind = 'f' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
       AND NOT ARRAY['cstring', 'internal', 'trigger', 'event_trigger', 'language_handler', 'fdw_handler',
                     'index_am_handler', 'table_am_handler', 'tsm_handler']::regtype[]::oid[]
               && (p.proargtypes::oid[] || p.prorettype)
     ORDER BY p.oid"""

_OPERATORS = f"""
    SELECT n.nspname::text AS schema, o.oprname::text AS name,
           CASE WHEN o.oprleft <> 0 THEN format_type(o.oprleft, NULL) END AS left,
           format_type(o.oprright, NULL) AS right, pn.nspname::text AS function_schema, p.proname::text AS function,
           coalesce({_EXTENSION.format(**{"class": "pg_operator"}, oid="o.oid")}, '') AS extension
      FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
      JOIN pg_proc p ON p.oid = o.oprcode JOIN pg_namespace pn ON pn.oid = p.pronamespace
     WHERE o.oid >= {FIRST_USER_OID} AND o.oprright <> 0
     ORDER BY o.oid"""

_COLLATIONS = f"""
    SELECT l.oid::int8 AS oid, n.nspname::text AS schema, l.collname::text AS name
      FROM pg_collation l JOIN pg_namespace n ON n.oid = l.collnamespace
     WHERE l.oid >= {FIRST_USER_OID} OR l.oid = ANY (%(used)s::oid[])
     ORDER BY 1"""

_CONFIGURATIONS = f"""
    SELECT n.nspname::text AS schema, c.cfgname::text AS name
      FROM pg_ts_config c JOIN pg_namespace n ON n.oid = c.cfgnamespace WHERE c.oid >= {FIRST_USER_OID} ORDER BY 1, 2"""

_PARTITION_KEYS = """
    SELECT p.partrelid::int8 AS oid, p.partstrat::text AS strategy,
           array_agg(ARRAY[opn.nspname::text, op.opcname::text, ln.nspname::text, l.collname::text]
                     ORDER BY k.n) AS parts
      FROM pg_partitioned_table p
     CROSS JOIN unnest(p.partclass::oid[], p.partcollation::oid[]) WITH ORDINALITY AS k (opclass, coll, n)
      JOIN pg_opclass op ON op.oid = k.opclass JOIN pg_namespace opn ON opn.oid = op.opcnamespace
      LEFT JOIN pg_collation l ON l.oid = k.coll LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
     WHERE p.partrelid = ANY (%(tables)s::oid[])
     GROUP BY 1, 2"""

_BARE = f"CASE WHEN {{0}}.oid >= {FIRST_USER_OID} THEN {{0}}.typname::text ELSE format_type({{0}}.oid, NULL) END"

_OTHERS = f"""
    SELECT 'operator class' AS kind, n.nspname::text AS schema, o.opcname::text AS name,
           ARRAY[{_BARE.format("t")}] AS types, m.amname::text AS method, false AS is_implicit, false AS is_of_user,
           coalesce({_EXTENSION.format(**{"class": "pg_opclass"}, oid="o.oid")}, '') AS extension
      FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace JOIN pg_am m ON m.oid = o.opcmethod
      JOIN pg_type t ON t.oid = o.opcintype WHERE o.oid >= {FIRST_USER_OID}
     UNION ALL
    SELECT 'access method', '', m.amname::text, '{{}}', '', false, false,
           coalesce({_EXTENSION.format(**{"class": "pg_am"}, oid="m.oid")}, '')
      FROM pg_am m WHERE m.oid >= {FIRST_USER_OID}
     UNION ALL
    SELECT 'cast', '', '', ARRAY[{_BARE.format("s")}, {_BARE.format("t")}], '', c.castcontext = 'i',
           s.oid >= {FIRST_USER_OID}, coalesce({_EXTENSION.format(**{"class": "pg_cast"}, oid="c.oid")}, '')
      FROM pg_cast c JOIN pg_type s ON s.oid = c.castsource JOIN pg_type t ON t.oid = c.casttarget
     WHERE c.oid >= {FIRST_USER_OID}
     UNION ALL
    SELECT 'text search dictionary', n.nspname::text, w.dictname::text, '{{}}', '', false, false,
           coalesce({_EXTENSION.format(**{"class": "pg_ts_dict"}, oid="w.oid")}, '')
      FROM pg_ts_dict w JOIN pg_namespace n ON n.oid = w.dictnamespace WHERE w.oid >= {FIRST_USER_OID}
     ORDER BY 1, 2, 3, 4, 5"""

# Those that initdb found on the machine: PostgreSQL's own have smaller oids.
_LOCALES = f"""
    SELECT l.collname::text AS name FROM pg_collation l
     WHERE l.oid >= 10000 AND l.oid < {FIRST_USER_OID} AND l.collnamespace = 'pg_catalog'::regnamespace
     GROUP BY 1 ORDER BY 1"""

_BUILTIN = """
    SELECT array_agg(p.oid::int8 ORDER BY p.oid) AS oids
      FROM pg_proc p WHERE p.oid < 10000 AND p.pronamespace = 'pg_catalog'::regnamespace"""


def read_skeleton(session: Session, tables: Collection[LiveTable], trusted_roles: Collection[str]) -> Skeleton:
    """Return the skeleton for these tables. The search path must be `pg_catalog`."""
    columns = [column for table in tables for column in table.columns.values()]
    schemas = [row["name"] for row in rows(session.connection, _SCHEMAS)]
    used = sorted({column.collation_oid for column in columns})
    collations = rows(session.connection, _COLLATIONS, {"used": used})
    return Skeleton(
        schemas=tuple(schemas),
        extensions=tuple((row["name"], row["schema"]) for row in rows(session.connection, _EXTENSIONS)),
        types=tuple(_types(session, schemas, sorted({column.type_oid for column in columns}))),
        functions=tuple(_functions(session, trusted_roles)),
        operators=tuple(_operators(session)),
        collations={row["oid"]: _name(row) for row in collations},
        configurations=tuple(_name(row) for row in rows(session.connection, _CONFIGURATIONS)),
        partition_keys=_partition_keys(session, tables),
        builtin=tuple(rows(session.connection, _BUILTIN)[0]["oids"]),
        others=tuple(_others(session)),
        locales=tuple(row["name"] for row in rows(session.connection, _LOCALES)),
    )


def _name(row: Mapping[str, Any]) -> QualifiedName:
    return QualifiedName(schema=row["schema"], name=row["name"])


def _types(session: Session, schemas: Collection[str], used: Collection[int]) -> Iterator[UserType]:
    for row in rows(session.connection, _TYPES, {"schemas": list(schemas), "types": list(used)}):
        if row["extension"] not in BROUGHT:
            yield UserType(
                name=_name(row),
                kind=row["kind"],
                labels=tuple(row["labels"]),
                base=row["base"],
                attributes=tuple((name, type_) for name, type_ in row["attributes"]),
                extension=row["extension"],
            )


def _functions(session: Session, trusted_roles: Collection[str]) -> Iterator[UserFunction]:
    query = _FUNCTIONS.format(
        trusted=is_trusted("p.proowner", trusted_roles),
        extension=_EXTENSION.format(**{"class": "pg_proc"}, oid="p.oid"),
        first=FIRST_USER_OID,
    )
    for row in rows(session.connection, query):
        if row["extension"] not in BROUGHT:
            yield UserFunction(
                name=_name(row),
                arguments=tuple(row["arguments"]),
                **{name: row[name] for name in _AS_READ},
            )


def _operators(session: Session) -> Iterator[UserOperator]:
    for row in rows(session.connection, _OPERATORS):
        if row["extension"] not in BROUGHT:
            function = QualifiedName(schema=row["function_schema"], name=row["function"])
            yield UserOperator(name=_name(row), left=row["left"], right=row["right"], function=function)


def _others(session: Session) -> Iterator[OtherObject]:
    for row in rows(session.connection, _OTHERS):
        if row["extension"] not in BROUGHT:
            yield OtherObject(
                name=_name(row), types=tuple(row["types"]), **{name: row[name] for name in _AS_READ_OF_OTHERS}
            )


def _partition_keys(session: Session, tables: Collection[LiveTable]) -> Mapping[QualifiedName, PartitionKey]:
    partitioned = {table.oid: table.name for table in tables if table.is_partitioned}
    found = rows(session.connection, _PARTITION_KEYS, {"tables": sorted(partitioned)}) if partitioned else []
    return {
        partitioned[row["oid"]]: PartitionKey(
            strategy=row["strategy"],
            parts=tuple(
                (
                    QualifiedName(schema=schema, name=name),
                    None if coll is None else QualifiedName(schema=coll_schema, name=coll),
                )
                for schema, name, coll_schema, coll in row["parts"]
            ),
        )
        for row in found
    }
