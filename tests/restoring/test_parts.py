"""Partitions and inheritance children: they are detached when they are archived, and attached when they come back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import reconciler
from reconciler.kinds.rules import GATED
from reconciler.model.events import Event, RunStatus, StepCompleted
from reconciler.model.limits import ExecutionClass
from reconciler.model.options import Options
from reconciler.model.state import DesiredState, Policy
from reconciler.model.step_id import Verb
from tests.execution.support import apply, apply_all, assert_in_sync, catalog, desired, wait_until
from tests.restoring.whole import dump
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]

PARTITIONED = """
CREATE TABLE users (id int PRIMARY KEY);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE events (day date, id int, "user" int REFERENCES users ON DELETE CASCADE, n int CHECK (n > 0),
    PRIMARY KEY (day, id)) PARTITION BY RANGE (day);
CREATE INDEX by_n ON events (n);
CREATE TRIGGER touched BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE events_2021 PARTITION OF events FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE TABLE events_rest PARTITION OF events DEFAULT;
CREATE INDEX own ON events_2020 ("user"); COMMENT ON TABLE events_2020 IS 'the past';
INSERT INTO users VALUES (1);
INSERT INTO events VALUES ('2020-05-01', 1, 1, 1), ('2021-05-01', 2, 1, 2);
"""


def test_a_partition(database: Database, tmp_path: Path) -> None:
    database.execute(PARTITIONED)
    before = dump(database)
    state = desired(tmp_path, "dropped_tables: {events_2020: }")
    apply_all(state, database.url)
    assert_in_sync(state, database.url)
    assert database.query("SELECT id FROM events") == [(2,)]
    keys = "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND connamespace = 'reconcile_archive'::regnamespace"
    assert database.value(keys) == 0
    result = reconciler.restore("events_2020", database.url, approve=lambda _: True)
    assert not result.plan.refusals, result.plan.refusals
    assert result.error is None, result.message
    assert [step.id.verb.value for step in result.plan.steps] == ["add", "validate", "attach", "restore"]
    assert dump(database) == before


def test_the_list_of_the_archive_counts_each_row_once(database: Database, tmp_path: Path) -> None:
    """ANALYZE counts the rows of all partitions for the partitioned table as well."""
    database.execute(f"{PARTITIONED} ANALYZE")
    apply_all(desired(tmp_path, "dropped_tables: {events: }"), database.url)
    found = {one.origin.name: (one.table.rows, one.table.bytes > 0) for one in reconciler.archived(database.url)}
    assert found == {
        "events": (0, False),
        "events_2020": (1, True),
        "events_2021": (1, True),
        "events_rest": (0, False),
    }


def test_a_partition_that_moves_back(database: Database, tmp_path: Path) -> None:
    database.execute(PARTITIONED + "CREATE TABLE new (id int)")
    before = dump(database)
    state = desired(tmp_path, "dropped_tables: {events_2020: {replaced_by: new}}")
    refused = reconciler.plan(state, database.url)
    assert [refusal.rule for refusal in refused.refusals] == ["fewer-rows"]
    database.execute("INSERT INTO new VALUES (1)")

    def lose(event: object) -> None:
        if type(event).__name__ == "StepStarted":
            database.execute("DELETE FROM new")

    result = apply(state, database.url, lose)
    assert result.error is not None
    assert result.error.rule == "fewer-rows"
    database.execute("INSERT INTO new VALUES (1); DELETE FROM new")
    assert dump(database) == before


def test_an_inheritance_child(database: Database, tmp_path: Path) -> None:
    """Its columns count as its own afterwards: only that PostgreSQL does not restore."""
    database.execute("""CREATE TABLE one (a int, b int CHECK (b > 0)); CREATE TABLE two (c int);
        CREATE TABLE child (d int) INHERITS (one, two); INSERT INTO child VALUES (1, 2, 3, 4)""")
    state = desired(tmp_path, "dropped_tables: {child: }")
    apply_all(state, database.url)
    assert database.query("SELECT * FROM one") == []
    result = reconciler.restore("child", database.url, approve=lambda _: True)
    assert result.error is None, result.message
    assert database.query("SELECT a, b FROM one") == [(1, 2)]
    parents = (
        "SELECT inhparent::regclass::text FROM pg_inherits WHERE inhrelid = 'child'::regclass ORDER BY inhseqno"
    )
    assert database.query(parents) == [("one",), ("two",)]
    apply_all(desired(tmp_path, "dropped_tables: {one: }"), database.url)  # with its child
    assert [one.origin.name for one in reconciler.archived(database.url)] == ["child", "one"]
    result = reconciler.restore("one", database.url, approve=lambda _: True)
    assert result.error is None, result.message
    assert database.query("SELECT a, b FROM one") == [(1, 2)]


def test_a_partitioned_table_with_all_below(database: Database, tmp_path: Path) -> None:
    database.execute(PARTITIONED)
    database.execute("""
        CREATE TABLE events_2022 PARTITION OF events FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')
            PARTITION BY LIST (id);
        CREATE TABLE events_2022_1 PARTITION OF events_2022 FOR VALUES IN (1);
        INSERT INTO events VALUES ('2022-03-03', 1, 1, 3); COMMENT ON TABLE events IS 'everything'""")
    before = dump(database)
    state = desired(tmp_path, "dropped_tables: {events: }")
    apply_all(state, database.url)
    assert_in_sync(state, database.url)
    found = reconciler.archived(database.url)
    assert sorted(one.origin.name for one in found) == [
        *("events", "events_2020", "events_2021", "events_2022", "events_2022_1", "events_rest")
    ]
    keys = "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND connamespace = 'reconcile_archive'::regnamespace"
    assert database.value(keys) == 0
    result = reconciler.restore("events", database.url, approve=lambda _: True)
    assert not result.plan.refusals, result.plan.refusals
    assert result.error is None, result.message
    assert dump(database) == before
    assert reconciler.archived(database.url) == []


@pytest.mark.pg(">= 18")
def test_interrupted_runs_leave_no_partition_behind(database: Database, tmp_path: Path) -> None:
    """Two runs archive a partitioned table, and two restores under the same name bring it back; but not a partition
    that was archived by itself."""
    database.execute(f"""{PARTITIONED}
        CREATE TABLE events_2022 PARTITION OF events FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')
            PARTITION BY LIST (id);
        CREATE TABLE events_2022_1 PARTITION OF events_2022 FOR VALUES IN (1)""")
    apply_all(desired(tmp_path, "dropped_tables: {events_rest: }"), database.url)
    before, state = dump(database), desired(tmp_path, "dropped_tables: {events: }")

    def interrupt(event: Event) -> None:
        if isinstance(event, StepCompleted) and event.step.id.verb in (Verb.ARCHIVE, Verb.RESTORE):
            raise KeyboardInterrupt

    archived_alone = str(reconciler.archived(database.url)[0].table.name)
    wait_for_another_second(reconciler.archived(database.url)[0].table.at)
    assert apply(state, database.url, interrupt).status is RunStatus.INTERRUPTED
    first, second = reconciler.archived(database.url)
    assert {first.origin.name, second.origin.name} > {"events_rest"}
    wait_for_another_second(first.table.at)
    apply_all(state, database.url)
    assert len({one.table.at for one in reconciler.archived(database.url)}) == 3

    def restore(*listeners: Callable[[Event], None]) -> reconciler.ApplyResult:
        return reconciler.restore("events", database.url, approve=lambda _: True, listeners=listeners)

    for _ in range(4):  # tables come back
        assert restore(interrupt).status is RunStatus.INTERRUPTED
        assert database.value("SELECT to_regclass('events') IS NOT NULL")
        assert dump(database) != before
    result = restore()
    assert not result.plan.refusals, result.plan.refusals
    assert result.error is None, result.message
    assert [one.table.name for one in reconciler.archived(database.url)] == [archived_alone]
    assert dump(database) == before


SERIAL = """
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE events (id serial, day int, PRIMARY KEY (day, id)) PARTITION BY RANGE (day);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (10);
CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (10) TO (20);
INSERT INTO events (day) VALUES (1), (11);
CREATE TABLE another (id int DEFAULT nextval('events_id_seq'), day int);
"""


def test_a_partitioned_table_with_a_sequence(database: Database, tmp_path: Path) -> None:
    """The defaults of its partitions use the sequence, which moves with the table. A partition that was archived before
    may stay in the archive."""
    database.execute(SERIAL)
    before = dump(database)
    (refusal,) = reconciler.plan(desired(tmp_path, "dropped_tables: {events: }"), database.url).refusals
    assert (refusal.rule, refusal.cause) == (
        "has-dependents",
        "default value for column id of table public.another depends on public.events",
    )
    apply_all(desired(tmp_path, "dropped_tables: {events_1: }"), database.url)
    wait_for_another_second(reconciler.archived(database.url)[0].table.at)
    apply_all(desired(tmp_path, "dropped_tables: {events: , another: }"), database.url)
    assert len(reconciler.archived(database.url)) == 4
    for name in ("events", "events_1", "another"):
        result = reconciler.restore(name, database.url, approve=lambda _: True)
        assert not result.plan.refusals, result.plan.refusals
        assert result.error is None, result.message
    assert dump(database) == before


def test_a_sequence_that_a_table_in_the_archive_uses(database: Database, tmp_path: Path) -> None:
    database.execute(f"{SERIAL} DROP TABLE another")
    drop = "policy: {allow: [drop-table]}\ndropped_tables: {events: {backup: none}"
    plan = reconciler.plan(desired(tmp_path, f"{drop}, events_1: }}"), database.url)
    assert [(one.rule, one.cause) for one in plan.refusals] == [
        ("has-dependents", "default value for column id of table public.events_1 depends on public.events"),
        ("has-dependents", "table public.events_1 depends on public.events"),
    ]
    dumped = reconciler.plan(desired(tmp_path, "dropped_tables: {events: {backup: dump}}"), database.url)
    assert {one.cause for one in dumped.refusals} == {
        f"default value for column id of table public.events_{n} depends on public.events" for n in (1, 2)
    }
    apply_all(desired(tmp_path, "dropped_tables: {events_1: }"), database.url)
    (there,) = [one.table.name for one in reconciler.archived(database.url)]
    (refusal,) = reconciler.plan(desired(tmp_path, f"{drop}}}"), database.url).refusals
    assert refusal.cause == (
        f'default value for column id of table reconcile_archive."{there}" depends on public.events'
    )
    database.execute(f'DROP TABLE reconcile_archive."{there}"')
    apply_all(desired(tmp_path, f"{drop}}}"), database.url)
    assert database.value("SELECT count(*) FROM pg_class WHERE relname LIKE 'events%'") == 0


def test_a_foreign_key_to_a_partitioned_table_is_dropped_with_it(database: Database, tmp_path: Path) -> None:
    """PostgreSQL has a part of it for each partition."""
    database.execute(
        f"{SERIAL} DROP TABLE another; CREATE TABLE z (d int, e int, CONSTRAINT k FOREIGN KEY (d, e) "
        "REFERENCES events)"
    )
    absent = "tables: {z: {absent: {constraints: [k]}}}"
    refused = reconciler.plan(desired(tmp_path, "dropped_tables: {events: }"), database.url).refusals
    assert {one.rule for one in refused} == {"has-dependents"}
    apply_all(desired(tmp_path, f"{absent}\ndropped_tables: {{events: }}"), database.url)
    assert len(reconciler.archived(database.url)) == 3


@pytest.mark.parametrize("way", ["restore", "undo"])
def test_the_way_there_and_back_is_interrupted_after_each_step(
    database: Database, tmp_path: Path, way: str
) -> None:
    """A partition that is attached in the archive has the parent's foreign key, no longer its own."""
    database.execute(f"{PARTITIONED} COMMENT ON CONSTRAINT events_user_fkey ON events IS 'whose'")
    before, state = dump(database), desired(tmp_path, "dropped_tables: {events: }")

    def interrupt(event: Event) -> None:
        if isinstance(event, StepCompleted):
            raise KeyboardInterrupt

    def back(run: str) -> reconciler.ApplyResult:
        options, nothing = Options(allow=GATED), DesiredState(objects={}, policy=Policy(max_drops=1000))
        if way == "restore":
            return reconciler.restore("events", database.url, approve=lambda _: True, listeners=[interrupt])
        return reconciler.undo(
            run, nothing, database.url, approve=lambda _: True, listeners=[interrupt], options=options
        )

    runs = list[str]()
    while (there := apply(state, database.url, interrupt)).run_id:
        assert there.status is RunStatus.INTERRUPTED, (there.message, there.plan.refusals)
        runs.append(there.run_id)
    assert database.value("SELECT to_regclass('events') IS NULL")
    for run in reversed(runs):
        while reconciler.archived(database.url) and (done := back(run)).run_id:
            assert not done.plan.refusals, done.plan.refusals
            assert done.status is RunStatus.INTERRUPTED, done.message
    assert dump(database) == before


