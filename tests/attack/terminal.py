"""Runs the command line with a terminal, a pipe or in a CI job."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO

import pytest

from reconciler.cli.main import main

_COMMAND = [sys.executable, "-m", "reconciler.cli.main"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The output of a command. On a terminal, standard error is part of `out`."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.out + self.err


def to_a_pipe(*arguments: str) -> Printed:
    """Run a command without a terminal, as a script does. It runs in this process, which is faster."""
    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.delenv("CI", raising=False)
        patch.setenv("RECONCILE_DEBUG", "1")
        code = main(arguments)
    return Printed(code=code, out=out.getvalue(), err=err.getvalue())


def on_a_terminal(
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    err: bool = True,
    typed: str = "",
    columns: int = 0,
) -> Printed:
    """Run a command on a terminal of its own, on which `typed` has already been entered.

    Without `err`, standard error is a pipe. `columns` is the width of the terminal; 0 means unknown.
    """
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24 if columns else 0, columns))
    os.write(ours, typed.encode(errors="surrogateescape"))
    process = subprocess.Popen(
        [*_COMMAND, *arguments],
        env=_environment(environment or {}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs if err else subprocess.PIPE,
        start_new_session=True,
    )
    os.close(theirs)
    out = _read(ours)
    errors = process.stderr.read().decode() if process.stderr is not None else ""
    if process.stderr is not None:
        process.stderr.close()
    return Printed(code=process.wait(timeout=120), out=out, err=errors)


def _read(terminal: int) -> str:
    """Read until the last writer has closed the terminal, which Linux reports as an error."""
    parts: list[bytes] = []
    try:
        while part := os.read(terminal, 65536):
            parts.append(part)
    except OSError:
        pass
    finally:
        os.close(terminal)
    return b"".join(parts).decode(errors="backslashreplace")


def _environment(changes: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "CI"}
    return {**kept, "RECONCILE_DEBUG": "1", "COLUMNS": "400", **changes}


def command(name: str, *options: str, file: object, url: str) -> Sequence[str]:
    return [name, "-f", str(file), "--db", url, *options]
