"""Errors of the driver as values that have nothing of a row. Only this module reads the text of such an error.

The server's messages quote rows: `Key (email)=(…) already exists`, `invalid input syntax for type integer: "…"`. So
files, journals and logs get the tool's own text, found by the SQLSTATE.
"""

from __future__ import annotations

import re

import psycopg

from reconciler.model.private import NOTHING, Private
from reconciler.model.secrets import scrubbed
from reconciler.model.server_error import ServerError

# Descriptions by SQLSTATE, or by its first two characters, its class.
_TEXTS = {
    "08": "the connection to the server failed",
    "0A": "the server does not support this",
    "21": "a query returned more than one row where one was expected",
    "22": "a value does not fit its type or its function",
    "22001": "a value is too long for its type",
    "22003": "a number is out of the range of its type",
    "22007": "a value is not a valid date or time",
    "22008": "a date or time is out of range",
    "22012": "division by zero",
    "22023": "a parameter has a value that is not valid",
    "22021": "a text has bytes that are not valid in its encoding",
    "22P02": "a value is not valid text for its type",
    "22P05": "a name or text has a character that the encoding of the database does not have",
    "23": "rows violate a constraint",
    "23502": "a row has NULL in a column that must not be NULL",
    "23503": "a row refers to a missing row",
    "23505": "rows have duplicate keys",
    "23514": "a row violates a check",
    "23P01": "rows conflict with each other",
    "25": "the state of the transaction does not allow this",
    "25006": "the transaction is read-only",
    "28": "the server did not accept the role",
    "40": "the server rolled the transaction back",
    "40P01": "a deadlock with another session",
    "42": "the server does not accept the statement",
    "42501": "the role lacks a right",
    "42P22": "the collation of a comparison is not known",
    "53": "the server has not enough resources",
    "53100": "a disk of the server is full",
    "53200": "the server is out of memory",
    "53300": "the server has no free connection",
    "54": "a limit of the server was exceeded",
    "55": "the object is not in a state that allows this",
    "55006": "the object is in use",
    "55P03": "the lock was not available in time",
    "57": "the server or an administrator intervened",
    "57014": "the query was cancelled, or its time ran out",
    "57P01": "an administrator ended the connection",
    "57P02": "the server crashed",
    "57P03": "the server is starting or stopping",
    "57P05": "the server ended the idle connection",
    "58": "the server could not read or write a file",
    "P0": "a function raised an error",
    "XX": "an internal error of the server",
}

_LONGEST = 2000
"""The number of characters of a message that are kept: a message that quotes a value may be as long as the
value."""

# Source files of the server whose messages are only about definitions: they contain names, types and the text of
# statements. Other files of that sort also have functions for users: `pg_get_object_address` looks up any name that
# a row contains.
_DEFINITIONS = frozenset(
    {
        "heap.c",
        "index.c",
        "indexcmds.c",
        "parse_agg.c",
        "parse_clause.c",
        "parse_coerce.c",
        "parse_collate.c",
        "parse_expr.c",
        "parse_relation.c",
        "parse_target.c",
        "parse_utilcmd.c",
        "reloptions.c",
        "statscmds.c",
        "tablecmds.c",
    }
)

# Source files whose errors name their objects themselves. A function may put any text into these fields.
_NAMING = _DEFINITIONS | {
    "domains.c",
    "execExprInterp.c",
    "execIndexing.c",
    "execMain.c",
    "nbtinsert.c",
    "ri_triggers.c",
    "tuplesort.c",
    "tuplesortvariants.c",
    "typecmds.c",
}


def server_error(error: psycopg.Error) -> ServerError:
    """Return the error as a value: the text that may be written anywhere, and the server's own words separately."""
    diagnostic = error.diag
    parts = (diagnostic.message_primary, diagnostic.message_detail, diagnostic.message_hint)
    stated = [part for part in parts if part]
    condition = _condition(error.sqlstate)
    public = _speaks_of_definitions(diagnostic)
    return ServerError(
        sqlstate=(error.sqlstate or "") if condition else "",
        condition=condition,
        text="; ".join(stated)[:_LONGEST] if public else _own_text(error),
        words=NOTHING if public else Private(("; ".join(stated) or connection_text(error))[:_LONGEST]),
        in_function=bool(diagnostic.context),
        row_security=error.sqlstate == "42501" and diagnostic.source_file == "rls.c",
        interrupted=diagnostic.source_file == "postgres.c",  # `ProcessInterrupts`
    )


def raised_number(error: psycopg.Error) -> int | None:
    """Return the number that a DO block of the tool raised as the detail of an error; None if a function that the
    block called raised it, which then is in the context as well."""
    detail, context = error.diag.message_detail or "", error.diag.context or ""
    return int(detail) if detail.isdecimal() and "\n" not in context else None


def raised_message(error: psycopg.Error) -> tuple[str, str | None] | None:
    """Return message and hint of an error that a DO block of the tool raised itself; None if a function that it
    calls did."""
    if "\n" in (error.diag.context or ""):
        return None
    return error.diag.message_primary or "", error.diag.message_hint


def connection_text(error: psycopg.Error) -> str:
    """Return why there is no connection, in libpq's words, on one line. There is no row content before there is a
    connection."""
    lines = (" ".join(line.split()) for line in str(error).splitlines())
    return scrubbed("; ".join(filter(None, lines))).removeprefix("connection is bad: ")


def _condition(sqlstate: str | None) -> str:
    """Return `unique_violation` for 23505. A function may raise any SQLSTATE; one that PostgreSQL does not have
    gives none."""
    try:
        name = psycopg.errors.lookup(sqlstate or "").__name__
    except KeyError:
        return ""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _speaks_of_definitions(diagnostic: psycopg.errors.Diagnostic) -> bool:
    """Whether the message is about the text of the tool's statement, or about definitions.

    A position is only given while a statement is parsed: until then, only constants of the file have been
    evaluated. An error raised in a function has a context. A missing right is that on an existing object.
    """
    if diagnostic.context or diagnostic.internal_query or not diagnostic.message_primary:
        return False
    if diagnostic.source_file == "aclchk.c":
        return diagnostic.sqlstate == "42501"
    return bool(diagnostic.statement_position) or diagnostic.source_file in _DEFINITIONS


def _own_text(error: psycopg.Error) -> str:
    state = error.sqlstate or ""
    if not state:
        lost = isinstance(error, psycopg.OperationalError)
        return "the connection to the server was lost" if lost else "the driver could not read the answer"
    diagnostic = error.diag
    if state == "23505" and diagnostic.source_file in _NAMING and diagnostic.schema_name == "pg_catalog":
        return f"another object has this name, or was created at the same time{_objects(diagnostic)}"
    return own_words(state) + _objects(diagnostic)


def own_words(sqlstate: str) -> str:
    """Return the tool's description of the errors with this SQLSTATE."""
    return _TEXTS.get(sqlstate) or _TEXTS.get(sqlstate[:2]) or "the server reported an error"


def _objects(diagnostic: psycopg.errors.Diagnostic) -> str:
    """Return the constraint, column and table that the server names."""
    if diagnostic.source_file not in _NAMING:
        return ""
    table = ".".join(name for name in (diagnostic.schema_name, diagnostic.table_name) if name)
    named = (
        ("constraint", diagnostic.constraint_name),
        ("column", diagnostic.column_name),
        ("table", table),
        ("type", diagnostic.datatype_name),
    )
    listed = ", ".join(f"{noun} {name}" for noun, name in named if name)
    return f": {listed}" if listed else ""
