"""Applies a desired state: takes the lock, plans, asks for approval, runs the steps, returns the result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import psycopg

from reconciler.execution.expected import (
    expected_plan,
    refuse_completed,
    refuse_elsewhere,
    refuse_expired,
    refuse_unexpected,
)
from reconciler.execution.files import TableFiles, file_objections
from reconciler.execution.finished import finished_steps, record_run
from reconciler.execution.journal import begun_plans, completed_run, open_journal
from reconciler.execution.left_out import check_what_was_left_out
from reconciler.execution.lock import RunLock, run_lock
from reconciler.execution.result import ApplyResult, refused_plan
from reconciler.execution.returning import ReturnRows, nothing_returns
from reconciler.execution.rows_left import record_rows_left
from reconciler.execution.run import RunExecution
from reconciler.execution.window import refuse_outside
from reconciler.model.clock import Clock
from reconciler.model.digest import Digest
from reconciler.model.errors import Refused
from reconciler.model.events import Listener, RunStatus
from reconciler.model.listening import fan_out
from reconciler.model.options import DEFAULTS, Options
from reconciler.model.plan import Plan
from reconciler.model.rules.runs import NOT_APPROVED, READ_ONLY
from reconciler.model.state import DesiredState
from reconciler.planner import make_plan
from reconciler.postgres.data_checks import approved_checker
from reconciler.postgres.session import Session, connect


def apply(
    desired: DesiredState,
    url: str | None,
    *,
    clock: Clock,
    approve: Callable[[Plan], bool],
    listeners: Sequence[Listener] = (),
    options: Options = DEFAULTS,
    expected: Mapping[str, Any] | None = None,
    require_digest: str | None = None,
    files: TableFiles | None = None,
) -> ApplyResult:
    """Bring the database into the desired state, and return the result. A refused plan has the status `refused`.

    `approve` is called once, for a plan that is not refused and has steps. `expected` is the JSON of a plan file, and
    `require_digest` the digest of a plan: the run is refused on another server or in another database, if that plan
    has expired, and for every change that it does not hold. Raises `Refused` if the plan is declined or is not that
    one, or another run is active, and `UsageError` if `expected` is not a plan, or `require_digest` not its digest.
    """
    limit = expected_plan(expected, require_digest)
    emit = fan_out(listeners)
    with connect(url, options.trusted_roles) as session, run_lock(session) as lock:
        if limit is not None:
            refuse_elsewhere(session.server.info, limit)
            options = limit.narrowed(options)
        planned = partial(make_plan, session, desired, options, emit=emit, applying=True)
        plan = planned()
        if limit is not None:
            refuse_expired(limit.digest, session.server.now, plan.policy.plan_expires)
            refuse_unexpected(plan, limit, partial(begun_plans, session, plan.journal, limit.digest))
            refuse_completed(plan, completed_run(session, plan.journal, limit.digest))
        return carry_out(
            session,
            lock,
            plan,
            clock=clock,
            approve=approve,
            emit=emit,
            options=options,
            approved=None if limit is None else limit.digest,
            replan=planned if limit is None else None,
            files=files,
        )


def carry_out(
    session: Session,
    lock: RunLock,
    plan: Plan,
    *,
    clock: Clock,
    approve: Callable[[Plan], bool],
    emit: Listener,
    options: Options,
    approved: Digest | None,
    replan: Callable[[], Plan] | None,
    return_rows: ReturnRows = nothing_returns,
    files: TableFiles | None = None,
) -> ApplyResult:
    """Ask for approval of a plan, and run it. `return_rows` brings rows back, and `files` writes and reads dumps, if
    the plan has such steps."""
    if (objections := file_objections(session, plan, files)) and not plan.refused:
        plan = replace(plan, refusals=tuple(objections))
    if plan.refused:
        return refused_plan(plan)
    if plan.in_sync:
        _record(session, plan, clock)
        return ApplyResult(plan=plan, status=RunStatus.COMPLETED)
    refuse_outside(options.window, clock.now())
    refuse_unapproved(session, plan, approve)
    refuse_outside(options.window, clock.now())  # somebody may have thought about it for hours
    check_what_was_left_out(session, plan, options, emit)
    run = RunExecution(
        plan=plan,
        session=session,
        lock=lock,
        checker=approved_checker(options),
        emit=emit,
        clock=clock,
        approved=approved,
        window=options.window,
        return_rows=return_rows,
        files=files,
    )
    return run.carry_out(replan)


def refuse_unapproved(session: Session, plan: Plan, approve: Callable[[Plan], bool]) -> None:
    """Raise `Refused` if the server accepts no changes, or the plan is declined."""
    if not session.server.writable:
        raise Refused(
            "the server accepts no changes: it is a standby, or its transactions are read-only",
            rule=READ_ONLY,
            hint="connect to the primary, and check default_transaction_read_only of the role and the database",
        )
    if not approve(plan):
        raise Refused("the plan was not approved; nothing was changed", rule=NOT_APPROVED)


def _record(session: Session, plan: Plan, clock: Clock) -> None:
    """Write entries for builds that the server finished without their client, and how many rows keep objects NOT VALID.

    Does nothing for a role that may only read. If the journal is locked, the next run writes the entries.
    """
    with suppress(Refused, psycopg.errors.InsufficientPrivilege, psycopg.errors.LockNotAvailable):
        if not session.server.writable:
            return
        if finished_steps(session, plan.journal):
            record_run(session, open_journal(session, plan, clock.new_id()), plan.journal)
        record_rows_left(session, plan)
