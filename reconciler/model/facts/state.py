"""The live state of further tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from reconciler.model.facts import Question
from reconciler.model.names import TableName
from reconciler.model.state import LiveState


@dataclass(frozen=True, slots=True, kw_only=True)
class StateOf(Question[LiveState]):
    """What is the live state of a table, and of its partitions and children? The answer may contain other tables
    too."""

    assumed: ClassVar[LiveState] = LiveState(tables={}, objects={})
    table: TableName
