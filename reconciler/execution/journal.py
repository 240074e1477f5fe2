"""Writes and reads the journal. It never determines how a run continues: only the catalog does."""

from __future__ import annotations

import getpass
import json
import os
import socket
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus

from reconciler import __version__
from reconciler.execution.lock import lock_is_held
from reconciler.execution.new_journal import create_journal
from reconciler.model.digest import Digest
from reconciler.model.errors import Refused, UsageError
from reconciler.model.journal import LAST_RUN, RUN_STEP, migration_name, seconds_taken
from reconciler.model.limits import milliseconds
from reconciler.model.names import JOURNAL_TABLE, display
from reconciler.model.plan import JournalAt, Plan
from reconciler.model.rules.consent import MISSING_PRIVILEGE
from reconciler.model.rules.runs import NOTHING_MATCHES, UNKNOWN_RUN
from reconciler.postgres.journal import journal_lock_statement
from reconciler.postgres.journal_check import (
    display_name,
    guard_statements,
    journal_exists,
    opening_problems,
    readable_journal,
)
from reconciler.postgres.own import JOURNAL, refuse_if, refused
from reconciler.postgres.session import Session, in_query, one, rows, set_local


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run in the journal.

    `command` is `apply`, `undo` or `restore`, or `script` if psql ran it; empty if the journal does not say.
    `status` is `completed`, `failed` or `interrupted`. If the run has no last entry, `ended_at` is None, and `status`
    is `running` if it holds the lock of runs, else `unfinished`: it was killed, or lost its connection. `duration_s` is
    how long it took, by its own clock if it wrote that down. `undoes` is the id of the run that an undo takes back, or
    None.
    """

    run_id: str
    command: str
    migration_name: str
    started_at: datetime
    ended_at: datetime | None
    duration_s: float | None
    status: str
    completed: int
    failed: int
    skipped: int
    user: str
    host: str
    tool_version: str
    undoes: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of `migration_log`. `sequence` gives the order."""

    sequence: int
    id: str
    migration_name: str
    step_name: str
    status: str
    rows_affected: int | None
    error_message: str | None
    executed_at: datetime
    metadata: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """Writes the entries of one run.

    `guard` are statements before an entry in its transaction: they lock the journal, and fail on the server if it
    cannot be trusted; `refused` turns that error into a refusal. An entry waits at most `lock_timeout` for its lock.
    """

    schema: str
    name: str
    common: Mapping[str, object]
    guard: tuple[str, ...]
    lock_timeout: timedelta

    def for_plan(self, plan: Plan) -> Journal:
        """Return the journal of the same run for another plan."""
        return replace(self, common={**self.common, "plan_digest": plan.digest})

    def write(
        self,
        session: Session,
        step: str,
        status: str,
        *,
        rows_affected: int | None = None,
        error: str | None = None,
        metadata: Mapping[str, object],
    ) -> None:
        """Add an entry. Raises `Refused` if the journal cannot be trusted.

        The commit of `started` does not wait for the disk: the changes of the step come later in the write-ahead log,
        so they cannot be kept without this entry.
        """
        entry = self.entry(step, status, rows_affected=rows_affected, error=error, metadata=metadata)
        early = [f"SET LOCAL lock_timeout = '{milliseconds(self.lock_timeout)}'"]
        early += ["SET LOCAL synchronous_commit = off"] if status == "started" else []
        try:
            # Statements that are sent together form one transaction.
            session.connection.execute("; ".join((*early, *entry)).encode(), prepare=False)
        except psycopg.Error as failure:
            refusal = refused(failure)
            if refusal is None:
                raise
            raise refusal from None

    def write_end(
        self, sessions: Iterable[Session], status: str, *, error: str | None, metadata: Mapping[str, object]
    ) -> None:
        """Add the last entry of the run, on the first of these connections that can be used: an interrupt may have
        closed the others, or left them busy. If none can be used, or the server rejects the entry, the run has none."""
        for session in sessions:
            if session.connection.info.transaction_status is TransactionStatus.IDLE:
                with suppress(psycopg.Error, Refused):
                    self.write(session, RUN_STEP, status, error=error, metadata=metadata)
                    return

    def entry(
        self,
        step: str,
        status: str,
        *,
        rows_affected: int | None = None,
        error: str | None = None,
        metadata: Mapping[str, object],
        measured: str | None = None,
    ) -> tuple[str, ...]:
        """Return the statements that add an entry in a transaction. They fail if the journal cannot be trusted.

        They return no results, so they can be part of a pipeline. `measured` is an expression of type jsonb, whose keys
        are added to `metadata`.
        """
        document = json.dumps({**self.common, **metadata}, ensure_ascii=False, default=str)
        insert = sql.SQL(
            "INSERT INTO {} (migration_name, step_name, status, rows_affected, error_message, metadata) "
            "VALUES ({}, {}, {}, {}::bigint, {}, {}::jsonb{})"
        ).format(
            sql.Identifier(self.schema, JOURNAL_TABLE),
            *map(sql.Literal, (self.name, step, status, rows_affected, error, document)),
            sql.SQL(f" || {measured}" if measured else ""),
        )
        return (*self.guard, insert.as_string(None))


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run with a user id that has no name
        return str(os.getuid())


