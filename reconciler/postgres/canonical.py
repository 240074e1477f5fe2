"""Asks the server what definitions mean: they are created on empty temporary copies of their tables, in a
transaction that is always rolled back, and read back in the server's own words.

One round does not suffice (`status IN ('a', 'b')` on a varchar needs two), so rounds continue until the text is
stable. Parsing uses the file's search path, deparsing uses only `pg_catalog`. Many questions are asked at once; if
the server rejects a set, its halves are asked, down to a single question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import psycopg
from psycopg import sql

from reconciler.kinds import kind_of
from reconciler.model.facts.meaning import Interpretation, Meaning, MeaningOf, Rejected, Unknown
from reconciler.model.facts.values import FIRST_USER_OID
from reconciler.model.features import has
from reconciler.model.names import ARCHIVE_SCHEMA, TableName
from reconciler.model.server_error import ServerError
from reconciler.model.state import LiveTable
from reconciler.postgres import event_triggers
from reconciler.postgres.gatekeeper import Gatekeeper
from reconciler.postgres.on_table import parsed_on_table
from reconciler.postgres.planned import in_words_of_expected
from reconciler.postgres.same_meaning import ask_once
from reconciler.postgres.search_path import SAFE_PATH
from reconciler.postgres.server_error import server_error
from reconciler.postgres.session import Session, rows, search_path_text, send, set_local
from reconciler.postgres.trial import TRIAL, Trial, in_words_of, trial_timeout

# SQLSTATEs of errors that would be the same on any other table: not supported, invalid definition, syntax;
# constructs that can be selected but not defined, such as aggregates, window functions, an expression that is not
# boolean, a column without a type; a missing operator class, collation or schema; an operator that cannot exclude;
# too many columns.
_AT_FAULT = frozenset(
    {"0A000", "42P17", "42601", "42803", "42P20", "42804", "42P16", "42704", "42809", "3F000", "54011"}
)

_OWN_NAME = re.compile(rf"{TRIAL}\d+_(table_|referenced_)?\d+")
_IN_CHECK = re.compile("in check constraints?")

# SQLSTATEs of errors that a trial may meet although the object would not: a missing right on a schema or type, and
# names that are taken.
_OF_TRIALS = frozenset({"42501", "42P07", "42701", "42710"})

_CREATABLE = """
    SELECT w.name FROM unnest(%(schemas)s::text[]) WITH ORDINALITY AS w (name, number)
      JOIN pg_namespace n ON n.nspname = w.name
     WHERE has_schema_privilege(n.oid, 'CREATE') AND has_schema_privilege(n.oid, 'USAGE')
     ORDER BY w.number LIMIT 1"""

_OF_USERS = f"""
    SELECT 1 AS found
      FROM unnest(%(schemas)s::text[], %(tables)s::text[], %(columns)s::text[]) AS w (schema, "table", "column")
      JOIN pg_namespace n ON n.nspname = w.schema JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w."table"
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = w."column"
     WHERE a.atttypid >= {FIRST_USER_OID}"""

# This many copies hold a few hundred locks, far fewer than a server allows for one transaction.
_TABLES_AT_ONCE = 50


def judge(
    session: Session,
    questions: Sequence[MeaningOf],
    gatekeeper: Gatekeeper,
    tables: Mapping[TableName, LiveTable] = MappingProxyType({}),
) -> list[Interpretation]:
    """Return an answer for each question. Everything that is created is rolled back; the tables are not read.

    `tables` are those that the questions are about, with their columns: definitions that must mean the same on
    several of them are asked for one. For each definition that the server rejects, the answer has its error. No
    function is called that the `gatekeeper` does not allow.
    """
    return ask_once(questions, tables, _Asker(session=session, gatekeeper=gatekeeper, tables=tables).answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asker:
    """Asks questions, as many at once as the server can answer together."""

    session: Session
    gatekeeper: Gatekeeper
    tables: Mapping[TableName, LiveTable]

    def answers(self, questions: Sequence[MeaningOf]) -> list[Interpretation]:
        """Ask all questions, and return an answer for each."""
        answers: dict[int, Interpretation] = {}
        for n, question in enumerate(questions):
            calls = self._parsing_calls(question)
            if not _probes(question):
                answers[n] = Meaning(definition=question.definition)
            elif calls:
                answers[n] = Unknown(reason=f"reading a constant in it would call {', '.join(calls)}")
        numbers = parsed = [n for n in range(len(questions)) if n not in answers]
        schema = _schema_for_copies(self.session, [questions[n].key.schema for n in numbers]) if numbers else ""
        for batch in _batches(questions, numbers) if schema else ():
            answers.update(zip(batch, self._ask([questions[n] for n in batch], schema), strict=True))
        obstacle = _obstacle(self.session)
        answers.update((n, self._prepared(questions[n], obstacle)) for n in parsed if n not in answers)
        answers.update((n, self._planned(questions[n], self._named(questions[n], answers[n]))) for n in parsed)
        return [answers[n] for n in range(len(questions))]

    def _parsing_calls(self, question: MeaningOf) -> tuple[str, ...]:
        table, expressions = question.key.table_name, question.definition.expressions()
        return self.gatekeeper.parsing_calls(self.session, table, expressions, self.tables.get(table))

    def _ask(self, questions: Sequence[MeaningOf], schema: str) -> list[Interpretation]:
        """Ask all together; if that fails, ask the halves, until a single question fails alone."""
        try:
            with self.session.connection.transaction(force_rollback=True):
                return Trial(self.session, questions, self.gatekeeper, schema).answers()
        except psycopg.Error as error:
            if self.session.connection.closed:
                raise
            if len(questions) == 1:
                answer = self._alone(questions[0], server_error(error))
                return [_without_copies(questions[0], answer)]
        middle = len(questions) // 2
        return self._ask(questions[:middle], schema) + self._ask(questions[middle:], schema)

    def _alone(self, question: MeaningOf, error: ServerError) -> Interpretation:
        """Decide whether the definition is wrong. If only the copy rejects it, the table itself is asked."""
        answer = _interpreted_error(self.session, question, error)
        if isinstance(answer, Rejected) or not question.definition.expressions() or error.in_function:
            return answer
        if error.sqlstate[:2] != "42" or not self.session.server.may_create_temp:
            return answer
        found = self._on_table(question)
        if isinstance(found, Meaning) and not found.untried:
            return self._on_copy(question, found)
        return answer if isinstance(found, Unknown) else found

    def _on_copy(self, question: MeaningOf, found: Meaning) -> Interpretation:
        """Return the meaning in the words of a copy, if it accepts what was parsed on the table: it then only lacked
        the table's schema. Live objects are read back in these words, too."""
        try:
            with self.session.connection.transaction(force_rollback=True):
                restated = replace(question, definition=found.definition)
                (answer,) = Trial(self.session, [restated], self.gatekeeper).answers()
        except psycopg.Error:
            if self.session.connection.closed:
                raise
            return found
        return answer if isinstance(answer, Meaning) else found

    def _on_table(self, question: MeaningOf) -> Interpretation:
        try:
            with self.session.connection.transaction(force_rollback=True):
                return parsed_on_table(self.session, question, self.gatekeeper)
        except psycopg.Error as error:
            if self.session.connection.closed:
                raise
            failure = server_error(error)
        of_definition = failure.sqlstate[:2] in ("42", "0A") and failure.sqlstate not in _OF_TRIALS
        at_fault = of_definition and not failure.in_function
        return Rejected(error=failure) if at_fault else _unknown(self.session, failure)

    def _named(self, question: MeaningOf, answer: Interpretation) -> Interpretation:
        """Return the answer with the operator classes, collations and operators that depend on the search path, if
        it was only parsed because it would call functions that must not be called."""
        if not isinstance(answer, Meaning) or not answer.untried or not answer.definition.looks_up_names():
            return answer
        if not self.session.server.may_create_temp:
            return Unknown(reason=_obstacle(self.session))
        found = self._on_table(replace(question, definition=answer.definition))
        if not isinstance(found, Meaning):
            return found
        words = found.definition.with_parts(answer.definition.parts())
        return replace(answer, definition=in_words_of(words, answer.definition))

    def _planned(self, question: MeaningOf, answer: Interpretation) -> Interpretation:
        """Return the answer; if it is unknown, the planner of the server may still know that both mean the same."""
        if not isinstance(answer, Unknown):
            return answer
        table = self.tables.get(question.key.table_name)
        same = in_words_of_expected(self.session, question, table, trial_timeout(self.gatekeeper))
        return replace(answer, same=same)

    def _prepared(self, question: MeaningOf, obstacle: str) -> Interpretation:
        """Return the answer if nothing can be created: whether the server understands the definition's
        expressions."""
        for text in question.definition.expressions():
            objection = _objection(self.session, question, text)
            if objection is not None:
                return Rejected(error=objection)
        objection = _not_comparable(self.session, question)
        return Unknown(reason=obstacle) if objection is None else Rejected(error=objection)


