"""Applies the example in one process, and writes how the time was spent as JSON: `split.py URL FILE RESULT`.

It wraps functions of an apply; `tests/docs/test_benchmarks.py` checks that all of them exist.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

started = time.monotonic()

# What to call it, the module, the function or method in it. Each is counted without what it calls of the others.
SEAMS = (
    ("read the file", "reconciler.spec", "load"),
    ("plan: read the live state", "reconciler.planner", "read_state"),
    ("plan: check the data", "reconciler.planning.data_checks", "checked"),
    ("plan: the rest", "reconciler.execution.apply", "make_plan"),
    ("steps: statements", "reconciler.execution.attempt", "send_transaction"),
    ("steps: check the data again", "reconciler.execution.executor", "Executor._failed_guard"),
    ("steps: observe", "reconciler.execution.observing", "observe"),
    ("steps: check the lock", "reconciler.execution.lock", "RunLock.check"),
    ("steps: set limits", "reconciler.execution.attempt", "set_limits"),
    ("steps: write the journal", "reconciler.execution.journal", "Journal.write"),
    ("steps: watch begins", "reconciler.execution.watch", "Watch.__enter__"),
    ("steps: watch ends", "reconciler.execution.watch", "Watch.__exit__"),
    ("steps: the rest", "reconciler.execution.executor", "Executor.run"),
)

spent: dict[str, float] = {}
counts: dict[str, int] = {}
stack: list[float] = []


def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def wrapper(*arguments: Any, **named: Any) -> Any:
        stack.append(0.0)
        begun = time.monotonic()
        try:
            return function(*arguments, **named)
        finally:
            took = time.monotonic() - begun
            spent[name] = spent.get(name, 0.0) + took - stack.pop()
            counts[name] = counts.get(name, 0) + 1
            if stack:
                stack[-1] += took

    return wrapper


def seam(module: str, path: str) -> tuple[Any, str]:
    """The module or class that has the function, and the function's name there."""
    owner: Any = importlib.import_module(module)
    *outer, last = path.split(".")
    for part in outer:
        owner = getattr(owner, part)
    return owner, last


def wrap() -> None:
    for name, module, path in SEAMS:
        owner, last = seam(module, path)
        setattr(owner, last, timed(name, getattr(owner, last)))


def main() -> int:
    url, file, result = sys.argv[1:]
    import reconciler

    wrap()
    loaded = time.monotonic()
    desired = reconciler.load([file])
    done = reconciler.apply(desired, url, approve=lambda _plan: True)
    total = time.monotonic() - started
    spent["imports"] = loaded - started
    spent["connections and the rest"] = total - sum(spent.values())
    content = {"status": done.status.value, "total_s": total, "spent_s": spent, "counts": counts}
    Path(result).write_text(json.dumps(content), encoding="utf-8")
    return 0 if done.status.value == "completed" else 1


if __name__ == "__main__":
    sys.exit(main())
