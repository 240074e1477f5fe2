"""A dump never takes the place of another file."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from reconciler.clock import SYSTEM
from reconciler.dumping.files import DumpFolder
from reconciler.dumping.new_file import give_name, new_file
from reconciler.model.errors import Refused, StepFailed
from reconciler.model.events import Event, StepStarted
from reconciler.model.names import TableName
from reconciler.model.rules.runs import NOT_APPROVED
from reconciler.model.step_id import Verb
from reconciler.postgres.client_programs import Watching
from reconciler.postgres.session import connect
from tests.dumping.support import apply_dump, dumped, restored, verifying_url
from tests.servers import Database

pytestmark = pytest.mark.pg("== 18")


def stopping(at: Verb) -> Callable[[Event], None]:
    def stop(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.verb is at:
            raise Refused("stopped", rule=NOT_APPROVED)

    return stop


def test_a_clone_of_the_database(database: Database, tmp_path: Path) -> None:
    """The clone has the same name, and its table the same name in the archive, but other rows."""
    database.execute("CREATE TABLE old (id int); INSERT INTO old SELECT generate_series(1, 100)")
    assert apply_dump(database, tmp_path, stopping(Verb.DUMP)).error is not None
    admin = database.server.admin

    def rename(old: str, new: str) -> None:
        admin.execute(f'ALTER DATABASE "{old}" RENAME TO "{new}"'.encode())

    with database.copy() as clone:
        dumped(database, tmp_path)
        first = {one.name: one.read_bytes() for one in (tmp_path / "dumps").iterdir()}
        rename(database.name, "away")
        rename(clone.name, database.name)
        try:
            name = database.value("SELECT oid::regclass::text FROM pg_class WHERE relname ~ '^old__'")
            database.execute(f"DELETE FROM {name}")
            dumped(database, tmp_path)
        finally:
            rename(database.name, clone.name)
            rename("away", database.name)
    second = {one.name: one.read_bytes() for one in (tmp_path / "dumps").iterdir()}
    assert len(second) == 2
    assert {name: second[name] for name in first} == first
    restored(database, tmp_path)
    assert database.value("SELECT count(*) FROM old") == 100


@pytest.mark.parametrize("ending", ["", ".partial"])
def test_a_file_that_has_the_name(database: Database, tmp_path: Path, ending: str) -> None:
    """Even if an id came twice."""
    database.execute("CREATE SCHEMA reconcile_archive; CREATE TABLE reconcile_archive.old (id int)")
    clock = replace(SYSTEM, new_id=lambda: "11111111-1111-1111-1111-111111111111")
    watching = Watching(clock=SYSTEM, longest=timedelta(minutes=5), check=lambda: None, say=lambda: None)
    folder = DumpFolder(folder=tmp_path, clock=clock, verify_url=verifying_url(database))
    table = TableName(schema="reconcile_archive", name="old")
    with connect(database.url) as session:
        made = folder.dump(session, table, watching)
        path = tmp_path / f"{made.file}{ending}"
        path.write_text("another one")
        with pytest.raises(StepFailed, match="File exists"):
            folder.dump(session, table, watching)
    assert path.read_text() == "another one"
    assert {one.name for one in tmp_path.iterdir()} == {made.file, path.name}


@pytest.mark.parametrize("links", [True, False])
def test_when_a_file_gets_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    """On file systems with hard links, and on others."""
    if not links:
        monkeypatch.setattr(os, "link", _not_supported)
    path = tmp_path / "a.dump"
    with new_file(path) as file:
        os.write(file, b"whole")
        assert [one.name for one in tmp_path.iterdir()] == ["a.dump.partial"]
        give_name(file, path)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.dump", b"whole")]
    with new_file(path) as file, pytest.raises(FileExistsError):
        give_name(file, path)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.dump", b"whole")]


def _not_supported(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")
