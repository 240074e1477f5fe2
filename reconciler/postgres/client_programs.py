"""pg_dump and pg_restore: which ones are used, how they connect, and how they run.

The parameters of a connection reach them in their environment, or in a file that only this user can read: everybody on
the machine can see the arguments of a process.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from reconciler.model.clock import Clock
from reconciler.model.errors import ReconcileError, Refused
from reconciler.model.private import NOTHING, Private
from reconciler.model.rules.dumps import NO_PG_DUMP, PG_DUMP_TOO_OLD
from reconciler.model.secrets import scrubbed
from reconciler.model.server import Server
from reconciler.postgres.abandoned import lock_file, remove_abandoned
from reconciler.postgres.embedded import embedded_programs
from reconciler.postgres.session import Session

_VERSION = re.compile(r"\(PostgreSQL\) ((\d+)[\w.]*)")
_ENTRY = re.compile(r"^pg_restore: (?:from|in) TOC entry [0-9]+; [0-9]+ [0-9]+ (.+)$", re.MULTILINE)
_LONGEST = 4000
_VERSION_S = 30.0
_POLL_S = 0.05
_SERVICE = "reconcile"
_SECTION = f"[{_SERVICE}]\n"
_PREFIX = "reconcile-service-"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientPrograms:
    """The folder with `pg_dump` and `pg_restore`, and the older one of their versions."""

    folder: Path
    version: str
    major: int

    def path(self, name: str) -> str:
        return str(self.folder / name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """Who watches a program. It is ended after `longest`. `check` raises an error if the run must stop; it is called
    once a second, as is `say`."""

    clock: Clock
    longest: timedelta
    check: Callable[[], None]
    say: Callable[[], None]


class ProgramFailed(Exception):
    """A program did not do its work: `why`, in words without a value of a row, and its own `words`."""

    def __init__(self, why: str, words: Private = NOTHING) -> None:
        super().__init__(why)
        self.why = why
        self.words = words


def client_folders() -> list[Path]:
    """Return the folders in which the programs are looked up: that of the PATH, then that of the extra `embedded`."""
    found = shutil.which("pg_dump")
    folders = [Path(found).parent] if found else []
    with suppress(ReconcileError):
        folders.append(embedded_programs())
    return folders


def client_programs(server: Server, folders: Sequence[Path]) -> ClientPrograms:
    """Return the programs of the first of the folders that has them in the version of the server, or a newer one.

    Raise `Refused` if none has.
    """
    found = [one for folder in folders if (one := _in_folder(folder)) is not None]
    for one in found:
        if one.major >= server.major:
            return one
    if not found:
        raise Refused(
            "pg_dump and pg_restore are neither in the PATH nor installed with the extra `embedded`",
            rule=NO_PG_DUMP,
            hint=NO_PG_DUMP.remedy,
        )
    listed = ", ".join(f"{one.version} in {one.folder}" for one in found)
    raise Refused(
        f"pg_dump and pg_restore are older than the server, which is PostgreSQL {server.major}: {listed}",
        rule=PG_DUMP_TOO_OLD,
        hint=PG_DUMP_TOO_OLD.remedy,
    )


def _in_folder(folder: Path) -> ClientPrograms | None:
    versions = [_version_of(folder / name) for name in ("pg_dump", "pg_restore")]
    known = [one for one in versions if one is not None]
    if len(known) < len(versions):
        return None
    major, version = min(known)
    return ClientPrograms(folder=folder, version=version, major=major)


def _version_of(program: Path) -> tuple[int, str] | None:
    with suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(
            [str(program), "--version"],
            capture_output=True,
            text=True,
            errors="replace",
            check=True,
            stdin=subprocess.DEVNULL,
            timeout=_VERSION_S,
        )
        found = _VERSION.search(done.stdout)
        return (int(found[2]), found[1]) if found else None
    return None


def database_argument(session: Session) -> str:
    """Return the argument of `--dbname`: the name of the session's database, and nothing else."""
    return make_conninfo(dbname=session.server.info.database)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientEnvironment:
    """The environment variables of a program, and the open files that it inherits."""

    variables: Mapping[str, str]
    inherited: tuple[int, ...] = ()


