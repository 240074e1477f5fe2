"""Lists what a database has, for export: a constant number of queries, however many tables there are.

What the file format cannot carry is listed as well, so that nothing is left out without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from reconciler.kinds import KINDS
from reconciler.model.definition import Definition
from reconciler.model.names import ARCHIVE_SCHEMA, JOURNAL_TABLE, Key, TableName
from reconciler.model.state import LiveTable
from reconciler.postgres.catalog import CatalogNames, read_objects, read_tables
from reconciler.postgres.journal import objection
from reconciler.postgres.session import Session, rows

_SCHEMAS = """
    SELECT n.nspname::text,
           n.nspname ~ '^pg_' OR n.nspname = 'information_schema' AS system,
           EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid
                                             AND d.deptype = 'e') AS extension
      FROM pg_namespace n
     WHERE n.nspname !~ '^pg_(toast_)?temp_'
     ORDER BY 1"""

# Partitions come without their columns and objects: what they inherit is part of the parents' objects.
_RELATIONS = """
    SELECT n.nspname::text, t.relname::text, t.relispartition,
           (SELECT count(*) FROM pg_constraint c
             WHERE t.relispartition AND c.conrelid = t.oid AND c.conparentid = 0 AND c.coninhcount = 0)
           + (SELECT count(*) FROM pg_index x
               WHERE t.relispartition AND x.indrelid = t.oid
                 AND NOT EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = x.indexrelid)
                 AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.indexrelid AND c.conrelid = t.oid)
             ) AS own
      FROM pg_class t
      JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname = ANY (%(schemas)s) AND t.relkind IN ('r', 'p', 'm', 'f') AND t.relpersistence <> 't'
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = t.oid
                                                 AND d.deptype = 'e')
     ORDER BY 1, 2"""

# Each row is one thing that a file cannot say.
_UNSAID_CONSTRAINTS = """
    SELECT n.nspname::text, t.relname::text, c.conname::text AS name, c.contype::text,
           CASE WHEN f.relispartition THEN 'foreign keys that refer to a partition'
                WHEN f.relkind = 'p' THEN 'foreign keys that refer to a partitioned table' END AS what
      FROM pg_constraint c
      JOIN pg_class t ON t.oid = c.conrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
      LEFT JOIN pg_class f ON c.contype = 'f' AND f.oid = c.confrelid
     WHERE c.conrelid = ANY (%(tables)s) AND c.conparentid = 0
       AND (f.relispartition OR f.relkind = 'p')"""

_KIND_OF_CONTYPE = {"p": "primary_key", "u": "unique", "f": "foreign_key", "c": "check"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """`system`: PostgreSQL's own. `extension`: made by one."""

    name: str
    system: bool
    extension: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid:
    """Something about a constraint or index that the file format cannot carry yet.

    `key` is the object, which would be declared wrongly without it.
    """

    table: TableName
    name: str
    what: str
    key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What there is to export: tables, and every object on them.

    `partitions` are not among `tables`; each comes with the number of objects that it has and does not inherit.
    `strangers` have the journal's name where no file may declare it, and are something else.
    """

    tables: Mapping[TableName, LiveTable]
    objects: Mapping[Key, Definition]
    partitions: Mapping[TableName, int]
    unsaid: tuple[Unsaid, ...]
    strangers: tuple[TableName, ...]


@contextmanager
def one_moment(session: Session) -> Iterator[None]:
    """What is read within shows one moment: nothing comes or goes between two queries."""
    with session.connection.transaction():
        session.connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def read_schemas(session: Session) -> list[Schema]:
    """All schemas but those of temporary tables, by name."""
    return [
        Schema(name=row["nspname"], system=row["system"], extension=row["extension"])
        for row in rows(session.connection, _SCHEMAS)
    ]


def read_inventory(session: Session, schemas: Collection[str], wanted: Callable[[TableName], bool]) -> Inventory:
    """Everything in these schemas on the tables that are `wanted`, except for temporary ones, extensions' and ours."""
    found = rows(session.connection, _RELATIONS, {"schemas": sorted(schemas)})
    own = {TableName(schema=row["nspname"], name=row["relname"]): row for row in found}
    own = {name: row for name, row in own.items() if wanted(name)}
    strangers, journals = _journals(session, own)
    names = [name for name, row in own.items() if not row["relispartition"] and name not in journals]
    tables = read_tables(session, names)
    return Inventory(
        tables=tables,
        objects=_read_all(session, tables),
        partitions={name: row["own"] for name, row in own.items() if row["relispartition"]},
        unsaid=tuple(_read_unsaid(session, [table.oid for table in tables.values()])),
        strangers=tuple(strangers),
    )


def _journals(session: Session, names: Collection[TableName]) -> tuple[list[TableName], set[TableName]]:
    """Tables with the journal's name: those that are somebody else's, and all that are not to be exported.

    In `public` no file may declare a table of that name, whatever it is.
    """
    candidates = [name for name in names if name.name == JOURNAL_TABLE]
    foreign = [name for name in candidates if objection(session, name.schema) is not None]
    hidden = {name for name in candidates if name not in foreign or name.schema == "public"}
    return [name for name in foreign if name in hidden], hidden


def _read_all(session: Session, tables: Mapping[TableName, LiveTable]) -> dict[Key, Definition]:
    """Every object on the tables. Foreign keys of other tables that refer to them are not theirs."""
    names = CatalogNames(session, tables.values())
    oids = [table.oid for table in tables.values()]
    return {
        key: definition
        for kind in KINDS
        if kind.catalog is not None and not kind.only_declared
        for key, definition in read_objects(session, kind.catalog, oids, names)
        if key.table_name in tables
    }


def _read_unsaid(session: Session, oids: Sequence[int]) -> Iterator[Unsaid]:
    if not oids:
        return
    for row in rows(session.connection, _UNSAID_CONSTRAINTS, {"tables": list(oids)}):
        table = TableName(schema=row["nspname"], name=row["relname"])
        kind = _KIND_OF_CONTYPE[row["contype"]]
        name = "" if kind == "primary_key" else row["name"]
        key = Key(schema=table.schema, table=table.name, kind=kind, name=name)
        yield Unsaid(table=table, name=row["name"], what=row["what"], key=key)


def exportable(schema: Schema) -> bool:
    """Whether a schema is exported without being named."""
    return not (schema.system or schema.extension or schema.name == ARCHIVE_SCHEMA)
