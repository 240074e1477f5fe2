"""A new file: it gets its name once it is complete, and never takes the place of another file.

Where the system can, it has no name until then, so a process that is killed leaves nothing. Elsewhere it has a
temporary name, under which a process that is killed leaves it. No later run deletes it: a name and the first bytes do
not prove that a file is not somebody else's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
_PARTIAL = ".partial"


@contextmanager
def new_file(path: Path) -> Iterator[int]:
    """Create the file without a name, or under a temporary one, and yield its descriptor. `give_name` gives it its
    name; without that, it is deleted at the end. Raise `FileExistsError` if another file has the temporary name."""
    file = _without_name(path.parent)
    if file is not None:
        try:
            yield file
        finally:
            os.close(file)
        return
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
    if os.fstat(file).st_nlink == 0:
        _link_unnamed(file, path)
    else:
        _rename(_partial(path), path)
    _flush(path.parent)


def _without_name(folder: Path) -> int | None:
    """Return a new file without a name; None if the file system, or the operating system, has no such files."""
    if not hasattr(os, "O_TMPFILE"):
        return None
    try:
        file = os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600)
    except OSError:  # creating a file with a name then says what is wrong, if anything is
        return None
    if os.path.exists(_link_to(file)):
        return file
    os.close(file)
    return None


def _link_to(file: int) -> str:
    return f"/proc/self/fd/{file}"


def _link_unnamed(file: int, path: Path) -> None:
    """Give a name to a file that has none. Python follows the link of the kernel only if a folder is open."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.link(_link_to(file), path.name, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def _rename(partial: Path, path: Path) -> None:
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: only the file that reserves the name is replaced
        os.close(os.open(path, _NEW, 0o600))
        partial.replace(path)
    else:
        partial.unlink(missing_ok=True)


def _partial(path: Path) -> Path:
    return path.with_name(f"{path.name}{_PARTIAL}")


def _flush(folder: Path) -> None:
    """Write the names in a folder to disk, where the operating system can."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
