"""`reconcile history`: reads the journal."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from reconciler.cli.options import (
    DEFAULT_FILE,
    Color,
    ConfigPath,
    Database,
    EnvironmentName,
    Files,
    Follow,
    TextOrJson,
    TrustRole,
    trusted_roles,
)
from reconciler.cli.output import colour_on, emit, syntax_of, warn, width_of
from reconciler.cli.planning import chosen_database, with_help

_FILE = "The file whose policy says where the journal is; may be given several times. [default: schema.yaml]"
_TRUST = (
    "Trust this role as the owner of the journal; may be given several times. "
    "[default: RECONCILE_TRUST_ROLE, separated by commas]"
)


def history(
    run: Annotated[
        str | None, typer.Argument(metavar="RUN", help="The id of a run, to see its steps.", show_default=False)
    ] = None,
    file: with_help(Files, _FILE) = None,  # type: ignore[valid-type]
    follow: Follow = False,
    db: Database = None,
    env: EnvironmentName = None,
    config: ConfigPath = None,
    format_: TextOrJson = "text",
    journal_schema: Annotated[
        str | None,
        typer.Option(
            "--journal-schema",
            metavar="SCHEMA",
            help="Where migration_log lives. [default: the file's policy, or public]",
            show_default=False,
        ),
    ] = None,
    trust_role: with_help(TrustRole, _TRUST) = None,  # type: ignore[valid-type]
    color: Color = "auto",
) -> int:
    """Show the runs in the journal, or the steps of one run."""
    import reconciler
    from reconciler.report.history import ENTRY_FORMATS, RUN_FORMATS, render_entries_text, render_runs_text
    from reconciler.report.theme import COLOUR, PLAIN

    del color  # stored when it was parsed
    database = chosen_database(reconciler.find_environment(env, config=config), db, env)
    schema = journal_schema or _schema_of(file, follow=follow)
    coloured = format_ == "text" and colour_on(sys.stdout)
    theme = COLOUR if coloured else PLAIN
    if run is None:
        runs = reconciler.history(database, schema, trusted_roles=trusted_roles(trust_role))
        text = (
            render_runs_text(runs, theme, width=width_of(sys.stdout), schema=schema)
            if format_ == "text"
            else RUN_FORMATS[format_](runs)
        )
    else:
        entries = reconciler.history_of(run, database, schema, trusted_roles=trusted_roles(trust_role))
        text = (
            render_entries_text(entries, theme, width=width_of(sys.stdout))
            if format_ == "text"
            else ENTRY_FORMATS[format_](entries)
        )
    emit(text, syntax=syntax_of(format_), coloured=coloured)
    return 0


def _schema_of(files: Files, *, follow: bool) -> str:
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
