"""The format for psql: a script that does the same as `apply`, one step after the other, with the same limits.

It checks and writes the journal as `apply` does, prevents a second run by the same advisory lock, and takes the locks
of a step with the same retries. The header of the script lists what psql cannot do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from reconciler import __version__
from reconciler.kinds import name_of
from reconciler.model.ci_system import without_log_commands
from reconciler.model.content import refuse_unbound
from reconciler.model.guard import Guard, Moment
from reconciler.model.journal import RUN_STEP, migration_name
from reconciler.model.locks import LockClaim
from reconciler.model.plan import JournalAt, ServerInfo, recorded_rows_left
from reconciler.model.settings import pin_statement
from reconciler.model.state import BatchSize
from reconciler.model.step import Batch, DetachAction, DumpAction, LoadAction, RepairAction, ReturnAction
from reconciler.report import psql
from reconciler.report.psql_names import Variables, variables_of
from reconciler.report.report import Report, ReportedChange, ReportedStep
from reconciler.report.text import lock_texts, server_place, server_text
from reconciler.report.wording import lines_of, one_line, plural

_NEWLINE = r"E'\n'"
# While it takes locks, the server checks that psql is still connected. Not every operating system supports this.
_NOTICE_THE_END = (
    "BEGIN PERFORM set_config('client_connection_check_interval', '1s', true); EXCEPTION WHEN others THEN END"
)
_CONTROL = r"'[\u0001-\u0009\u000B-\u001F\u007F-\u009F]'"


def render_sql(report: Report) -> str:
    """Render the script. A refused plan gives only its reasons, a plan that is in sync only a comment."""
    if report.refusals:
        return "\n".join(_refused(report)) + "\n"
    if not report.changes:
        return f"{psql.comment_line(report.summary)}\n{psql.comment_line(server_text(report))}\n"
    if of_files := [step for change in report.changes for step in change.steps if _is_of_file(step)]:
        return "\n".join(_impossible(report, of_files)) + "\n"
    return "\n".join(_script(report)) + "\n"


def _is_of_file(step: ReportedStep) -> bool:
    return isinstance(step.action, DumpAction | LoadAction)


def _impossible(report: Report, steps: Sequence[ReportedStep]) -> Iterator[str]:
    """Yield the steps that a script cannot do, because they run other programs, and a statement that fails."""
    yield psql.comment_line(report.summary)
    yield psql.comment_line(server_text(report))
    yield r"\set ON_ERROR_STOP on"
    yield r"\encoding UTF8"
    yield ""
    for step in steps:
        yield psql.warn_line(f"step {step.number} of {report.step_count} is not possible in psql: {step.title}")
    yield psql.warn_line("apply this plan with reconcile, with --backup-dir")
    yield ""
    yield f"DO {psql.string(_raise('this plan reads or writes dumps, which a script for psql cannot do'))};"
    yield r"\quit 3"


def _refused(report: Report) -> Iterator[str]:
    """Yield the reasons, which psql prints, and a statement that fails."""
    yield psql.comment_line(report.summary)
    yield psql.comment_line(server_text(report))
    yield r"\set ON_ERROR_STOP on"
    yield r"\encoding UTF8"
    for refusal in report.refusals:
        what = name_of(refusal.key) if refusal.key else "the plan"
        where = f" ({refusal.place})" if refusal.place else ""
        yield ""
        yield psql.warn_line(f"{what}{where} [{refusal.rule}]")
        yield psql.warn_line(f"  cause:  {refusal.cause}")
        yield psql.warn_line(f"  remedy: {refusal.remedy}")
        if refusal.finding:
            yield psql.warn_line(f"  count:  {refusal.finding.amount}")
            yield from (
                psql.comment_line(f"  all:    {line}") for line in lines_of(f"{refusal.finding.guard.more};")
            )
    # psql ignores the number after \quit; it exits with 3 only after an error.
    yield ""
    yield f"DO {psql.string(_raise(report.summary))};"
    yield r"\quit 3"


def _script(report: Report) -> Iterator[str]:
    names = variables_of(report)
    yield from _header(report)
    yield from _session()
    yield from _right_database(report.server)
    yield from names.at_start()
    yield from _lock()
    yield from _archive(report)
    yield from _journal(report)
    yield from _logged(report, RUN_STEP, "started", _about_run(report))
    for change in report.changes:
        yield ""
        yield psql.comment_line(f"{change.title} ({change.place})")
        yield from (psql.comment_line(f"  {d.path}: {d.before} → {d.after}") for d in change.differences)
        yield from (
            psql.comment_line(f"  hazard {h.kind.id}: {h.detail or h.kind.meaning}") for h in change.hazards
        )
        for step in change.steps:
            yield from _step(report, change, step, names)
    yield ""
    yield from _logged(report, RUN_STEP, "completed", {"completed": report.step_count})
    yield rf"\echo 'done: {plural(report.step_count, 'step')}'"


def _about_run(report: Report) -> Mapping[str, object]:
    return {
        "steps": report.step_count,
        "sources": list(report.sources),
        **({"undoes": report.undoes} if report.undoes else {}),
        **({"rows_left": left} if (left := recorded_rows_left(report.notes)) else {}),
        **({"selected": list(report.tables)} if report.tables else {}),
    }


def _header(report: Report) -> Iterator[str]:
    yield psql.comment_line(report.summary)
    yield psql.comment_line(f"From {', '.join(report.sources)}; plan {report.digest}")
    yield psql.comment_line(f"Made for: {server_text(report)}. The script stops in any other database.")
    yield psql.comment_line(
        "Run it with psql, not with --single-transaction, and not through a pooler in transaction mode."
    )
    yield psql.comment_line(
        "Server messages may contain values of rows: psql prints only SQLSTATEs, and messages with -v messages=1."
    )
    yield psql.comment_line(
        "If it stops, do not run it again. Plan again: the new script continues from the current state."
    )
    yield psql.comment_line(
        "Unlike `reconcile apply`, it does not check the catalog between steps, does not wait for builds of other"
        " sessions, and retries only the locks that it takes with LOCK TABLE."
    )
    yield psql.comment_line(
        "psql sends one statement at a time: if psql stops within a transaction, its locks are held until"
        " idle_in_transaction_session_timeout ends the session, 2 s later."
    )


def _session() -> Iterator[str]:
    yield r"\set ON_ERROR_STOP on"
    yield r"\set ON_ERROR_ROLLBACK off"
    yield r"\set AUTOCOMMIT on"
    yield r"\set QUIET on"
    yield r"\if :{?messages}"
    yield r"\else"
    yield r"\set VERBOSITY sqlstate"
    yield r"\endif"
    yield r"\encoding UTF8"
    yield rf"{pin_statement()} \gset"
    yield "SELECT gen_random_uuid() AS run_id \\gset"


def _set(name: str, value: str) -> str:
    """Return a SET statement. A list (search_path, DateStyle) needs one literal for each item."""
    return f"SET {name} = {', '.join(psql.string(item) for item in value.split(', '))};"


def _right_database(server: ServerInfo) -> Iterator[str]:
    """Stop unless this is the database, on the server, that the plan was made for."""
    refuse_unbound(server, "the script")
    yield ""
    yield psql.comment_line("Stop if this is another database or server.")
    yield (
        "SELECT (SELECT system_identifier FROM pg_control_system())::text = "
        f"{psql.string(server.system_identifier)} AND (SELECT oid FROM pg_database WHERE datname = "
        f"current_database()) = {server.database_oid} AND current_database() = {psql.string(server.database)} "
        "AS right_database \\gset"
    )
    yield from _unless("right_database", f"this script was made for another database: {server_place(server)}")


def _lock() -> Iterator[str]:
    yield ""
    yield psql.comment_line("Stop if another run is active.")
    yield f"SELECT pg_try_advisory_lock({advisory_lock_key()}) AS locked \\gset"
    yield from _unless("locked", "another run of reconcile is active in this database")


def advisory_lock_key() -> int:
    """Return the key of the lock that prevents a second run in a database."""
    from reconciler.execution.lock import LOCK_KEY

    return LOCK_KEY


def journal_statements(schema: str) -> tuple[str, ...]:
    """Return the statements that create the journal, without semicolons."""
    from reconciler.postgres.journal import create_statements

    return create_statements(schema)


def journal_checks(journal: JournalAt) -> tuple[str, str]:
    """Return a query for the problems of the journal, and the body of a DO statement that fails if it has one.

    The query has the columns `message` and `hint`.
    """
    from reconciler.postgres.journal_check import check, opening_summary

    return opening_summary(journal), check(journal)


def _unless(variable: str, message: str) -> Iterator[str]:
    r"""Stop with 3, psql's exit code for an error, unless the variable is true. `\quit` would exit with 0."""
    yield rf"\if :{variable}"
    yield r"\else"
    message = without_log_commands(one_line(message))  # psql prints it unchanged
    yield f"SELECT {psql.string(message)} AS message \\gset"
    yield from _stop(message)
    yield r"\endif"


