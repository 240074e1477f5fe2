"""Attack: a plan file is changed after its review, or applied in another place.

The roles are anybody who can write to the plan file between review and apply, and an operator who applies it to another
database, as another role or with another policy. No step may run that was not reviewed. A run with a plan file must be
able to continue after any kill.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import reconciler
from reconciler.model.errors import ConnectionFailed, ReconcileError, Refused, UsageError
from reconciler.model.events import Event, StepCompleted, StepStarted
from reconciler.model.options import Options
from reconciler.model.state import DesiredState
from reconciler.report import FORMATS, report_of
from tests.execution.support import assert_in_sync, catalog, desired
from tests.report.plans import signed_document
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]

GIVEN = """
    CREATE TABLE t (a int, b int); INSERT INTO t SELECT n, n FROM generate_series(1, 100) AS n;
    CREATE INDEX x ON t (a); CREATE TABLE old (a int)"""
YAML = "tables: {t: {indexes: {x: [a, b], y: b}, checks: {c: a > 0}}}\ndropped_tables: {old: }"
NOTHING = Options()

Content = dict[str, Any]


def planned(state: DesiredState, url: str, options: Options = NOTHING) -> Content:
    """Return the content of the plan file."""
    content: Content = json.loads(FORMATS["json"](report_of(reconciler.plan(state, url, options=options))))
    return content


def run(state: DesiredState, url: str, expected: Content, *listeners: Any, options: Options = NOTHING) -> Any:
    """Return the error that ends the run, or the plan's refusals, or None."""
    try:
        result = reconciler.apply(
            state, url, approve=lambda _: True, listeners=listeners, options=options, expected=expected
        )
    except ReconcileError as error:
        return error
    return result.error or [refusal.rule for refusal in result.plan.refusals] or None


def first_change(content: Content) -> Content:
    change: Content = content["changes"][0]
    return change


