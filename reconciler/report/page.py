"""Layout of text for people: roles for colors, labels, indents, and lines folded to the width of the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reconciler.report.theme import PLAIN, Theme
from reconciler.report.wording import lines_of, one_line

SHOWN = 5
"""Number of entries of a list that are shown without `verbose`."""

_NARROWEST = 40
_COLOURS = re.compile("\x1b\\[[0-9;]*m")
_LABEL = 13
_CODE = re.compile("`[^`]*`")
_HANGING = re.compile(r"(?:warning|note): |.+?:\d+:\d+: \[|\[\d+/\d+\] ")
_HANG = "    "
_KEPT = "\0"
"""Represents a space at which no line may be folded. Shown text has no control characters."""


def fold(line: str, room: int) -> list[str]:
    """Split a line into parts of at most `room` columns. It is split between words, and never inside `code`."""
    if len(line) <= room:
        return [line]
    import textwrap  # imported late: most plans have no long line, or no terminal

    kept = _CODE.sub(lambda code: code[0].replace(" ", _KEPT), line)
    parts = textwrap.wrap(kept, room, break_long_words=False, break_on_hyphens=False)
    return [part.replace(_KEPT, " ") for part in parts] or [line]


def folded(text: str, width: int | None) -> str:
    """Fold `text` to `width` columns, if given. Parts keep the indent of their line, and get a larger one below a place
    in a file, a note, a warning, or the number of a step. SQL is not folded."""
    if width is None:
        return text
    return "\n".join(_folded_line(line, width) for line in text.split("\n"))


def _folded_line(line: str, width: int) -> str:
    words = line.strip(" ")
    if len(line) <= width or words.endswith(";"):
        return line
    indent, tail = line[: len(line) - len(line.lstrip(" "))], line[len(line.rstrip(" ")) :]
    below = indent + (_HANG if _HANGING.match(words) and width - len(indent + _HANG) >= _NARROWEST else "")
    first = fold(words, max(width - len(indent), _NARROWEST))[0]
    rest = fold(words[len(first) :].lstrip(" "), max(width - len(below), _NARROWEST))
    return "\n".join([indent + first, *(below + part for part in rest)]) + tail


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The settings of a text.

    `samples` is the number of values of rows that each data check may show. `verbose` shows everything. `width` is the
    number of columns of the terminal; None means that lines are never folded.
    """

    theme: Theme = PLAIN
    samples: int = 0
    verbose: bool = False
    width: int | None = None

    def shown(self, count: int, limit: int = SHOWN) -> int:
        """Return how many of `count` entries are shown. If only one would be omitted, it is shown."""
        return count if self.verbose or count <= limit + 1 else limit

    @staticmethod
    def more(indent: int, text: str) -> str:
        """Return the line in place of entries that are not shown; `text` counts them."""
        return f"{' ' * indent}… and {text}, listed with -v"

    def prose(self, indent: int, text: str, *, role: str = "", first: str = "") -> Iterator[str]:
        """Yield lines of text with an indent. `first` replaces the indent of the first line."""
        start = first.ljust(indent) if first else " " * indent
        for line in lines_of(text):
            for part in self._folded(line, indent):
                yield start + self.theme(role, part)
                start = " " * indent

    def heading(self, first: str, title: str, rest: str, *, tail: str = "") -> Iterator[str]:
        """Yield `first title rest`; `rest` and `tail` get a separate line if the terminal is too narrow.

        `first` may contain colors; `rest` is faint.
        """
        label = _COLOURS.sub("", first)
        whole = " ".join(filter(None, (label, title, rest, tail)))
        below = " ".join(filter(None, (self.theme("faint", rest) if rest else "", tail)))
        if self.width is None or len(whole) <= self.width:
            yield " ".join(filter(None, (first, self.theme("title", title), below)))
            return
        lines = self._folded(title, len(label) + 1)
        yield f"{first} {self.theme('title', lines[0])}"
        yield from (f"    {self.theme('title', line)}" for line in lines[1:])
        yield f"    {below}"

    def labelled(self, label: str, text: str) -> Iterator[str]:
        """Yield `    cause    3 rows …`, for text that people read."""
        if text:
            yield from self.prose(_LABEL, text, first=f"    {label:<8} ")

    def verbatim(self, label: str, lines: Sequence[str]) -> Iterator[str]:
        """Yield the same for text that people copy, such as SQL: it is never folded."""
        start = f"    {label:<8} "
        for line in lines:
            yield start + one_line(line)
            start = " " * _LABEL

    def _folded(self, line: str, indent: int) -> list[str]:
        if self.width is None or len(line) + indent <= self.width:
            return [line]
        return fold(line, max(self.width - indent, _NARROWEST))
