"""The driver of all cases: plan, apply, plan and apply again, and the same through psql."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.model.events import Event, RunEnded, RunStarted, StepCompleted
from reconciler.model.plan import Plan, ServerInfo
from reconciler.report import FORMATS, render_text, report_of
from tests.cases.case import SAMPLES, Case, read_cases
from tests.cases.snapshot import snapshot
from tests.conftest import Golden
from tests.installations import runnable
from tests.kinds.contract import check_contract
from tests.report.plans import without_time
from tests.servers import Database, Server


def _marks(case: Case) -> Iterator[pytest.MarkDecorator]:
    if case.versions:
        yield pytest.mark.pg(case.versions)
    if case.name.startswith("partitioned/") and not case.limits:
        yield pytest.mark.ends_by_day
    else:
        yield pytest.mark.one_of_each_by_day(*case.limits)


CASES = [pytest.param(case, id=case.name, marks=list(_marks(case))) for case in read_cases()]
SUFFIXES = {"text": "txt", "json": "json", "markdown": "md", "sql": "sql"}
EXIT_CODES = {"in sync": 0, "changes": 2, "refused": 3}

ANONYMOUS = ServerInfo(
    version="<version>",
    version_num=0,
    host="<host>",
    port=0,
    system_identifier="<system identifier>",
    database="<database>",
    database_oid=0,
    encoding="<encoding>",
    user="<user>",
)

Expect = Callable[[str, str], None]


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Return each case, with its folder as the working directory, so that places are always the same."""
    case: Case = request.param
    monkeypatch.chdir(case.folder)
    return case


@pytest.fixture
def given(case: Case, database: Database) -> Database:
    """Return a database with the given state of the case."""
    database.execute(case.given)
    return database


@pytest.fixture
def expect(case: Case, server: Server, golden: Golden, request: pytest.FixtureRequest) -> Expect:
    """Return a function that compares a text with the expected one on this version: `expect("plan.txt", text)`.

    With `--update-golden` the newest version writes the common file, and each older one the files that differ from the
    next newer one. The versions have to run in this order, in one process.
    """
    newer = min((major for major in runnable() if major > server.major and case.runs_on(major)), default=None)

    def update(file: str, actual: str) -> None:
        if newer is None:
            golden(case.common(file), actual)
            return
        case.forget(file, server.major, newer)
        if actual != case.expected(file, newer).read_text(encoding="utf-8"):
            golden(case.before(newer, file), actual)

    def compare(file: str, actual: str) -> None:
        golden(case.expected(file, server.major), actual)

    return update if request.config.getoption("--update-golden") else compare


def plan_of(case: Case, database: Database) -> Plan:
    return reconciler.plan(reconciler.load([Path("schema.yaml")]), database.url, options=case.options)


def arguments(case: Case, database: Database) -> list[str]:
    allowed = [word for hazard in case.allow for word in ("--allow", hazard)]
    trusted = ["--trust-file"] if case.trusted else []
    return ["-f", "schema.yaml", "--db", database.url, "--samples", str(SAMPLES), *trusted, *allowed]


def test_plan_and_apply(
    case: Case, given: Database, expect: Expect, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(given)
    plan = plan_of(case, given)
    check_contract(plan)
    expect_plan(case, plan, expect)
    code = main(["plan", "--detailed-exitcode", "-o", str(tmp_path / "plan.json"), *arguments(case, given)])
    printed = render_text(report_of(plan), samples=SAMPLES)
    assert (code, capsys.readouterr().out) == (EXIT_CODES[report_of(plan).verdict], printed)
    again = (tmp_path / "plan.json").read_text(encoding="utf-8")
    assert without_time(again) == without_time(FORMATS["json"](report_of(plan))), (
        "the same input gives the same plan"
    )
    assert snapshot(given) == before, "a plan changes nothing"

    if plan.refused or plan.in_sync:
        assert main(["apply", "--auto-approve", *arguments(case, given)]) == (3 if plan.refused else 0)
        assert capsys.readouterr().out == printed
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
    assert written[1:-1] == [(str(step.id), status) for step in plan.steps for status in ("started", "completed")]
    assert happened(case, given) == [], "a second plan is empty"
    assert (snapshot(given), journal(given)) == (after, written), "a second apply does nothing"


@pytest.mark.ends  # one psql for all servers, with the same statements as above
@pytest.mark.newest_by_day
def test_script(case: Case, given: Database, expect: Expect) -> None:
    """`plan --format sql | psql` has the same result."""
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


def expect_plan(case: Case, plan: Plan, expect: Expect) -> None:
    """Render every format; compare those that the case keeps, without values that differ between servers."""
    report = report_of(replace(plan, server=ANONYMOUS, digest="<digest>", sizes={}))
    with pytest.MonkeyPatch.context() as patch:
        # This part is the same in every script, and has its own tests.
        patch.setattr(
            "reconciler.report.sql.journal_statements", lambda schema: (f"SELECT 'the journal in {schema}'",)
        )
        patch.setattr("reconciler.report.sql.journal_checks", lambda *_: ("TABLE problems", "the check"))
        for format_ in SUFFIXES:  # formats that are derived from the same issues have their own tests
            render = FORMATS[format_]
            text = partial(render_text, replace(report, digest=None), samples=SAMPLES, verbose=True)
            shown = text() if format_ == "text" else render(report)
            printed = re.sub(r'"oid": [0-9]+', '"oid": 1', shown.replace(plan.server.version, "<version>"))
            if format_ == "text" or case.every_format:
                expect(f"plan.{SUFFIXES[format_]}", printed)


def happened(case: Case, database: Database) -> list[str]:
    """Return the events that apply sent to listeners."""
    events: list[Event] = []
    desired = reconciler.load([Path("schema.yaml")])
    reconciler.apply(
        desired,
        database.url,
        approve=lambda _: True,
        options=case.options,
        listeners=[events.append],
    )
    return [_text(event) for event in events if isinstance(event, RunStarted | StepCompleted | RunEnded)]


def _text(event: Event) -> str:
    match event:
        case StepCompleted():
            return f"completed {event.step.id}"
        case RunEnded():
            return f"RunEnded: {event.completed} completed, {event.skipped} skipped, {event.failed} failed"
    return type(event).__name__


def journal(database: Database) -> list[tuple[str, str]] | None:
    """Return the journal's steps and their status in order, in any schema; None if there is no journal."""
    found = database.query("SELECT oid::regclass::text FROM pg_class WHERE relname = 'migration_log'")
    if not found:
        return None
    ((table,),) = found
    return [
        (step, status)
        for step, status in database.query(f"SELECT step_name, status FROM {table} ORDER BY sequence")
    ]
