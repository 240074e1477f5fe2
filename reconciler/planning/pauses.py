"""Pauses between the batches of repairs, which a role without the right to see their reasons does not make."""

from __future__ import annotations

from collections.abc import Sequence

from reconciler.kinds.base.ddl import name, text_of
from reconciler.model.limits import ExecutionClass
from reconciler.model.names import display
from reconciler.model.plan import Note
from reconciler.model.route import Route
from reconciler.model.rules.notes import NO_PAUSES
from reconciler.model.server import Server


def pause_notes(server: Server, routes: Sequence[Route]) -> list[Note]:
    """Return a note if batches would pause for standbys and autovacuum, but the role cannot see these."""
    batched = any(step.execution is ExecutionClass.BATCHED for route in routes for step in route.steps)
    if not batched or server.reads_statistics:
        return []
    role = server.info.user
    message = (
        f"role {display(role)} may not see how far standbys are behind, nor what autovacuum does: its repairs do not "
        f"pause for them; to make them pause, run GRANT pg_monitor TO {text_of(name(role))}"
    )
    return [Note(rule=NO_PAUSES, key=None, place=None, message=message)]
