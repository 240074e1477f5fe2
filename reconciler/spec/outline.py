"""The tables that a file names, found without reading what it says about them.

Reading a large file takes as long as the database takes to answer, so a plan asks while it reads. Nothing is decided by
an outline: what it leaves out is asked for afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from reconciler.kinds.file.nodes import INVALID, MappingNode, Node, Reading, ScalarNode
from reconciler.kinds.file.tables import read_entry_name
from reconciler.model.names import TableName
from reconciler.model.state import Named
from reconciler.spec.document import FILE_SECTIONS, TABLE_SECTIONS, default_schema_of

_DROPPED = FILE_SECTIONS["dropped_tables"]
_REFERENCES = TABLE_SECTIONS["foreign_keys"].attributes["references"].reader
_REPLACED_BY = _DROPPED.attributes["replaced_by"].reader


def outlined(roots: Iterable[Node | None]) -> Named:
    """The tables that these files seem to name."""
    tables: set[TableName] = set()
    dropped: set[TableName] = set()
    for root in roots:
        if isinstance(root, MappingNode):
            # Problems are told by who reads the file in earnest.
            reading = Reading(default_schema=default_schema_of(root, []))
            dropped.update(table for table, _ in _entries(root, _DROPPED.key, reading))
            tables.update(_named(root, reading))
    return Named(tables=frozenset(tables), dropped=frozenset(dropped))


def _named(root: MappingNode, reading: Reading) -> Iterator[TableName]:
    for table, entry in _entries(root, _DROPPED.key, reading):
        yield table
        yield from _value(entry, "replaced_by", _REPLACED_BY, reading)
    for table, entry in _entries(root, "tables", reading):
        yield table
        for foreign_key in _values(entry, "foreign_keys"):
            for target in _value(foreign_key, "references", _REFERENCES, reading):
                yield target.table


def _entries(root: MappingNode, section: str, reading: Reading) -> Iterator[tuple[TableName, Node]]:
    for key, entry in _pairs(root, section):
        table = read_entry_name(key, entry, reading)
        if table is not INVALID:
            yield table, entry


def _values(node: Node, name: str) -> Iterator[Node]:
    return (value for _, value in _pairs(node, name))


def _pairs(node: Node, name: str) -> Iterable[tuple[ScalarNode, Node]]:
    """The entries of the mapping under a key of a mapping; none where there is none."""
    pair = node.entries.get(name) if isinstance(node, MappingNode) else None
    return pair[1].entries.values() if pair is not None and isinstance(pair[1], MappingNode) else ()


def _value(node: Node, name: str, reader: Any, reading: Reading) -> Iterator[Any]:
    """What the reader makes of the value under a key of a mapping, if it can."""
    pair = node.entries.get(name) if isinstance(node, MappingNode) else None
    value = reader.read(pair[1], reading) if pair is not None else INVALID
    if value is not INVALID and value is not None:
        yield value
