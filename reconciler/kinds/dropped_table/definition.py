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
