"""The commands, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from reconciler import __version__
from reconciler.cli.apply import apply
from reconciler.cli.demo import demo
from reconciler.cli.drift import drift
from reconciler.cli.export import export
from reconciler.cli.history import history
from reconciler.cli.output import emit
from reconciler.cli.plan import plan
from reconciler.cli.schema import schema
from reconciler.cli.validate import validate
from reconciler.model.features import NEWEST, OLDEST

COMMANDS = (validate, plan, apply, drift, export, history, schema, demo)
"""Each lives in the module of its name; what is heavy it imports when it runs."""


def _version(value: bool) -> None:
    if value:
        emit(f"reconcile {__version__}\n")
        raise typer.Exit


def build_app() -> typer.Typer:
    """The command line as Typer sees it. Its help is plain text: rich would double the time that help takes."""
    app = typer.Typer(
        help="Keeps the constraints, the indexes and the leftover tables of a PostgreSQL database as a file says.",
        epilog=f"PostgreSQL {OLDEST} to {NEWEST}; other versions are refused.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_options)
    for command in COMMANDS:
        app.command(command.__name__)(command)
    return app


def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    del version