def wait_for_another_second(moment: datetime | None) -> None:
    """The names of archived tables have the second in which their run began."""
    assert moment is not None
    wait_until(lambda: datetime.now(UTC) >= moment + timedelta(seconds=1), "another second")


REPLACED = "dropped_tables: {events: {replaced_by: new}}"
NEW = """CREATE TABLE new (id int) PARTITION BY LIST (id); CREATE TABLE new_rest PARTITION OF new DEFAULT;
    INSERT INTO new VALUES (1), (2)"""


@pytest.mark.parametrize("new", [NEW, "CREATE TABLE new (id int); INSERT INTO new VALUES (1), (2)"])
def test_a_replacement_of_a_table_with_partitions(database: Database, tmp_path: Path, new: str) -> None:
    database.execute(PARTITIONED + new)
    before, state = dump(database), desired(tmp_path, REPLACED)
    database.execute("DELETE FROM new WHERE id = 2")
    refused = reconciler.plan(state, database.url)
    assert [(refusal.rule, str(refusal.key)) for refusal in refused.refusals] == [
        ("fewer-rows", "dropped table public.events")
    ]
    database.execute("INSERT INTO new VALUES (2)")
    result = apply_all(state, database.url)
    assert_in_sync(state, database.url)
    assert len(reconciler.archived(database.url)) == 4
    assert [step.title for step in result.plan.steps if step.execution is ExecutionClass.SCAN] == [
        "keep table public.events in reconcile_archive, once its rows and those of its partitions are counted"
    ]
    restored = reconciler.restore("events", database.url, approve=lambda _: True)
    assert restored.error is None, restored.message
    assert dump(database) == before


