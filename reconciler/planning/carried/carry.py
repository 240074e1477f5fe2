"""Gives each successor the properties of its predecessor, in the step that replaces it; or reports what is lost.

The step is one transaction, so a run that dies loses nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reconciler.kinds import kind_of
from reconciler.kinds.base import ddl
from reconciler.kinds.base.carried import (
    cluster_on,
    for_index,
    identify_rows_by,
    rename_children,
    rename_column,
    set_own_parameters,
    set_trigger,
    words_of,
)
from reconciler.model.change import given_name
from reconciler.model.definition import Definition, has_index, parts_of
from reconciler.model.facts import Answers
from reconciler.model.facts.carried import DetailsOfConstraint, DetailsOfIndex, KnownConstraint, KnownIndex
from reconciler.model.features import has
from reconciler.model.hazards import Hazard
from reconciler.model.index_facts import IndexRole
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import BUILDING_SUFFIX, Key, TableName, display, temporary_name
from reconciler.model.plan import Refusal
from reconciler.model.route import Route
from reconciler.model.rules.dependencies import CANNOT_CARRY_OVER
from reconciler.model.rules.hazards import NOT_CARRIED_OVER
from reconciler.model.server import Server
from reconciler.model.state import LiveState
from reconciler.model.statement import Statement
from reconciler.model.step import Replaced, Step
from reconciler.planning.refusals import missing_privilege

ConstraintName = tuple[TableName, str]
"""A constraint: its table and its name."""


def carry_over(
    answers: Answers, routes: Sequence[Route], live: LiveState, server: Server
) -> tuple[list[Route], list[Refusal]]:
    """Return the routes, whose steps restore the properties of the objects that they replace; and refusals where
    that is impossible."""
    replaced = [one for route in routes for step in route.steps for one in step.replaces]
    if not replaced:
        return list(routes), []
    indexes = sorted({index for one in replaced for index in _indexes_of(one.key, one.before).values()})
    constraints = sorted({_constraint_of(one) for one in replaced if kind_of(one.key).is_constraint})
    found = answers.of(DetailsOfIndex(index=index) for index in indexes)
    details = answers.of(DetailsOfConstraint(table=table, name=name) for table, name in constraints)
    known = _Known(
        indexes={index: one for index, one in zip(indexes, found, strict=True) if one is not None},
        constraints=dict(zip(constraints, details, strict=True)),
        live=live,
        major=server.major,
    )
    refused = [
        refusal
        for route in routes
        for step in route.steps
        for one in step.replaces
        for refusal in known.objections(one, route, superuser=server.superuser)
    ]
    return [replace(route, steps=tuple(map(known.carried, route.steps))) for route in routes], refused


def _indexes_of(key: Key, definition: Definition) -> dict[TableName, TableName]:
    """Return the index of the object on its own table, and those on partitions, by their tables."""
    if not has_index(definition):
        return {}
    own = {key.table_name: TableName(schema=key.schema, name=given_name(key, definition))}
    parts = parts_of(definition).items()
    return own | {table: TableName(schema=table.schema, name=name) for table, name in parts}


def _constraint_of(one: Replaced) -> ConstraintName:
    return one.key.table_name, given_name(one.key, one.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """Everything that the catalog has about the predecessors."""

    indexes: Mapping[TableName, KnownIndex]
    constraints: Mapping[ConstraintName, KnownConstraint]
    live: LiveState
    major: int

    def carried(self, step: Step) -> Step:
        statements = [statement for one in step.replaces for statement in self._statements(one)]
        lost = [Hazard(kind=NOT_CARRIED_OVER, detail=what) for one in step.replaces for what in self._lost(one)]
        if not statements and not lost:
            return step
        locked = {claim.table for claim in step.locks if claim.mode is LockMode.ACCESS_EXCLUSIVE}
        more = (claim for one in step.replaces for claim in self._locks(one, locked))
        locks = ddl.strongest([*step.locks, *more])
        extended = step.saying(*step.action.statements, *statements)
        return replace(extended, hazards=(*step.hazards, *lost), locks=locks)

    def _locks(self, one: Replaced, locked: Collection[TableName]) -> Iterator[LockClaim]:
        """Return the locks of the statements in addition to those of the step, by the names that are valid before
        it."""
        new = _indexes_of(one.key, one.after)
        for table, index in _indexes_of(one.key, one.before).items():
            known = self.indexes.get(index)
            if known is None or table not in new or table in locked:
                continue
            if known.extensions or any(_column_names(one, known, new[table])):
                built = new[table]._replace(name=temporary_name(new[table].name, BUILDING_SUFFIX))
                yield LockClaim(table=built, mode=LockMode.ACCESS_EXCLUSIVE)
            if table != one.key.table_name and known.replica_identity:
                yield LockClaim(table=table, mode=LockMode.ACCESS_EXCLUSIVE)
            elif table != one.key.table_name and known.clustered:
                yield LockClaim(table=table, mode=LockMode.SHARE_UPDATE_EXCLUSIVE)

    def _statements(self, one: Replaced) -> Iterator[Statement]:
        name = given_name(one.key, one.after)
        new = _indexes_of(one.key, one.after)
        for table, index in _indexes_of(one.key, one.before).items():
            known = self.indexes.get(index)
            if known is None or table not in new:
                continue
            is_part = table != one.key.table_name
            enforces = kind_of(one.key).is_constraint
            yield from for_index(known, new[table], comment=is_part or enforces)
            yield from _column_names(one, known, new[table])
            if is_part:
                yield from _own_of_part(one, known, table, new[table])
        constraint = self.constraints.get(_constraint_of(one), KnownConstraint())
        if self._has_named_children(one):
            yield rename_children(one.key.table_name, name)
        for comment in constraint.comments:
            if not comment.internal:
                part = parts_of(one.after).get(comment.table, name)
                yield ddl.comment_on_constraint(comment.table, part, comment.comment)
        for trigger in constraint.triggers:
            yield set_trigger(one.key.table_name, name, trigger)

    def _has_named_children(self, one: Replaced) -> bool:
        """Whether PostgreSQL has named constraints after the successor while it still had a temporary name."""
        reference = one.after.reference()
        if not one.temporary or reference is None:
            return False
        referenced = self.live.tables.get(reference.table)
        named = has("foreign_keys_name_their_children", self.major)
        return named and referenced is not None and referenced.is_partitioned

    def _lost(self, one: Replaced) -> Iterator[str]:
        before, after = one.before, one.after
        new = _indexes_of(one.key, after)
        for table, index in _indexes_of(one.key, before).items():
            known = self.indexes.get(index)
            tablespace = before.index_tablespace()
            if (
                known is not None
                and table in new
                and table != one.key.table_name
                and known.tablespace != tablespace
            ):
                where = "the default tablespace" if known.tablespace is None else f"tablespace {known.tablespace}"
                yield (
                    f"index {index} is in {where}; the new index will be in the tablespace of the index of "
                    f"{one.key.table_name}"
                )
            if known is not None and table in new and table != one.key.table_name:
                for parameter, value in _own_parameters(one, known):
                    if not after.acts(parameter):
                        yield f"{parameter}={value} of index {index}, which is used only while an index is built"
        for comment in self.constraints.get(_constraint_of(one), KnownConstraint()).comments:
            if comment.internal:
                yield f"the comment of constraint {display(comment.name)} on {comment.table}, which PostgreSQL created"

    def objections(self, one: Replaced, route: Route, *, superuser: bool) -> Iterator[Refusal]:
        constraint = self.constraints.get(_constraint_of(one), KnownConstraint())
        if constraint.triggers and not superuser:
            trigger = constraint.triggers[0]
            yield missing_privilege(
                one.key,
                route.change.place,
                cause=f"{one.key} has triggers on {trigger.table} in the state {words_of(trigger.state)}; this state "
                "would be lost "
                "with it, and only a superuser may set it again",
                remedy="apply as a superuser, or have one enable the triggers first: ALTER TABLE … ENABLE TRIGGER ALL",
            )
        for table in self._lost_identities(one):
            yield Refusal(
                rule=CANNOT_CARRY_OVER,
                key=one.key,
                place=route.change.place,
                cause=f"the replica identity of partition {table} is its index of {one.key}, and the new index "
                "cannot be the replica identity",
                remedy=f"give {table} another replica identity first",
            )

    def _lost_identities(self, one: Replaced) -> Iterator[TableName]:
        for table, index in _indexes_of(one.key, one.before).items():
            known = self.indexes.get(index)
            is_part = known is not None and table != one.key.table_name
            if (
                is_part
                and known is not None
                and known.replica_identity
                and not self._can_identify(one.after, table)
            ):
                yield table

    def _can_identify(self, after: Definition, table: TableName) -> bool:
        """Whether a partition's index can be its replica identity."""
        columns = self.live.tables[table].columns if table in self.live.tables else {}
        immediate = not after.is_deferrable()
        keys = after.unique_columns()
        return immediate and bool(keys) and all(column in columns and columns[column].not_null for column in keys)


