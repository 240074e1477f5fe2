"""The state of the planner between passes: each pass takes a draft, and returns another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from reconciler.model.change import Change
from reconciler.model.hazards import Hazard
from reconciler.model.names import Key
from reconciler.model.plan import Note, Refusal
from reconciler.model.route import Route
from reconciler.model.rules.consent import MISSING_PRIVILEGE
from reconciler.model.state import DesiredState

_SHOWN_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the server reported about the expressions of changes.

    `volatile` are the volatile functions that an object's expressions call, and `named` the signatures of all that do
    not belong to `pg_catalog`; `untried` are the functions because of which an object was not tried out. `not_tried`
    says why new objects could not be tried out, `denied` which right the role lacked for it; `inexact` are the objects
    whose expressions the catalog may print differently.
    """

    volatile: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    untried: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    not_tried: Mapping[Key, str] = field(default_factory=dict)
    denied: Mapping[Key, str] = field(default_factory=dict)
    named: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    inexact: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The result so far. `desired` are the declarations on the tables that the operator has selected. `hazards` are
    those of changes that no route reports."""

    desired: DesiredState
    changes: tuple[Change, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Note, ...] = ()
    hazards: Mapping[Key, tuple[Hazard, ...]] = field(default_factory=dict)
    judged: Judged = field(default_factory=Judged)
    routes: tuple[Route, ...] = ()

    def changing(self, changes: Iterable[Change], refusals: Iterable[Refusal] = ()) -> Draft:
        """Return the draft with other changes, and further refusals."""
        return replace(self, changes=tuple(changes)).refusing(refusals)

    def refusing(self, refusals: Iterable[Refusal]) -> Draft:
        return replace(self, refusals=(*self.refusals, *refusals))

    def noting(self, notes: Iterable[Note]) -> Draft:
        return replace(self, notes=(*self.notes, *notes))

    def warning(self, hazards: Mapping[Key, Iterable[Hazard]]) -> Draft:
        found = dict(self.hazards)
        for key, more in hazards.items():
            found[key] = (*found.get(key, ()), *more)
        return replace(self, hazards=found)

    def without_rights(self) -> Draft:
        """Return the draft without refusals for missing privileges: nothing is to be done."""
        return replace(self, refusals=tuple(one for one in self.refusals if one.rule != MISSING_PRIVILEGE))

    def with_rights_as_notes(self) -> Draft:
        """Turn refusals that only prevent `apply` into notes: a role that may only read can plan."""
        missing = [one for one in self.refusals if one.rule == MISSING_PRIVILEGE]
        return self.without_rights().noting(
            Note(
                rule=one.rule,
                key=one.key,
                place=one.place,
                message=f"`apply` would be refused: {one.cause}; {_shortened(one.remedy)}",
            )
            for one in missing
        )


def _shortened(remedy: str) -> str:
    """Return the first lines: a role that is not meant to apply may lack many privileges."""
    lines = remedy.split("\n")
    more = len(lines) - _SHOWN_LINES
    return remedy if more < 2 else "\n".join([*lines[:_SHOWN_LINES], f"… and {more} more statements"])
