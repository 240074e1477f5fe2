"""The names that PostgreSQL gives the columns of an index that is created without a name.

Source: ChooseIndexName and ChooseIndexColumnNames in src/backend/commands/indexcmds.c
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reconciler.kinds.base.expressions import unwrapped

_NUMBER = re.compile(r"[1-9][0-9]{0,8}$")
_NAME = r'([^\W\d]\w*|"(?:[^"]|"")+")'
_COLUMN = re.compile(_NAME)
_CALL = re.compile(rf"(?:{_NAME}\.)?{_NAME}(\(.*\))", re.DOTALL)
_CAST = re.compile(r"(\(.*\))::([a-z_0-9 ]+)(?:\([0-9,]+\))?(?:\[\])?", re.DOTALL)
_CASE = re.compile(r"CASE\b")
_ELSE = re.compile(r"\bELSE ")
_AT_ZONE = re.compile(rf"(?:{_NAME}|\(.*\)) AT TIME ZONE '[^']*'::text", re.DOTALL)
_TYPES = {
    "integer": "int4",
    "bigint": "int8",
    "smallint": "int2",
    "boolean": "bool",
    "character": "bpchar",
    "character varying": "varchar",
    "double precision": "float8",
    "real": "float4",
    "timestamp with time zone": "timestamptz",
    "timestamp without time zone": "timestamp",
}
_FUNCTIONS = {"TRIM(BOTH ": "btrim", "TRIM(LEADING ": "ltrim", "TRIM(TRAILING ": "rtrim"}


def number_of(name: str) -> int:
    """Return the number that PostgreSQL may have put at the end of a name; 0 if there is none."""
    number = _NUMBER.search(name)
    return int(number[0]) if number else 0


def element_names(elements: Iterable[tuple[str | None, str | None]]) -> Iterator[str]:
    """Return a name for each element, which is a column or an expression."""
    taken: set[str] = set()
    for column, expression in elements:
        unique = name = column or _name_of(expression or "")
        number = 0
        while unique in taken:
            number += 1
            unique = f"{name}{number}"
        taken.add(unique)
        yield unique


def _name_of(expression: str) -> str:
    """Return the column name that PostgreSQL chooses for an expression, given as PostgreSQL prints it.

    Source: FigureColname in src/backend/parser/parse_target.c
    """
    return _speaking_name(expression) or _weak_name(expression) or "expr"


def _speaking_name(text: str) -> str | None:
    """Return the column or function that an expression is named after."""
    while not _COLUMN.fullmatch(text):
        for beginning, name in _FUNCTIONS.items():
            if text.startswith(beginning):
                return name
        call = _CALL.fullmatch(text)
        if call is not None and _is_wrapped(call[3]):
            return _unquoted(call[2])
        if _AT_ZONE.fullmatch(text):
            return "timezone"
        inner = _named_after(text)
        if inner is None:
            return None
        text = inner
    return _unquoted(text)


def _named_after(text: str) -> str | None:
    """Return the part of an expression that gives its name: the operand of a cast, the result of ELSE, or the
    array."""
    cast = _cast(text)
    if cast is not None:
        return cast[0]
    if _CASE.match(text) and text.endswith("END"):
        *_, last = None, *_ELSE.finditer(text)
        return None if last is None else text[last.end() : -len("END")].rstrip()
    return unwrapped(text.partition("[")[0]) if text.endswith("]") else None


def _weak_name(text: str) -> str | None:
    cast = _cast(text)
    if cast is not None:
        return _TYPES.get(cast[1], cast[1])
    return "case" if text.startswith("CASE") else None


def _cast(text: str) -> tuple[str, str] | None:
    """Return the operand and the type of a cast."""
    found = _CAST.fullmatch(text)
    return (unwrapped(found[1]), found[2]) if found is not None and _is_wrapped(found[1]) else None


def _is_wrapped(text: str) -> bool:
    """Whether the last bracket closes the first."""
    return unwrapped(text) != text


def _unquoted(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name.lower()
