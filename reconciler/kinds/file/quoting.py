"""What a message may quote from a file: keys and short plain words.

A user may pass the wrong file by mistake, with a secret in it, and messages end up in logs that others read.
"""

from __future__ import annotations

import re
from typing import Final

_PLAIN = re.compile(r"[\w.*$-]{1,24}(?:\(\w{1,24}\))?|\w{1,12}(?: \w{1,12}){1,2}|[!#%&*+/<=>?@^|~-]{1,8}")
_KEY = re.compile(r"[\w.*$-]{1,63}(?: [\w.*$-]{1,63}){0,7}")
_LONGEST_KEY: Final = 63


def quoted_text(text: str, otherwise: str = "this text") -> str:
    """Quote a value for a message: in backticks if it is a short plain word, otherwise return `otherwise`."""
    return f"`{text}`" if _PLAIN.fullmatch(text) else otherwise


def quoted_key(text: str, otherwise: str = "this key") -> str:
    """Quote a key, or a name used as a key, in the same way; it may be as long as names can be."""
    return f"`{text}`" if len(text) <= _LONGEST_KEY and _KEY.fullmatch(text) else otherwise


def unknown_key(text: str, where: str = "") -> str:
    """Return the message about a key that does not exist. It quotes the key only if the text looks like a key."""
    return " ".join(part for part in ("unknown key", quoted_key(text, ""), where) if part)


def bare(text: str) -> str:
    """Return a value for an example of what to write: itself if it is a short plain word, otherwise `…`."""
    return text if _PLAIN.fullmatch(text) else "…"
