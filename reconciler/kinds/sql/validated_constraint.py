"""Routes of the constraints that are added NOT VALID and validated later: checks and foreign keys.

Adding and validating are never in one transaction: the strong lock would be held through the scan. For the same reason
one that is to be enforced gets a successor: ALTER CONSTRAINT … ENFORCED would read all rows under ACCESS EXCLUSIVE.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from reconciler.kinds.check.definition import Check
from reconciler.kinds.foreign_key.definition import ForeignKey
from reconciler.kinds.sql import ddl
from reconciler.kinds.sql.routing import RouteBuilder, Surroundings
from reconciler.model.change import Action, Change
from reconciler.model.definition import Definition, Unmanaged
from reconciler.model.hazards import CONSTRAINT_DROPPED, Hazard
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import BUILDING_SUFFIX, Key, cut, display
from reconciler.model.plan import ExecutionClass, Expected, Guard, Like, Route, Statement, Step

Constraint = Check | ForeignKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What differs between the kinds. `define` gives the SQL after `ADD CONSTRAINT name`, without `NOT VALID` and
    `NOT ENFORCED`.

    `alter_in_place` gives statements and locks for differences that need no successor, or None for others."""

    define: Callable[[Constraint], ddl.Sql]
    add_locks: Callable[[Key, Constraint], tuple[LockClaim, ...]]
    validate_locks: Callable[[Key, Constraint], tuple[LockClaim, ...]]
    drop_locks: Callable[[Key, Constraint], tuple[LockClaim, ...]]
    guards: Callable[[Key, Constraint, Surroundings], Sequence[Guard]]
    alter_in_place: Callable[[Change], tuple[tuple[Statement, ...], tuple[LockClaim, ...]] | None]


def building(key: Key) -> Key:
    """The key that a successor has until it takes the name."""
    return replace(key, name=cut(key.name, BUILDING_SUFFIX))


def route(traits: Traits, change: Change, around: Surroundings) -> Route:
    match change.action:
        case Action.CREATE:
            return _create(traits, change, around)
        case Action.VALIDATE:
            return _validate(traits, change, around)
        case Action.RENAME:
            return rename(change)
        case Action.DROP:
            return _drop(traits, change)
        case Action.ALTER:
            return _alter(traits, change, around)


def _as_constraint(definition: Definition | None) -> Constraint:
    assert isinstance(definition, Check | ForeignKey)
    return definition


def _add_step(traits: Traits, key: Key, after: Constraint) -> Step:
    words, said = ("NOT VALID", "not valid yet") if after.enforced else ("NOT ENFORCED", "not enforced")
    definition = ddl.compose("{definition} {words}", definition=traits.define(after), words=ddl.fragment(words))
    return ddl.brief(
        f"add {key}",
        f"add {key}, {said}",
        [ddl.add_constraint(key.table_name, key.name, definition)],
        traits.add_locks(key, after),
    )


def _validate_step(traits: Traits, key: Key, after: Constraint) -> Step:
    return Step(
        id=f"validate {key}",
        title=f"validate {key}",
        statements=(ddl.validate_constraint(key.table_name, key.name),),
        execution=ExecutionClass.SCAN,
        locks=traits.validate_locks(key, after),
        leaves="the constraint stays NOT VALID: it is enforced for new and changed rows",
    )


def comment_step(key: Key, constraint: str, comment: str | Unmanaged | None) -> Step:
    return ddl.brief(
        f"comment on {key}",
        f"comment on {key}",
        [ddl.comment_on_constraint(key.table_name, constraint, comment)],
        ddl.claims(LockMode.ACCESS_SHARE, key.table_name),
    )


def _grow(traits: Traits, builder: RouteBuilder, key: Key, after: Constraint) -> RouteBuilder:
    """Add, validate and comment on a constraint under `key`."""
    bare = replace(after, comment=None)
    label = "not valid" if after.enforced else "not enforced"
    builder.then(_add_step(traits, key, after), label, {key: replace(bare, validated=False)})
    if after.validated:
        builder.then(_validate_step(traits, key, after), "valid", {key: bare})
    if after.comment is not None:
        builder.then(comment_step(key, key.name, after.comment), "commented", {key: after})
    return builder


def _data_guards(traits: Traits, key: Key, after: Constraint, around: Surroundings) -> Sequence[Guard]:
    return traits.guards(key, after, around) if after.validated else ()


