"""Files of dumps by their open descriptors: what was checked is what is read, whatever another program does with the
name."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reconciler.model.dumped import Dump
from reconciler.model.errors import Refused
from reconciler.model.rules.dumps import NOT_THE_DUMP, WRITABLE_BY_OTHERS

_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)  # another program may have put a pipe there


@contextmanager
def opened_dump(path: Path, dump: Dump) -> Iterator[int]:
    """Yield a descriptor of the file of a dump, at its beginning. Raise `Refused` unless it is the file that was
    verified, and others cannot change it."""
    try:
        file = os.open(path, _OPEN)
    except OSError as error:
        raise Refused(
            f"{path} cannot be read: {error.strerror}", rule=NOT_THE_DUMP, hint=NOT_THE_DUMP.remedy
        ) from None
    try:
        status = os.fstat(file)
        if (why := open_to_others(status)) is not None:
            raise Refused(f"{path} {why}", rule=WRITABLE_BY_OTHERS, hint=WRITABLE_BY_OTHERS.remedy)
        if not stat.S_ISREG(status.st_mode) or status.st_size != dump.bytes or sha256_of(file) != dump.sha256:
            raise Refused(
                f"{path} is not the file that was verified: its SHA-256 differs from the one in the journal",
                rule=NOT_THE_DUMP,
                hint=NOT_THE_DUMP.remedy,
            )
        yield file
    finally:
        os.close(file)


def sha256_of(file: int) -> str:
    """Return the SHA-256 of a file, and go back to its beginning."""
    os.lseek(file, 0, os.SEEK_SET)
    with os.fdopen(file, "rb", closefd=False) as whole:
        found = hashlib.file_digest(whole, "sha256").hexdigest()
    os.lseek(file, 0, os.SEEK_SET)
    return found


def has_name(file: int, path: Path) -> bool:
    """Whether the name still is that of the open file."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except OSError:
        return False


def open_to_others(status: os.stat_result) -> str | None:
    """Return why other users can change a file or a folder; None if they cannot. Permissions of other systems than
    POSIX are unknown."""
    if not hasattr(os, "geteuid"):
        return None
    if status.st_uid not in (0, os.geteuid()):
        return "belongs to another user"
    return "can be written by other users" if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH) else None
