"""Expressions of GitHub Actions, as far as the workflows of this project use them. Anything else is an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

_TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(&&|\|\||==|!=|!|\(|\))|([A-Za-z_][\w.-]*))")
_EMBEDDED = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_STATUS = re.compile(r"\b(always|success|failure|cancelled)\(\)")

Status = Mapping[str, bool]
"""What `always()`, `success()`, `failure()` and `cancelled()` return."""


def interpolated(text: object, context: Mapping[str, Any], status: Status) -> str:
    """Return a value of a workflow with its expressions replaced, as a string."""
    return _EMBEDDED.sub(lambda found: _shown(evaluated(found[1], context, status)), _shown(text))


def holds(condition: object, context: Mapping[str, Any], status: Status) -> bool:
    """Return whether an `if` holds. Without a status function in it, everything before must have succeeded."""
    text = "success()" if condition is None else str(condition).strip()
    found = re.fullmatch(r"\$\{\{(.*)\}\}", text, re.DOTALL)
    text = found[1] if found else text
    implied = _STATUS.search(text) is not None or status["success"]
    return implied and bool(evaluated(text, context, status))


def evaluated(text: str, context: Mapping[str, Any], status: Status) -> Any:
    """Return the value of an expression. A name that is missing has the value ''."""
    reader = _Reader(text, context, status)
    value = reader.alternatives()
    assert reader.peek() == "", text
    return value


class _Reader:
    def __init__(self, text: str, context: Mapping[str, Any], status: Status) -> None:
        self._tokens: list[str] = []
        position = 0
        while position < len(text.rstrip()):
            found = _TOKEN.match(text, position)
            assert found, f"not understood: {text[position:]}"
            self._tokens.append(found[found.lastindex or 0])
            position = found.end()
        self._context = context
        self._status = status

    def peek(self) -> str:
        return self._tokens[0] if self._tokens else ""

    def take(self) -> str:
        return self._tokens.pop(0)

    def alternatives(self) -> Any:
        return self._joined("||", self._conjunction, lambda value: not value)

    def _conjunction(self) -> Any:
        return self._joined("&&", self._comparison, bool)

    def _joined(self, sign: str, part: Callable[[], Any], goes_on: Callable[[Any], bool]) -> Any:
        value = part()
        while self.peek() == sign:
            self.take()
            following = part()
            value = following if goes_on(value) else value
        return value

    def _comparison(self) -> Any:
        value = self._single()
        if self.peek() in ("==", "!="):
            same = self.take() == "=="
            return (_shown(value).lower() == _shown(self._single()).lower()) is same
        return value

    def _single(self) -> Any:
        token = self.take()
        if token == "!":
            return not self._single()
        if token == "(":
            value = self.alternatives()
            assert self.take() == ")"
            return value
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        if self.peek() == "(":
            assert [self.take(), self.take()] == ["(", ")"]
            return self._status[token]
        value = self._context
        for name in token.split("."):
            value = value.get(name, "") if isinstance(value, Mapping) else ""
        return value


def _shown(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
