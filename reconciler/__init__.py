"""Declarative desired-state reconciler for the constraints and indexes of PostgreSQL, and for tables to drop.

    desired = reconciler.load(["schema.yaml"])
    plan = reconciler.plan(desired, "postgresql:///shop")
    result = reconciler.apply(desired, "postgresql:///shop", approve=lambda plan: True)

The library does everything that the command line does. Database packages are imported when they are first needed.
"""

from __future__ import annotations

# Nothing is imported here: this module is loaded before the command installs its signal handlers.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import timedelta
    from pathlib import Path
    from typing import Any

    from reconciler.execution.files import TableFiles
    from reconciler.execution.journal import Entry as Entry
    from reconciler.execution.journal import Run as Run
    from reconciler.execution.result import ApplyResult as ApplyResult
    from reconciler.execution.usage import RecordedUsage as RecordedUsage
    from reconciler.exporting import Export as Export
    from reconciler.model.drift import Adoption as Adoption
    from reconciler.model.drift import Drift as Drift
    from reconciler.model.errors import ConnectionFailed as ConnectionFailed
    from reconciler.model.errors import DatabaseError as DatabaseError
    from reconciler.model.errors import Interrupted as Interrupted
    from reconciler.model.errors import InvalidFile as InvalidFile
    from reconciler.model.errors import Problem as Problem
    from reconciler.model.errors import ReconcileError as ReconcileError
    from reconciler.model.errors import Refused as Refused
    from reconciler.model.errors import StepFailed as StepFailed
    from reconciler.model.errors import UsageError as UsageError
    from reconciler.model.events import Listener
    from reconciler.model.events import RunStatus as RunStatus
    from reconciler.model.options import Options as Options
    from reconciler.model.plan import Plan as Plan
    from reconciler.model.plan import Refusal as Refusal
    from reconciler.model.plan import ServerInfo as ServerInfo
    from reconciler.model.platform import Environment as Environment
    from reconciler.model.platform import PlatformPolicy as PlatformPolicy
    from reconciler.model.platform import Violation as Violation
    from reconciler.model.rehearsal import Rehearsal as Rehearsal
    from reconciler.model.retired import UnfinishedDetachment as UnfinishedDetachment
    from reconciler.model.rules.rule import Rule as Rule
    from reconciler.model.state import DesiredState as DesiredState
    from reconciler.model.state import LiveState as LiveState
    from reconciler.model.state import Policy
    from reconciler.report import render_html as render_html
    from reconciler.report import render_json as render_json
    from reconciler.report import render_markdown as render_markdown
    from reconciler.report import render_sql as render_sql
    from reconciler.report import render_text as render_text
    from reconciler.report import report_of as report_of
    from reconciler.report import report_of_drift as report_of_drift
    from reconciler.restoring.dumped import DumpedTable as DumpedTable
    from reconciler.restoring.find import Restorable as Restorable
    from reconciler.restoring.rows import Quarantined as Quarantined
    from reconciler.restoring.rows import QuarantineOptions as QuarantineOptions
    from reconciler.restoring.rows import RestoredRows as RestoredRows
    from reconciler.restoring.trim import Trimmed as Trimmed

__version__ = "0.1.0"

_WHERE = {
    "Adoption": "model.drift",
    "ApplyResult": "execution.result",
    "ConnectionFailed": "model.errors",
    "DatabaseError": "model.errors",
    "DesiredState": "model.state",
    "Drift": "model.drift",
    "DumpedTable": "restoring.dumped",
    "Entry": "execution.journal",
    "Environment": "model.platform",
    "Export": "exporting",
    "Interrupted": "model.errors",
    "InvalidFile": "model.errors",
    "LiveState": "model.state",
    "Options": "model.options",
    "Plan": "model.plan",
    "PlatformPolicy": "model.platform",
    "Problem": "model.errors",
    "QuarantineOptions": "restoring.rows",
    "Quarantined": "restoring.rows",
    "ReconcileError": "model.errors",
    "RecordedUsage": "execution.usage",
    "Refusal": "model.plan",
    "Refused": "model.errors",
    "Rehearsal": "model.rehearsal",
    "Restorable": "restoring.find",
    "UnfinishedDetachment": "model.retired",
    "RestoredRows": "restoring.rows",
    "Rule": "model.rules.rule",
    "Run": "execution.journal",
    "RunStatus": "model.events",
    "ServerInfo": "model.plan",
    "StepFailed": "model.errors",
    "Trimmed": "restoring.trim",
    "UsageError": "model.errors",
    "Violation": "model.platform",
    "render_html": "report",
    "render_json": "report",
    "render_markdown": "report",
    "render_sql": "report",
    "render_text": "report",
    "report_of": "report",
    "report_of_drift": "report",
}
"""The module of each exported name. A module is imported when one of its names is first used."""

