"""Patterns for tables: only `*` and `?` are wildcards."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.model.names import TableName, matches
from tests.execution.support import desired

LETTERS = st.text(alphabet="ab*?[]!.\\", max_size=8)


@given(pattern=LETTERS, name=LETTERS)
def test_a_pattern_matches_what_the_regular_expression_for_it_does(pattern: str, name: str) -> None:
    parts = (".*" if one == "*" else "." if one == "?" else re.escape(one) for one in pattern)
    assert matches(pattern, name) == bool(re.fullmatch("".join(parts), name))


def test_many_wildcards_take_no_longer_than_few() -> None:
    started = time.monotonic()
    assert not matches("*a" * 10_000 + "b", "a" * 63)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("protected", "covered"),
    [
        ('["log[1]"]', ["public.log[1]"]),
        ("[audit_*]", ["public.audit_x", "public.audit_*x"]),
        ('["*.log?"]', ["public.log1", "other.log1"]),
        ("[log1]", ["public.log1"]),
        ("[{schema: other, table: log1}]", ["other.log1"]),
    ],
)
def test_protected_tables(tmp_path: Path, protected: str, covered: list[str]) -> None:
    tables = ["public.log[1]", "public.log1", "public.audit_x", "public.audit_*x", "other.log1"]
    state = desired(tmp_path, f"protected: {protected}\ntables: {{t: }}")
    (entry,) = state.protected
    names = [TableName(schema=schema, name=name) for schema, _, name in (one.partition(".") for one in tables)]
    assert [f"{one.schema}.{one.name}" for one in names if entry.covers(one)] == covered


def test_the_default_schema_is_a_name(tmp_path: Path) -> None:
    (entry,) = desired(tmp_path, 'schema: "s*"\nprotected: [t]\ntables: {t: }').protected
    assert entry.covers(TableName(schema="s*", name="t"))
    assert not entry.covers(TableName(schema="sx", name="t"))


def test_a_pattern_without_a_dot_matches_no_schema() -> None:
    table = TableName(schema="public", name="orders")
    assert [one for one in ("p*", "o*", "public.*", "public.o*", "*.orders", "*") if table.matches(one)] == [
        *("o*", "public.*", "public.o*", "*.orders", "*")
    ]
