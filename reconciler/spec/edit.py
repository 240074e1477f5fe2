"""Edits the text of a file by the positions of its nodes: everything else stays, also comments, order and quotes.

A path leads from the root to a node by keys. Each function returns the whole new text. Comments inside text that is
removed move to lines of their own above it. A node with an anchor that is used elsewhere is never changed.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import yaml

from reconciler.kinds.file.writing import Written
from reconciler.spec.emit import flow_text, scalar
from reconciler.spec.format import comments_of

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INDENT: Final = "  "

Path = Sequence[str]


class NotEditable(Exception):
    """The text cannot be edited at this place; the message says why."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a mapping. `shared`: the entry, or a part of it, has an anchor that is used elsewhere."""

    mapping: Any
    key: Any
    value: Any
    shared: bool


def set_value(text: str, path: Path, value: Written) -> str:
    """Replace the value of an entry, or add the entry at the end of its mapping."""
    entry = _entry(text, path)
    if entry is None:
        return _added(text, path, value)
    _refuse_shared(entry, path)
    start = text.index(":", _end(entry.key)) + 1
    end = max(start, _end(entry.value))
    while text[end - 1] == "\n":  # of a block of text
        end -= 1
    written = _value_text(value, in_flow=entry.mapping.flow_style)
    return _without(text, start, end, f" {written}" if written else "")


def remove(text: str, path: Path, *, keep: int) -> str:
    """Remove an entry. A mapping that has no other entry is removed with it, unless its path has `keep` keys or
    fewer."""
    entry = _existing(text, path)
    _refuse_shared(entry, path)
    if len(entry.mapping.value) == 1 and len(path) - 1 > keep:
        return remove(text, path[:-1], keep=keep)
    if not entry.mapping.flow_style:
        return _without_lines(text, entry.key, entry.value)
    pairs = entry.mapping.value
    number = next(n for n, (key, _) in enumerate(pairs) if key is entry.key)
    start, end = _span([one[0] for one in pairs], [one[1] for one in pairs], number)
    return _without(text, start, end, "")


def remove_item(text: str, path: Path, item: str, *, keep: int) -> str:
    """Remove a text from the list at the path, or the entry if it has no other item."""
    entry = _existing(text, path)
    _refuse_shared(entry, path)
    items = entry.value.value if isinstance(entry.value, yaml.SequenceNode) else [entry.value]
    number = next(
        (n for n, one in enumerate(items) if isinstance(one, yaml.ScalarNode) and one.value == item), None
    )
    if number is None:
        raise NotEditable(f"it is not in the list of {_shown(path)}")
    if len(items) == 1:
        return remove(text, path, keep=keep)
    if not entry.value.flow_style:
        return _without_lines(text, items[number], items[number])
    start, end = _span(items, items, number)
    return _without(text, start, end, "")


def add_item(text: str, path: Path, item: Written) -> str:
    """Add an item at the end of the list at the path, whose entry may be missing or have a single item."""
    entry = _entry(text, path)
    if entry is None or entry.value.value in ("", "~", "null"):
        return set_value(text, path, [item])
    _refuse_shared(entry, path)
    node = entry.value
    if isinstance(node, yaml.ScalarNode):
        start = node.start_mark.index
        return f"{text[:start]}[{text[start : _end(node)]}, {flow_text(item)}]{text[_end(node) :]}"
    if not node.value:
        return set_value(text, path, [item])
    if node.flow_style:
        at = _end(node.value[-1])
        return f"{text[:at]}, {flow_text(item)}{text[at:]}"
    at = _line_end(text, _end(node.value[-1]))
    indent = " " * node.start_mark.column
    return f"{text[:at]}{indent}- {flow_text(item)}\n{text[at:]}"


def _added(text: str, path: Path, value: Written) -> str:
    parent = _entry(text, path[:-1])
    if parent is None:
        return _added(text, path[:-1], {path[-1]: value})
    _refuse_shared(parent, path[:-1])
    node, name = parent.value, path[-1]
    if isinstance(node, yaml.MappingNode) and node.value and node.flow_style:
        at = _end(node.value[-1][1]) or _end(node.value[-1][0])
        return f"{text[:at]}, {flow_text(name)}: {flow_text(value)}{text[at:]}"
    if isinstance(node, yaml.MappingNode) and node.value:
        at = _line_end(text, max(_end(node.value[-1][1]), _end(node.value[-1][0])))
        return text[:at] + _lines(name, value, node.value[0][0].start_mark.column) + text[at:]
    if not (isinstance(node, yaml.MappingNode) or (isinstance(node, yaml.ScalarNode) and node.value in _EMPTY)):
        raise NotEditable(f"{_shown(path[:-1])} is not a mapping")
    if parent.mapping.flow_style:
        return set_value(text, path[:-1], {name: value})
    start, end = text.index(":", _end(parent.key)) + 1, _end(node)
    text = text[:start] + text[max(start, end) :]
    at = _line_end(text, start)
    return text[:at] + _lines(name, value, parent.key.start_mark.column + len(_INDENT)) + text[at:]


