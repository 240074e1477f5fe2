"""Writes objects into the text of a file, in the form that the file has them in, or removes them from it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from reconciler.kinds import kind_of
from reconciler.kinds.file.columns import written_column
from reconciler.kinds.file.fields import Naming, Section
from reconciler.kinds.file.nodes import MappingNode, Node, Reading
from reconciler.kinds.file.tables import read_entry_name
from reconciler.kinds.file.writing import Writing
from reconciler.model.definition import Definition
from reconciler.model.names import Key, TableName
from reconciler.model.state import Absent
from reconciler.spec.document import FILE_SECTIONS, default_schema_of
from reconciler.spec.edit import NotEditable, add_item, remove, remove_item, set_value
from reconciler.spec.emit import scalar
from reconciler.spec.parse import parse

_TABLES: Final = "tables"
_TABLE: Final = 2
"""The length of a path to a table: an entry there stays if it becomes empty, because it requires the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """The text of a valid file, with plain line breaks and one at its end. Each method returns it with one change."""

    text: str

    def altered(self, key: Key, old: Definition, new: Definition) -> Rewriting:
        """Write the new definition of an object in place of the old one, attribute by attribute if it has several."""
        section = kind_of(key).section
        path, node = self._section_with(key)
        if section.naming is Naming.COLUMN and not isinstance(node, MappingNode):
            return self._as_mapping(path, node, key, new)
        if section.naming is not Naming.TABLE:
            assert isinstance(node, MappingNode)
            path, node = [*path, key.name], node.entries[key.name][1]
        if not isinstance(node, MappingNode):
            return Rewriting(text=set_value(self.text, path, section.write_one(new, self._writing())))
        text, before, after = self.text, section.values(old), section.values(new)
        for name, attribute in section.attributes.items():
            if name not in after or before.get(name) == after[name]:
                continue
            if after[name] != attribute.default:
                text = set_value(text, [*path, name], attribute.reader.write(after[name], self._writing()))
            elif name in node.entries:
                text = remove(text, [*path, name], keep=len(path))
        return Rewriting(text=text)

    def without(self, key: Key) -> Rewriting:
        """Remove the declaration of an object."""
        section = kind_of(key).section
        path, node = self._section_with(key)
        if section.naming is Naming.TABLE:
            return Rewriting(text=remove(self.text, path, keep=_TABLE))
        if isinstance(node, MappingNode):
            return Rewriting(text=remove(self.text, [*path, key.name], keep=_TABLE))
        return Rewriting(text=remove_item(self.text, path, key.name, keep=_TABLE))

    def with_object(self, key: Key, definition: Definition) -> Rewriting:
        """Declare an object at the end of its section."""
        section = kind_of(key).section
        label, entry = next(self._entries(key.table_name), ("", None))
        if entry is None:
            raise NotEditable(f"the file has no entry for table {key.table_name}")
        path = [_TABLES, label, section.key]
        written = section.write_one(definition, self._writing())
        found = entry.entries.get(section.key) if isinstance(entry, MappingNode) else None
        node = found[1] if found else None
        if section.naming is Naming.TABLE:
            return Rewriting(text=set_value(self.text, path, written))
        if section.naming is Naming.COLUMN and not isinstance(node, MappingNode):
            if written is None:
                return Rewriting(text=add_item(self.text, path, written_column(key.name)))
            return self._as_mapping(path, node, key, definition)
        return Rewriting(text=set_value(self.text, [*path, key.name], written))

    def without_absent(self, absent: Absent) -> Rewriting:
        """Remove a name from a table's `absent`."""
        for label, entry in self._entries(absent.table):
            path = [_TABLES, label, "absent", absent.section]
            if isinstance(entry, MappingNode) and "absent" in entry.entries:
                return Rewriting(text=remove_item(self.text, path, absent.name, keep=_TABLE))
        raise NotEditable("it is not under `absent`")

    def without_dropped(self, key: Key) -> Rewriting:
        """Remove a table from the section that drops it."""
        section = kind_of(key).section.key
        for label, _ in self._entries(key.table_name, section):
            return Rewriting(text=remove(self.text, [section, label], keep=1))
        raise NotEditable(f"it is not under `{section}`")

    # --- Where an object is -----------------------------------------------------------------------------------------

    def _writing(self) -> Writing:
        return Writing(default_schema=_parsed(self.text)[1])

    def _reading(self) -> Reading:
        return Reading(default_schema=_parsed(self.text)[1])

    def _entries(self, table: TableName, section: str = _TABLES) -> Iterator[tuple[str, Node]]:
        """Yield the entries of a table, with their keys: a table may have several."""
        assert section in FILE_SECTIONS
        entries, reading = _parsed(self.text)[0].entries, self._reading()
        tables = entries[section][1] if section in entries else None
        for key, entry in tables.entries.values() if isinstance(tables, MappingNode) else ():
            if read_entry_name(key, entry, reading) == table:
                yield key.text, entry

    def _section_with(self, key: Key) -> tuple[list[str], Node]:
        """Return the path and the node of the section that declares an object."""
        section = kind_of(key).section
        for label, entry in self._entries(key.table_name):
            if isinstance(entry, MappingNode) and section.key in entry.entries:
                node = entry.entries[section.key][1]
                if key in self._declared(section, node, key.table_name):
                    return [_TABLES, label, section.key], node
        raise NotEditable("the file does not declare it")

    def _declared(self, section: Section, node: Node | None, table: TableName) -> Mapping[Key, Definition]:
        found = [] if node is None else section.read(node, table, self._reading())
        return {one.key: one.definition for one in found}

    def _as_mapping(self, path: list[str], node: Node | None, key: Key, definition: Definition) -> Rewriting:
        """Write a section of columns as a mapping, because one of them needs details."""
        section = kind_of(key).section
        objects = {one.name: found for one, found in self._declared(section, node, key.table_name).items()}
        written = section.write({**objects, key.name: definition}, self._writing())
        return Rewriting(text=set_value(self.text, path, written))


