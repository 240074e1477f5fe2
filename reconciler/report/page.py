"""How text is laid out for people: roles that become colours, labels, indents, and lines as wide as the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reconciler.report.theme import PLAIN, Theme
from reconciler.report.wording import lines_of, one_line

SHOWN = 5
"""How many of a list's entries are shown, unless everything is asked for."""

_NARROWEST = 40
_COLOURS = re.compile("\x1b\\[[0-9;]*m")
_LABEL = 13
_CODE = re.compile("`[^`]*`")
_KEPT = "\0"
"""Stands for a space that no line may end at. Text that is shown has no control characters."""


def fold(line: str, room: int) -> list[str]:
    """The parts of a line, each at most `room` columns wide. It is folded between words, and never inside `code`."""
    if len(line) <= room:
        return [line]
    import textwrap  # late: most plans have no long line, or nobody's terminal to fit

    kept = _CODE.sub(lambda code: code[0].replace(" ", _KEPT), line)
    parts = textwrap.wrap(kept, room, break_long_words=False, break_on_hyphens=False)
    return [part.replace(_KEPT, " ") for part in parts] or [line]


def folded(text: str, width: int | None) -> str:
    """`text` folded to `width` columns, if that is given. A part keeps its line's indent; SQL statements stay whole."""
    if width is None:
        return text
    return "\n".join(_folded_line(line, width) for line in text.split("\n"))


def _folded_line(line: str, width: int) -> str:
    words = line.strip(" ")
    if len(line) <= width or words.endswith(";"):
        return line
    indent, tail = line[: len(line) - len(line.lstrip(" "))], line[len(line.rstrip(" ")) :]
    parts = fold(words, max(width - len(indent), _NARROWEST))
    return "\n".join(indent + part for part in parts) + tail


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where and how text is shown.

    `samples` is the number of values of rows that each data check may show. `verbose` shows everything. `width` is
    the number of columns of the terminal; None means that lines are never folded.
    """

    theme: Theme = PLAIN
    samples: int = 0
    verbose: bool = False
    width: int | None = None

    def shown(self, count: int, limit: int = SHOWN) -> int:
        """How many of `count` entries are shown. One more than the limit is shown rather than counted."""
        return count if self.verbose or count <= limit + 1 else limit

    def prose(self, indent: int, text: str, *, role: str = "", first: str = "") -> Iterator[str]:
        """Lines of text behind an indent. `first` stands before the first line, in place of the indent."""
        start = first.ljust(indent) if first else " " * indent
        for line in lines_of(text):
            for part in self._folded(line, indent):
                yield start + self.theme(role, part)
                start = " " * indent

    def heading(self, first: str, title: str, rest: str, *, tail: str = "") -> Iterator[str]:
        """`first title rest`, of which `rest` and `tail` go to a line of their own where the terminal is too narrow.

        `first` may hold colours; `rest` is faint.
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
        """`    cause    3 rows …`, for text that people read."""
        if text:
            yield from self.prose(_LABEL, text, first=f"    {label:<8} ")

    def verbatim(self, label: str, lines: Sequence[str]) -> Iterator[str]:
        """The same for text that people copy, such as SQL: it is never folded."""
        start = f"    {label:<8} "
        for line in lines:
            yield start + one_line(line)
            start = " " * _LABEL

    def _folded(self, line: str, indent: int) -> list[str]:
        if self.width is None or len(line) + indent <= self.width:
            return [line]
        return fold(line, max(self.width - indent, _NARROWEST))
