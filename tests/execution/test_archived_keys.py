"""Foreign keys of tables in the archive: an archived table has none to other tables, and gets them back if it moves
back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import reconciler
from reconciler.cli.summary import RunStatistics
from reconciler.model.errors import CheckFailed, Refused, StepFailed
from reconciler.model.events import Event, StepStarted
from reconciler.model.rules.runs import NOT_APPROVED
from tests.execution.support import Events, apply, apply_all, assert_in_sync, desired
from tests.servers import Database

pytestmark = pytest.mark.ends

GIVEN = """
CREATE TABLE chats (id bigint PRIMARY KEY); CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE old (id bigint PRIMARY KEY, chat bigint, "user" bigint, parent bigint REFERENCES old,
    CONSTRAINT a FOREIGN KEY (chat) REFERENCES chats ON DELETE CASCADE,
    CONSTRAINT b FOREIGN KEY ("user") REFERENCES users ON DELETE RESTRICT DEFERRABLE);
ALTER TABLE old ADD CONSTRAINT c FOREIGN KEY ("user") REFERENCES users NOT VALID;
COMMENT ON CONSTRAINT a ON old IS 'of a, it''s'; COMMENT ON TABLE old IS 'old';
INSERT INTO chats VALUES (1), (2); INSERT INTO users VALUES (7);
INSERT INTO old VALUES (1, 1, 7, 1), (2, 2, 7, 1);
"""
KEYS = """SELECT conname::text, pg_get_constraintdef(oid), obj_description(oid, 'pg_constraint') FROM pg_constraint
           WHERE contype = 'f' AND conrelid IN (SELECT oid FROM pg_class WHERE relname LIKE 'old%') ORDER BY 1"""


def place(database: Database) -> str:
    return str(database.value("SELECT relnamespace::regnamespace FROM pg_class WHERE relname ~ '^old(__|$)'"))


def test_an_archived_table_has_no_key_to_another_table(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    state, events = desired(tmp_path, "dropped_tables: {old: }"), Events()
    apply_all(state, database.url, events)
    assert [str(event.step.id) for event in events.of(StepStarted)][1:] == [
        "move dropped_table public.old",
        "drop foreign_key public.old.a",
        "drop foreign_key public.old.b",
        "drop foreign_key public.old.c",
        "archive dropped_table public.old",
    ]
    assert place(database) == "reconcile_archive"
    assert [name for name, *_ in database.query(KEYS)] == ["old_parent_fkey"]
    database.execute("DELETE FROM chats; DELETE FROM users")
    assert database.value("SELECT count(*) FROM reconcile_archive." + archived(database)) == 2
    assert_in_sync(state, database.url)


def archived(database: Database) -> str:
    return str(database.value("SELECT quote_ident(relname) FROM pg_class WHERE relname ~ '^old__'"))


@pytest.mark.parametrize("at", ["drop foreign_key public.old.a", "archive dropped_table public.old"])
def test_the_keys_come_back_if_the_replacement_has_fewer_rows(at: str, database: Database, tmp_path: Path) -> None:
    """Before the first key is dropped, and after the last one."""
    database.execute(GIVEN)
    before = database.query(KEYS)

    def lose_a_row(event: Event) -> None:
        if isinstance(event, StepStarted) and str(event.step.id) == previous[at]:
            database.execute("DELETE FROM new")

    previous = {
        "drop foreign_key public.old.a": "move dropped_table public.old",
        "archive dropped_table public.old": "drop foreign_key public.old.c",
    }
    database.execute("CREATE TABLE new AS SELECT id FROM old")
    state = desired(tmp_path, "dropped_tables: {old: {replaced_by: new}}")
    result = apply(state, database.url, lose_a_row)
    assert isinstance(result.error, CheckFailed)
    assert result.error.rule == "fewer-rows"
    assert "move table public.old back" in result.message
    assert ("validate foreign key b on public.old" in result.message) is at.startswith("archive")
    assert (place(database), database.query(KEYS)) == ("public", before)
    assert database.value("SELECT obj_description('old'::regclass, 'pg_class')") == "old"


def test_an_approved_plan_continues_after_each_step(database: Database, tmp_path: Path) -> None:
    """The digest of the plan still approves what is left."""
    database.execute(GIVEN + "CREATE TABLE new AS SELECT id FROM old")
    state = desired(tmp_path, "dropped_tables: {old: {replaced_by: new}}")
    plan = reconciler.plan(state, database.url)

    def approved(*listeners: Callable[[Event], None]) -> reconciler.ApplyResult:
        return reconciler.apply(
            state, database.url, approve=lambda _: True, listeners=listeners, require_digest=plan.digest
        )

    for step in plan.steps[1:]:

        def stop(event: Event, at: str = str(step.id)) -> None:
            if isinstance(event, StepStarted) and str(event.step.id) == at:
                raise Refused("stopped", rule=NOT_APPROVED)

        assert "stopped" in approved(stop).message
    assert approved().error is None
    assert (place(database), len(database.query(KEYS))) == ("reconcile_archive", 1)


def test_a_run_that_is_killed_between_two_keys(database: Database, tmp_path: Path) -> None:
    """The next run drops the other keys; or, if the replacement has fewer rows by then, puts all of them back."""
    database.execute(GIVEN + "CREATE TABLE new AS SELECT id FROM old")
    before = database.query(KEYS)
    state = desired(tmp_path, "dropped_tables: {old: {replaced_by: new}}")

    def stop(event: Event) -> None:
        if isinstance(event, StepStarted) and str(event.step.id) == "drop foreign_key public.old.b":
            raise Refused("stopped", rule=NOT_APPROVED)

    apply(state, database.url, stop)
    assert [name for name, *_ in database.query(KEYS)] == ["b", "c", "old_parent_fkey"]
    database.execute("DELETE FROM new WHERE id = 1")
    again = apply(state, database.url)
    assert again.error is not None
    assert again.error.rule == "fewer-rows"
    assert (place(database), database.query(KEYS)) == ("public", before)
    database.execute("INSERT INTO new VALUES (1)")
    apply(state, database.url, stop)
    apply_all(state, database.url)
    assert (place(database), len(database.query(KEYS))) == ("reconcile_archive", 1)
    assert_in_sync(state, database.url)


GIVEN_TWO = """
CREATE TABLE a1 (id int PRIMARY KEY); CREATE TABLE a2 (id int PRIMARY KEY);
INSERT INTO a1 SELECT generate_series(1, 5); INSERT INTO a2 SELECT * FROM a1;
CREATE TABLE old (id int PRIMARY KEY, r1 int CONSTRAINT z1 REFERENCES a1 ON DELETE CASCADE,
    r2 int CONSTRAINT z2 REFERENCES a2);
