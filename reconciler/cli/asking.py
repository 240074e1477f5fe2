"""Asks for approval on the terminal."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from reconciler.cli.interrupts import before_changes
from reconciler.cli.output import say
from reconciler.model.rules.runs import NOT_APPROVED

if TYPE_CHECKING:
    from reconciler.model.plan import ServerInfo


def approved(question: str) -> bool:
    """Return whether the answer to the question is `yes`. Raises `Refused` if standard input is not a terminal."""
    from reconciler.model.errors import Refused
    from reconciler.report.wording import one_line

    if not sys.stdin.isatty():
        raise Refused(
            "cannot ask for approval: standard input is not a terminal; nothing was changed",
            rule=NOT_APPROVED,
            hint="review the plan, then run the same command with --auto-approve",
        )
    say(sys.stderr, f"{one_line(question)} Only 'yes' is accepted: ")
    before_changes(True)
    answer = _answer()
    before_changes(False)
    return answer == "yes"


def to_database(server: ServerInfo) -> str:
    """Return `to database shop on db.example, port 5432, as deploy`, for a question."""
    return f"to database {server.database} on {server.host}, port {server.port}, as {server.user}"


def _answer() -> str:
    """Return the line that was typed, or an empty string if the terminal was closed.

    Print a line break if the input has none at its end, so that the next output starts on a new line.
    """
    typed = ""
    try:
        with suppress(OSError):
            typed = sys.stdin.readline()
    finally:
        if not typed.endswith("\n"):
            say(sys.stderr, "\n")
    return typed.strip()
