"""Asks the server what definitions mean: they are made on empty temporary copies of their tables, in a transaction
that is always rolled back, and read back in the server's own words.

One round is no fixpoint (`status IN ('a', 'b')` on a varchar needs two), so rounds go on until the text stays.
Parsing happens under the file's search path, deparsing under `pg_catalog` alone. Many questions are asked at once; if
the server rejects one, halves are asked until it stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import psycopg
from psycopg import sql

from reconciler.kinds import KINDS, kind_of
from reconciler.model.definition import Definition, expression_fields
from reconciler.model.names import Key, TableName
from reconciler.model.server_error import ServerError
from reconciler.model.state import LiveTable
from reconciler.postgres.alike import grouped
from reconciler.postgres.catalog import CatalogNames, read_objects
from reconciler.postgres.question import Answer, Meaning, Question, Rejected, Unknown
from reconciler.postgres.server_error import server_error
from reconciler.postgres.session import Session, pipelined, rows, search_path_text, send, set_local

_MAX_ROUNDS = 5

# So many copies hold a few hundred locks, far below what a server has for one transaction.
_TABLES_AT_ONCE = 50

# A check's function calls, with the operators' functions, as its stored tree names them.
_VOLATILE = r"""
    SELECT DISTINCT c.conrelid::int8, c.conname::text, p.oid::regprocedure::text AS function
      FROM pg_constraint c
     CROSS JOIN LATERAL regexp_matches(c.conbin::text, ':(?:op)?funcid (\d+)', 'g') AS call(ids)
      JOIN pg_proc p ON p.oid = (call.ids)[1]::oid
     WHERE c.conrelid = ANY (%(tables)s) AND c.contype = 'c' AND p.provolatile = 'v'
     ORDER BY 1, 2, 3"""

_COPIES = """
    SELECT oid::int8, relname::text FROM pg_class
     WHERE relnamespace = pg_my_temp_schema() AND relname = ANY (%(names)s)"""


def judge(
    session: Session, questions: Sequence[Question], tables: Mapping[TableName, LiveTable] = MappingProxyType({})
) -> list[Answer]:
    """An answer for each question. Takes ACCESS SHARE on the tables; everything it makes is rolled back.

    `tables` are those that the questions are about, with their columns: what must mean the same on several of them is
    asked of one. Of what the server does not accept, it is asked for each what it has to say.
    """
    if not session.server.writable:
        return [Unknown(reason="the server is read-only, so the definition cannot be tried out")] * len(questions)
    if not session.server.may_create_temp:
        reason = "the role may not create temporary tables (GRANT TEMPORARY ON DATABASE), so it cannot be tried out"
        return [Unknown(reason=reason)] * len(questions)
    answers: dict[int, Answer] = {}
    alone = []
    groups = grouped(questions, tables)
    first = _answers(session, [questions[group[0]] for group in groups])
    for group, answer in zip(groups, first, strict=True):
        same = group if isinstance(answer, Meaning) else group[:1]
        answers.update(dict.fromkeys(same, answer))
        alone += group[len(same) :]
    answers.update(zip(alone, _answers(session, [questions[n] for n in alone]), strict=True))
    return [answers[n] for n in range(len(questions))]


def _answers(session: Session, questions: Sequence[Question]) -> list[Answer]:
    """An answer for each question, all of which are asked."""
    answers: dict[int, Answer] = {
        n: Meaning(definition=question.definition) for n, question in enumerate(questions) if not _probes(question)
    }
    numbers = [n for n in range(len(questions)) if n not in answers]
    for batch in _batches(questions, numbers):
        answers.update(zip(batch, _ask(session, [questions[n] for n in batch]), strict=True))
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


def _batches(questions: Sequence[Question], numbers: Sequence[int]) -> Iterator[list[int]]:
    """Questions that can be asked together: about a number of tables, no two of the same name, as copies share one
    schema."""
    batch: list[int] = []
    tables: dict[str, TableName] = {}
    for n in sorted(numbers, key=lambda number: (questions[number].key.table_name, number)):
        table = questions[n].key.table_name
        if tables.get(table.name, table) != table or (table.name not in tables and len(tables) == _TABLES_AT_ONCE):
            yield batch
            batch, tables = [], {}
        tables[table.name] = table
        batch.append(n)
    if batch:
        yield batch


def _ask(session: Session, questions: Sequence[Question]) -> list[Answer]:
    """Ask all together, or halves of them where that fails, until the one that is at fault stands alone."""
    try:
        with session.connection.transaction(force_rollback=True):
            return _Bench(session, questions).meanings()
    except psycopg.Error as error:
        if session.connection.closed:
            raise
        if len(questions) == 1:
            return [_blame(session, questions[0], error)]
    middle = len(questions) // 2
    return _ask(session, questions[:middle]) + _ask(session, questions[middle:])


class _Bench:
    """Where definitions are tried out: copies of their tables, inside a transaction that somebody else rolls back."""

    def __init__(self, session: Session, questions: Sequence[Question]) -> None:
        self._session = session
        self._questions = questions
        self._names = CatalogNames(session)
        # Repeated queries are planned once: planning them takes longer than running them.
        set_local(session.connection, {"plan_cache_mode": "force_generic_plan"})
        tables = dict.fromkeys(question.key.table_name for question in questions)
        # The same name, as an expression may say `wallets.balance`.
        with pipelined(session.connection):
            self._copies = {table: _copy(session, table, table.name) for table in tables}
        self._oids = _oids(session, self._copies)

    def meanings(self) -> list[Answer]:
        """The answers, in the order of the questions."""
        meanings = self._round(dict(enumerate(question.definition for question in self._questions)))
        for _ in range(_MAX_ROUNDS):
            unsure = {n: meaning.definition for n, meaning in meanings.items() if not self._is_settled(n, meaning)}
            again = self._round(unsure) if unsure else {}
            changed = {n: meaning for n, meaning in again.items() if meaning != meanings[n]}
            meanings.update(changed)
            if not changed:
                return [meanings[n] for n in range(len(self._questions))]
        restless = Unknown(reason="the server prints the expression differently each time it reads it")
        return [restless if n in changed else meanings[n] for n in range(len(self._questions))]

    def _is_settled(self, n: int, meaning: Meaning) -> bool:
        hoped = self._questions[n].hoped
        return meaning.definition.is_verbatim() or (
            hoped is not None
            and all(
                getattr(meaning.definition, name) == getattr(hoped, name)
                for name in expression_fields(meaning.definition)
            )
        )

    def _round(self, definitions: Mapping[int, Definition]) -> dict[int, Meaning]:
        """Make the objects on the copies, and read them as any live object is read."""
        with self._session.connection.transaction(force_rollback=True):
            self._make_all(definitions)
            set_local(self._session.connection, {"search_path": search_path_text(["pg_catalog"])})
            read, volatile = self._read(definitions)
        return {
            n: Meaning(
                definition=_in_words_of(read.get(self._place(n)), definition),
                volatile=volatile.get(self._place(n), ()),
            )
            for n, definition in definitions.items()
        }

    def _make_all(self, definitions: Mapping[int, Definition]) -> None:
        """Make the objects, each by statements of its own that are sent without waiting for answers."""
        path: tuple[str, ...] = ()
        with pipelined(self._session.connection):
            for n, definition in definitions.items():
                question = self._questions[n]
                if question.search_path != path:
                    path = question.search_path
                    set_local(self._session.connection, {"search_path": search_path_text(path)})
                self._make(n, question.key, definition)

    def _place(self, n: int) -> tuple[str, str, str]:
        """Where an object is found on the copies: kind, table, name."""
        key = self._questions[n].key
        return key.kind, key.table, key.name

    def _make(self, n: int, key: Key, definition: Definition) -> None:
        copies = dict(self._copies)
        reference = definition.reference()
        if reference is not None and reference[0] != key.table_name:
            copies[reference[0]] = _copy(self._session, reference[0], f"reconcile_referenced_{n}")
        router = kind_of(key).router
        for statement in router().probe(key, definition, copies) if router is not None else ():
            send(self._session.connection, str(statement))

    def _read(
        self, definitions: Mapping[int, Definition]
    ) -> tuple[dict[tuple[str, str, str], Definition], dict[tuple[str, str, str], tuple[str, ...]]]:
        """What the catalog says of the objects, and the volatile functions that they call."""
        kinds = {self._questions[n].key.kind for n, one in definitions.items() if not one.is_verbatim()}
        read: dict[tuple[str, str, str], Definition] = {}
        volatile: dict[tuple[str, str, str], tuple[str, ...]] = {}
        oids = list(self._oids)
        for kind in KINDS:
            if kind.id in kinds and kind.catalog is not None:
                for key, value, _ in read_objects(self._session, kind.catalog, oids, self._names, again=("",)):
                    read[key.kind, key.table, key.name] = value
        for row in rows(self._session.connection, _VOLATILE, {"tables": oids}, prepare=True) if read else ():
            place = ("check", self._oids[row["conrelid"]], row["conname"])
            volatile[place] = (*volatile.get(place, ()), row["function"])
        return read, volatile


def _in_words_of(read: Definition | None, definition: Definition) -> Definition:
    """The definition with its expressions as they were read back, if there was anything to read."""
    if read is None or definition.is_verbatim():
        return definition
    return replace(definition, **{name: getattr(read, name) for name in expression_fields(definition)})


def _copy(session: Session, table: TableName, name: str) -> TableName:
    """An empty temporary table with the same columns. LIKE would copy not-null constraints (since 18), whose names a
    definition may be about to have."""
    make = sql.SQL("CREATE TEMPORARY TABLE {} AS TABLE {} WITH NO DATA").format(
        sql.Identifier(name), sql.Identifier(table.schema, table.name)
    )
    session.connection.execute(make)
    return TableName(schema="pg_temp", name=name)


def _oids(session: Session, copies: Mapping[TableName, TableName]) -> dict[int, str]:
    """The copies' names by their oid."""
    found = rows(session.connection, _COPIES, {"names": [copy.name for copy in copies.values()]})
    return {row["oid"]: row["relname"] for row in found}


