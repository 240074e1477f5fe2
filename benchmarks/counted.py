"""Runs `reconcile` in this process and counts the statements that it sends: `counted.py RESULT ARGUMENT…`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

sent = {"statements": 0, "transaction_commands": 0, "waited_s": 0.0}


def counting(function: Callable[..., Any], what: str) -> Callable[..., Any]:
    def wrapper(*arguments: Any, **named: Any) -> Any:
        begun = time.monotonic()
        try:
            return function(*arguments, **named)
        finally:
            sent[what] += 1
            sent["waited_s"] += time.monotonic() - begun

    return wrapper


def main() -> int:
    result, *arguments = sys.argv[1:]
    psycopg.Cursor.execute = counting(psycopg.Cursor.execute, "statements")  # type: ignore[method-assign]
    if hasattr(psycopg.Connection, "_exec_command"):
        inner = psycopg.Connection._exec_command

        def exec_command(self: Any, *given: Any, **named: Any) -> Any:  # BEGIN, SAVEPOINT, COMMIT, ROLLBACK
            sent["transaction_commands"] += 1
            return (yield from inner(self, *given, **named))

        psycopg.Connection._exec_command = exec_command  # type: ignore[method-assign]
    from reconciler.cli.main import main as reconcile

    code = reconcile(arguments)
    Path(result).write_text(json.dumps(sent), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main())