def test_rows_that_come_to_a_partition_before_it_is_archived(database: Database, tmp_path: Path) -> None:
    """They are counted in the archive, also by a run that continues; and all tables can come back."""
    database.execute(PARTITIONED + NEW)
    before, state = dump(database), desired(tmp_path, REPLACED)
    more = "INSERT INTO events VALUES ('2021-06-06', 3, 1, 1)"

    def add(event: Event) -> None:
        first = "public.events_2020"
        if isinstance(event, StepCompleted) and event.step.archives and first in event.step.title:
            database.execute(more)
            raise KeyboardInterrupt

    assert apply(state, database.url, add).status is RunStatus.INTERRUPTED
    for _ in range(2):
        result = apply(state, database.url)
        assert result.error is not None
        assert result.error.rule == "fewer-rows"
    assert database.value("SELECT to_regclass('events') IS NULL")
    with database.copy() as copy:
        copy.execute("INSERT INTO new VALUES (3)")
        apply_all(state, copy.url)
        assert_in_sync(state, copy.url)
    restored = reconciler.restore("events", database.url, approve=lambda _: True)
    assert not restored.plan.refusals, restored.plan.refusals
    assert restored.error is None, restored.message
    while reconciler.archived(database.url):
        assert reconciler.restore("events", database.url, approve=lambda _: True).error is None
    database.execute("DELETE FROM events WHERE id = 3")
    assert dump(database) == before


