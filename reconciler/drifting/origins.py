"""Says who changed the objects that differ, as far as the journal tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any

from reconciler.execution.last_steps import LastStep, last_steps
from reconciler.model.as_json import definition_as_json
from reconciler.model.change import Action, Change
from reconciler.model.controls import shown
from reconciler.model.errors import Refused, UsageError
from reconciler.model.names import JOURNAL_TABLE, Key, display
from reconciler.model.plan import Note, Plan
from reconciler.model.rules.notes import CHANGED_OUTSIDE
from reconciler.postgres.journal_check import journal_exists
from reconciler.postgres.session import Session

_DONE = {
    Action.CREATE: "created",
    Action.ALTER: "altered",
    Action.RENAME: "renamed",
    Action.VALIDATE: "validated",
    Action.DROP: "dropped",
}


def origin_notes(session: Session, plan: Plan) -> Iterator[Note]:
    """Return a note for each object that differs and that a run changed, and one for the others together."""
    changes = {route.change.key: route.change for route in plan.routes}
    if not changes:
        return
    where = f"{display(plan.journal.schema)}.{JOURNAL_TABLE}"
    if not journal_exists(session, plan.journal.schema):
        yield _general(f"there is no journal {where}, so nothing is known of who changed these objects")
        return
    try:
        steps = last_steps(session, plan.journal, list(changes))
    except (Refused, UsageError) as error:
        yield _general(f"nothing is known of who changed these objects, because {error.message}")
        return
    for key, change in changes.items():
        if key in steps:
            yield Note(rule=CHANGED_OUTSIDE, key=key, place=change.place, message=_message(change, steps[key]))
    if unknown := [key for key in changes if key not in steps]:
        yield _general(_unknown(unknown, where))


def _general(message: str) -> Note:
    return Note(rule=CHANGED_OUTSIDE, key=None, place=None, message=message)


def _unknown(keys: list[Key], where: str) -> str:
    others = f" and {len(keys) - 1} other object{'s' if len(keys) > 2 else ''}" if len(keys) > 1 else ""
    return f"no run in the journal {where} has changed {keys[0]}{others}"


def _message(change: Change, step: LastStep) -> str:
    done = next((word for action, word in _DONE.items() if action == step.action), "changed")
    time = step.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    who = shown(f"{done} by run {step.run_id or '?'} on {time} UTC as role {step.user or '?'}")
    return f"{who}; {_since(change, step)}"


def _since(change: Change, step: LastStep) -> str:
    """Return what has happened since that step, by comparing what it left with the file and the database."""
    before, after = definition_as_json(change.before), definition_as_json(_declared(change))
    if step.action == Action.DROP:
        return "the file has changed since" if before is None else "created again outside reconcile since"
    if before is None or change.renamed_from is not None:  # another object may take its place
        return "dropped or renamed outside reconcile since"
    if not isinstance(step.after, dict):
        return "it has changed since"
    if _same(before, step.after):
        return "the file has changed since"
    if after is None or _same(after, step.after):
        return "changed outside reconcile since"
    return "the file has changed since, and so has the database, or its own wording of an expression"


def _declared(change: Change) -> Any:
    return None if change.action is Action.DROP else change.after


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two definitions are the same in each attribute that both have: files omit some."""
    return all(one[name] == other[name] for name in one.keys() & other.keys())
