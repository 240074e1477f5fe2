"""All errors of the product.

    ReconcileError                 exit
    ├── InvalidFile                1      the YAML cannot be read as a desired state; has all problems
    ├── UsageError                 64     the command line is not valid
    ├── DatabaseError              1      the server could not be reached, or rejected a statement
    │   ├── ConnectionFailed       1
    │   └── StepFailed             1      a step of a plan failed; the next run continues from there
    ├── Refused                    3      the plan, or this way of applying it, must not continue
    │   ├── CheckFailed            3      a data check of a step failed right before the step, or within it
    │   └── Diverged               3      the live state is on no route of the plan
    │       └── PartitionsChanged  3      partitions were added or removed: a new plan includes them
    └── Interrupted                130

Each has a stable `rule`, a message that says what happened and where, and possibly a `hint` that says what to do next.
No message contains a password or a value of a row: the server's own words are in `server`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from reconciler.model.controls import shown
from reconciler.model.names import Place
from reconciler.model.rules.files import INVALID_FILE
from reconciler.model.rules.rule import PROBLEM, Rule
from reconciler.model.server_error import ServerError

if TYPE_CHECKING:
    from reconciler.model.state import DesiredState

MAX_PROBLEMS: Final = 1000
"""This many problems of a file are kept: a file can have millions, and nobody reads more."""
MAX_SHOWN: Final = 100
_MAX_ALIKE: Final = 5
"""Numbers of lines about the problems of a file, and of those with the same message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem of a file, its place, and (`hint`) what to write instead."""

    place: Place | None
    rule: Rule
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        hint = f" ({self.hint})" if self.hint else ""
        return shown(f"{where}[{self.rule}] {self.message}{hint}")


class Problems(list[Problem]):
    """The problems found so far. Beyond `MAX_PROBLEMS` they are only counted (`left_out`)."""

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


def problem_lines(problems: Sequence[Problem], left_out: int = 0, *, label: str = "") -> list[str]:
    """Return lines for people: one for each problem, with the label before it.

    Of many problems with the same message, the first ones are printed, and the others counted, with the last place. A
    list that is too long is cut, and what is missing is counted. `left_out` is the number of further problems.
    """
    alike: dict[tuple[str, str, str | None], list[Problem]] = {}
    for one in problems:
        alike.setdefault((one.rule, one.message, one.hint), []).append(one)
    met: Counter[tuple[str, str, str | None]] = Counter()
    lines: list[str] = []
    counted = 0
    for one in problems:
        key = (one.rule, one.message, one.hint)
        group = alike[key]
        listed = len(group) if len(group) <= _MAX_ALIKE + 1 else _MAX_ALIKE
        met[key] += 1
        if met[key] <= listed:
            if len(lines) >= MAX_SHOWN:
                break
            lines.append(f"{label}{one}")
            counted += 1
        if met[key] == listed < len(group):
            where = f", the last at {group[-1].place}" if group[-1].place else ""
            lines.append(shown(f"… and {len(group) - listed} more with this message{where}"))
            counted += len(group) - listed
    more = len(problems) + left_out - counted
    return [*lines, *([f"… and {more} more"] if more else [])]


class ReconcileError(Exception):
    """The base of every error that the product raises on purpose."""

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
        # Text quoted in an error may have several lines; none of them must look like a line of the tool.
        text = f"[{self.rule}] {self.message}" + (f"\n{self.hint}" if self.hint else "")
        return text.replace("\n", "\n  ")


class InvalidFile(ReconcileError):
    """The YAML files cannot be read as a desired state. `problems` has them in file order.

    At most `MAX_PROBLEMS` are kept; `left_out` is the number of the others. `readable` are the declarations that
    could be read. The exit code is 64 if the paths are the only problems, as for every file that a command names.
    """

    def __init__(
        self, problems: Sequence[Problem], left_out: int = 0, *, readable: DesiredState | None = None
    ) -> None:
        count = len(problems) + left_out
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the file", rule=INVALID_FILE)
        self.problems = tuple(problems)
        self.exit_code = min((one.rule.exit_code(PROBLEM) for one in problems), default=self.exit_code)
        self.left_out = left_out
        self.readable = readable

    def __str__(self) -> str:
        return "\n".join(problem_lines(self.problems, self.left_out))


class UsageError(ReconcileError):
    """The command line is not valid."""

    exit_code = 64


class DatabaseError(ReconcileError):
    """The server rejected a statement, or is not supported."""


class ConnectionFailed(DatabaseError):
    """The server could not be reached, or the connection was lost."""


class StepFailed(DatabaseError):
    """A step of a plan failed. Completed steps are kept; the next run continues from there."""


class Refused(ReconcileError):
    """Continuing would not be safe. Nothing was changed unless the message says so."""

    exit_code = 3


class CheckFailed(Refused):
    """A data check of a step no longer passes: the step was not executed, or was rolled back."""


class Diverged(Refused):
    """The live state is on no route of the plan: another session changed it during the run. Completed steps are
    kept."""


class PartitionsChanged(Diverged):
    """Partitions were added or removed during the run. A new plan includes them."""


class Interrupted(ReconcileError):
    """The user stopped the run. Completed steps are kept; the next run continues from there."""

    exit_code = 130
