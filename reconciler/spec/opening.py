"""Opens and reads files that others may have created: it never opens a link or a device by accident, and never
waits forever.

A path is opened component by component below its base folder, without following a link, and the opened file is
checked afterwards: nobody can exchange it in between.
"""

from __future__ import annotations

import os
import select
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

MAX_BYTES: Final = 64 * 1024 * 1024
"""The largest size of all files of a command together."""

READ_TIMEOUT_S: Final = 30.0
"""How long a pipe may take. The program that writes to it may have to call a vault or decrypt first."""

_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = getattr(os, "O_DIRECTORY", 0)
_CHUNK = 1024 * 1024


class NotPlain(Exception):
    """The path is not a regular file. `what` says what it is."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class TooLarge(Exception):
    """There is more to read than the limit."""


def read_plain(path: str, *, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a regular file. Raise `NotPlain`, `TooLarge` or `OSError`.

    No component of a path below the working folder may be a link; of other paths, the last one must not be a link.
    """
    return _read_regular(_open(path), limit)


def read_beneath(folder: str, relative: str, *, follow: bool, limit: int = MAX_BYTES) -> bytes:
    """Like `read_plain`, for a path below a folder, of which no component may be a link. With `follow`, the folder
    itself may be one."""
    opened = os.open(folder, _FLAGS | _FOLDER) if follow else _open(folder)
    try:
        return _read_regular(_descend(opened, relative), limit)
    finally:
        os.close(opened)


def read_followed(path: str, *, limit: int = MAX_BYTES, timeout_s: float = READ_TIMEOUT_S) -> bytes:
    """Return the bytes of any file, such as a link's target or a pipe. Raise `TooLarge` or `OSError`."""
    return _read(os.open(path, _FLAGS), limit, timeout_s)


def what_is(path: str) -> str | None:
    """Return what a followed path is: None for a regular file or a folder, otherwise its description."""
    below = _below_working_folder(path)
    parts = Path(below).parts if below is not None else ()
    for length in range(1, len(parts)):
        if os.path.islink(os.path.join(*parts[:length])):
            return "a path through a symbolic link"
    return _name_of(os.lstat(path).st_mode, folders=True)


def _open(path: str) -> int:
    below = _below_working_folder(path)
    if below is None:
        return _open_last(path, None)
    here = os.open(".", _FLAGS | _FOLDER)
    try:
        return _descend(here, below)
    finally:
        os.close(here)


def _below_working_folder(path: str) -> str | None:
    """Return the path relative to the working folder, if it leads below it."""
    relative = os.path.relpath(path) if os.path.isabs(path) else os.path.normpath(path)
    return None if relative.split(os.sep)[0] == os.pardir else relative


def _descend(folder: int, relative: str) -> int:
    """Open a path below an open folder, each component without following a link."""
    *folders, last = Path(relative).parts or (os.curdir,)
    current = os.dup(folder)
    try:
        for name in folders:
            try:
                below = os.open(name, _FLAGS | _FOLDER | _NO_LINK, dir_fd=current)
            except OSError:
                if stat.S_ISLNK(os.stat(name, dir_fd=current, follow_symlinks=False).st_mode):
                    raise NotPlain("a path through a symbolic link") from None
                raise
            os.close(current)
            current = below
        return _open_last(last, current)
    finally:
        os.close(current)


def _open_last(name: str, folder: int | None) -> int:
    try:
        return os.open(name, _FLAGS | _NO_LINK, dir_fd=folder)
    except OSError:
        # A link, a socket, a device without a driver: name it, if it has a name.
        what = _name_of(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
        if what is not None:
            raise NotPlain(what) from None
        raise


def _name_of(mode: int, *, folders: bool = False) -> str | None:
    if stat.S_ISREG(mode) or (folders and stat.S_ISDIR(mode)):
        return None
    names = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISLNK, "a symbolic link"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
    )
    return next((name for matches, name in names if matches(mode)), "a device")


def _read_regular(opened: int, limit: int) -> bytes:
    what = _name_of(os.fstat(opened).st_mode)
    if what is not None:
        os.close(opened)
        raise NotPlain(what)
    return _read(opened, limit, READ_TIMEOUT_S)


def _read(opened: int, limit: int, timeout_s: float, *, clock: Callable[[], float] = time.monotonic) -> bytes:
    """Read everything, up to `limit` bytes and within `timeout_s`; close the opened file."""
    try:
        status = os.fstat(opened)
        if stat.S_ISREG(status.st_mode) and status.st_size > limit:
            raise TooLarge
        parts: list[bytes] = []
        size, end = 0, clock() + timeout_s
        # A FIFO without a writer reads as empty: only `poll` distinguishes it from one that is at its end.
        while stat.S_ISREG(status.st_mode) or _ready(opened, end - clock()):
            try:
                part = os.read(opened, min(_CHUNK, limit + 1 - size))
            except BlockingIOError:  # a file of the kernel
                if not _ready(opened, end - clock()):
                    break
                continue
            if not part:
                return b"".join(parts)
            parts.append(part)
            size += len(part)
            if size > limit:
                raise TooLarge
        raise TimeoutError(f"no more data arrived within {timeout_s:g} s")
    finally:
        os.close(opened)


def _ready(opened: int, timeout_s: float) -> bool:
    if timeout_s <= 0:
        return False
    poll = select.poll()
    poll.register(opened, select.POLLIN)
    return bool(poll.poll(timeout_s * 1000))
