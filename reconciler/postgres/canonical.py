"""Asks the server what a definition means: it is made on an empty temporary copy of its table, in a transaction that
is always rolled back, and read back in the server's own words.

One round is no fixpoint (`status IN ('a', 'b')` on a varchar needs two), so rounds go on until the text stays.
Parsing happens under the file's search path, deparsing under `pg_catalog` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby

import psycopg
from psycopg import sql

from reconciler.kinds import kind_of
from reconciler.model.definition import Definition, expression_fields
from reconciler.model.names import Key, TableName
from reconciler.postgres.catalog import read_objects
from reconciler.postgres.session import Session, one, rows, search_path_setting, send

_MAX_ROUNDS = 5

# A check's function calls, with the operators' functions, as its stored tree names them.
_VOLATILE = r"""
    SELECT DISTINCT p.oid::regprocedure::text AS function
      FROM pg_constraint c
     CROSS JOIN LATERAL regexp_matches(c.conbin::text, ':(?:op)?funcid (\d+)', 'g') AS call(ids)
      JOIN pg_proc p ON p.oid = (call.ids)[1]::oid
     WHERE c.conrelid = %(table)s AND c.contype = 'c' AND p.provolatile = 'v'
     ORDER BY 1"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What does this definition mean, if names in it are looked up along `search_path`?"""

    key: Key
    definition: Definition
    search_path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """The server's own words, stable under further reading; `volatile` are the volatile functions it would call."""

    definition: Definition
    volatile: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """The server does not accept the definition; `message` is PostgreSQL's own."""

    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The server could not be asked, or its answer says nothing about the real table."""

    reason: str


Answer = Meaning | Rejected | Unknown


def judge(session: Session, questions: Sequence[Question]) -> list[Answer]:
    """An answer for each question. Takes ACCESS SHARE on the tables; everything it makes is rolled back."""
    if not session.server.writable:
        return [Unknown(reason="the server is read-only, so the definition cannot be tried out")] * len(questions)
    if not session.server.may_create_temp:
        reason = "the role may not create temporary tables (GRANT TEMPORARY ON DATABASE), so it cannot be tried out"
        return [Unknown(reason=reason)] * len(questions)
    answers: dict[int, Answer] = {
        n: Meaning(definition=question.definition) for n, question in enumerate(questions) if not _probes(question)
    }
    open_questions = [(n, question) for n, question in enumerate(questions) if n not in answers]
    numbered = sorted(open_questions, key=lambda pair: (pair[1].key.table_name, pair[1].search_path, pair[0]))
    for (table, path), group in groupby(numbered, key=lambda pair: (pair[1].key.table_name, pair[1].search_path)):
        members = list(group)
        answers.update(
            zip((n for n, _ in members), _judge_table(session, table, path, [q for _, q in members]), strict=True)
        )
    return [answers[n] for n in range(len(questions))]


def _probes(question: Question) -> bool:
    """Whether there is anything to try out."""
    kind, tables = kind_of(question.key), [question.key.table_name]
    reference = question.definition.reference()
    if reference is not None:
        tables.append(reference[0])
    return kind.router is not None and bool(
        kind.router().probe(question.key, question.definition, {table: table for table in tables})
    )


def _judge_table(
    session: Session, table: TableName, path: Sequence[str], questions: Sequence[Question]
) -> Iterable[Answer]:
    try:
        with session.connection.transaction(force_rollback=True):
            copies = {table: _copy(session, table, table.name)}
            return [_answer(session, question, copies, path) for question in questions]
    except psycopg.Error as error:
        if session.connection.closed:
            raise
        return [Unknown(reason=f"{table} cannot be copied: {_message(error)}")] * len(questions)


def _copy(session: Session, table: TableName, name: str) -> TableName:
    """An empty temporary table with the same columns; the same name too, as an expression may say `wallets.balance`."""
    make = sql.SQL("CREATE TEMPORARY TABLE {} (LIKE {})").format(
        sql.Identifier(name), sql.Identifier(table.schema, table.name)
    )
    session.connection.execute(make)
    return TableName(schema="pg_temp", name=name)


def _answer(
    session: Session, question: Question, copies: Mapping[TableName, TableName], path: Sequence[str]
) -> Answer:
    try:
        meaning = _read_back(session, question.key, question.definition, copies, path)
        for _ in range(_MAX_ROUNDS):
            if not question.definition.expressions():
                return meaning
            again = _read_back(session, question.key, meaning.definition, copies, path)
            if again == meaning:
                return meaning
            meaning = again
        return Unknown(reason="the server prints the expression differently each time it reads it")
    except psycopg.Error as error:
        if session.connection.closed:
            raise
        if _is_the_users_error(session, question, error, path):
            return Rejected(message=_message(error))
        return Unknown(reason=_message(error))


@contextmanager
def _savepoint(session: Session, path: Sequence[str]) -> Iterator[None]:
    with session.connection.transaction(force_rollback=True):
        session.connection.execute(search_path_setting(path))
        yield


def _read_back(
    session: Session, key: Key, definition: Definition, copies: Mapping[TableName, TableName], path: Sequence[str]
) -> Meaning:
    kind = kind_of(key)
    assert kind.router is not None
    with _savepoint(session, path):
        copies = dict(copies)
        reference = definition.reference()
        if reference is not None and reference[0] not in copies:
            copies[reference[0]] = _copy(session, reference[0], "reconcile_referenced")
        for statement in kind.router().probe(key, definition, copies):
            send(session.connection, str(statement))
        names = expression_fields(definition)
        if not names or kind.catalog is None:
            return Meaning(definition=definition)
        session.connection.execute("SET LOCAL search_path TO pg_catalog, pg_temp")
        table = _oid(session, copies[key.table_name])
        read = {found.name: value for found, value in read_objects(session, kind.catalog, [table])}[key.name]
        volatile = tuple(row["function"] for row in rows(session.connection, _VOLATILE, {"table": table}))
        return Meaning(
            definition=replace(definition, **{name: getattr(read, name) for name in names}), volatile=volatile
        )


def _oid(session: Session, copy: TableName) -> int:
    query = "SELECT to_regclass(%(name)s)::oid::int8 AS oid"
    name = sql.Identifier(copy.schema, copy.name).as_string(None)
    return int(one(session.connection, query, {"name": name})["oid"])


def _is_the_users_error(session: Session, question: Question, error: psycopg.Error, path: Sequence[str]) -> bool:
    """Whether the real table would reject the definition too: not so if only the copy's row type is at fault."""
    state = error.sqlstate or ""
    if state in ("0A000", "42P17", "42601"):
        return True
    if state == "42501" or state[:2] not in ("42", "0A", "22"):
        return False
    expressions = question.definition.expressions()
    return not expressions or any(not _can_be_selected(session, question, one, path) for one in expressions)


def _can_be_selected(session: Session, question: Question, expression: str, path: Sequence[str]) -> bool:
    """Whether the real table knows the expression. PREPARE analyses it and runs nothing."""
    table = question.key.table_name
    query = sql.SQL("PREPARE reconcile_probe AS SELECT ({}) FROM {} LIMIT 0").format(
        sql.SQL(expression),
        sql.Identifier(table.schema, table.name),
    )
    try:
        with _savepoint(session, path):
            send(session.connection, query.as_string(None))
            session.connection.execute("DEALLOCATE reconcile_probe")
    except psycopg.Error:
        return False
    return True


def _message(error: psycopg.Error) -> str:
    diagnostic = error.diag
    parts = [diagnostic.message_primary or str(error).strip()]
    parts += [part for part in (diagnostic.message_detail, diagnostic.message_hint) if part]
    return "; ".join(parts)
