"""Runs the data checks that a plan omitted, after it is approved."""

from __future__ import annotations

from collections.abc import Callable

from reconciler.model.errors import Refused
from reconciler.model.guard import GuardResult
from reconciler.model.listening import DataChecks, unheard
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.planning.data_checks import checks_of
from reconciler.postgres.data_checks import approved_checker
from reconciler.postgres.session import Session


def check_what_was_left_out(
    session: Session, plan: Plan, options: Options, emit: Callable[[DataChecks], None] = unheard
) -> None:
    """Run the guards that the plan did not run. Raises `Refused` if one of them finds rows."""
    left = [(one.key, one.guard) for one in plan.findings if one.result is GuardResult.NOT_RUN]
    if not left:
        return
    checks = [one for route in plan.routes for one in checks_of(route, plan.policy) if (one.key, one.guard) in left]
    findings = approved_checker(options, emit).check_all(session, checks)
    failed = [one for one in findings if one.refuses and one.result is not GuardResult.TIMED_OUT]
    if failed:
        raise Refused(
            f"after the approval, before the first step: {'; '.join(one.details for one in failed)}",
            rule=failed[0].rule,
            hint=failed[0].remedy,
        )