TAMPERED: dict[str, Callable[[Content], object]] = {
    "a statement": lambda plan: first_change(plan)["steps"][0].update(sql=["DROP TABLE t"]),
    "a statement less": lambda plan: first_change(plan)["steps"][0]["sql"].clear(),
    "a step less": lambda plan: first_change(plan)["steps"].pop(),
    "a change less": lambda plan: plan["changes"].pop(),
    "what is there afterwards": lambda plan: first_change(plan).update(after=None),
    "how a step is run": lambda plan: first_change(plan)["steps"][0].update(execution="scan"),
    "the server": lambda plan: plan["server"].update(system_identifier="1"),
    "the database": lambda plan: plan["server"].update(database_oid=1),
    "the digest": lambda plan: plan.update(digest="0" * 64),
    "broken: a state": lambda plan: first_change(plan)["states"].append("gone"),
    "broken: no policy": lambda plan: plan.pop("policy"),
    "broken: no server": lambda plan: plan.update(server=7),
    "broken: changes": lambda plan: plan.update(changes={"a": 1}),
    "broken: steps": lambda plan: first_change(plan).update(steps=[1]),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_plan_file_that_was_changed(what: str, database: Database, tmp_path: Path) -> None:
    """A part of the plan file is changed. Nothing is applied, and no statement is sent to the server."""
    database.execute(GIVEN)
    state = desired(tmp_path, YAML)
    content, before = planned(state, database.url), catalog(database, journal=True)
    TAMPERED[what](content)
    error = run(state, database.url, content)
    assert isinstance(error, UsageError)
    assert error.rule == "plan-file"
    assert catalog(database, journal=True) == before


def test_a_plan_file_that_was_changed_with_its_digest(database: Database, tmp_path: Path) -> None:
    """The digest is computed again after the change.

    Steps that are removed from the file are not applied, and a hazard that the file accepts is not accepted unless the
    operator accepts it.
    """
    database.execute(GIVEN)
    state = desired(tmp_path, YAML)
    content, before = planned(state, database.url), catalog(database, journal=True)
    content["changes"].pop()
    assert rule_of(run(state, database.url, signed_document(content))) == "plan-changed"
    assert catalog(database, journal=True) == before


def rule_of(error: object) -> str:
    assert isinstance(error, Refused)
    return error.rule


def test_another_database(database: Database, tmp_path: Path) -> None:
    """The plan file is applied to a copy of its database, where the plan is the same."""
    database.execute(GIVEN)
    state = desired(tmp_path, YAML)
    content = planned(state, database.url)
    with database.copy() as other:
        before = catalog(other, journal=True)
        assert rule_of(run(state, other.url, content)) == "plan-changed"
        assert catalog(other, journal=True) == before


def test_another_policy(database: Database, tmp_path: Path) -> None:
    """The plan file is applied with another policy or journal."""
    database.execute(GIVEN)
    state = desired(tmp_path, YAML)
    content, before = planned(state, database.url), catalog(database, journal=True)
    database.execute("CREATE SCHEMA other")
    for policy in ("lock_timeout: 9s", "journal_schema: other", "allow: [drop-table]", "max_drops: 99"):
        changed = desired(tmp_path, f"policy: {{{policy}}}\n{YAML}")
        assert rule_of(run(changed, database.url, content)) == "plan-changed"
    assert catalog(database, journal=True) == before


def test_an_object_that_was_exchanged_after_the_review(database: Database, tmp_path: Path) -> None:
    """An object that the plan drops or replaces is exchanged for another of its name, with the same statements."""
    database.execute(
        "CREATE TABLE t (a int, b int); CREATE INDEX x ON t (a); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)"
    )
    state = desired(tmp_path, "tables: {t: {absent: {indexes: [x]}, checks: {c: a > 1}}}")
    for exchange in (
        "DROP INDEX x; CREATE UNIQUE INDEX x ON t (b) WHERE a > 0",
        "ALTER TABLE t DROP CONSTRAINT c, ADD CONSTRAINT c CHECK (a > 5)",
    ):
        content = planned(state, database.url)
        database.execute(exchange)
        assert rule_of(run(state, database.url, content)) == "plan-changed"
        assert rule_of(run(state, database.url, content)) == "plan-changed"


def test_hazards_that_were_not_accepted_in_the_plan_file(database: Database, tmp_path: Path) -> None:
    """The plan file is refused because of a hazard. `--allow` for the apply does not widen it."""
    database.execute(GIVEN)
    state, allow = (
        desired(tmp_path, "dropped_tables: {old: {backup: none}}"),
        Options(allow=frozenset({"drop-table"})),
    )
    before = catalog(database, journal=True)
    error = run(state, database.url, planned(state, database.url), options=allow)
    assert isinstance(error, UsageError)
    assert "it has no digest: the plan is refused: hazard-not-accepted" in error.message
    assert catalog(database, journal=True) == before
    assert run(state, database.url, planned(state, database.url, allow), options=allow) is None


EVERY_STEP = range(10)


@pytest.mark.parametrize("moment", [StepStarted, StepCompleted])
def test_a_run_by_a_plan_file_dies_at_each_step(
    moment: type[StepStarted | StepCompleted], database: Database, tmp_path: Path
) -> None:
    """The sessions of a run with a plan file are killed at each of its steps; the same plan file finishes the work."""
    database.execute(GIVEN)
    state = desired(tmp_path, YAML)
    content, seen = planned(state, database.url), set[str]()

    def kill(event: Event) -> None:
        if isinstance(event, moment) and event.step.id not in seen:
            seen.add(event.step.id)
            database.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'reconcile'"
                " AND datname = current_database()"
            )

    for _ in EVERY_STEP:
        error = run(state, database.url, content, kill)
        if error is None:
            break
        assert isinstance(error, ConnectionFailed), error
    assert error is None
    assert len(seen) >= 6
    assert_in_sync(state, database.url)


def test_a_run_by_a_plan_file_left_an_invalid_index(database: Database, tmp_path: Path) -> None:
    """A concurrent build of a run with a plan file is cancelled; the same plan file removes the invalid index and
    rebuilds it.

    An invalid index that another run left is not removed.
    """
    database.execute(GIVEN)
    state = desired(tmp_path, YAML)
    content = planned(state, database.url)
    invalid_build(database, state, content)
    other = desired(tmp_path, "tables: {t: {checks: {c: a > 0}}}")
    assert rule_of(run(state, database.url, planned(other, database.url))) == "plan-changed"
    assert database.value("SELECT count(*) FROM pg_index WHERE NOT indisvalid") == 1
    assert run(state, database.url, content) is None
    assert_in_sync(state, database.url)


def invalid_build(database: Database, state: DesiredState, content: Content) -> None:
    """Run the plan file, and cancel its first build while it waits for a transaction."""
    with database.connect() as holder, database.connect() as eyes:
        holder.execute("BEGIN; INSERT INTO t VALUES (1, 1)")

        def watch() -> None:
            for _ in range(600):
                (count,) = eyes.execute("""SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity
                    WHERE query ~ 'CREATE INDEX CONCURRENTLY' AND wait_event_type = 'Lock'
                      AND datname = current_database()""").fetchone() or (0,)
                if count:
                    return
                eyes.execute("SELECT pg_sleep(0.05)")

        thread = threading.Thread(target=watch)
        thread.start()
        error = run(state, database.url, content)
        thread.join()
        holder.execute("ROLLBACK")
    assert isinstance(error, ReconcileError)
    assert database.value("SELECT count(*) FROM pg_index WHERE NOT indisvalid") == 1
