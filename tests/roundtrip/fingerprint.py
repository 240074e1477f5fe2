"""The content of a catalog, read with PostgreSQL's own functions, without code of the product."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[Any, ...]]
Identity = tuple[str, str, str, str]
"""Schema, table, type of object, name: the column's for a not-null, none for a primary key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A constraint or index.

    `definition` is without storage parameters, validity and name; `oid` and `file` distinguish it from another one with
    the same definition. `partitions` names the parts of a partitioned index; `inherited` means that it comes from a
    parent.
    """

    schema: str
    table: str
    what: str
    name: str
    definition: str
    valid: bool
    comment: str | None
    parameters: tuple[str, ...]
    tablespace: str | None
    targets: tuple[str, ...]
    clustered: bool
    replica_identity: bool
    partitions: tuple[str, ...]
    inherited: bool
    oid: int
    file: int

    @property
    def identity(self) -> Identity:
        return (self.schema, self.table, self.what, "" if self.what == "primary_key" else self.name)

    def same_as(self, other: Entry) -> bool:
        """Return all fields except those that identify the object."""
        return self == replace(other, oid=self.oid, file=self.file)


Fingerprint = Mapping[Identity, Entry]

# Since 18 not-nulls are constraints, whose name is kept in addition to the column's.
_NOT_NULLS_BEFORE_18 = """
    SELECT r.nspname, r.relname, 'not_null', a.attname::text, 'NOT NULL', true, NULL, 0::oid, 0::oid,
           EXISTS (SELECT FROM pg_inherits h
                     JOIN pg_attribute p ON p.attrelid = h.inhparent AND p.attname = a.attname AND p.attnotnull
                    WHERE h.inhrelid = r.oid)
      FROM r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND a.attnotnull AND NOT a.attisdropped"""
_NOT_NULLS = """
    SELECT r.nspname, r.relname, 'not_null', a.attname::text,
           regexp_replace(pg_get_constraintdef(c.oid), ' NOT VALID$', '') || ' AS ' || c.conname, c.convalidated,
           obj_description(c.oid, 'pg_constraint'), 0::oid, c.oid,
           c.coninhcount > 0
      FROM r JOIN pg_constraint c ON c.conrelid = r.oid AND c.contype = 'n'
             JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = c.conkey[1]"""

# Their order has no meaning: PostgreSQL sorts the columns, and keeps the expressions as they were given.
_ELEMENTS = """
    SELECT string_agg(e, ', ' ORDER BY e)
      FROM (SELECT quote_ident(a.attname) FROM pg_attribute a
             WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys)
            UNION ALL
            SELECT '(' || e || ')' FROM unnest(pg_get_statisticsobjdef_expressions(s.oid)) e) AS elements (e)"""

_QUERY = """
WITH r AS (
    SELECT t.*, n.nspname::text AS nspname
      FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname = ANY (%(schemas)s) AND t.relkind IN ('r', 'p', 'm')
), found AS (
    SELECT r.nspname, r.relname::text,
           CASE c.contype WHEN 'p' THEN 'primary_key' WHEN 'u' THEN 'unique' WHEN 'x' THEN 'exclusions'
                          WHEN 'f' THEN 'foreign_keys' WHEN 'c' THEN 'checks' ELSE c.contype::text END AS what,
           c.conname::text AS name, pg_get_constraintdef(c.oid) AS definition, c.convalidated AS valid,
           obj_description(c.oid, 'pg_constraint') AS comment,
           CASE WHEN c.contype IN ('p', 'u', 'x') THEN c.conindid ELSE 0::oid END AS index, c.oid,
           c.conparentid <> 0 OR c.coninhcount > 0 AND (r.relispartition OR NOT c.conislocal) AS inherited
      FROM r JOIN pg_constraint c ON c.conrelid = r.oid AND c.contype NOT IN ('n', 't')
    UNION ALL
    SELECT r.nspname, r.relname, 'indexes', i.relname::text, pg_get_indexdef(i.oid), x.indisvalid,
           obj_description(i.oid, 'pg_class'), i.oid, i.oid, i.relispartition
      FROM r JOIN pg_index x ON x.indrelid = r.oid JOIN pg_class i ON i.oid = x.indexrelid
     WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.oid AND c.contype IN ('p', 'u', 'x'))
    UNION ALL
    SELECT r.nspname, r.relname, 'statistics', s.stxname::text,
           concat_ws(' ', array_to_string(s.stxkind, ''), 'ON', ({elements}), 'IN', s.stxnamespace::regnamespace),
           true, obj_description(s.oid, 'pg_statistic_ext'), 0::oid, s.oid, false
      FROM r JOIN pg_statistic_ext s ON s.stxrelid = r.oid
    UNION ALL {not_nulls}
)
SELECT f.nspname, f.relname, f.what, f.name, f.definition, f.valid AND coalesce(x.indisvalid, true), f.comment,
       (SELECT coalesce(array_agg(o ORDER BY o), '{{}}') FROM unnest(i.reloptions) o), s.spcname::text,
       (SELECT coalesce(array_agg(t ORDER BY t), '{{}}')
          FROM (SELECT a.attnum || ': ' || a.attstattarget FROM pg_attribute a
                 WHERE a.attrelid = i.oid AND a.attstattarget >= 0
                UNION ALL
                SELECT e.stxstattarget::text FROM pg_statistic_ext e
                 WHERE f.what = 'statistics' AND e.oid = f.oid AND e.stxstattarget >= 0) AS targets (t)),
       coalesce(x.indisclustered, false), coalesce(x.indisreplident, false),
       CASE i.relkind WHEN 'I' THEN (
           SELECT array_agg(y.indrelid::regclass || ': ' || p.relid::regclass ORDER BY y.indrelid::regclass::text)
             FROM pg_partition_tree(i.oid) p JOIN pg_index y ON y.indexrelid = p.relid) ELSE '{{}}' END,
       f.inherited, f.oid::bigint,
       coalesce(i.relfilenode, 0)::bigint
  FROM found f
  LEFT JOIN pg_class i ON i.oid = f.index
  LEFT JOIN pg_index x ON x.indexrelid = f.index
  LEFT JOIN pg_tablespace s ON s.oid = i.reltablespace"""

_RELATIONS = """
SELECT n.nspname::text, c.relname::text, c.relkind::text, c.relreplident::text, c.reltablespace::bigint
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = ANY (%s) AND c.relkind NOT IN ('i', 'I') ORDER BY 1, 2"""


def read_fingerprint(connection: Connection, schemas: Sequence[str]) -> dict[Identity, Entry]:
    """Return all constraints and indexes of these schemas. The search path must contain only `pg_catalog`."""
    not_nulls = _NOT_NULLS if connection.info.server_version >= 180000 else _NOT_NULLS_BEFORE_18
    rows = connection.execute(
        _QUERY.format(not_nulls=not_nulls, elements=_ELEMENTS).encode(), {"schemas": list(schemas)}
    ).fetchall()
    entries = map(_entry, rows)
    return {entry.identity: entry for entry in entries}


def read_relations(connection: Connection, schemas: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return all relations of these schemas except indexes, with the tables' replica identities."""
    return connection.execute(_RELATIONS, [list(schemas)]).fetchall()


