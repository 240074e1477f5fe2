"""PostgreSQL rejects what `validate` rejects as incomplete, and `validate` rejects nothing that PostgreSQL accepts."""

from __future__ import annotations

import psycopg
import pytest

from reconciler.kinds.base.incomplete import clause, incomplete
from tests.servers import Database

INCOMPLETE = [
    "level >", "a > 1 and", "= 3", "a is", "()", "a,", ", a", "not", "a in", "a in ()", "a >= all", "lower(a", "a::",
    "case when a > 1 then 1", "case", "(a > ) and b", "coalesce(a, )", "coalesce(, a)", "f(a,, b)", "b and (or a)",
    "b ilike", "a is distinct from", "a -", "a * ", "(a *)", "a.", "a + (b and)", "b collate", "array[a +]", "<= a",
    "a || ", "a = any()", "cast(a as)", "a is not", "b like 'x' or", "extract(year from )",
]  # fmt: skip
COMPLETE = [
    "a > 1", "- a < 3", "+a = @ -5", "count(*) > 0", "(t.*) is not null", "row(t.*) is not null", "now() > d",
    "b like '%'", "\"like\"('a', b)", "like('a', b)", "between > 3", "3 > between", "(3 > between) and a > 1",
    "trim(from b) = ''", "trim(both from b) = ''", "extract(year from d) > 1", "array[]::int[] = arr", "arr[:] = arr",
    "arr[1:] = arr", "arr[:1] = arr", "arr[a] > 0", "a operator(pg_catalog.=) 1",
    "case when a > 1 then a else 2 end > 0",
    "case a when 1 then 2 end = 2", "case when case when a > 1 then b = '' end then false end", "a isnull", "a notnull",
    "b = 'a and' and a > 1", "b = '>'", "\"a>\" > 1", "(d at time zone 'utc') is not null", "a = any(arr)",
    "a in (1, 2)", "b = $$and$$", "array[a, 1] = arr", "not (a > 1)", "!! 'x'::tsquery is null", "a is distinct from 1",
    "t.case = 1", "a::int = 1", "a between 1 and 3", "(a, b) = (1, '')", "b is not document", "|/ 4.0 > a", "t.end = 1",
    "current_date > d", "coalesce(a, - 1) > 0", "b similar to 'x'", "position('a' in b) > 0",
    "substring(b from 1 for 2) = ''", "t.check = 1", "t.where = 1", "count(*) filter (where a > 1) > 0",
    "\"check\" > 1", "xmlforest(a as check, b as where) is not null", "b = 'check (a)'",
    "array(select a where a > 1) = arr",
]  # fmt: skip


CLAUSES = {
    "check (a > 1)": "CHECK", "Check(a > 1)": "CHECK", "constraint c check (a > 1)": "CHECK", "where a > 1": "WHERE",
    "a where a > 1": "WHERE", "(a) WHERE (a > 1)": "WHERE", "not check (a > 1)": "CHECK", "(check (a > 1))": "CHECK",
}  # fmt: skip


COLUMNS = """a int, b text, d timestamptz, arr int[], between int, "a>" int, "case" int, "end" int, "check" int,
             "where" int"""


@pytest.mark.ends
def test_the_server_agrees(database: Database) -> None:
    database.execute(f"CREATE TABLE t ({COLUMNS})")
    with database.connect() as connection:
        for text in (*INCOMPLETE, *CLAUSES):
            with pytest.raises(psycopg.errors.SyntaxError):
                connection.execute(f"SELECT ({text}\n) FROM t".encode())
        for text in COMPLETE:
            try:
                connection.execute(f"SELECT ({text}\n) FROM t".encode())
            except psycopg.errors.SyntaxError as error:
                pytest.fail(f"{text}: {error}")
            except psycopg.Error:
                continue  # a question of types, which only the server can decide
    closed = [text for text in INCOMPLETE if text.count("(") == text.count(")")]
    assert [text for text in closed if incomplete(text) is None] == []
    assert [(text, incomplete(text)) for text in COMPLETE if incomplete(text) or clause(text)] == []
    assert {text: clause(text) for text in CLAUSES} == CLAUSES


def test_the_message_says_where() -> None:
    assert incomplete("level >") == "something is missing after `>`"
    assert incomplete("b and (or a)") == "something is missing before `or`"
    assert incomplete(", a") == "something is missing before `,`"
    assert incomplete("case when a then b") == "the `end` of a `case` is missing"
