"""Writes all output: results to standard output, everything else to standard error, passwords nowhere.

Every text is written here, and changed so that it can neither control a terminal nor give commands to the log of a CI
system: names, files, journals and server messages come from others. Colors have to be allowed by the caller.
"""

from __future__ import annotations

import enum
import errno
import os
import re
import stat
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from reconciler.model.ci_system import (
    OBEYING,
    ci_system,
    json_without_log_commands,
    markup_without_log_commands,
    without_log_commands,
)
from reconciler.model.controls import shown_lines
from reconciler.model.errors import ReconcileError
from reconciler.model.rules.connections import OUTPUT
from reconciler.model.secrets import scrubbed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


class Reported(int):
    """An exit code whose reason the command has already printed."""


class Syntax(enum.Enum):
    """The syntax of what is written to standard output: how it is kept from giving commands to the log of a CI system.

    `TEXT` gets spaces, `JSON` and `MARKUP` (XML, HTML) get escapes; `LOG` consists of log commands of our own, and is
    written as it is. `EXACT` has no escapes that work everywhere, such as SQL and YAML: it is refused if the log would
    obey it.
    """

    TEXT = "text"
    JSON = "json"
    MARKUP = "markup"
    LOG = "log"
    EXACT = "exact"


_SYNTAX = {
    "text": Syntax.TEXT,
    "markdown": Syntax.TEXT,
    "sql": Syntax.EXACT,
    "html": Syntax.MARKUP,
    "junit": Syntax.MARKUP,
    "github": Syntax.LOG,
}


def syntax_of(format_: str) -> Syntax:
    """Return the syntax of a format of `--format`: most are JSON."""
    return _SYNTAX.get(format_, Syntax.JSON)


def emit(text: str, *, syntax: Syntax = Syntax.TEXT, coloured: bool = False, prose: bool = False) -> None:
    """Write to standard output. If the reader has closed it (`| head`, a closed terminal), the rest is discarded.

    `coloured` keeps the colors of our own themes. `prose` folds lines to the width of a terminal. Raises
    `ReconcileError` if the text is `EXACT`, and the log of a CI system would obey it as a command.
    """
    if syntax is Syntax.LOG:
        shown = text
    else:
        shown = _keeping_colours(text) if coloured else shown_lines(text)
        shown = _disobeyed(_fitted(shown, sys.stdout) if prose else shown, syntax)
    try:
        sys.stdout.write(shown)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_stdout()
    except OSError as error:
        hung_up = error.errno == errno.EIO and _is_terminal(sys.stdout)
        _drop_stdout()
        if hung_up:
            return
        raise ReconcileError(f"cannot write to standard output: {error.strerror}", rule=OUTPUT) from None


def _disobeyed(text: str, syntax: Syntax) -> str:
    """Return the text without log commands. Raise `ReconcileError` if that is impossible."""
    match syntax:
        case Syntax.TEXT:
            return without_log_commands(text)
        case Syntax.JSON:
            return json_without_log_commands(text)
        case Syntax.MARKUP:
            return markup_without_log_commands(text)
        case _:
            system = ci_system(os.environ)
            if system in OBEYING and not _is_file(sys.stdout) and without_log_commands(text) != text:
                raise ReconcileError(
                    f"the log of {system.value} would obey a name or a text in this output as a command",
                    rule=OUTPUT,
                    hint="redirect the output to a file",
                )
            return text


def warn(text: str) -> None:
    """Write one message to standard error, with passwords masked."""
    say(sys.stderr, text.rstrip("\n") + "\n")


def say(stream: TextIO, text: str) -> None:
    """Write text for people, folded to the width of a terminal, without adding a line break.

    Write errors are ignored.
    """
    try:
        # Fold first: a part of a line becomes the start of one.
        stream.write(without_log_commands(_fitted(shown_lines(scrubbed(text)), stream)))
        stream.flush()
    except OSError:
        return


def harmless(text: str) -> str:
    """Return `text` with passwords masked, and without control characters (line breaks are kept) or log commands."""
    return without_log_commands(shown_lines(scrubbed(text)))


def _fitted(text: str, stream: TextIO) -> str:
    width = width_of(stream)
    if width is None:
        return text
    from reconciler.report.page import folded

    return folded(text, width)


def _keeping_colours(text: str) -> str:
    from reconciler.report.theme import COLOUR

    code = "|".join(sorted({"0", *COLOUR.codes.values()}))
    parts = re.split(rf"(\x1b\[(?:{code})m)", text)
    return "".join(part if n % 2 else shown_lines(part) for n, part in enumerate(parts))


def write_file(path: Path, text: str) -> None:
    """Write a file completely or not at all. An existing file keeps its permissions."""
    with _says_why(path):
        special = path.exists() and not path.is_file()
        if special:
            path.write_text(text, encoding="utf-8")  # a device or a pipe cannot be replaced
    if not special:
        write_files({path: text})


def write_files(texts: Mapping[Path, str]) -> None:
    """Write all files, or none if one of them cannot be written. Existing files keep their permissions.

    An interrupt, or an error of the file system, may come between two of them: then a warning names those that were
    written, and the others.
    """
    staged: dict[Path, str] = {}
    try:
        for path, text in texts.items():
            with _says_why(path):
                staged[path] = _staged(path, text)
        for path, name in staged.items():
            with _says_why(path):
                os.replace(name, path)
    except BaseException:  # also an interrupt
        left = [path for path, name in staged.items() if os.path.exists(name)]
        for path in left:
            os.unlink(staged[path])
        written = [path for path in staged if path not in left]
        if written:
            warn(
                f"written: {_listed(written)}; not written: {_listed(path for path in texts if path not in written)}"
            )
        raise


def _staged(path: Path, text: str) -> str:
    """Write the text to a new file in the same folder, and return its name."""
    import tempfile  # imported late: it takes as long as the rest of `--version`

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
    except BaseException:  # also an interrupt
        os.unlink(name)
        raise
    return name


@contextmanager
def _says_why(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ReconcileError(
            f"cannot write {path}: {error.strerror}", rule=OUTPUT, hint="name a file in a folder that exists"
        ) from None


def _listed(paths: Iterable[Path]) -> str:
    return ", ".join(map(str, paths)) or "none"


_colour = "auto"


def set_colour(when: str) -> None:
    """Store the value of --color: `auto`, `always` or `never`. It applies until the next command."""
    global _colour
    _colour = when


def colour_on(stream: TextIO) -> bool:
    """Return whether output to `stream` has colors: by --color, else if it is a terminal that supports them.

    See https://no-color.org.
    """
    if _colour != "auto":
        return _colour == "always"
    return is_live(stream) and not os.environ.get("NO_COLOR")


def is_live(stream: TextIO) -> bool:
    """Return whether lines on the stream can be replaced."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _is_terminal(stream: TextIO) -> bool:
    """Return whether the stream is a terminal, or was one before it was closed."""
    try:
        return stat.S_ISCHR(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def _is_file(stream: TextIO) -> bool:
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def width_of(stream: TextIO) -> int | None:
    """Return the number of columns of the terminal of `stream`, or None if it is not a terminal."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or None if stream.isatty() else None
    except (OSError, ValueError):
        return None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _drop_stdout() -> None:
    # The interpreter flushes standard output again at exit, and would print an error.
    devnull = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(devnull, sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - open until the process ends
    finally:
        os.close(devnull)
