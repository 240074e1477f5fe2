"""The contract that every route fulfils, for every kind. The driver of the cases checks it for each plan."""

from __future__ import annotations

import re

from reconciler.kinds.dropped_table.rules import FEWER_ROWS
from reconciler.model.definition import expression_fields
from reconciler.model.guard import Moment
from reconciler.model.limits import ExecutionClass, limits_for
from reconciler.model.plan import Plan
from reconciler.model.route import Route
from reconciler.model.step import DetachAction, RepairAction, Step

_SURPRISE_HIDDEN = re.compile(r"\b(CASCADE|IF\s+(NOT\s+)?EXISTS)\b")
_REFERENTIAL_ACTION = re.compile(r"ON (DELETE|UPDATE) CASCADE")
_QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*\"""")
_BLOCK = re.compile(r"\$(\w*)\$.*?\$\1\$", re.DOTALL)


def check_contract(plan: Plan) -> None:
    """Assert the contract for every route of a plan."""
    assert len({step.id for step in plan.steps}) == len(plan.steps), "the journal tells steps apart by their ids"
    for number, route in enumerate(plan.routes):
        assert all(0 <= first < number for first in route.needs), f"{route.change}: it comes before what it needs"
        _check_route(route)
        for step in route.steps:
            _check_step(route, step)
            _check_execution(plan, step)


def _check_route(route: Route) -> None:
    assert route.steps, f"{route.change}: a change without a step"
    assert len(route.states) == len(route.steps) + 1
    assert all(state.label for state in route.states)
    keys = [set(state.objects) for state in route.states]
    # An index of a partition becomes part of the parent's when it is attached.
    forgotten = {key for key in keys[0] - keys[-1] if key.table_name == route.change.key.table_name}
    assert not forgotten, f"{route.change}: a state forgets {forgotten}"
    for step, before, after in zip(route.steps, route.states, route.states[1:], strict=False):
        seen = before.objects != after.objects or isinstance(step.action, RepairAction)
        assert seen, f"{route.change}: the step to {after.label} is not to be seen"
    for definition in (route.change.before, route.change.after):
        if definition is not None and definition.expressions():
            assert expression_fields(definition)
            assert definition.normalized() == definition.normalized().normalized()


def _check_step(route: Route, step: Step) -> None:
    assert step.title
    assert step.leaves
    assert step.action.statements
    for statement in step.action.statements:
        bare = _QUOTED.sub("", str(statement))
        assert not _SURPRISE_HIDDEN.search(_REFERENTIAL_ACTION.sub("", bare)), statement
        assert ";" not in _BLOCK.sub("", bare), statement
        assert not bare.endswith(" NOT VALID") or "NOT VALID" in step.title, statement
    text = " ".join(map(str, step.action.statements))
    assert not ("NOT VALID" in text and "VALIDATE CONSTRAINT" in text), "the lock would be held through the scan"
    assert len(set(step.locks)) == len(step.locks)
    assert all(hazard.detail for hazard in (*step.hazards, *route.hazards))


_SCANNING = ("VALIDATE CONSTRAINT", "EXCLUDE USING", "WITHOUT OVERLAPS")


def _check_execution(plan: Plan, step: Step) -> None:
    bare = [_QUOTED.sub("", str(statement)) for statement in step.action.statements]
    concurrent = any("CONCURRENTLY" in statement for statement in bare)
    assert concurrent == step.execution.outside_transaction
    sent = len(step.action.statements) - isinstance(step.action, DetachAction)  # which can be repeated as a whole
    assert not concurrent or sent == 1, "it cannot run in a transaction"
    scanning = any(word in text for text in bare for word in _SCANNING)
    counting = any(one.id == FEWER_ROWS and one.moment is Moment.WITHIN for one in step.guards)
    assert (scanning or counting) == (step.execution is ExecutionClass.SCAN)
    limits = limits_for(step.execution, lock_timeout=plan.lock_timeout, max_build=plan.max_build)
    assert bool(limits.lock_timeout) == (step.execution is not ExecutionClass.CONCURRENT)
    assert limits.statement_timeout == plan.max_build or not concurrent
