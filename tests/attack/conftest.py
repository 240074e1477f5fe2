"""Prints the table of attacks for `make attack`: each attack, its version, and whether it was stopped."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from typing import Any

import pytest

from tests.servers import ATTACK_TABLE

_TITLE = "attack"
_VERSION = re.compile(r"\bpg(\d+)\b")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and item.path.parent.name == "attack":
            document = inspect.getdoc(item.function) or item.originalname.removeprefix("test_").replace("_", " ")
            item.user_properties.append((_TITLE, " ".join(document.split("\n\n")[0].split())))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if not ATTACK_TABLE:
        return
    rows: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for outcome, word in (("passed", "stopped"), ("failed", "NOT STOPPED"), ("error", "NOT RUN"), ("skipped", "-")):
        for report in terminalreporter.stats.get(outcome, ()):
            title = dict(getattr(report, "user_properties", ())).get(_TITLE)
            if title:
                version = _VERSION.search(report.nodeid)
                file = report.nodeid.partition("::")[0].rpartition("/")[2].removesuffix(".py").removeprefix("test_")
                rows[file, title][version[1] if version else "any"].append(word)
    terminalreporter.section("attacks")
    for (file, title), versions in sorted(rows.items()):
        text = ", ".join(f"{version}: {_text(words)}" for version, words in sorted(versions.items()))
        terminalreporter.write_line(f"{file:<12} {title}\n{'':<12} {text}")


def _text(words: list[str]) -> str:
    """Return `stopped` or `stopped (4)`: several tries of one attack share a line."""
    kinds = dict.fromkeys(words)
    return " / ".join(kind if words.count(kind) == 1 else f"{kind} ({words.count(kind)})" for kind in kinds)
