"""Text that psql would interpret in a script, and how it is escaped."""

from __future__ import annotations

import pytest

from reconciler.model.errors import Refused
from reconciler.report import report_of
from reconciler.report.psql import comment_line, protected, string
from reconciler.report.sql import render_sql
from reconciler.report.wording import one_line
from tests.report.plans import HOSTILE, PLANS


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


@pytest.mark.pg(">= 18")
def test_psql_prints_the_reasons_of_a_refused_plan_unchanged(database):
    done = database.psql(render_sql(report_of(PLANS["refused"])))
    assert (done.returncode, done.stdout) == (3, "")
    printed = done.stderr.splitlines()
    assert printed[:4] == [
        "foreign key fk_wallets_user_id on public.wallets (schema.yaml:12:7) [orphans]",
        "  cause:  3 rows of public.wallets have no row in public.users",
        "  remedy: repair the rows, or say `orphans:` otherwise",
        "  count:  3",
    ]
    assert printed[5:8] == [f"  cause:  {one_line(HOSTILE)}", f"  remedy: {one_line(HOSTILE)}", "  count:  unknown"]
    assert "too-many-drops" in printed[8]
    assert "Refused: 3 reasons; nothing may be applied." in printed[11]
