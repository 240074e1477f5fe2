"""Copies of triggers on partitions come back in their states: detaching a partition drops them, and attaching it
creates them in the state of the partitioned table's triggers."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.kinds.rules import GATED
from reconciler.model.events import Event, RunStatus, StepStarted
from reconciler.model.options import Options
from reconciler.model.state import DesiredState, Policy
from reconciler.model.step_id import Verb
from tests.execution.kills import Moment, kill_backend, kill_process
from tests.execution.support import apply, apply_all, desired
from tests.restoring.whole import difference, dump
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]

GIVEN = """
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE parts (a int, b int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF parts FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF parts FOR VALUES IN (2);
CREATE TABLE p3 PARTITION OF parts FOR VALUES IN (3) PARTITION BY LIST (b);
CREATE TABLE p3_1 PARTITION OF p3 FOR VALUES IN (1);
CREATE TABLE p3_2 PARTITION OF p3 FOR VALUES IN (2);
CREATE TRIGGER ordinary AFTER INSERT ON parts FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER "it's off" AFTER INSERT ON parts FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER of_p3 AFTER INSERT ON p3 FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER own AFTER INSERT ON p1 FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE parts DISABLE TRIGGER "it's off";
ALTER TABLE p1 DISABLE TRIGGER ordinary, ENABLE TRIGGER "it's off", ENABLE ALWAYS TRIGGER own;
ALTER TABLE p2 ENABLE REPLICA TRIGGER ordinary;
ALTER TABLE ONLY p3 DISABLE TRIGGER ordinary;
ALTER TABLE ONLY p3 ENABLE ALWAYS TRIGGER of_p3;
ALTER TABLE p3_1 ENABLE ALWAYS TRIGGER "it's off", DISABLE TRIGGER of_p3;
ALTER TABLE p3_2 DISABLE TRIGGER ordinary;
INSERT INTO parts VALUES (1, 1), (2, 1), (3, 1), (3, 2);
"""
STATES = "SELECT tgrelid::regclass::text, tgname::text, tgenabled::text FROM pg_trigger ORDER BY 1, 2"


def come_back(database: Database, table: str, run: str, by: str) -> None:
    if by == "restore":
        result = reconciler.restore(table, database.url, approve=lambda _: True)
    else:
        nothing = DesiredState(objects={}, policy=Policy(max_drops=1000))
        result = reconciler.undo(run, nothing, database.url, approve=lambda _: True, options=Options(allow=GATED))
    assert not result.plan.refusals, result.plan.refusals
    assert result.error is None, result.message


@pytest.mark.parametrize("by", ["restore", "undo"])
@pytest.mark.parametrize("default", [False, True])
@pytest.mark.parametrize("table", ["p1", "p2", "p3", "p3_1", "p3_2", "parts"])
def test_they_come_back(database: Database, tmp_path: Path, table: str, default: bool, by: str) -> None:
    """Partitions are detached concurrently, or, if there is a default partition, in the transaction that moves them."""
    more = "CREATE TABLE rest PARTITION OF parts DEFAULT; CREATE TABLE p3_rest PARTITION OF p3 DEFAULT"
    database.execute(GIVEN + (more if default else ""))
    before, states = dump(database), database.query(STATES)
    run = apply_all(desired(tmp_path, f"dropped_tables: {{{table}: }}"), database.url).run_id
    come_back(database, table, run, by)
    assert database.query(STATES) == states
    assert difference(before, dump(database)) == []


@pytest.mark.parametrize(
    ("moment", "by"), [(Moment.WAITING, "restore"), (Moment.AFTER, "restore"), (Moment.AFTER, "undo")]
)
def test_an_interrupted_detachment(database: Database, tmp_path: Path, moment: Moment, by: str) -> None:
    database.execute(GIVEN)
    states, state = database.query(STATES), desired(tmp_path, "dropped_tables: {p1: }")
    steps = reconciler.plan(state, database.url).steps
    spared = {str(step.id) for step in steps if step.id.verb is not Verb.DETACH}
    kill = kill_process if moment is Moment.AFTER else kill_backend
    assert kill([tmp_path / "schema.yaml"], database.url, moment, spared) == "detach dropped_table public.p1"
    come_back(database, "p1", "last", by)
    assert reconciler.unfinished_detachments(database.url) == []
    assert database.query(STATES) == states


def test_a_run_that_continues_and_one_that_is_undone(database: Database, tmp_path: Path) -> None:
    """The mark of the detached partition has the states, which the catalog does not have any more."""
    database.execute(GIVEN)
    before, state = database.query(STATES), desired(tmp_path, "dropped_tables: {p1: }")

    def interrupt(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.archives:
            raise KeyboardInterrupt

    assert apply(state, database.url, interrupt).status is RunStatus.INTERRUPTED
    run = apply_all(state, database.url).run_id
    come_back(database, "p1", run, "undo")
    assert database.query(STATES) == before


def test_a_trigger_that_the_parent_has_lost(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    run = apply_all(desired(tmp_path, "dropped_tables: {p1: }"), database.url).run_id
    database.execute("DROP TRIGGER ordinary ON parts")
    come_back(database, "p1", run, "restore")
    found = database.query("SELECT tgname::text, tgenabled::text FROM pg_trigger WHERE tgrelid = 'p1'::regclass")
    assert sorted(found) == [("it's off", "O"), ("own", "A")]


def test_a_table_that_moves_back(database: Database, tmp_path: Path) -> None:
    """Its replacement has lost rows when they are counted."""
    database.execute(f"{GIVEN} CREATE TABLE new (a int); INSERT INTO new VALUES (1)")
    states = database.query(STATES)

    def lose(event: Event) -> None:
        if isinstance(event, StepStarted):
            database.execute("DELETE FROM new")

    result = apply(desired(tmp_path, "dropped_tables: {p1: {replaced_by: new}}"), database.url, lose)
    assert result.error is not None
    assert (result.error.rule, database.value("SELECT count(*) FROM p1")) == ("fewer-rows", 1)
    assert database.query(STATES) == states
