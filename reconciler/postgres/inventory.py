"""Lists the contents of a database for export: a constant number of queries, however many tables there are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from reconciler.model.definition import Definition
from reconciler.model.names import ARCHIVE_SCHEMA, JOURNAL_TABLE, USAGE_TABLE, Key, TableName
from reconciler.model.state import LiveTable
from reconciler.postgres.catalog import is_text, read_relations
from reconciler.postgres.journal_check import differences_query
from reconciler.postgres.session import Session, rows
from reconciler.postgres.usage_log import usage_differences_query

_SCHEMAS = """
    SELECT n.nspname::text,
           n.nspname ~ '^pg_' OR n.nspname = 'information_schema' AS system,
           EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid
                                             AND d.deptype = 'e') AS extension
      FROM pg_namespace n
     WHERE n.nspname !~ '^pg_(toast_)?temp_'
     ORDER BY 1"""

_RELATIONS = """
    SELECT n.nspname::text, t.relname::text, t.oid::int8
      FROM pg_class t
      JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname = ANY (%(schemas)s) AND t.relkind IN ('r', 'p', 'm', 'f') AND t.relpersistence <> 't'
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = t.oid
                                                 AND d.deptype = 'e')
     ORDER BY 1, 2"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A schema. `system`: it belongs to PostgreSQL. `extension`: an extension created it."""

    name: str
    system: bool
    extension: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """The objects to export: tables, among them partitions, and every object on them; `inherited` are those that a
    table inherits.

    `strangers` have the journal's name where no file may declare it, but are something else. `undecodable` names
    objects with bytes that are not valid UTF-8, which a file cannot contain.
    """

    tables: Mapping[TableName, LiveTable]
    objects: Mapping[Key, Definition]
    inherited: Mapping[Key, Definition]
    strangers: tuple[TableName, ...]
    undecodable: tuple[str, ...]


@contextmanager
def one_moment(session: Session) -> Iterator[None]:
    """Within this context, all queries see the same snapshot: no object appears or disappears between two of
    them."""
    with session.connection.transaction():
        session.connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def read_schemas(session: Session) -> list[Schema]:
    """Return all schemas except those of temporary tables, by name."""
    return [
        Schema(name=row["nspname"], system=row["system"], extension=row["extension"])
        for row in rows(session.connection, _SCHEMAS)
    ]


def read_inventory(session: Session, schemas: Collection[str], wanted: Callable[[TableName], bool]) -> Inventory:
    """Return everything in these schemas on the tables that are `wanted`, except for temporary tables and those of
    extensions and of the tool."""
    found = rows(session.connection, _RELATIONS, {"schemas": sorted(schemas)})
    oids = {TableName(schema=row["nspname"], name=row["relname"]): row["oid"] for row in found}
    own = [name for name in oids if wanted(name) and is_text("".join(name))]
    strangers, journals = _journals(session, own)
    tables, objects, inherited, undecodable = read_relations(
        session, [oids[name] for name in own if name not in journals]
    )
    asked = {(name.schema, name.name) for name in tables}
    return Inventory(
        tables=tables,
        # Foreign keys of other tables that refer to these are not theirs.
        objects={key: one for key, one in objects.items() if (key.schema, key.table) in asked},
        inherited=inherited,
        strangers=tuple(strangers),
        undecodable=tuple(
            text.encode(errors="backslashreplace").decode()
            for text in (*map(str, undecodable), *(str(name) for name in oids if not is_text("".join(name))))
        ),
    )


def _journals(session: Session, names: Collection[TableName]) -> tuple[list[TableName], set[TableName]]:
    """Return the tables with the name of the journal or of the usage log: those of somebody else, and all that are not
    exported.

    In `public` no file may declare a table of that name, whatever it is.
    """
    differences = {JOURNAL_TABLE: differences_query, USAGE_TABLE: usage_differences_query}
    candidates = [name for name in names if name.name in differences]
    foreign = [name for name in candidates if rows(session.connection, differences[name.name](name.schema))]
    hidden = {name for name in candidates if name not in foreign or name.schema == "public"}
    return [name for name in foreign if name in hidden], hidden


def exportable(schema: Schema) -> bool:
    """Whether a schema is exported without being named."""
    return not (schema.system or schema.extension or schema.name == ARCHIVE_SCHEMA)
