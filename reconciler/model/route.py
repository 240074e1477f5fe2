"""The route of a change: observable states, with the step between each two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from reconciler.model.change import Change
from reconciler.model.definition import Definition
from reconciler.model.effects import Resource
from reconciler.model.guard import Guard
from reconciler.model.hazards import Hazard
from reconciler.model.names import Key
from reconciler.model.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionPattern:
    """Matches any definition in which these fields have these values, those contain these members, and others have
    one of several values; without any of them, it matches every definition. Definitions that have all values in
    `unlike` do not match."""

    fields: tuple[tuple[str, object], ...] = ()
    holding: tuple[tuple[str, object], ...] = ()
    one_of: tuple[tuple[str, tuple[object, ...]], ...] = ()
    unlike: tuple[tuple[str, object], ...] = ()

    def matches(self, definition: Definition | None) -> bool:
        return (
            definition is not None
            and all(getattr(definition, name) == value for name, value in self.fields)
            and all(member in getattr(definition, name) for name, member in self.holding)
            and all(getattr(definition, name) in values for name, values in self.one_of)
            and not (self.unlike and all(getattr(definition, name) == value for name, value in self.unlike))
        )


Expected = Definition | DefinitionPattern | None
"""What a state expects of an object. None: it is absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteState:
    """One observable state on a route: the expected definition of each key that the route changes.

    `label` is for people: `not valid`, `index built`.
    """

    label: str
    objects: Mapping[Key, Expected]

    def matches(self, live: Mapping[Key, Definition]) -> bool:
        return all(
            expected.matches(live.get(key))
            if isinstance(expected, DefinitionPattern)
            else expected == live.get(key)
            for key, expected in self.objects.items()
        )


class Need(NamedTuple):
    """Why a change waits for another one: because of what happens to a resource, or, without one, because it begins
    where the other one ends. `only_order`: the change can also be made without the other."""

    resource: Resource | None = None
    only_order: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How one change is made: `states[i]` becomes `states[i + 1]` by `steps[i]`. `guards` must pass before a plan
    is ready. `needs` are the routes, by their numbers in the plan from 0, that are completed before it. `found`
    is the live object of the change before the plan, which other changes may alter first. `taken_over` are the live
    objects that become part of the change's own object. `lost_parts` are objects of partitions that go with it, and
    that have a name or attributes of their own. `guards_of_needs` also run before each step that cannot be taken back
    if this route does not follow."""

    change: Change
    states: tuple[RouteState, ...]
    steps: tuple[Step, ...]
    guards: tuple[Guard, ...] = ()
    guards_of_needs: tuple[Guard, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    needs: Mapping[int, Need] = field(default_factory=dict)
    found: Definition | None = None
    taken_over: Mapping[Key, Definition] = field(default_factory=dict)
    lost_parts: Mapping[Key, Definition] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.states) != len(self.steps) + 1:
            raise ValueError(f"{self.change}: {len(self.states)} states for {len(self.steps)} steps")

    def locate(self, live: Mapping[Key, Definition], expected: int = -1) -> int | None:
        """Return the number of the latest state that matches, or None: the live state is not on this route.

        If the state is the `expected` one, to which a step has just led, and not the one after it, later states are
        not compared: a route over many partitions must pass each of them.
        """
        here, further = self.states[expected : expected + 1], self.states[expected + 1 : expected + 2]
        if (
            expected >= 0
            and any(one.matches(live) for one in here)
            and not any(one.matches(live) for one in further)
        ):
            return expected
        found = (n for n in reversed(range(len(self.states))) if n == expected or self._is_observed(n))
        return next((n for n in found if self.states[n].matches(live)), None)

    def _is_observed(self, number: int) -> bool:
        """Whether the catalog shows that the step before the state is done, and not only the run that did it."""
        return number == 0 or self.steps[number - 1].action.is_observed

    def since(self, position: int) -> Route:
        """Return the rest of the route from state `position` on."""
        return replace(self, states=self.states[position:], steps=self.steps[position:])
