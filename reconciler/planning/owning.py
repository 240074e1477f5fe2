"""The owners of the objects that a plan alters: statistics may belong to another role than their table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reconciler.kinds.base.ddl import name, relation, text_of
from reconciler.model.change import Action, Change, former_key
from reconciler.model.definition import Definition
from reconciler.model.effects import Resource, Sort, schema_of
from reconciler.model.facts import Answers
from reconciler.model.facts.rights import Owner, OwnerOf
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Refusal
from reconciler.model.server import Server
from reconciler.model.state import LiveState
from reconciler.planning.completion import is_replaced
from reconciler.planning.refusals import missing_privilege

_NAMED = 5
"""If a role does not own tables, this many of their names are printed."""


def statistics_names(key: Key, definition: Definition | None) -> set[Resource]:
    names = definition.names(key) if definition is not None else set()
    return {one for one in names if one.sort is Sort.STATISTICS_NAME}


def altered_statistics(changes: Sequence[Change], live: LiveState) -> dict[OwnerOf, Change]:
    """Return who owns the statistics that change: not always the owner of their table."""
    found: dict[OwnerOf, Change] = {}
    for change in changes:
        dropping = change.action is Action.DROP or is_replaced(change, live)
        for one in sorted(statistics_names(former_key(change), change.before)):
            named = TableName(schema=schema_of(one), name=one.what)
            found[OwnerOf(table=named, statistics=True, dropping=dropping)] = change
    return found


def not_owned(answers: Answers, wanted: Mapping[OwnerOf, Change], server: Server) -> Iterator[Refusal]:
    """Return a refusal for each role that owns tables or statistics which the session's role does not own."""
    asked = sorted(wanted, key=lambda one: one.table)
    owned: dict[Owner, list[OwnerOf]] = {}
    for one, owner in zip(asked, answers.of(asked), strict=True):
        if owner is not None and not owner.held:
            owned.setdefault(owner, []).append(one)
    for owner, objects in owned.items():
        several, left = len(objects) > 1, len(objects) - _NAMED
        listed = ", ".join(map(_owned_name, objects[:_NAMED] if left > 1 else objects))
        more = "more objects" if any(one.statistics for one in objects) else "more tables"
        listed += f" and {left} {more}" if left > 1 else ""
        role, belong = server.info.user, "belong" if several else "belongs"
        change = wanted[objects[0]]
        yield missing_privilege(
            None if several else change.key,
            None if several else change.place,
            f"role {role} does not own {listed}, which {belong} to role {owner.role}",
            f"connect as {owner.role}, or run " + "\n".join(_to_own(objects, owner, server)),
        )


def _owned_name(one: OwnerOf) -> str:
    return f"statistics {one.table}" if one.statistics else str(one.table)


def _to_own(objects: Sequence[OwnerOf], owner: Owner, server: Server) -> list[str]:
    """Return the statements that let the role act as the owner. Membership in a superuser would grant far too
    much."""
    if owner.superuser:
        role = text_of(name(server.info.user))
        return [
            f"ALTER {'STATISTICS' if one.statistics else 'TABLE'} {text_of(relation(one.table))} OWNER TO {role};"
            for one in objects
        ]
    return [membership(owner, server)]


def membership(owner: Owner, server: Server) -> str:
    """Return the statement that gives the role the rights of the owner."""
    role, owning = text_of(name(server.info.user)), text_of(name(owner.role))
    if not owner.member:
        return f"GRANT {owning} TO {role};"
    inherit = f"GRANT {owning} TO {role} WITH INHERIT TRUE;"
    return f"ALTER ROLE {role} INHERIT;" if server.major < 16 else inherit