def _stop(message: str) -> Iterator[str]:
    """Print psql's variable `message`, and end with 3."""
    yield r"\warn :message"
    yield f"DO {psql.string(_raise(message))};"


def _raise(message: str) -> str:
    return f"BEGIN RAISE EXCEPTION USING MESSAGE = {psql.string(message)}; END"


def _journal(report: Report) -> Iterator[str]:
    from reconciler.postgres.journal import qualified

    schema = report.journal.schema
    opening, check = journal_checks(report.journal)
    yield ""
    yield psql.comment_line(
        "Create the journal if it does not exist. Stop if another role owns it or may change it (RC002)."
    )
    yield f"SELECT {psql.string(check)} AS check_journal \\gset"
    yield from _refuse_if(opening, "the journal cannot be trusted")
    yield f"SELECT to_regclass({psql.string(qualified(schema))}) IS NULL AS first_run \\gset"
    yield r"\if :first_run"
    yield "BEGIN;"
    statements = [psql.protected(sql) for sql in journal_statements(schema)]
    yield from (f"{one};" for one in on_search_path_in_psql(report.journal.path, statements, concurrent=False))
    yield "DO :'check_journal';"
    yield "COMMIT;"
    yield r"\endif"


def _archive(report: Report) -> Iterator[str]:
    """Check the owner of the archive before the first step; each step that archives a table checks it again."""
    from reconciler.postgres.archive_check import archive_check, archive_summary

    if any(step.archives for change in report.changes for step in change.steps):
        roles = report.journal.trusted_roles
        yield ""
        yield psql.comment_line(
            "Check the archive. Stop if another role owns it or may create objects in it (RC003)."
        )
        yield f"SELECT {psql.string(archive_check(roles))} AS check_archive \\gset"
        yield from _refuse_if(archive_summary(roles), "the archive cannot be trusted")


