"""How text is written for psql, which reads more into a script than the server does.

Outside quotes psql replaces `:name`, `:'name'` and `:"name"` by its variables, takes a backslash for a command of
its own and a semicolon for the end of the statement.
https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-INTERPOLATION
"""

from __future__ import annotations

import re

from reconciler.model.errors import Refused
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
  | (?P<foreign>\\|;|--|/\*|['"])
  | (?P<rest>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def protected(sql: str) -> str:
    """Whole tokens of a statement, such that psql sends them as they are.

    A colon that would begin a variable gets a space behind it, which SQL does not mind (`a[1: n]`). Raises
    `Refused` if the text holds what psql would act on otherwise; statements of a plan never do.
    """
    return "".join(_protected(match) for match in _TOKEN.finditer(sql))


def _protected(match: re.Match[str]) -> str:
    text = match.group()
    if match.group("colon"):
        return ": "
    if match.group("foreign"):
        raise Refused(
            f"a statement holds {text!r} outside quotes, which psql would take for its own",
            rule="not-for-psql",
            hint="apply the plan with `reconcile apply`",
        )
    return text


def literal(text: str) -> str:
    """`text` as an SQL string, with standard_conforming_strings on. psql replaces nothing inside."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """`name` as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def comment(text: str) -> str:
    """`text` as one comment line: no line break in it survives."""
    return f"-- {one_line(text)}".rstrip()
