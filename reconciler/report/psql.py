"""How text is written for psql, which reads more into a script than the server does.

Outside quotes psql replaces `:name`, `:'name'` and `:"name"` by its variables, takes a backslash for a command of
its own and a semicolon for the end of the statement.
https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-INTERPOLATION
"""

from __future__ import annotations

import re

from reconciler.model.controls import ACTING
from reconciler.model.errors import Refused
from reconciler.model.rules.runs import NOT_FOR_PSQL
from reconciler.report.wording import one_line

# With standard_conforming_strings on; an E-string knows the backslash. Quoted text is skipped as a whole.
_TOKEN = re.compile(
    r"""
    (?P<quoted>
        (?<![\w$])[eE]'(?:[^'\\]|\\.|'')*'
      | (?<!(?<![\w$])[eE])'(?:[^']|'')*'
      | "(?:[^"]|"")*"
      | (?<![\w$])\$(?P<tag>(?:[^\W\d]\w*)?)\$.*?\$(?P=tag)\$
    )
  | (?P<cast>::|:=)
  | (?P<colon>:(?=[\w'"{\u0080-\U0010ffff]))
  | (?P<space>[\t\n\r\f\v])
  | (?P<foreign>\\|;|--|/\*|['"])
  | (?P<rest>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_ACTING = re.compile(f"(?!\n)[{ACTING}]")
# With a backslash before it, such a character stands for itself; any other pair is an escape of its own.
_IN_E_STRING = re.compile(rf"\\?((?!\n)[{ACTING}])|\\.", re.DOTALL)


def protected(sql: str) -> str:
    """Whole tokens of a statement, such that psql sends them as they are, and a terminal shows them as they are.

    A colon that would begin a variable gets a space behind it, which SQL does not mind (`a[1: n]`). Quoted text in
    which a terminal would act upon a character has it as an escape. Raises `Refused` if the text holds what psql or a
    terminal would act on otherwise; statements of a plan hardly ever do.
    """
    return "".join(_protected(match) for match in _TOKEN.finditer(sql))


def _protected(match: re.Match[str]) -> str:
    text = match.group()
    if match.group("colon"):
        return ": "
    if match.group("space"):
        return "\n" if text == "\n" else " "
    if match.group("quoted"):
        return _shown_quoted(match) if _ACTING.search(text) else text
    if match.group("foreign") or _ACTING.search(text):
        raise Refused(
            f"a statement contains {text!r} outside quotes, which psql or a terminal would interpret",
            rule=NOT_FOR_PSQL,
            hint=NOT_FOR_PSQL.remedy,
        )
    return text


def _shown_quoted(match: re.Match[str]) -> str:
    """The same string or name, with escapes for what a terminal would act upon."""
    text, before = match.group(), match.string[: match.start()][-1:]
    if text[0] in "eE":
        return _IN_E_STRING.sub(lambda one: f"\\U{ord(one[1]):08x}" if one[1] else one[0], text)
    if before.isalnum() or before == "&":
        raise Refused(
            "a statement contains a bit string or a string with Unicode escapes that a terminal would interpret",
            rule=NOT_FOR_PSQL,
            hint=NOT_FOR_PSQL.remedy,
        )
    if text[0] == "$":
        tag = match["tag"] or ""
        return string(text[len(tag) + 2 : -len(tag) - 2])
    return _escaped(text)


def string(text: str) -> str:
    """`text` as an SQL string, with standard_conforming_strings on. psql replaces nothing inside."""
    return _escaped("'" + text.replace("'", "''") + "'")


def identifier(name: str) -> str:
    """`name` as a quoted SQL identifier."""
    return _escaped('"' + name.replace('"', '""') + '"')


def _escaped(quoted: str) -> str:
    """A quoted string or name as it is, or as `U&'…'` or `U&"…"` if a terminal would act upon a character in it."""
    if not _ACTING.search(quoted):
        return quoted
    escaped = _ACTING.sub(lambda one: f"\\+{ord(one.group()):06x}", quoted.replace("\\", "\\\\"))
    return f"U&{escaped}"


def comment_line(text: str) -> str:
    """`text` as one comment line: no line break in it survives."""
    return f"-- {one_line(text)}".rstrip()
