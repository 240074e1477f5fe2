"""The registry of rules: those that several rooms share, and each kind's own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from reconciler.kinds import KINDS
from reconciler.model.errors import UsageError
from reconciler.model.rules import (
    connections,
    consent,
    data,
    declarations,
    dependencies,
    files,
    hazards,
    notes,
    objects,
    runs,
)
from reconciler.model.rules.declarations import UNKNOWN_HAZARD
from reconciler.model.rules.rule import HazardKind, Rule, rules_of

RULES: Final[tuple[Rule, ...]] = (
    *(rule for kind in KINDS for rule in kind.rules),
    *rules_of(data, objects, dependencies, consent, runs, connections, files, declarations, notes, hazards),
)
HAZARDS: Final = tuple(rule for rule in RULES if isinstance(rule, HazardKind))
GATED: Final = frozenset(rule.id for rule in HAZARDS if rule.gated)


def check_accepted(allow: Collection[str]) -> None:
    """Raise `UsageError` unless each id is that of a gated hazard."""
    unknown = sorted(set(allow) - GATED)
    if unknown:
        raise UsageError(
            f"no hazard that can be accepted: {', '.join(unknown)}",
            rule=UNKNOWN_HAZARD,
            hint=f"those are {', '.join(sorted(GATED))}",
        )
