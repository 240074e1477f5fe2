"""Rebuilds tables without rows: columns and types, partitions and inheritance children, owned sequences.

Partitions are rebuilt by hash, whatever their bounds are: bounds hold values, which only the database itself knows,
and no lock depends on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import psycopg
from psycopg import sql

from reconciler.model.names import TableName
from reconciler.model.rehearsal import NotRehearsed
from reconciler.model.retired import TableToRetire
from reconciler.model.state import LiveState, LiveTable
from reconciler.postgres.calls import NOTHING
from reconciler.postgres.server_error import server_error
from reconciler.postgres.session import Session, send
from reconciler.snapshots.rebuild import Builder, partition_clause


class TableBuilder(Builder):
    """Creates tables, each of its own sort, and functions that may be called."""

    function_body: ClassVar[str] = NOTHING

    def table_statement(self, table: LiveTable) -> sql.Composable:
        name = sql.Identifier(*table.name)
        if table.relkind in ("m", "v"):
            sort = sql.SQL("MATERIALIZED VIEW" if table.relkind == "m" else "VIEW")
            return sql.SQL("CREATE {} {} AS SELECT {} WHERE false").format(sort, name, self.typed_nulls(table))
        if table.relkind not in ("r", "p") or table.persistence not in ("p", "u"):
            raise LookupError(table.relkind)
        key = self._skeleton.partition_keys.get(table.name)
        return sql.SQL("CREATE {}TABLE {} ({}){}").format(
            sql.SQL("UNLOGGED " if table.persistence == "u" and key is None else ""),
            name,
            self.columns(table),
            sql.SQL("") if key is None else partition_clause(table, key, by_hash=True),
        )


def build_tables(builder: TableBuilder, session: Session, live: LiveState) -> list[NotRehearsed]:
    """Create all tables of a live state; return what could not be created."""
    builder.make_tables(live.tables.values())
    unmade = builder.rebuilt.tables
    left = [NotRehearsed(what=f"table {name}", why=why) for name, why in unmade.items()]
    built = {name: table for name, table in live.tables.items() if name not in unmade}
    return left + _run(session, [*_attachments(built), *_parts_of_retired(live, built)])


_Named = tuple[str, sql.Composable]
"""What a statement makes, for people, and the statement."""


def _attachments(built: Mapping[TableName, LiveTable]) -> Iterator[_Named]:
    """Yield the statements that make tables partitions and children of others."""
    by_oid = {table.oid: table for table in built.values()}
    children: dict[int, list[LiveTable]] = {}
    for _, table in sorted(built.items()):
        for parent in table.parents:
            children.setdefault(parent, []).append(table)
    for oid, below in children.items():
        parent_table = by_oid.get(oid)
        for number, child in enumerate(below):
            if parent_table is not None:
                yield f"table {child.name}", _attachment(parent_table, child, number, len(below))


def _attachment(parent: LiveTable, child: LiveTable, number: int, count: int) -> sql.Composable:
    names = sql.Identifier(*parent.name), sql.Identifier(*child.name)
    if not child.is_partition:
        return sql.SQL("ALTER TABLE {1} INHERIT {0}").format(*names)
    return sql.SQL("ALTER TABLE {} ATTACH PARTITION {} FOR VALUES WITH (MODULUS {}, REMAINDER {})").format(
        *names, sql.Literal(count), sql.Literal(number)
    )


def _parts_of_retired(live: LiveState, built: Mapping[TableName, LiveTable]) -> Iterator[_Named]:
    """Yield the statements that create the sequences that tables to retire own, and their comments."""
    for key, one in live.objects.items():
        table = built.get(key.table_name)
        if not isinstance(one, TableToRetire) or table is None:
            continue
        for name in one.sequences:
            made = sql.SQL("CREATE SEQUENCE {} OWNED BY {}").format(
                sql.Identifier(key.schema, name), sql.Identifier(*table.name, next(iter(table.columns)))
            )
            yield f"sequence {name}", made
        if one.comment is not None:
            comment = sql.SQL("COMMENT ON TABLE {} IS {}").format(
                sql.Identifier(*table.name), sql.Literal(one.comment)
            )
            yield f"the comment on table {table.name}", comment


def _run(session: Session, statements: Sequence[_Named]) -> list[NotRehearsed]:
    left = []
    for what, statement in statements:
        try:
            send(session.connection, statement.as_string(None))
        except psycopg.Error as error:
            if session.connection.closed:
                raise
            left.append(NotRehearsed(what=what, why=f"it could not be rebuilt: {server_error(error)}"))
    return left
