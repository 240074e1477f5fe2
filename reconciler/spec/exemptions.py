"""Inline exceptions from rules of the platform's policy: `# reconcile: ignore[rule] because reason`.

YAML's parser drops comments, so they are found in the text; what is inside a scalar is no comment.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

import yaml

from reconciler.model.errors import Problem, Problems
from reconciler.model.names import Place
from reconciler.model.platform import Exemption
from reconciler.model.rules.platform import BAD_EXCEPTION
from reconciler.model.visible import is_visible

_COMMENT = re.compile(r"(?<!\S)#[ \t]*reconcile:[ \t]*ignore\b(.*)")
_FORM = re.compile(r"\[[ \t]*([a-z-]+(?:[ \t]*,[ \t]*[a-z-]+)*)[ \t]*\][ \t]+because[ \t]+(\S.*)")
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""What YAML's parser takes for the end of a line."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Position = tuple[int, int]


def read_exemptions(file: str, data: bytes, problems: Problems) -> list[Exemption]:
    """Return the exceptions in a file that is valid YAML. A comment of another form becomes a problem.

    An exception at the end of a line is for that line. On a line of its own, it is for the next line that holds
    anything else than a comment.
    """
    if b"reconcile:" not in data:
        return []
    text = data.decode("utf-8-sig", errors="replace")
    lines = _LINE_END.split(text)
    comments = [(n, match) for n, line in enumerate(lines) for match in _COMMENT.finditer(line)]
    scalars = _scalars(text) if comments else []
    found = []
    for number, match in comments:
        if _inside((number, match.start()), scalars):
            continue
        place = Place(file=file, line=number + 1, column=match.start() + 1)
        form = _FORM.fullmatch(match[1].rstrip())
        if form is None or not is_visible(form[2]):
            message = "the exception has another form, or no reason"
            problems.append(Problem(place=place, rule=BAD_EXCEPTION, message=message, hint=BAD_EXCEPTION.remedy))
            continue
        rules = tuple(re.split(r"[ \t]*,[ \t]*", form[1]))
        line = _line_of(number, match.start(), lines)
        found.append(Exemption(rules=rules, reason=form[2], place=place, line=line))
    return found


def _line_of(number: int, column: int, lines: list[str]) -> int:
    """The line, from 1, that a comment is for."""
    if lines[number][:column].strip():
        return number + 1
    return next((n + 1 for n in range(number + 1, len(lines)) if not _only_comment(lines[n])), number + 1)


def _only_comment(line: str) -> bool:
    return line.strip() == "" or line.lstrip().startswith("#")


def _scalars(text: str) -> list[tuple[_Position, _Position]]:
    """Where scalars begin and end, in order. Lines and columns count from 0."""
    return list(_positions(text))


def _positions(text: str) -> Iterator[tuple[_Position, _Position]]:
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.ScalarEvent):
            first: Any = event.start_mark
            last: Any = event.end_mark
            yield (first.line, first.column), (last.line, last.column)


def _inside(position: _Position, scalars: list[tuple[_Position, _Position]]) -> bool:
    before = bisect_right(scalars, position, key=lambda one: one[0]) - 1
    return before >= 0 and position < scalars[before][1]
