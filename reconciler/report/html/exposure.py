"""What the locks of a plan mean for each relation: what they block, for how long, and how large the relation is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reconciler.model.locks import LockMode
from reconciler.model.names import TableName
from reconciler.model.plan import TableSize
from reconciler.report.html.estimates import estimated_s, total_s
from reconciler.report.report import Report

_MODES = tuple(LockMode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """The locks on one relation. `blocks` is the traffic that waits at the worst moment; `steps` are those that block
    it, or all that lock the relation if none blocks anything. `seconds` is their time together; None: unknown."""

    table: TableName
    size: TableSize | None
    blocks: tuple[str, ...]
    modes: tuple[LockMode, ...]
    steps: tuple[int, ...]
    seconds: float | None

    @property
    def rows(self) -> int | None:
        return self.size.rows if self.size is not None else None

    @property
    def severity(self) -> int:
        """Return 2 if reads wait, 1 if only writes do, else 0."""
        return len(self.blocks)


Claims = Mapping[TableName, list[tuple[int, LockMode, tuple[str, ...], float | None]]]


def exposures(report: Report) -> list[Exposure]:
    """Return one value for each relation that steps lock, the worst first."""
    claims: dict[TableName, list[tuple[int, LockMode, tuple[str, ...], float | None]]] = {}
    for change in report.changes:
        for step in change.steps:
            seconds = estimated_s(step, report.sizes)
            for lock in step.locks:
                claims.setdefault(step.table_of(lock), []).append((step.number, lock.mode, lock.blocks, seconds))
    found = [_exposure(table, claims, report) for table in claims]
    return sorted(found, key=lambda one: (-one.severity, one.seconds is not None, -(one.seconds or 0), one.table))


def _exposure(table: TableName, claims: Claims, report: Report) -> Exposure:
    held = claims[table]
    blocking = [one for one in held if one[2]] or held
    steps = {number: seconds for number, _, _, seconds in blocking}
    return Exposure(
        table=table,
        size=report.sizes.get(table),
        blocks=max((one[2] for one in held), key=len),
        modes=tuple(sorted({one[1] for one in held}, key=_MODES.index, reverse=True)),
        steps=tuple(steps),
        seconds=total_s(list(steps.values())),
    )
