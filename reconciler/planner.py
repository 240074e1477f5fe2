"""Plans against a server: reads the live state, and answers the questions of `planning`."""

from __future__ import annotations

from collections.abc import Callable

from reconciler.kinds.rules import check_accepted
from reconciler.model.listening import DataChecks, unheard
from reconciler.model.options import DEFAULTS, Options
from reconciler.model.plan import Plan
from reconciler.model.state import DesiredState, LiveState
from reconciler.planning.plan import plan
from reconciler.postgres.catalog import read_state
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
    return plan(facts, session.server, desired, live, options, applying=applying)