__all__ = [
    *_WHERE,
    "adopt",
    "apply",
    "archived",
    "check_file",
    "drift",
    "dumped",
    "explain",
    "export",
    "find_environment",
    "find_quarantined",
    "history",
    "history_of",
    "load",
    "plan",
    "plan_files",
    "plan_restore",
    "plan_restore_quarantined",
    "plan_undo",
    "plan_snapshot",
    "read",
    "record_usage",
    "rehearse",
    "restore",
    "restore_quarantined",
    "rules",
    "take_snapshot",
    "trim_history",
    "undo",
    "unfinished_detachments",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def load(paths: str | Path | Sequence[str | Path], *, follow: bool = False) -> DesiredState:
    """Read YAML files and folders, one or several, as one desired state.

    A path that is a symbolic link, a pipe or a device is read only if `follow` is true. Raises `InvalidFile` with every
    problem.
    """
    from reconciler.spec import load

    return load(_several(paths), follow=follow)


def _several(paths: str | Path | Sequence[str | Path]) -> Sequence[str | Path]:
    """Return a single path as a list, because a string is also a sequence of strings."""
    import os

    return [paths] if isinstance(paths, str | os.PathLike) else paths


def _names(given: str | Iterable[str]) -> tuple[str, ...]:
    from reconciler.model.options import several

    return several(given)


def read(desired: DesiredState, url: str | None = None) -> LiveState:
    """Read the live state of the tables that the file names.

    Raises `ConnectionFailed`, `DatabaseError`, and `Refused` for a pooler in transaction mode.
    """
    from reconciler.postgres.catalog import read_state
    from reconciler.postgres.session import connect

    with connect(url) as session:
        return read_state(session, desired)


def plan(
    desired: DesiredState,
    url: str | None = None,
    *,
    options: Options | None = None,
    listeners: Sequence[Listener] = (),
) -> Plan:
    """Compute the changes. Changes nothing.

    `url` is a connection URI or string; None uses RECONCILE_DB, DATABASE_URL and libpq's environment. `listeners` get
    the progress of the data checks (`DataChecks`), from two threads. If the plan may not be applied, `refusals` has the
    reasons. Raises `UsageError` for an empty URL, `ConnectionFailed`, `DatabaseError`, and `Refused` for a pooler in
    transaction mode.
    """
    from reconciler.model.listening import fan_out
    from reconciler.model.options import DEFAULTS
    from reconciler.planner import make_plan
    from reconciler.postgres.session import connect

    with connect(url, (options or DEFAULTS).trusted_roles) as session:
        return make_plan(session, desired, options or DEFAULTS, emit=fan_out(listeners))


def plan_files(
    paths: str | Path | Sequence[str | Path],
    url: str | None = None,
    *,
    options: Options | None = None,
    listeners: Sequence[Listener] = (),
    follow: bool = False,
) -> Plan:
    """Do `load` and `plan` together, which is faster: the database answers while the files are read.

    Raises the errors of `load` and `plan`; `InvalidFile` takes precedence over errors of the database.
    """
    from reconciler.model.options import DEFAULTS
    from reconciler.postgres.read_ahead import read_ahead
    from reconciler.spec import desired_of, outline_of, read_files

    files = read_files(_several(paths), follow=follow)
    given = options or DEFAULTS
    with read_ahead(url, outline_of(files), given.trusted_roles) as ready_for:
        desired = desired_of(files)
        from reconciler.model.listening import fan_out
        from reconciler.planner import make_plan  # now, as the server is busy

        session, live = ready_for(desired)
        return make_plan(session, desired, given, live=live, emit=fan_out(listeners))


def drift(
    paths: str | Path | Sequence[str | Path],
    url: str | None = None,
    *,
    options: Options | None = None,
    listeners: Sequence[Listener] = (),
    follow: bool = False,
    strict: bool = False,
) -> Drift:
    """Return how the database differs from the files and, if the journal records it, who changed it. Changes nothing.

    `strict`: objects on declared tables that no file declares count as differences. Raises what `plan_files` raises.
    """
    from reconciler.model.options import DEFAULTS
    from reconciler.postgres.read_ahead import read_ahead
    from reconciler.spec import desired_of, outline_of, read_files

    files = read_files(_several(paths), follow=follow)
    given = options or DEFAULTS
    with read_ahead(url, outline_of(files), given.trusted_roles) as ready_for:
        desired = desired_of(files)
        from reconciler.drifting.find import find_drift
        from reconciler.model.listening import fan_out

        session, live = ready_for(desired)
        return find_drift(session, desired, live, given, strict=strict, emit=fan_out(listeners))


def adopt(
    paths: str | Path | Sequence[str | Path],
    url: str | None = None,
    *,
    options: Options | None = None,
    listeners: Sequence[Listener] = (),
    follow: bool = False,
    strict: bool = False,
) -> Adoption:
    """Do `drift`, and return new texts of the files, which declare each drifted object as it is. Writes nothing.

    `strict`: also declare objects that no file declares. Raises what `drift` raises, and `ReconcileError` if the files
    cannot be edited without other changes.
    """
    from reconciler.model.options import DEFAULTS
    from reconciler.postgres.read_ahead import read_ahead
    from reconciler.spec import desired_of, outline_of, read_files

    files = read_files(_several(paths), follow=follow)
    given = options or DEFAULTS
    with read_ahead(url, outline_of(files), given.trusted_roles) as ready_for:
        desired = desired_of(files)
        from reconciler.drifting.adopt import adopt
        from reconciler.drifting.find import find_drift
        from reconciler.model.listening import fan_out

        session, live = ready_for(desired)
        found = find_drift(session, desired, live, given, strict=strict, emit=fan_out(listeners))
        return adopt(session, files, desired, found, given)


def take_snapshot(
    desired: DesiredState,
    url: str | None = None,
    *,
    options: Options | None = None,
    environment: str | None = None,
    listeners: Sequence[Listener] = (),
) -> str:
    """Return the text of a snapshot: what plans of this file, and of changed ones, need to know, without any row.

    `environment` is the name of the environment that the database belongs to. Changes nothing. Raises what `plan`
    raises.
    """
    from reconciler.clock import SYSTEM
    from reconciler.model.listening import fan_out
    from reconciler.model.options import DEFAULTS
    from reconciler.postgres.session import connect
    from reconciler.snapshots.snapshot import write_snapshot
    from reconciler.snapshots.taking import take

    with connect(url, (options or DEFAULTS).trusted_roles) as session:
        taken = take(
            session,
            desired,
            options or DEFAULTS,
            tool=__version__,
            now=SYSTEM.now(),
            environment=environment or "",
            emit=fan_out(listeners),
        )
    return write_snapshot(taken)


def plan_snapshot(
    desired: DesiredState,
    snapshot: bytes,
    *,
    options: Options | None = None,
    max_age: timedelta | None = None,
    environment: Environment | None = None,
) -> Plan:
    """Work out what would change from the text of a snapshot, without its database. The plan is a preview.

    Expressions are judged on the embedded server of the extra `embedded`. A snapshot may be 7 days old unless `max_age`
    says otherwise. Raises `UsageError` for a snapshot that cannot be used, such as one of another `environment`.
    """
    from reconciler.clock import SYSTEM
    from reconciler.model.options import DEFAULTS
    from reconciler.snapshots.plan import plan_from
    from reconciler.snapshots.snapshot import MAX_AGE, read_snapshot, refuse_other_database

    limit = MAX_AGE if max_age is None else max_age
    read = read_snapshot(snapshot, tool=__version__, now=SYSTEM.now(), max_age=limit)
    if environment is not None:
        refuse_other_database(read, environment)
    return plan_from(read, desired, options or DEFAULTS)


def rehearse(
    plan: Plan,
    desired: DesiredState,
    url: str | None = None,
    *,
    snapshot: bytes | None = None,
    options: Options | None = None,
    on: str | None = None,
    rows: int = 0,
    started: Callable[[], None] | None = None,
) -> Rehearsal:
    """Rebuild the tables of a plan elsewhere, apply the plan there, and compare the locks with those that it claims.

    `desired`, `options` and `url`, or the text of the `snapshot`, are those that the plan was made from. `on` is the
    URL of an empty database on another server; None: an embedded server of the extra `embedded`. `rows` is the number
    of made-up rows of each table, at most 1,000. `started` is called when the place of the rehearsal can be used.
    Changes nothing in the database of the plan. Raises what `plan`
    raises, and `UsageError` for a database that cannot be used.
    """
    from datetime import timedelta

    from reconciler.clock import SYSTEM
    from reconciler.model.options import DEFAULTS
    from reconciler.postgres.session import connect
    from reconciler.rehearsal.rehearse import Rehearsing, rehearse_plan
    from reconciler.rehearsal.source import live_source, snapshot_source
    from reconciler.snapshots.snapshot import read_snapshot

    chosen = options or DEFAULTS
    if snapshot is not None:
        read = read_snapshot(snapshot, tool=__version__, now=SYSTEM.now(), max_age=timedelta.max)
        source = snapshot_source(read)
    else:
        with connect(url, chosen.trusted_roles) as session:
            source = live_source(session, desired, chosen)
    return rehearse_plan(
        Rehearsing(plan=plan, desired=desired, source=source, options=chosen, clock=SYSTEM, on=on, rows=rows),
        started or (lambda: None),
    )


def apply(
    desired: DesiredState,
    url: str | None = None,
    *,
    approve: Callable[[Plan], bool],
    listeners: Sequence[Listener] = (),
    options: Options | None = None,
    expected: Mapping[str, Any] | None = None,
    require_digest: str | None = None,
    backup_dir: str | Path | None = None,
    verify_db: str | None = None,
) -> ApplyResult:
    """Bring the database into the desired state, step by step.

    `approve` is called once, for a plan that is not refused and has steps. `expected` is the content of a plan file,
    and `require_digest` the digest of a plan: a run that would do anything else is refused. `listeners` are called with
    each event of the run. Tables with `backup: dump` are dumped into the folder `backup_dir`; `verify_db` is the URL
    of a server that verifies the dumps, None an embedded one. The `status` of the result says how the run ended. It is
    `refused` for a plan that may not be applied, whose `refusals` say why. Raises what `plan` raises, and `Refused` if
    the plan was declined or another run is active.
    """
    from reconciler.clock import SYSTEM
    from reconciler.execution.apply import apply
    from reconciler.model.options import DEFAULTS

    return apply(
        desired,
        url,
        clock=SYSTEM,
        approve=approve,
        listeners=listeners,
        options=options or DEFAULTS,
        expected=expected,
        require_digest=require_digest,
        files=_dump_folder(backup_dir, verify_db),
    )


def _dump_folder(backup_dir: str | Path | None, verify_db: str | None = None) -> TableFiles:
    from pathlib import Path

    from reconciler.clock import SYSTEM
    from reconciler.dumping.files import DumpFolder

    folder = None if backup_dir is None else Path(backup_dir)
    return DumpFolder(folder=folder, clock=SYSTEM, verify_url=verify_db)


def archived(
    url: str | None = None, journal_schema: str = "public", *, trusted_roles: Collection[str] = ()
) -> list[Restorable]:
    """Return the tables in the archive, those that were moved there last first, with the runs that did it.

    Raises the errors of `history`.
    """
    from reconciler.model.plan import JournalAt
    from reconciler.postgres.session import connect
    from reconciler.restoring.find import restorable
    from reconciler.restoring.usage import with_archive_usage

    journal = JournalAt(schema=journal_schema, trusted_roles=frozenset(_names(trusted_roles)))
    with connect(url, journal.trusted_roles) as session:
        return with_archive_usage(session, journal, restorable(session, journal))


def unfinished_detachments(url: str | None = None) -> list[UnfinishedDetachment]:
    """Return the partitions that an interrupted run was to detach, and neither archived nor dropped."""
    from reconciler.postgres import detaching
    from reconciler.postgres.session import connect

    with connect(url) as session:
        return detaching.unfinished_detachments(session)


def dumped(
    url: str | None = None, journal_schema: str = "public", *, trusted_roles: Collection[str] = ()
) -> list[DumpedTable]:
    """Return the tables that are only in dumps, as the journal says, those that were dumped last first.

    Raises the errors of `history`.
    """
    from reconciler.model.plan import JournalAt
    from reconciler.postgres.session import connect
    from reconciler.restoring.dumped import dumped_tables

    at = JournalAt(schema=journal_schema, trusted_roles=frozenset(_names(trusted_roles)))
    with connect(url, at.trusted_roles) as session:
        return dumped_tables(session, at)


def plan_restore(
    name: str,
    url: str | None = None,
    *,
    to: str | None = None,
    policy: Policy | None = None,
    options: Options | None = None,
    listeners: Sequence[Listener] = (),
    backup_dir: str | Path | None = None,
) -> Plan:
    """Return the plan that brings a table back from the archive. Changes nothing.

    For a table that is only in a dump in `backup_dir`, this is the plan that loads it into the archive.

    `name` is that of the table in the archive, or its original one; `to` another name to restore it under. Raises
    `UsageError` if no table, or more than one, has the name.
    """
    from reconciler.model.listening import fan_out
    from reconciler.model.options import DEFAULTS
    from reconciler.model.state import Policy
    from reconciler.postgres.session import connect
    from reconciler.restoring.restore import plan_of_restore

    with connect(url, (options or DEFAULTS).trusted_roles) as session:
        return plan_of_restore(
            session,
            name,
            to,
            policy or Policy(),
            options or DEFAULTS,
            fan_out(listeners),
            _dump_folder(backup_dir),
        )


def restore(
    name: str,
    url: str | None = None,
    *,
    approve: Callable[[Plan], bool],
    to: str | None = None,
    policy: Policy | None = None,
    options: Options | None = None,
    listeners: Sequence[Listener] = (),
    backup_dir: str | Path | None = None,
) -> ApplyResult:
    """Bring a table back from the archive, step by step, as `plan_restore` plans it.

    A table that is only in a dump in `backup_dir` is loaded into the archive first, by a run and a plan of their own:
    `approve` is called for each. `approve`, `listeners` and the result are those of `apply`. Raises what
    `plan_restore` raises, and `Refused` if a plan was declined or another run is active.
    """
    from reconciler.clock import SYSTEM
    from reconciler.model.options import DEFAULTS
    from reconciler.model.state import Policy
    from reconciler.restoring.restore import restore

    return restore(
        name,
        url,
        to=to,
        clock=SYSTEM,
        approve=approve,
        policy=policy or Policy(),
        listeners=listeners,
        options=options or DEFAULTS,
        files=_dump_folder(backup_dir),
    )


def export(
    url: str | None = None,
    *,
    schemas: Collection[str] = (),
    tables: Sequence[str] = (),
    split: str | None = None,
) -> Export:
    """Return the YAML of a live database. Changes nothing in it.

    Without `schemas`, all schemas are exported, except those of PostgreSQL, of extensions and of this tool. `tables`
    are patterns such as `users`, `audit_*` or `billing.*`. `split` is `schema` or `table` for one file each, or None
    for one file. Raises the errors of `read`, `UsageError` for a schema or pattern without a match, and `ValueError`
    for another `split`.
    """
    from reconciler.exporting import Split, make_export
    from reconciler.postgres.session import connect

    wanted = None if split is None else Split(split)
    with connect(url) as session:
        return make_export(session, schemas=_names(schemas), tables=_names(tables), split=wanted)


def undo(
    run: str,
    base: DesiredState,
    url: str | None = None,
    *,
    approve: Callable[[Plan], bool],
    listeners: Sequence[Listener] = (),
    options: Options | None = None,
) -> ApplyResult:
    """Take back what a run changed: `run` is its id, the beginning of it, or `last`. `base` has the policy.

    `approve`, `listeners` and the result are those of `apply`. Raises what `apply` raises, `UsageError` if there is no
    such run, and `Refused` if the journal does not prove what the run did.
    """
    from reconciler.clock import SYSTEM
    from reconciler.model.options import DEFAULTS
    from reconciler.restoring.undo import undo

    return undo(
        run,
        base,
        url,
        clock=SYSTEM,
        approve=approve,
        listeners=listeners,
        options=options or DEFAULTS,
    )


def plan_undo(
    run: str,
    base: DesiredState,
    url: str | None = None,
    *,
    listeners: Sequence[Listener] = (),
    options: Options | None = None,
) -> Plan:
    """Return the plan that undoes a run, as `undo` prints it. Changes nothing.

    `base` has the policy. Raises what `plan` raises, `UsageError` if there is no such run, and `Refused` if the journal
    does not prove what the run did.
    """
    from reconciler.model.listening import fan_out
    from reconciler.model.options import DEFAULTS
    from reconciler.postgres.session import connect
    from reconciler.restoring.undo import plan_of_undo

    with connect(url, (options or DEFAULTS).trusted_roles) as session:
        return plan_of_undo(session, run, base, options or DEFAULTS, fan_out(listeners))


def history(
    url: str | None = None,
    journal_schema: str = "public",
    *,
    trusted_roles: Collection[str] = (),
    limit: int | None = None,
) -> list[Run]:
    """Return the runs in the journal, or the newest `limit`, oldest first.

    `trusted_roles` may own the journal, in addition to superusers and the connected role. Raises the errors of `plan`,
    and `Refused` for a journal that cannot be trusted.
    """
    from reconciler.execution.journal import read_runs
    from reconciler.postgres.session import connect

    with connect(url, _names(trusted_roles)) as session:
        return read_runs(session, journal_schema, _names(trusted_roles), limit=limit)


def trim_history(
    base: DesiredState, url: str | None = None, *, older_than: timedelta, options: Options | None = None
) -> Trimmed:
    """Delete the entries of the journal that are older, except for those that are still needed. `base` has the policy.

    Needed are the runs that archived a table or quarantined rows that are still there, that have an unfinished step,
    that can still be undone, or that were undone by a run that is needed. Raises the errors of `history`, and `Refused`
    if another run is active.
    """
    from reconciler.model.options import DEFAULTS
    from reconciler.restoring.trim import trim

    return trim(base, url, older_than, options=options or DEFAULTS)


def record_usage(
    base: DesiredState,
    url: str | None = None,
    *,
    replicas: str | Sequence[str] = (),
    options: Options | None = None,
) -> list[RecordedUsage]:
    """Record how often the tables under `dropped_tables`, and those in the archive, have been read and written.

    `base` has these tables and the policy; `replicas` are the URLs of standbys, which count for themselves. Returns the
    tables of each server. Raises the errors of `history`, and `UsageError` for a replica of another database.
    """
    from reconciler.execution.usage import record_usage
    from reconciler.model.options import DEFAULTS

    return record_usage(base, url, replicas=_names(replicas), options=options or DEFAULTS)


def history_of(
    run: str, url: str | None = None, journal_schema: str = "public", *, trusted_roles: Collection[str] = ()
) -> list[Entry]:
    """Return the journal's entries of one run, given by its id, a prefix of it, or `last`.

    Raises the errors of `history`, and `UsageError` if no run, or more than one, matches.
    """
    from reconciler.execution.journal import read_entries
    from reconciler.postgres.session import connect

    with connect(url, _names(trusted_roles)) as session:
        return read_entries(session, journal_schema, run, _names(trusted_roles))


def find_quarantined(url: str | None = None, *, options: QuarantineOptions | None = None) -> list[Quarantined]:
    """Return the rows that repairs have kept in quarantine tables, and the tables to which they can go back.

    Changes nothing. Raises what `plan` raises.
    """
    from reconciler.postgres.session import connect
    from reconciler.restoring.rows import QuarantineOptions, quarantined_rows

    chosen = options or QuarantineOptions()
    with connect(url, chosen.trusted_roles) as session:
        return quarantined_rows(session, chosen)


def plan_restore_quarantined(
    url: str | None = None, *, options: QuarantineOptions | None = None
) -> list[Quarantined]:
    """Return the rows that `restore_quarantined` would try to move back, and their tables. Changes nothing.

    Which of them do not fit is known only when they are moved. Raises what `restore_quarantined` raises.
    """
    from reconciler.postgres.session import connect
    from reconciler.restoring.bring_back import rows_to_bring_back
    from reconciler.restoring.rows import QuarantineOptions

    chosen = options or QuarantineOptions()
    with connect(url, chosen.trusted_roles) as session:
        return rows_to_bring_back(session, chosen)


def restore_quarantined(
    url: str | None = None,
    *,
    approve: Callable[[Sequence[Quarantined], ServerInfo], bool],
    options: QuarantineOptions | None = None,
    progress: Callable[[Quarantined, int], None] = lambda _, __: None,
) -> list[RestoredRows]:
    """Move quarantined rows back to their tables. Rows that do not fit stay where they are, and are counted.

    `approve` is called once, if there are such rows, with them and their database. `progress` gets the number of rows
    that were moved so far. Raises what `plan` raises, and `Refused` if the archive or the journal cannot be trusted,
    another run is active, triggers would fire that `options.allow` does not accept, or the rows are not approved.
    """
    from reconciler.clock import SYSTEM
    from reconciler.postgres.session import connect
    from reconciler.restoring.bring_back import bring_back
    from reconciler.restoring.rows import QuarantineOptions

    chosen = options or QuarantineOptions()
    with connect(url, chosen.trusted_roles) as session:
        return bring_back(session, chosen, clock=SYSTEM, approve=approve, emit=progress)


def find_environment(
    name: str | None = None,
    *,
    policy: str | Path | None = None,
    config: str | Path | None = None,
    target_branch: str | None = None,
) -> Environment:
    """Return the policy and the database of an environment of `reconcile.toml`, or the policy of a file.

    On a pull request, files in the checkout are read from the target branch. A pull request is detected by the
    variables of the CI system, or given by `target_branch`. Give the policy to `plan` and `apply` as
    `Options(platform=…)`, and the result of its method `database` as their URL. Raises `InvalidFile`, `UsageError`, and
    `ReconcileError` if the target branch cannot be read.
    """
    from reconciler.environments import find_environment

    return find_environment(name, policy=policy, config=config, target=target_branch)


def check_file(desired: DesiredState, policy: PlatformPolicy) -> tuple[Violation, ...]:
    """Judge a file by the rules of the platform's policy that need no database; `plan` applies all of them."""
    from reconciler.policy.check import check_policy
    from reconciler.policy.rule import Subject

    return check_policy(Subject(desired=desired), policy)


def rules() -> tuple[Rule, ...]:
    """Return all rules: the ids of refusals, errors, problems, notes and hazards, with their meanings."""
    from reconciler.kinds.rules import RULES

    return RULES


def explain(rule: str) -> Rule:
    """Return the rule with this id. Raises `UsageError` for an unknown id, and suggests similar ones."""
    from reconciler.kinds.rules import rule_of

    return rule_of(rule)
