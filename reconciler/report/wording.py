"""Wording that all formats share: plurals, durations, one-line forms of text from files and catalogs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reconciler.model.controls import shown


def one_line(text: str) -> str:
    """Return `text` on one line, with control characters escaped, for terminals, comments and tables."""
    return shown(text)


def lines_of(text: str) -> list[str]:
    """Return the lines of `text`, each as `one_line` returns it, with tabs as spaces. Never empty."""
    plain = text.replace("\r\n", "\n").expandtabs(4)
    return [one_line(line) for line in plain.split("\n")]


def plural(count: int, noun: str, several: str = "") -> str:
    """Return `1 step`, `23 steps`; `several` is the plural that is not the noun with an s."""
    return f"1 {noun}" if count == 1 else f"{count:,} {several or f'{noun}s'}"


def path_text(path: str) -> str:
    """Return the path of a difference, counted from 1: `columns[0].order` is `column 1 order`."""
    return re.sub(r"s?\[(\d+)\]\.?", lambda match: f" {int(match[1]) + 1} ", path).strip()


def enumerate_words(words: Sequence[str]) -> str:
    """Return `a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def duration(seconds: float) -> str:
    """Return `0.4 s`, `12.3 s`, `3 min 5 s`, `2 h 10 min`."""
    if seconds < 59.95:
        return f"{max(seconds, 0.0):.1f} s"
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min"


def left_in_quarantine(reasons: Mapping[str, int]) -> list[str]:
    """Return a line for each reason why a number of rows stays in the quarantine."""
    return [
        one_line(f"{plural(count, 'row')} stay{'s' if count == 1 else ''} in the quarantine: {reason}")
        for reason, count in reasons.items()
    ]
