"""A leftover table that is to go."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from reconciler.model.definition import Definition
from reconciler.model.names import TableName


class Backup(enum.StrEnum):
    """`archive` moves the table to `reconcile_archive`; `none` drops it."""

    ARCHIVE = "archive"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedTable(Definition):
    """`replaced_by` must exist and hold at least as many rows."""

    replaced_by: TableName | None = None
    backup: Backup = Backup.ARCHIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependent:
    """Something that depends on a table. `table` is the table of a constraint, None for everything else."""

    description: str
    table: TableName | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover(Definition):
    """The live side: a table that is to go, and what hangs on it.

    `indexes` and `sequences` (owned ones) move along; `taken` are those of their names that the archive has already.
    `mentions` are functions whose source text names the table.
    """

    relkind: str
    comment: str | None
    indexes: tuple[str, ...]
    sequences: tuple[str, ...]
    taken: tuple[str, ...]
    dependents: tuple[Dependent, ...]
    mentions: tuple[str, ...]
