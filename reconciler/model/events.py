"""What an executor reports to its listeners (journal, progress): a closed set of frozen events.

Durations are in seconds. `run_id` is a UUID as text.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reconciler.model.listening import DataChecks
from reconciler.model.plan import Plan
from reconciler.model.route import Route
from reconciler.model.step import Step


class RunStatus(enum.StrEnum):
    """How a run ended.

    `refused`: the plan was refused, or a step right before its execution. `diverged`: the live state is on no route
    of the plan.
    """

    COMPLETED = "completed"
    FAILED = "failed"
    REFUSED = "refused"
    DIVERGED = "diverged"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStarted:
    run_id: str
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReplanned:
    """The run continues with a new `plan`, for a `reason`; its steps are numbered from 1 again."""

    run_id: str
    plan: Plan
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStarted:
    """`number` counts from 1 in plan order."""

    route: Route
    step: Step
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWaiting:
    """The step waits: for a lock, for old snapshots, or for another session's build. `reason` names the blocking
    process."""

    step: Step
    reason: str
    elapsed_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StepProgress:
    """The progress of a build, from pg_stat_progress_create_index: its phase, and a fraction 0…1 if it is known."""

    step: Step
    phase: str
    fraction: float | None
    elapsed_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRetried:
    """An attempt was cancelled (`reason`); the next one begins after `pause_s`."""

    step: Step
    attempt: int
    reason: str
    pause_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCompleted:
    step: Step
    number: int
    duration_s: float
    lock_wait_s: float
    rows: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsChanged:
    """The number of `rows` that committed batches of the step repaired or brought back, before it ended or, if
    `cut_off`, failed. `references_moved` is the number of rows of other tables that a repair changed: `rows` does not
    contain them. With `at_least`, one more batch may have been committed."""

    step: Step
    rows: int
    references_moved: int = 0
    cut_off: bool = False
    at_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsLeft:
    """Rows that the step could not bring back stay in the quarantine: their numbers, by the reason."""

    step: Step
    reasons: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSkipped:
    """The state that the step leads to exists already."""

    step: Step
    number: int
    reason: str


INTERRUPTED = "interrupted"
"""The message of a step that a signal ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFailure:
    step: Step
    number: int
    duration_s: float
    message: str
    leaves: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEnded:
    """`message` is empty for a completed run."""

    run_id: str
    status: RunStatus
    message: str
    completed: int
    skipped: int
    failed: int
    duration_s: float


Event = (
    DataChecks
    | RunStarted
    | RunReplanned
    | StepStarted
    | StepWaiting
    | StepProgress
    | StepRetried
    | StepCompleted
    | RowsChanged
    | RowsLeft
    | StepSkipped
    | StepFailure
    | RunEnded
)


Listener = Callable[[Event], None]