def _create(traits: Traits, change: Change, around: Surroundings) -> Route:
    after = _as_constraint(change.after)
    builder = _grow(traits, RouteBuilder("absent", {change.key: None}), change.key, after)
    return builder.build(change, guards=_data_guards(traits, change.key, after, around))


def _validate(traits: Traits, change: Change, around: Surroundings) -> Route:
    before, after = _as_constraint(change.before), _as_constraint(change.after)
    key = change.key
    builder = RouteBuilder("not valid", {key: before})
    builder.then(_validate_step(traits, key, after), "valid", {key: replace(before, validated=True)})
    if after.comment != before.comment:
        builder.then(comment_step(key, key.name, after.comment), "commented", {key: after})
    return builder.build(change, guards=_data_guards(traits, key, after, around))


def rename(change: Change) -> Route:
    """The route of a constraint that gets another name."""
    assert change.renamed_from is not None
    old = replace(change.key, name=change.renamed_from)
    step = ddl.brief(
        f"rename {old} to {display(change.key.name)}",
        f"rename {old} to {display(change.key.name)}",
        [ddl.rename_constraint(old.table_name, old.name, change.key.name)],
        ddl.claims(LockMode.ACCESS_EXCLUSIVE, old.table_name),
    )
    builder = RouteBuilder("old name", {old: change.before, change.key: None})
    return builder.then(step, "new name", {old: None, change.key: change.after}).build(change)


def drop_step(key: Key, locks: Sequence[LockClaim]) -> Step:
    return ddl.brief(f"drop {key}", f"drop {key}", [ddl.drop_constraint(key.table_name, key.name)], locks)


def _drop(traits: Traits, change: Change) -> Route:
    before = _as_constraint(change.before)
    step = drop_step(change.key, traits.drop_locks(change.key, before))
    hazard = Hazard(kind=CONSTRAINT_DROPPED, detail=str(change.key))
    builder = RouteBuilder("present", {change.key: before}).then(step, "absent", {change.key: None})
    return builder.build(change, hazards=[hazard])


def _alter(traits: Traits, change: Change, around: Surroundings) -> Route:
    key, before, after = change.key, _as_constraint(change.before), _as_constraint(change.after)
    if before == after:
        return _tidy(traits, change, around)
    in_place = traits.alter_in_place(change)
    if in_place is not None:
        step = ddl.brief(f"alter {key}", f"alter {key}", *in_place)
        builder = RouteBuilder("as it is", {key: before}).then(step, "as declared", {key: after})
        return builder.build(change, hazards=_given_up(key, before, after))
    return _replace(traits, change, before, after, around)


def _replace(traits: Traits, change: Change, before: Constraint, after: Constraint, around: Surroundings) -> Route:
    """The successor is complete before the old constraint goes, so the rule holds all the time."""
    key, successor = change.key, building(change.key)
    builder = _grow(traits, RouteBuilder("as it is", {key: before, successor: None}), successor, after)
    swap = ddl.brief(
        f"replace {key}",
        f"replace {key} by its successor",
        [
            ddl.drop_constraint(key.table_name, key.name),
            ddl.rename_constraint(key.table_name, successor.name, key.name),
        ],
        traits.drop_locks(key, before),
    )
    builder.then(swap, "as declared", {key: after, successor: None})
    return builder.build(
        change, guards=_data_guards(traits, key, after, around), hazards=_given_up(key, before, after)
    )


def _given_up(key: Key, before: Constraint, after: Constraint) -> tuple[Hazard, ...]:
    """What is not enforced any more is as good as dropped."""
    if after.enforced or not before.enforced:
        return ()
    return (Hazard(kind=CONSTRAINT_DROPPED, detail=f"{key}, which is to be there without being enforced"),)


def _tidy(traits: Traits, change: Change, around: Surroundings) -> Route:
    """Remove the successor that an earlier run left behind and that is no longer wanted."""
    leftover = building(change.key)
    states: Mapping[Key, Expected] = {change.key: change.after, leftover: Like()}
    live = _as_constraint(around.live.objects[leftover])
    step = drop_step(leftover, traits.drop_locks(leftover, live))
    return RouteBuilder("leftover", states).then(step, "tidy", {leftover: None}).build(change)
