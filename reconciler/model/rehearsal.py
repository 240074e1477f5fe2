"""The outcome of a rehearsal: what happened when a plan was applied to rebuilt tables."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from reconciler.model.locks import LockClaim
from reconciler.model.step_id import StepId


class RehearsalVerdict(enum.StrEnum):
    """`passed`: every step was rehearsed, took the locks that it claims, and the database was in sync afterwards.
    `incomplete`: nothing went wrong, but something could not be rehearsed. `failed`: a step failed, took other
    locks, or the database was not in sync afterwards."""

    PASSED = "passed"
    INCOMPLETE = "incomplete"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRehearsed:
    """An object or a step that was not rehearsed, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocksTaken:
    """The locks of a step that took other ones than it claims: of each relation, those that no other one includes.

    `first`: these are the locks that its transaction takes before anything else.
    """

    step: StepId
    claimed: tuple[LockClaim, ...]
    taken: tuple[LockClaim, ...]
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsMade:
    """The made-up rows of the rehearsal. `asked` is their number for each table, `made` the number of rows that all
    tables got together. `rejected` counts those that a check or another constraint rejected, and `empty` are the
    tables that got none."""

    asked: int
    made: int
    rejected: int
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """`version` is the server that the plan was rehearsed on, `planned_for` the one that it was made for.

    `steps` is the number of steps of the plan, `rehearsed` those that were completed. `failure` is the message of
    the error that ended the rehearsal, if any; `remaining` are the changes that a second plan still has.
    """

    version: str
    planned_for: str
    steps: int
    rehearsed: int
    differing: tuple[LocksTaken, ...] = ()
    left_out: tuple[NotRehearsed, ...] = ()
    failure: str = ""
    remaining: tuple[str, ...] = ()
    rows: RowsMade | None = None

    @property
    def verdict(self) -> RehearsalVerdict:
        if self.failure or self.differing or self.remaining:
            return RehearsalVerdict.FAILED
        complete = self.rehearsed == self.steps and not self.left_out
        return RehearsalVerdict.PASSED if complete else RehearsalVerdict.INCOMPLETE

    @property
    def of_another_version(self) -> bool:
        """Whether the plan was made for another major version than that of the server."""
        return _major(self.version) != _major(self.planned_for)


def _major(version: str) -> str:
    return version.partition(".")[0]