def _schema_for_copies(session: Session, schemas: Sequence[str]) -> str:
    """Return a schema in which the role may create copies of tables: the temporary one, or one of these, or that of
    the tool. Without TEMPORARY, a role that builds an index has such a schema."""
    if not session.server.writable:
        return ""
    if session.server.may_create_temp:
        return "pg_temp"
    wanted = {"schemas": list(dict.fromkeys([*schemas, ARCHIVE_SCHEMA]))}
    return next((str(row["name"]) for row in rows(session.connection, _CREATABLE, wanted)), "")


def _obstacle(session: Session) -> str:
    """Return why nothing can be tried out where no schema for copies exists."""
    if not session.server.writable:
        return "the server is read-only, so the definition cannot be tried out"
    return "the role may not create temporary tables (GRANT TEMPORARY ON DATABASE), so it cannot be tried out"


def _probes(question: MeaningOf) -> bool:
    """Whether there is anything to try out."""
    kind, tables = kind_of(question.key), [question.key.table_name]
    reference = question.definition.reference()
    if reference is not None:
        tables.append(reference[0])
    return kind.router is not None and bool(
        kind.router().probe(question.key, question.definition, {table: table for table in tables})
    )


def _batches(questions: Sequence[MeaningOf], numbers: Sequence[int]) -> Iterator[list[int]]:
    """Yield questions that can be asked together: about a limited number of tables, with different names, because
    copies share one schema."""
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


