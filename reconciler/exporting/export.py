"""Exports a database: reads it, selects objects, and writes files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from reconciler.exporting.declare import declare
from reconciler.exporting.files import Split, default_schema, folder, one_file
from reconciler.exporting.selection import choose
from reconciler.kinds import purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.definition import Definition
from reconciler.model.errors import UsageError
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName, display
from reconciler.model.rules.declarations import SYSTEM_SCHEMA, TOOL_OWNED
from reconciler.model.rules.runs import NOTHING_MATCHES
from reconciler.model.state import LiveTable
from reconciler.postgres.inventory import Inventory, exportable, one_moment, read_inventory, read_schemas
from reconciler.postgres.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The result of an export. `files` are texts by their path in a folder; without a split, only `schema.yaml`.

    `warnings` list omitted objects, one line each.
    """

    files: Mapping[str, str]
    warnings: tuple[str, ...]


def make_export(
    session: Session,
    *,
    schemas: Collection[str] = (),
    tables: Sequence[str] = (),
    split: Split | None = None,
) -> Export:
    """Read the database and write it as YAML, so that a plan of the files is in sync.

    Without `schemas`, all schemas are exported, except those of PostgreSQL, of extensions and of this tool. `tables`
    are patterns with `*` and `?` for a table's name, or for `schema.table`. Raises `UsageError` for a schema or pattern
    without a match.
    """
    with one_moment(session):
        inventory = read_inventory(session, _schemas(session, schemas), lambda name: _matches(name, tables))
    _refuse_unmatched(inventory, tables)
    choice = choose(inventory)
    objects = _in_order(declare(choice.objects), inventory.tables)
    files = folder(objects, split) if split else {"schema.yaml": one_file(objects)}
    return Export(files=files, warnings=choice.warnings)


def _schemas(session: Session, named: Collection[str]) -> list[str]:
    found = {schema.name: schema for schema in read_schemas(session)}
    for name in named:
        if name not in found:
            hint = "names are as PostgreSQL stores them: case kept, never quoted"
            raise UsageError(f"there is no schema {display(name)}", rule=NOTHING_MATCHES, hint=hint)
        if name == ARCHIVE_SCHEMA:
            raise UsageError(
                f"schema {name} belongs to reconcile, which keeps archived tables in it", rule=TOOL_OWNED
            )
        if found[name].system:
            raise UsageError(f"schema {display(name)} belongs to PostgreSQL", rule=SYSTEM_SCHEMA)
    return [name for name, schema in found.items() if (name in named if named else exportable(schema))]


def _matches(name: TableName, patterns: Sequence[str]) -> bool:
    return not patterns or any(name.matches(pattern) for pattern in patterns)


def _refuse_unmatched(inventory: Inventory, patterns: Sequence[str]) -> None:
    found = (*inventory.tables, *inventory.strangers)
    for pattern in patterns:
        if not any(_matches(name, [pattern]) for name in found):
            hint = "a pattern is for a table's name, or for schema.table; * and ? are wildcards"
            raise UsageError(f"no table matches {pattern!r}", rule=NOTHING_MATCHES, hint=hint)


def _in_order(objects: Mapping[Key, Definition], tables: Mapping[TableName, LiveTable]) -> dict[Key, Definition]:
    """Return the objects sorted by table, unqualified tables first, and by name; columns in the order of the table."""
    default = default_schema(objects)
    positions = {name: {column: n for n, column in enumerate(table.columns)} for name, table in tables.items()}

    def place(key: Key) -> tuple[object, ...]:
        column = positions[key.table_name].get(key.name, 0) if purpose_of(key) is Purpose.FORBIDS_NULL else 0
        return (key.schema != default, key.schema, key.table, key.kind, column, key.name)

    return {key: objects[key] for key in sorted(objects, key=place)}
