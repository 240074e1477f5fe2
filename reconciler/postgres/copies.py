"""Empty copies of tables, on which definitions are tried out: temporary ones, or, if the role may create none, in a
schema in which it may create tables, under names of their own, in a transaction that is always rolled back.

A copy has the columns of its table with their types, collations and kinds of generation, and its partition key. It has
none of the table's own expressions, which would be evaluated: a generated column of a copy is generated as NULL, and an
expression in a partition key is replaced by another one. If a column has a type or collation that the role may not
name, the columns are copied with LIKE, and those that are generated are ordinary. A copy of a table that a foreign key
refers to also has the unique indexes whose operator classes decide which types match.

A copy cannot show these things; the module after the colon checks them instead:

- The row type of the table, which a user's function may take as argument: `on_table` parses on the table itself.
- Whether the table is unlogged: `planning.resolve` compares both tables of a foreign key.
- The rows: the data checks (`kinds.base.guards`, `postgres.data_checks`).
- Names that are taken on the table, in its schema and on its children: `planning.clashes`.
- What the table inherits, and what inherits from it: `planning.inheritance`, `planning.partition_rules`.
- Not-null constraints and identity columns, because the copy may get a constraint of the same name:
  `planning.removal`.
- Privileges and tablespaces: `planning.permissions`.
- Event triggers that reject the object but not a temporary one: the step fails, and names the trigger.
- Disk space, and index entries that are too large for a page: the step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psycopg import sql

from reconciler.model.names import TableName
from reconciler.postgres.session import Session, rows

# CREATE TABLE … AS needs the right to read the table, and LIKE would copy not-null constraints (since 18), whose
# names a definition may need.
_TABLES = """
    SELECT n.nspname::text, c.relname::text,
           (SELECT string_agg(
                       quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
                    || CASE WHEN a.attcollation NOT IN (0, t.typcollation)
                            THEN ' COLLATE ' || quote_ident(ln.nspname) || '.' || quote_ident(l.collname) ELSE '' END
                    || CASE a.attgenerated WHEN '' THEN '' ELSE
                            ' GENERATED ALWAYS AS (NULL::' || format_type(a.atttypid, a.atttypmod) || ') '
                         || CASE a.attgenerated WHEN 's' THEN 'STORED' ELSE 'VIRTUAL' END END,
                       ', ' ORDER BY a.attnum)
              FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
              LEFT JOIN pg_collation l ON l.oid = a.attcollation
              LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
           has_table_privilege(c.oid, 'SELECT')
             AND EXISTS (SELECT FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                           LEFT JOIN pg_type e ON e.oid = t.typelem
                           LEFT JOIN pg_collation l ON l.oid = a.attcollation
                          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                            AND NOT (has_schema_privilege(t.typnamespace, 'USAGE')
                                     AND has_schema_privilege(coalesce(e.typnamespace, t.typnamespace), 'USAGE')
                                     AND has_schema_privilege(coalesce(l.collnamespace, t.typnamespace), 'USAGE')))
             AS unnameable,
           ARRAY(SELECT a.attname::text FROM pg_attribute a
                  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull) AS not_null,
           (SELECT 'PARTITION BY '
                || CASE p.partstrat WHEN 'l' THEN 'LIST' WHEN 'r' THEN 'RANGE' ELSE 'HASH' END || ' ('
                || string_agg(CASE WHEN a.attnum IS NULL THEN '((' || quote_ident(plain.attname) || ' IS NULL))'
                       ELSE quote_ident(a.attname) || CASE WHEN l.oid IS NULL THEN '' ELSE
                                ' COLLATE ' || quote_ident(ln.nspname) || '.' || quote_ident(l.collname) END
                            || ' ' || quote_ident(opn.nspname) || '.' || quote_ident(op.opcname) END,
                       ', ' ORDER BY k.n) || ')'
              FROM pg_partitioned_table p
             CROSS JOIN unnest(p.partattrs::int2[], p.partclass::oid[], p.partcollation::oid[])
                        WITH ORDINALITY AS k (attnum, opclass, coll, n)
              JOIN pg_opclass op ON op.oid = k.opclass JOIN pg_namespace opn ON opn.oid = op.opcnamespace
              LEFT JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = k.attnum
              LEFT JOIN pg_collation l ON l.oid = k.coll LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
             CROSS JOIN LATERAL (SELECT b.attname FROM pg_attribute b
                                  WHERE b.attrelid = p.partrelid AND b.attnum > 0 AND NOT b.attisdropped
                                    AND b.attgenerated = '' ORDER BY b.attnum LIMIT 1) AS plain
             WHERE p.partrelid = c.oid
             GROUP BY p.partstrat) AS partitioned,
           ARRAY(SELECT string_agg(quote_ident(a.attname) || ' ' || quote_ident(opn.nspname) || '.'
                                                          || quote_ident(op.opcname), ', ' ORDER BY k.n)
                   FROM pg_index x
                  CROSS JOIN unnest(x.indkey::int2[], x.indclass::oid[]) WITH ORDINALITY AS k (attnum, opclass, n)
                   JOIN pg_opclass op ON op.oid = k.opclass JOIN pg_namespace opn ON opn.oid = op.opcnamespace
                   JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum
                  WHERE x.indrelid = c.oid AND x.indisunique AND x.indimmediate AND x.indpred IS NULL
                    AND x.indexprs IS NULL
                  GROUP BY x.indexrelid
                 HAVING NOT bool_and(op.opcdefault AND (op.opcintype = a.atttypid OR NOT EXISTS (
                          SELECT FROM pg_opclass d
                           WHERE d.opcmethod = op.opcmethod AND d.opcdefault AND d.opcintype = a.atttypid)))
                  ORDER BY x.indexrelid) AS keys
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) AS wanted (schema, name)
      JOIN pg_namespace n ON n.nspname = wanted.schema
      JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name"""

_OIDS = """
    SELECT c.oid::int8, c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relname = ANY (%(names)s)
       AND (n.oid = pg_my_temp_schema() OR (n.nspname = ANY (%(schemas)s) AND n.nspname <> 'pg_temp'))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A table in the form that CREATE TABLE needs: the list of its columns, and the PARTITION BY clause, if it has
    one. `keys` are the columns of unique indexes, with their operator classes, if these are not the default of the
    columns' own types. `like` is set if a type or collation of a column is in a schema that the role may not use:
    the copy is then made from that table, and loses NOT NULL of its columns `not_null`."""

    columns: str = ""
    like: TableName | None = None
    not_null: tuple[str, ...] = ()
    partitioned: str = ""
    keys: tuple[str, ...] = ()

    def copy(
        self, session: Session, name: str, *, schema: str = "pg_temp", further: str = "", partitioned: bool = True
    ) -> TableName:
        """Create an empty copy with `further` columns."""
        own = self.columns if self.like is None else f"LIKE {sql.Identifier(*self.like).as_string(None)}"
        columns = ", ".join(filter(None, (own, further)))
        clause = f" {self.partitioned}" if partitioned and self.partitioned else ""
        made = sql.Identifier(schema, name).as_string(None)
        _execute(session, f"CREATE TABLE {made} ({columns}){clause}")
        if self.like is not None and self.not_null:
            drops = (f"ALTER {sql.Identifier(one).as_string(None)} DROP NOT NULL" for one in self.not_null)
            _execute(session, f"ALTER TABLE {made} {', '.join(drops)}")
        return TableName(schema=schema, name=name)

    def add_keys(self, session: Session, copy: TableName) -> None:
        """Create the unique indexes on a copy that a foreign key refers to."""
        for columns in self.keys:
            table = sql.Identifier(copy.schema, copy.name).as_string(None)
            _execute(session, f"CREATE UNIQUE INDEX ON {table} ({columns})")


def _execute(session: Session, statement: str) -> None:
    """Execute a statement. In a database with the encoding SQL_ASCII, the bytes of a name that is not valid UTF-8 are
    restored."""
    session.connection.cursor().execute(statement.encode("utf-8", "surrogateescape"), binary=True)


def originals(session: Session, tables: Sequence[TableName]) -> Mapping[TableName, Original]:
    """Return the data for copies of these tables. The search path must be `pg_catalog`."""
    wanted = {"schemas": [table.schema for table in tables], "names": [table.name for table in tables]}
    return {
        TableName(schema=row["nspname"], name=row["relname"]): Original(
            columns=row["columns"] or "",
            like=TableName(schema=row["nspname"], name=row["relname"]) if row["unnameable"] else None,
            not_null=tuple(row["not_null"]) if row["unnameable"] else (),
            partitioned=row["partitioned"] or "",
            keys=tuple(row["keys"]),
        )
        for row in rows(session.connection, _TABLES, wanted)
    }


def oids_of(session: Session, copies: Sequence[TableName]) -> dict[int, str]:
    """Return the copies' names by their oid."""
    wanted = {"names": [copy.name for copy in copies], "schemas": [copy.schema for copy in copies]}
    found = rows(session.connection, _OIDS, wanted)
    return {row["oid"]: row["relname"] for row in found}