def _entry(row: tuple[Any, ...]) -> Entry:
    schema, table, what, name, definition, valid, comment, parameters, tablespace, targets, *marks = row
    clustered, identity, partitions, inherited, oid, file = marks
    definition = definition.removesuffix(" NOT VALID")
    if what == "indexes":
        definition = _without_name(definition)
    return Entry(
        schema=schema,
        table=table,
        what=what,
        name=name,
        definition=_PARAMETERS.sub("", definition),
        valid=valid,
        comment=comment,
        parameters=tuple(parameters),
        tablespace=tablespace,
        targets=tuple(targets),
        clustered=clustered,
        replica_identity=identity,
        partitions=tuple(partitions),
        inherited=inherited,
        oid=oid,
        file=file,
    )


def _without_name(definition: str) -> str:
    """Return `UNIQUE btree (…) …` of the whole CREATE INDEX. No name contains the words that are searched."""
    head, _, rest = definition.partition(" INDEX ")
    return f"{head.removeprefix('CREATE').strip()} {rest.split(' USING ', 1)[1]}".strip()


_PARAMETERS = re.compile(r" WITH \([a-z_0-9]+='?[\w.]+'?(, [a-z_0-9]+='?[\w.]+'?)*\)")


def settled(connection: Connection, entry: Entry) -> Entry:
    """Return the entry with the text that PostgreSQL keeps when it reads it again, which may differ from the first."""
    if entry.what not in ("checks", "indexes", "exclusions", "statistics"):
        return entry
    for _ in range(4):
        again = _read_again(connection, entry)
        if again == entry:
            break
        entry = again
    return entry


