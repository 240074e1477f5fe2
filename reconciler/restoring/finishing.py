"""Completes a plan of the way back: the event triggers that its steps fire, and its digest."""

from __future__ import annotations

from dataclasses import replace

from reconciler.model.content import plan_digest
from reconciler.model.facts import Answers
from reconciler.model.options import DEFAULTS
from reconciler.model.plan import Note, Plan
from reconciler.model.rules.notes import FIRES_EVENT_TRIGGERS, NO_PAUSES
from reconciler.model.state import LiveState
from reconciler.planning.event_triggers import fired_event_triggers
from reconciler.planning.pauses import pause_notes
from reconciler.planning.rounds import in_one_set
from reconciler.postgres.facts import LiveFacts
from reconciler.postgres.session import Session


def finish_plan(session: Session, plan: Plan) -> Plan:
    """Return the plan with its digest, and with notes about the event triggers that all of its steps fire, and about
    pauses that its batches do not make."""

    def fired(answers: Answers) -> tuple[Note, ...]:
        return tuple(fired_event_triggers(answers, plan.routes))

    facts = LiveFacts(session=session, options=DEFAULTS, live=LiveState(tables={}, objects={}))
    others = tuple(note for note in plan.notes if note.rule not in (FIRES_EVENT_TRIGGERS, NO_PAUSES))
    digest = str(plan_digest(session.server, plan))
    notes = (*others, *in_one_set(facts, fired), *pause_notes(session.server, plan.routes))
    return replace(plan, notes=notes, digest=digest)
