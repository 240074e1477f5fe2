"""Whether people can read a text at all: a reason of invisible characters is no reason."""

from __future__ import annotations

import unicodedata
from typing import Final

_BLANK: Final = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and symbols without a shape: Hangul and Khmer fillers, and the Braille pattern without dots."""


def is_visible(text: str) -> bool:
    """Whether a text has a letter, number, punctuation mark or symbol. Spaces, controls, format characters and
    combining marks alone show nothing."""
    return any(unicodedata.category(one)[0] in "LNPS" and one not in _BLANK for one in text)