def _column_names(one: Replaced, known: KnownIndex, index: TableName) -> Iterator[Statement]:
    """Return the changed names of index expressions, for the same expressions in the new index."""
    before, after = one.before.index_expressions(), one.after.index_expressions()
    given = one.before.index_columns()
    changed = {
        expression: name
        for expression, name, default in zip(before, known.columns, given, strict=False)
        if expression is not None and name != default
    }
    for number, expression in enumerate(after, start=1):
        if expression in changed:
            yield rename_column(index, number, changed[expression])


def _own_parameters(one: Replaced, known: KnownIndex) -> list[tuple[str, str]]:
    """Return the storage parameters that only a partition's index has, if its successor can have them."""
    if one.before.access_method() != one.after.access_method():
        return []
    common = {f"{name}={value}" for name, value in one.before.storage_parameters().items()}
    own = (pair.partition("=") for pair in known.parameters if pair not in common)
    return [(name, value) for name, _, value in own]


def _own_of_part(one: Replaced, known: KnownIndex, table: TableName, index: TableName) -> Iterator[Statement]:
    """Return the properties that only a partition's index has: storage parameters, and its index roles."""
    pairs = [(name, value) for name, value in _own_parameters(one, known) if one.after.acts(name)]
    if pairs:
        yield set_own_parameters(index, pairs)
    if known.clustered and not any(one.after.why_not(IndexRole.CLUSTERED)):
        yield cluster_on(table, index.name)
    if known.replica_identity:
        yield identify_rows_by(table, index.name)