def _interpreted_error(session: Session, question: MeaningOf, error: ServerError) -> Interpretation:
    """Whether the definition is wrong: not if only the copy, which has its own row type, rejects it, or a function
    that an event trigger calls."""
    state, expressions = error.sqlstate, question.definition.expressions()
    if error.in_function:
        if _lacks_a_name(session, question, error):
            return Rejected(error=replace(error, text=f"{error.text}; {SAFE_PATH}"))
    elif state in _AT_FAULT or (not expressions and state[:2] in ("42", "0A", "22", "54") and state != "42501"):
        return Rejected(error=error)
    objections = (_objection(session, question, expression) for expression in expressions)
    found = next((one for one in objections if one is not None), None)
    return _unknown(session, error) if found is None else Rejected(error=found)


def _without_copies(question: MeaningOf, answer: Interpretation) -> Interpretation:
    """Return the answer without the words of the server about the copies, and about the checks in which expressions are
    parsed."""
    if not isinstance(answer, Rejected):
        return answer
    text = _OWN_NAME.sub(_written_name(question), answer.error.text.replace("pg_temp.", ""))
    if question.key.kind != "check":
        text = _IN_CHECK.sub("in its expressions", text)
    return Rejected(error=replace(answer.error, text=text))


def _written_name(question: MeaningOf) -> Callable[[re.Match[str]], str]:
    """Return a function that replaces a name of the trial by that of the object, its table or the table that it
    refers to."""
    key, reference = question.key, question.definition.reference()
    names = {"table_": key.table, "referenced_": reference[0].name if reference is not None else ""}
    return lambda found: names.get(found[1] or "", key.name)


def _lacks_a_name(session: Session, question: MeaningOf, error: ServerError) -> bool:
    """Whether a function that an index calls does not find a name in the search path that the server uses for
    it."""
    indexed = question.key.kind != "check" and bool(question.definition.expressions())
    missing = error.sqlstate in ("42883", "42P01", "42704", "3F000")
    return (
        indexed
        and missing
        and has("safe_path_for_indexes", session.server.major)
        and not event_triggers.firing(session)
    )


def _unknown(session: Session, error: ServerError) -> Unknown:
    """Return an unknown answer: the error of a function may come from an event trigger that rejects the trial."""
    found = event_triggers.firing(session) if error.in_function else []
    return Unknown(reason=f"{error}{event_triggers.named(found)}", error=error)


def _objection(session: Session, question: MeaningOf, expression: str) -> ServerError | None:
    """Return why the real table does not know the expression, or does not accept it in a query of its rows, where
    aggregates and window functions are not allowed either. PREPARE analyses it and runs nothing."""
    condition = "({})" if expression in question.definition.conditions() else "({}) IS NOT NULL"
    query = sql.SQL("SELECT FROM {} WHERE " + condition)
    return _prepare(session, question, query.format(sql.Identifier(*question.key.table_name), sql.SQL(expression)))


def _not_comparable(session: Session, question: MeaningOf) -> ServerError | None:
    """Return why columns of a foreign key cannot be compared. Types of users may have operators in any schema."""
    reference, table = question.definition.reference(), question.key.table_name
    if reference is None:
        return None
    pairs = list(zip(question.definition.referring_columns(), reference.columns, strict=False))
    wanted = {
        "schemas": [table.schema, reference.table.schema] * len(pairs),
        "tables": [table.name, reference.table.name] * len(pairs),
        "columns": [name for pair in pairs for name in pair],
    }
    if rows(session.connection, _OF_USERS, wanted):
        return None
    compared = sql.SQL(" AND ").join(
        sql.SQL("a.{} = b.{}").format(sql.Identifier(one), sql.Identifier(other)) for one, other in pairs
    )
    query = sql.SQL("SELECT FROM {} AS a, {} AS b WHERE {}")
    found = _prepare(
        session, question, query.format(sql.Identifier(*table), sql.Identifier(*reference.table), compared)
    )
    return found if found is not None and found.sqlstate == "42883" else None


def _prepare(session: Session, question: MeaningOf, query: sql.Composed) -> ServerError | None:
    """Return why the server does not understand a query; None if it does, or the role lacks a right."""
    try:
        with session.connection.transaction(force_rollback=True):
            set_local(session.connection, {"search_path": search_path_text(question.search_path)})
            send(session.connection, f"PREPARE reconcile_probe AS {query.as_string(None)}")
            session.connection.execute("DEALLOCATE reconcile_probe")
    except psycopg.errors.InsufficientPrivilege:
        return None
    except psycopg.Error as error:
        return server_error(error)
    return None
