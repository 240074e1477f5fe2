"""The rights that repairs need on rows, also on tables that the role owns: an owner can revoke its own privileges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reconciler.kinds.base.ddl import name, text_of
from reconciler.model.change import Change
from reconciler.model.facts import Answers
from reconciler.model.facts.rights import MayExecute
from reconciler.model.locks import LockMode
from reconciler.model.plan import Refusal
from reconciler.model.route import Route
from reconciler.model.server import Server
from reconciler.model.state import LiveState, LiveTable
from reconciler.model.step import RepairAction, Step
from reconciler.planning.executing import functions_in, schemas_in
from reconciler.planning.granting import RequiredRight, not_granted, use
from reconciler.planning.refusals import missing_privilege

_VERBS = {"SELECT": "read", "UPDATE": "update", "DELETE": "delete"}


def repair_rights(
    routes: Sequence[Route], answers: Answers, live: LiveState, server: Server, *, data_checks: bool
) -> Iterator[Refusal]:
    """Return a refusal for each right on rows, and on functions in new values, that the role lacks. `data_checks`:
    the right to read the tables that a repair only reads is reported with those of the data checks."""
    steps = [
        (route.change, step, step.action)
        for route in routes
        for step in route.steps
        if isinstance(step.action, RepairAction)
    ]
    if server.superuser or not steps:
        return
    needs: dict[RequiredRight, Change] = {}
    for change, step, action in steps:
        for need in (*_on_rows(step, action, live, reads=not data_checks), *_on_schemas(action, change)):
            needs.setdefault(need, change)
    yield from not_granted(answers, needs, server.info.user)
    yield from _on_functions(((change, action) for change, _, action in steps), answers, live)


def _on_rows(step: Step, action: RepairAction, live: LiveState, *, reads: bool) -> Iterator[RequiredRight]:
    """The locks of the step say which rows it changes, and which it only reads."""
    repaired = {batch.table for batch in action.batches}
    for claim in step.locks:
        table = live.tables.get(claim.table)
        if claim.mode is LockMode.ROW_EXCLUSIVE:
            if table is None or not table.owned:
                continue  # a role that becomes the owner of a table may change its rows
            for privilege in ("SELECT", "UPDATE"):
                yield _right(privilege, table, whole=True)
            if action.policy.removes and table.name in repaired:
                yield _right("DELETE", table, whole=True)
        elif table is not None and reads:
            yield _right("SELECT", table)


def _right(privilege: str, table: LiveTable, *, whole: bool = False) -> RequiredRight:
    purpose = f"{_VERBS[privilege]} rows of {table.name} to repair them"
    return RequiredRight(privilege, table.name.schema, table.name.name, purpose=purpose, whole=whole)


def _on_schemas(action: RepairAction, change: Change) -> Iterator[RequiredRight]:
    yield from (use(schema) for _, text in action.policy.values for schema in schemas_in(text, change.key.table))


def _on_functions(
    actions: Iterable[tuple[Change, RepairAction]], answers: Answers, live: LiveState
) -> Iterator[Refusal]:
    called = dict.fromkeys(
        (change.key, change.place, one)
        for change, action in actions
        for _, text in action.policy.values
        for one in functions_in(text)
    )
    wanted = (
        MayExecute(function=one, table=live.tables[key.table_name].oid, as_owner=False) for key, _, one in called
    )
    for (key, place, _), found in zip(called, answers.of(wanted), strict=True):
        for one in found:
            grant = f"GRANT EXECUTE ON FUNCTION {one.function} TO {text_of(name(one.role))};"
            cause = f"role {one.role} may not execute {one.function}, which the repair for {key} calls"
            yield missing_privilege(key, place, cause, f"run {grant}")
