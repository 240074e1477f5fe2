"""Programs of a later version than the server: pg_restore 17 and later sets a parameter that older servers lack."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from reconciler.clock import SYSTEM
from reconciler.postgres.client_programs import ClientPrograms, ProgramFailed, Watching
from reconciler.postgres.embedded import embedded_programs
from reconciler.postgres.load_dump import load_dump
from reconciler.postgres.session import connect
from tests.dumping.support import dumped, restored
from tests.restoring.test_tables import GIVEN
from tests.restoring.whole import dump
from tests.servers import NIGHTLY, Database

pytestmark = pytest.mark.pg("< 17" if NIGHTLY else "== 16")

WATCHING = Watching(clock=SYSTEM, longest=timedelta(minutes=1), check=lambda: None, say=lambda: None)


def test_there_and_back(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    database.execute(GIVEN)
    before = dump(database)
    dumped(database, tmp_path, text="dropped_tables: {Old Stuff: {backup: dump}}")
    restored(database, tmp_path, "Old Stuff")
    assert dump(database) == before


@pytest.mark.parametrize("end", ["exit 1", "kill -9 $$"])
def test_a_load_that_is_cut_off_loads_nothing(database: Database, tmp_path: Path, end: str) -> None:
    """Also where the part that was read is complete, and ends with an empty line as data do."""
    fake = tmp_path / "pg_restore"
    script = (
        "SET transaction_timeout = 0;\\nCREATE TABLE loaded (a int);\\nCOPY loaded FROM stdin;\\n1\\n\\\\.\\n\\n"
    )
    fake.write_text(f"#!/bin/sh\nprintf '{script}'\n{end}\n")
    fake.chmod(0o755)
    (tmp_path / "psql").symlink_to(embedded_programs() / "psql")
    programs = ClientPrograms(folder=tmp_path, version="18", major=18)
    with connect(database.url) as session, Path(os.devnull).open("rb") as nothing:
        with pytest.raises(ProgramFailed, match="pg_restore"):
            load_dump(programs, session, nothing.fileno(), (), WATCHING)
        assert database.value("SELECT to_regclass('loaded')") is None
        fake.write_text(fake.read_text().replace(end, "exit 0"))
        load_dump(programs, session, nothing.fileno(), (), WATCHING)
        assert database.value("SELECT count(*) FROM loaded") == 1


def test_psql_that_fails_ends_the_load(database: Database, tmp_path: Path) -> None:
    fake = tmp_path / "pg_restore"
    fake.write_text("#!/bin/sh\nyes 'SELECT 1 / 0;'\n")
    fake.chmod(0o755)
    (tmp_path / "psql").symlink_to(embedded_programs() / "psql")
    programs = ClientPrograms(folder=tmp_path, version="18", major=18)
    with (
        connect(database.url) as session,
        Path(os.devnull).open("rb") as nothing,
        pytest.raises(ProgramFailed, match="psql failed"),
    ):
        load_dump(programs, session, nothing.fileno(), (), WATCHING)
