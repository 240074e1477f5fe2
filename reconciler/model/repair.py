"""What happens to the rows that violate a declared object: the policy of the file, and the quarantine."""

from __future__ import annotations

import enum
import hashlib
import json
from dataclasses import dataclass

from reconciler.model.definition import Definition
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName, cut, display


class RowAction(enum.StrEnum):
    """What a repair does with a row. `refuse`: nothing, the plan is refused. `quarantine` moves the row to the
    quarantine table, `delete` deletes it, `set null` sets the referring columns to NULL, and `set` gives columns the
    values of expressions. `keep`: the row stays, and the object is validated once no such row is left."""

    REFUSE = "refuse"
    QUARANTINE = "quarantine"
    DELETE = "delete"
    SET_NULL = "set null"
    SET = "set"
    KEEP = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """Which row stays of several rows with one key: the one with the latest values of the columns `by`, or with the
    earliest ones. NULL is earlier than any value. Of rows with the same values, the one with the highest (lowest)
    primary key stays. `moves_references`: rows that refer to the others will refer to it."""

    newest: bool
    by: tuple[str, ...]
    moves_references: bool = False

    def __str__(self) -> str:
        moved = ", references move" if self.moves_references else ""
        return f"{'newest' if self.newest else 'oldest'} by {', '.join(map(display, self.by))}{moved}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPolicy:
    """What the file says about the rows that violate an object. `values` are the columns and expressions of `set`; the
    object's own column has an empty name. `kept` is the row that stays if rows violate the object together. `first`:
    the rows are also repaired before the object is added, which would block updates of them."""

    action: RowAction = RowAction.REFUSE
    values: tuple[tuple[str, str], ...] = ()
    kept: KeptRow | None = None
    first: bool = False

    @property
    def repairs(self) -> bool:
        """Whether rows are moved, deleted or changed."""
        return self.action not in (RowAction.REFUSE, RowAction.KEEP)

    @property
    def waits(self) -> bool:
        """Whether the object stays NOT VALID while rows violate it."""
        return self.action is RowAction.KEEP

    @property
    def removes(self) -> bool:
        """Whether rows leave their table."""
        return self.action in (RowAction.QUARANTINE, RowAction.DELETE)

    @property
    def keeps_copies(self) -> bool:
        """Whether the quarantine receives each row as it was."""
        return self.action in (RowAction.QUARANTINE, RowAction.SET_NULL, RowAction.SET)

    @property
    def archives(self) -> bool:
        """Whether a quarantine receives rows, of this table or of others."""
        return self.keeps_copies or (self.kept is not None and self.kept.moves_references)


REFUSED_ROWS = RowPolicy()

QUARANTINE = "quarantine_table"
"""The kind in the keys of quarantine tables, which no object in a file has."""

ROW_SHAPE = "row_shape"
"""The kind in the keys of `RowShape`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineTable(Definition):
    """A table in the archive with the prefix `q_`.

    `pairs` are the names and types of its columns, sorted. `origin`
    is the object whose violating rows it receives, None if the comment does not say so. `sound`: it stores each row
    that is inserted, because it is an ordinary table without triggers, rules, constraints, policies, partitions and
    children, and it has the owner and the row security of the origin's table, and no grants to others.
    """

    pairs: tuple[tuple[str, str], ...]
    origin: Key | None
    sound: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RowShape(Definition):
    """The columns that the quarantine of a table has: `pairs` of name and type, in order.

    A column of a domain has its base type, and one of a user-defined type is text.
    """

    pairs: tuple[tuple[str, str], ...]


QUARANTINED_ROWS = "quarantine"
"""The kind in the keys of `ReturnedRows`."""
NOT_READ = "the role may not read the quarantine table, or another session has locked it"
"""Why the rows of a quarantine table are not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedRows(Definition):
    """Rows that a `run` took are in their table again. `written` are the columns that have their former values again;
    without any, whole rows come back."""

    quarantine: TableName
    run: str
    written: tuple[str, ...] = ()


def shape_key(table: TableName) -> Key:
    """Return the key of the `RowShape` of a table in a live state."""
    return Key(schema=table.schema, table=table.name, kind=ROW_SHAPE)


def quarantine_key(key: Key, number: int) -> Key:
    """Return the key of the quarantine table of an object: `q_<table>_<hash>`; the second one ends in `_2`."""
    identity = json.dumps([key.schema, key.table, key.kind, key.name]).encode()
    ending = f"_{hashlib.sha256(identity).hexdigest()[:12]}" + (f"_{number}" if number > 1 else "")
    return Key(schema=ARCHIVE_SCHEMA, table=cut(f"q_{key.table}", ending), kind=QUARANTINE)


def origin_text(key: Key) -> str:
    """Return the comment of a quarantine table: its origin as a JSON object."""
    return json.dumps({"quarantined_by": "reconcile", **key._asdict()}, ensure_ascii=False)


def origin_in(comment: str) -> Key | None:
    """Parse such a comment; return None if the tool did not write it."""
    try:
        found = json.loads(comment)
    except ValueError:
        return None
    match found:
        case {
            "quarantined_by": "reconcile",
            "schema": str(schema),
            "table": str(table),
            "kind": str(kind),
            "name": str(name),
        }:
            return Key(schema=schema, table=table, kind=kind, name=name)
    return None
