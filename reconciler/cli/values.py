"""Whether the running command may print values of rows, and server messages that can hold them."""

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
    """`asked` is --samples. `text`: whether the command prints text. None: the command reads no rows."""

    asked: int | None = None
    text: bool | None = None


_allowed = _Allowed()


def reset() -> None:
    """Forget what an earlier command in this process allowed."""
    _allowed.asked = _allowed.text = None


def allow(asked: int | None, format_: str) -> int:
    """Note what the operator asked for; return how many values standard output may show."""
    _allowed.asked, _allowed.text = asked, format_ == "text"
    return values_on(sys.stdout)


def values_on(stream: TextIO) -> int:
    """How many values a stream may show: in text, what --samples says; else five on a terminal that a person reads."""
    if not _allowed.text:
        return 0
    if _allowed.asked is not None:
        return _allowed.asked
    person = sys.stdout.isatty() and stream.isatty() and "CI" not in os.environ
    return SAMPLES if person else 0


def server_words(error: ReconcileError | None, stream: TextIO) -> str:
    """What the server said about an error, as a line to add to it; empty where it may not be shown."""
    if error is None or error.server is None:
        return ""
    return "".join(
        f"\nserver: {words}".replace("\n", "\n  ") for words in error.server.words.up_to(values_on(stream))
    )


def hides_values() -> bool:
    """Whether messages of unexpected errors, which can hold anything, may not be shown on standard error."""
    return _allowed.text is not None and not values_on(sys.stderr)
