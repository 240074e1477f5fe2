"""`fmt` changes only the layout of a file."""

from __future__ import annotations

import pytest
import yaml

from reconciler.model.errors import InvalidFile
from reconciler.spec.format import format_text
from tests.docs.pages import ROOT

BEFORE = """\
# head

version:   1   # v
tables:
    users:      # must exist


    wallets:

        # about not-nulls
        not_null:  [ user_id , "x" ]
        indexes: {a: {columns: [user_id, amount, something_else, more], where: "amount > 0", tablespace: "x"}, bb: [user_id]} # long
        checks:
          c: >-
             amount > 0
               and x
          d: |   # literal
             a
             b
        foreign_keys:
        - &x
            columns: a
        - {
          b: c, # inner
          d: e
          }
        - - q
          - r
        - {}
        # end of the list
      # end of wallets
    after: &anchor {a: b}
    ref: *anchor
    ünï: "two
      lines"   # folded
    none:
# the end"""  # noqa: E501 - longer than a line of a file may be
AFTER = """\
# head

version: 1     # v
tables:
  users:        # must exist

  wallets:
    # about not-nulls
    not_null: [user_id, "x"]
    indexes: # long
      a: {columns: [user_id, amount, something_else, more], where: "amount > 0", tablespace: "x"}
      bb: [user_id]
    checks:
      c: >-
        amount > 0
          and x
      d: |   # literal
        a
        b
    foreign_keys:
      - &x
        columns: a
      - b: c    # inner
        d: e
      - - q
        - r
      - {}
      # end of the list
  # end of wallets
  after: &anchor {a: b}
  ref: *anchor
  ünï: "two lines" # folded
  none:
# the end
"""


def test_the_layout() -> None:
    assert format_text("f", BEFORE.encode()) == AFTER
    assert format_text("f", AFTER.encode()) == AFTER
    assert format_text("f", b"\xef\xbb\xbf" + BEFORE.replace("\n", "\r\n").encode()) == AFTER


FILES = sorted(
    path
    for folder in ("tests", "examples")
    for path in (ROOT / folder).rglob("*.yaml")
    if "node_modules" not in path.parts
)


def test_every_file_of_the_project_means_the_same_and_is_formatted_once() -> None:
    """`format_text` itself checks that comments are kept."""
    formatted = 0
    for path in FILES:
        data = path.read_bytes()
        try:
            text = format_text(path.name, data)
        except InvalidFile:
            continue
        formatted += 1
        assert yaml.safe_load(text) == yaml.safe_load(data), path
        assert format_text(path.name, text.encode()) == text, path
    assert formatted > 200


def test_what_export_writes_is_formatted() -> None:
    for path in (ROOT / "tests" / "export" / "expected").glob("*.yaml"):
        assert format_text(path.name, path.read_bytes()) == path.read_text(), path


@pytest.mark.parametrize("text", ["a: [", "a: 1\na: 2\n", "a: !x 1\n", "- a\n", "CREATE TABLE a ();\n"])
def test_what_cannot_be_read_is_not_formatted(text: str) -> None:
    with pytest.raises(InvalidFile):
        format_text("f", text.encode())


@pytest.mark.parametrize("text", ["", "# only a comment\n"])
def test_what_declares_nothing_stays(text: str) -> None:
    assert format_text("f", text.encode()) == text
