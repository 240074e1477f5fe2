"""Asks the server what definitions mean: they are made on empty temporary copies of their tables, in a transaction
that is always rolled back, and read back in the server's own words.

One round is no fixpoint (`status IN ('a', 'b')` on a varchar needs two), so rounds go on until the text stays.
Parsing happens under the file's search path, deparsing under `pg_catalog` alone. Many questions are asked at once; if
the server rejects one, halves are asked until it stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import psycopg
from psycopg import sql

from reconciler.kinds import kind_of
from reconciler.model.names import TableName
from reconciler.model.server_error import ServerError
from reconciler.model.state import LiveTable
from reconciler.postgres.alike import grouped
from reconciler.postgres.bench import Bench
from reconciler.postgres.gatekeeper import Gatekeeper
from reconciler.postgres.question import Answer, Meaning, Question, Rejected, Unknown
from reconciler.postgres.server_error import server_error
from reconciler.postgres.session import Session, search_path_text, send, set_local

# So many copies hold a few hundred locks, far below what a server has for one transaction.
_TABLES_AT_ONCE = 50


def judge(
    session: Session,
    questions: Sequence[Question],
    gatekeeper: Gatekeeper,
    tables: Mapping[TableName, LiveTable] = MappingProxyType({}),
) -> list[Answer]:
    """An answer for each question. Everything it makes is rolled back; the tables are not read.

    `tables` are those that the questions are about, with their columns: what must mean the same on several of them is
    asked of one. Of what the server does not accept, it is asked for each what it has to say. No function is called
    that the `gatekeeper` does not let pass.
    """
    if not session.server.writable:
        return [Unknown(reason="the server is read-only, so the definition cannot be tried out")] * len(questions)
    if not session.server.may_create_temp:
        reason = "the role may not create temporary tables (GRANT TEMPORARY ON DATABASE), so it cannot be tried out"
        return [Unknown(reason=reason)] * len(questions)
    answers: dict[int, Answer] = {}
    alone = []
    groups = grouped(questions, tables)
    asker = _Asker(session=session, gatekeeper=gatekeeper, tables=tables)
    first = asker.answers([questions[group[0]] for group in groups])
    for group, answer in zip(groups, first, strict=True):
        same = group if isinstance(answer, Meaning) else group[:1]
        answers.update(dict.fromkeys(same, answer))
        alone += group[len(same) :]
    answers.update(zip(alone, asker.answers([questions[n] for n in alone]), strict=True))
    return [answers[n] for n in range(len(questions))]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asker:
    """Asks questions, as many at once as the server can answer together."""

    session: Session
    gatekeeper: Gatekeeper
    tables: Mapping[TableName, LiveTable]

    def answers(self, questions: Sequence[Question]) -> list[Answer]:
        """An answer for each question, all of which are asked."""
        answers: dict[int, Answer] = {}
        for n, question in enumerate(questions):
            calls = self._parsing_calls(question)
            if not _probes(question):
                answers[n] = Meaning(definition=question.definition)
            elif calls:
                answers[n] = Unknown(reason=f"reading a constant in it would call {', '.join(calls)}")
        numbers = [n for n in range(len(questions)) if n not in answers]
        for batch in _batches(questions, numbers):
            answers.update(zip(batch, self._ask([questions[n] for n in batch]), strict=True))
        return [answers[n] for n in range(len(questions))]

    def _parsing_calls(self, question: Question) -> tuple[str, ...]:
        table, expressions = question.key.table_name, question.definition.expressions()
        return self.gatekeeper.parsing_calls(self.session, table, expressions, self.tables.get(table))

    def _ask(self, questions: Sequence[Question]) -> list[Answer]:
        """Ask all together, or halves of them where that fails, until the one that is at fault stands alone."""
        try:
            with self.session.connection.transaction(force_rollback=True):
                return Bench(self.session, questions, self.gatekeeper).answers()
        except psycopg.Error as error:
            if self.session.connection.closed:
                raise
            if len(questions) == 1:
                return [_blame(self.session, questions[0], error)]
        middle = len(questions) // 2
        return self._ask(questions[:middle]) + self._ask(questions[middle:])


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
