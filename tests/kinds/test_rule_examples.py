"""The bad example of a rule raises it, and the good one does not."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest

import reconciler
from reconciler.kinds.rules import RULES
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.rules.rule import Raised, Rule
from reconciler.spec import warnings_of
from tests.servers import NIGHTLY, Database, Server

OF_PLANS = {Raised.REFUSAL, Raised.NOTE, Raised.HAZARD}

NOT_PLAYED = {
    # roles and rights of their own
    *("missing-privilege", "row-security", "archive-not-proved", "reachable-in-archive", "unknown", "not-tried"),
    # another server or database
    *("needs-newer-server", "not-in-encoding"),
    # remnants or actions of another session
    *("detach-pending", "diverged", "invalid-index"),
    "purge",  # only with --allow
    *("still-used", "used-in-archive"),  # readings of several days
    "superuser",  # every test runs as superuser
    "policy-changed",  # a pull request
    *("changed-outside", "last-change", "undeclared-object"),  # notes of `drift`
}
"""Rules of plans whose examples are not run. Other tests raise them."""


def file_of(text: str, folder: Path) -> Path:
    file = folder / "schema.yaml"
    file.write_text(text if text.startswith(("version", "#")) else f"version: 1\n{text}\n", encoding="utf-8")
    return file


def problems_of(text: str, folder: Path) -> list[Rule]:
    """Return the rules of the problems of a file, or of its warnings if it is valid."""
    try:
        return [warning.rule for warning in warnings_of(reconciler.load(file_of(text, folder)))]
    except reconciler.InvalidFile as invalid:
        return [problem.rule for problem in invalid.problems]


def test_examples_of_files(tmp_path: Path) -> None:
    of_files = [rule for rule in RULES if rule.raised[0] in (Raised.PROBLEM, Raised.WARNING) and rule.bad.yaml]
    assert len(of_files) > 20
    for rule in of_files:
        if rule != "invalid-file":  # represents all of them
            assert problems_of(rule.bad.yaml, tmp_path) == [rule], rule
        assert problems_of(rule.good.yaml, tmp_path) == [], rule


def raised_by(plan: Plan) -> set[str]:
    """Return the rules of everything in the plan."""
    steps = [hazard for route in plan.routes for step in route.steps for hazard in step.hazards]
    routes = [hazard for route in plan.routes for hazard in route.hazards]
    return {one.rule for one in (*plan.refusals, *plan.notes)} | {hazard.kind for hazard in (*steps, *routes)}


def plan_of(text: str, database: Database, folder: Path, accepted: Collection[str]) -> Plan:
    options = Options(allow=frozenset(accepted))
    return reconciler.plan(reconciler.load(file_of(text, folder)), database.url, options=options)


@pytest.mark.skipif(not NIGHTLY, reason="plans twice for each of fifty rules")
@pytest.mark.pg(">= 18")
def test_examples_of_plans(server: Server, tmp_path: Path) -> None:
    shown = (rule for rule in RULES if rule.raised[0] in OF_PLANS and rule not in NOT_PLAYED)
    played = [rule for rule in shown if not (rule.bad.policy or rule.bad.shell)]  # other commands and files
    assert len(played) > 40
    for rule in played:
        with server.database() as database:
            database.execute(rule.bad.sql)
            assert rule in raised_by(plan_of(rule.bad.yaml, database, tmp_path, ())), rule
            if rule.good.sql:
                database.execute(rule.good.sql)
            plan = plan_of(rule.good.yaml or rule.bad.yaml, database, tmp_path, ())
            assert rule not in raised_by(plan), rule
            assert plan.refusals == (), rule
