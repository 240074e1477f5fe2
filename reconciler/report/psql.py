"""Writes text for psql, which interprets a script before it sends statements to the server.

Outside quotes psql replaces `:name`, `:'name'` and `:"name"` by its variables, treats a backslash as the beginning of a
command and a semicolon as the end of the statement.

Source: https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-INTERPOLATION
"""

from __future__ import annotations

import re

from reconciler.model.ci_system import without_log_commands
from reconciler.model.controls import ACTING
from reconciler.model.errors import Refused
from reconciler.model.rules.runs import NOT_FOR_PSQL
from reconciler.report.wording import one_line

# Assumes standard_conforming_strings = on; a backslash is special only in an E-string. Quoted text is skipped.
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
# A backslash before such a character has no effect; any other pair is another escape.
_IN_E_STRING = re.compile(rf"\\?((?!\n)[{ACTING}])|\\.", re.DOTALL)


def protected(sql: str) -> str:
    """Return the statement so that psql sends it, and a terminal shows it, unchanged.

    A colon that would begin a variable gets a space behind it, which SQL allows (`a[1: n]`). In quoted text, characters
    that control a terminal are escaped. Raises `Refused` if the text outside quotes contains characters that psql or a
    terminal would interpret, which is rare in statements of a plan.
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
    """Return the same string or name, with escapes for characters that control a terminal."""
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
    """Return `text` as an SQL string, with standard_conforming_strings on. psql replaces nothing inside."""
    return _escaped("'" + text.replace("'", "''") + "'")


def identifier(name: str) -> str:
    """Return `name` as a quoted SQL identifier."""
    return _escaped('"' + name.replace('"', '""') + '"')


def _escaped(quoted: str) -> str:
    """Return a quoted string or name; as `U&'…'` or `U&"…"` if it has a character that controls a terminal."""
    if not _ACTING.search(quoted):
        return quoted
    escaped = _ACTING.sub(lambda one: f"\\+{ord(one.group()):06x}", quoted.replace("\\", "\\\\"))
    return f"U&{escaped}"


def comment_line(text: str) -> str:
    """Return `text` as one comment line, without line breaks."""
    return f"-- {one_line(text)}".rstrip()


def warn_line(text: str) -> str:
    """Return the command that prints `text` as one line on standard error. psql replaces nothing inside."""
    quoted = without_log_commands(one_line(text)).replace("\\", "\\\\").replace("'", "''")
    return rf"\warn '{quoted}'"
