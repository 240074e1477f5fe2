"""Foreign keys of tables in the archive: an archived table has none to other tables, and gets them back if it moves
back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import reconciler
from reconciler.model.errors import CheckFailed, Refused
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
