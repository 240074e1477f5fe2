"""Names, keys and places: how an object is identified in the database and in the file."""

from __future__ import annotations

import re
import shlex
import zlib
from collections.abc import Container, Iterable
from typing import NamedTuple

from reconciler.model.controls import ACTS

# https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*\Z")

MAX_NAME_BYTES = 63
"""PostgreSQL silently truncates longer names (NAMEDATALEN - 1)."""

ARCHIVE_SCHEMA = "reconcile_archive"
"""The schema that keeps archived tables. It belongs to the tool: it is never exported or compared."""

JOURNAL_TABLE = "migration_log"
JOURNAL_FUNCTION = "log_migration_step"
USAGE_TABLE = "reconcile_usage"
"""Tables and a function of the tool, in `policy.journal_schema`."""
OWN_NAMES = frozenset({JOURNAL_TABLE, JOURNAL_FUNCTION, USAGE_TABLE})

BUILDING_SUFFIX = "__reconcile_new"
REPLACED_SUFFIX = "__reconcile_old"
"""Endings of temporary names. They belong to the tool."""


def is_temporary(name: str) -> bool:
    """Whether a name has one of the tool's endings. That does not prove who gave the name."""
    return name.endswith((BUILDING_SUFFIX, REPLACED_SUFFIX))


def trusting(roles: Iterable[str]) -> str:
    """Return the options that make these roles trusted, for a shell: `--trust-role ops --trust-role 'my role'`."""
    return " ".join(f"--trust-role {shlex.quote(role)}" for role in roles)


def display(name: str) -> str:
    """Return `name` for people on one line: plain if that is unambiguous, otherwise in double quotes. Never use it
    for SQL.

    A name with control characters has the form `U&"a\\000Ab"` of PostgreSQL, which is as unambiguous.
    """
    if _PLAIN.match(name):
        return name
    if ACTS.search(name) is None:
        return quoted(name)
    return "U&" + ACTS.sub(_unicode_escape, quoted(name).replace("\\", "\\\\"))


def quoted(name: str) -> str:
    """Return `name` in double quotes, as PostgreSQL prints it in expressions if it has to."""
    return '"' + name.replace('"', '""') + '"'


def _unicode_escape(character: re.Match[str]) -> str:
    code = ord(character[0])
    return f"\\{code:04X}" if code < 0x10000 else f"\\+{code:06X}"


_DISPLAYED = re.compile(r'U&"(?P<escaped>(?:[^"]|"")*)"|"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[^".]+)')
_ESCAPE = re.compile(r"\\(?:\\|\+(?P<six>(?:0[0-9A-F]|10)[0-9A-F]{4})|(?P<four>[0-9A-F]{4}))")


def names_displayed(text: str) -> tuple[str, ...]:
    """Return the names that `display` has written, with dots between them."""
    found, at = list[str](), 0
    while (one := _DISPLAYED.match(text, at)) is not None:
        inner = one["quoted"] or one["plain"] or ""
        if one["escaped"] is not None:
            inner = _ESCAPE.sub(
                lambda two: chr(int(code, 16)) if (code := two["six"] or two["four"]) else "\\", one["escaped"]
            )
        found.append(inner if one["plain"] else inner.replace('""', '"'))
        at = one.end() + 1
    return tuple(found)


def cut(name: str, suffix: str = "") -> str:
    """Return `name` + `suffix` within PostgreSQL's 63 bytes; `name` is truncated at a character boundary."""
    room = MAX_NAME_BYTES - len(suffix.encode())
    return name.encode()[:room].decode(errors="ignore") + suffix


def temporary_name(name: str, suffix: str) -> str:
    """Return a temporary name: `name` + `suffix`.

    A longer name is truncated, and gets its CRC-32 to differ from others that begin alike.
    """
    if len((name + suffix).encode()) <= MAX_NAME_BYTES:
        return name + suffix
    return cut(name, f"_{zlib.crc32(name.encode()):08x}{suffix}")


def default_name(table: str, column: str | None, label: str) -> str:
    """Return the name that PostgreSQL gives a constraint without one: `table_column_label`.

    If that is longer than 63 bytes, the longer of table and column is truncated, byte by byte. Source:
    makeObjectName in src/backend/commands/indexcmds.c
    """
    first, second = table.encode(), (column or "").encode()
    overhead = len(label) + 1 + (1 if column is not None else 0)
    while len(first) + len(second) + overhead > MAX_NAME_BYTES:
        if len(first) > len(second):
            first = first[:-1]
        else:
            second = second[:-1]
    parts = [first, second] if column is not None else [first]
    return "_".join([*(part.decode(errors="ignore") for part in parts), label])


def free_name(name: str, taken: Container[str]) -> str:
    """Return the name, with underscores at its end while it is taken."""
    while name in taken:
        name += "_"
    return name


def exact_pattern(text: str) -> str:
    """Return the pattern that matches this text only. No name and no pattern of a user has a NUL."""
    return re.sub(r"([*?])", "\0\\1", text)


def matches(pattern: str, name: str) -> bool:
    """Whether a name matches a pattern in which `*` stands for any characters and `?` for one; nothing else is
    special, except in what `literal` returns.

    This takes at most as many steps as the product of both lengths.
    """
    parts = re.findall(r"\0?.", pattern, re.DOTALL)
    position = at = 0
    star, resume = (
        -1,
        0,
    )  # the last star in the pattern, and the position in the name from which the rest is tried next
    while at < len(name):
        if position < len(parts) and parts[position] == "*":
            star, resume = position, at
            position += 1
        elif position < len(parts) and parts[position] in ("?", name[at], f"\0{name[at]}"):
            position, at = position + 1, at + 1
        elif star >= 0:
            resume += 1
            position, at = star + 1, resume
        else:
            return False
    return all(part == "*" for part in parts[position:])


class TableName(NamedTuple):
    """A table by its schema and name, both as PostgreSQL stores them: case kept, never quoted.

    It is a tuple, because objects are looked up by it all the time, and Python compares and hashes only tuples
    natively. Create it, and similar classes, with the names of its fields; `_replace` creates another one.
    """

    schema: str
    name: str

    def __str__(self) -> str:
        return f"{display(self.schema)}.{display(self.name)}"

    def matches(self, pattern: str) -> bool:
        """Whether a pattern matches the table's name, or, if the pattern has a dot, its schema and name with a dot in
        between."""
        return matches(pattern, self.name) or ("." in pattern and matches(pattern, f"{self.schema}.{self.name}"))


class Key(NamedTuple):
    """The identity of a managed object.

    `kind` is the id of a registered kind. `name` is the constraint's or index's name; the column for a not-null;
    empty if the table alone identifies the object (required table, primary key, dropped table).

    It is a tuple for the same reason as `TableName`.
    """

    schema: str
    table: str
    kind: str
    name: str = ""

    @property
    def table_name(self) -> TableName:
        return TableName(schema=self.schema, name=self.table)

    @property
    def without_kind(self) -> str:
        """The object after the noun of its kind, such as `of public.users.email` or `idx_users on public.users`."""
        if self.kind == "not_null":
            return f"of {self.table_name}.{display(self.name)}"
        if not self.name:
            return str(self.table_name) if "table" in self.kind else f"of {self.table_name}"
        return f"{display(self.name)} on {self.table_name}"

    def __str__(self) -> str:
        noun = "not-null" if self.kind == "not_null" else self.kind.replace("_", " ")
        return f"{noun} {self.without_kind}"


class Place(NamedTuple):
    """A place in a file. Lines and columns count from 1; without a line, the place is all that `file` names."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file
