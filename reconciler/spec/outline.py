"""The tables that a file seems to name, guessed from its text before it is parsed.

Reading a large file takes longer than the database needs to answer, so a plan asks before it reads. Nothing is decided
by an outline: it knows block style with bare names, as people and `export` write, and where it is wrong, the database
is read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reconciler.model.names import TableName
from reconciler.model.state import Named
from reconciler.spec.document import DEFAULT_SCHEMA

# Each begins with fixed text, which is found many times faster than the beginning of a line or a word.
_SECTION = re.compile(r"\n(\w+):[ \t]*(\S*)")
_INDENT = re.compile(r"\n( +)[^\s#]")
_NAME = r"([^\W\d][\w$]*(?:\.[^\W\d][\w$]*)?)"
_REFERENCES = re.compile(rf"references: +{_NAME}")
_REPLACED_BY = re.compile(rf"replaced_by: +{_NAME}")


def outlined(texts: Iterable[str]) -> Named:
    """The tables that files of these texts seem to name."""
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
    """What stands at the top of the file: key → the word behind it, and the lines below it."""
    found = list(_SECTION.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    return {match[1]: (match[2], text[match.end() : end]) for match, end in zip(found, ends, strict=False)}


def _keys(section: str) -> Iterator[str]:
    """The keys of a mapping in block style: what is indented as its first line is."""
    indent = _INDENT.search(section)
    if indent is not None:
        yield from re.findall(rf"\n{indent[1]}{_NAME}:(?=\s|\Z)", section)


def _named(names: Iterable[str], schema: str) -> set[TableName]:
    parts = (name.rpartition(".") for name in set(names))
    return {TableName(schema=before or schema, name=name) for before, _, name in parts}
