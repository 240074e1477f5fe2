"""Asks the server what a definition means: it is made on an empty temporary copy of its table, in a transaction that
is always rolled back, and read back in the server's own words.

One round is no fixpoint (`status IN ('a', 'b')` on a varchar needs two), so rounds go on until the text stays.
Parsing happens under the file's search path, deparsing under `pg_catalog` alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby

import psycopg
from psycopg import sql

from reconciler.kinds import kind_of
from reconciler.model.definition import Definition, expression_fields
from reconciler.model.names import Key, TableName
from reconciler.postgres.catalog import CatalogNames, read_objects
from reconciler.postgres.session import Session, message_of, one, rows, search_path_text, send, set_local

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
    """What does this definition mean, if names in it are looked up along `search_path`?

    `hoped` is the live definition: once the server's words are the live ones, no more need be known.
    """

    key: Key
    definition: Definition
    search_path: tuple[str, ...]
    hoped: Definition | None = None


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
    names = CatalogNames(session)
    numbered = sorted(open_questions, key=lambda pair: (pair[1].key.table_name, pair[1].search_path, pair[0]))
    for (table, path), group in groupby(numbered, key=lambda pair: (pair[1].key.table_name, pair[1].search_path)):
        members = list(group)
        answers.update(
            zip(
                (n for n, _ in members),
                _judge_table(session, table, path, [q for _, q in members], names),
                strict=True,
            )
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bench:
    """Where definitions of one table are tried out: its empty copy, and copies of what it refers to."""

    session: Session
    search_path: tuple[str, ...]
    copies: Mapping[TableName, TableName]
    oid: int
    names: CatalogNames


def _judge_table(
    session: Session, table: TableName, path: tuple[str, ...], questions: Sequence[Question], names: CatalogNames
) -> Sequence[Answer]:
    try:
        with session.connection.transaction(force_rollback=True):
            copy = _copy(session, table, table.name)
            bench = _Bench(
                session=session,
                search_path=path,
                copies={table: copy},
                oid=_oid(session, copy),
                names=names,
            )
            return [_answer(bench, question) for question in questions]
    except psycopg.Error as error:
        if session.connection.closed:
            raise
        return [Unknown(reason=f"{table} cannot be copied: {message_of(error)}")] * len(questions)


def _copy(session: Session, table: TableName, name: str) -> TableName:
    """An empty temporary table with the same columns; its name too, as an expression may say `wallets.balance`."""
    make = sql.SQL("CREATE TEMPORARY TABLE {} (LIKE {})").format(
        sql.Identifier(name), sql.Identifier(table.schema, table.name)
    )
    session.connection.execute(make)
    return TableName(schema="pg_temp", name=name)


def _oid(session: Session, copy: TableName) -> int:
    query = "SELECT to_regclass(%(name)s)::oid::int8 AS oid"
    name = sql.Identifier(copy.schema, copy.name).as_string(None)
    return int(one(session.connection, query, {"name": name})["oid"])


def _answer(bench: _Bench, question: Question) -> Answer:
    try:
        meaning = _read_back(bench, question.key, question.definition)
        for _ in range(_MAX_ROUNDS):
            if meaning.definition.is_verbatim() or _same_words(meaning.definition, question.hoped):
                return meaning
            again = _read_back(bench, question.key, meaning.definition)
            if again == meaning:
                return meaning
            meaning = again
        return Unknown(reason="the server prints the expression differently each time it reads it")
    except psycopg.Error as error:
        if bench.session.connection.closed:
            raise
        if _is_the_users_error(bench, question, error):
            return Rejected(message=message_of(error))
        return Unknown(reason=message_of(error))


def _same_words(one: Definition, other: Definition | None) -> bool:
    """Whether the expressions are the same, word for word."""
    return other is not None and all(getattr(one, name) == getattr(other, name) for name in expression_fields(one))


@contextmanager
def _savepoint(bench: _Bench) -> Iterator[None]:
    with bench.session.connection.transaction(force_rollback=True):
        set_local(bench.session.connection, {"search_path": search_path_text(bench.search_path)})
        yield


def _read_back(bench: _Bench, key: Key, definition: Definition) -> Meaning:
    """Make the object on the copy, and read it as any live object is read."""
    kind, session = kind_of(key), bench.session
    assert kind.router is not None
    with _savepoint(bench):
        copies = dict(bench.copies)
        reference = definition.reference()
        if reference is not None and reference[0] not in copies:
            copies[reference[0]] = _copy(session, reference[0], "reconcile_referenced")
        for statement in kind.router().probe(key, definition, copies):
            send(session.connection, str(statement))
        if definition.is_verbatim() or kind.catalog is None:
            return Meaning(definition=definition)
        session.connection.execute("SET LOCAL search_path TO pg_catalog, pg_temp")
        objects = read_objects(session, kind.catalog, [bench.oid], bench.names)
        read = next(value for found, value in objects if found.name == key.name)
        volatile = tuple(row["function"] for row in rows(session.connection, _VOLATILE, {"table": bench.oid}))
        words = {name: getattr(read, name) for name in expression_fields(definition)}
        return Meaning(definition=replace(definition, **words), volatile=volatile)


def _is_the_users_error(bench: _Bench, question: Question, error: psycopg.Error) -> bool:
    """Whether the real table would reject the definition too: not so if only the copy's row type is at fault."""
    state = error.sqlstate or ""
    # Not supported, invalid definition, syntax, and aggregates and window functions, which may be selected.
    if state in ("0A000", "42P17", "42601", "42803", "42P20"):
        return True
    if state == "42501" or state[:2] not in ("42", "0A", "22"):
        return False
    expressions = question.definition.expressions()
    return not expressions or any(
        not _can_be_selected(bench, question.key.table_name, expression) for expression in expressions
    )


def _can_be_selected(bench: _Bench, table: TableName, expression: str) -> bool:
    """Whether the real table knows the expression. PREPARE analyses it and runs nothing."""
    query = sql.SQL("PREPARE reconcile_probe AS SELECT ({}) FROM {} LIMIT 0").format(
        sql.SQL(expression), sql.Identifier(table.schema, table.name)
    )
    try:
        with _savepoint(bench):
            send(bench.session.connection, query.as_string(None))
            bench.session.connection.execute("DEALLOCATE reconcile_probe")
    except psycopg.Error:
        return False
    return True
