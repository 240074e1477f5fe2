"""Routes of the constraints that are added NOT VALID and validated later: checks and foreign keys.

Adding and validating are never in one transaction: the strong lock would be held through the scan. For the same
reason a constraint that becomes enforced gets a successor: ALTER CONSTRAINT … ENFORCED would read all rows under
ACCESS EXCLUSIVE.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from reconciler.kinds.base import ddl
from reconciler.kinds.base.repairs import Repair, repair_of, waiting, waits
from reconciler.kinds.base.routing import RouteBuilder, RouteContext
from reconciler.kinds.base.row_changes import Violating
from reconciler.kinds.validated.definition import Enforceable
from reconciler.model.change import Action, Change
from reconciler.model.definition import Definition
from reconciler.model.facets import Unmanaged
from reconciler.model.guard import Guard
from reconciler.model.hazards import Hazard
from reconciler.model.limits import ExecutionClass
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import BUILDING_SUFFIX, Key, TableName, display, temporary_name
from reconciler.model.route import Expected, Route
from reconciler.model.rules.hazards import CONSTRAINT_DROPPED
from reconciler.model.state import LiveState
from reconciler.model.statement import Statement
from reconciler.model.step import SqlAction, Step
from reconciler.model.step_id import Verb

Objects = Mapping[Key, Expected]
LocksOf = Callable[[Key, Enforceable, RouteContext], tuple[LockClaim, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstraintProfile:
    """The differences between the kinds. `define` returns the SQL after `ADD CONSTRAINT name`, without `NOT VALID`
    and `NOT ENFORCED`.

    `alter_in_place` returns statements and locks for differences that need no successor, or None for others.
    """

    define: Callable[[Enforceable], ddl.Sql]
    add_locks: LocksOf
    validate_locks: LocksOf
    drop_locks: LocksOf
    guards: Callable[[Key, Enforceable, RouteContext], Sequence[Guard]]
    alter_in_place: Callable[[Change, LiveState], tuple[tuple[Statement, ...], tuple[LockClaim, ...]] | None]
    inherited: bool = False
    by_partition: bool = False
    violating: Callable[[Key, Enforceable, RouteContext], Violating] | None = None
    adopted: Callable[[Key, Enforceable, RouteContext], Sequence[Key] | None] = lambda *_: None
    adopt_locks: LocksOf = lambda *_: ()
    """`inherited`: children have it under the same name. `by_partition`: each partition has its own, which is
    renamed separately. `violating` are the rows that can be repaired. `adopted` are the constraints of partitions that
    must exist and be valid before the constraint of the partitioned table is built from them under `adopt_locks`; None
    if that constraint can be added NOT VALID."""


def building(key: Key) -> Key:
    """Return the key that a successor has until it takes the final name."""
    return key._replace(name=temporary_name(key.name, BUILDING_SUFFIX))


def route(profile: ConstraintProfile, change: Change, context: RouteContext) -> Route:
    match change.action:
        case Action.CREATE:
            return _create(profile, change, context)
        case Action.VALIDATE:
            return _validate(profile, change, context)
        case Action.RENAME:
            return rename(change, context, inherited=profile.inherited)
        case Action.DROP:
            return _drop(profile, change, context)
        case Action.ALTER:
            return _alter(profile, change, context)


def _as_constraint(definition: Definition | None) -> Enforceable:
    assert isinstance(definition, Enforceable)
    return definition


def add_unchecked(profile: ConstraintProfile, key: Key, after: Enforceable) -> Statement:
    """Add the constraint without reading the existing rows."""
    words = "NOT VALID" if after.enforced else "NOT ENFORCED"
    definition = ddl.compose("{definition} {words}", definition=profile.define(after), words=ddl.fragment(words))
    return ddl.add_constraint(key.table_name, key.name, definition)


def _add_step(profile: ConstraintProfile, key: Key, after: Enforceable, context: RouteContext) -> Step:
    qualifier = "NOT VALID" if after.enforced else "not enforced"
    return ddl.brief(
        Verb.ADD.of(key),
        f"add {key}, {qualifier}",
        [add_unchecked(profile, key, after)],
        profile.add_locks(key, after, context),
    )


def validate_step(profile: ConstraintProfile, key: Key, after: Enforceable, context: RouteContext) -> Step:
    return Step(
        id=Verb.VALIDATE.of(key),
        title=f"validate {key}",
        action=SqlAction(statements=(ddl.validate_constraint(key.table_name, key.name),)),
        execution=ExecutionClass.SCAN,
        locks=profile.validate_locks(key, after, context),
        leaves="the constraint stays NOT VALID: it is enforced for new and changed rows",
    )


def comment_step(key: Key, constraint: str, comment: str | Unmanaged | None) -> Step:
    return ddl.brief(
        Verb.COMMENT.of(key),
        f"comment on {key}",
        [ddl.comment_on_constraint(key.table_name, constraint, comment)],
        ddl.claims(LockMode.ACCESS_SHARE, key.table_name),
    )


def _repair(profile: ConstraintProfile, key: Key, after: Enforceable, context: RouteContext) -> Repair | None:
    """Return the repair of the rows that violate the constraint, if the file declares one; `key` is its own."""
    if not after.validated or profile.violating is None:
        return None
    violating = profile.violating
    return repair_of(key, context, lambda: violating(key, after, context))


def _add_constraint(
    profile: ConstraintProfile,
    objects: Objects,
    key: Key,
    after: Enforceable,
    context: RouteContext,
    repair: Repair | None,
    *,
    owner: Key,
) -> RouteBuilder:
    """Start from `objects` without the constraint `key` of the object `owner`: add, validate and comment on it."""
    bare = replace(after, comment=None)
    parts = profile.adopted(key, after, context)
    if parts is not None:
        builder = _add_by_partition(profile, {**objects, key: None}, key, bare, parts, context, repair)
    else:
        builder = RouteBuilder("as it is" if objects else "absent", {**objects, key: None})
        _add_and_validate(profile, builder, key, bare, context, repair, owner=owner)
    if after.comment is not None:
        builder.then(comment_step(key, key.name, after.comment), "commented", {key: after})
    return builder


def _add_and_validate(
    profile: ConstraintProfile,
    builder: RouteBuilder,
    key: Key,
    bare: Enforceable,
    context: RouteContext,
    repair: Repair | None,
    *,
    owner: Key,
    replaced: Enforceable | None = None,
) -> None:
    add = _add_step(profile, key, bare, context)
    add = add if replaced is None else add.replacing(key, replaced, bare)
    if repair is not None:
        repair.add_first(builder)
    builder.then(add, "not valid", {key: replace(bare, validated=False)})
    if repair is not None:
        repair.add_to(builder)
    if bare.validated:
        builder.then(_validation(profile, key, owner, bare, context), "valid", {key: bare})


def _validation(
    profile: ConstraintProfile, key: Key, owner: Key, after: Enforceable, context: RouteContext
) -> Step:
    """Return the step that validates the constraint `key` of the object `owner`, if need be only once no row violates
    it."""
    return replace(
        validate_step(profile, key, after, context), only_if_clean=_waits(profile, owner, after, context)
    )


def _waits(profile: ConstraintProfile, key: Key, after: Enforceable, context: RouteContext) -> bool:
    """Whether the constraint may stay NOT VALID. That of a partitioned table which is built from valid constraints of
    its partitions cannot."""
    return profile.violating is not None and waits(key, context) and profile.adopted(key, after, context) is None


def _add_by_partition(
    profile: ConstraintProfile,
    objects: Objects,
    key: Key,
    bare: Enforceable,
    parts: Sequence[Key],
    context: RouteContext,
    repair: Repair | None,
) -> RouteBuilder:
    """Add the constraint of each partition; then that of the partitioned table, which takes them over without
    reading rows again.

    A state has only the current partition: there may be hundreds.
    """
    live = {part: _by_then(part, context) for part in parts}
    missing = [part for part, found in live.items() if found is None or not found.is_validated()]
    builder = RouteBuilder(
        "as it is" if len(objects) > 1 else "absent", {**objects, **{part: live[part] for part in missing[:1]}}
    )
    for part, following in zip(missing, [*missing[1:], None], strict=False):
        found, after = live[part], {following: live[following]} if following else {}
        if found is None:
            step = _add_step(profile, part, bare, context)
            builder.then(step, "not valid", {part: replace(bare, validated=False)})
        if repair is not None and profile.violating is not None:
            repair.add_to(builder, part, profile.violating(part, bare, context))
        builder.then(
            validate_step(profile, part, bare, context),
            f"valid on {part.table_name}",
            {part: replace(_as_constraint(found or bare), validated=True), **after},
        )
        builder.forget(part)
    return builder.then(adopt_step(profile, key, bare, context), "valid", {key: bare})


def _by_then(part: Key, context: RouteContext) -> Definition | None:
    """Return the constraint of a partition before that of the partitioned table is added. One that the file declares
    for the partition is made before."""
    found = context.live.objects.get(part)
    return context.target.get(part) if found is None and part in context.declared else found


def adopt_step(profile: ConstraintProfile, key: Key, bare: Enforceable, context: RouteContext) -> Step:
    """Build the constraint of the partitioned table from those of its partitions."""
    return ddl.brief(
        Verb.ADD.of(key),
        f"add {key}, which takes over the foreign keys of its partitions",
        [ddl.add_constraint(key.table_name, key.name, profile.define(bare))],
        profile.adopt_locks(key, bare, context),
    )


def _data_guards(
    profile: ConstraintProfile, key: Key, after: Enforceable, context: RouteContext, repair: Repair | None
) -> Sequence[Guard]:
    """Return the data checks. Rows that a repair changes do not refuse the plan."""
    if not after.validated:
        return ()
    found = profile.guards(key, after, context)
    if _waits(profile, key, after, context) and profile.violating is not None:
        hazard = profile.violating(key, after, context).hazard
        return [waiting(guard, hazard) for guard in found]
    return found if repair is None else repair.guards(found)


def _create(profile: ConstraintProfile, change: Change, context: RouteContext) -> Route:
    after = _as_constraint(change.after)
    repair = _repair(profile, change.key, after, context)
    builder = _add_constraint(profile, {}, change.key, after, context, repair, owner=change.key)
    return builder.build(change, guards=_data_guards(profile, change.key, after, context, repair))


def _validate(profile: ConstraintProfile, change: Change, context: RouteContext) -> Route:
    before, after = _as_constraint(change.before), _as_constraint(change.after)
    key = change.key
    repair = _repair(profile, key, after, context)
    builder = RouteBuilder("not valid", {key: before})
    if repair is not None:
        repair.add_to(builder)
    builder.then(_validation(profile, key, key, after, context), "valid", {key: replace(before, validated=True)})
    if after.comment != before.comment:
        builder.then(comment_step(key, key.name, after.comment), "commented", {key: after})
    return builder.build(change, guards=_data_guards(profile, key, after, context, repair))


def rename(change: Change, context: RouteContext, *, inherited: bool = False) -> Route:
    """Return the route of a constraint that gets another name."""
    assert change.renamed_from is not None
    old = change.key._replace(name=change.renamed_from)
    passed_on = inherited and change.after is not None and change.after.passes_on()
    tables = context.live.tree(old.table_name) if passed_on else (old.table_name,)
    step = ddl.brief(
        Verb.RENAME.of(old),
        f"rename {old} to {display(change.key.name)}",
        [ddl.rename_constraint(old.table_name, old.name, change.key.name)],
        ddl.claims(LockMode.ACCESS_EXCLUSIVE, *tables),
    )
    builder = RouteBuilder("old name", {old: change.before, change.key: None})
    return builder.then(step, "new name", {old: None, change.key: change.after}).build(change)


def drop_constraint_step(key: Key, locks: Sequence[LockClaim]) -> Step:
    return ddl.brief(Verb.DROP.of(key), f"drop {key}", [ddl.drop_constraint(key.table_name, key.name)], locks)


def _drop(profile: ConstraintProfile, change: Change, context: RouteContext) -> Route:
    before = _as_constraint(change.before)
    step = drop_constraint_step(change.key, profile.drop_locks(change.key, before, context))
    hazard = Hazard(kind=CONSTRAINT_DROPPED, detail=str(change.key))
    builder = RouteBuilder("present", {change.key: before}).then(step, "absent", {change.key: None})
    return builder.build(change, hazards=[hazard])


def _alter(profile: ConstraintProfile, change: Change, context: RouteContext) -> Route:
    key, before, after = change.key, _as_constraint(change.before), _as_constraint(change.after)
    in_place = profile.alter_in_place(change, context.live)
    if in_place is not None:
        step = ddl.brief(Verb.ALTER.of(key), f"alter {key}", *in_place)
        builder = RouteBuilder("as it is", {key: before}).then(step, "as declared", {key: after})
        return builder.build(change, hazards=_given_up(key, before, after))
    if not (before.enforced and after.enforced) and _is_partitioned(profile, key, context):
        return _drop_first(profile, change, before, after, context)
    return _replace(profile, change, before, after, context)


def _drop_first(
    profile: ConstraintProfile, change: Change, before: Enforceable, after: Enforceable, context: RouteContext
) -> Route:
    """A constraint that was not, or will no longer be, enforced need not stay in force during the change. A
    successor cannot exist next to it: PostgreSQL would build the successor from the partitions' existing
    constraints, which it rejects."""
    key, bare = change.key, replace(after, comment=None)
    builder = RouteBuilder("as it is", {key: before})
    builder.then(drop_constraint_step(key, profile.drop_locks(key, before, context)), "absent", {key: None})
    repair = _repair(profile, key, after, context)
    _add_and_validate(profile, builder, key, bare, context, repair, owner=key, replaced=before)
    if after.comment is not None:
        builder.then(comment_step(key, key.name, after.comment), "commented", {key: after})
    return builder.build(
        change, guards=_data_guards(profile, key, after, context, repair), hazards=_given_up(key, before, after)
    )


def _replace(
    profile: ConstraintProfile, change: Change, before: Enforceable, after: Enforceable, context: RouteContext
) -> Route:
    """The successor is complete before the old constraint is dropped, so the constraint is in force at any time."""
    key, successor = change.key, building(change.key)
    repair = _repair(profile, key, after, context)
    builder = _add_constraint(profile, {key: before}, successor, after, context, repair, owner=key)
    swap = ddl.brief(
        Verb.REPLACE.of(key),
        f"swap in the new {key}",
        [
            ddl.drop_constraint(key.table_name, key.name),
            ddl.rename_constraint(key.table_name, successor.name, key.name),
            *_renamed_parts(profile, key, after, context),
        ],
        profile.drop_locks(key, before, context),
    ).replacing(key, before, after, successor.name)
    builder.then(swap, "as declared", {key: after, successor: None})
    return builder.build(
        change, guards=_data_guards(profile, key, after, context, repair), hazards=_given_up(key, before, after)
    )


def _given_up(key: Key, before: Enforceable, after: Enforceable) -> tuple[Hazard, ...]:
    """A constraint that is no longer enforced counts as dropped."""
    if after.enforced or not before.enforced:
        return ()
    return (Hazard(kind=CONSTRAINT_DROPPED, detail=f"{key} will not be enforced"),)


def _renamed_parts(
    profile: ConstraintProfile, key: Key, after: Enforceable, context: RouteContext
) -> list[Statement]:
    """Rename the foreign keys of partitions at every level as well. PostgreSQL renames checks by itself. What it takes
    over from a partition keeps its name, and so do the parts below."""
    if not _is_partitioned(profile, key, context):
        return []
    successor = building(key)
    below = [table.name for table in context.live.below(key.table_name)]
    if successor in context.live.objects:  # of an interrupted run
        names = (key.kind, successor.name)
        parts = {one.table_name for one in context.live.inherited if (one.kind, one.name) == names}
    else:
        taken = [one for one in below if constraint_taken_over(successor, one, after, context) is not None]
        parts = {*below}.difference(*(context.live.tree(one) for one in taken))
    return [ddl.rename_constraint(one, successor.name, key.name) for one in below if one in parts]


def constraint_taken_over(key: Key, partition: TableName, after: Enforceable, context: RouteContext) -> Key | None:
    """Return the constraint that a partition has for itself, or gets, and that becomes a part of the new constraint
    `key`: whatever changes it is done before. Of several, PostgreSQL takes the first one by name."""
    declared = {own: one for own, one in context.declared.items() if own.table_name == partition}
    renamed = {one.renamed_from: own.name for own, one in declared.items()}
    live = (own._replace(name=renamed.get(own.name, own.name)) for own in context.live.on(partition))
    found = {*declared, *live}
    return min(
        (
            own
            for own in found
            if own.name != key.name and own in context.target and after.takes_over(context.target[own])
        ),
        default=None,
    )


def _is_partitioned(profile: ConstraintProfile, key: Key, context: RouteContext) -> bool:
    """Whether each partition has its own constraint."""
    table = context.live.tables.get(key.table_name)
    return profile.by_partition and table is not None and table.is_partitioned


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidatedRouter:
    """The router of a kind with this profile. `probing` creates the object on copies of its tables."""

    profile: ConstraintProfile
    probing: Callable[[Key, Definition, Mapping[TableName, TableName]], Sequence[Statement]]

    def route(self, change: Change, context: RouteContext) -> Route:
        return route(self.profile, change, context)

    def probe(self, key: Key, definition: Definition, copies: Mapping[TableName, TableName]) -> Sequence[Statement]:
        return self.probing(key, definition, copies)
