"""Readers of values that only the policy file has."""

from __future__ import annotations

import re
from typing import Any

from reconciler.kinds.file.described import Json
from reconciler.kinds.file.nodes import INVALID, Invalid, MappingNode, Node, Reading, SequenceNode
from reconciler.kinds.file.quoting import quoted_text
from reconciler.kinds.file.readers import scalar_text
from reconciler.kinds.file.writing import Writing, Written
from reconciler.model.rules.declarations import WRONG_TYPE, WRONG_VALUE

_UNITS = {"kB": 1024, "MB": 1024**2, "GB": 1024**3, "TB": 1024**4}
_SIZE = r"([0-9]{1,9}) ?(kB|MB|GB|TB)"

PLACEHOLDERS = ("{schema}", "{table}", "{columns}")
"""What a pattern of names can hold besides `*` and `?`."""


class Size:
    """An amount of data in PostgreSQL's units, such as `100GB`; the value is in bytes."""

    def read(self, node: Node, reading: Reading) -> int | Invalid:
        text = scalar_text(node, reading, "an amount such as 100GB")
        if text is INVALID:
            return INVALID
        match = re.fullmatch(_SIZE, text)
        if match is None:
            message = f"{quoted_text(text)} is not an amount of data"
            return reading.report(node, WRONG_VALUE, message, "write a whole number and kB, MB, GB or TB")
        return int(match[1]) * _UNITS[match[2]]

    def write(self, value: Any, _writing: Writing) -> Written:
        unit = [unit for unit, size in _UNITS.items() if value % size == 0][-1]
        return f"{value // _UNITS[unit]}{unit}"

    def schema(self) -> Json:
        return {"type": "string", "pattern": f"^{_SIZE}$"}


class NamePattern:
    """A pattern for names: `*` and `?` are wildcards, `{table}` and the like stand for names."""

    def read(self, node: Node, reading: Reading) -> str | Invalid:
        text = scalar_text(node, reading, "a pattern such as idx_{table}_*")
        if text is INVALID:
            return INVALID
        rest = text
        for placeholder in PLACEHOLDERS:
            rest = rest.replace(placeholder, "")
        if not text or "{" in rest or "}" in rest:
            known = ", ".join(f"`{one}`" for one in PLACEHOLDERS)
            message = "the pattern is empty" if not text else "the pattern has an unknown placeholder"
            return reading.report(node, WRONG_VALUE, message, f"known: {known}")
        return text

    def write(self, value: Any, _writing: Writing) -> Written:
        return str(value)

    def schema(self) -> Json:
        return {"type": "string", "minLength": 1}


class Words:
    """Some words of a closed set: a list, or a single word."""

    def __init__(self, *known: str) -> None:
        self.known = known

    def read(self, node: Node, reading: Reading) -> tuple[str, ...] | Invalid:
        items = node.items if isinstance(node, SequenceNode) else [node]
        if isinstance(node, MappingNode):
            return reading.report(node, WRONG_TYPE, f"expected a list of words, found {node.describe()}")
        words = [self._word(item, reading) for item in items]
        return INVALID if INVALID in words else tuple(word for word in words if word is not INVALID)

    def _word(self, node: Node, reading: Reading) -> str | Invalid:
        text = scalar_text(node, reading, "one of " + ", ".join(f"`{word}`" for word in self.known))
        if text is INVALID or text in self.known:
            return text
        return reading.report(
            node, WRONG_VALUE, f"{quoted_text(text)} is not known here", reading.near(text, self.known)
        )

    def write(self, value: Any, _writing: Writing) -> Written:
        return list(value)

    def schema(self) -> Json:
        one: Json = {"enum": list(self.known)}
        return {"anyOf": [one, {"type": "array", "items": one}]}
