"""Roles that one index of a table has: the index that CLUSTER uses, and the table's replica identity.

Giving such a role to one index removes it from another, which is refused unless the file removes the role there.
Changes that PostgreSQL would reject are refused as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reconciler.kinds import purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change
from reconciler.model.effects import Resource, Sort
from reconciler.model.index_facts import IndexRole
from reconciler.model.names import Key, display
from reconciler.model.plan import Refusal
from reconciler.model.rules.dependencies import CONFLICT, STILL_REFERENCED
from reconciler.model.state import Declared
from reconciler.planning.target import Target

_ROLES = {
    IndexRole.CLUSTERED: "the index that its table is clustered by",
    IndexRole.REPLICA_IDENTITY: "its table's replica identity",
}


def with_roles_taken(changes: Sequence[Change]) -> list[Change]:
    """Return the changes, with the drops of objects whose replica identity another object takes before the drop."""
    identity = IndexRole.REPLICA_IDENTITY
    taken = {one.key.table_name for one in changes if one.after is not None and identity in one.after.roles()}
    return [
        replace(one, before=one.before.with_roles(one.before.roles() - {identity}))
        if one.action is Action.DROP and one.before is not None and one.key.table_name in taken
        else one
        for one in changes
    ]


def misplaced_roles(
    changes: Sequence[Change], declared: Mapping[Key, Declared], target: Target
) -> Iterator[Refusal]:
    """Return refusals of changes that would take a role from another object, or give it to an object that cannot
    have it; and of drops of not-nulls that a replica identity needs."""
    for change in changes:
        if change.action is Action.DROP:
            yield from _needed(change, target)
        elif (
            change.after is not None and change.key in target.objects
        ):  # otherwise the object is only renamed, and dropped later
            for role in sorted(change.after.roles()):
                yield from _refused(change, role, declared, target)


def identifying(column: Resource, target: Target) -> list[Key]:
    """Return the objects that are their table's replica identity after the plan, and rely on this not-null."""
    return sorted(
        key for key in target.relying_on(column) if IndexRole.REPLICA_IDENTITY in target.objects[key].roles()
    )


def _needed(change: Change, target: Target) -> Iterator[Refusal]:
    offered = change.before.offers(change.key) if change.before is not None else ()
    for column in (one for one in offered if one.sort is Sort.NOT_NULL):
        for key in identifying(column, target):
            yield Refusal(
                rule=STILL_REFERENCED,
                key=change.key,
                place=change.place,
                cause=f"{change.key} cannot be dropped: {key} is its table's replica identity, which does not "
                "allow NULL",
                remedy="remove it from `absent`, or remove that index's role: `replica_identity: null`",
            )


def _refused(
    change: Change, role: IndexRole, declared: Mapping[Key, Declared], target: Target
) -> Iterator[Refusal]:
    key = change.key
    place = declared[key].place_of(role) if key in declared else change.place
    for other in _others(change, role, target):
        name = display(other.name) if other.name else "the primary key"
        yield Refusal(
            rule=CONFLICT,
            key=key,
            place=place,
            cause=f"{other} is, or is declared as, {_ROLES[role]}, and a table has only one",
            remedy=f"declare `{role}: null` for {name}, or remove `{role}` here",
        )
    for reason in _reasons(change, role, target):
        yield Refusal(
            rule=CONFLICT,
            key=key,
            place=place,
            cause=f"{key} cannot be {_ROLES[role]}: {reason}",
            remedy=f"change that in the file, or write `{role}: null`",
        )


def _others(change: Change, role: IndexRole, target: Target) -> list[Key]:
    """Return the other objects that have the role after the plan, if the object did not have it before."""
    if change.before is not None and role in change.before.roles():
        return []
    objects = target.on(change.key.table_name)
    return sorted(other for other, one in objects.items() if role in one.roles() and other != change.key)


def _reasons(change: Change, role: IndexRole, target: Target) -> Iterator[str]:
    assert change.after is not None
    yield from change.after.why_not(role)
    if role is IndexRole.REPLICA_IDENTITY:
        for column in change.after.relies_on(change.key):
            if column.sort is Sort.NOT_NULL and not _is_not_null(column, target):
                yield f"column {display(column.what)} may be null"


def _is_not_null(column: Resource, target: Target) -> bool:
    """Whether the column has a not-null after the plan, or a primary key, which brings one."""
    keys = (key for key in target.relying_on(column) if purpose_of(key) is Purpose.IDENTIFIES_ROWS)
    return bool(target.offering(column)) or any(keys)