def _refuse_if(summary: str, message: str) -> Iterator[str]:
    """Stop with a message if the query finds a problem."""
    yield (
        "SELECT message IS NULL AS trusted, "
        f"regexp_replace(concat_ws({_NEWLINE}, message, hint), {_CONTROL}, '?', 'g') AS message "
        f"FROM ({psql.protected(summary)}) found \\gset"
    )
    yield r"\if :trusted"
    yield r"\else"
    yield from _stop(message)
    yield r"\endif"


def _step(report: Report, change: ReportedChange, step: ReportedStep, names: Variables) -> Iterator[str]:
    yield ""
    yield psql.comment_line(f"Step {step.number} of {report.step_count}: {step.title} [{step.execution}]")
    yield from (psql.comment_line(f"  locks {text}") for text in lock_texts(step.locks))
    yield from (psql.comment_line(f"  hazard {h.kind.id}: {h.detail or h.kind.meaning}") for h in step.hazards)
    yield psql.comment_line(f"  if it fails: {step.leaves}")
    yield rf"\echo 'step {step.number} of {report.step_count}'"
    yield from (_set(name, value) for name, value in step.settings)
    for guard in step.guards:
        if guard.moment is Moment.BEFORE and not guard.unchecked_ok:
            yield from _guard_before(report, change, step, guard, names)
    yield from _sent(report, change, step, names)


