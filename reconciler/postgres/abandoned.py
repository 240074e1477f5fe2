"""Temporary files of the tool that a killed process has left: each process holds a lock on its own.

The server's programs inherit the lock with the file, so it is free only after both have ended.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: nothing is known to be abandoned there
    _LOCKS = False
else:
    _LOCKS = True

_OPEN = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def lock_file(file: int) -> None:
    """Mark an open file as in use by this process, until it is closed; without effect if the system has no locks."""
    if _LOCKS:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)


def remove_abandoned(paths: Iterable[Path], begins_with: bytes) -> None:
    """Delete those of the files that the tool has left: they belong to this user alone, have only this name, begin with
    these bytes or are empty, and no process holds their lock. Errors are ignored: a file that stays does no harm."""
    for path in paths if _LOCKS else ():
        with suppress(OSError):
            file = os.open(path, _OPEN)
            try:
                if _is_ours(os.fstat(file)) and os.read(file, len(begins_with)) in (b"", begins_with):
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if os.path.samestat(os.fstat(file), path.lstat()):
                        path.unlink()
            finally:
                os.close(file)


def _is_ours(status: os.stat_result) -> bool:
    return (
        stat.S_ISREG(status.st_mode)
        and stat.S_IMODE(status.st_mode) == 0o600
        and status.st_uid == os.geteuid()
        and status.st_nlink == 1
    )
