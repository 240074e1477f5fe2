"""Formats a file: indentation, spaces, line breaks and blank lines. Words, quotes, order and comments are kept.

The formatted text is read again and compared with the original before it is returned.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from reconciler.kinds.file.nodes import MappingNode
from reconciler.model.errors import InvalidFile, ReconcileError
from reconciler.model.rules.connections import NOT_FORMATTED
from reconciler.spec.document import not_a_mapping
from reconciler.spec.emit import quoted_scalar
from reconciler.spec.parse import parse

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INDENT: Final = "  "

WIDTH: Final = 120
"""The longest line for a list or mapping in brackets; longer ones get an entry a line."""


@dataclass(slots=True, kw_only=True)
class _Node:
    """A node of the file with its source. Lines count from 0. `pairs` are a mapping's entries, `items` a list's.

    `text` is a scalar's source, or the name of an alias with its `*`; `style` is the character that begins a
    scalar.
    """

    first: int
    last: int
    column: int
    text: str = ""
    value: str | None = None
    style: str = ""
    anchor: str = ""
    flow: bool = False
    pairs: list[tuple[_Node, _Node]] | None = None
    items: list[_Node] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceComment:
    """A comment. `alone`: its line has nothing else."""

    line: int
    column: int
    text: str
    alone: bool


def format_text(file: str, data: bytes) -> str:
    """Return the text of a file in the usual layout. Text in this layout is returned unchanged.

    Raise `InvalidFile` if it is not a mapping in YAML that `load` could read. A file without any content is returned
    unchanged.
    """
    found, problems = parse(file, data)
    if found is not None and not found.is_null and not isinstance(found, MappingNode):
        problems.append(not_a_mapping(found))
    if problems:
        raise InvalidFile(list(problems), problems.left_out)
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    root, comments = _tree(text), list(comments_of(text))
    if root is None or not root.pairs:
        return text
    layout = _Layout(source=text.split("\n"), comments=deque(comments))
    layout.mapping(root, "", until=len(layout.source) + 1)
    layout.lead(len(layout.source) + 1, "", blank=False)
    written = "\n".join(layout.lines) + "\n"
    again = _tree(written)
    same = again is not None and _without_layout(again) == _without_layout(root)
    if not same or [one.text for one in comments_of(written)] != [one.text for one in comments]:
        raise ReconcileError(
            f"{file} cannot be formatted without changing its meaning; the file was not changed",
            rule=NOT_FORMATTED,
            hint=NOT_FORMATTED.remedy,
        )
    return written


def _tree(text: str) -> _Node | None:
    events: Iterator[Any] = iter(yaml.parse(text, Loader=_Loader))
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            return _node(event, events, text)
    return None


def _node(event: Any, events: Iterator[Any], text: str) -> _Node:
    start, end = event.start_mark, event.end_mark
    node = _Node(first=start.line, last=end.line, column=start.column)
    if isinstance(event, yaml.AliasEvent):
        node.text = f"*{event.anchor}"
        return node
    node.anchor = event.anchor or ""
    if isinstance(event, yaml.ScalarEvent):
        node.style, node.value = event.style or "", event.value
        source = text[start.index : end.index]
        node.text = source.removeprefix(f"&{node.anchor}").lstrip() if node.anchor else source
        return node
    node.flow = bool(event.flow_style)
    children = []
    while not isinstance(event := next(events), yaml.CollectionEndEvent):
        children.append(_node(event, events, text))
    if not node.flow:
        node.last = children[-1].last if children else node.first
    else:
        node.last = _end_line(event)
    if isinstance(event, yaml.MappingEndEvent):
        node.pairs = list(zip(children[::2], children[1::2], strict=True))
    else:
        node.items = children
    return node


def _end_line(event: Any) -> int:
    return int(event.end_mark.line)


def comments_of(text: str) -> Iterator[SourceComment]:
    """Return the comments of a text with plain line breaks: text between two tokens that is not white space."""
    lines = text.split("\n")
    at = line = column = 0
    for token in (*yaml.scan(text, Loader=_Loader), None):
        gap = text[at : None if token is None else token.start_mark.index]
        for number, part in enumerate(gap.split("\n") if "#" in gap else ()):
            if "#" in part:
                place = part.index("#") + (0 if number else column)
                alone = not lines[line + number][:place].strip()
                yield SourceComment(
                    line=line + number, column=place, text=part[part.index("#") :].rstrip(), alone=alone
                )
        if token is not None and token.end_mark.index > at:
            at, line, column = token.end_mark.index, token.end_mark.line, token.end_mark.column


def _without_layout(node: _Node) -> Any:
    """Return what a node means, without its layout."""
    if node.pairs is not None:
        return node.anchor, [(_without_layout(key), _without_layout(value)) for key, value in node.pairs]
    if node.items is not None:
        return node.anchor, [_without_layout(item) for item in node.items], "list"
    return node.anchor, node.value, node.text if node.value is None else node.style == ""


@dataclass(slots=True, kw_only=True)
class _Layout:
    """The lines that have been written, and the comments that have not."""

    source: Sequence[str]
    comments: deque[SourceComment]
    lines: list[str] = field(default_factory=list)

    def mapping(self, node: _Node, indent: str, *, until: int) -> None:
        """Write the entries of a mapping, one below the other. `until` is the line of the next node."""
        pairs = node.pairs or []
        for number, (key, value) in enumerate(pairs):
            following = pairs[number + 1][0].first if number + 1 < len(pairs) else until
            self.lead(key.first, indent, blank=number > 0)
            colon = " :" if key.value is None else ":"
            self.value(f"{indent}{_anchored(key)}{colon}", value, indent + _INDENT, line=key.last, until=following)
        self.tail(node, indent, until)

    def sequence(self, node: _Node, indent: str, *, until: int) -> None:
        items = node.items or []
        for number, item in enumerate(items):
            following = items[number + 1].first if number + 1 < len(items) else until
            self.lead(item.first, indent, blank=number > 0)
            nested = item.pairs or item.items
            if nested and not item.anchor and (not item.flow or self.in_one_line(f"{indent}-", item) is None):
                at = len(self.lines)
                self.collection(item, indent + _INDENT, until=following)
                self.lines[at] = f"{indent}- {self.lines[at][len(indent) + 2 :]}"
            else:
                self.value(f"{indent}-", item, indent + _INDENT, line=item.first, until=following)
        self.tail(node, indent, until)

    def collection(self, node: _Node, indent: str, *, until: int) -> None:
        write = self.mapping if node.pairs is not None else self.sequence
        write(node, indent, until=until)

    def value(self, head: str, node: _Node, indent: str, *, line: int, until: int) -> None:
        """Write a value after its key or dash, or in the lines below it. `line` is that of the key."""
        head = f"{head} &{node.anchor}" if node.anchor else head
        if node.style in ("|", ">") and (block := _block_lines(node, indent)):
            self.lines += [f"{head} {block[0]}", *block[1:]]
            return
        flow = self.in_one_line(head, node)
        if flow is not None:
            self.lines.append(f"{head} {flow}" if flow else head)
            self.trail(line, node.last)
            return
        self.lines.append(head)
        broken = node.flow and not (self.comments and line <= self.comments[0].line < node.last)
        self.trail(line, node.last if broken else line, aligned=not node.flow)
        self.collection(node, indent, until=until)

    def in_one_line(self, head: str, node: _Node) -> str | None:
        """Return the value after `head` in one line; None if it is written over several lines."""
        if not (node.pairs or node.items):
            return _inline(node)
        inside = bool(self.comments) and node.first <= self.comments[0].line < node.last
        text = _inline(node)
        return None if not node.flow or inside or len(head) + 1 + len(text) > WIDTH else text

    def lead(self, line: int, indent: str, *, blank: bool) -> None:
        """Write the comments before `line`, and an empty line if the source has one."""
        while self.comments and self.comments[0].line < line:
            self._own_line(self.comments.popleft(), indent, blank=blank)
            blank = True
        if blank:
            self._blank_before(line)

    def tail(self, node: _Node, indent: str, until: int) -> None:
        """Write the comments that end a list or mapping, as far as they are indented like its entries."""
        while self.comments and node.column and self.comments[0].line < until:
            if self.comments[0].column < node.column or node.flow:
                return
            self._own_line(self.comments.popleft(), indent, blank=True)

    def trail(self, first: int, last: int, *, aligned: bool = True) -> None:
        """Write the comment after the text just written; if `aligned`, in its original column, if there is room."""
        if self.comments and first <= self.comments[0].line <= last and not self.comments[0].alone:
            comment, line = self.comments.popleft(), self.lines[-1]
            self.lines[-1] = line.ljust(max(len(line) + 1, comment.column if aligned else 0)) + comment.text

    def _own_line(self, comment: SourceComment, indent: str, *, blank: bool) -> None:
        if blank:
            self._blank_before(comment.line)
        self.lines.append(f"{indent}{comment.text}")

    def _blank_before(self, line: int) -> None:
        if 0 < line <= len(self.source) and not self.source[line - 1].strip() and self.lines and self.lines[-1]:
            self.lines.append("")


def _inline(node: _Node) -> str:
    """Return the value in one line, without its anchor."""
    if node.items is not None:
        return f"[{', '.join(map(_anchored, node.items))}]"
    if node.pairs is not None:
        return "{" + ", ".join(_pair(key, value) for key, value in node.pairs) + "}"
    return quoted_scalar(node.value) if node.value is not None and "\n" in node.text else node.text


def _anchored(node: _Node) -> str:
    return f"&{node.anchor} {_inline(node)}" if node.anchor else _inline(node)


def _pair(key: _Node, value: _Node) -> str:
    name = _anchored(key) + (" " if key.value is None else "")
    text = _anchored(value)
    return f"{name}: {text}" if text else name


def _block_lines(node: _Node, indent: str) -> list[str]:
    """Return a block of text with new indentation; nothing if its header gives the indentation."""
    header, *body = node.text.rstrip().split("\n")
    if any(character.isdigit() for character in header.partition("#")[0]):
        return []
    found = [len(line) - len(line.lstrip(" ")) for line in body if line.strip()]
    if not found or node.value is None:
        return []
    least = found[0]
    return [header.rstrip(), *(f"{indent}{line[least:]}" if line.strip() else "" for line in body)]
