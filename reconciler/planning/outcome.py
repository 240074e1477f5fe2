"""What comparing finds."""

from __future__ import annotations

from dataclasses import dataclass, field

from reconciler.model.change import Change
from reconciler.model.hazards import Hazard
from reconciler.model.names import Key
from reconciler.model.plan import Note, Refusal
from reconciler.model.rules.consent import MISSING_PRIVILEGE

_SHOWN_LINES = 3


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What comparing has found so far.

    `volatile` are the volatile functions that an object's expressions call; `untried` are the functions because of
    which an object was not tried out. `not_tried` says of new objects why they could not be tried out; `inexact` are
    those of which the catalog may print the expressions otherwise. `hazards` are those of changes that no route knows.
    """

    changes: list[Change] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    volatile: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    untried: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    not_tried: dict[Key, str] = field(default_factory=dict)
    inexact: set[Key] = field(default_factory=set)
    hazards: dict[Key, list[Hazard]] = field(default_factory=dict)

    def copy(self) -> Outcome:
        return Outcome(
            changes=list(self.changes),
            refusals=list(self.refusals),
            notes=list(self.notes),
            volatile=dict(self.volatile),
            untried=dict(self.untried),
            not_tried=dict(self.not_tried),
            inexact=set(self.inexact),
            hazards={key: list(hazards) for key, hazards in self.hazards.items()},
        )

    def rights_as_notes(self) -> None:
        """Turn what only speaks against applying into notes: a role that may only read can plan."""
        missing = [one for one in self.refusals if one.rule == MISSING_PRIVILEGE]
        self.refusals = [one for one in self.refusals if one.rule != MISSING_PRIVILEGE]
        self.notes += [
            Note(
                rule=one.rule,
                key=one.key,
                place=one.place,
                message=f"`apply` would be refused: {one.cause}; {_shortened(one.remedy)}",
            )
            for one in missing
        ]


def _shortened(remedy: str) -> str:
    """The first lines: those of a role that is not meant to apply may be many."""
    lines = remedy.split("\n")
    more = len(lines) - _SHOWN_LINES
    return remedy if more < 2 else "\n".join([*lines[:_SHOWN_LINES], f"… and {more} more statements"])
