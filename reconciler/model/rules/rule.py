"""What a rule is. Every refusal, error, problem, note and hazard is built from one, and none from a text."""

from __future__ import annotations

import enum
from types import ModuleType
from typing import Self


class Raised(enum.StrEnum):
    """How a rule reaches people.

    `refusal`: a plan, or a run, may not go ahead. `error`: a command fails. `problem`: a file is invalid. `note`: the
    reader should know, nothing stops. `warning`: the same about a file. `hazard`: a risk of a change.
    """

    REFUSAL = "refusal"
    ERROR = "error"
    PROBLEM = "problem"
    NOTE = "note"
    WARNING = "warning"
    HAZARD = "hazard"


REFUSAL, ERROR, PROBLEM = Raised.REFUSAL, Raised.ERROR, Raised.PROBLEM
NOTE, WARNING, HAZARD = Raised.NOTE, Raised.WARNING, Raised.HAZARD


class Rule(str):
    """A stable id, with what people need to know about it. To programs, a rule is its id.

    `raised` says how it is raised; the first one is the usual one. `meaning` says what is wrong, `remedy` what to do.
    `error_code` is the exit code of the command if it is raised as an error; 0 if it is not.
    """

    __slots__ = ("error_code", "meaning", "raised", "remedy")

    raised: tuple[Raised, ...]
    meaning: str
    remedy: str
    error_code: int

    def __new__(cls, id_: str, *raised: Raised, meaning: str, remedy: str, error_code: int = 0) -> Self:
        rule = super().__new__(cls, id_)
        rule.raised = raised
        rule.meaning = meaning
        rule.remedy = remedy
        rule.error_code = error_code
        return rule

    @property
    def id(self) -> str:
        return str(self)


class HazardKind(Rule):
    """A rule of hazards. A gated one refuses the plan until somebody accepts its id."""

    __slots__ = ("gated",)

    gated: bool

    def __new__(cls, id_: str, *, gated: bool, meaning: str, remedy: str) -> Self:
        kind = super().__new__(cls, id_, HAZARD, meaning=meaning, remedy=remedy)
        kind.gated = gated
        return kind


def rules_of(*modules: ModuleType) -> tuple[Rule, ...]:
    """The rules that these modules define, in their order."""
    return tuple(value for module in modules for value in vars(module).values() if isinstance(value, Rule))
