"""Text that psql would interpret in a script, and how it is escaped."""

from __future__ import annotations

import pytest

from reconciler.model.errors import Refused
from reconciler.report.psql import comment_line, protected, string


@pytest.mark.parametrize(
    ("sql", "script"),
    [
        ("a[1:n]", "a[1: n]"),
        ("a[:n]", "a[: n]"),
        ("a[1:2]", "a[1: 2]"),
        ("a[1:é]", "a[1: é]"),
        ('a[1:"n"]', 'a[1: "n"]'),
        ("x::text", "x::text"),
        ("f(a := :b)", "f(a := : b)"),
        ("x:::y", "x::: y"),
        ("':n'", "':n'"),
        ("'it''s :n'", "'it''s :n'"),
        (r"E'\':n'", r"E'\':n'"),
        (r"'\' || :n", r"'\' || : n"),
        (r"type'\' || :n", r"type'\' || : n"),
        ('":n"', '":n"'),
        ('"a"":n"', '"a"":n"'),
        ("$$:n;$$", "$$:n;$$"),
        ("$t$ $$ :n $t$", "$t$ $$ :n $t$"),
        ("a$t$b", "a$t$b"),
    ],
)
def test_only_what_would_be_a_variable_is_changed(sql, script):
    assert protected(sql) == script


@pytest.mark.parametrize("sql", ["a; b", r"a \! ls", "a -- b", "a /* b", "'open", '"open', r"E'\'"])
def test_what_psql_would_act_on_is_refused(sql):
    with pytest.raises(Refused):
        protected(sql)


def test_a_comment_stays_on_its_line():
    assert comment_line("a\nb\r\\! ls\u2028c") == r"-- a\nb\r\! ls\u2028c"


def test_a_literal_closes_where_it_should():
    assert string("it's \\") == "'it''s \\'"
