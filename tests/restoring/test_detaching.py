"""A partition is detached concurrently before it is archived or dropped: its parent can be used all the time, and an
attempt that was interrupted at any moment is continued."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import psycopg
import pytest

import reconciler
from reconciler.kinds.rules import GATED
from reconciler.model.events import Event, StepCompleted, StepRetried, StepStarted
from reconciler.model.limits import ExecutionClass
from reconciler.model.options import Options
from reconciler.model.state import DesiredState, Policy
from reconciler.model.step import DetachAction
from reconciler.model.step_id import Verb
from reconciler.report.archive import render_archived_text
from tests.execution.kills import Moment, kill_backend, kill_process
from tests.execution.support import (
    Events,
    apply,
    apply_all,
    assert_in_sync,
    catalog,
    desired,
    transaction,
    wait_until,
)
from tests.restoring.whole import difference, dump
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]

FUNCTION = "CREATE FUNCTION touch() RETURNS int LANGUAGE sql AS 'SELECT 1';"
"""With the function of the journal, pg_dump would sort differently."""
GIVEN = f"""
{FUNCTION}
CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE events (day date, id int, "user" int REFERENCES users ON DELETE CASCADE, n int CHECK (n > 0),
    PRIMARY KEY (day, id)) PARTITION BY RANGE (day);
