"""Hazards: risks of a step or a route, each built from its rule."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.rules.rule import HazardKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """A hazard of one step or route; `detail` says what is special about this case."""

    kind: HazardKind
    detail: str
