"""The command-line application: the group `reconcile` and its commands."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from reconciler.cli.examples import EPILOG, epilog_of
from reconciler.cli.output import emit

COMMANDS = (
    "validate",
    "fmt",
    "plan",
    "apply",
    "drift",
    "ci",
    "snapshot",
    "export",
    "history",
    "restore",
    "undo",
    "explain",
    "schema",
    "demo",
)
"""Each command is a function in the module of the same name. It imports heavy modules only when it runs."""


def _version(value: bool) -> None:
    if value:
        from reconciler.cli.version import version_text

        emit(version_text())
        raise typer.Exit


def _help(context: Any, _option: Any, asked: bool) -> None:
    """Print help through `emit`, which handles closed pipes and write errors in the same way for all output."""
    if asked and not context.resilient_parsing:
        emit(context.get_help() + "\n")
        raise typer.Exit


def _through_emit(option: Any) -> Any:
    if option is not None:
        option.callback = _help
    return option


def _write_epilog(command: Any, formatter: Any) -> None:
    """Write the examples and exit codes below the options, line by line. Click would fold them into a paragraph."""
    if command.epilog:
        formatter.write_paragraph()
        formatter.write(f"{command.epilog}\n")


class _Group(TyperGroup):
    def format_epilog(self, _ctx: Any, formatter: Any) -> None:
        _write_epilog(self, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        return _through_emit(super().get_help_option(ctx))


class _Command(TyperCommand):
    def format_epilog(self, _ctx: Any, formatter: Any) -> None:
        _write_epilog(self, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        return _through_emit(super().get_help_option(ctx))


def build_app(asked: str | None = None) -> typer.Typer:
    """Return the Typer application. If `asked` names a command, the application has only this command.

    Help is plain text, because rich would double the time that it takes. The options that install completion are
    omitted if one command is asked for, because detecting the shell takes time.
    """
    app = typer.Typer(
        cls=_Group,
        help="Bring the constraints and indexes of a PostgreSQL database into the state that a YAML file declares, "
        "and archive the tables that it lists as dropped.",
        epilog=EPILOG,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        add_completion=asked not in COMMANDS,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_options)
    for name in (asked,) if asked in COMMANDS else COMMANDS:
        command = getattr(import_module(f"reconciler.cli.{name}"), name)
        app.command(name, cls=_Command, epilog=epilog_of(name))(command)
    return app


def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    del version
