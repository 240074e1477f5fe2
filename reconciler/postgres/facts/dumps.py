"""What stands against a dump of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reconciler.model.facts.dumps import UnprovedInDump
from reconciler.postgres.session import Session
from reconciler.postgres.unproved import unproved


def unproved_in_dumps(
    session: Session, asked: Sequence[UnprovedInDump]
) -> Mapping[UnprovedInDump, tuple[str, ...]]:
    return {each: tuple(unproved(session, each.table)) for each in asked}
