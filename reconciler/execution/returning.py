"""What a run needs to bring rows back from the quarantine. Whoever plans such steps also carries them out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reconciler.execution.lock import RunLock
from reconciler.execution.pace import Pace
from reconciler.model.clock import Clock
from reconciler.model.events import Event
from reconciler.model.plan import Plan
from reconciler.model.step import ReturnAction, Step
from reconciler.postgres.session import Session


@dataclass(slots=True, kw_only=True)
class Returning:
    """The run and the step that bring rows back. `moved` is the number of rows that are back already."""

    session: Session
    lock: RunLock
    plan: Plan
    step: Step
    pace: Pace
    emit: Callable[[Event], None]
    clock: Clock
    moved: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsReturned:
    """The numbers of rows that are `left` in the quarantine, by the reason."""

    left: Mapping[str, int]


ReturnRows = Callable[[ReturnAction, Returning], RowsReturned]


def nothing_returns(action: ReturnAction, returning: Returning) -> RowsReturned:
    """Refuse: only the plan of an undo has such steps."""
    raise AssertionError(f"{returning.step.title}: this run cannot bring rows back to {action.table}")
