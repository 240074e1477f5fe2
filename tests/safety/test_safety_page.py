"""SAFETY.md lists every invariant, and existing tests."""

from __future__ import annotations

import ast
import re

from tests.execution.support import ROOT

PAGE = (ROOT / "SAFETY.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (S\d+) [^\n]+\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def functions_of(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


RESERVED = {17}
"""Parallel steps: the invariant of a feature that does not exist yet."""


def test_invariants_are_numbered_in_order_and_each_has_a_test() -> None:
    numbers = [int(title.removeprefix("S")) for title in SECTIONS]
    assert numbers == sorted(set(numbers))
    assert set(range(1, 13)) <= set(numbers)
    assert not RESERVED & set(numbers)
    assert all(re.search(r"^- `tests/", text, re.MULTILINE) for text in SECTIONS.values())


def test_every_test_that_the_page_names_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)
    missing = [(file, test) for file, test in named if not (ROOT / file).exists()]
    missing += [(file, test) for file, test in named if test and test not in functions_of(file)]
    assert not missing
