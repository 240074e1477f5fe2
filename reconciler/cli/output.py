"""Where words go: the product to standard output, everything else to standard error, a password nowhere."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

from reconciler.model.errors import ReconcileError
from reconciler.model.secrets import scrubbed

if TYPE_CHECKING:
    from pathlib import Path


def emit(text: str) -> None:
    """Write the product. A reader that has gone away (`| head`) is no error: the rest is dropped."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_stdout()
    except OSError as error:
        raise ReconcileError(f"cannot write to standard output: {error.strerror}", rule="output") from None


def warn(text: str) -> None:
    """Write one message for people to standard error, without any password that it may quote."""
    try:
        sys.stderr.write(scrubbed(text).rstrip("\n") + "\n")
        sys.stderr.flush()
    except OSError:
        return  # nobody is left to be told


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    import tempfile  # late: it costs as much as the rest of `--version` together

    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")  # a device or a pipe cannot be replaced
            return
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(name, 0o666 & ~_umask())
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise ReconcileError(
            f"cannot write {path}: {error.strerror}", rule="output", hint="name a file in a folder that exists"
        ) from None


def colour_on(stream: TextIO) -> bool:
    """Whether to colour what goes to `stream`: a terminal that can, and nobody said no. See https://no-color.org."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _drop_stdout() -> None:
    # The interpreter flushes standard output once more at its end, and would complain then.
    devnull = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(devnull, sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - lives as long as the process
    finally:
        os.close(devnull)
