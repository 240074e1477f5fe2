"""What a rule is. Every refusal, error, problem, note and hazard is built from a rule, never from a text."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Self


class Raised(enum.StrEnum):
    """How a rule reaches people.

    `refusal`: a plan may not be applied. `error`: a command fails, or a run is refused. `problem`: a file is
    invalid. `note`: information for the reader of a plan, which prevents nothing. `warning`: the same for the
    author of a file. `hazard`: a risk of a change.
    """

    REFUSAL = "refusal"
    ERROR = "error"
    PROBLEM = "problem"
    NOTE = "note"
    WARNING = "warning"
    HAZARD = "hazard"


REFUSAL, ERROR, PROBLEM = Raised.REFUSAL, Raised.ERROR, Raised.PROBLEM
NOTE, WARNING, HAZARD = Raised.NOTE, Raised.WARNING, Raised.HAZARD

_EXIT_CODES = {REFUSAL: 3, PROBLEM: 1, NOTE: 0, WARNING: 0, HAZARD: 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What people would write: SQL, files, commands. `yaml` is the file of `-f`, `policy` that of `--policy`, both
    without their `version`.

    In a good example, `sql` runs after that of the bad one, and an omitted file is that of the bad one.
    """

    sql: str = ""
    yaml: str = ""
    policy: str = ""
    shell: str = ""

    def parts(self) -> Iterator[tuple[str, str]]:
        """Return the name of each language in it, and the text."""
        for language, text in (
            ("policy", self.policy),
            ("sql", self.sql),
            ("yaml", self.yaml),
            ("shell", self.shell),
        ):
            if text:
                yield language, text


class Rule(str):
    """A stable id, with what people need to know about it. For programs, a rule is its id.

    `raised` says how it is raised; the first one is the usual one. `meaning` says what is wrong, `remedy` what to
    do; `bad` raises it and `good` does not. `see` is a place in the folder `docs` that says more. `error_code` is
    the exit code of a command that fails with it; 0 if none does. A problem has it only if the file cannot be read.
    """

    __slots__ = ("bad", "error_code", "good", "meaning", "raised", "remedy", "see")

    raised: tuple[Raised, ...]
    meaning: str
    remedy: str
    bad: Example
    good: Example
    see: str
    error_code: int

    def __new__(
        cls,
        id_: str,
        *raised: Raised,
        meaning: str,
        remedy: str,
        bad: Example,
        good: Example,
        see: str = "",
        error_code: int = 0,
    ) -> Self:
        rule = super().__new__(cls, id_)
        rule.raised = raised
        rule.meaning = meaning
        rule.remedy = remedy
        rule.bad = bad
        rule.good = good
        rule.see = see
        rule.error_code = error_code
        return rule

    def __getnewargs_ex__(self) -> tuple[tuple[str, ...], dict[str, Any]]:
        """Return the arguments with which `copy` and `pickle` create it again: a plain text needs only the text."""
        return (self.id, *self.raised), {name: getattr(self, name) for name in Rule.__slots__ if name != "raised"}

    @property
    def id(self) -> str:
        return str(self)

    def exit_code(self, raised: Raised) -> int:
        """Return the exit code of a command that raises it in this way; 0 if it stops nothing."""
        if raised is ERROR or (raised is PROBLEM and self.error_code and ERROR not in self.raised):
            return self.error_code
        return _EXIT_CODES[raised]


class HazardKind(Rule):
    """A rule of hazards. A gated one refuses the plan until somebody accepts its id: in the file or on the command
    line, or, if it is `per_run`, only on the command line."""

    __slots__ = ("gated", "per_run")

    gated: bool
    per_run: bool

    def __new__(
        cls,
        id_: str,
        *,
        gated: bool,
        per_run: bool = False,
        meaning: str,
        remedy: str,
        bad: Example,
        good: Example,
        see: str = "",
    ) -> Self:
        kind = super().__new__(cls, id_, HAZARD, meaning=meaning, remedy=remedy, bad=bad, good=good, see=see)
        kind.gated = gated
        kind.per_run = per_run
        return kind

    def __getnewargs_ex__(self) -> tuple[tuple[str, ...], dict[str, Any]]:
        names = ("gated", "per_run", "meaning", "remedy", "bad", "good", "see")
        return (self.id,), {name: getattr(self, name) for name in names}

    def exit_code(self, raised: Raised) -> int:
        return _EXIT_CODES[REFUSAL] if self.gated else super().exit_code(raised)


def rules_of(*modules: ModuleType) -> tuple[Rule, ...]:
    """Return the rules that these modules define, in their order."""
    return tuple(value for module in modules for value in vars(module).values() if isinstance(value, Rule))
