"""Whether the encoding of a database has the characters of a text.

Source: https://www.postgresql.org/docs/current/multibyte.html
"""

from __future__ import annotations

import codecs
import functools

_LATIN = {f"LATIN{n}": f"iso8859-{part}" for n, part in enumerate((1, 2, 3, 4, 9, 10, 13, 14, 15, 16), start=1)}
_OTHERS = {"KOI8R": "koi8-r", "KOI8U": "koi8-u", "EUC_JIS_2004": "euc_jis_2004", "MULE_INTERNAL": "utf-8"}


@functools.cache
def _codec(encoding: str) -> str:
    """Return Python's codec for an encoding of a server; UTF-8, which has all characters, if Python has none."""
    name = (
        _LATIN.get(encoding)
        or _OTHERS.get(encoding)
        or encoding.replace("WIN", "cp").replace("ISO_8859_", "iso8859-")
    )
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "utf-8"


def has_characters(encoding: str, text: str) -> bool:
    """Whether a database with this encoding (PostgreSQL's name for it) can store the text.

    SQL_ASCII stores any bytes.
    """
    try:
        text.encode("utf-8" if encoding == "SQL_ASCII" else _codec(encoding))
    except UnicodeEncodeError:
        return False
    return True
