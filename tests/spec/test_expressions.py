"""Accepted and refused expressions, and warnings about them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.kinds.base.expressions import (
    columns_of,
    expression_warnings,
    lex_problem,
    unwrapped,
)
from reconciler.spec import load, warnings_of
from tests.conftest import Golden

ONE_EXPRESSION = [
    "a > 0",
    "lower(email)",
    "x IN ('a','b')",
    "a::text = 'x;y--/*'",
    "E'\\'' = x",
    "$$;$$ = a",
    "$q$ ' $q $b$q$ <> ''",
    "arr[1:n][2] = 3",
    '"we;ird""--" > 1',
    "a = 'it''s'",
    "U&'\\0041' = x",
    "1.5e3 < x AND .5 < y AND 0x1F = z",
    "x - -1 > 0 AND a / 2 > 1",
    "x ~ '\\d+'",
    "'a'\n'b' = x",
    "E'a'\n'\\';' = x",
    "data->>'k' = 'v'",
    "é > 1",
    "a$b$c = 1",
    "nameE'x' = 1",
]
NOT_ONE = [
    "",
    " \n",
    "a;b",
    "a--b",
    "a/*b*/",
    "(a",
    "a)",
    "[a)",
    "'a",
    "E'\\'",
    '"a',
    "$$a",
    "a\\b",
    "$1",
    "a\0b",
    "'\0'",
    "1a$b$;$b$",
    "x = 1E'\\''",
    "a) NOT VALID, ADD CHECK (b",
    "'a' 'b",
    "a$b$;$b$",
    "nE'\\' ; '",
    "'a\\' ; '",
    "E'a' '\\'; '",
]


@pytest.mark.parametrize("text", ONE_EXPRESSION)
def test_one_expression_passes(text: str) -> None:
    assert lex_problem(text) is None


@pytest.mark.parametrize("text", NOT_ONE)
def test_anything_else_is_stopped(text: str) -> None:
    assert lex_problem(text) is not None


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("(a)", "a"),
        (" ( (a > 0) ) ", "a > 0"),
        ("(a) AND (b)", "(a) AND (b)"),
        ("((a) AND (b))", "(a) AND (b)"),
        ("(a = ')' OR b)", "a = ')' OR b"),
        ("(a = '(') OR (b)", "(a = '(') OR (b)"),
        ("(a = $$)$$)", "a = $$)$$"),
        ("(a = E'\\')')", "a = E'\\')'"),
        ('("a)" > 0)', '"a)" > 0'),
        ("((ARRAY[1])::int[])[1]", "((ARRAY[1])::int[])[1]"),
        ("a", "a"),
    ],
)
def test_only_parentheses_around_the_whole_are_taken_off(text: str, inside: str) -> None:
    assert unwrapped(text) == inside


PIECES = [
    *("'", "''", '"', "$", "$$", "$a$", "\\", ";", "--", "-", "/*", "*/", "/", "(", ")", "[", "]", "E'", "e'"),
    *("U&'", 'U&"', "x'", "n'", "a", "E", "1", ".", "_", "é", " ", "\n", "\t", "'\n'", ":", "::", "=", "\0"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(TEXTS)
def test_parentheses_around_an_expression_say_nothing(text: str) -> None:
    if lex_problem(text) is None:
        assert unwrapped(f"({text})") == unwrapped(f" (({text})) ") == unwrapped(text)


@pytest.mark.parametrize("inside", ["a", "é", "'é)('", '"("'])
def test_parentheses_are_taken_off_in_time_proportional_to_them(inside: str) -> None:
    """Attack: a file whose expression is one column in 5,000 pairs of parentheses, which used to take a minute."""
    began = time.perf_counter()
    assert unwrapped("(" * 5_000 + f" {inside}\t" + ")" * 5_000) == inside
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("text", ["a\u00a0", "\u2003a", "(a\x85)"])
def test_white_space_that_is_a_letter_to_postgresql_stays(text: str) -> None:
    """`a\u00a0` is another column than `a`."""
    assert unwrapped(text) == text.strip("()")


@given(TEXTS)
def test_text_that_passes_leaves_nothing_open(text: str) -> None:
    if lex_problem(text) is None:
        assert lex_problem(f"({text})") is None
        assert lex_problem(f"f({text}\n, {text}) > 0") is None
        for tail in (";", ")", "]", " '", ' "', "--", "/*", " $x$", " \\!"):
            assert lex_problem(text + tail) is not None


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_text_passes_as_a_literal(text: str) -> None:
    assert lex_problem("a = '" + text.replace("'", "''") + "'") is None
    assert lex_problem("a = E'" + text.replace("\\", "\\\\").replace("'", "''") + "'") is None
    assert lex_problem('"' + text.replace('"', '""') + '" = 1') is None


def test_columns() -> None:
    assert columns_of('"Ab" > t.cD AND lower(e) = 1') == frozenset({"Ab", "cd", "e"})
    assert columns_of("a !! b") is None


def test_likely_mistakes(monkeypatch: pytest.MonkeyPatch, golden: Golden) -> None:
    monkeypatch.chdir(Path(__file__).parent / "valid")
    warnings = "".join(f"{warning}\n" for warning in warnings_of(load(["doubtful.yaml"])))
    golden(Path(__file__).parent / "valid" / "doubtful.warnings.txt", warnings)


def test_an_ordinary_expression_gives_no_warning() -> None:
    assert expression_warnings("status IN ('a', 'b') AND lower(email) = email") == []
