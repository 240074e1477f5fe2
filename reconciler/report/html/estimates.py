"""Estimates of how long steps take, from the sizes of the tables that they lock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reconciler.model.limits import ExecutionClass
from reconciler.model.names import TableName
from reconciler.model.plan import TableSize
from reconciler.model.step import RepairAction
from reconciler.report.report import ReportedStep
from reconciler.report.wording import duration

MOMENT_S: Final = 0.05
"""A step in a short transaction."""

SCAN_RATE: Final = 100 * 1024**2
"""Bytes that the server reads in a second. It is the default of the platform's rule `long-lock`."""

BUILD_RATE: Final = SCAN_RATE // 4
"""The same for a concurrent build: it reads the table twice, sorts, and writes."""


def estimated_s(step: ReportedStep, sizes: Mapping[TableName, TableSize]) -> float | None:
    """Return the estimated seconds for which a step runs, without waiting for locks; None if a size is not known."""
    match step.execution:
        case ExecutionClass.BRIEF | ExecutionClass.STAGED:
            return MOMENT_S
        case ExecutionClass.SCAN:
            return _read_s({lock.table for lock in step.locks}, sizes, SCAN_RATE)
        case ExecutionClass.BATCHED:
            repaired = step.action.batches if isinstance(step.action, RepairAction) else ()
            return _read_s({one.table for one in repaired}, sizes, BUILD_RATE)
        case ExecutionClass.CONCURRENT if step.builds is None:
            return MOMENT_S
        case ExecutionClass.CONCURRENT:
            return _read_s({lock.table for lock in step.locks}, sizes, BUILD_RATE)


def _read_s(tables: set[TableName], sizes: Mapping[TableName, TableSize], rate: int) -> float | None:
    found = [sizes.get(table) for table in tables]
    if any(size is None or size.rows is None for size in found):
        return None
    return max(MOMENT_S, sum(size.bytes for size in found if size is not None) / rate)


def total_s(seconds: list[float | None]) -> float | None:
    """Return the sum; None if a part is not known."""
    known = [one for one in seconds if one is not None]
    return sum(known) if len(known) == len(seconds) else None


def time_text(seconds: float | None) -> str:
    """Return `a moment`, `about 12.0 s`, or `unknown`."""
    if seconds is None:
        return "unknown"
    return "a moment" if seconds < 0.1 else f"about {duration(seconds)}"
