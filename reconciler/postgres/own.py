"""Objects of the tool that other roles may have created before it, or may own: refused here or on the server."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import sql

from reconciler.model.errors import Refused
from reconciler.model.rules.rule import Rule
from reconciler.model.rules.runs import ARCHIVE_NOT_OURS, JOURNAL_NOT_OURS
from reconciler.postgres.server_error import raised_message
from reconciler.postgres.session import Session, one


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """The words of errors about an object of the tool.

    `title` is the subject of the message. `otherwise` is what to do if no statement corrects the object. `sqlstate`
    marks the error that the server raises.
    """

    rule: Rule
    sqlstate: str
    title: str
    otherwise: str


JOURNAL = Own(
    rule=JOURNAL_NOT_OURS,
    sqlstate="RC002",
    title="the journal",
    otherwise="set policy.journal_schema to another schema",
)
USAGE = Own(
    rule=JOURNAL_NOT_OURS,
    sqlstate="RC004",
    title="the usage log",
    otherwise="set policy.journal_schema to another schema",
)
ARCHIVE = Own(
    rule=ARCHIVE_NOT_OURS,
    sqlstate="RC003",
    title="the archive",
    otherwise="rename the schema",
)

UNTRUSTED = "belongs to role %I, which is not trusted"
"""The description of an owner in a problem, in the form that `format` needs."""

# The owner, which is in the form of SQL, as a word for a shell: what SQL quotes is quoted.
_SHELL_WORD = """CASE left(owner, 1) WHEN '"'
                              THEN '''' || replace((parse_ident(owner))[1], '''', '''"''"''') || '''' ELSE owner END"""

# `problem` describes what is wrong, `fix` is the statement that corrects it, or NULL. Only a role that can alter a
# table applies plans, and may become an owner: a role that only reads is not advised to.
_SUMMARY = """
    SELECT {title} || ' cannot be trusted: ' || string_agg(problem, '; ') AS message,
           concat_ws('; otherwise, ',
                     'if you trust ' || string_agg(DISTINCT owner, ', ') || ', add '
                         || string_agg(DISTINCT '--trust-role ' || {shell_word}, ' '),
                     CASE WHEN bool_and(fix IS NOT NULL)
                          THEN 'to correct this, run:' || string_agg({line} || fix || ';', '')
                                                         FILTER (WHERE owner IS NULL OR applies)
                          ELSE {otherwise} END) AS hint
      FROM (SELECT *, substring(problem FROM {untrusted}) AS owner FROM ({problems}) said) found
     CROSS JOIN (SELECT EXISTS (SELECT FROM pg_class c
                                 WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
                                   AND pg_has_role(c.relowner, 'MEMBER')) AS applies) role"""

_RAISE = """DECLARE
    message text;
    hint text;
BEGIN
    IF {clean} THEN
        RETURN;
    END IF;
    EXECUTE {summary} INTO message, hint;
    IF message IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = {sqlstate}, MESSAGE = message, HINT = hint;
    END IF;
END"""


def summary(own: Own, name: str, problems: str) -> str:
    """Return a query for one row of `message` and `hint`, which are NULL if the query `problems` returns
    nothing."""
    values = {
        "title": sql.Literal(f"{own.title} {name}"),
        "shell_word": sql.SQL(_SHELL_WORD),
        "line": sql.Literal("\n  "),
        "otherwise": sql.Literal(own.otherwise),
        "untrusted": sql.Literal(UNTRUSTED.replace("%I", "(.*)")),
        "problems": sql.SQL(problems),
    }
    return sql.SQL(_SUMMARY).format(**values).as_string(None)


def raising(own: Own, name: str, problems: str, *, clean: str = "false") -> str:
    """Return the body of a DO statement that fails if the query `problems` returns a row.

    `clean` is a condition that is planned faster than the query, and true only if the query returns nothing.
    """
    values = {
        "clean": sql.SQL(clean),
        "summary": sql.Literal(summary(own, name, problems)),
        "sqlstate": sql.Literal(own.sqlstate),
    }
    return sql.SQL(_RAISE).format(**values).as_string(None)


def do(body: str) -> str:
    """Return the DO statement with this body."""
    return sql.SQL("DO {}").format(sql.Literal(body)).as_string(None)


def refuse_if(session: Session, own: Own, name: str, problems: str) -> None:
    """Raise `Refused` if the query `problems` returns a row."""
    found = one(session.connection, summary(own, name, problems))
    if found["message"] is not None:
        raise Refused(found["message"], rule=own.rule, hint=found["hint"])


def refused(error: BaseException) -> Refused | None:
    """Return the refusal for a failed check on the server; None for any other error."""
    if not isinstance(error, psycopg.Error):
        return None
    for own in (JOURNAL, USAGE, ARCHIVE):
        if own.sqlstate == error.sqlstate:
            message, hint = raised_message(error) or (f"{own.title} cannot be trusted", own.otherwise)
            return Refused(message, rule=own.rule, hint=hint)
    return None
