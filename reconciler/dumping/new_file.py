"""A new file: it gets its name once it is complete, and never takes the place of another file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def new_file(path: Path) -> Iterator[int]:
    """Create the file under a temporary name, and yield its descriptor. `give_name` gives it its name; without that, it
    is deleted at the end. Raise `FileExistsError` if another file has the temporary name."""
    partial = _partial(path)
    file = os.open(partial, _NEW, 0o600)
    try:
        yield file
    finally:
        os.close(file)
        partial.unlink(missing_ok=True)


def give_name(file: int, path: Path) -> None:
    """Write the file to disk, then give it its name. Raise `FileExistsError` if another file has that name."""
    os.fsync(file)
    partial = _partial(path)
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: only the file that reserves the name is replaced
        os.close(os.open(path, _NEW, 0o600))
        partial.replace(path)
    else:
        partial.unlink(missing_ok=True)
    _flush(path.parent)


def _partial(path: Path) -> Path:
    return path.with_name(f"{path.name}.partial")


def _flush(folder: Path) -> None:
    """Write the names in a folder to disk, where the operating system can."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