def open_journal(session: Session, plan: Plan, run_id: str) -> Journal:
    """Return the journal of one run; create its table and function if they are missing.

    Raises `Refused` if they exist and cannot be trusted.
    """
    schema, journal = plan.journal_schema, plan.journal
    with session.connection.transaction():
        set_local(session.connection, {"lock_timeout": milliseconds(plan.lock_timeout)})
        refuse_if(session, JOURNAL, display_name(schema), opening_problems(journal))
        if journal_exists(session, schema):
            session.connection.execute(journal_lock_statement(schema, write=True).encode())
        else:
            create_journal(session, plan)
        refuse_if(session, JOURNAL, display_name(schema), opening_problems(journal))
    return _journal(session, journal, run_id, plan.digest, migration_name(plan.digest), plan.lock_timeout)


def existing_journal(
    session: Session, at: JournalAt, run_id: str | None, name: str, lock_timeout: timedelta
) -> Journal | None:
    """Return the journal, for a run without a plan or for entries outside a run; None if it does not exist.
    Raises what `open_journal` raises."""
    if not journal_exists(session, at.schema):
        return None
    refuse_if(session, JOURNAL, display_name(at.schema), opening_problems(at))
    return _journal(session, at, run_id, None, name, lock_timeout)


def _journal(
    session: Session, at: JournalAt, run_id: str | None, digest: str | None, name: str, lock_timeout: timedelta
) -> Journal:
    common = {
        **({} if run_id is None else {"run_id": run_id}),
        **({} if digest is None else {"plan_digest": digest}),
        "user": session.server.info.user,
        "host": socket.gethostname(),
        "os_user": _os_user(),
        "tool": "reconcile",
        "tool_version": __version__,
    }
    return Journal(
        schema=at.schema, name=name, common=common, guard=guard_statements(at), lock_timeout=lock_timeout
    )


