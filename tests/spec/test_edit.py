"""Edits of a file's text change only the place that they are for, and keep every comment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reconciler.spec.edit import NotEditable, add_item, remove, remove_item, set_value

BLOCK = """\
# first
a:  # of a
  b: {x: 1, y: [p, q]}   # of b
  # before c
  c:
    - one  # of one
    - two
  d: |
    text
    # no comment

  e: 'quoted: "text"' # of e
f:
"""
Edit = Callable[[str], str]

CASES: dict[str, tuple[Edit, list[str], list[str]]] = {
    "a value in a block": (
        lambda text: set_value(text, "ae", "plain"),
        ["  e: 'quoted: \"text\"' # of e"],
        ["  e: plain # of e"],
    ),
    "a value in brackets": (
        lambda text: set_value(text, "abx", ["1, 2", "z"]),
        ["  b: {x: 1, y: [p, q]}   # of b"],
        ['  b: {x: ["1, 2", z], y: [p, q]}   # of b'],
    ),
    "a block of text": (
        lambda text: set_value(text, "ad", "new"),
        ["  d: |", "    text", "    # no comment"],
        ["  d: new"],
    ),
    "a list with comments": (
        lambda text: set_value(text, "ac", {"k": True}),
        ["  c:", "    - one  # of one", "    - two"],
        ["  # of one", "  c: {k: true}"],
    ),
    "a new entry of a block": (lambda text: set_value(text, "ag", "v"), [], ["  g: v"]),
    "a new entry of brackets": (
        lambda text: set_value(text, "abz", "#"),
        ["  b: {x: 1, y: [p, q]}   # of b"],
        ['  b: {x: 1, y: [p, q], z: "#"}   # of b'],
    ),
    "a new entry of nothing": (lambda text: set_value(text, "fg", None), [], ["  g: null"]),
    "a new entry of a missing mapping": (lambda text: set_value(text, "ahg", "v"), [], ["  h: {g: v}"]),
    "without an entry of a block": (
        lambda text: remove(text, "ae", keep=0),
        ["  e: 'quoted: \"text\"' # of e"],
        ["  # of e"],
    ),
    "without the last of brackets": (
        lambda text: remove(text, "aby", keep=0),
        ["  b: {x: 1, y: [p, q]}   # of b"],
        ["  b: {x: 1}   # of b"],
    ),
    "without the first of brackets": (
        lambda text: remove(text, "abx", keep=0),
        ["  b: {x: 1, y: [p, q]}   # of b"],
        ["  b: {y: [p, q]}   # of b"],
    ),
    "without an item of a block": (
        lambda text: remove_item(text, "ac", "one", keep=0),
        ["    - one  # of one"],
        ["    # of one"],
    ),
    "without an item of brackets": (
        lambda text: remove_item(text, "aby", "q", keep=0),
        ["  b: {x: 1, y: [p, q]}   # of b"],
        ["  b: {x: 1, y: [p]}   # of b"],
    ),
    "one more item of a block": (lambda text: add_item(text, "ac", "a: b"), [], ['    - "a: b"']),
    "one more item of brackets": (
        lambda text: add_item(text, "aby", "r"),
        ["  b: {x: 1, y: [p, q]}   # of b"],
        ["  b: {x: 1, y: [p, q, r]}   # of b"],
    ),
    "one more item of a text": (
        lambda text: add_item(text, "abx", "2"),
        ["  b: {x: 1, y: [p, q]}   # of b"],
        ['  b: {x: [1, "2"], y: [p, q]}   # of b'],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_an_edit_changes_only_its_place(name: str) -> None:
    edit, gone, new = CASES[name]
    before, after = BLOCK.splitlines(), edit(BLOCK).splitlines()
    assert [line for line in before if line not in after] == gone
    assert [line for line in after if line not in before] == new
    kept = [line for line in before if line not in gone]
    assert [line for line in after if line not in new] == kept


def test_a_mapping_that_becomes_empty_is_removed() -> None:
    text = "t:\n  u:\n    v: 1 # of v\n  w: [x]\n"
    assert remove(text, "tuv", keep=1) == "t:\n  # of v\n  w: [x]\n"
    assert remove(text, "tuv", keep=2) == "t:\n  u:\n    # of v\n  w: [x]\n"
    assert remove_item(text, "tw", "x", keep=1) == "t:\n  u:\n    v: 1 # of v\n"


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: set_value(text, "bc", "2"),
        lambda text: set_value(text, "ac", "2"),
        lambda text: remove(text, "a", keep=0),
        lambda text: remove(text, "b", keep=0),
        lambda text: add_item(text, "bd", "2"),
        lambda text: set_value(text, "bx", "2"),
        lambda text: remove_item(text, "e", "absent", keep=0),
        lambda text: remove(text, "z", keep=0),
    ],
)
def test_what_has_aliases_or_is_missing_is_refused(edit: Edit) -> None:
    with pytest.raises(NotEditable):
        edit("a: &x {c: 1, d: [1]}\nb: *x\ne: [f]\n")
