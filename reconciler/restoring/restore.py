"""Restores a table: takes the lock, plans, asks for approval, runs the steps, returns the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from reconciler.execution.apply import carry_out
from reconciler.execution.files import TableFiles, file_objections
from reconciler.execution.lock import run_lock
from reconciler.execution.result import ApplyResult
from reconciler.model.clock import Clock
from reconciler.model.events import Event, Listener, RunEnded, RunStatus
from reconciler.model.listening import fan_out
from reconciler.model.names import ARCHIVE_SCHEMA, TableName
from reconciler.model.options import DEFAULTS, Options
from reconciler.model.plan import JournalAt, Plan
from reconciler.model.state import Policy
from reconciler.postgres.session import Session, connect
from reconciler.restoring.dumped import DumpedTable, tables_to_load
from reconciler.restoring.find import find_archived, with_parts
from reconciler.restoring.interrupted import plan_to_attach
from reconciler.restoring.loading import load_plan
from reconciler.restoring.plan import restore_plan


def plan_of_restore(
    session: Session,
    name: str,
    to: str | None,
    policy: Policy,
    options: Options,
    emit: Listener,
    files: TableFiles | None = None,
) -> Plan:
    """Return the plan that restores a table, given by its name in the archive or its original one; and its
    descendants, unless it gets another name.

    For a table that is only in a dump, this is the plan that brings it back to the archive; for a partition that an
    interrupted run was detaching, the plan that attaches it again.
    """
    if to is None and (attaching := plan_to_attach(session, name, policy, options)) is not None:
        return attaching
    dumped = _to_load(session, name, to, policy, options)
    if dumped:
        plan = _loading(session, dumped, to, policy, options)
        return replace(plan, refusals=(*plan.refusals, *file_objections(session, plan, files)))
    return _plan_from_archive(session, name, to, policy, options, emit)


def _to_load(session: Session, name: str, to: str | None, policy: Policy, options: Options) -> list[DumpedTable]:
    """Return the tables to load first. Under another name, a table comes back alone."""
    at = JournalAt(schema=policy.journal_schema, trusted_roles=options.trusted_roles)
    return [one for one in tables_to_load(session, at, name) if to is None or _is_named(name, one)]


def _loading(
    session: Session, dumped: Sequence[DumpedTable], to: str | None, policy: Policy, options: Options
) -> Plan:
    target = None if to is None else _named(to, dumped[0].origin.table.schema)
    return load_plan(session, dumped, target, policy, options)


def _plan_from_archive(
    session: Session, name: str, to: str | None, policy: Policy, options: Options, emit: Listener
) -> Plan:
    if to is None:
        journal = JournalAt(schema=policy.journal_schema, trusted_roles=options.trusted_roles)
        return restore_plan(session, with_parts(session, name, journal), None, policy, options, emit)
    table = find_archived(session, name)
    return restore_plan(session, [table], _named(to, table.moved.table.schema), policy, options, emit)


def _named(name: str, schema: str) -> TableName:
    """Return the table with this name. Without a schema, it gets the one that the table had."""
    first, dot, rest = name.partition(".")
    return TableName(schema=first, name=rest) if dot else TableName(schema=schema, name=name)


def restore(
    name: str,
    url: str | None,
    *,
    to: str | None = None,
    clock: Clock,
    approve: Callable[[Plan], bool],
    policy: Policy,
    listeners: Sequence[Listener] = (),
    options: Options = DEFAULTS,
    files: TableFiles | None = None,
) -> ApplyResult:
    """Bring a table back from the archive, and return the result. A refused plan has the status `refused`.

    A table that is only in a dump is first loaded into the archive, by a plan and a run of their own. A partition that
    an interrupted run was detaching is attached again.

    Raises `UsageError` if no table, or more than one, has the name, and `Refused` if the plan is declined or another
    run is active.
    """
    emit = fan_out(listeners)
    with connect(url, options.trusted_roles) as session, run_lock(session) as lock:
        run = partial(
            carry_out,
            session,
            lock,
            clock=clock,
            approve=approve,
            options=options,
            approved=None,
            replan=None,
            files=files,
        )
        if to is None and (attaching := plan_to_attach(session, name, policy, options)) is not None:
            return run(attaching, emit=emit)
        loaded = None
        if dumped := _to_load(session, name, to, policy, options):
            loaded = run(_loading(session, dumped, to, policy, options), emit=partial(_but_its_end, emit))
            if loaded.status is not RunStatus.COMPLETED:
                return loaded
            name = dumped[0].name if _is_named(name, dumped[0]) else name
        restored = run(_plan_from_archive(session, name, to, policy, options, emit), emit=emit)
        return replace(restored, loaded=loaded)


def _but_its_end(emit: Listener, event: Event) -> None:
    """Pass the events of the first of two runs on, but not that it ended well: the command goes on."""
    if not (isinstance(event, RunEnded) and event.status is RunStatus.COMPLETED):
        emit(event)


def _is_named(name: str, dumped: DumpedTable) -> bool:
    table = dumped.origin.table
    return name in (dumped.name, f"{ARCHIVE_SCHEMA}.{dumped.name}", ".".join(table), table.name)
