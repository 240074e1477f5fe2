"""Definitions → the text of a file that declares them. This is the inverse of reading: `load` reads the same
definitions from it.

Tables and objects keep the given order; the sections of a table have their usual order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from reconciler.kinds.file.tables import entry_name
from reconciler.kinds.file.writing import Bare, Block, Writing, Written
from reconciler.kinds.required_table.fields import SECTION as TABLES
from reconciler.model.definition import Definition
from reconciler.model.facets import UNMANAGED
from reconciler.model.names import Key, TableName
from reconciler.spec.document import DEFAULT_SCHEMA, FILE_SECTIONS, TABLE_SECTIONS, VERSION
from reconciler.spec.emit import in_one_line, mapping_lines

_USUAL_ORDER: Final = ("primary_key", "not_null", "unique", "foreign_keys", "checks", "exclusions")
_ORDER: Final = [
    *(key for key in _USUAL_ORDER if key in TABLE_SECTIONS),
    *(key for key in TABLE_SECTIONS if key not in _USUAL_ORDER),
]


def write(objects: Mapping[Key, Definition], *, default_schema: str, header: Sequence[str] = ()) -> str:
    """Return the text of one file. `header` are the lines of the comment at its beginning.

    A table is required if an object is declared under it: there is no other way to declare one.
    """
    writing = Writing(default_schema=default_schema)
    lines = [*(f"# {line}".rstrip() for line in header)]
    usual = {} if default_schema == DEFAULT_SCHEMA else {"schema": default_schema}
    lines += mapping_lines({"version": Bare(VERSION), **usual})
    for key, section in FILE_SECTIONS.items():
        found = {one: definition for one, definition in objects.items() if (one.kind in _KINDS_UNDER[key])}
        if section is TABLES:
            entries = _entries(_tables(found, writing), writing)
        else:
            entries = _entries(
                {o.table_name: _mapping(section.write_one(d, writing)) for o, d in found.items()}, writing
            )
        if entries:
            lines += ["", f"{key}:", *_spaced(entries)]
        elif section is TABLES:
            lines += ["", f"{key}: {{}}"]
    return "\n".join(lines) + "\n"


def in_a_file(objects: Mapping[Key, Definition]) -> str:
    """Return one line of YAML that declares constraints and indexes, for a message. It means the same in any file.

    Comments are omitted: what a file omits stays unchanged.
    """
    unsaid: dict[str, Any] = {"comment": UNMANAGED}
    named = {key: replace(one, **unsaid) if hasattr(one, "comment") else one for key, one in objects.items()}
    writing = Writing(default_schema="")
    tables = _in_flow(_entries(_tables(named, writing), writing))
    return f"tables: {in_one_line(tables) or json.dumps(tables, ensure_ascii=False)}"


def _in_flow(tree: Written) -> Written:
    return {key: _in_flow(value) for key, value in tree.items()} if isinstance(tree, dict) else tree


_KINDS_UNDER: Final = {
    key: {section.kind, *(one.kind for one in TABLE_SECTIONS.values())} if section is TABLES else {section.kind}
    for key, section in FILE_SECTIONS.items()
}


def _tables(objects: Mapping[Key, Definition], writing: Writing) -> dict[TableName, dict[str, Written]]:
    """Return the declarations under each table."""
    found: dict[TableName, dict[str, dict[str, Definition]]] = {}
    for key, definition in objects.items():
        sections = found.setdefault(key.table_name, {})
        sections.setdefault(key.kind, {})[key.name] = definition
    return {
        table: {
            key: TABLE_SECTIONS[key].write(kinds[TABLE_SECTIONS[key].kind], writing)
            for key in _ORDER
            if TABLE_SECTIONS[key].kind in kinds
        }
        for table, kinds in found.items()
    }


def _mapping(written: Written) -> dict[str, Written]:
    return written if isinstance(written, dict) else {}


def _entries(tables: Mapping[TableName, dict[str, Written]], writing: Writing) -> Block:
    """Return the entries of a section at the top of the file. Short names get their keys first; long ones use other
    keys."""
    entries = Block()
    names = {table: entry_name(table, writing, ()) for table in tables}
    taken = {label for label, long in names.values() if not long}
    for table, entry in tables.items():
        label, long = names[table]
        if long:
            label, long = entry_name(table, writing, taken)
            taken.add(label)
        body = {**long, **entry}
        entries[label] = Block(body) if body else None
    return entries


def _spaced(entries: Block) -> Iterator[str]:
    """Add an empty line around each entry that has a body."""
    before: Written = None
    for n, (label, entry) in enumerate(entries.items()):
        if n and (entry or before):
            yield ""
        yield from mapping_lines(Block({label: entry}), "  ")
        before = entry
