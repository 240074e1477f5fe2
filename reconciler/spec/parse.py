"""One YAML file → a tree of nodes with their places.

The tree is built from PyYAML's events, which have the places: that is about ten times faster than loading the file
and finding the places afterwards. Everything that YAML would interpret (tags, merge keys, types of plain scalars)
is either rejected or left to the readers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from reconciler.kinds.file.nodes import MappingNode, Node, ScalarNode, SequenceNode
from reconciler.kinds.file.quoting import quoted_key, quoted_text
from reconciler.model.errors import Problem, Problems
from reconciler.model.names import Place
from reconciler.model.rules.declarations import WRONG_TYPE
from reconciler.model.rules.files import (
    DUPLICATE_KEY,
    MERGE_KEY,
    SEVERAL_DOCUMENTS,
    YAML_ENCODING,
    YAML_LIMIT,
    YAML_SYNTAX,
    YAML_TAG,
)
from reconciler.model.rules.rule import Rule

MAX_DEPTH: Final = 50
"""The deepest nesting of lists and mappings. The format itself needs 10."""

MAX_NODES: Final = 2_000_000
"""The largest number of keys, values, lists and mappings of all files together: each takes some hundred bytes of
memory."""

MAX_ALIASED: Final = 200_000
"""The largest number of nodes that the aliases of one file may expand to: a few lines of nested aliases can expand
to billions."""

_TOO_MANY: Final = f"all files together have more than {MAX_NODES} keys, values, lists and mappings"
_QUOTED: Final = re.compile(r"""(['"`])(.*?)\1""")

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Budget:
    """The number of nodes that the remaining files may have."""

    left: int = MAX_NODES


class _Stop(Exception):
    """The rest of the file cannot be read."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


@dataclass(slots=True)
class _Anchor:
    """An anchored node and the number of nodes in it; 0 while it is still open."""

    node: Node
    size: int = 0


@dataclass(slots=True)
class _Open:
    """A list or mapping that is not closed yet. `entries` are a mapping's, `items` a list's; the other is None.

    `key`: a mapping's key that waits for its value. `first`: the number of nodes before it.
    """

    entries: dict[str, tuple[ScalarNode, Node]] | None
    items: list[Node] | None
    first: int
    anchor: _Anchor | None
    key: ScalarNode | None = None


@dataclass(slots=True)
class _Builder:
    file: str
    problems: list[Problem]
    limit: int
    root: Node | None = None
    documents: int = 0
    count: int = 0
    aliased: int = 0
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, _Anchor] = field(default_factory=dict)

    def build(self, events: Any) -> Node | None:
        """Return the root node; None if the document is empty."""
        scalar_event, file, new_node, next_event = yaml.ScalarEvent, self.file, ScalarNode, events.get_event
        handlers, stack = self.handlers(), self.stack
        while (event := next_event()) is not None:
            kind = type(event)
            # Two of three events are scalars, so this branch decides how long reading a file takes. It calls no
            # function for the usual case, a key or its value.
            if kind is scalar_event:
                mark = event.start_mark
                node = new_node(file, mark.line + 1, mark.column + 1, event.value, not event.style)
                self.count += 1
                if self.count > self.limit:
                    raise _Stop(self.problem(mark, YAML_LIMIT, _TOO_MANY))
                if event.tag is not None or event.anchor is not None:
                    self.marked_scalar(event, node)
                top = stack[-1] if stack else None
                if top is None or top.entries is None:
                    self.add(node)
                elif (key := top.key) is None:
                    top.key = node
                elif key.text not in top.entries and key.text != "<<":
                    top.key = None
                    top.entries[key.text] = (key, node)
                else:
                    self.add(node)
            elif kind in handlers:
                handlers[kind](event)
        return self.root

    def handlers(self) -> dict[type, Any]:
        return {
            yaml.MappingStartEvent: self.start_mapping,
            yaml.SequenceStartEvent: self.start_sequence,
            yaml.MappingEndEvent: self.end,
            yaml.SequenceEndEvent: self.end,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.start_document,
        }

    def problem(self, mark: Any, rule: Rule, message: str, hint: str | None = None) -> Problem:
        place = Place(file=self.file, line=mark.line + 1, column=mark.column + 1)
        return Problem(place=place, rule=rule, message=message, hint=hint)

    def start_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            message = "a second document starts here; a file has only one"
            raise _Stop(self.problem(event.start_mark, SEVERAL_DOCUMENTS, message, "put it into its own file"))

    def marked_scalar(self, event: Any, node: ScalarNode) -> None:
        if event.tag is not None:
            self.refuse_tag(event)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchor(node, 1)

    def start_mapping(self, event: Any) -> None:
        mark = event.start_mark
        node = MappingNode(self.file, mark.line + 1, mark.column + 1)
        self.open(node, event, node.entries, None)

    def start_sequence(self, event: Any) -> None:
        mark = event.start_mark
        node = SequenceNode(self.file, mark.line + 1, mark.column + 1)
        self.open(node, event, None, node.items)

    def open(
        self,
        node: Node,
        event: Any,
        entries: dict[str, tuple[ScalarNode, Node]] | None,
        items: list[Node] | None,
    ) -> None:
        if event.tag is not None:
            self.refuse_tag(event)
        if len(self.stack) >= MAX_DEPTH:
            mark = event.start_mark
            raise _Stop(_too_deep(Place(file=self.file, line=mark.line + 1, column=mark.column + 1)))
        if self.count > self.limit:
            raise _Stop(self.problem(mark, YAML_LIMIT, _TOO_MANY))
        self.add(node)
        anchor = None
        if event.anchor is not None:
            anchor = self.anchors[event.anchor] = _Anchor(node)
        self.stack.append(_Open(entries, items, self.count + self.aliased, anchor))
        self.count += 1

    def end(self, event: Any) -> None:
        del event
        closed = self.stack.pop()
        if closed.anchor is not None:
            closed.anchor.size = self.count + self.aliased - closed.first

    def alias(self, event: Any) -> None:
        mark, name = event.start_mark, event.anchor
        anchor = self.anchors.get(name)
        if anchor is None:
            message = f"the alias {quoted_text('*' + name, 'here')} has no anchor before it"
            raise _Stop(self.problem(mark, YAML_SYNTAX, message))
        if not anchor.size:
            message = f"the alias {quoted_text('*' + name, 'here')} is inside its own anchor"
            raise _Stop(self.problem(mark, YAML_LIMIT, message))
        self.aliased += anchor.size
        if self.aliased > MAX_ALIASED:
            message = f"the aliases up to here expand to more than {MAX_ALIASED} values"
            raise _Stop(self.problem(mark, YAML_LIMIT, message))
        self.add(anchor.node, mark)

    def add(self, node: Node, alias_mark: Any = None) -> None:
        """Add `node` to the open list or mapping, or make it the root."""
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        key, entries = top.key, top.entries
        if top.items is not None:
            top.items.append(node)
        elif key is None:
            top.key = node if type(node) is ScalarNode and alias_mark is None else self.key(node, alias_mark)
        elif entries is not None:
            top.key = None
            if key.text in entries or key.text == "<<":
                self.refuse_key(entries, key, node)
            else:
                entries[key.text] = (key, node)

    def key(self, node: Node, alias_mark: Any) -> ScalarNode:
        """Return a key. An alias used as key has the place of its use; a key that is not a text ends the
        reading."""
        if isinstance(node, ScalarNode):
            return ScalarNode(self.file, alias_mark.line + 1, alias_mark.column + 1, node.text, node.plain)
        message = f"expected a text as key, found {node.describe()}"
        raise _Stop(Problem(place=node.place, rule=WRONG_TYPE, message=message))

    def refuse_key(self, entries: dict[str, tuple[ScalarNode, Node]], key: ScalarNode, value: Node) -> None:
        if key.text == "<<" and key.plain:
            rule, message = MERGE_KEY, "merge keys (`<<`) are not supported"
            hint = "write the values out, or use an alias for a whole value"
        elif key.text in entries:
            first = entries[key.text][0]
            rule, hint = DUPLICATE_KEY, None
            message = f"the key {quoted_key(key.text, 'here')} is repeated; the first one is in line {first.line}"
        else:
            entries[key.text] = (key, value)
            return
        self.problems.append(Problem(place=key.place, rule=rule, message=message, hint=hint))

    def refuse_tag(self, event: Any) -> None:
        message = f"tags are not supported, found {quoted_text(event.tag, 'a tag')}"
        self.problems.append(self.problem(event.start_mark, YAML_TAG, message, "remove it"))


def _too_deep(place: Place) -> Problem:
    message = f"lists and mappings are nested more than {MAX_DEPTH} deep"
    return Problem(place=place, rule=YAML_LIMIT, message=message)


def _column_too_deep(text: str, line: int, column: int) -> int:
    """Return where the brackets of a line inside a mapping nest too deep; `column` if other lines open them."""
    opened = [n for n, character in enumerate(text.split("\n")[line - 1][:column], 1) if character in "[{"]
    return opened[MAX_DEPTH - 1] if len(opened) >= MAX_DEPTH else column


def _only_characters(match: re.Match[str]) -> str:
    """Return the text that the parser quotes, unless it may be more than a character or its escape."""
    return match.group() if len(match[2]) <= len(r"\U0001f600") else "…"


def _syntax_problem(file: str, text: str, error: yaml.YAMLError) -> Problem:
    """Return a `yaml.YAMLError` in one sentence, with its place."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error).splitlines()[0]
    if "nesting depth" in reason:  # a limit of libyaml itself, which reads ahead of the builder
        return _too_deep(Place(file=file, line=line, column=_column_too_deep(text, line, column)))
    context = getattr(error, "context", None)
    words = f"{reason} {context}" if context else str(reason)
    # The parser quotes characters, and in some releases names; its own messages are shorter than this.
    message = f"not valid YAML: {_QUOTED.sub(_only_characters, words)[:200]}"
    before = (text.splitlines()[line - 1 : line] or [""])[0]
    indented = before[: len(before) - len(before.lstrip())]
    hint = "there is a tab, but YAML must be indented with spaces" if "\t" in indented else None
    return Problem(place=Place(file=file, line=line, column=column), rule=YAML_SYNTAX, message=message, hint=hint)


def _unprintable(file: str, text: str) -> Problem | None:
    """Report the first character that YAML does not allow; the parser would report it without a place."""
    match = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if match is None:
        return None
    line = text.count("\n", 0, match.start()) + 1
    column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
    message = f"not valid YAML: the character U+{ord(match.group()):04X} is not allowed"
    return Problem(place=Place(file=file, line=line, column=column), rule=YAML_SYNTAX, message=message)


def _decode(file: str, data: bytes) -> str | Problem:
    start = Place(file=file, line=1, column=1)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(place=start, rule=YAML_ENCODING, message="the file is in UTF-16", hint="save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start]
        place = Place(file=file, line=line, column=len(before.decode(errors="replace")) + 1)
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        return Problem(place=place, rule=YAML_ENCODING, message=message, hint=YAML_ENCODING.remedy)


def parse(file: str, data: bytes, budget: Budget | None = None) -> tuple[Node | None, Problems]:
    """Return the tree of one file (None if it is empty or cannot be read) and its problems."""
    text = _decode(file, data)
    if isinstance(text, Problem):
        return None, Problems([text])
    problems = Problems()
    budget = budget or Budget()
    builder = _Builder(file, problems, budget.left)
    events = _Loader(text)
    try:
        return builder.build(events), problems
    except _Stop as stop:
        problems.append(stop.problem)
        return None, problems
    except yaml.YAMLError as error:
        problems.append(_unprintable(file, text) or _syntax_problem(file, text, error))
        return None, problems
    finally:
        budget.left -= builder.count
        events.dispose()
