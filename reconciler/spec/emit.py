"""Plain trees → YAML text, in one style, so that the same tree always gives the same bytes.

A list or mapping that is short and needs no quotes is written in one line; others have an entry a line. Text is
quoted if this format's reader, or a reader of YAML 1.1 or 1.2 with types (`no`, `1e3`, `2001-12-14`), could read it
as something else. Sources: https://yaml.org/spec/1.2.2/ and https://yaml.org/type/
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Final

from reconciler.kinds.file.writing import Bare, Block, Written
from reconciler.model.controls import ACTING

WIDTH: Final = 100
"""The longest line for a list or mapping in one line. Text is never folded."""

_SIMPLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})

# Characters that begin something other than plain text; digits, signs and dots may begin a number or a date.
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`~=<"
_MAYBE_NUMBER = "0123456789+."
_NO_NUMBER = re.compile(r"[<>=()]")
_ENDS_PLAIN = re.compile(r":(?:\s|\Z)|\s#|\s\Z")
_ENDS_PLAIN_IN_FLOW = re.compile(r"[,\[\]{}:?]")

# c-printable without the characters that readers of YAML 1.1 read as a line break, and without the byte order mark.
_PRINTABLE = "\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
# Also without the characters that an editor or a terminal interprets, so that a file can be read as it is.
_UNPRINTABLE = re.compile(f"[^{_PRINTABLE}]|[{ACTING}]")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def mapping_lines(mapping: Mapping[str, Written], indent: str = "") -> Iterator[str]:
    """Return the lines of a mapping with an entry a line."""
    for key, value in mapping.items():
        head = f"{indent}{scalar(key)}:"
        if value is None and isinstance(mapping, Block):
            yield head
        else:
            yield from _value_lines(head, value, indent)


def _value_lines(head: str, value: Written, indent: str) -> Iterator[str]:
    """Return `value` after `head`, or in the lines below it."""
    if isinstance(value, str) and (lines := _literal(value)):
        yield f"{head} {lines[0]}"
        yield from (f"{indent}  {line}" if line else "" for line in lines[1:])
        return
    flow = in_one_line(value)
    if not isinstance(value, list | dict):
        yield f"{head} {scalar(value) if isinstance(value, str) and flow is None else flow}"
    elif flow is not None and (not value or len(head) + 1 + len(flow) <= WIDTH):
        yield f"{head} {flow}"
    elif isinstance(value, dict):
        yield head
        yield from mapping_lines(value, indent + "  ")
    else:
        yield head
        for item in value:
            yield from _item_lines(item, indent + "  ")


def _item_lines(item: Written, indent: str) -> Iterator[str]:
    flow = in_one_line(item)
    if isinstance(item, dict) and (flow is None or len(indent) + 2 + len(flow) > WIDTH):
        first, *rest = mapping_lines(item, indent + "  ")
        yield f"{indent}- {first[len(indent) + 2 :]}"
        yield from rest
    else:
        yield from _value_lines(f"{indent}-", item, indent)


def in_one_line(value: Written) -> str | None:
    """Return the value in one line, inside a list or mapping; None if only that would require quotes, or if it
    needs several lines."""
    if isinstance(value, Block) and value:
        return None
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _scalar_in_flow(value)
    if isinstance(value, list):
        items = [in_one_line(item) for item in value]
        return None if None in items else f"[{', '.join(map(str, items))}]"
    pairs = [(_scalar_in_flow(key), in_one_line(item)) for key, item in value.items()]
    if any(None in pair for pair in pairs):
        return None
    return "{" + ", ".join(f"{key}: {item}" for key, item in pairs) + "}"


def flow_text(value: Written) -> str:
    """Return the value in one line, inside a list or mapping, with quotes where they are needed."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow_text(key)}: {flow_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow_text, value))}]"
    found = in_one_line(value)
    return quoted_scalar(str(value)) if found is None else found


def scalar(text: str) -> str:
    """Return text in a line of its own, quoted if necessary."""
    if isinstance(text, Bare) and _NUMBER.match(text):
        return str(text)
    return text if _is_plain(text) else quoted_scalar(text)


def _scalar_in_flow(text: str) -> str | None:
    if isinstance(text, Bare) and _NUMBER.match(text):
        return str(text)
    if "\n" in text:
        return None
    if not _is_plain(text):
        return quoted_scalar(text)
    return None if _ENDS_PLAIN_IN_FLOW.search(text) else text


@functools.lru_cache(maxsize=65536)
def _is_plain(text: str) -> bool:
    """Whether text needs no quotes: it has one line, and every reader reads it as text."""
    if _SIMPLE.match(text):
        return text.lower() not in _WORDS
    if not text or text[0] in _INDICATORS or text[0].isspace():
        return False
    if text[0] in _MAYBE_NUMBER and not _NO_NUMBER.search(text):
        return False
    return not (_UNPRINTABLE.search(text) or _ENDS_PLAIN.search(text))


def quoted_scalar(text: str) -> str:
    """Return text in quotes: in double ones, unless single ones avoid an escape."""
    if _UNPRINTABLE.search(text) is None and ('"' in text or "\\" in text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if not _UNPRINTABLE.match(character):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _literal(text: str) -> list[str] | None:
    """Return text of several lines as the lines of a literal block; None if it has one line, or a block would
    change it."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    # Editors remove a space at the end of a line; one at the beginning of the first line would count as
    # indentation.
    if "\n" not in text or not lines[0] or lines[0][0].isspace() or not lines[-1]:
        return None
    if any(_UNPRINTABLE.search(line) or (line and line[-1].isspace()) for line in lines):
        return None
    return ["|" if body != text else "|-", *lines]
