"""Creates the journal, and names the event triggers that prevent or change it.

Event triggers of services and companies act on every new table: they enable row security, add triggers, change the
owner, write to their own audit table, or reject the statement. A journal that is still usable is accepted.
"""

from __future__ import annotations

from collections.abc import Sequence

import psycopg

from reconciler.model.errors import Refused
from reconciler.model.plan import Plan
from reconciler.model.rules.runs import EVENT_TRIGGER
from reconciler.postgres.journal import create_statements
from reconciler.postgres.journal_check import display_name, opening_problems
from reconciler.postgres.own import JOURNAL, refuse_if
from reconciler.postgres.search_path import bracketed, reset_search_path, set_search_path
from reconciler.postgres.server_error import server_error
from reconciler.postgres.session import Session, rows

_FIRING = """
    SELECT e.evtname AS name, e.evtfoid::regprocedure::text AS function FROM pg_event_trigger e
     WHERE e.evtenabled IN ('O', 'A') AND e.evtevent IN ('ddl_command_start', 'ddl_command_end')
       AND (e.evttags IS NULL OR e.evttags && ARRAY['CREATE TABLE', 'COMMENT', 'CREATE FUNCTION', 'REVOKE'])
     ORDER BY 1"""


def create_journal(session: Session, plan: Plan) -> None:
    """Create table and function, in the open transaction.

    Event triggers run with the search path of the file. Raises `Refused` if one of them fails, or changes the journal
    so that it cannot be trusted.
    """
    schema, connection = plan.journal_schema, session.connection
    triggers = [f"{row['name']} (function {row['function']})" for row in rows(connection, _FIRING)]
    try:
        with connection.transaction():
            path, statements = set_search_path(plan.journal.path, concurrent=False), create_statements(schema)
            for statement in bracketed(path, statements, reset_search_path(concurrent=False)):
                connection.execute(statement.encode())
    except psycopg.Error as error:
        if connection.closed or not triggers:
            raise
        why = f"the journal {display_name(schema)} could not be created: {server_error(error)}"
        raise _refused(why, triggers) from None
    try:
        refuse_if(session, JOURNAL, display_name(schema), opening_problems(plan.journal))
    except Refused as refused:
        if not triggers:
            raise
        raise _refused(f"right after it was created, {refused.message}", triggers) from None


def _refused(message: str, triggers: Sequence[str]) -> Refused:
    return Refused(
        message,
        rule=EVENT_TRIGGER,
        hint=f"event triggers that fire when it is created: {', '.join(triggers)}; change them "
        "so that they ignore the journal, or set policy.journal_schema to a schema that they ignore",
    )
