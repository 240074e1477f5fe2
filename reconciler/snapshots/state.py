"""Parts of a live state: that of some tables, and one without privileges and exact sizes."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping
from dataclasses import replace

from reconciler.kinds import KINDS
from reconciler.model.definition import Definition
from reconciler.model.names import Key, TableName
from reconciler.model.repair import QUARANTINE
from reconciler.model.retired import ArchivedTable, Moved
from reconciler.model.state import ARCHIVE_KEY, MOVED, LiveState, LiveTable, Named

_RETIRING = frozenset(kind.id for kind in KINDS if kind.only_declared)


def of_tables(live: LiveState, named: Named, names: Mapping[str, tuple[str, ...]]) -> LiveState:
    """Return the live state of only these tables, and of their partitions and children.

    `names` are the names of all relations in schemas.
    """
    tables = {one for name in named.tables if name in live.tables for one in live.tree(name)}
    if named.repaired:
        # How a foreign key compares depends on the columns of its own table.
        tables |= {one for name in referring_tables(live, tables) & live.tables.keys() for one in live.tree(name)}
    missing = {name.schema for name in named.tables if name not in live.tables}
    dropped = {one for name in named.dropped for one in live.tree(name)}

    def belongs(key: Key, one: Definition) -> bool:
        if key.kind == QUARANTINE:
            return bool(named.repaired)
        if key == ARCHIVE_KEY or key.kind == MOVED:
            return bool(named.dropped or named.repaired) if key == ARCHIVE_KEY else key.table_name in named.dropped
        if key.kind in _RETIRING:
            return key.table_name in dropped
        reference = one.reference()
        return key.table_name in tables or (reference is not None and reference.table in tables)

    return LiveState(
        tables={name: one for name, one in live.tables.items() if name in tables},
        objects={key: one for key, one in live.objects.items() if belongs(key, one)},
        inherited={key: one for key, one in live.inherited.items() if belongs(key, one)},
        neighbours={schema: names[schema] for schema in sorted(missing) if names.get(schema)},
        undecodable=frozenset(key for key in live.undecodable if key.table_name in tables),
    )


def only_tables(live: LiveState, tables: Collection[TableName]) -> LiveState:
    """Return the live state of exactly these tables, with what is on them."""
    return LiveState(
        tables={name: one for name, one in live.tables.items() if name in tables},
        objects={key: one for key, one in live.objects.items() if key.table_name in tables},
        inherited={key: one for key, one in live.inherited.items() if key.table_name in tables},
        undecodable=frozenset(key for key in live.undecodable if key.table_name in tables),
    )


def without_rights(live: LiveState, limit: int) -> LiveState:
    """Return the live state as if the role had all privileges, with classes of sizes, and without the names of
    roles.

    `limit` is the number of rows below which the file calls a table small: a class ends there as well.
    """
    return replace(
        live,
        tables={name: _without_rights(table, limit) for name, table in live.tables.items()},
        objects={key: _without_writers(one) for key, one in live.objects.items()},
    )


def _without_writers(one: Definition) -> Definition:
    if isinstance(one, ArchivedTable):
        return replace(one, moved=replace(one.moved, writers=()), rows=-1, bytes=0)
    return replace(one, writers=()) if isinstance(one, Moved) else one


def _without_rights(table: LiveTable, limit: int) -> LiveTable:
    return replace(
        table,
        rows=size_class(table.rows, limit),
        bytes=size_class(table.bytes),
        owned=True,
        readable=True,
        all_readable=True,
        lockable=table.relkind in ("r", "p"),
        hides_rows=False,
    )


def size_class(size: int, limit: int = 0) -> int:
    """Return the smallest size of the class: a power of ten, or the limit. 0 and -1 (unknown) are kept."""
    if size < 1:
        return size
    power = 10 ** (len(str(size)) - 1)
    return limit if power < limit <= size else power


def referenced_tables(live: LiveState) -> frozenset[TableName]:
    """Return the tables that foreign keys of the state refer to and that are not in it."""
    references = (one.reference() for one in live.objects.values())
    return frozenset(one.table for one in references if one is not None) - live.tables.keys()


def referring_tables(live: LiveState, tables: Container[TableName]) -> frozenset[TableName]:
    """Return the tables whose foreign keys refer to one of these."""
    references = ((key.table_name, one.reference()) for key, one in live.objects.items())
    return frozenset(name for name, reference in references if reference is not None and reference.table in tables)