_EMPTY: Final = ("", "~", "null", "Null", "NULL")


def _lines(name: str, value: Written, column: int) -> str:
    """Return an entry in lines of its own. A section of a table has an entry a line."""
    indent = " " * column
    written = _value_text(value, in_flow=False)
    return f"{indent}{scalar(name)}:{' ' if written else ''}{written}\n"


def _value_text(value: Written, *, in_flow: bool) -> str:
    if isinstance(value, str) and not in_flow and "\n" not in value:
        return scalar(value)
    return flow_text(value)


def _entry(text: str, path: Path) -> _Entry | None:
    root, shared = _composed(text)
    node: Any = root
    on_the_way = False
    for depth, name in enumerate(path, start=1):
        on_the_way = on_the_way or id(node) in shared
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        found = next(((key, value) for key, value in pairs if key.value == name), None)
        if found is None:
            return None
        if depth == len(path):
            inside = any(id(one) in shared for one in _nodes(found[1]))
            return _Entry(node, *found, on_the_way or inside)
        node = found[1]
    return None


@functools.lru_cache(maxsize=4)
def _composed(text: str) -> tuple[Any, frozenset[int]]:
    """Return the tree of the text, and the ids of its nodes that are used more than once."""
    root = yaml.compose(text, Loader=_Loader)
    return root, frozenset() if root is None else frozenset(_shared(root))


def _existing(text: str, path: Path) -> _Entry:
    entry = _entry(text, path)
    if entry is None:
        raise NotEditable(f"{_shown(path)} is not in the file")
    return entry


def _refuse_shared(entry: _Entry, path: Path) -> None:
    if entry.shared:
        raise NotEditable(f"{_shown(path)} is used in several places, by an anchor and its aliases")


def _shown(path: Path) -> str:
    return f"`{'.'.join(path)}`"


def _nodes(node: Any) -> Iterator[Any]:
    """Return a node and all nodes in it; one that has aliases as often as it is used."""
    yield node
    for child in node.value if isinstance(node.value, list) else ():
        for one in child if isinstance(child, tuple) else (child,):
            yield from _nodes(one)


def _shared(root: Any) -> set[int]:
    """Return the ids of nodes that are used more than once, and of the nodes in them."""
    met: set[int] = set()
    twice: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in met:
            twice.add(id(node))
            continue
        met.add(id(node))
        for child in node.value if isinstance(node.value, list) else ():
            waiting += child if isinstance(child, tuple) else (child,)
    return twice


def _end(node: Any) -> int:
    """Return the position after the last character of a node."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return max(map(_end, last)) if isinstance(last, tuple) else _end(last)
    return int(node.end_mark.index)


def _line_end(text: str, position: int) -> int:
    """Return the beginning of the line after that of the position, which may already be at its beginning."""
    if position and text[position - 1] == "\n":
        return position  # after a block of text
    found = text.find("\n", position)
    return found + 1


def _span(starts: Sequence[Any], ends: Sequence[Any], number: int) -> tuple[int, int]:
    """Return the text of an entry of a list or mapping in brackets, with one of the commas beside it."""
    if number + 1 < len(starts):
        return starts[number].start_mark.index, starts[number + 1].start_mark.index
    if number:
        return max(_end(ends[number - 1]), _end(starts[number - 1])), max(_end(ends[number]), _end(starts[number]))
    return starts[0].start_mark.index, max(_end(ends[0]), _end(starts[0]))


def _without_lines(text: str, first: Any, last: Any) -> str:
    """Remove the lines from one node to another."""
    start = text.rfind("\n", 0, first.start_mark.index) + 1
    if text[start : first.start_mark.index].strip(" -"):
        raise NotEditable("it shares a line with other text")
    end = _line_end(text, max(_end(first), _end(last)))
    return _without(text, start, end, "")


def _without(text: str, start: int, end: int, instead: str) -> str:
    """Replace a part of the text. Comments in it move above the line in which it begins."""
    lines = [0]
    for line in text.split("\n"):
        lines.append(lines[-1] + len(line) + 1)
    lost = [one.text for one in comments_of(text) if start <= lines[one.line] + one.column < end]
    at = text.rfind("\n", 0, start) + 1
    indent = " " * (len(text[at:]) - len(text[at:].lstrip(" ")))
    kept = "".join(f"{indent}{comment}\n" for comment in lost)
    return text[:at] + kept + text[at:start] + instead + text[end:]
