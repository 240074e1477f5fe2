"""The SQL side of a kind: how its objects are changed, and how the server is asked what a definition means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Protocol

from psycopg import sql

from reconciler.kinds.base.comparison import (
    EQUAL,
    ColumnPair,
    OpclassesByKey,
    OperatorClassOrder,
    ValueComparison,
    pair_of,
)
from reconciler.model.bound import BoundName
from reconciler.model.change import Change
from reconciler.model.definition import Definition, Reference
from reconciler.model.guard import Guard
from reconciler.model.hazards import Hazard
from reconciler.model.names import Key, TableName
from reconciler.model.route import DefinitionPattern, Expected, Route, RouteState
from reconciler.model.state import Column, Declared, LiveState, Policy
from reconciler.model.statement import Statement
from reconciler.model.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteContext:
    """Everything that a router may read. `major` is the server's major version; `declared` are the objects in the
    file.

    `archive_names` are the names in the archive of each table that is dropped or archived and of its parts, by
    their present names. `equality` has the operator for equal values (schema and name) of each type whose operator
    is not `pg_catalog.=`. `comparisons` says how foreign keys compare columns of different types or collations, or by
    an operator class of `key_opclasses`. `opclasses` says how B-tree operator classes (schema and name) compare.
    `router_of` returns the router of an object's kind, because a route may include changes of other objects. `wide`
    has the columns of a table whose values may be too large for an index entry. `target` are all objects after the
    plan; `no_nulls` has the columns of tables that cannot be NULL before or after it, each with the object that
    forbids it; `generated` the generated columns of tables whose rows are repaired, with their expressions. `row_keys`
    has the columns by which an undo finds rows of a table that a repair changes. `created` are the objects that the
    plan creates or changes, as they will be; `repaired` those of which this route or a later one repairs violating
    rows; `not_valid` the checks and not-nulls that are NOT VALID where the route begins, each with what it requires of
    a row.
    """

    live: LiveState
    major: int
    declared: Mapping[Key, Declared] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    archive_names: Mapping[Key, Mapping[str, BoundName]] = field(default_factory=dict)
    equality: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    comparisons: Mapping[ColumnPair, ValueComparison] = field(default_factory=dict)
    key_opclasses: OpclassesByKey = field(default_factory=dict)
    opclasses: Mapping[tuple[str, str], OperatorClassOrder] = field(default_factory=dict)
    wide: Mapping[TableName, frozenset[str]] = field(default_factory=dict)
    target: Mapping[Key, Definition] = field(default_factory=dict)
    no_nulls: Mapping[TableName, Mapping[str, Key]] = field(default_factory=dict)
    generated: Mapping[TableName, Sequence[tuple[str, str]]] = field(default_factory=dict)
    row_keys: Mapping[TableName, tuple[str, ...]] = field(default_factory=dict)
    created: Mapping[Key, Definition] = field(default_factory=dict)
    repaired: frozenset[Key] = frozenset()
    not_valid: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    router_of: Callable[[Key], Router]

    def equals(self, table: TableName, column: str) -> sql.Composable:
        """Return the operator that compares two values of this column for equality."""
        schema, name = self._equality(self.live.tables[table].columns[column])
        return sql.SQL("OPERATOR({}.{})").format(sql.Identifier(schema), sql.SQL(name))

    def holds_wide(self, table: TableName, columns: Iterable[str]) -> bool:
        """Whether one of these columns may have values that are too large for an index entry."""
        return not self.wide.get(table, frozenset()).isdisjoint(columns)

    def comparison(self, reference: Reference, column: str, referring: tuple[TableName, str]) -> ValueComparison:
        """Return how a foreign key compares a column that it refers to with one of its own table."""
        referenced = (reference.table, column)
        one, other = (self.live.tables[table].columns[name] for table, name in (referenced, referring))
        opclass = self.key_opclasses.get((reference.table, frozenset(reference.columns)), {}).get(column)
        found = self.comparisons.get(pair_of(one, other, opclass))
        return found or ValueComparison(operator=self._equality(one))

    def _equality(self, column: Column) -> tuple[str, str]:
        return self.equality.get(column.type_oid, EQUAL)


def pattern_except(
    definition: Definition, *names: str, holding: Sequence[tuple[str, object]] = ()
) -> DefinitionPattern:
    """Match any definition that is the same except for these fields."""
    return DefinitionPattern(
        fields=tuple(
            (one.name, getattr(definition, one.name)) for one in fields(definition) if one.name not in names
        ),
        holding=tuple(holding),
    )


class Router(Protocol):
    """Writes the routes of one kind."""

    def route(self, change: Change, context: RouteContext) -> Route:
        """Return the whole route of a change, from its ideal start. The planner removes the steps that are already
        done."""
        ...

    def probe(self, key: Key, definition: Definition, copies: Mapping[TableName, TableName]) -> Sequence[Statement]:
        """Return statements that create the object on an empty copy of its table, so that the server checks the
        definition and prints it in its own words. `copies` maps each table to its copy. The object keeps its
        name."""
        ...


class RouteBuilder:
    """Collects states and steps, which alternate."""

    def __init__(self, label: str, objects: Mapping[Key, Expected]) -> None:
        self._objects: dict[Key, Expected] = dict(objects)
        self._states = [RouteState(label=label, objects=dict(self._objects))]
        self._steps: list[Step] = []

    def forget(self, *keys: Key) -> None:
        """Leave these objects out of the states to come, unless a later state names them again."""
        for key in keys:
            self._objects.pop(key, None)

    def expect(self, objects: Mapping[Key, Expected]) -> None:
        """Let the last state expect further objects."""
        self._objects.update(objects)
        self._states[-1] = replace(self._states[-1], objects=dict(self._objects))

    def leads_to(self, key: Key, expected: Expected) -> bool:
        """Whether the steps so far lead to this state of an object."""
        return self._objects.get(key) == expected

    def then(self, step: Step, label: str, objects: Mapping[Key, Expected]) -> RouteBuilder:
        """Add a step that leads to a state with these `objects`; every other object of the route stays as it
        was."""
        self._objects.update(objects)
        self._steps.append(step)
        self._states.append(RouteState(label=label, objects=dict(self._objects)))
        return self

    def join(self, route: Route) -> RouteBuilder:
        """Add the steps of another route. It begins in this route's last state, or in its own first state."""
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
