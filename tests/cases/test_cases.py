"""The one driver of all cases: plan, apply, plan and apply again, and the same through psql."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.model.events import Event, RunEnded, RunStarted, StepCompleted
from reconciler.model.plan import Plan, ServerInfo
from reconciler.report import FORMATS, report_of
from tests.cases.case import Case, read_cases
from tests.cases.snapshot import snapshot
from tests.conftest import Golden
from tests.installations import EXPECTED
from tests.kinds.contract import check_contract
from tests.servers import Database, Server

CASES = [
    pytest.param(case, id=case.name, marks=[pytest.mark.pg(case.versions)] if case.versions else [])
    for case in read_cases()
]
SUFFIXES = {"text": "txt", "json": "json", "markdown": "md", "sql": "sql"}
EXIT_CODES = {"in sync": 0, "changes": 2, "refused": 3}

Expect = Callable[[str, str], None]


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Each case, with its folder as the working directory, so that places are the same everywhere."""
    case: Case = request.param
    monkeypatch.chdir(case.folder)
    return case


@pytest.fixture
def given(case: Case, database: Database) -> Database:
    """A database as the case has it."""
    database.execute(case.given)
    return database


@pytest.fixture
def expect(case: Case, server: Server, golden: Golden, request: pytest.FixtureRequest) -> Expect:
    """Compares a text with what the case expects on this version: `expect("plan.txt", text)`.

    With `--update-golden` the newest version writes the common file, others what differs from it.
    """

    newest = next(major for major in EXPECTED if case.runs_on(major))

    def update(file: str, actual: str) -> None:
        common, override = case.common(file), case.override(file, server.major)
        if server.major == newest or not common.exists():
            golden(common, actual)
        elif common.read_text(encoding="utf-8") == actual:
            override.unlink(missing_ok=True)
        else:
            golden(override, actual)

    def compare(file: str, actual: str) -> None:
        golden(case.expected(file, server.major), actual)

    return update if request.config.getoption("--update-golden") else compare


def plan_of(case: Case, database: Database) -> Plan:
    return reconciler.plan(reconciler.load([Path("schema.yaml")]), database.url, allow=case.allow)


def arguments(case: Case, database: Database) -> list[str]:
    allowed = [word for hazard in case.allow for word in ("--allow", hazard)]
    return ["-f", "schema.yaml", "--db", database.url, *allowed]


def test_plan(
    case: Case, given: Database, expect: Expect, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(given)
    plan = plan_of(case, given)
    check_contract(plan)
    anonymous = ServerInfo(version="<version>", version_num=0, database="<database>", user="<user>")
    with monkeypatch.context() as patch:
        # The same in every script, and tested elsewhere.
        patch.setattr("reconciler.report.sql.journal_statements", lambda schema: (f"-- the journal in {schema}",))
        for format_, render in FORMATS.items():
            printed = render(report_of(replace(plan, server=anonymous, digest="<digest>")))
            printed = printed.replace(plan.server.version, "<version>")
            expect(f"plan.{SUFFIXES.get(format_, format_)}", printed)
    monkeypatch.setenv("NO_COLOR", "1")
    code = main(["plan", "--detailed-exitcode", *arguments(case, given)])
    assert (code, capsys.readouterr().out) == (
        EXIT_CODES[report_of(plan).verdict],
        FORMATS["text"](report_of(plan)),
    )
    assert plan_of(case, given) == plan, "the same input gives the same plan"
    assert snapshot(given) == before, "a plan changes nothing"


def test_apply(case: Case, given: Database, expect: Expect, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(given)
    plan = plan_of(case, given)
    if plan.refused or plan.in_sync:
        assert main(["apply", "--auto-approve", *arguments(case, given)]) == (3 if plan.refused else 0)
        assert capsys.readouterr().out == FORMATS["text"](report_of(plan))
        assert snapshot(given) == before
        assert journal(given) is None
        return
    assert happened(case, given) == [
        "RunStarted",
        *(f"completed {step.id}" for step in plan.steps),
        f"RunEnded: {len(plan.steps)} completed, 0 skipped, 0 failed",
    ]
    after, written = snapshot(given), journal(given)
    expect("after.txt", after)
    assert written is not None
    assert written[1:-1] == [(step.id, status) for step in plan.steps for status in ("started", "completed")]
    assert main(["plan", "--detailed-exitcode", *arguments(case, given)]) == 0
    assert happened(case, given) == []
    assert (snapshot(given), journal(given)) == (after, written), "a second apply does nothing"


def test_script(case: Case, given: Database, expect: Expect) -> None:
    """`plan --format sql | psql` does the same."""
    before = snapshot(given)
    plan = plan_of(case, given)
    done = given.psql(FORMATS["sql"](report_of(plan)))
    if plan.refused or plan.in_sync:
        assert snapshot(given) == before
        assert journal(given) is None
        return
    assert (done.returncode, done.stderr) == (0, "")
    expect("after.txt", snapshot(given))
    assert plan_of(case, given).in_sync


def happened(case: Case, database: Database) -> list[str]:
    """What an apply tells its listeners."""
    events: list[Event] = []
    desired = reconciler.load([Path("schema.yaml")])
    reconciler.apply(desired, database.url, approve=lambda _: True, allow=case.allow, listeners=[events.append])
    return [_told(event) for event in events if isinstance(event, RunStarted | StepCompleted | RunEnded)]


def _told(event: Event) -> str:
    match event:
        case StepCompleted():
            return f"completed {event.step.id}"
        case RunEnded():
            return f"RunEnded: {event.completed} completed, {event.skipped} skipped, {event.failed} failed"
    return type(event).__name__


def journal(database: Database) -> list[tuple[str, str]] | None:
    """The journal's steps and their status in order, whichever schema it is in; None if there is none."""
    found = database.query("SELECT oid::regclass::text FROM pg_class WHERE relname = 'migration_log'")
    if not found:
        return None
    ((table,),) = found
    return [
        (step, status)
        for step, status in database.query(f"SELECT step_name, status FROM {table} ORDER BY sequence")
    ]
