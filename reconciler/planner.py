"""Plans against a server: reads the live state, and answers the questions of `planning`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from reconciler.kinds import key_for
from reconciler.kinds.kind import Purpose
from reconciler.kinds.rules import check_accepted
from reconciler.model.listening import DataChecks, unheard
from reconciler.model.options import DEFAULTS, Options
from reconciler.model.plan import Note, Plan
from reconciler.model.retired import DetachmentState, UnfinishedDetachment
from reconciler.model.rules.notes import UNFINISHED_DETACHMENT
from reconciler.model.state import DesiredState, LiveState
from reconciler.planning.plan import plan
from reconciler.postgres.catalog import read_state
from reconciler.postgres.detaching import unfinished_detachments
from reconciler.postgres.facts import LiveFacts
from reconciler.postgres.session import Session


def make_plan(
    session: Session,
    desired: DesiredState,
    options: Options = DEFAULTS,
    *,
    live: LiveState | None = None,
    emit: Callable[[DataChecks], None] = unheard,
    applying: bool = False,
) -> Plan:
    """Read the live state, compare, order, check the data, gate. Changes nothing.

    `live` is the state of the tables that `desired` names, if it has just been read. `emit` receives the progress of
    the data checks. If `applying`, missing privileges of the role refuse the plan; otherwise they are notes.
    """
    check_accepted(options.allow)
    live = read_state(session, desired) if live is None else live
    facts = LiveFacts(session=session, options=options, live=live, emit=emit)
    made = plan(facts, session.server, desired, live, options, applying=applying)
    return replace(made, notes=(*made.notes, *_unfinished(session, made)))


def _unfinished(session: Session, plan: Plan) -> Iterator[Note]:
    """Yield a note for each partition that an interrupted run was to detach, unless the plan completes that: the rows
    are no longer those of the parent, and the file may not name the table any more."""
    completed = {route.change.key.table_name for route in plan.routes}
    for one in unfinished_detachments(session):
        is_selected = not plan.tables or any(one.table.matches(pattern) for pattern in plan.tables)
        if one.table not in completed and is_selected:
            key = key_for(Purpose.DROPS_TABLE, one.table)
            yield Note(rule=UNFINISHED_DETACHMENT, key=key, place=None, message=_about(one))


def _about(one: UnfinishedDetachment) -> str:
    restore = f"`reconcile restore {one.table}`"
    if one.state is DetachmentState.ATTACHED:
        return f"a run was interrupted before it detached it from {one.parent}: {restore} removes its mark"
    done = "was detaching it" if one.state is DetachmentState.PENDING else "has detached it"
    return (
        f"an interrupted run {done} from {one.parent}, which has its rows no longer: {restore} attaches it again; or "
        "list it under `dropped_tables` and apply, to complete the run"
    )
