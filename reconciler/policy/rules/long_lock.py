"""`long-lock`: how long a step may block reads or writes of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from reconciler.kinds.file.fields import Attribute
from reconciler.kinds.file.readers import Duration
from reconciler.model.limits import ExecutionClass
from reconciler.model.rules.platform import LONG_LOCK
from reconciler.model.step import Step
from reconciler.policy.readers import Size
from reconciler.policy.rule import Found, PolicyRule, Subject


def check_locks(subject: Subject, values: Mapping[str, Any]) -> Iterator[Found]:
    """Report the steps that read a whole table while they block it, if that takes too long by estimate.

    The time is the size of the blocked tables, divided by `scan_rate`. Other steps hold their locks for a moment.
    """
    longest: timedelta = values["longest"]
    for route in subject.routes:
        for step in route.steps:
            seconds = _blocked_s(step, subject, values["scan_rate"])
            if seconds is not None and seconds <= longest.total_seconds():
                continue
            change = route.change
            tables = ", ".join(dict.fromkeys(str(lock.table) for lock in step.locks if lock.blocks))
            if seconds is None:
                cause, remedy = f"`{step.title}` blocks {tables}, whose size is not known", f"ANALYZE {tables}"
            else:
                limit = f"{longest.total_seconds():g} s"
                cause = f"`{step.title}` blocks {tables} for about {seconds:,.0f} s; the policy allows {limit}"
                remedy = ""
            yield Found(key=change.key, place=change.place, cause=cause, remedy=remedy)


def _blocked_s(step: Step, subject: Subject, scan_rate: int) -> float | None:
    """The estimated seconds for which the step blocks traffic; None if a size is not known."""
    blocked = {lock.table for lock in step.locks if lock.blocks}
    if step.execution is not ExecutionClass.SCAN or not blocked:
        return 0.0
    sizes = [subject.sizes.get(table) for table in blocked]
    if any(size is None or size.rows is None for size in sizes):
        return None
    return sum(size.bytes for size in sizes if size is not None) / scan_rate


RULE = PolicyRule(
    rule=LONG_LOCK,
    parameters={
        "longest": Attribute(
            reader=Duration(maximum="24h"),
            doc="The longest estimated time for which a step may block a table.",
            examples=("500ms",),
            default=timedelta(seconds=5),
        ),
        "scan_rate": Attribute(
            reader=Size(),
            doc="How much data the server reads in one second, for the estimate.",
            examples=("500MB",),
            default=100 * 1024**2,
        ),
    },
    check=check_locks,
)
