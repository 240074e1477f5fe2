"""Which files are meant, and their bytes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from reconciler.model.errors import Problem
from reconciler.model.names import Place

MAX_BYTES: Final = 64 * 1024 * 1024
_SUFFIXES = (".yaml", ".yml")


def find_files(paths: Sequence[str | Path], problems: list[Problem]) -> list[str]:
    """The files at `paths`, each once, in order. Folders are read recursively, sorted, without hidden entries."""
    found: dict[str, str] = {}
    for path in map(str, paths):
        files = sorted(_in_folder(path, problems)) if os.path.isdir(path) else [path]
        if not files:
            message = "the folder holds no *.yaml or *.yml file"
            problems.append(Problem(place=_start(path), rule="no-files", message=message))
        for file in files:
            found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def _in_folder(folder: str, problems: list[Problem]) -> Iterator[str]:
    def unreadable(error: OSError) -> None:
        problems.append(_os_problem(error.filename or folder, error))

    for root, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (os.path.join(root, name) for name in names if name.endswith(_SUFFIXES) and name[0] != ".")


def read_bytes(file: str, problems: list[Problem]) -> bytes | None:
    """The file's bytes; None and a problem where there are none to be had."""
    try:
        with open(file, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
            size = os.fstat(stream.fileno())
    except (OSError, ValueError) as error:
        problems.append(_os_problem(file, error))
        return None
    if len(data) > MAX_BYTES or (stat.S_ISREG(size.st_mode) and size.st_size > MAX_BYTES):
        message = f"the file is larger than {MAX_BYTES // 1024 // 1024} MB"
        problems.append(Problem(place=_start(file), rule="file-too-large", message=message))
        return None
    return data


def _os_problem(file: str, error: OSError | ValueError) -> Problem:
    if isinstance(error, FileNotFoundError):
        message, hint = f"there is no file or folder {file}", "name the file with -f"
        return Problem(place=None, rule="missing-file", message=message, hint=hint)
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Problem(place=_start(file), rule="unreadable-file", message=f"the file cannot be read: {said}")


def _start(file: str) -> Place:
    return Place(file=file, line=1, column=1)