@pytest.mark.parametrize(
    ("file", "more"),
    [
        ("dropped_tables: {events: {replaced_by: new, backup: dump}}", ""),
        ("dropped_tables: {events: {replaced_by: new}, events_2020: {backup: none}}", ""),
        (
            "dropped_tables: {parent: {replaced_by: new}}",
            "CREATE TABLE parent (); CREATE TABLE child () INHERITS (parent)",
        ),
    ],
)
def test_parts_that_cannot_be_counted_in_the_archive(
    database: Database, tmp_path: Path, file: str, more: str
) -> None:
    database.execute(f"{PARTITIONED} {NEW}; {more}")
    plan = reconciler.plan(desired(tmp_path, f"policy: {{allow: [drop-table]}}\n{file}"), database.url)
    assert "not-supported-yet" in {refusal.rule for refusal in plan.refusals}


@pytest.mark.pg("< 18")
def test_foreign_keys_that_an_interrupted_run_made_on_partitions_are_dropped(
    database: Database, tmp_path: Path
) -> None:
    database.execute("""
        CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE events (day int, n int) PARTITION BY LIST (day);
        CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
        CREATE TABLE events_2 PARTITION OF events FOR VALUES IN (2);
        ALTER TABLE events_2 ADD CONSTRAINT f FOREIGN KEY (n) REFERENCES users""")
    before = catalog(database)
    state = desired(tmp_path, "tables: {events: {foreign_keys: {f: {columns: n, references: users}}}}")

    def interrupt(event: Event) -> None:
        if isinstance(event, StepCompleted) and event.step.id.verb is Verb.VALIDATE:
            raise KeyboardInterrupt

    def undo(run: str) -> None:
        result = reconciler.undo(run, DesiredState(objects={}), database.url, approve=lambda _: True)
        assert not result.plan.refusals, result.plan.refusals
        assert result.error is None, result.message

    first = apply(state, database.url, interrupt)
    assert first.status is RunStatus.INTERRUPTED
    undo(first.run_id)
    assert catalog(database) == before
    first = apply(state, database.url, interrupt)
    between = catalog(database)
    undo(apply_all(state, database.url).run_id)
    assert catalog(database) == between != before
    undo(first.run_id)
    assert catalog(database) == before
