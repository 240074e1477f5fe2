"""How a table leaves the archive: it moves to a schema, with its indexes and sequences, and gets its names back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from psycopg import sql

from reconciler.kinds.base import ddl
from reconciler.kinds.base.routing import RouteBuilder
from reconciler.kinds.dropped_table.moving import attach
from reconciler.model.change import Change
from reconciler.model.limits import ExecutionClass
from reconciler.model.locks import LockMode
from reconciler.model.names import ARCHIVE_SCHEMA, TableName
from reconciler.model.retired import ArchivedTable, Moved, ParentTable, RestoredTable
from reconciler.model.route import DefinitionPattern, Route
from reconciler.model.state import archived_key
from reconciler.model.statement import Statement
from reconciler.model.step import SqlAction, Step
from reconciler.model.step_id import Verb


def restore_route(change: Change, names: Mapping[str, str]) -> Route:
    """Return the route of an archived table to its name. `names` are those of its indexes and sequences after it, by
    their names in the archive."""
    before, after = change.before, change.after
    assert isinstance(before, ArchivedTable)
    assert isinstance(after, RestoredTable)
    there, archived = archived_key(before.name), TableName(schema=ARCHIVE_SCHEMA, name=before.name)
    builder = RouteBuilder("archived", {there: _attached(before.attached), change.key: None})
    if after.attached and not before.attached:
        builder.then(_attach_step(change, archived, before.moved.parents), "attached", {there: _attached(True)})
    builder.then(_step(change, before, after, names), "restored", {there: None, change.key: DefinitionPattern()})
    return builder.build(change)


def _attached(value: bool) -> DefinitionPattern:
    return DefinitionPattern(fields=(("attached", value),))


def _attach_step(change: Change, archived: TableName, parents: tuple[ParentTable, ...]) -> Step:
    """Return the step that makes the table a partition again, which reads all its rows, or an inheritance child."""
    tables = tuple(parent.table for parent in parents)
    return Step(
        id=Verb.ATTACH.of(change.key),
        title=f"attach {archived} to {', '.join(map(str, tables))}",
        action=SqlAction(statements=tuple(one for parent in parents for one in attach(archived, parent))),
        execution=ExecutionClass.SCAN,
        locks=(
            *ddl.claims(LockMode.ACCESS_EXCLUSIVE, archived),
            *ddl.claims(LockMode.SHARE_UPDATE_EXCLUSIVE, *tables),
        ),
        leaves=ddl.NOTHING_LEFT,
    )


def _step(change: Change, before: ArchivedTable, after: RestoredTable, names: Mapping[str, str]) -> Step:
    there = TableName(schema=ARCHIVE_SCHEMA, name=before.name)
    return ddl.brief(
        Verb.RESTORE.of(change.key),
        f"move {there} to {after.table}",
        [*_statements(before, after, names)],
        ddl.claims(LockMode.ACCESS_EXCLUSIVE, there),
    )


def _statements(before: ArchivedTable, after: RestoredTable, names: Mapping[str, str]) -> Iterator[Statement]:
    """Yield the statements. The table moves first: other objects in the archive may have parts of these names."""
    there, schema = TableName(schema=ARCHIVE_SCHEMA, name=before.name), after.table.schema
    yield ddl.alter_table(there, ddl.compose("SET SCHEMA {schema}", schema=ddl.name(schema)))
    for words, name in _parts(before.moved):
        if names[name] != name:
            yield ddl.statement(
                ddl.compose(
                    f"ALTER {words} {{part}} RENAME TO {{name}}",
                    part=sql.Identifier(schema, name),
                    name=ddl.name(names[name]),
                )
            )
    moved = there._replace(schema=schema)
    if after.table != moved:
        yield ddl.alter_table(moved, ddl.compose("RENAME TO {name}", name=ddl.name(after.table.name)))
    yield ddl.statement(
        ddl.compose(
            "COMMENT ON TABLE {table} IS {comment}",
            table=ddl.relation(after.table),
            comment=ddl.literal(after.comment),
        )
    )


def _parts(moved: Moved) -> list[tuple[str, str]]:
    """Return the indexes and sequences by their names in the archive."""
    names = moved.names_in_archive()
    return [
        *(("INDEX", names[one]) for one in moved.indexes),
        *(("SEQUENCE", names[one]) for one in moved.sequences),
    ]
