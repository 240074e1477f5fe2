"""Removes what an unfinished build of ours has left, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from reconciler.execution.failures import diverged
from reconciler.kinds.base.ddl import drop_index_concurrently
from reconciler.model.definition import Definition
from reconciler.model.errors import Refused
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import Key
from reconciler.model.plan import JournalAt, Route
from reconciler.model.rules.dependencies import INVALID_INDEX
from reconciler.postgres.facts.journal import why_not_ours
from reconciler.postgres.session import Session


def removal(
    session: Session, route: Route, built: Key, found: Definition | None, journal: JournalAt
) -> Sequence[str]:
    """The statement that removes the invalid index that a build has left; none if there is nothing of the name.

    Raises `Refused` if what was `found` there is not what the route builds, or is not invalid, or may not be ours.
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
    """Raise `Refused` unless the journal shows that an unfinished build of ours made this invalid index."""
    why = why_not_ours(session, key, journal)
    if why is not None:
        drop = drop_index_concurrently(key.schema, key.name)
        raise Refused(
            f"{key} is invalid, and {why}",
            rule=INVALID_INDEX,
            hint=f"if no session is building it, drop it by hand: {drop};",
        )
