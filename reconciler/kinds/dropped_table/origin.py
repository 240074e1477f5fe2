"""The comment of a table in the archive: its origin, as a JSON object."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reconciler.model.bound import BoundName, BoundText
from reconciler.model.codec import codec
from reconciler.model.names import TableName
from reconciler.model.retired import KeptKey, ParentTable

UNFINISHED = '"unfinished": true'
"""Part of the comment of a table that a run has moved, but neither kept nor dropped yet."""

ARCHIVED_BY = '"archived_by": "reconcile"'
"""Part of the comment of every table that a run has moved."""

_ARCHIVED_BY = "reconcile"

_LITERAL = r"(?:'(?:[^']|'')*'|B'[01]*'|[0-9]+(?:\.[0-9]*)?(?:e[+-]?[0-9]+)?|true|false|NULL|MINVALUE|MAXVALUE)"
_LIST = rf"\({_LITERAL}(?:, {_LITERAL})*\)"
_BOUND = re.compile(
    rf"DEFAULT|FOR VALUES (?:IN {_LIST}|FROM {_LIST} TO {_LIST}|WITH \(modulus [0-9]+, remainder [0-9]+\))"
)
"""The bounds of partitions as PostgreSQL prints them with `standard_conforming_strings` on, which every session of the
tool sets (get_const_expr in src/backend/utils/adt/ruleutils.c): literals only, negative numbers in quotes. An
expression would be evaluated when the partition is attached."""


def is_bound(text: str) -> bool:
    """Whether the text is the bounds of a partition, and nothing else."""
    return _BOUND.fullmatch(text) is not None


_KEYS, _PARENTS = "foreign_keys", "parents"
COUNTED_WITH = "counted_with"
"""The key of the table with whose rows those of a partition are counted."""
_ARCHIVED_WITH = "archived_with"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The content of such a comment. `renamed` maps the names of indexes and sequences to those in the archive.
    `foreign_keys` are those that the table had to other tables, `parents` those from which it was detached.
    `archived_with` is the table above it by whose entry in the file it was archived, without one of its own."""

    table: TableName
    comment: str | None
    renamed: dict[str, str]
    unfinished: bool
    foreign_keys: tuple[KeptKey, ...] = ()
    parents: tuple[ParentTable, ...] = ()
    archived_with: TableName | None = None


def origin_comment(
    table: TableName,
    comment: str | None,
    renamed: Sequence[BoundName],
    *,
    unfinished: bool,
    foreign_keys: tuple[KeptKey, ...] = (),
    parents: tuple[ParentTable, ...] = (),
    counted_with: TableName | None = None,
    archived_with: TableName | None = None,
) -> BoundText:
    """Return the comment to write. `comment` is the table's own comment."""
    origin = {"archived_by": _ARCHIVED_BY, "schema": table.schema, "table": table.name, "comment": comment}
    parts: list[str | BoundName] = [json.dumps(origin, ensure_ascii=False)[:-1], ', "renamed": {']
    for number, name in enumerate(renamed):
        parts += [", " if number else "", json.dumps(name.original, ensure_ascii=False), ": ", name]
    lists: dict[str, object] = {
        _KEYS: codec(tuple[KeptKey, ...]).write(foreign_keys),
        _PARENTS: codec(tuple[ParentTable, ...]).write(parents),
        COUNTED_WITH: counted_with,
        _ARCHIVED_WITH: archived_with,
    }
    more = [f', "{key}": {json.dumps(one, ensure_ascii=False)}' for key, one in lists.items() if one]
    more += [f", {UNFINISHED}"] if unfinished else []
    return BoundText(parts=(*parts, "}", *more, "}"))


def finished(comment: str) -> str:
    """Return such a comment as it is once the table stays in the archive."""
    origin = json.loads(comment)
    return json.dumps(
        {key: one for key, one in origin.items() if key not in ("unfinished", "dump")}, ensure_ascii=False
    )


def read(comment: str) -> Origin | None:
    """Parse a comment; return None if the tool did not write it."""
    try:
        found: Any = json.loads(comment)
        lists = found if isinstance(found, dict) else {}
        keys = codec(tuple[KeptKey, ...]).read(lists.get(_KEYS, []))
        parents = codec(tuple[ParentTable, ...]).read(lists.get(_PARENTS, []))
        archived_with = codec(TableName).read(lists[_ARCHIVED_WITH]) if lists.get(_ARCHIVED_WITH) else None
    except (ValueError, TypeError, RecursionError):
        return None
    if any(key.definition.reference() is None for key in keys):
        return None
    if not all(parent.bound is None or is_bound(parent.bound) for parent in parents):
        return None
    match found:
        case {
            "archived_by": "reconcile",
            "schema": str(schema),
            "table": str(table),
            "comment": str() | None as old,
            "renamed": dict(renamed),
        } if all(isinstance(name, str) for name in renamed.values()):
            return Origin(
                table=TableName(schema=schema, name=table),
                comment=old,
                renamed=renamed,
                unfinished=found.get("unfinished") is True,
                foreign_keys=keys,
                parents=parents,
                archived_with=archived_with,
            )
    return None
