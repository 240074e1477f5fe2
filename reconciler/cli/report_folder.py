"""The folder of the report: it is created, or has to be one that an earlier run created."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NoReturn

from reconciler.model.errors import ReconcileError
from reconciler.model.rules.connections import OUTPUT

MARK: Final = ".reconcile-report"
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW


class ReportFolder:
    """Writes files into a folder. No symbolic link of a relative path is followed, and no other file is replaced."""

    def __init__(self, path: Path, names: Collection[str]) -> None:
        self.path = path
        self._names = frozenset(names)
        self.written: dict[str, str] = {}

    def clear(self) -> None:
        """Create the folder, or delete the files of an earlier run from it."""
        with self._opened() as folder:
            found = set(os.listdir(folder))
            if found and MARK not in found:
                self._refuse("it is not empty, and `reconcile ci` did not create it")
            for name in sorted(found & (self._names | {MARK})):
                if not stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
                    self._refuse(f"{name} in it is not a regular file")
            for name in sorted(found & self._names):
                os.unlink(name, dir_fd=folder)
            if not found:
                os.close(os.open(MARK, _NEW, 0o644, dir_fd=folder))

    def write(self, files: Mapping[str, str]) -> None:
        """Write each file completely or not at all."""
        with self._opened() as folder:
            for name, text in files.items():
                _write(folder, name, text)
                self.written[name] = text

    @contextmanager
    def _opened(self) -> Iterator[int]:
        """Open the folder, and create it if necessary, one part of the path after the other."""
        folder: int | None = None
        try:
            folder = os.open(self.path.anchor or ".", os.O_RDONLY | os.O_DIRECTORY)
            parts = self.path.parts[1:] if self.path.anchor else self.path.parts
            for n, part in enumerate(parts, start=1):
                folder = _inner(folder, part, follow=bool(self.path.anchor) and n < len(parts))
            yield folder
        except OSError as error:
            self._refuse(error.strerror or type(error).__name__)
        finally:
            if folder is not None:
                os.close(folder)

    def _refuse(self, why: str) -> NoReturn:
        hint = "name a new or empty folder with --output-dir; symbolic links are not followed"
        raise ReconcileError(f"cannot write the report to {self.path}: {why}", rule=OUTPUT, hint=hint)


def _inner(folder: int, name: str, *, follow: bool) -> int:
    """Return the folder in a folder, and close the outer one."""
    try:
        if name != ".." and not os.access(name, os.F_OK, dir_fd=folder, follow_symlinks=False):
            os.mkdir(name, dir_fd=folder)
        opened = os.open(name, _FOLDER & ~os.O_NOFOLLOW if follow else _FOLDER, dir_fd=folder)
    except FileExistsError:
        opened = os.open(name, _FOLDER, dir_fd=folder)
    os.close(folder)
    return opened


def _write(folder: int, name: str, text: str) -> None:
    temporary = f".{name}.{os.getpid()}"
    try:
        with os.fdopen(
            os.open(temporary, _NEW, 0o644, dir_fd=folder), "w", encoding="utf-8", errors="replace"
        ) as file:
            file.write(text)
        os.replace(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:  # also an interrupt
        if os.access(temporary, os.F_OK, dir_fd=folder, follow_symlinks=False):
            os.unlink(temporary, dir_fd=folder)
        raise
