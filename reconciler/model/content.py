"""What a plan would do, as JSON's own types. The JSON of a plan contains it, among data that is only for people.

The digest of a plan is made from the place and the changes: whoever has the JSON can compute it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reconciler.model.as_json import as_json, definition_as_json
from reconciler.model.digest import Digest, hashes_of, plan_hash
from reconciler.model.errors import Refused
from reconciler.model.guard import Guard
from reconciler.model.locks import LockClaim
from reconciler.model.names import Key
from reconciler.model.plan import Plan, Refusal, ServerInfo
from reconciler.model.route import DefinitionPattern, Expected, Route, RouteState
from reconciler.model.rules.objects import UNKNOWN
from reconciler.model.rules.runs import NOT_IN_SNAPSHOT, SERVER_UNKNOWN
from reconciler.model.server import Server
from reconciler.model.step import RepairAction, Step, StepAction

FORMAT_VERSION = 3
"""It is raised when a reader of an older JSON format would be misled."""

Content = dict[str, Any]


def content_of(plan: Plan) -> Content:
    """Return what a plan would do, and under which policy. The same input gives the same content."""
    return {
        "policy": as_json(plan.policy),
        "allow": sorted(plan.allow),
        "changes": [change_content(route, plan.policy.path_for(route.change.key.schema)) for route in plan.routes],
    }


def plan_digest(server: Server, plan: Plan) -> Digest:
    """Return the digest of a plan. Its time is the server's, when the session of the plan began."""
    hashes = [hashes_of(change) for change in content_of(plan)["changes"]]
    return Digest(made_at=server.now, hash=plan_hash(as_json(server.info), hashes, plan.tables))


def change_content(route: Route, search_path: Sequence[str]) -> Content:
    """Return a change with its states and steps. `search_path` is where its statements look names up."""
    change = route.change
    return {
        "action": change.action.value,
        "key": key_content(change.key),
        "renamed_from": change.renamed_from,
        "before": definition_as_json(change.before),
        "after": definition_as_json(change.after),
        "states": list(_states(route.states)),
        "search_path": list(search_path),
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
        "otherwise": _content_otherwise(step.otherwise),
    }


def _content_otherwise(steps: Sequence[Step]) -> Content | None:
    """Return the last step that is executed in place of another one, with the statements of all of them."""
    if not steps:
        return None
    return {**_act_content(steps[-1]), "sql": [str(one) for step in steps for one in step.action.statements]}


def _act_content(step: Step) -> Content:
    """Return what a step does, and to which object."""
    return {
        "id": str(step.id),
        "object": key_content(step.id.key),
        "verb": step.id.verb.value,
        "after": key_content(step.id.after),
        "interim": step.id.interim,
        "action": step.action.name,
        **_repair_content(step.action),
        "sql": [str(statement) for statement in step.action.statements],
    }


def _repair_content(action: StepAction) -> Content:
    """Return the policy of a repair, and the data check that finds nothing after it."""
    if not isinstance(action, RepairAction):
        return {}
    policy = action.policy
    kept = {} if policy.kept is None else {"kept": str(policy.kept)}
    return {"repair": {"policy": policy.action.value, **kept, "check": str(action.check.count)}}


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
        raise Refused(f"{what} {_UNBOUND}", rule=SERVER_UNKNOWN, hint=_grant(server))


_UNBOUND = "cannot be bound to this server, because the role may not read its system identifier"


def _grant(server: ServerInfo) -> str:
    role = '"' + server.user.replace('"', '""') + '"'
    return f"GRANT EXECUTE ON FUNCTION pg_catalog.pg_control_system() TO {role};"


def why_no_digest(server: ServerInfo, refusals: Sequence[Refusal]) -> str:
    """Return why a plan cannot be approved by its digest; empty if it can.

    A refused plan may become another one once its reasons are gone, above all where something could not be decided.
    """
    undecided = [one for one in refusals if one.rule in (UNKNOWN, NOT_IN_SNAPSHOT)]
    if undecided:
        first = f"{undecided[0].key}: {undecided[0].cause}" if undecided[0].key else undecided[0].cause
        more = f" (and {len(undecided) - 1} more)" if undecided[1:] else ""
        return f"an object could not be compared, and could change the steps: {first}{more}"
    if refusals:
        return f"the plan is refused: {', '.join(dict.fromkeys(one.rule for one in refusals))}"
    return "" if server.system_identifier else f"the digest {_UNBOUND}: {_grant(server)}"


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
