"""Restores a table: takes the lock, plans, asks for approval, runs the steps, returns the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reconciler.execution.apply import refuse_unapproved
from reconciler.execution.lock import run_lock
from reconciler.execution.result import ApplyResult, refused_plan
from reconciler.execution.run import RunExecution
from reconciler.model.clock import Clock
from reconciler.model.events import Listener
from reconciler.model.listening import fan_out
from reconciler.model.names import TableName
from reconciler.model.options import DEFAULTS, Options
from reconciler.model.plan import JournalAt, Plan
from reconciler.model.state import Policy
from reconciler.postgres.data_checks import approved_checker
from reconciler.postgres.session import Session, connect
from reconciler.restoring.find import find_archived, with_parts
from reconciler.restoring.plan import restore_plan


def plan_of_restore(
    session: Session, name: str, to: str | None, policy: Policy, options: Options, emit: Listener
) -> Plan:
    """Return the plan that restores a table, given by its name in the archive or its original one; and the tables
    below it, unless it gets another name."""
    if to is None:
        journal = JournalAt(schema=policy.journal_schema, trusted_roles=options.trusted_roles)
        return restore_plan(session, with_parts(session, name, journal), None, policy, options, emit)
    table = find_archived(session, name)
    return restore_plan(session, [table], _named(to, table.moved.table.schema), policy, options, emit)


def _named(name: str, schema: str) -> TableName:
    """Return the table with this name. Without a schema, it gets the one that the table had."""
    first, dot, rest = name.partition(".")
    return TableName(schema=first, name=rest) if dot else TableName(schema=schema, name=name)


def restore(
    name: str,
    url: str | None,
    *,
    to: str | None = None,
    clock: Clock,
    approve: Callable[[Plan], bool],
    policy: Policy,
    listeners: Sequence[Listener] = (),
    options: Options = DEFAULTS,
) -> ApplyResult:
    """Bring a table back from the archive, and return the result. A refused plan has the status `refused`.

    Raises `UsageError` if no table, or more than one, has the name, and `Refused` if the plan is declined or another
    run is active.
    """
    emit = fan_out(listeners)
    with connect(url) as session, run_lock(session) as lock:
        plan = plan_of_restore(session, name, to, policy, options, emit)
        if plan.refused:
            return refused_plan(plan)
        refuse_unapproved(session, plan, approve)
        run = RunExecution(
            plan=plan, session=session, lock=lock, checker=approved_checker(options), emit=emit, clock=clock
        )
        return run.carry_out(None)
