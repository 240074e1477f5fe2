"""The indexes that partitions have because their partitioned table has one: their names, and what is their own.

PostgreSQL names them as if they were made without a name.
Source: ChooseIndexName and ChooseIndexColumnNames in src/backend/commands/indexcmds.c
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reconciler.kinds.exclusion.definition import Exclusion
from reconciler.kinds.expressions import unwrapped
from reconciler.kinds.index.definition import Index, IndexElement
from reconciler.kinds.key_constraint import KeyConstraint
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.model.change import given_name
from reconciler.model.definition import Definition, PartitionNames
from reconciler.model.names import Key, TableName, default_name

Partitionable = Index | KeyConstraint | Exclusion
"""What is made of an index, which each partition then has as well."""

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


def names_of(definition: Definition | None) -> dict[TableName, str]:
    """The names of the partitions' indexes."""
    found = getattr(definition, "partitions", ())
    return dict(found) if isinstance(found, tuple) else {}


INDEXED = ("index", "unique", "primary_key", "exclusion")
"""The kinds of what an index enforces, or is."""


def indexes_of(key: Key, definition: Definition | None) -> set[TableName]:
    """The indexes that the object has, or is, on its table and on partitions. A schema has one relation of a name."""
    if key.kind not in INDEXED or definition is None:
        return set()
    own = TableName(schema=key.schema, name=given_name(key, definition))
    return {own, *(TableName(schema=table.schema, name=name) for table, name in names_of(definition).items())}


ITS_OWN = frozenset(("comment", "with_", "clustered", "replica_identity"))
"""What an index of a partition may have for itself, though it belongs to that of the partitioned table. Statistics
targets are not: those of the whole are set for its parts as well."""


def has_its_own(part: Definition, whole: Definition) -> bool:
    """Whether a partition's index has something that it would not have if it had been made with the whole."""
    said = any(getattr(part, name, None) for name in ITS_OWN - {"with_"})
    return said or any(getattr(part, name, None) != getattr(whole, name, None) for name in ("with_", "tablespace"))


def base_name(definition: Partitionable, table: TableName, number: int = 0) -> str:
    """The name of a partition's index where nothing else has it; with a number, from 1 on, where something has."""
    ending = str(number) if number else ""
    if isinstance(definition, PrimaryKey):
        return default_name(table.name, None, "pkey" + ending)
    return default_name(table.name, "_".join(column_names(definition)), _label(definition) + ending)


def _label(definition: Partitionable) -> str:
    """What a name ends in. PostgreSQL makes a partition's key without overlaps as it makes an exclusion constraint."""
    if isinstance(definition, Index):
        return "idx"
    return "key" if isinstance(definition, KeyConstraint) and not definition.without_overlaps else "excl"


def is_default(name: str, definition: Partitionable, table: TableName) -> bool:
    """Whether PostgreSQL may have chosen the name."""
    number = _NUMBER.search(name)
    return name in (base_name(definition, table), base_name(definition, table, int(number[0]) if number else 0))


def merged(declared: PartitionNames, live: PartitionNames, definition: Partitionable) -> PartitionNames:
    """The live names, with the declared ones in their places. None declared: PostgreSQL's are wanted."""
    if declared:
        return tuple(sorted({**dict(live), **dict(declared)}.items()))
    return tuple(
        (table, name if is_default(name, definition, table) else base_name(definition, table))
        for table, name in live
    )


def column_names(definition: Partitionable) -> Iterator[str]:
    """The names that PostgreSQL gives the columns of an index."""
    taken: set[str] = set()
    for name in _plain_names(definition):
        unique, number = name, 0
        while unique in taken:
            number += 1
            unique = f"{name}{number}"
        taken.add(unique)
        yield unique


def _plain_names(definition: Partitionable) -> Iterable[str]:
    if isinstance(definition, KeyConstraint):
        return (*definition.key, *definition.include)
    elements: tuple[IndexElement, ...] = (
        definition.elements if isinstance(definition, Index) else definition.excluded
    )
    return (*(element.column or _name_of(element.expression or "") for element in elements), *definition.include)


def _name_of(expression: str) -> str:
    """What PostgreSQL calls a column that is an expression, as it prints it.

    Source: FigureColname in src/backend/parser/parse_target.c
    """
    return _speaking_name(expression) or _weak_name(expression) or "expr"


def _speaking_name(text: str) -> str | None:
    """The column or function that an expression is named after."""
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
    """The part of an expression that gives it its name: what is cast, the result of ELSE, or the array."""
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
    """The operand and the type."""
    found = _CAST.fullmatch(text)
    return (unwrapped(found[1]), found[2]) if found is not None and _is_wrapped(found[1]) else None


def _is_wrapped(text: str) -> bool:
    """Whether the first bracket is closed by the last."""
    return unwrapped(text) != text


def _unquoted(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name.lower()