def _blame(session: Session, question: Question, error: psycopg.Error) -> Answer:
    """Whether it is the definition's fault: not so if only the copy, with a row type of its own, rejects it."""
    state = error.sqlstate or ""
    # Not supported, invalid definition, syntax; and what may be selected all the same: aggregates, window functions,
    # an expression that is not boolean; an operator class, collation or schema that is not there; an operator that
    # cannot exclude.
    if state in ("0A000", "42P17", "42601", "42803", "42P20", "42804", "42704", "42809", "3F000"):
        return Rejected(error=server_error(error))
    if state == "42501" or state[:2] not in ("42", "0A", "22"):
        return _unknown(error)
    expressions = question.definition.expressions()
    if not expressions:
        return Rejected(error=server_error(error))
    objections = (_objection(session, question, expression) for expression in expressions)
    return next((Rejected(error=one) for one in objections if one is not None), None) or _unknown(error)


def _unknown(error: psycopg.Error) -> Unknown:
    said = server_error(error)
    return Unknown(reason=str(said), error=said)


def _objection(session: Session, question: Question, expression: str) -> ServerError | None:
    """Why the real table does not know the expression. PREPARE analyses it and runs nothing."""
    table = question.key.table_name
    query = sql.SQL("PREPARE reconcile_probe AS SELECT ({}) FROM {} LIMIT 0").format(
        sql.SQL(expression), sql.Identifier(table.schema, table.name)
    )
    try:
        with session.connection.transaction(force_rollback=True):
            set_local(session.connection, {"search_path": search_path_text(question.search_path)})
            send(session.connection, query.as_string(None))
            session.connection.execute("DEALLOCATE reconcile_probe")
    except psycopg.Error as error:
        return server_error(error)
    return None
