"""The files to read, and their bytes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reconciler.model.errors import Problem, Problems
from reconciler.model.names import Place
from reconciler.model.rules.files import (
    FILE_TOO_LARGE,
    MISSING_FILE,
    NO_FILES,
    NOT_A_FILE,
    NOT_FOLLOWED,
    UNREADABLE_FILE,
)
from reconciler.spec.opening import (
    MAX_BYTES,
    NotPlain,
    TooLarge,
    read_beneath,
    read_followed,
    read_plain,
    what_is,
)

FOLLOW_HINT = "add --follow if you want to read it"
_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file to read. `name` is its name in messages.

    If found in a folder, it is read as `inside`, a path below `folder` without links; otherwise the user named the
    file. Unless `follow`, a named file must not be a link, pipe or device.
    """

    name: str
    folder: str | None = None
    inside: str = ""
    follow: bool = False


def find_files(paths: Sequence[str | Path], problems: Problems, *, follow: bool = False) -> list[InputFile]:
    """Return the files at `paths`, each once, in order. Folders are read recursively, sorted, without hidden
    entries.

    A path that is a link, a pipe or a device is a problem unless `follow`. In a folder it is always a problem,
    except for a link to a regular file in the same folder.
    """
    found: dict[object, InputFile] = {}
    for path in map(str, paths):
        for file in _at(path, problems, follow=follow):
            found.setdefault(_identity(file.name), file)
    return list(found.values())


def _identity(name: str) -> object:
    """Return a value that is equal for two names of one file."""
    try:
        status = os.stat(name)
    except (OSError, ValueError):
        return os.path.abspath(name)  # reading it will report what is wrong
    return status.st_dev, status.st_ino


def read_bytes(file: InputFile, problems: Problems, *, limit: int = MAX_BYTES) -> bytes | None:
    """Return the file's bytes; None and a problem if it cannot be read. `limit` is the remaining size for this
    file."""
    try:
        if file.folder is not None:
            return read_beneath(file.folder, file.inside, follow=file.follow, limit=limit)
        return read_followed(file.name, limit=limit) if file.follow else read_plain(file.name, limit=limit)
    except NotPlain as error:
        problems.append(_not_plain(file.name, error.what, in_folder=file.folder is not None))
    except TooLarge:
        message = f"the file, or all files together, are larger than {MAX_BYTES // 1024 // 1024} MB"
        problems.append(Problem(place=_start(file.name), rule=FILE_TOO_LARGE, message=message))
    except (OSError, ValueError) as error:
        problems.append(_os_problem(file.name, error))
    return None


def _at(path: str, problems: Problems, *, follow: bool) -> list[InputFile]:
    try:
        what = None if follow else what_is(path)
        is_folder = os.path.isdir(path)
    except (OSError, ValueError) as error:
        problems.append(_os_problem(path, error))
        return []
    if what is not None:
        problems.append(_not_plain(path, what, in_folder=False))
        return []
    if not is_folder:
        return [InputFile(name=path, follow=follow)]
    before = len(problems)
    files = sorted(_in_folder(path, problems, follow), key=lambda file: file.name)
    if not files and len(problems) == before:
        message = "the folder contains no *.yaml or *.yml file"
        problems.append(Problem(place=_start(path), rule=NO_FILES, message=message))
    return files


def _in_folder(folder: str, problems: Problems, follow: bool) -> Iterator[InputFile]:
    def unreadable(error: OSError) -> None:
        problems.append(_os_problem(error.filename or folder, error))

    top = os.path.realpath(folder)
    for root, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if os.path.islink(os.path.join(root, name))]
        for name in [*names, *links]:
            if name.endswith(_SUFFIXES) and name[0] != ".":
                inside = _within(top, folder, os.path.join(root, name), problems)
                if inside is not None:
                    yield InputFile(name=os.path.join(root, name), folder=folder, inside=inside, follow=follow)


def _within(top: str, folder: str, path: str, problems: Problems) -> str | None:
    """Return the path within the folder of the file that `path` means; None and a problem if it is not a file, or a
    link that leaves the folder."""
    try:
        mode = os.lstat(path).st_mode
        inside = os.path.relpath(path, folder)
        if stat.S_ISLNK(mode):
            target = os.path.realpath(path)
            if os.path.commonpath([top, target]) != top:
                problems.append(_not_plain(path, "a symbolic link that leaves the folder", in_folder=True))
                return None
            mode, inside = os.lstat(target).st_mode, os.path.relpath(target, top)
    except (OSError, ValueError) as error:
        problems.append(_os_problem(path, error))
        return None
    if not stat.S_ISREG(mode):
        problems.append(_not_plain(path, "not a regular file", in_folder=True))
        return None
    return inside


def _not_plain(file: str, what: str, *, in_folder: bool) -> Problem:
    if in_folder:
        message = f"this is {what}; in a folder, only regular files are read"
        return Problem(place=_start(file), rule=NOT_A_FILE, message=message, hint="name it with -f, and --follow")
    return Problem(place=_start(file), rule=NOT_FOLLOWED, message=f"this is {what}", hint=FOLLOW_HINT)


def _os_problem(file: str, error: OSError | ValueError) -> Problem:
    if isinstance(error, FileNotFoundError):
        message, hint = f"there is no file or folder {file}", "name the file with -f"
        if file == "-":
            hint = "to read standard input, use -f /dev/stdin --follow"
        return Problem(place=None, rule=MISSING_FILE, message=message, hint=hint)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Problem(place=_start(file), rule=UNREADABLE_FILE, message=f"the file cannot be read: {reason}")


def _start(file: str) -> Place:
    return Place(file=file, line=1, column=1)
