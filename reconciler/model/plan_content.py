"""What a plan is bound to, and what it would do: the content that its digest stands for, as JSON's own types.

A plan file holds this content under the same keys, so that its digest can be computed again from the file alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from reconciler.model.plain import plain, plain_definition
from reconciler.model.plan import Guard, Plan, Refusal, Route, Step

Content = Mapping[str, Any]

BOUND = ("server", "journal_schema", "policy")
"""What has to be the same when a plan file is applied."""

# The keys of each part of a plan file that count; None: the value as a whole.
_STEP: Content = {"id": None, "sql": None, "execution": None, "locks": None, "builds": None}
_GUARD: Content = {"id": None, "count_sql": None, "moment": None}
_SHAPE: Content = {
    "server": {"system_identifier": None, "database": None, "database_oid": None, "user": None},
    "journal_schema": None,
    "policy": None,
    "allow": None,
    "changes": [
        {
            "action": None,
            "key": None,
            "before": None,
            "after": None,
            "states": None,
            "steps": [{**_STEP, "guards": [_GUARD], "otherwise": {"id": None, "sql": None}}],
        }
    ],
    "refusals": [{"rule": None, "cause": None}],
}


def bound_of(plan: Plan) -> Content:
    """What the plan is bound to, and the hazards that the operator accepted for it."""
    return {
        "server": plain(plan.server),
        "journal_schema": plan.journal_schema,
        "policy": plain(plan.policy),
        "allow": plain(plan.allow),
    }


def digest_of(plan: Plan) -> str:
    """SHA-256, in hexadecimal, of everything that decides where what would be done."""
    changes, refusals = map(_change, plan.routes), map(_refusal, plan.refusals)
    return digest_of_content({**bound_of(plan), "changes": list(changes), "refusals": list(refusals)})


def digest_of_content(content: Content) -> str:
    """The same of the content of a plan file. Raises `ValueError` if that is not what a plan file holds."""
    selected = json.dumps(_selected(content, _SHAPE), sort_keys=True)
    return hashlib.sha256(selected.encode()).hexdigest()


def _selected(found: Any, shape: Any) -> Any:
    match shape:
        case dict() if isinstance(found, dict) and shape.keys() <= found.keys():
            return {key: _selected(found[key], inner) for key, inner in shape.items()}
        case dict() if found is None:
            return None
        case [inner] if isinstance(found, list):
            return [_selected(one, inner) for one in found]
        case None:
            return found
    raise ValueError("a part of the plan is missing")


def _change(route: Route) -> Content:
    change = route.change
    return {
        "action": change.action.value,
        "key": plain(change.key),
        "before": plain_definition(change.before),
        "after": plain_definition(change.after),
        "states": [state.label for state in route.states],
        "steps": [_step(step) for step in route.steps],
    }


def _step(step: Step) -> Content:
    return {
        "id": step.id,
        "sql": [str(statement) for statement in step.statements],
        "execution": step.execution.value,
        "locks": [
            {"table": plain(one.table), "mode": one.mode.value, "blocks": list(one.blocks)} for one in step.locks
        ],
        "builds": plain(step.builds),
        "guards": [_guard(guard) for guard in step.guards],
        "otherwise": None if step.otherwise is None else _step(step.otherwise),
    }


def _guard(guard: Guard) -> Content:
    return {"id": guard.id, "count_sql": str(guard.count), "moment": guard.moment.value}


def _refusal(refusal: Refusal) -> Content:
    return {"rule": refusal.rule, "cause": refusal.cause}
