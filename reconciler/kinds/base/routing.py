"""The SQL side of a kind: how a change of its objects is made, and how the server is asked what one means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Protocol

from psycopg import sql

from reconciler.kinds.base.comparison import EQUAL, OperatorClassOrder, ValueComparison, pair_of
from reconciler.model.bound import BoundName
from reconciler.model.change import Change
from reconciler.model.definition import Definition
from reconciler.model.hazards import Hazard
from reconciler.model.names import Key, TableName
from reconciler.model.plan import DefinitionPattern, Expected, Guard, Route, RouteState, Statement, Step
from reconciler.model.state import Column, Declared, LiveState, Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteContext:
    """What a router may look at. `major` is the server's major version; `declared` are the file's objects.

    `archive_names` are the names in the archive of each table that is to go and of its parts, by their present names.
    `equality` has the operator for equal values (schema and name) of each type for which it is not `pg_catalog.=`;
    `comparisons` says how foreign keys compare columns of different types or collations, by what `pair_of` returns.
    `opclasses` says how B-tree operator classes (schema and name) compare.
    `router_of` gives the router of an object's kind, since a route may have to include changes of other objects. `wide`
    has the columns of a table that may hold values too large for an entry of a B-tree index.
    """

    live: LiveState
    major: int
    declared: Mapping[Key, Declared] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    archive_names: Mapping[Key, Mapping[str, BoundName]] = field(default_factory=dict)
    equality: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    comparisons: Mapping[tuple[int, int, int, int], ValueComparison] = field(default_factory=dict)
    opclasses: Mapping[tuple[str, str], OperatorClassOrder] = field(default_factory=dict)
    wide: Mapping[TableName, frozenset[str]] = field(default_factory=dict)
    router_of: Callable[[Key], Router]

    def equals(self, table: TableName, column: str) -> sql.Composable:
        """The operator that tells whether two values of this column are equal."""
        schema, name = self._equality(self.live.tables[table].columns[column])
        return sql.SQL("OPERATOR({}.{})").format(sql.Identifier(schema), sql.SQL(name))

    def holds_wide(self, table: TableName, columns: Iterable[str]) -> bool:
        """Whether one of these columns may hold values too large for an entry of a B-tree index."""
        return not self.wide.get(table, frozenset()).isdisjoint(columns)

    def comparison(self, referenced: tuple[TableName, str], referring: tuple[TableName, str]) -> ValueComparison:
        """How a foreign key compares two columns, each given with its table."""
        one, other = (self.live.tables[table].columns[column] for table, column in (referenced, referring))
        return self.comparisons.get(pair_of(one, other)) or ValueComparison(operator=self._equality(one))

    def _equality(self, column: Column) -> tuple[str, str]:
        return self.equality.get(column.type_oid, EQUAL)


def pattern_except(
    definition: Definition, *names: str, holding: Sequence[tuple[str, object]] = ()
) -> DefinitionPattern:
    """Any definition that is the same in all but these fields."""
    return DefinitionPattern(
        fields=tuple(
            (one.name, getattr(definition, one.name)) for one in fields(definition) if one.name not in names
        ),
        holding=tuple(holding),
    )


class Router(Protocol):
    """Writes the routes of one kind."""

    def route(self, change: Change, context: RouteContext) -> Route:
        """The whole route of a change, from its ideal start. The planner leaves out what is done already."""
        ...

    def probe(self, key: Key, definition: Definition, copies: Mapping[TableName, TableName]) -> Sequence[Statement]:
        """Statements that make the object on an empty copy of its table, so that the server judges the definition
        and prints it in its own words. `copies` maps each table to its copy; the object keeps its name."""
        ...


class RouteBuilder:
    """Collects states and steps in the order in which they alternate."""

    def __init__(self, label: str, objects: Mapping[Key, Expected]) -> None:
        self._objects: dict[Key, Expected] = dict(objects)
        self._states = [RouteState(label=label, objects=dict(self._objects))]
        self._steps: list[Step] = []

    def forget(self, *keys: Key) -> None:
        """These objects are of no interest to the states to come, unless they are named anew."""
        for key in keys:
            self._objects.pop(key, None)

    def then(self, step: Step, label: str, objects: Mapping[Key, Expected]) -> RouteBuilder:
        """`step` leads to a state in which `objects` are so, and every other object of the route is as before."""
        self._objects.update(objects)
        self._steps.append(step)
        self._states.append(RouteState(label=label, objects=dict(self._objects)))
        return self

    def join(self, route: Route) -> RouteBuilder:
        """The steps of another route, which begins where its objects are so in this one, or in its first state."""
        for step, state in zip(route.steps, route.states[1:], strict=True):
            self.then(step, state.label, state.objects)
        return self

    def build(self, change: Change, guards: Sequence[Guard] = (), hazards: Sequence[Hazard] = ()) -> Route:
        return Route(
            change=change,
            states=tuple(self._states),
            steps=tuple(self._steps),
            guards=tuple(guards),
            hazards=tuple(hazards),
        )
