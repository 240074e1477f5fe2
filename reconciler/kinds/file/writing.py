"""The YAML side's output: plain trees, and how their parts are to look. `reconciler.spec.emit` makes text of them.

The mirror of `nodes`: what a reader makes of a node, its `write` turns back into a tree that reads the same.
"""

from __future__ import annotations

from dataclasses import dataclass


class Bare(str):
    """Text that is written as a number where it looks like one: it is read as text all the same."""

    __slots__ = ()


class Block(dict[str, "Written"]):
    """A mapping that is written with an entry a line, however short it is. Its empty entries stay empty."""

    __slots__ = ()


Written = str | bool | list["Written"] | dict[str, "Written"] | None
"""What a value looks like in the file. Text is text, whatever YAML would make of it; None is `null`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What the writing side is told: the file's `default_schema`."""

    default_schema: str
