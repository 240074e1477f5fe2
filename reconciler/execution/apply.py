"""Applying: lock, plan, ask, carry out, tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import psycopg

from reconciler.execution.expected import expected_plan, refuse_elsewhere, refuse_unexpected
from reconciler.execution.finished import finished_steps, record_run
from reconciler.execution.journal import open_journal
from reconciler.execution.left_out import check_what_was_left_out
from reconciler.execution.lock import run_lock
from reconciler.execution.result import ApplyResult, refused_plan
from reconciler.execution.run import RunExecution
from reconciler.model.clock import Clock
from reconciler.model.errors import Refused
from reconciler.model.events import Listener, RunStatus, fan_out
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
) -> ApplyResult:
    """Make the database as desired, and tell how it went; the status of a refused plan is `refused`.

    `approve` is asked once, for a plan that is not refused and has steps. `expected` is a plan written earlier as
    JSON: on another server, in another database or as another role, and for any step that it does not hold, the run
    is refused. Raises `Refused` if the plan is declined or unexpected, or another run is at work, and `UsageError` if
    `expected` is no plan.
    """
    limit = None if expected is None else expected_plan(expected)
    emit = fan_out(listeners)
    with connect(url) as session, run_lock(session) as lock:
        if limit is not None:
            refuse_elsewhere(session.server.info, limit)
            options = limit.narrowed(options)
        planned = partial(make_plan, session, desired, options, emit=emit, applying=True)
        plan = planned()
        if limit is not None:
            refuse_unexpected(plan, limit)
        if plan.refused:
            return refused_plan(plan)
        if plan.in_sync:
            _record_finished(session, plan, clock)
            return ApplyResult(plan=plan, status=RunStatus.COMPLETED)
        _refuse_unapproved(session, plan, approve)
        check_what_was_left_out(session, plan, options, emit)
        checker = approved_checker(options)
        run = RunExecution(plan=plan, session=session, lock=lock, checker=checker, emit=emit, clock=clock)
        return run.carry_out(planned if limit is None else None)


def _refuse_unapproved(session: Session, plan: Plan, approve: Callable[[Plan], bool]) -> None:
    """Raise `Refused` if the server takes no changes, or the plan is declined."""
    if not session.server.writable:
        raise Refused(
            "the server accepts no changes: it is a standby, or its transactions are read-only",
            rule=READ_ONLY,
            hint="connect to the primary, and check default_transaction_read_only of the role and the database",
        )
    if not approve(plan):
        raise Refused("the plan was not approved; nothing was changed", rule=NOT_APPROVED)


def _record_finished(session: Session, plan: Plan, clock: Clock) -> None:
    """Journal builds that ended without their client. A role that may only read has nothing to do here, and
    another run does it while the journal is locked."""
    with suppress(Refused, psycopg.errors.InsufficientPrivilege, psycopg.errors.LockNotAvailable):
        if session.server.writable and finished_steps(session, plan.journal):
            record_run(session, open_journal(session, plan, clock.new_id()), plan.journal)
