"""Compares the expressions of two definitions where nothing can be created: on a standby, and without TEMPORARY.

The planner of the server reads both, and EXPLAIN prints what it made of them: if that is the same, they mean the same.
If it differs, nothing is known. The planner evaluates constant parts of an expression, so it only gets expressions of
which the text shows that they use nothing but listed functions, operators and types of `pg_catalog`, and enums. It gets
no table, only columns of the same names and types.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import psycopg
from psycopg import sql

from reconciler.kinds.base.expressions import tokens
from reconciler.model.definition import Definition, words_differ
from reconciler.model.facts.meaning import MeaningOf
from reconciler.model.facts.values import FIRST_USER_OID
from reconciler.model.state import Column, LiveTable
from reconciler.postgres.calls import is_listed_name
from reconciler.postgres.session import Session, rows, search_path_text, set_local

# The enums among these types. Their owners may give them casts by functions, which then are no longer enums here.
_ENUMS = """
    SELECT t.oid::int8, n.nspname::text AS schema, t.typname::text AS name
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
     WHERE t.oid = ANY (%(types)s::oid[]) AND t.typtype = 'e'
       AND NOT EXISTS (SELECT FROM pg_cast c WHERE t.oid IN (c.castsource, c.casttarget) AND c.castfunc <> 0)"""

# Functions and operators in the search path of the file that the server may prefer to those of `pg_catalog`.
_HIDING = f"""
    SELECT 1 AS found FROM pg_namespace n
     WHERE n.nspname = ANY (%(path)s) AND n.nspname <> 'pg_catalog'
       AND (EXISTS (SELECT FROM pg_proc p WHERE p.pronamespace = n.oid AND p.proname = ANY (%(functions)s))
            OR EXISTS (SELECT FROM pg_operator o
                        WHERE o.oprnamespace = n.oid
                          AND (o.oprleft < {FIRST_USER_OID} OR o.oprleft = ANY (%(types)s::oid[]))
                          AND (o.oprright < {FIRST_USER_OID} OR o.oprright = ANY (%(types)s::oid[]))))"""

_Token = tuple[str, str]


def in_words_of_expected(
    session: Session, question: MeaningOf, table: LiveTable | None, limit: str
) -> Definition | None:
    """Return the definition in the words of the expected one, if its expressions mean the same; None if that is not
    known. `limit` is the time limit of a statement."""
    expected = question.expected
    if expected is None or table is None:
        return None
    given, live = question.definition.parts(), expected.parts()
    if not given or len(given) != len(live):
        return None
    restated = question.definition.with_parts(live)
    if words_differ(restated, expected):
        return None
    try:
        with session.connection.transaction(force_rollback=True):
            settings = {"statement_timeout": limit, "search_path": search_path_text(["pg_catalog"])}
            set_local(session.connection, settings)
            columns = _columns_of(session, (*given, *live), table, question.search_path)
            same = columns and _planned(session, table, columns, given) == _planned(session, table, columns, live)
    except psycopg.Error:
        if session.connection.closed:
            raise
        return None
    return restated if same else None


def _columns_of(
    session: Session, texts: Sequence[str], table: LiveTable, path: Sequence[str]
) -> Mapping[str, Column] | None:
    """Return the columns that the expressions may name; None if they could use anything else of users than enums."""
    if any("u&" in text.lower() for text in texts):
        return None  # a name may be written with escapes
    read = [[(kind, _raw(kind, text)) for kind, text in tokens(one) if text.strip()] for one in texts]
    words = {text for one in read for kind, text in one if kind in ("word", "name")}
    columns = {name: column for name, column in table.columns.items() if name in words}
    types = sorted({one.type_oid for one in columns.values() if one.type_oid >= FIRST_USER_OID})
    enums = rows(session.connection, _ENUMS, {"types": types}) if types else []
    functions = sorted({name for one in read for name in _called(one)})
    if len(enums) < len(types) or not all(map(is_listed_name, functions)):
        return None
    known = {(row["schema"], row["name"]) for row in enums}
    if not all(_is_known(one, table.name.name, known) for one in read):
        return None
    wanted = {"path": list(path), "functions": functions, "types": types}
    return None if rows(session.connection, _HIDING, wanted) else columns


def _is_known(read: Sequence[_Token], table: str, enums: set[tuple[str, str]]) -> bool:
    """Whether each name after a point is a column of the table, in `pg_catalog`, or an enum that is not called."""
    for (kind, name), (_, dot), (_, after), (_, following) in zip(
        read, read[1:], read[2:], [*read[3:], ("other", "")], strict=False
    ):
        is_enum = (name, after) in enums and following != "("
        if dot == "." and kind in ("word", "name") and name not in ("pg_catalog", table) and not is_enum:
            return False
    return True


def _called(read: Sequence[_Token]) -> Iterator[str]:
    """Yield each name before an opening parenthesis: functions, types and key words."""
    for (kind, name), (_, following) in pairwise(read):
        if following == "(" and kind in ("word", "name"):
            yield name


def _raw(kind: str, token: str) -> str:
    """Return a name as PostgreSQL stores it."""
    if kind == "name":
        return token[1:-1].replace('""', '"')
    return token.lower() if kind == "word" else token


def _planned(session: Session, table: LiveTable, columns: Mapping[str, Column], texts: Sequence[str]) -> object:
    """Return the expressions as the planner simplifies them, over a function that returns such columns."""
    query = sql.SQL("EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) SELECT {} FROM json_to_recordset('[]') AS {} ({})")
    types = {name: sql.SQL(column.type) for name, column in columns.items()}
    declared = sql.SQL(", ").join(sql.Identifier(name) + sql.SQL(" ") + one for name, one in types.items())
    selected = sql.SQL(", ").join(sql.SQL("({})").format(sql.SQL(text)) for text in texts)
    (row,) = rows(session.connection, query.format(selected, sql.Identifier(table.name.name), declared))
    return row["QUERY PLAN"]
