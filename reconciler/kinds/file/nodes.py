"""The input of the YAML side: a tree of nodes with their places, and the place where problems are collected.

`reconciler.spec.parse` makes the tree; the readers of the kinds only walk it. A large file has a hundred thousand
nodes, so these are plain slotted classes, and a `Place` is made only on demand.
"""

from __future__ import annotations

import difflib
import enum
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from reconciler.kinds.file.quoting import quoted_text
from reconciler.model.errors import Problem, Problems
from reconciler.model.names import Place
from reconciler.model.rules.rule import Rule

NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""The plain texts that YAML reads as null."""


_LONGEST_WORD: Final = 63
"""Longer words are not compared with known keys."""


class Invalid(enum.Enum):
    """The type of `INVALID`: a value could not be read, and the problem has been reported."""

    INVALID = "invalid"


INVALID: Final = Invalid.INVALID


class Node:
    """Something in a file. `line` and `column` count from 1."""

    __slots__ = ("column", "file", "line")

    def __init__(self, file: str, line: int, column: int) -> None:
        self.file = file
        self.line = line
        self.column = column

    @property
    def place(self) -> Place:
        return Place(file=self.file, line=self.line, column=self.column)

    @property
    def is_null(self) -> bool:
        return False

    def describe(self) -> str:
        """Describe the node for a message."""
        raise NotImplementedError

    def content(self) -> Hashable:
        """Return the node's content without places: nodes with equal content are read to equal values."""
        raise NotImplementedError


class ScalarNode(Node):
    """Text as written; `plain` means without quotes (and not a block scalar)."""

    __slots__ = ("plain", "text")

    def __init__(self, file: str, line: int, column: int, text: str, plain: bool) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.text = text
        self.plain = plain

    @property
    def is_null(self) -> bool:
        return self.plain and self.text in NULLS

    def describe(self) -> str:
        if self.is_null:
            return "nothing" if not self.text else f"`{self.text}`"
        shown = quoted_text(self.text, "a text")
        return shown if self.plain else shown.replace("`", '"')

    def content(self) -> Hashable:
        return self.text, self.plain


class SequenceNode(Node):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, file: str, line: int, column: int) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.items: list[Node] = []

    def describe(self) -> str:
        return "a list"

    def content(self) -> Hashable:
        return tuple([item.content() for item in self.items])


class MappingNode(Node):
    """A mapping: the key's text → the key's own node, and the value."""

    __slots__ = ("entries",)

    def __init__(self, file: str, line: int, column: int) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.entries: dict[str, tuple[ScalarNode, Node]] = {}

    def describe(self) -> str:
        return "a mapping"

    def content(self) -> Hashable:
        return tuple([(key.text, key.plain, value.content()) for key, value in self.entries.values()])


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The input of readers (`default_schema` of the file), and the place where they report problems instead of
    raising.

    `known` caches the values of sections without problems, by section and content: many tables have the same few.
    """

    default_schema: str
    problems: Problems = field(default_factory=Problems)
    known: dict[tuple[str, Hashable], Any] = field(default_factory=dict)

    def report(self, at: Node | Place, rule: Rule, message: str, hint: str | None = None) -> Invalid:
        """Report a problem. Return `INVALID`, so that the reader can return it."""
        place = at if isinstance(at, Place) else at.place
        self.problems.append(Problem(place=place, rule=rule, message=message, hint=hint))
        return INVALID

    def near(self, word: str, known: Iterable[str]) -> str | None:
        """Return the hint for a word that is not `known`; None if there are so many problems that hints do not
        help."""
        return None if self.problems.full else one_of(word, known)


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return the hint for a word that is not `known`: the most similar one, or None."""
    if len(word) > _LONGEST_WORD:
        return None
    choices = sorted(known)
    folded = {choice.lower().replace("_", " "): choice for choice in choices}
    close = difflib.get_close_matches(word.lower().replace("_", " "), folded, n=1, cutoff=0.6)
    return f"did you mean `{folded[close[0]]}`?" if close else None


def one_of(word: str, known: Iterable[str]) -> str:
    """Like `did_you_mean`, but list all known words if none is similar."""
    return did_you_mean(word, known) or "known: " + ", ".join(f"`{choice}`" for choice in sorted(known))
