"""The journal's vocabulary: the entries about a run and about a step, whoever writes them."""

from __future__ import annotations

from reconciler.model.as_json import definition_as_json
from reconciler.model.change import Change
from reconciler.model.names import Key, display
from reconciler.model.plan import Step

RUN_STEP = "run"
"""The step name of the entries for a run as a whole."""


def migration_name(digest: str) -> str:
    """Return the journal's name for a run of the plan with this digest."""
    return f"reconcile {digest.rpartition(':')[2][:12]}"


def built_relation(key: Key) -> str:
    """Return the journal's name for the relation that a step builds."""
    return f"{display(key.schema)}.{display(key.name)}"


def about(change: Change, step: Step) -> dict[str, object]:
    """Return the journal's data about a step: its id and title, the object of its change before and after, and the
    relation that it builds."""
    details: dict[str, object] = {
        "step": {"verb": step.id.verb.value, **step.id.key._asdict()},
        "title": step.title,
        "object": str(change.key),
        "schema": change.key.schema,
        "table": change.key.table,
        "action": change.action.value,
        "before": definition_as_json(change.before),
        "after": definition_as_json(change.after),
        "place": str(change.place),
    }
    return details if step.builds is None else {**details, "builds": built_relation(step.builds)}
