"""Standard input, output and error of a process that was started without one of them (`>&-`).

A connection or a file that is opened next would get its number, and what a library prints would go there.
"""

from __future__ import annotations

import os
import sys
from typing import Any


def open_missing_streams() -> None:
    """Let standard input be at its end, standard output fail as one that cannot be written to, and messages vanish."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The lowest free number is taken. Output that nobody would see is an error, as on a full disk.
            os.open(os.devnull, os.O_WRONLY if number == 2 else os.O_RDONLY)
    sys.stdin = sys.stdin or _stream(0, "r")
    sys.stdout = sys.stdout or _stream(1, "w")
    sys.stderr = sys.stderr or _stream(2, "w")


def _stream(number: int, mode: str) -> Any:
    return open(number, mode, encoding="utf-8", closefd=False)
