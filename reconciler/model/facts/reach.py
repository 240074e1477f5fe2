"""What the statements of a repair set in motion on a table."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import ClassVar

from reconciler.model.facts import Question
from reconciler.model.names import TableName


class RowEvent(enum.StrEnum):
    """What a statement does with rows."""

    DELETE = "delete"
    UPDATE = "update"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiringTrigger:
    """An enabled trigger of a table, and the function that it calls."""

    name: str
    function: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The triggers of a table that fire for an event, and its rewrite rules for that event. `partition_key` are the
    columns that decide in which partition a row belongs, `always_identity` those that are GENERATED ALWAYS AS
    IDENTITY."""

    triggers: tuple[FiringTrigger, ...] = ()
    rules: tuple[str, ...] = ()
    partition_key: tuple[str, ...] = ()
    always_identity: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachOf(Question[Reach]):
    """What happens on this table, without its partitions, if rows are deleted or updated?"""

    assumed: ClassVar[Reach] = Reach()
    table: TableName
    event: RowEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedColumns(Question[tuple[tuple[str, str], ...]]):
    """Which columns of this table are generated, and from which expressions?"""

    assumed: ClassVar[tuple[tuple[str, str], ...]] = ()
    table: TableName
