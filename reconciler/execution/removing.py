"""Removes only the remnant of an unfinished build of this tool."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reconciler.kinds.base.ddl import drop_index_concurrently
from reconciler.model.definition import Definition
from reconciler.model.errors import Diverged, Refused
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import Key
from reconciler.model.plan import JournalAt
from reconciler.model.route import Route
from reconciler.model.rules.dependencies import INVALID_INDEX
from reconciler.postgres.facts.journal import why_not_ours
from reconciler.postgres.session import Session


def removal(
    session: Session,
    route: Route,
    built: Key,
    found: Definition | None,
    journal: JournalAt,
    diverged: Callable[[Route], Diverged],
) -> Sequence[str]:
    """Return the statement that removes the invalid index of a build; none if no such index exists.

    Raises `Refused` if the object that was `found` may not be removed, and the error that `diverged` returns if it is
    not what the route builds, or is valid.
    """
    if found is None:
        return ()
    built_by_route = [state.objects.get(built) for state in route.states]
    if (
        found.index_status() is not IndexStatus.INVALID
        or found.with_index_status(IndexStatus.VALID) not in built_by_route
    ):
        raise diverged(route)
    refuse_unproved(session, built, journal)
    return (str(drop_index_concurrently(built.schema, built.name)),)


def refuse_unproved(session: Session, key: Key, journal: JournalAt) -> None:
    """Raise `Refused` unless the journal proves that an unfinished build of this tool left this invalid index."""
    why = why_not_ours(session, key, journal)
    if why is not None:
        drop = drop_index_concurrently(key.schema, key.name)
        raise Refused(
            f"{key} is invalid, and {why}",
            rule=INVALID_INDEX,
            hint=f"if no session is building it, drop it by hand: {drop};",
        )
