"""A dump of a retired table: a file that pg_dump wrote, and the proof that it is whole."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,250}\.dump")
_UNSAFE = re.compile(r"[^A-Za-z0-9_]")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ROWS = re.compile(r"[0-9]+:[0-9]+:[0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """A dump that was verified: its rows were restored elsewhere and compared.

    `file` is its name in the folder of dumps, `bytes` its size. `rows` is the number of rows and the sums of their
    hashes, as `kinds.base.row_hash` computes them; `stored` is the same of the `columns` that are not generated.
    `state` is the hash of its definition and sequences, as `kinds.base.table_state` computes it.
    `owner` is the role that owned the table, and `statements` are its grants and extended statistics, which are not
    loaded from the file.
    """

    file: str
    sha256: str
    bytes: int
    rows: str
    stored: str
    columns: tuple[str, ...]
    state: str
    owner: str
    statements: tuple[str, ...] = ()

    @property
    def row_count(self) -> int:
        return int(self.rows.partition(":")[0])

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def dump_in(found: object) -> Dump | None:
    """Return the dump that a comment or an entry of the journal describes; None if it describes none."""
    match found:
        case {
            "file": str(file),
            "sha256": str(sha256),
            "bytes": int(size),
            "rows": str(rows),
            "stored": str(stored),
            "columns": list(columns),
            "state": str(state),
            "owner": str(owner),
            "statements": list(statements),
        } if all(isinstance(one, str) for one in (*columns, *statements)):
            if _FILE.fullmatch(file) and _SHA256.fullmatch(sha256) and all(map(_ROWS.fullmatch, (rows, stored))):
                return Dump(
                    file=file,
                    sha256=sha256,
                    bytes=size,
                    rows=rows,
                    stored=stored,
                    columns=tuple(columns),
                    state=state,
                    owner=owner,
                    statements=tuple(statements),
                )
    return None


def dump_of_comment(comment: str | None) -> Dump | None:
    """Return the dump that the comment of a table in the archive describes."""
    try:
        found = json.loads(comment or "")
    except (ValueError, RecursionError):
        return None
    return dump_in(found.get("dump")) if isinstance(found, Mapping) else None


def with_dump(comment: str, dump: Dump) -> str:
    """Return the comment of a table in the archive with its dump."""
    return json.dumps({**json.loads(comment), "dump": dump.as_json()}, ensure_ascii=False)


def dump_file(database: str, table: str, unique: str) -> str:
    """Return the name of the file for a table in the archive of a database. `unique` distinguishes it from all others:
    a clone of the database has the same names."""
    return f"{_safe(database)}.{_safe(table)}.{_UNSAFE.sub('', unique)}.dump"


def _safe(part: str) -> str:
    return _UNSAFE.sub("_", part)[:80]
