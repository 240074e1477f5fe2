"""Small truths about the text of SQL expressions."""

from __future__ import annotations

import re

# What may hold a parenthesis that does not count: strings, quoted names, dollar quotes.
_TOKEN = re.compile(
    r"""[eE]'(?:[^'\\]|''|\\.)*' | '(?:[^']|'')*' | "(?:[^"]|"")*" | \$(\w*)\$.*?\$\1\$ | [()]""", re.S | re.X
)


def unwrapped(text: str) -> str:
    """`text` without white space around it and without pairs of parentheses that enclose the whole.

    PostgreSQL prints most expressions in parentheses; people do not write them.
    """
    text = text.strip()
    while text.startswith("(") and _closes_at_end(text):
        text = text[1:-1].strip()
    return text


def _closes_at_end(text: str) -> bool:
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += {"(": 1, ")": -1}.get(token.group(), 0)
        if depth == 0 and token.group() == ")":
            return token.end() == len(text)
    return False
