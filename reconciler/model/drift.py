"""What `drift` finds: the plan back to the declared state, and the objects that no file declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reconciler.model.definition import Definition
from reconciler.model.names import Key
from reconciler.model.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """The difference between a database and its files.

    The notes of the `plan` say what is known about who changed the objects that differ. `undeclared` are the objects on
    declared tables that no file declares; if `strict`, they count as differences.
    """

    plan: Plan
    undeclared: Mapping[Key, Definition]
    strict: bool

    @property
    def found(self) -> bool:
        """Whether the database differs from the files."""
        return bool(self.plan.routes or self.plan.refusals or (self.strict and self.undeclared))
