"""The hidden marker holds any names, and no name ends the HTML comment."""

from __future__ import annotations

import re

import pytest

from reconciler.forge.marker import Marker, marked, marker_of

HOSTILE = [
    "schema.yaml",
    "db/a b/schema.yaml",
    "--><script>alert(1)</script>.yaml",
    "--!>.yaml",
    "a\nfile=other environment=x commit= run=9.9 -->.yaml",
    "%2D%00",
    "ä\udcff\u2028.yaml",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_survives(name: str) -> None:
    marker = Marker(file=name, environment=name, commit=name, run=(12, 1))
    text = str(marker)
    assert text.startswith("<!-- ")
    assert text.endswith(" -->")
    assert re.search(r"--|>|\n", text[4:-3]) is None
    assert text.isascii()
    assert marker_of(f"{text}\nbody") == marker_of(f"{text}\r\nbody") == marker


def test_a_quoted_marker_does_not_count() -> None:
    marker = Marker(file="a", environment="", commit="c", run=(1, 1))
    assert marker_of(f"> quote\n{marker}\n") is None
    assert marker_of(f"{marker} and more") is None


def test_a_long_body_is_cut_at_a_line_and_says_so_first() -> None:
    marker = Marker(file="a", environment="", commit="main", run=(1, 1))
    text = marked(marker, "".join(f"line {n}\n" for n in range(10_000)), 65_536)
    first, notice, _, *lines = text.split("\n")
    assert len(text) <= 65_536
    assert marker_of(text) == marker
    assert first == str(marker)
    assert (
        notice
        == f"**This comment was too long: {10_000 - len(lines)} more lines are left out. The log of the job has all.**"
    )
    assert lines[-1] == f"line {len(lines) - 1}"
