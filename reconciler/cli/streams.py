"""Opens standard input, output and error if the process was started without one of them (`>&-`).

Otherwise the next connection or file would get the number of the missing stream, and a library that prints would
write to it.
"""

from __future__ import annotations

import os
import sys
from typing import Any


def open_missing_streams() -> None:
    """Open missing streams: input is empty, writes to output fail, and writes to standard error are discarded."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # os.open takes the lowest free number. Output that nobody would see must fail, as on a full disk.
            os.open(os.devnull, os.O_WRONLY if number == 2 else os.O_RDONLY)
    sys.stdin = sys.stdin or _stream(0, "r")
    sys.stdout = sys.stdout or _stream(1, "w")
    sys.stderr = sys.stderr or _stream(2, "w")


def _stream(number: int, mode: str) -> Any:
    return open(number, mode, encoding="utf-8", closefd=False)
