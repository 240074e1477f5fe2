"""All errors of the product.

    ReconcileError                 exit
    ├── InvalidFile                1      the YAML cannot be read as a desired state; holds every problem
    ├── UsageError                 64     the command line makes no sense
    ├── DatabaseError              1      the server could not be reached, or rejected what we asked
    │   ├── ConnectionFailed       1
    │   └── StepFailed             1      a step of a plan failed; the next run continues from there
    ├── Refused                    3      the plan, or this way of applying it, may not go ahead as it stands
    │   ├── CheckFailed            3      a data check found something right before a step, or while it acted
    │   └── Diverged               3      the live state is on no route of the plan
    │       └── PartitionsChanged  3      because partitions came or went: a new plan knows them
    └── Interrupted                130

Each has a stable `rule`, a message that says what happened and where, and, where there is one, a `hint`
that says what to do next. No message holds a password, or a value of a row: what the server said is in `server`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from reconciler.model.controls import shown
from reconciler.model.names import Place
from reconciler.model.rules.files import INVALID_FILE
from reconciler.model.rules.rule import Rule
from reconciler.model.server_error import ServerError

if TYPE_CHECKING:
    from reconciler.model.state import DesiredState

MAX_PROBLEMS: Final = 1000
"""So many problems of a file are kept, and `MAX_SHOWN` are shown: nobody reads more, and a file can have millions."""
MAX_SHOWN: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with a file, where it stands, and (`hint`) what to write instead."""

    place: Place | None
    rule: Rule
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        hint = f" ({self.hint})" if self.hint else ""
        return shown(f"{where}[{self.rule}] {self.message}{hint}")


class Problems(list[Problem]):
    """Problems as they are found. Beyond `MAX_PROBLEMS` they are counted (`left_out`), and nothing else."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        super().__init__()
        self.left_out = 0
        self.extend(problems)

    @property
    def full(self) -> bool:
        return len(self) >= MAX_PROBLEMS

    def append(self, problem: Problem) -> None:
        if self.full:
            self.left_out += 1
        else:
            super().append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.append(problem)
        self.left_out += getattr(problems, "left_out", 0)

    def __iadd__(self, problems: Iterable[Problem]) -> Self:  # type: ignore[override,misc]
        self.extend(problems)
        return self


class ReconcileError(Exception):
    """Base of every error that the product raises on purpose."""

    exit_code = 1

    def __init__(
        self, message: str, *, rule: Rule, hint: str | None = None, server: ServerError | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.rule = rule
        self.hint = hint
        self.server = server

    def __str__(self) -> str:
        # What an error quotes may have several lines; none of them looks like one of ours.
        text = f"[{self.rule}] {self.message}" + (f"\n{self.hint}" if self.hint else "")
        return text.replace("\n", "\n  ")


class InvalidFile(ReconcileError):
    """The YAML files cannot be read as a desired state. `problems` holds them in file order.

    Of more than `MAX_PROBLEMS` it holds so many; `left_out` is the number of the others. `readable` is what the files
    declare where they could be read.
    """

    def __init__(
        self, problems: Sequence[Problem], left_out: int = 0, *, readable: DesiredState | None = None
    ) -> None:
        count = len(problems) + left_out
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the file", rule=INVALID_FILE)
        self.problems = tuple(problems)
        self.left_out = left_out
        self.readable = readable

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:MAX_SHOWN]]
        more = len(self.problems) + self.left_out - len(lines)
        return "\n".join([*lines, *([f"… and {more} more"] if more else [])])


class UsageError(ReconcileError):
    """The command line makes no sense."""

    exit_code = 64


class DatabaseError(ReconcileError):
    """The server rejected what we asked, or is not one that we can work with."""


class ConnectionFailed(DatabaseError):
    """The server could not be reached, or the connection was lost."""


class StepFailed(DatabaseError):
    """A step of a plan failed. What is done stays done; the next run continues from there."""


class Refused(ReconcileError):
    """Going ahead would not be safe. Nothing was changed unless the message says so."""

    exit_code = 3


class CheckFailed(Refused):
    """A data check of a step does not pass any more: the step was not taken, or was rolled back."""


class Diverged(Refused):
    """The live state is on no route of the plan: somebody has changed it during the run. Completed steps are kept."""


class PartitionsChanged(Diverged):
    """Partitions came or went during the run. A plan that is made now knows them."""


class Interrupted(ReconcileError):
    """The user stopped the run. What is done stays done; the next run continues from there."""

    exit_code = 130
