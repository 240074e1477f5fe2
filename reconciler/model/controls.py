"""Characters that a terminal, an editor or a reader interprets instead of showing them, and how they are shown."""

from __future__ import annotations

import re

ACTING = (
    "\x00-\x1f\x7f-\x9f"  # C0 and C1 controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # reorder the text around them
    "\u2028\u2029"  # line and paragraph separators
    "\u00ad\u200b\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"  # invisible
    "\ud800-\udfff"  # surrogates: no encoding of text has them
)
"""The inside of a character class of `re`. Joiners (U+200C, U+200D) are not in it: words and emoji need them."""

ACTS = re.compile(f"[{ACTING}]")
"""Finds such a character."""

_BUT_LINES = re.compile(f"(?!\n)[{ACTING}]")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def shown(text: str) -> str:
    """Return `text` on one line, with each such character as an escape."""
    return ACTS.sub(_escape, text)


def shown_lines(text: str) -> str:
    """Return `text` with its line breaks, and each other such character as an escape."""
    return _BUT_LINES.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if code < 256:
        return _SHORT.get(character) or f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
