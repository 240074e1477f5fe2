"""Loads a dump with pg_restore, all or nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import BinaryIO

from reconciler.postgres.client_programs import (
    ClientEnvironment,
    ClientPrograms,
    Watching,
    client_environment,
    database_argument,
    run_program,
)
from reconciler.postgres.session import Session

# pg_restore 17 and later sets a parameter that servers before 17 do not know, whatever the version of the dump is.
_SETS_TIMEOUT = b"SET transaction_timeout = 0;\n"
_HEADER = (b"SET ", b"--", b"\\restrict ", b"\n")
_KNOWN_SINCE = 17


def load_dump(
    programs: ClientPrograms, session: Session, file: int, options: Sequence[str], watching: Watching
) -> None:
    """Load an open dump in the custom format into the database of the session, in one transaction. `options` are
    further ones of pg_restore.

    Raise `ProgramFailed` if it cannot be loaded; then nothing is.
    """
    restore = [programs.path("pg_restore"), "--format=custom", *options]
    with client_environment(session) as environment:
        if session.server.major >= _KNOWN_SINCE or programs.major < _KNOWN_SINCE:
            command = [*restore, "--exit-on-error", "--single-transaction", "--no-password"]
            run_program([*command, f"--dbname={database_argument(session)}"], environment, watching, source=file)
            return
        psql = [programs.path("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--no-password"]
        (script, written), (filtered, kept) = os.pipe(), os.pipe()
        with ThreadPoolExecutor() as pool:
            made = pool.submit(_write_script, [*restore, "--file=-"], environment, watching, file, written)
            copied = pool.submit(_copy, script, kept, made)
            try:
                run_program(
                    [*psql, f"--dbname={database_argument(session)}"], environment, watching, source=filtered
                )
            finally:
                os.close(filtered)  # ends the others, if psql has failed
        made.result()
        copied.result()


def _write_script(
    command: Sequence[str], environment: ClientEnvironment, watching: Watching, file: int, output: int
) -> None:
    # Whoever watches psql also ends this program.
    unwatched = replace(watching, check=lambda: None, say=lambda: None)
    try:
        run_program(command, environment, unwatched, source=file, output=output)
    finally:
        os.close(output)


def _copy(script: int, kept: int, made: Future[None]) -> None:
    """Copy the script into a transaction, without what the server does not know. If the script is cut off, the
    transaction has no end, and psql rolls it back."""
    with suppress(BrokenPipeError), os.fdopen(script, "rb") as source, os.fdopen(kept, "wb") as target:
        target.write(b"BEGIN;\n")
        _copy_header(source, target)
        shutil.copyfileobj(source, target)
        made.result()
        target.write(b"COMMIT;\n")


def _copy_header(source: BinaryIO, target: BinaryIO) -> None:
    for line in source:
        if line != _SETS_TIMEOUT:
            target.write(line)
        if not line.startswith(_HEADER):
            return
