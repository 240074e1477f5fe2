"""Entries under `absent` and `dropped_tables` that name nothing, but nearly something."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import reconciler
from tests.execution.support import desired
from tests.servers import Database

GIVEN = """
    CREATE TABLE users (id int PRIMARY KEY, email text, name text NOT NULL);
    ALTER TABLE users ADD CONSTRAINT users_name_given CHECK (name <> '');
    CREATE INDEX users_email_idx ON users (email); CREATE INDEX users_name_idx ON users (name);
    CREATE TABLE users_backup (); CREATE TABLE other ()"""
MISSPELLED = """
tables:
  users:
    absent: {indexes: [users_emial_idx], constraints: [user_name_given], not_null: [nam]}
dropped_tables: {user_backup: }
"""


@pytest.fixture
def notes(database: Database, tmp_path: Path) -> Callable[[str], list[str]]:
    database.execute(GIVEN)

    def of(yaml: str) -> list[str]:
        plan = reconciler.plan(desired(tmp_path, yaml), database.url)
        assert not plan.refused
        return [note.message for note in plan.notes if note.rule == "similar-name"]

    return of


@pytest.mark.pg(">= 18")
def test_a_note_names_the_similar_object(notes: Callable[[str], list[str]]) -> None:
    rest = "which does not exist, and the journal has no entry about it; did you mean"
    assert notes(MISSPELLED) == [
        f"`absent: indexes` names users_emial_idx on public.users, {rest} users_email_idx?",
        f"`absent: constraints` names user_name_given on public.users, {rest} users_name_given?",
        f"`absent: not_null` names nam on public.users, {rest} name?",
        f"`dropped_tables` names public.user_backup, {rest} public.users_backup?",
    ]


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize(
    "yaml",
    [
        "tables: {users: {absent: {indexes: [something_else]}}}\ndropped_tables: {backup: }",
        "tables: {users: {indexes: {users_email_idx: email}, absent: {indexes: [user_email_idx]}}}",
        "tables: {users: {absent: {indexes: [users_email_idx, user_email_idx]}}}",
        "tables: {users: {indexes: {i: {columns: name, renamed_from: user_email_idx}},"
        " absent: {indexes: [user_email_idx]}}}",
        "tables: {users_backup: }\ndropped_tables: {user_backup: }",
    ],
)
def test_there_is_no_note_if_nothing_else_is_similar(notes: Callable[[str], list[str]], yaml: str) -> None:
    """Nothing, or an object that the file mentions; or the entry is the former name of one."""
    assert notes(yaml) == []


@pytest.mark.pg(">= 18")
def test_there_is_no_note_for_what_a_run_has_dropped(
    notes: Callable[[str], list[str]], database: Database, tmp_path: Path
) -> None:
    yaml = MISSPELLED.replace("emial", "email").replace("user_", "users_").replace("[nam]", "[name]")
    result = reconciler.apply(desired(tmp_path, yaml), database.url, approve=lambda _: True)
    assert result.error is None
    database.execute(
        "CREATE INDEX user_email_idx ON users (email); ALTER TABLE users ADD CONSTRAINT user_name_given CHECK (id > 0);"
        "CREATE TABLE user_backup ()"
    )
    assert notes(yaml) == []
    database.execute("TRUNCATE migration_log")
    assert len(notes(yaml)) == 3
