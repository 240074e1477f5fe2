"""Which foreign keys depend on which indexes."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.facts import Question
from reconciler.model.names import Key, TableName


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferencedIndex:
    """A foreign key, and the index on the referenced table that it depends on."""

    table: TableName
    index: str
    foreign_key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexesOfReferences(Question[tuple[ReferencedIndex, ...]]):
    """Which foreign keys refer to these tables (their oids), and by which indexes? Not those that are parts of a
    foreign key of a partitioned table."""

    tables: tuple[int, ...]