def _sent(report: Report, change: ReportedChange, step: ReportedStep, names: Variables) -> Iterator[str]:
    """Yield the statements of a step between its entries in the journal."""
    if isinstance(step.action, RepairAction):
        yield from _repaired(report, change, step, step.action)
        return
    if isinstance(step.action, ReturnAction):
        yield f"DO {psql.string(_raise(f'psql brings no rows back: run reconcile undo {step.action.run}'))};"
        return
    details = {**step.journal, "sql": [str(statement) for statement in step.action.statements]}
    yield from _logged(report, str(step.id), "started", details)
    concurrent = step.execution.outside_transaction
    rendered = [names.rendered(statement) for statement in step.action.statements]
    if isinstance(step.action, DetachAction):
        yield from _detached(change, step.action)
        yield from _logged(report, str(step.id), "completed", details)
        return
    statements = [f"{one};" for one in on_search_path_in_psql(change.path, rendered, concurrent=concurrent)]
    if concurrent:
        yield from statements
        yield from _logged(report, str(step.id), "completed", details)
        return
    yield "BEGIN;"
    yield from _locks(report, step)
    for guard in step.guards:
        if guard.moment is Moment.WITHIN:
            yield from _guard(step, guard, names)
    yield from names.at_step(step, change.key.schema)
    yield from statements
    if step.archives:
        yield "DO :'check_archive';"
    added = [measured_time()]
    if any(statement.names for statement in step.action.statements):  # by these names, an undo finds the table
        added.append(f"jsonb_build_object('sql', {names.sent(step.action.statements)})")
    yield from _log(report, str(step.id), "completed", details, added=added)
    yield "COMMIT;"


def _detached(change: ReportedChange, action: DetachAction) -> Iterator[str]:
    """Yield the statements that detach a partition, or complete that if the script was made after an interrupted
    attempt."""
    from reconciler.postgres.detaching import detach_pending_query

    mark, detach, finalize = (psql.protected(str(one)) for one in (action.mark, action.detach, action.finalize))
    yield f"SELECT coalesce(({psql.protected(detach_pending_query(action.table))}), false) AS pending \\gset"
    before, _, after = on_search_path_in_psql(change.path, [detach], concurrent=True)
    yield f"{mark};"
    yield f"{before};"
    yield r"\if :pending"
    yield f"{finalize};"
    yield r"\else"
    yield f"{detach};"
    yield r"\endif"
    yield f"{after};"


def _repaired(report: Report, change: ReportedChange, step: ReportedStep, action: RepairAction) -> Iterator[str]:
    """Yield a block for each table of a repair, which commits each batch."""
    details = {**step.journal, "sql": [str(statement) for statement in action.statements]}
    added = [psql.protected(tables_in_journal(report.server, action.batches))]
    yield from _logged(report, str(step.id), "started", details, added=added)
    yield "SELECT set_config('reconcile.run', :'run_id', false) AS run_of_batches \\gset"
    yield "SELECT set_config('reconcile.rows', '0', false) AS rows_of_batches \\gset"
    yield "SELECT set_config('reconcile.references', '0', false) AS references_of_batches \\gset"
    yield "SET statement_timeout = 0;"
    for batch in action.batches:
        text = repair_block(batch, change.path, report.batch, report.journal if step.archives else None)
        yield f"{psql.protected(text)};"
    count = "current_setting('reconcile.rows')::bigint"
    if any(batch.moves for batch in action.batches):
        moved = "nullif(current_setting('reconcile.references')::bigint, 0)"
        added.append(f"jsonb_strip_nulls(jsonb_build_object('references_moved', {moved}))")
    yield from _logged(report, str(step.id), "completed", details, added=added, rows_affected=count)


def repair_block(batch: Batch, path: Sequence[str], size: BatchSize, archive: JournalAt | None) -> str:
    """Return the statement that repairs the rows of one table. `archive` has the roles that may own the archive."""
    from reconciler.postgres.archive_check import archive_check
    from reconciler.postgres.listings import listing_script_block
    from reconciler.postgres.repairs import script_block

    write = script_block if batch.listing is None else listing_script_block
    return write(batch, path, size, None if archive is None else archive_check(archive.trusted_roles))


def tables_in_journal(server: ServerInfo, batches: Sequence[Batch]) -> str:
    """Return the expression for what the journal says about the tables of a repair."""
    from reconciler.postgres.quarantine import recorded_tables

    return recorded_tables(server.database_id, [batch.table for batch in batches])