_RUNS = """
    SELECT metadata ->> 'run_id' AS run_id, min(migration_name) AS migration_name,
           coalesce(min(metadata ->> 'command') FILTER (WHERE step_name = 'run'),
               CASE min(metadata ->> 'tool') WHEN 'psql' THEN 'script' ELSE '' END) AS command,
           min(executed_at) AS started_at,
           max(executed_at) FILTER (WHERE step_name = 'run' AND status <> 'started') AS ended_at,
           (array_agg(metadata ORDER BY sequence) FILTER (WHERE step_name = 'run' AND status <> 'started'))[1] AS last,
           coalesce(max(CASE metadata ->> 'outcome' WHEN 'interrupted' THEN 'interrupted' ELSE status END)
               FILTER (WHERE step_name = 'run' AND status <> 'started'), 'started') AS status,
           count(*) FILTER (WHERE step_name <> 'run' AND status = 'completed')::int AS completed,
           count(*) FILTER (WHERE step_name <> 'run' AND status = 'failed')::int AS failed,
           count(*) FILTER (WHERE step_name <> 'run' AND status = 'skipped')::int AS skipped,
           coalesce(min(metadata ->> 'user'), '') AS "user", coalesce(min(metadata ->> 'host'), '') AS host,
           coalesce(min(metadata ->> 'tool_version'), '') AS tool_version,
           min(metadata ->> 'undoes') FILTER (WHERE step_name = 'run') AS undoes
      FROM {journal}
     WHERE metadata ? 'run_id'
     GROUP BY 1
     ORDER BY min(sequence) DESC
     LIMIT %(limit)s"""

_ENTRY = """
    SELECT sequence, id::text, migration_name, step_name, status, rows_affected, error_message, executed_at, metadata
      FROM {journal}"""

_ENTRIES = f"""{_ENTRY}
     WHERE starts_with(metadata ->> 'run_id', %(run)s)
     ORDER BY sequence"""

_LAST_ENTRY = f"""{_ENTRY}
     WHERE metadata ->> 'run_id' = %(run)s AND step_name = %(step)s
     ORDER BY sequence DESC LIMIT 1"""


def read_runs(
    session: Session, schema: str, trusted_roles: Collection[str] = (), *, limit: int | None = None
) -> list[Run]:
    """Return every run, or the newest `limit`, oldest first; none if there is no journal.

    Raises `Refused` if the journal cannot be trusted, or may not be read, and `UsageError` if the schema is missing.
    """
    found = read_journal(session, schema, trusted_roles, _RUNS, {"limit": limit})
    runs = [_run(**row) for row in reversed(found)]
    last = len(runs) - 1 if lock_is_held(session) else -1
    return [
        replace(run, status="running" if number == last else "unfinished") if run.ended_at is None else run
        for number, run in enumerate(runs)
    ]


def _run(*, last: Mapping[str, Any] | None, **row: Any) -> Run:
    ended = row["ended_at"]
    return Run(duration_s=None if ended is None else seconds_taken(last or {}, row["started_at"], ended), **row)


_APPROVED = """
    SELECT sequence FROM {journal}
     WHERE step_name = 'run' AND status = 'started' AND split_part(metadata ->> 'plan_digest', ':', 3) = %(hash)s
       AND octet_length((metadata -> 'changes')::text) <= %(most)s
     ORDER BY sequence LIMIT 100"""
_COMPLETED = """
    SELECT metadata ->> 'run_id' AS run_id, max(executed_at) AS executed_at FROM {journal}
     WHERE step_name = 'run' AND split_part(metadata ->> 'plan_digest', ':', 3) = %(hash)s
     GROUP BY 1 HAVING bool_or(status = 'completed') AND min(executed_at) >= %(since)s
     ORDER BY 2 LIMIT 1"""
_CHANGES = "SELECT (metadata -> 'changes')::text AS changes FROM {journal} WHERE sequence = %(sequence)s"
_MOST_BYTES = 32 << 20
"""Larger lists are not looked at: a run writes about 100 bytes for each of its steps."""


def completed_run(session: Session, at: JournalAt, digest: Digest) -> tuple[str, datetime] | None:
    """Return the run that began after the plan of this digest was made and has completed it, and when; None if there is
    none."""
    wanted = {"hash": digest.hash, "since": digest.made_at}
    found = read_journal(session, at.schema, at.trusted_roles, _COMPLETED, wanted)
    return (str(found[0]["run_id"]), found[0]["executed_at"]) if found else None