_INDEX_AGAIN = "SELECT pg_get_indexdef(oid) FROM pg_class WHERE relname = 'settling'"
_CONSTRAINT_AGAIN = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'settling'"
_STATISTICS_AGAIN = f"SELECT ({_ELEMENTS}) FROM pg_statistic_ext s WHERE stxname = 'settling'"


def _read_again(connection: Connection, entry: Entry) -> Entry:
    """Return PostgreSQL's text of the definition, on a copy of the table with its name."""
    copy = sql.Identifier("pg_temp", entry.table).as_string(None)
    make = sql.SQL("CREATE TEMP TABLE {} (LIKE {})")
    with connection.transaction(force_rollback=True):
        connection.execute(make.format(sql.Identifier(entry.table), sql.Identifier(entry.schema, entry.table)))
        if entry.what == "indexes":
            unique, body = (
                ("UNIQUE ", entry.definition[7:])
                if entry.definition.startswith("UNIQUE ")
                else ("", entry.definition)
            )
            connection.execute(f"CREATE {unique}INDEX settling ON {copy} USING {body}".encode())
            ((definition,),) = connection.execute(_INDEX_AGAIN.encode()).fetchall()
            return replace(entry, definition=_without_name(definition))
        if entry.what == "statistics":
            kinds, _, rest = entry.definition.partition(" ON ")
            elements, _, schema = rest.rpartition(" IN ")
            connection.execute(f"CREATE STATISTICS pg_temp.settling ON {elements} FROM {copy}".encode())
            ((elements,),) = connection.execute(_STATISTICS_AGAIN.encode()).fetchall()
            return replace(entry, definition=f"{kinds} ON {elements} IN {schema}")
        connection.execute(f"ALTER TABLE {copy} ADD CONSTRAINT settling {entry.definition}".encode())
        ((definition,),) = connection.execute(_CONSTRAINT_AGAIN.encode()).fetchall()
        return replace(entry, definition=definition)


def _may_be_valid(there: Entry, before: Fingerprint) -> bool:
    """Require that no valid object becomes NOT VALID, neither by a change nor by a new name."""
    was = before.get(there.identity)
    if was is not None:
        return was.valid
    kin = (
        one
        for one in before.values()
        if (one.schema, one.table, one.what) == (there.schema, there.table, there.what)
    )
    return any(one.valid and one.definition == there.definition for one in kin)


def differences(
    connection: Connection, expected: Fingerprint, found: Fingerprint, before: Fingerprint
) -> Iterator[str]:
    """Return how `found` differs from `expected`, one line each. Objects that were valid in `before` may stay valid."""
    for identity in sorted({*expected, *found}):
        wanted, there = expected.get(identity), found.get(identity)
        if wanted is None or there is None:
            yield f"{'lost' if there is None else 'extra'}: {wanted or there}"
            continue
        if not wanted.valid and there.valid and _may_be_valid(there, before):
            wanted = replace(wanted, valid=True)
        if not there.same_as(wanted):
            wanted, there = settled(connection, wanted), settled(connection, there)
        if not there.same_as(wanted):
            yield f"wanted {wanted}\n  found {there}"
