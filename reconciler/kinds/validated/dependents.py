"""Foreign keys that depend on an index that is about to be dropped.

PostgreSQL cannot move a foreign key to another index, and a second foreign key would depend on the old index again:
of equal indexes PostgreSQL takes the oldest. So the foreign keys are dropped, the index is dropped, and the foreign
keys are added again, all in one short transaction. Added NOT VALID, they are enforced for new and changed rows at
once, so they are in force at any time. The existing rows are checked again afterwards, without a strong lock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reconciler.kinds.base import ddl
from reconciler.kinds.base.partitions import partitions_of
from reconciler.kinds.base.routing import RouteBuilder, RouteContext
from reconciler.kinds.validated.definition import Enforceable
from reconciler.kinds.validated.route import (
    ConstraintProfile,
    ValidatedRouter,
    add_unchecked,
    adopt_step,
    validate_step,
)
from reconciler.model.change import Change
from reconciler.model.definition import Definition
from reconciler.model.guard import Guard
from reconciler.model.hazards import Hazard
from reconciler.model.locks import LockMode
from reconciler.model.names import Key, TableName
from reconciler.model.route import Expected, Route
from reconciler.model.rules.hazards import FOREIGN_KEY_READDED
from reconciler.model.state import LiveState
from reconciler.model.statement import Statement
from reconciler.model.step import Step
from reconciler.model.step_id import StepId, Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class DependentForeignKey:
    """A foreign key that depends on an index: its current and its new definition.

    `parts` are the foreign keys of the partitions of its table, from which it is built again if the partitioned
    table's cannot be added NOT VALID; otherwise None.
    """

    key: Key
    before: Enforceable
    after: Enforceable
    profile: ConstraintProfile
    parts: Sequence[Key] | None

    @property
    def unchecked(self) -> Mapping[Key, Definition | None]:
        """Return the objects right after the swap; of the partitions only the first, since there may be
        hundreds."""
        bare = replace(self.after, comment=None, validated=False)
        if self.parts is None:
            return {self.key: replace(self.after, validated=False)}
        return {self.key: None, **dict.fromkeys(self.parts[:1], bare)} if self.parts else {self.key: self.after}

    def adds(self) -> list[Statement]:
        """Return statements that add it again, without reading the rows."""
        if self.parts:
            return [add_unchecked(self.profile, part, self.after) for part in self.parts]
        whole = add_unchecked(self.profile, self.key, self.after)
        if self.parts is not None:  # no partitions, and no rows
            whole = ddl.add_constraint(self.key.table_name, self.key.name, self.profile.define(self.after))
        return [whole, *self.comments()]

    def comments(self) -> list[Statement]:
        """Set the comment again: it is dropped with the old constraint, and the file may not manage it."""
        comment = self.after.comment
        return [] if comment is None else [ddl.comment_on_constraint(self.key.table_name, self.key.name, comment)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependents:
    """The foreign keys that a change of `key` must drop and add again."""

    key: Key
    foreign_keys: Sequence[DependentForeignKey]
    context: RouteContext

    def __bool__(self) -> bool:
        return bool(self.foreign_keys)

    @property
    def live(self) -> Mapping[Key, Definition]:
        return {one.key: one.before for one in self.foreign_keys}

    @property
    def unchecked(self) -> Mapping[Key, Definition | None]:
        """Return the objects right after the swap."""
        return {key: found for one in self.foreign_keys for key, found in one.unchecked.items()}

    @property
    def guards(self) -> Sequence[Guard]:
        """Return the data checks of the foreign keys that will refer to other columns."""
        moving = (one for one in self.foreign_keys if one.after != one.before)
        return [guard for one in moving for guard in one.profile.guards(one.key, one.after, self.context)]

    def swap(
        self, step_id: StepId, title: str, statements: Sequence[Statement], partitions: Sequence[TableName] = ()
    ) -> Step:
        """Return one transaction that drops the foreign keys, changes the index with `statements`, and adds the
        foreign keys again. It locks all tables.

        `partitions` are the partitions of the index's table.
        """
        tables = (self.key.table_name, *partitions)
        return self.readding(ddl.brief(step_id, title, statements, ddl.claims(LockMode.ACCESS_EXCLUSIVE, *tables)))

    def readding(self, step: Step) -> Step:
        """Extend a step that locks the index's table: drop the foreign keys before it, and add them again after
        it."""
        live = self.context.live
        tables = [claim.table for claim in step.locks]
        for one in self.foreign_keys:
            tables += [*partitions_of(one.key.table_name, live), *_referenced(one, live)]
        for one in self.foreign_keys:
            if not one.parts:
                step = step.replacing(one.key, one.before, one.after)
        return replace(
            step.saying(*self._drops(), *step.action.statements, *self._adds()),
            title=f"{step.title}{self._aside()}",
            locks=ddl.claims(LockMode.ACCESS_EXCLUSIVE, *tables),
            hazards=(
                *step.hazards,
                *(
                    Hazard(kind=FOREIGN_KEY_READDED, detail=f"{one.key} depends on {self.key}")
                    for one in self.foreign_keys
                ),
            ),
        )

    def validate(self, builder: RouteBuilder) -> RouteBuilder:
        """Add steps that validate the foreign keys again that should be valid."""
        for one in self.foreign_keys:
            if one.parts:
                self._validate_parts(builder, one, one.parts)
            elif one.after.validated and one.parts is None:
                builder.then(
                    self._validate_step(one, one.key, one.after), f"{one.key} valid again", {one.key: one.after}
                )
        return builder

    def _validate_parts(self, builder: RouteBuilder, one: DependentForeignKey, parts: Sequence[Key]) -> None:
        bare = replace(one.after, comment=None)
        for part, following in zip(parts, [*parts[1:], None], strict=True):
            next_one = {following: replace(bare, validated=False)} if following else {}
            step = self._validate_step(one, part, bare)
            builder.then(step, f"{part} valid again", {part: bare, **next_one})
            builder.forget(part)
        adoption = adopt_step(one.profile, one.key, bare, self.context)
        adoption = adoption.saying(*adoption.action.statements, *one.comments())
        adoption = adoption.replacing(one.key, one.before, one.after)
        builder.then(adoption, f"{one.key} valid again", {one.key: one.after})

    def _validate_step(self, one: DependentForeignKey, key: Key, foreign_key: Enforceable) -> Step:
        step = validate_step(one.profile, key, foreign_key, self.context)
        return replace(step, id=Verb.VALIDATE.of(key, after=self.key))

    def _aside(self) -> str:
        count = len(self.foreign_keys)
        if count == 0:
            return ""
        return f", and add {count} foreign key{'' if count == 1 else 's'} again as NOT VALID"

    def _drops(self) -> list[Statement]:
        return [ddl.drop_constraint(one.key.table_name, one.key.name) for one in self.foreign_keys]

    def _adds(self) -> list[Statement]:
        return [statement for one in self.foreign_keys for statement in one.adds()]


def dependents_of(change: Change, context: RouteContext, *, moving: bool = False) -> Dependents:
    """Return the foreign keys that depend on the index that a change drops; usually none.

    `moving`: also the foreign keys that move to the columns of the new index, which does not exist before the swap.
    """
    found = [(key, one, one) for key, one in change.dependents.items()]
    if moving:
        found += [(one.key, one.before, one.after) for one in change.moved_dependents if one.before and one.after]
    return Dependents(
        key=change.key,
        foreign_keys=[
            _dependent(key, before, after, context)
            for key, before, after in sorted(found, key=lambda one: one[0])
            if isinstance(before, Enforceable) and isinstance(after, Enforceable)
        ],
        context=context,
    )


def _dependent(key: Key, before: Enforceable, after: Enforceable, context: RouteContext) -> DependentForeignKey:
    router = context.router_of(key)
    assert isinstance(router, ValidatedRouter)
    parts = router.profile.adopted(key, after, context)
    return DependentForeignKey(key=key, before=before, after=after, profile=router.profile, parts=parts)


def _referenced(one: DependentForeignKey, live: LiveState) -> tuple[TableName, ...]:
    reference = one.after.reference()
    return () if reference is None else partitions_of(reference.table, live)


def moves_of(change: Change, context: RouteContext) -> list[Route]:
    """Return the routes of the foreign keys that move to the columns of the new index. They are complete before the
    old index is dropped."""
    return [context.router_of(one.key).route(one, context) for one in change.moved_dependents]


def beginning(routes: Sequence[Route]) -> Mapping[Key, Expected]:
    """Return the objects of the routes in their first states."""
    return {key: expected for route in routes for key, expected in route.states[0].objects.items()}