def _locks(report: Report, step: ReportedStep) -> Iterator[str]:
    """Take the locks of the step, with retries. This may take longer than a statement of the step may."""
    if step.lock_order:
        yield "SET LOCAL statement_timeout = 0;"
        yield f"DO {psql.string(_NOTICE_THE_END)};"
        block = lock_block(step.lock_order, report.lock_timeout, report.max_lock_wait)
        yield f"{psql.protected(block)};"
        yield f"SET LOCAL statement_timeout = {psql.string(dict(step.settings)['statement_timeout'])};"


def lock_block(claims: Sequence[LockClaim], lock_timeout: timedelta, max_lock_wait: timedelta) -> str:
    """Return the statement that takes these locks."""
    from reconciler.postgres.locking import take_locks_with_retries

    return take_locks_with_retries(claims, lock_timeout, max_lock_wait)


def on_search_path_in_psql(path: Sequence[str], statements: Sequence[str], *, concurrent: bool) -> list[str]:
    """Return the statements, already escaped for psql, between those that set and reset the search path."""
    from reconciler.postgres.search_path import bracketed, reset_search_path, set_search_path

    return bracketed(
        psql.protected(set_search_path(path, concurrent=concurrent)),
        statements,
        reset_search_path(concurrent=concurrent),
    )


def measured_time() -> str:
    """Return the expression for the duration of a step, by the server's clock."""
    from reconciler.postgres.locking import measured

    return measured()


def _guard(step: ReportedStep, guard: Guard, names: Variables) -> Iterator[str]:
    """Stop unless the guard passes."""
    yield from _evaluated(guard, names)
    yield from _guard_failed(step, guard)


def _guard_before(
    report: Report, change: ReportedChange, step: ReportedStep, guard: Guard, names: Variables
) -> Iterator[str]:
    """Unless the guard passes, run the alternatives of the step, if there are any, and stop."""
    yield "BEGIN READ ONLY;"
    yield from _evaluated(guard, names)
    yield "COMMIT;"
    if step.otherwise:
        yield r"\if :passed"
        yield r"\else"
        for one in step.otherwise:
            yield from _sent(report, change, one, names)
        yield r"\endif"
    yield from _guard_failed(step, guard)


def _evaluated(guard: Guard, names: Variables) -> Iterator[str]:
    yield psql.comment_line(f"  guard: {guard.title}")
    yield rf"SELECT ({names.rendered(guard.count)}) = 0 AS passed \gset"


def _guard_failed(step: ReportedStep, guard: Guard) -> Iterator[str]:
    yield from _unless("passed", f"step {step.number}: guard {guard.id} failed; plan again to see why")


def _logged(
    report: Report,
    step: str,
    status: str,
    metadata: Mapping[str, object],
    *,
    added: Sequence[str] = (),
    rows_affected: str = "",
) -> Iterator[str]:
    """Yield an entry in a transaction of its own."""
    yield "BEGIN;"
    yield from _log(report, step, status, metadata, added=added, rows_affected=rows_affected)
    yield "COMMIT;"


def _log(
    report: Report,
    step: str,
    status: str,
    metadata: Mapping[str, object],
    *,
    added: Sequence[str] = (),
    rows_affected: str = "",
) -> Iterator[str]:
    """Yield an entry, after the journal is locked and checked.

    `added` are expressions of type jsonb, whose keys are added to `metadata`.
    """
    from reconciler.postgres.journal import journal_lock_statement, qualified

    table = qualified(report.journal.schema)
    fixed = {"plan_digest": report.digest, "tool": "psql", "tool_version": __version__, **metadata}
    column, count = (", rows_affected", f", {rows_affected}") if rows_affected else ("", "")
    yield f"{journal_lock_statement(report.journal.schema, write=True)};"
    yield "DO :'check_journal';"
    yield (
        f"INSERT INTO {table} (migration_name, step_name, status{column}, metadata) "
        f"VALUES ({psql.string(migration_name(report.digest or ''))}, {psql.string(step)}, {psql.string(status)}"
        f"{count}, {psql.string(json.dumps(fixed, ensure_ascii=False))}::jsonb "
        f"{''.join(f'|| {one} ' for one in added)}"
        "|| jsonb_build_object('run_id', :'run_id', 'user', current_user));"
    )