CREATE INDEX by_n ON events (n);
CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE events_2021 PARTITION OF events FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE INDEX own ON events_2020 ("user"); COMMENT ON TABLE events_2020 IS 'the past';
ALTER TABLE events_2020 ADD CONSTRAINT events_2020_day_check CHECK (day > '1990-01-01');
INSERT INTO users VALUES (1);
INSERT INTO events VALUES ('2020-05-01', 1, 1, 1), ('2021-05-01', 2, 1, 2);
"""
FILE = "dropped_tables: {events_2020: }"
PENDING = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhdetachpending"
CHECKS = """SELECT c.conname::text FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
             WHERE c.contype = 'c' AND t.relname ~ '^events_2020' ORDER BY 1"""
OWN_CHECKS = [("events_2020_day_check",), ("events_n_check",)]
SORTS = {
    "range": ("PARTITION BY RANGE (a, b)", "FROM (1, 'a') TO (2, 'b')"),
    "list": ("PARTITION BY LIST (b)", "IN ('x ) = ANY (', 'it''s', NULL)"),
    "one value": ("PARTITION BY LIST (a)", "IN (1)"),
    "hash": ("PARTITION BY HASH (a)", "WITH (MODULUS 1, REMAINDER 0)"),
    "expression": ("PARTITION BY LIST (lower(b))", "IN ('x')"),
}


def restore(database: Database, name: str = "events_2020") -> None:
    result = reconciler.restore(name, database.url, approve=lambda _: True)
    assert not result.plan.refusals, result.plan.refusals
    assert result.error is None, result.message


def test_the_parent_is_used_all_the_time(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    before, state, events = dump(database), desired(tmp_path, FILE), Events()
    with ThreadPoolExecutor() as pool, transaction(database.url, "SELECT FROM events") as reader:
        running = pool.submit(apply_all, state, database.url, events)
        wait_until(lambda: database.query(PENDING), "the partition to be detached")
        others = "SET lock_timeout = '1ms'; INSERT INTO events VALUES ('2021-06-06', 3, 1, 1)"
        database.execute(f"{others}; SELECT FROM events; DELETE FROM events WHERE id = 3")
        assert reader.execute("SELECT count(*) FROM events").fetchone() == (1,)
        reader.execute("COMMIT")
        plan = running.result().plan
    detach, archive, *_ = plan.steps[1:]
    assert (detach.id.verb, detach.execution) == (Verb.DETACH, ExecutionClass.STAGED)
    assert {(str(one.table), one.mode.value) for one in detach.locks} == {
        ("public.events", "SHARE UPDATE EXCLUSIVE"),
        ("public.events_2020", "ACCESS EXCLUSIVE"),
        ("public.users", "SHARE ROW EXCLUSIVE"),
    }
    assert "public.events" not in {str(one.table) for one in archive.locks}
    assert_in_sync(state, database.url)
    assert database.query(CHECKS) == OWN_CHECKS
    restore(database)
    assert difference(before, dump(database)) == []


@pytest.mark.parametrize("sort", SORTS)
def test_each_sort_of_partition_comes_back(database: Database, tmp_path: Path, sort: str) -> None:
    """The constraint that PostgreSQL adds to it does not stay."""
    by, bounds = SORTS[sort]
    database.execute(f"""{FUNCTION}
        CREATE TABLE whole (a int, b text, CONSTRAINT filled CHECK (b <> '')) {by};
        CREATE TABLE part (b text, a int, CONSTRAINT filled CHECK (b <> ''));
        ALTER TABLE part ADD CONSTRAINT part_check CHECK (a < 99);
        ALTER TABLE whole ATTACH PARTITION part FOR VALUES {bounds}""")
    before, state = dump(database), desired(tmp_path, "dropped_tables: {part: }")
    result = apply_all(state, database.url)
    assert Verb.DETACH in [step.id.verb for step in result.plan.steps]
    found = """SELECT c.conname::text FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
                WHERE c.contype = 'c' AND t.relname ~ '^part' ORDER BY 1"""
    assert database.query(found) == [
        ("filled",),
        ("part_check",),
    ]
    restore(database, "part")
    assert difference(before, dump(database)) == []


def test_a_partition_with_partitions(database: Database, tmp_path: Path) -> None:
    database.execute(f"""{FUNCTION}
        CREATE TABLE whole (a int, b int) PARTITION BY LIST (a);
        CREATE TABLE part PARTITION OF whole FOR VALUES IN (1, 2) PARTITION BY RANGE (b);
        CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (1) TO (10);
        CREATE TABLE part_2 PARTITION OF part DEFAULT; INSERT INTO whole VALUES (1, 1), (2, 10)""")
    before, state = dump(database), desired(tmp_path, "dropped_tables: {part: }")
    plan = apply_all(state, database.url).plan
    assert [str(one.id) for one in plan.steps if one.id.verb is Verb.DETACH] == ["detach dropped_table public.part"]
    checks = "SELECT count(*) FROM pg_constraint c JOIN pg_class t ON t.oid = conrelid WHERE contype = 'c'"
    assert database.value(f"{checks} AND relname ~ '^part'") == 0
    restore(database, "part")
    assert difference(before, dump(database)) == []


@pytest.mark.parametrize(
    ("more", "file", "why"),
    [
        (
            "CREATE TABLE rest PARTITION OF events DEFAULT",
            FILE,
            "because the partitioned table has a default partition",
        ),
        ("", "dropped_tables: {events: }", "because public.events is dropped as well"),
        (
            "CREATE ROLE other; ALTER TABLE events_2020 OWNER TO other",
            FILE,
            "because its owner does not have the rights of the owner of the partitioned table",
        ),
    ],
)
def test_a_plan_says_why_it_is_not_concurrent(
    database: Database, tmp_path: Path, more: str, file: str, why: str
) -> None:
    database.execute("DROP ROLE IF EXISTS other")
    database.execute(GIVEN + more)
    before = dump(database)
    plan = apply_all(desired(tmp_path, file), database.url).plan
    assert Verb.DETACH not in [step.id.verb for step in plan.steps]
    titles = [step.title for step in plan.steps if step.id.key.table == "events_2020"]
    assert sum(f"; it is detached from public.events in the same transaction, {why}" in one for one in titles) == 1
    restore(database, "events" if "events:" in file else "events_2020")
    assert difference(before, dump(database)) == []
    database.execute("DROP OWNED BY other; DROP ROLE other" if "ROLE" in more else "SELECT")


@pytest.mark.parametrize(
    ("kill", "moment"),
    [
        *((kill_process, moment) for moment in Moment),
        *((kill_backend, moment) for moment in (Moment.BEFORE, Moment.WAITING, Moment.UNLOGGED)),
    ],
)
@pytest.mark.parametrize("backup", ["archive", "none"])
def test_a_killed_run_is_continued(
    database: Database, tmp_path: Path, moment: Moment, kill: Callable[..., str | None], backup: str
) -> None:
    """It is killed at every step; the next run continues, also with the approval of the whole plan."""
    database.execute(GIVEN)
    before = dump(database)
    file = f"policy: {{allow: [drop-table]}}\ndropped_tables: {{events_2020: {{backup: {backup}}}}}"
    state = desired(tmp_path, file)
    digest = reconciler.plan(state, database.url).digest
    hits = set[str]()
    kill = partial(kill, require_digest=digest) if kill is kill_backend else kill
    while (hit := kill([tmp_path / "schema.yaml"], database.url, moment, hits)) is not None:
        hits.add(hit)
        if (
            moment is Moment.WAITING and kill is not kill_process
        ):  # a killed client leaves its backend, which goes on
            assert database.query(PENDING) == [("events_2020",)]
    assert "detach dropped_table public.events_2020" in hits
    assert database.query(PENDING) == []
    assert_in_sync(state, database.url)
    if backup == "archive":
        assert database.query(CHECKS) == OWN_CHECKS
        restore(database)
        assert difference(before, dump(database)) == []


def test_a_partition_that_somebody_else_has_begun_to_detach(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    before = dump(database)
    with (
        transaction(database.url, "SELECT FROM events"),
        database.connect(options="-c lock_timeout=50ms") as detaching,
        pytest.raises(psycopg.errors.LockNotAvailable),
    ):
        detaching.execute("ALTER TABLE events DETACH PARTITION events_2020 CONCURRENTLY")
    state = desired(tmp_path, FILE)
    plan = apply_all(state, database.url).plan
    assert [step.title for step in plan.steps if step.id.verb is Verb.DETACH] == [
        "complete the interrupted step: detach partition public.events_2020 from public.events concurrently"
    ]
    assert database.query(CHECKS) == OWN_CHECKS
    restore(database)
    assert difference(before, dump(database)) == []


def pend(database: Database, partition: str) -> None:
    """Begin to detach a partition, and give up while another session uses the parent."""
    with (
        transaction(database.url, "SELECT FROM events"),
        database.connect(options="-c lock_timeout=50ms") as detaching,
        pytest.raises(psycopg.errors.LockNotAvailable),
    ):
        detaching.execute(f"ALTER TABLE events DETACH PARTITION {partition} CONCURRENTLY")


def test_another_partition_that_is_pending(database: Database, tmp_path: Path) -> None:
    """It comes first if the plan completes it; otherwise nothing is begun."""
    database.execute(GIVEN)
    before = dump(database)
    pend(database, "events_2021")
    refused = apply(desired(tmp_path, FILE), database.url).plan
    assert [(one.rule, str(one.key)) for one in refused.refusals] == [
        ("detach-pending", "dropped table public.events_2020")
    ]
    assert "DETACH PARTITION public.events_2021 FINALIZE" in refused.refusals[0].remedy
    assert database.value("SELECT obj_description('events_2020'::regclass)") == "the past"
    both = desired(tmp_path, "dropped_tables: {events_2020: , events_2021: }")
    plan = apply_all(both, database.url).plan
    assert [one.id.key.table for one in plan.steps if one.id.verb is Verb.DETACH] == ["events_2021", "events_2020"]
    assert_in_sync(both, database.url)
    for name in ("events_2020", "events_2021"):
        restore(database, name)
    assert difference(before, dump(database)) == []


@pytest.mark.parametrize("reason", ["default", "pending"])
def test_a_detachment_that_the_server_refuses(database: Database, tmp_path: Path, reason: str) -> None:
    """The partition has its own comment again."""
    database.execute(GIVEN)

    def prevent(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.verb is Verb.DETACH:
            if reason == "default":
                database.execute("CREATE TABLE rest PARTITION OF events DEFAULT")
            else:
                pend(database, "events_2021")

    assert apply(desired(tmp_path, FILE), database.url, prevent).error is not None
    assert database.value("SELECT obj_description('events_2020'::regclass)") == "the past"
    assert reconciler.unfinished_detachments(database.url) == []


def test_a_session_that_would_wait_for_it_goes_first(database: Database, tmp_path: Path) -> None:
    """The detachment is cancelled before the server ends the other session, and completed later."""
    database.execute(GIVEN)
    before, events = dump(database), Events()
    with ThreadPoolExecutor() as pool, transaction(database.url, "SELECT FROM events_2020") as other:
        other.execute("SET deadlock_timeout = '60s'")
        running = pool.submit(apply_all, desired(tmp_path, FILE), database.url, events)
        waiting = "SELECT FROM pg_locks WHERE relation = 'events_2020'::regclass AND NOT granted"
        wait_until(lambda: database.query(waiting), "the detachment to wait")
        other.execute("LOCK TABLE events IN SHARE MODE")
        assert database.query(PENDING) == [("events_2020",)]
        other.execute("COMMIT")
        running.result()
    assert events.of(StepRetried)
    restore(database)
    assert difference(before, dump(database)) == []


@pytest.mark.parametrize("backup", ["archive", "none"])
@pytest.mark.parametrize(
    ("dependent", "drop"),
    [
        ("CREATE VIEW late AS SELECT FROM events_2020", "DROP VIEW late"),
        (
            "CREATE TABLE late (day date, id int, FOREIGN KEY (day, id) REFERENCES events_2020 (day, id))",
            "DROP TABLE late",
        ),
    ],
)
def test_a_dependent_that_is_created_meanwhile(
    database: Database, tmp_path: Path, dependent: str, drop: str, backup: str
) -> None:
    """The table becomes a partition again, with its own comment."""
    database.execute(GIVEN)
    before = catalog(database)

    def depend(event: Event) -> None:
        if isinstance(event, StepCompleted) and event.step.id.verb is Verb.DETACH:
            database.execute(dependent)

    file = f"policy: {{allow: [drop-table]}}\ndropped_tables: {{events_2020: {{backup: {backup}}}}}"
    result = apply(desired(tmp_path, file), database.url, depend)
    assert result.error is not None
    assert result.error.rule == "has-dependents"
    assert "transaction was rolled back" not in str(result.error.hint)
    database.execute(f"{drop}; DROP SCHEMA IF EXISTS reconcile_archive")
    assert catalog(database) == before


@pytest.mark.parametrize("new", ["CREATE TABLE new (id int)", "CREATE TABLE new (id int) PARTITION BY LIST (id)"])
def test_a_partition_with_a_replacement(database: Database, tmp_path: Path, new: str) -> None:
    """It is counted in the archive, and attached again if the replacement has lost rows."""
    part = "CREATE TABLE new_1 PARTITION OF new DEFAULT" if "BY" in new else "SELECT"
    database.execute(f"{GIVEN} {new}; {part}; INSERT INTO new VALUES (1)")
    before, state = dump(database), desired(tmp_path, "dropped_tables: {events_2020: {replaced_by: new}}")

    def lose(event: Event) -> None:
        if isinstance(event, StepCompleted) and event.step.id.verb is Verb.DETACH:
            database.execute("DELETE FROM new")

    result = apply(state, database.url, lose)
    assert result.error is not None
    assert result.error.rule == "fewer-rows"
    database.execute("INSERT INTO new VALUES (1)")
    assert difference(before, dump(database)) == []
    apply_all(state, database.url)
    assert_in_sync(state, database.url)
    restore(database)
    assert difference(before, dump(database)) == []


def test_an_undo_attaches_it(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    before, state = dump(database), desired(tmp_path, FILE)

    def interrupt(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.archives:
            raise KeyboardInterrupt

    apply(state, database.url, interrupt)
    assert database.value("SELECT count(*) FROM pg_inherits WHERE inhrelid = 'events_2020'::regclass") == 0
    run = apply_all(state, database.url).run_id
    nothing = DesiredState(objects={}, policy=Policy(max_drops=1000))
    result = reconciler.undo(run, nothing, database.url, approve=lambda _: True, options=Options(allow=GATED))
    assert not result.plan.refusals, result.plan.refusals
    assert result.error is None, result.message
    assert difference(before, dump(database)) == []


def test_the_locks_that_complete_it_are_those_of_the_plan(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    plan = reconciler.plan(desired(tmp_path, FILE), database.url)
    (step,) = [step for step in plan.steps if step.id.verb is Verb.DETACH]
    with (
        transaction(database.url, "SELECT FROM events"),
        database.connect(options="-c lock_timeout=50ms") as detaching,
        pytest.raises(psycopg.errors.LockNotAvailable),
    ):
        detaching.execute("ALTER TABLE events DETACH PARTITION events_2020 CONCURRENTLY")
    with transaction(database.url, "ALTER TABLE events DETACH PARTITION events_2020 FINALIZE") as completing:
        query = """SELECT relation::regclass::text, mode FROM pg_locks JOIN pg_class c ON c.oid = relation
                    WHERE pid = pg_backend_pid() AND c.relkind IN ('r', 'p') AND c.oid >= 16384"""
        taken = {(f"public.{table}", mode) for table, mode in completing.execute(query).fetchall()}
    claimed = {(str(one.table), one.mode.pg_locks_mode) for one in step.locks}
    assert {one for one in taken if one[1] != "AccessShareLock"} == claimed


@pytest.mark.parametrize(
    ("moment", "by"),
    [
        (one, by)
        for one in Moment
        if one in (Moment.BEFORE, Moment.WAITING, Moment.AFTER)
        for by in ("restore", "undo")
    ],
)
def test_an_interrupted_detachment_is_taken_back(
    database: Database, tmp_path: Path, moment: Moment, by: str
) -> None:
    """Until then, plans, `drift` and `restore` say it, whatever the file names. An undo does the same."""
    database.execute(GIVEN)
    before, state = dump(database), desired(tmp_path, FILE)
    spared = {
        str(step.id) for step in reconciler.plan(state, database.url).steps if step.id.verb is not Verb.DETACH
    }
    kill = kill_process if moment is Moment.AFTER else kill_backend
    assert (
        kill([tmp_path / "schema.yaml"], database.url, moment, spared) == "detach dropped_table public.events_2020"
    )
    marked = reconciler.unfinished_detachments(database.url)
    for file in ("dropped_tables: {}", "tables: {events: {}}", "tables: {events_2020: {}}"):
        plan = reconciler.plan(desired(tmp_path, file), database.url)
        assert [one.rule for one in plan.notes if one.rule == "unfinished-detachment"] == [
            "unfinished-detachment" for _ in marked
        ]
        assert reconciler.report_of(plan).verdict == ("changes" if marked else "in sync")
    if moment is not Moment.BEFORE:
        (one,) = marked
        assert (str(one.table), one.state) == (
            "public.events_2020",
            "detached" if moment is Moment.AFTER else "pending",
        )
        assert "public.events_2020" in render_archived_text([], unfinished=marked)
        if by == "restore":
            restore(database)
        else:
            result = reconciler.undo("last", DesiredState(objects={}), database.url, approve=lambda _: True)
            assert result.error is None, result.message
            assert "unfinished-detachment" not in [one.rule for one in result.plan.notes]
    assert reconciler.unfinished_detachments(database.url) == []
    assert difference(before, dump(database)) == []


def test_undos_of_two_interrupted_detachments(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    before, state = dump(database), desired(tmp_path, FILE)
    for _ in range(2):
        spared = {
            str(step.id) for step in reconciler.plan(state, database.url).steps if step.id.verb is not Verb.DETACH
        }
        kill_backend([tmp_path / "schema.yaml"], database.url, Moment.WAITING, spared)
        assert [one.state for one in reconciler.unfinished_detachments(database.url)] == ["pending"]
        run = reconciler.history(database.url)[-1].run_id
        result = reconciler.undo(run, DesiredState(objects={}), database.url, approve=lambda _: True)
        assert result.error is None, result.message
        assert reconciler.unfinished_detachments(database.url) == []
    assert difference(before, dump(database)) == []


@pytest.mark.parametrize("comment", ["'later'", "NULL"])
@pytest.mark.parametrize("moment", [Moment.WAITING, Moment.AFTER])
@pytest.mark.parametrize("by", ["restore", "undo", "apply"])
def test_a_comment_that_is_written_meanwhile(
    database: Database, tmp_path: Path, by: str, moment: Moment, comment: str
) -> None:
    """It does not hide the interrupted detachment, and is kept."""
    database.execute(GIVEN)
    state, other = desired(tmp_path, FILE), tmp_path / "other.yaml"
    other.write_text("version: 1\ndropped_tables: {}")
    spared = {
        str(step.id) for step in reconciler.plan(state, database.url).steps if step.id.verb is not Verb.DETACH
    }
    write = f"COMMENT ON TABLE events_2020 IS {comment}"
    database.execute(write)
    before = dump(database)
    database.execute("COMMENT ON TABLE events_2020 IS 'the past'")
    kill = kill_process if moment is Moment.AFTER else kill_backend
    assert kill([tmp_path / "schema.yaml"], database.url, moment, spared) is not None
    database.execute(write)
    (one,) = reconciler.unfinished_detachments(database.url)
    assert one.state == ("detached" if moment is Moment.AFTER else "pending")
    found = reconciler.drift(other, database.url)
    assert "unfinished-detachment" in [note.rule for note in found.plan.notes]
    if by == "undo":
        result = reconciler.undo("last", DesiredState(objects={}), database.url, approve=lambda _: True)
        assert result.error is None, result.message
    else:
        if by == "apply":
            apply_all(state, database.url)
            assert_in_sync(state, database.url)
        restore(database)
    assert reconciler.unfinished_detachments(database.url) == []
    assert difference(before, dump(database)) == []


CONDITION = "day IS NOT NULL AND day >= '2020-01-01'::date AND day < '2021-01-01'::date"
"""That of the constraint which PostgreSQL adds to events_2020."""


@pytest.mark.parametrize("by", ["restore", "archive"])
@pytest.mark.parametrize("when", [Moment.BEFORE, "planned", "pending", Moment.AFTER, "renamed"])
def test_a_check_with_the_same_condition_is_kept(
    database: Database, tmp_path: Path, when: Moment | str, by: str
) -> None:
    """Only the constraint that PostgreSQL has added is dropped, whenever somebody adds or renames another one."""
    add = f"ALTER TABLE events_2020 ADD CONSTRAINT mine CHECK ({CONDITION})"
    rename = "ALTER TABLE events_2020 RENAME CONSTRAINT mine TO yours"
    database.execute(GIVEN)
    if when in (Moment.BEFORE, "pending", "renamed"):
        database.execute(add)
    if when == "pending":
        pend(database, "events_2020")

    def change(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.verb is Verb.DETACH:
            database.execute(add if when == "planned" else "SELECT")
        if isinstance(event, StepCompleted) and event.step.id.verb is Verb.DETACH:
            if when is Moment.AFTER:
                database.execute(add)
            if when == "renamed":
                database.execute(rename)
            raise KeyboardInterrupt

    state = desired(tmp_path, FILE)
    apply(state, database.url, change)
    (one,) = reconciler.unfinished_detachments(database.url)
    assert one.state == "detached"
    if by == "archive":
        apply_all(state, database.url)
    else:
        restore(database)
    assert database.query(CHECKS) == sorted([*OWN_CHECKS, ("yours" if when == "renamed" else "mine",)])


def test_a_mark_on_a_partition_that_is_still_attached(database: Database, tmp_path: Path) -> None:
    """A restore only takes the mark away: the parent keeps the rows all the time."""
    database.execute(GIVEN)
    before = dump(database)
    (action,) = [
        step.action
        for step in reconciler.plan(desired(tmp_path, FILE), database.url).steps
        if isinstance(step.action, DetachAction)
    ]
    database.execute(str(action.mark))
    (marked,) = reconciler.unfinished_detachments(database.url)
    assert marked.state == "attached"
    plan = reconciler.plan_restore("events_2020", database.url)
    assert [one.title for one in plan.steps] == ["remove the mark of an interrupted run from public.events_2020"]
    restore(database)
    assert difference(before, dump(database)) == []


def test_a_mark_of_another_owner_attaches_nothing(database: Database, tmp_path: Path) -> None:
    """Whoever owns a table can write any mark: it counts only for a parent that the owner may attach it to."""
    database.execute(GIVEN)
    database.execute("DROP ROLE IF EXISTS stranger; CREATE ROLE stranger; CREATE TABLE mine (LIKE events)")
    text = (
        '{"detached_by": "reconcile", "parent": ["public", "events"], '
        "\"bound\": \"FOR VALUES FROM (''2030-01-01'') TO (''2031-01-01'')\", "
        '"condition": null, "checks": []}'
    )
    database.execute(f"COMMENT ON TYPE mine IS '{text}'; ALTER TABLE mine OWNER TO stranger")
    apply_all(desired(tmp_path, "dropped_tables: {mine: }"), database.url)
    (found,) = reconciler.archived(database.url)
    assert found.table.moved.parents == ()
    restore(database, "mine")
    assert database.value("SELECT obj_description('mine'::regtype, 'pg_type')") is None
    database.execute("DROP OWNED BY stranger; DROP ROLE stranger")
