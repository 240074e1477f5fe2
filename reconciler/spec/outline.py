"""The tables that a file seems to name, guessed from its text before it is parsed.

Reading a large file takes longer than the database needs to answer, so a plan queries the database before it reads
the file. An outline decides nothing: it supports block style with bare names, as people and `export` write it; if
it is wrong, the database is read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reconciler.model.names import TableName
from reconciler.model.state import Named
from reconciler.spec.document import DEFAULT_SCHEMA

# Each pattern begins with fixed text, which is found many times faster than the beginning of a line or a word.
_SECTION = re.compile(r"\n(\w+):[ \t]*(\S*)")
_INDENT = re.compile(r"\n( +)[^\s#]")
_NAME = r"([^\W\d][\w$]*(?:\.[^\W\d][\w$]*)?)"
_REFERENCES = re.compile(rf"references: +{_NAME}")
_REPLACED_BY = re.compile(rf"replaced_by: +{_NAME}")


def outlined(texts: Iterable[str]) -> Named:
    """Return the tables that files with these texts seem to name."""
    tables: set[TableName] = set()
    dropped: set[TableName] = set()
    for text in texts:
        sections = _sections("\n" + text)
        schema = sections.get("schema", (DEFAULT_SCHEMA, ""))[0]
        declared, retired = (sections.get(name, ("", ""))[1] for name in ("tables", "dropped_tables"))
        gone = _named(_keys(retired), schema)
        dropped |= gone
        tables |= gone | _named(_keys(declared), schema)
        tables |= _named(_REFERENCES.findall(declared), schema) | _named(_REPLACED_BY.findall(retired), schema)
    return Named(tables=frozenset(tables), dropped=frozenset(dropped))


def _sections(text: str) -> dict[str, tuple[str, str]]:
    """Return the top level of the file: key → the word after it, and the lines below it."""
    found = list(_SECTION.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    return {match[1]: (match[2], text[match.end() : end]) for match, end in zip(found, ends, strict=False)}


def _keys(section: str) -> Iterator[str]:
    """Return the keys of a mapping in block style: the lines that are indented like its first line."""
    indent = _INDENT.search(section)
    if indent is not None:
        yield from re.findall(rf"\n{indent[1]}{_NAME}:(?=\s|\Z)", section)


def _named(names: Iterable[str], schema: str) -> set[TableName]:
    parts = (name.rpartition(".") for name in set(names))
    return {TableName(schema=before or schema, name=name) for before, _, name in parts}
