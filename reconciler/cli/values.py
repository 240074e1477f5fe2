"""Decides whether the running command may print values of rows, and server messages that may contain them."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TextIO

from reconciler.model.errors import ReconcileError

SAMPLES = 5
"""How many offending values a failed data check shows on a terminal, unless --samples says otherwise."""


@dataclass(slots=True)
class _Allowed:
    """`asked` is the value of --samples. `text` is true if the command prints text, None if it reads no rows."""

    asked: int | None = None
    text: bool | None = None


_allowed = _Allowed()


def reset() -> None:
    """Forget what an earlier command in this process allowed."""
    _allowed.asked = _allowed.text = None


def allow(asked: int | None, format_: str) -> int:
    """Record what the operator asked for, and return how many values standard output may show."""
    _allowed.asked, _allowed.text = asked, format_ == "text"
    return values_on(sys.stdout)


def values_on(stream: TextIO) -> int:
    """Return how many values a stream may show.

    In text, --samples decides; by default, five on a terminal outside CI. Other formats show none.
    """
    if not _allowed.text:
        return 0
    if _allowed.asked is not None:
        return _allowed.asked
    person = sys.stdout.isatty() and stream.isatty() and "CI" not in os.environ
    return SAMPLES if person else 0


def server_words(error: ReconcileError | None, stream: TextIO) -> str:
    """Return the server's words about an error as lines to append, or an empty string if they may not be shown."""
    if error is None or error.server is None:
        return ""
    return "".join(
        f"\nserver: {words}".replace("\n", "\n  ") for words in error.server.words.up_to(values_on(stream))
    )


def hides_values() -> bool:
    """Return whether messages of unexpected errors must be hidden on standard error: they may contain values."""
    return _allowed.text is not None and not values_on(sys.stderr)