@functools.lru_cache(maxsize=4)
def _parsed(text: str) -> tuple[MappingNode, str]:
    """Return the tree of a text, and its default schema."""
    root, problems = parse("", text.encode())
    if not isinstance(root, MappingNode) or problems:
        raise NotEditable("the file cannot be read")
    return root, default_schema_of(root, problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePart:
    """The lines of one table in a file, as a file of their own: editing it takes less time.

    `header` are the lines that make it one, `before` and `after` the other lines of the file.
    """

    before: str
    header: str
    after: str
    content: Rewriting

    def joined(self, content: Rewriting) -> str:
        """Return the whole file, with new content for this table."""
        return self.before + content.text.removeprefix(self.header) + self.after


def table_part(text: str, table: TableName, whole: str) -> TablePart | None:
    """Return the lines of a table; None if they are not lines of their own, or use anchors.

    `whole` is the original text of the file: `text` may differ from it after this table.
    """
    root, schema = _parsed(whole)
    tables = root.entries[_TABLES][1] if _TABLES in root.entries else None
    if not isinstance(tables, MappingNode):
        return None
    reading = Reading(default_schema=schema)
    labels = [key for key, entry in tables.entries.values() if read_entry_name(key, entry, reading) == table]
    lines = text.split("\n")
    if len(labels) != 1 or lines[labels[0].line - 1][: labels[0].column - 1].strip():
        return None
    later = [key.line for key, _ in (*tables.entries.values(), *root.entries.values()) if key.line > labels[0].line]
    first, end = labels[0].line - 1, min(later) - 1 if later else len(whole.split("\n")) - 1
    own = "".join(f"{line}\n" for line in lines[first:end])
    if root.entries[_TABLES][0].line == labels[0].line or _ANCHOR.search(own):
        return None
    header = f"version: 1\nschema: {scalar(schema)}\n{_TABLES}:\n"
    before = "".join(f"{line}\n" for line in lines[:first])
    return TablePart(
        before=before, header=header, after="\n".join(lines[end:]), content=Rewriting(text=header + own)
    )


_ANCHOR: Final = re.compile(r"(?:^|[\s\[{,:])[&*][^\s,\]}]", re.MULTILINE)
