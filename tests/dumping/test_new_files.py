"""A dump never takes the place of another file."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo

from reconciler.clock import SYSTEM
from reconciler.dumping import new_file as new_files
from reconciler.dumping.files import DumpFolder
from reconciler.dumping.new_file import give_name, new_file
from reconciler.model.errors import Refused, StepFailed
from reconciler.model.events import Event, StepStarted
from reconciler.model.names import TableName
from reconciler.model.rules.runs import NOT_APPROVED
from reconciler.model.step_id import Verb
from reconciler.postgres.client_programs import Watching, client_environment
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
def test_a_file_that_has_the_name(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """Even if an id came twice."""
    if ending:
        monkeypatch.setattr(new_files, "_without_name", lambda _: None)
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


@pytest.mark.parametrize("able", ["files without a name", "hard links", "neither"])
def test_when_a_file_gets_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, able: str) -> None:
    """On file systems that have files without a name, hard links, or neither."""
    if able != "files without a name":
        monkeypatch.setattr(new_files, "_without_name", lambda _: None)
    if able == "neither":
        monkeypatch.setattr(os, "link", _not_supported)
    path = tmp_path / "a.dump"
    with new_file(path) as file:
        os.write(file, b"whole")
        named = [] if able == "files without a name" else ["a.dump.partial"]
        assert [one.name for one in tmp_path.iterdir()] == named
        give_name(file, path)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.dump", b"whole")]
    with new_file(path) as file, pytest.raises(FileExistsError):
        give_name(file, path)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.dump", b"whole")]


def _not_supported(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")


WRITES = """
import os, sys, time
from pathlib import Path
del os.O_TMPFILE
from reconciler.dumping.new_file import new_file
with new_file(Path(sys.argv[1])) as file:
    os.write(file, b"PGDMP and more")
    print("written", flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("without_name", [True, False])
def test_no_run_deletes_unfinished_files(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, without_name: bool
) -> None:
    """Such as the one of a killed process, or a dump that the operator has made or is making."""
    if not without_name:
        monkeypatch.setattr(new_files, "_without_name", lambda _: None)
    folder = tmp_path / "dumps"
    folder.mkdir()
    killed = f"{database.name}.old.{'0' * 32}.dump"
    command = [sys.executable, "-c", WRITES, str(folder / killed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"written\n"
        process.kill()
    foreign = {f"{database.name}.nightly.dump.partial": b"PGDMP and more", f"{database.name}.empty.partial": b""}
    for name, content in foreign.items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)
    database.execute("CREATE TABLE old (id int); INSERT INTO old VALUES (1)")
    dumped(database, tmp_path)
    found = {one.name: one.read_bytes() for one in folder.iterdir() if one.name.endswith(".partial")}
    assert found == {f"{killed}.partial": b"PGDMP and more", **foreign}
    assert len([*folder.glob("*.dump")]) == 1


def test_connection_files_of_killed_processes_are_removed(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no file in memory can be used. A file that a process uses stays."""
    monkeypatch.delattr(os, "memfd_create")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, foreign = tmp_path / "reconcile-service-left.conf", tmp_path / "reconcile-service-foreign.conf"
    for path, text in ((left, "[reconcile]\nsslpassword=x\n"), (foreign, "[other]\n")):
        path.write_text(text)
        path.chmod(0o600)
    url = make_conninfo(database.url, keepalives_idle="7")
    with connect(url) as session, client_environment(session) as first, client_environment(session) as second:
        found = {Path(one.variables["PGSERVICEFILE"]) for one in (first, second)}
        assert {*tmp_path.iterdir()} == {foreign, *found}
        assert all("keepalives_idle=7" in one.read_text().splitlines() for one in found)
    assert [*tmp_path.iterdir()] == [foreign]
