"""The limits of formats for CI systems, which are fed with as many entries as fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

MOST_ENTRIES: Final = 5_000
"""GitHub shows at most this many results of a SARIF file."""

MOST_BYTES: Final = 10_000_000
"""GitHub rejects larger SARIF files, and GitLab larger reports of tests."""


def fitting(render: Callable[[int], str], count: int) -> str:
    """Return `render(n)` for the largest n that is at most `count`, or the limit, and whose text is not too large.

    `render(n)` returns the text with the first n entries.
    """
    most = min(count, MOST_ENTRIES)
    text = render(most)
    if _fits(text):
        return text
    fits, too_large = 0, most
    while too_large - fits > 1:
        middle = (fits + too_large) // 2
        if _fits(render(middle)):
            fits = middle
        else:
            too_large = middle
    return render(fits)


def _fits(text: str) -> bool:
    return len(text.encode("utf-8", errors="replace")) <= MOST_BYTES