@contextmanager
def client_environment(session: Session) -> Iterator[ClientEnvironment]:
    """Return the environment in which a program of PostgreSQL connects exactly as the session did.

    Parameters without an environment variable, such as a password for a key file, are in a temporary service file.
    """
    variables = {one.keyword.decode(): one.envvar for one in Conninfo.get_defaults()}
    parameters = _parameters(session)
    known = {name: variable.decode() for name in parameters if (variable := variables.get(name))}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment |= {known[name]: value for name, value in parameters.items() if name in known}
    environment["LC_ALL"] = "C"
    rest = [f"{name}={value}\n" for name, value in parameters.items() if name not in known and "\n" not in value]
    if not rest:
        yield ClientEnvironment(variables=environment)
        return
    with _service_file("".join([_SECTION, *rest])) as (path, file):
        named = {"PGSERVICEFILE": path, "PGSERVICE": _SERVICE}
        yield ClientEnvironment(variables=environment | named, inherited=(file,))


@contextmanager
def _service_file(text: str) -> Iterator[tuple[str, int]]:
    """Yield a path under which libpq finds the text, and the open file that it must inherit. In Linux the file is only
    in memory; elsewhere it has a name, and those that killed processes have left are deleted first."""
    if hasattr(os, "memfd_create") and Path("/proc/self/fd").is_dir():
        file = os.memfd_create("reconcile")
        try:
            os.fchmod(file, 0o600)
            _write(file, text)
            yield f"/proc/self/fd/{file}", file
        finally:
            os.close(file)
        return
    remove_abandoned(Path(tempfile.gettempdir()).glob(f"{_PREFIX}*.conf"), _SECTION.encode())
    file, path = tempfile.mkstemp(prefix=_PREFIX, suffix=".conf")
    try:
        lock_file(file)
        _write(file, text)
        yield path, file
    finally:
        os.close(file)
        Path(path).unlink(missing_ok=True)


def _write(file: int, text: str) -> None:
    with os.fdopen(file, "w", encoding="utf-8", closefd=False) as opened:
        opened.write(text)


def _parameters(session: Session) -> dict[str, str]:
    info = session.connection.info
    found = {**info.get_parameters(), "host": info.host, "port": str(info.port), "target_session_attrs": "any"}
    if info.hostaddr:
        found["hostaddr"] = info.hostaddr
    if info.password:
        found["password"] = info.password
    found["client_encoding"] = "UTF8"
    return {
        name: str(value)
        for name, value in found.items()
        if value and name not in ("service", "servicefile", "passfile")
    }


def run_program(
    command: Sequence[str],
    environment: ClientEnvironment,
    watching: Watching,
    *,
    source: int = subprocess.DEVNULL,
    output: int = subprocess.DEVNULL,
) -> None:
    """Run a program until it ends. The file `source` is its standard input, and `output` gets its standard output.

    Raise `ProgramFailed` if it fails or takes too long. Whatever ends this function also ends the program.
    """
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(
                command,
                env=dict(environment.variables),
                pass_fds=environment.inherited,
                stdin=source,
                stdout=output,
                stderr=errors,
                start_new_session=True,
            )
        except OSError as error:
            raise ProgramFailed(f"{Path(command[0]).name} cannot be started: {error.strerror}") from None
        try:
            _wait(process, Path(command[0]).name, watching)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
        if process.returncode:
            errors.seek(0)
            words = scrubbed(errors.read(_LONGEST).decode("utf-8", errors="replace")).strip()
            raise ProgramFailed(_why(Path(command[0]).name, process.returncode, words), Private(words))


def _wait(process: subprocess.Popen[bytes], name: str, watching: Watching) -> None:
    began = watched = watching.clock.monotonic()
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_POLL_S)
            return
        now = watching.clock.monotonic()
        if now - began > watching.longest.total_seconds():
            raise ProgramFailed(f"{name} took longer than policy.max_build")
        if now - watched >= 1.0:
            watched = now
            watching.check()
            watching.say()


def _why(name: str, status: int, words: str) -> str:
    """Return what happened, and to which object, in words that have no value of a row."""
    ended = f"was ended by signal {-status}" if status < 0 else f"failed with exit status {status}"
    entry = _ENTRY.search(words)
    return f"{name} {ended}" + (f", at {entry[1]}" if entry else "")
