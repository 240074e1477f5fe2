"""Time, pauses and randomness are passed as arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "reconciler"
EDGES = {"clock.py", "cli/main.py"}
"""The modules that define the real clock."""
OUTSIDE = {"cli", "spec", "postgres"}
"""Rooms that use terminals, files and processes, where the real clock may be the default of an argument."""
SOURCES = {"time", "random", "secrets", "uuid"}
OF_A_DATE = {"now", "utcnow", "today"}


def uses(source: ast.Module) -> Iterator[ast.Attribute | ast.ImportFrom]:
    """Return every use of the real time, of a pause or of randomness."""
    for node in ast.walk(source):
        if isinstance(node, ast.ImportFrom) and node.module in SOURCES:
            if {one.name for one in node.names} != {"UUID"}:  # which only reads an id
                yield node
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = node.value.id
            if owner in SOURCES or (owner in ("datetime", "date") and node.attr in OF_A_DATE):
                yield node


def defaults(source: ast.Module) -> set[ast.AST]:
    """Return the defaults of arguments."""
    functions = [node.args for node in ast.walk(source) if isinstance(node, ast.FunctionDef | ast.Lambda)]
    return {one for node in functions for one in (*node.defaults, *node.kw_defaults) if one is not None}


def misused(path: str, text: str) -> list[str]:
    """Return the places in a module that use the real clock without permission."""
    if path in EDGES:
        return []
    source = ast.parse(text)
    allowed = defaults(source) if path.split("/")[0] in OUTSIDE else set()
    found = [f"{path}:{node.lineno}: {ast.unparse(node)}" for node in uses(source) if node not in allowed]
    imports = [node for node in ast.walk(source) if isinstance(node, ast.ImportFrom)]
    inside = path != "__init__.py" and not path.startswith("cli/")
    found += [
        f"{path}:{one.lineno}: the real clock" for one in imports if inside and one.module == "reconciler.clock"
    ]
    return found


def test_the_real_clock_is_used_at_the_edges_only() -> None:
    modules = {str(path.relative_to(PACKAGE)): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    assert modules.keys() >= EDGES
    assert [one for path, text in modules.items() for one in misused(path, text)] == []


@pytest.mark.parametrize(
    ("path", "text", "wrong"),
    [
        ("execution/watch.py", "import time\ndef f(): return time.monotonic()", True),
        ("execution/watch.py", "import time\ndef f(clock=time.monotonic): return clock()", True),
        ("spec/opening.py", "import time\ndef f(clock=time.monotonic): return clock()", False),
        ("spec/opening.py", "import time\ndef f(): return time.monotonic()", True),
        ("planning/plan.py", "from random import random", True),
        ("model/bound.py", "from datetime import datetime\nx = datetime.now()", True),
        ("postgres/session.py", "from reconciler.clock import SYSTEM", True),
        ("planning/plan.py", "from uuid import UUID", False),
        ("planning/plan.py", "from uuid import uuid4", True),
        ("cli/demo.py", "from reconciler.clock import SYSTEM", False),
    ],
)
def test_a_use_elsewhere_is_found(path: str, text: str, wrong: bool) -> None:
    assert bool(misused(path, text)) is wrong
