"""Runs the command line with a library whose answers are set by the test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.model.drift import Drift
from reconciler.model.errors import Refused
from reconciler.model.events import RunStatus
from reconciler.model.plan import Plan
from reconciler.model.rules.runs import NOT_APPROVED
from reconciler.model.state import DesiredState
from tests.report.plans import PLANS


@dataclass
class Library:
    """The results of `plan` and `apply`, the arguments of their calls, and an error to raise instead."""

    plan: Plan = PLANS["changes"]
    status: RunStatus = RunStatus.COMPLETED
    message: str = ""
    error: BaseException | None = None
    calls: list[tuple[str, Any, dict[str, Any]]] = field(default_factory=list)


@dataclass
class Result:
    plan: Plan
    status: RunStatus
    message: str
    completed: int = 7
    failed: int = 0
    skipped: int = 0
    duration_s: float = 1.5
    run_id: str = "6f2c1b9e-0000-4000-8000-000000000000"
    error: BaseException | None = None


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    fake = Library()

    def load(paths: Any, *, follow: bool) -> DesiredState:
        del follow
        fake.calls.append(("load", paths, {}))
        return DesiredState(objects={}, sources=tuple(map(str, paths)))

    def plan(_desired: DesiredState, url: str | None, **options: Any) -> Plan:
        fake.calls.append(("plan", url, options))
        if fake.error:
            raise fake.error
        return fake.plan

    def apply(_desired: DesiredState, url: str | None, *, approve: Any, **options: Any) -> Result:
        fake.calls.append(("apply", url, options))
        if fake.error:
            raise fake.error
        if fake.plan.refusals:
            return Result(plan=fake.plan, status=RunStatus.REFUSED, message="refused", run_id="")
        if not fake.plan.routes:
            return Result(plan=fake.plan, status=RunStatus.COMPLETED, message="", run_id="")
        approved = approve(fake.plan)
        fake.calls.append(("approved", approved, {}))
        if not approved:
            raise Refused("the plan was not approved", rule=NOT_APPROVED)
        return Result(plan=fake.plan, status=fake.status, message=fake.message)

    def plan_files(paths: Any, url: str | None, *, follow: bool, **options: Any) -> Plan:
        return plan(load(paths, follow=follow), url, **options)

    def drift(paths: Any, url: str | None, *, strict: bool, **options: Any) -> Drift:
        return Drift(plan=plan_files(paths, url, **options), undeclared={}, strict=strict)

    functions = (("drift", drift), ("load", load), ("plan", plan), ("plan_files", plan_files), ("apply", apply))
    for name, function in functions:
        monkeypatch.setattr(reconciler, name, function, raising=False)
    monkeypatch.setattr("reconciler.report.sql.journal_statements", lambda _schema: ())
    monkeypatch.setattr("reconciler.report.sql.journal_checks", lambda *_: ("", ""))
    monkeypatch.setattr("reconciler.report.sql.advisory_lock_key", lambda: 4242)
    monkeypatch.setenv("NO_COLOR", "1")
    return fake


@dataclass
class Outcome:
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str) -> Outcome:
        code = main(arguments)
        captured = capsys.readouterr()
        return Outcome(code=code, out=captured.out, err=captured.err)

    return call