def begun_plans(session: Session, at: JournalAt, digest: Digest) -> Iterator[Any]:
    """Yield what runs of plans with this hash wrote about their changes when they began, one run at a time.

    Any role with INSERT may have written something else there: it proves nothing until it is hashed.
    """
    sequences = read_journal(
        session, at.schema, at.trusted_roles, _APPROVED, {"hash": digest.hash, "most": _MOST_BYTES}
    )
    for row in sequences:
        for found in read_journal(session, at.schema, at.trusted_roles, _CHANGES, {"sequence": row["sequence"]}):
            with suppress(ValueError, RecursionError):
                yield json.loads(found["changes"])


def read_entries(session: Session, schema: str, run: str, trusted_roles: Collection[str] = ()) -> list[Entry]:
    """Return the entries of one run, given by its id, a prefix of it, or `last`.

    Raises `UsageError` if no run, or more than one, matches, and `Refused` if the journal cannot be trusted, or may not
    be read.
    """
    if run == LAST_RUN:
        newest = read_runs(session, schema, trusted_roles, limit=1)
        if not newest:
            raise no_such_run(session, schema, "the journal has no run")
        run = newest[0].run_id
    entries = [Entry(**row) for row in read_journal(session, schema, trusted_roles, _ENTRIES, {"run": run})]
    ids = sorted({str(entry.metadata["run_id"]) for entry in entries})
    if len(ids) != 1:
        found = "no run begins with" if not ids else f"{len(ids)} runs begin with"
        raise no_such_run(session, schema, f"{found} {display(run)}")
    return entries


def no_such_run(session: Session, schema: str, message: str) -> UsageError:
    """Return the error that there is no such run, with this message; or that there is no journal."""
    if journal_exists(session, schema):
        return UsageError(message, rule=UNKNOWN_RUN, hint=UNKNOWN_RUN.remedy)
    hint = "`apply` creates it; if it is in another schema, give --journal-schema, or policy.journal_schema in the file"
    return UsageError(f"there is no journal {display_name(schema)}", rule=UNKNOWN_RUN, hint=hint)


def last_entry(session: Session, at: JournalAt, run_id: str, step: str) -> Entry | None:
    """Return the last entry of the step in the run. Raises what `read_runs` raises."""
    found = read_journal(session, at.schema, at.trusted_roles, _LAST_ENTRY, {"run": run_id, "step": step})
    return Entry(**found[0]) if found else None


def read_journal(
    session: Session, schema: str, trusted_roles: Collection[str], query: str, parameters: Mapping[str, object]
) -> Sequence[dict[str, Any]]:
    """Return the rows of a query in which `{journal}` is the journal's table; none if there is no journal.

    Raises what `read_runs` raises.
    """
    try:
        with readable_journal(session, JournalAt(schema=schema, trusted_roles=frozenset(trusted_roles))) as there:
            if not there:
                _refuse_unknown_schema(session, schema)
                return []
            journal = in_query(schema, JOURNAL_TABLE)
            return rows(
                session.connection, sql.SQL(query.replace("{journal}", "ONLY {}")).format(journal), parameters
            )
    except psycopg.errors.InsufficientPrivilege:
        raise _may_not_read(session, schema) from None


def _refuse_unknown_schema(session: Session, schema: str) -> None:
    query = "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %(schema)s) AS found"
    if not one(session.connection, query, {"schema": schema})["found"]:
        raise UsageError(
            f"there is no schema {display(schema)}",
            rule=NOTHING_MATCHES,
            hint="name the schema of the journal with --journal-schema, or as policy.journal_schema in the file",
        )


def _may_not_read(session: Session, schema: str) -> Refused:
    user = session.server.info.user
    grants = sql.SQL("GRANT USAGE ON SCHEMA {schema} TO {role};\nGRANT SELECT ON {table} TO {role};").format(
        schema=sql.Identifier(schema), table=sql.Identifier(schema, JOURNAL_TABLE), role=sql.Identifier(user)
    )
    return Refused(
        f"role {display(user)} may not read the journal {display_name(schema)}",
        rule=MISSING_PRIVILEGE,
        hint=f"let its owner run:\n{grants.as_string(None)}",
    )
