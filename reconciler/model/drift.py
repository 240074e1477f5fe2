"""What `drift` finds: the plan back to the declared state, and the objects that no file declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reconciler.model.definition import Definition
from reconciler.model.names import Key
from reconciler.model.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """The difference between a database and its files.

    The notes of the `plan` say what is known about who changed the objects that differ. `undeclared` are the objects on
    declared tables that no file declares; if `strict`, they count as differences. `kept` are the objects that have not
    drifted, or may not have, and why: their declarations stay. `unproved` are those of which nothing tells whether the
    file or the database was changed.
    """

    plan: Plan
    undeclared: Mapping[Key, Definition]
    strict: bool
    kept: Mapping[Key, str] = field(default_factory=dict)
    unproved: frozenset[Key] = frozenset()

    @property
    def found(self) -> bool:
        """Whether the database differs from the files."""
        return bool(self.plan.routes or self.plan.refusals or (self.strict and self.undeclared))


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """The files with the live state of what has drifted.

    `texts` are the bytes and the new text of each file that changes, by name. `written` describes the objects in them,
    `left` those that stay as they are, and why. `in_sync`: with these texts, nothing differs.
    """

    drift: Drift
    texts: Mapping[str, tuple[bytes, str]]
    written: tuple[str, ...]
    left: tuple[str, ...]
    in_sync: bool
