"""What stands against a dump of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from reconciler.model.facts import Question
from reconciler.model.names import TableName


@dataclass(frozen=True, slots=True, kw_only=True)
class UnprovedInDump(Question[tuple[str, ...]]):
    """Which expressions of the table cannot be proved by loading its dump elsewhere, and why?"""

    assumed: ClassVar[tuple[str, ...]] = ()
    table: TableName
