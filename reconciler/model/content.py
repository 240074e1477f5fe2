"""Everything that a plan is bound to, as JSON's own types: server, database, role, policy, states and steps, and
their digest.

The JSON of a plan contains all of it, among data that is only for people. `content_in` extracts it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reconciler.model.as_json import as_json, definition_as_json
from reconciler.model.errors import Refused
from reconciler.model.locks import LockClaim
from reconciler.model.names import Key
from reconciler.model.plan import (
    DefinitionPattern,
    Expected,
    Guard,
    Plan,
    Refusal,
    Route,
    RouteState,
    ServerInfo,
    Step,
)
from reconciler.model.rules.runs import SERVER_UNKNOWN

FORMAT_VERSION = 2
"""It is raised when a reader of an older JSON format would be misled."""

Content = dict[str, Any]

_SERVER = ("system_identifier", "database", "database_oid", "user")
_CHANGE = ("action", "key", "renamed_from", "before", "after", "states")
_ACT = ("id", "object", "verb", "after", "interim", "action", "sql")
_STEP = (*_ACT, "execution", "locks", "builds", "archives")
_GUARD = ("id", "count_sql", "moment")
_REFUSAL = ("rule", "cause")


def content_of(plan: Plan) -> Content:
    """Return everything that decides what a plan does, and where. The same input gives the same content."""
    return {
        "format_version": FORMAT_VERSION,
        "server": _picked(as_json(plan.server), _SERVER),
        "journal_schema": plan.journal_schema,
        "policy": as_json(plan.policy),
        "allow": sorted(plan.allow),
        **({"tables": list(plan.tables)} if plan.tables else {}),
        "changes": [change_content(route) for route in plan.routes],
        "refusals": [refusal_content(refusal) for refusal in plan.refusals],
    }


def content_in(document: Mapping[str, Any]) -> Content:
    """Return the content from the JSON of a plan. Raise `KeyError` or `TypeError` if it has none."""
    return {
        **_picked(document, ("format_version", "journal_schema", "policy", "allow")),
        **({"tables": document["tables"]} if "tables" in document else {}),
        "server": _picked(document["server"], _SERVER),
        "changes": [
            {**_picked(change, _CHANGE), "steps": [_step_in(step) for step in change["steps"]]}
            for change in document["changes"]
        ],
        "refusals": [_picked(refusal, _REFUSAL) for refusal in document["refusals"]],
    }


def digest_of(content: Content) -> str:
    """Return the SHA-256, in hexadecimal, of the content as JSON with sorted keys and without spaces or non-ASCII
    characters."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def change_content(route: Route) -> Content:
    """Return a change with its states and steps."""
    change = route.change
    return {
        "action": change.action.value,
        "key": key_content(change.key),
        "renamed_from": change.renamed_from,
        "before": definition_as_json(change.before),
        "after": definition_as_json(change.after),
        "states": list(_states(route.states)),
        "steps": [step_content(step) for step in route.steps],
    }


def step_content(step: Step) -> Content:
    """Return a step: what it sends, and what it checks first."""
    return {
        **_act_content(step),
        "execution": step.execution.value,
        "locks": [lock_content(claim) for claim in step.locks],
        "builds": key_content(step.builds),
        "archives": step.archives,
        "guards": [guard_content(guard) for guard in step.guards],
        "otherwise": step.otherwise and _act_content(step.otherwise),
    }


def _act_content(step: Step) -> Content:
    """Return what a step does, and to which object."""
    return {
        "id": str(step.id),
        "object": key_content(step.id.key),
        "verb": step.id.verb.value,
        "after": key_content(step.id.after),
        "interim": step.id.interim,
        "action": step.action.name,
        "sql": [str(statement) for statement in step.action.statements],
    }


def lock_content(claim: LockClaim) -> Content:
    return {"table": as_json(claim.table), "mode": claim.mode.value, "blocks": list(claim.blocks)}


def guard_content(guard: Guard) -> Content:
    return {"id": guard.id, "count_sql": str(guard.count), "moment": guard.moment.value}


def refusal_content(refusal: Refusal) -> Content:
    return {"rule": refusal.rule, "cause": refusal.cause}


def key_content(key: Key | None) -> Content | None:
    return None if key is None else {"kind": key.kind, "schema": key.schema, "table": key.table, "name": key.name}


def refuse_unbound(server: ServerInfo, what: str) -> None:
    """Raise `Refused` if `what` cannot be bound to the server, because the role may not read its identifier."""
    if not server.system_identifier:
        role = '"' + server.user.replace('"', '""') + '"'
        raise Refused(
            f"{what} cannot be bound to this server, because the role may not read its system identifier",
            rule=SERVER_UNKNOWN,
            hint=f"GRANT EXECUTE ON FUNCTION pg_catalog.pg_control_system() TO {role};",
        )


def _states(states: Sequence[RouteState]) -> Iterator[Content]:
    """Return each state with the objects that differ from the state before: a route may have hundreds of each."""
    before: Mapping[Key, Expected] = {}
    for state in states:
        new = {key: one for key, one in state.objects.items() if key not in before or before[key] != one}
        gone = [key for key in before if key not in state.objects]
        objects = [{"key": key_content(key), "expected": _expected(one)} for key, one in new.items()]
        yield {"label": state.label, "objects": objects, "not_looked_at": [key_content(key) for key in gone]}
        before = state.objects


def _expected(expected: Expected) -> Content | None:
    if isinstance(expected, DefinitionPattern):
        return {
            "fields": as_json(expected.fields),
            "holding": as_json(expected.holding),
            "one_of": as_json(expected.one_of),
            **({"unlike": as_json(expected.unlike)} if expected.unlike else {}),
        }
    return definition_as_json(expected)


def _step_in(step: Mapping[str, Any]) -> Content:
    other = step["otherwise"]
    return {
        **_picked(step, _STEP),
        "guards": [_picked(guard, _GUARD) for guard in step["guards"]],
        "otherwise": None if other is None else _picked(other, _ACT),
    }


def _picked(source: Mapping[str, Any], names: Sequence[str]) -> Content:
    return {name: source[name] for name in names}
