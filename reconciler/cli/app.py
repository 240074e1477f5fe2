"""The commands, put together."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from reconciler import __version__
from reconciler.cli.output import emit
from reconciler.model.features import NEWEST, OLDEST

COMMANDS = ("validate", "plan", "apply", "drift", "export", "history", "schema", "demo")
"""Each is the function of its name in the module of its name; what is heavy it imports when it runs."""


def _version(value: bool) -> None:
    if value:
        emit(f"reconcile {__version__}\n")
        raise typer.Exit


def _help(context: Any, _option: Any, asked: bool) -> None:
    """Print help as everything else: click would fail in its own way where nobody reads, or nothing can be written."""
    if asked and not context.resilient_parsing:
        emit(context.get_help() + "\n")
        raise typer.Exit


def _through_emit(option: Any) -> Any:
    if option is not None:
        option.callback = _help
    return option


class _Group(TyperGroup):
    def get_help_option(self, ctx: Any) -> Any:
        return _through_emit(super().get_help_option(ctx))


class _Command(TyperCommand):
    def get_help_option(self, ctx: Any) -> Any:
        return _through_emit(super().get_help_option(ctx))


def build_app(asked: str | None = None) -> typer.Typer:
    """The command line as Typer sees it; if it is one of the commands that is `asked` for, with that one alone.

    Its help is plain text: rich would double the time that help takes.
    """
    app = typer.Typer(
        cls=_Group,
        help="Keeps the constraints, the indexes and the leftover tables of a PostgreSQL database as a file says.",
        epilog=f"PostgreSQL {OLDEST} to {NEWEST}; other versions are refused.",
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_options)
    for name in (asked,) if asked in COMMANDS else COMMANDS:
        app.command(name, cls=_Command)(getattr(import_module(f"reconciler.cli.{name}"), name))
    return app


def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    del version
