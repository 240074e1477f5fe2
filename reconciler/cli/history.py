"""`reconcile history`: reads the journal."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from reconciler.cli.options import (
    DEFAULT_FILE,
    Color,
    ConfigPath,
    Database,
    EnvironmentName,
    FilePaths,
    Follow,
    JournalPlace,
    TextOrJson,
    TrustRole,
    refuse_alone,
    trusted_roles,
)
from reconciler.cli.output import colour_on, emit, syntax_of, warn, width_of
from reconciler.cli.planning import chosen_database, with_help

if TYPE_CHECKING:
    from reconciler.model.state import DesiredState
    from reconciler.report.theme import Theme

_FILE = "The file whose policy says where the journal is; may be given several times. [default: schema.yaml]"
_TRUST = (
    "Trust this role as the owner of the journal; may be given several times. "
    "[default: RECONCILE_TRUST_ROLE, separated by commas]"
)

_Run = Annotated[
    str | None,
    typer.Argument(metavar="RUN", help="The id of a run, or `last`, to see its steps.", show_default=False),
]
_Trim = Annotated[
    str | None,
    typer.Option(
        "--trim",
        metavar="AGE",
        help="Delete entries that are older, such as 365d, and that nothing needs any more.",
        show_default=False,
    ),
]
_Record = Annotated[
    bool,
    typer.Option(
        "--record",
        help="Record the use of the tables under dropped_tables, and of those in the archive; for unused_for.",
    ),
]
_Replicas = Annotated[
    list[str] | None,
    typer.Option(
        "--replica",
        metavar="URL",
        help="With --record: a standby, which has counters of its own; may be given several times.",
        show_default=False,
    ),
]
_Limit = Annotated[
    int | None,
    typer.Option("--limit", metavar="N", min=1, help="Show only the newest N runs.", show_default=False),
]


def history(
    run: _Run = None,
    file: with_help(FilePaths, _FILE) = None,  # type: ignore[valid-type]
    follow: Follow = False,
    db: Database = None,
    env: EnvironmentName = None,
    config: ConfigPath = None,
    format_: TextOrJson = "text",
    journal_schema: JournalPlace = None,
    trust_role: with_help(TrustRole, _TRUST) = None,  # type: ignore[valid-type]
    trim: _Trim = None,
    record: _Record = False,
    replica: _Replicas = None,
    limit: _Limit = None,
    color: Color = "auto",
) -> int:
    """Show the runs in the journal, newest first, or one run's steps."""
    import reconciler

    del color  # stored when it was parsed
    if run is not None and (trim is not None or record):
        raise typer.BadParameter("--trim and --record cannot be used with a run")
    if trim is not None and record:
        raise typer.BadParameter("--trim and --record cannot be used together")
    if limit is not None and (run is not None or trim is not None or record):
        raise typer.BadParameter("--limit cannot be used with a run, --trim or --record")
    refuse_alone("--replica", bool(replica), record=record)
    age = _age(trim) if trim is not None else None
    database = chosen_database(reconciler.find_environment(env, config=config), db, env)
    trusted = trusted_roles(trust_role)
    if age is not None or record:
        base = base_of(file, follow=follow, journal_schema=journal_schema)
        if age is not None:
            _trim(database, base, age, trusted, format_)
        else:
            _record(database, base, replica or [], trusted, format_)
        return 0
    schema = journal_schema or _schema_of(file, follow=follow)
    coloured = format_ == "text" and colour_on(sys.stdout)
    shown = (
        _runs(database, schema, trusted, format_, limit)
        if run is None
        else _steps(run, database, schema, trusted, format_)
    )
    emit(shown, syntax=syntax_of(format_), coloured=coloured)
    return 0


def _trim(
    database: str | None, base: DesiredState, older_than: timedelta, trusted: frozenset[str], format_: str
) -> None:
    import reconciler
    from reconciler.model.options import Options
    from reconciler.report.history import render_trimmed_json, render_trimmed_text

    done = reconciler.trim_history(base, database, older_than=older_than, options=Options(trusted_roles=trusted))
    rendered = render_trimmed_text(done) if format_ == "text" else render_trimmed_json(done)
    emit(rendered, syntax=syntax_of(format_), prose=format_ == "text")


def _record(
    database: str | None, base: DesiredState, replicas: Sequence[str], trusted: frozenset[str], format_: str
) -> None:
    import reconciler
    from reconciler.model.options import Options
    from reconciler.report.usage import render_recorded_json, render_recorded_text

    done = reconciler.record_usage(base, database, replicas=replicas, options=Options(trusted_roles=trusted))
    rendered = render_recorded_text(done) if format_ == "text" else render_recorded_json(done)
    emit(rendered, syntax=syntax_of(format_), prose=format_ == "text")


def _runs(database: str | None, schema: str, trusted: frozenset[str], format_: str, limit: int | None) -> str:
    import reconciler
    from reconciler.report.history import RUN_FORMATS, render_runs_text

    runs = reconciler.history(database, schema, trusted_roles=trusted, limit=limit)[::-1]
    if format_ == "text":
        return render_runs_text(runs, _theme(), width=width_of(sys.stdout), schema=schema)
    return RUN_FORMATS[format_](runs)


def _steps(run: str, database: str | None, schema: str, trusted: frozenset[str], format_: str) -> str:
    import reconciler
    from reconciler.report.history import ENTRY_FORMATS, render_entries_text

    entries = reconciler.history_of(run, database, schema, trusted_roles=trusted)
    if format_ == "text":
        return render_entries_text(entries, _theme(), width=width_of(sys.stdout))
    return ENTRY_FORMATS[format_](entries)


def _theme() -> Theme:
    from reconciler.report.theme import COLOUR, PLAIN

    return COLOUR if colour_on(sys.stdout) else PLAIN


def _age(text: str) -> timedelta:
    days = re.fullmatch(r"([0-9]{1,5})d", text)
    if days is None or int(days[1]) == 0:
        raise typer.BadParameter(f"{text!r} is not a number of days such as 365d", param_hint="'--trim'")
    return timedelta(days=int(days[1]))


def base_of(file: FilePaths, *, follow: bool, journal_schema: str | None) -> DesiredState:
    """Return the state that the files declare, for its policy; an empty one if there is no default file."""
    import reconciler
    from reconciler.model.state import DesiredState

    given = file is not None or DEFAULT_FILE.exists()
    base = reconciler.load(file or [DEFAULT_FILE], follow=follow) if given else DesiredState(objects={})
    if journal_schema is None:
        return base
    return replace(base, policy=replace(base.policy, journal_schema=journal_schema))


def _schema_of(files: FilePaths, *, follow: bool) -> str:
    """Return `policy.journal_schema` of the file. Without `-f`, a missing or invalid file is ignored."""
    import reconciler
    from reconciler.model.errors import InvalidFile

    if files is None and not DEFAULT_FILE.exists():
        return "public"
    try:
        return reconciler.load(files or [DEFAULT_FILE], follow=follow).policy.journal_schema
    except InvalidFile:
        if files is not None:
            raise
        warn(f"{DEFAULT_FILE} cannot be read: looking for the journal in schema public")
        return "public"
