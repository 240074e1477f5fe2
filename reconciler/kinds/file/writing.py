"""The output of the YAML side: plain trees, and the layout of their parts. `reconciler.spec.emit` turns them into
text.

This mirrors `nodes`: `write` turns the value that a reader reads from a node into a tree that reads the same.
"""

from __future__ import annotations

from dataclasses import dataclass


class Bare(str):
    """Text that is written like a number if it looks like one; it is read as text."""

    __slots__ = ()


class Block(dict[str, "Written"]):
    """A mapping that is written with one entry a line, however short it is. Its empty entries stay empty."""

    __slots__ = ()


Written = str | bool | list["Written"] | dict[str, "Written"] | None
"""A value as written in the file. Text is text, whatever YAML would read; None is `null`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """The input of the writing side: the file's `default_schema`."""

    default_schema: str
