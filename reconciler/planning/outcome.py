"""The result of comparing."""

from __future__ import annotations

from dataclasses import dataclass, field

from reconciler.model.change import Change
from reconciler.model.names import Key
from reconciler.model.plan import Note, Refusal


@dataclass(slots=True, kw_only=True)
class Outcome:
    """The result of comparing so far.

    `volatile` are the volatile functions that an object's expressions call; `untried` are the functions because of
    which an object was not tried out. `not_tried` says why new objects could not be tried out; `inexact` are the
    objects whose expressions the catalog may print differently.
    """

    changes: list[Change] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    volatile: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    untried: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    not_tried: dict[Key, str] = field(default_factory=dict)
    inexact: set[Key] = field(default_factory=set)

    def copy(self) -> Outcome:
        return Outcome(
            changes=list(self.changes),
            refusals=list(self.refusals),
            notes=list(self.notes),
            volatile=dict(self.volatile),
            untried=dict(self.untried),
            not_tried=dict(self.not_tried),
            inexact=set(self.inexact),
        )