INSERT INTO old SELECT g, g, g FROM generate_series(1, 5) AS g; CREATE TABLE new AS TABLE old;
"""
LOST = {
    "DELETE FROM a1 WHERE id = 3": (
        ["put foreign key z1 on public.old back, NOT VALID"],
        "; but `validate foreign key z1 on public.old` failed: a row refers to a missing row: constraint z1, "
        "table reconcile_archive.",
        "foreign key z1 on public.old NOT VALID: correct the rows and validate it",
        [("z1", False), ("z2", True)],
    ),
    "DROP TABLE a1": (
        [],
        "; but `put foreign key z1 on public.old back, NOT VALID` failed: public.a1 no longer exists "
        "(SQLSTATE 42P01)",
        "public.old without its foreign key z1; if you need it, remove the cause and add it again: "
        '`ALTER TABLE "public"."old" ADD CONSTRAINT "z1" FOREIGN KEY ("r1") REFERENCES "public"."a1" ("id") '
        "ON DELETE CASCADE`",
        [("z2", True)],
    ),
}
VALID = """SELECT conname::text, convalidated FROM pg_constraint
            WHERE contype = 'f' AND conrelid = 'old'::regclass ORDER BY 1"""


@pytest.mark.parametrize("killed", [False, True], ids=["same-run", "next-run"])
@pytest.mark.parametrize("lost", LOST)
def test_a_key_that_cannot_come_back_keeps_neither_the_others_nor_the_table(
    lost: str, killed: bool, database: Database, tmp_path: Path
) -> None:
    """The cause arises between the drops of the two keys, with or without the end of the run."""
    database.execute(GIVEN_TWO)
    state = desired(tmp_path, "dropped_tables: {old: {replaced_by: new}}")
    statistics = RunStatistics()

    def lose(event: Event) -> None:
        if isinstance(event, StepStarted) and str(event.step.id) == "drop foreign_key public.old.z2":
            database.execute(f"DELETE FROM new WHERE id < 3; {lost}")
            if killed:
                raise Refused("stopped", rule=NOT_APPROVED)

    result = apply(state, database.url, lose, statistics)
    if killed:
        statistics = RunStatistics()
        result = apply(state, database.url, statistics)
    done, cause, left, valid = LOST[lost]
    assert isinstance(result.error, StepFailed)
    assert result.error.rule == "fewer-rows"
    others = ["put foreign key z2 on public.old back, NOT VALID", "validate foreign key z2 on public.old"]
    assert "; ".join([*done, *others, "move table public.old back"]) + cause in result.error.message
    assert result.error.hint == f"left behind: {left}"
    assert result.message.count("fewer-rows") == 1
    assert (place(database), database.query(VALID)) == ("public", valid)
    assert result.completed == statistics.completed < statistics.steps
    refused = reconciler.plan(state, database.url).refusals
    assert [one.rule for one in refused] == ["fewer-rows"]


def test_a_table_that_cannot_move_back_says_so(database: Database, tmp_path: Path) -> None:
    """The name of its index is taken. Its keys come back, and it moves back by the next run, once the name is free."""
    database.execute(GIVEN_TWO)
    state = desired(tmp_path, "dropped_tables: {old: {replaced_by: new}}")

    def lose(event: Event) -> None:
        if isinstance(event, StepStarted) and str(event.step.id) == "drop foreign_key public.old.z2":
            database.execute("DELETE FROM new WHERE id < 3; CREATE INDEX old_pkey ON new (id)")

    result = apply(state, database.url, lose)
    assert isinstance(result.error, StepFailed)
    assert (
        "validate foreign key z2 on public.old; but `move table public.old back` failed: " in result.error.message
    )
    remedy = "left behind: the table in reconcile_archive: remove the cause and run the same command again"
    assert (result.error.hint, place(database)) == (remedy, "reconcile_archive")
    database.execute("DROP INDEX old_pkey")
    again = apply(state, database.url)
    assert isinstance(again.error, CheckFailed)
    assert (place(database), database.query(VALID)) == ("public", [("z1", True), ("z2", True)])


@pytest.mark.parametrize(
    ("given", "dropped", "key", "first"),
    [
        (
            "CREATE TABLE x (id int PRIMARY KEY, self int REFERENCES x); "
            "CREATE TABLE y (id int PRIMARY KEY, x int REFERENCES x); ALTER TABLE x ADD y int REFERENCES y",
            "{x: , y: }",
            "x_y_fkey on public.x",
            "tables: {x: {absent: {constraints: [x_y_fkey]}}}",
        ),
        (
            "CREATE TABLE p (id int PRIMARY KEY, up int REFERENCES p) PARTITION BY RANGE (id); "
            "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10)",
            "{p: }",
            "p_up_fkey on public.p",
            "tables: {p: {absent: {constraints: [p_up_fkey]}}}",
        ),
    ],
    ids=["two tables", "partitioned table"],
)
def test_the_remedy_for_keys_in_a_circle_works(
    given: str, dropped: str, key: str, first: str, database: Database, tmp_path: Path
) -> None:
    database.execute(given)
    state = desired(tmp_path, f"dropped_tables: {dropped}")
    (refusal,) = reconciler.plan(state, database.url).refusals
    assert (refusal.rule, refusal.remedy) == (
        "circular",
        f"remove the tables from `dropped_tables`, list foreign key {key} under `absent.constraints` of its table, and "
        "apply; then drop the tables (a restore does not bring that key back)",
    )
    apply_all(desired(tmp_path, first), database.url)
    apply_all(state, database.url)
    assert_in_sync(state, database.url)
